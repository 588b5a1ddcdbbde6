//! What a door accepts as proof, put together mode by mode.

use super::doubt::{doubt_about, undocumented};
use super::shown::shows;
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Authentication, AuthenticationMode, DoorContext, Setting};

/// Authentication as it is put together.
#[derive(Debug)]
pub(super) struct Proof<'c, 'a> {
    context: &'c DoorContext<'a>,
    authentication: Authentication,
}

impl<'c, 'a> Proof<'c, 'a> {
    pub(super) fn new(context: &'c DoorContext<'a>) -> Self {
        Self {
            context,
            authentication: Authentication::new(),
        }
    }

    /// Whose proof it is.
    pub(super) fn context(&self) -> &'c DoorContext<'a> {
        self.context
    }

    /// `mode` is accepted because the platform always does so.
    pub(super) fn always(mut self, mode: AuthenticationMode, says: &'static str) -> Self {
        let span = self.context.properties().span();
        self.authentication
            .accept(mode, Evidence::platform(span, says));
        self
    }

    /// `mode` is accepted because of `evidence`.
    pub(super) fn accept(mut self, mode: AuthenticationMode, evidence: Evidence) -> Self {
        self.authentication.accept(mode, evidence);
        self
    }

    /// `mode` may be accepted.
    pub(super) fn doubt(mut self, mode: AuthenticationMode, doubt: Doubt) -> Self {
        self.authentication.doubt(mode, doubt);
        self
    }

    /// `mode` may be accepted: `why` says why that is open, `settle` what would tell.
    pub(super) fn perhaps(
        self,
        mode: AuthenticationMode,
        code: &'static str,
        why: &str,
        settle: &str,
    ) -> Self {
        let span = self.context.properties().span();
        let key = format!("{span:?}|{code} {}", mode.as_str());
        let doubt =
            Doubt::outside(code, key, why, settle, span).with_command(self.context.show_command());
        self.doubt(mode, doubt)
    }

    /// `mode` is accepted where the switch called `name` is `accepts`; `absent` is what the switch
    /// means where it is absent, `None` where that is not certain.
    pub(super) fn switch(
        mut self,
        mode: AuthenticationMode,
        name: &str,
        switch: &Setting<bool>,
        accepts: bool,
        absent: Option<bool>,
    ) -> Self {
        let value = match absent {
            None if switch.is_absent() => None,
            default => switch.truth(default.unwrap_or(false)),
        };
        let when_absent = if absent == Some(true) {
            "true"
        } else {
            "false"
        };
        let context = self.context;
        let doubt = || {
            let accepted = if accepts { "true" } else { "false" };
            let holds = |word: &str| word.eq_ignore_ascii_case(accepted);
            if switch.is_absent() {
                undocumented(switch.span(), name)
                    .with_outcomes(vec![("true".into(), accepts), ("false".into(), !accepts)])
                    .with_command(context.show_command())
            } else {
                doubt_about(context, switch, name, &["true", "false"], holds)
            }
        };
        self.authentication.decide(
            mode,
            value.map(|value| value == accepts),
            || shows(name, switch, when_absent),
            doubt,
        );
        self
    }

    /// Keys are accepted unless `disableLocalAuth` is true; Entra tokens always are.
    pub(super) fn keys_and_entra(self, mode: AuthenticationMode, says: &'static str) -> Self {
        let switch = self.context.properties().at("disableLocalAuth").boolean();
        self.switch(mode, "disableLocalAuth", &switch, false, Some(false))
            .always(AuthenticationMode::Entra, says)
    }

    /// The finished authentication.
    pub(super) fn finish(self) -> Authentication {
        self.authentication
    }
}
