//! What a web site's main door takes as proof.

use super::doubt::{deployment_doubt, doubt_about, undocumented};
use super::proof::Proof;
use super::shown::shows;
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Authentication, AuthenticationMode, DoorContext, Reader};

/// Whether the platform lets callers in who have not signed in.
enum SignIn {
    /// It does, because of this.
    NotNeeded(Evidence),
    /// It does not, because of this.
    Needed(Evidence),
    /// It may not.
    Perhaps(Box<Doubt>),
}

/// What the main door of the app of `context` takes.
pub(super) fn of(context: &DoorContext<'_>) -> Authentication {
    let proof = Proof::new(context);
    let proof = match sign_in(context) {
        SignIn::Needed(evidence) => excepted_paths(
            proof.accept(AuthenticationMode::Entra, evidence),
            settings_v2(context),
        ),
        SignIn::Perhaps(doubt) => open_proof(
            proof.doubt(AuthenticationMode::Entra, *doubt.clone()),
            Err(*doubt),
        ),
        SignIn::NotNeeded(evidence) => open_proof(proof, Ok(evidence)),
    };
    proof.finish()
}

/// The settings of the second version, where the app has them.
fn settings_v2<'a>(context: &DoorContext<'a>) -> Reader<'a> {
    context
        .own_child("config", "authsettingsV2")
        .map_or(Reader::missing(context.properties().span()), |child| {
            child.properties()
        })
}

fn sign_in(context: &DoorContext<'_>) -> SignIn {
    let second = context.own_child("config", "authsettingsV2");
    let first = context.own_child("config", "authsettings");
    let Some(child) = second.or(first) else {
        return SignIn::NotNeeded(Evidence::default(
            context.properties().span(),
            "no authentication settings, so nobody has to sign in",
        ));
    };
    let found = match second {
        Some(child) => from_v2(context, child.properties()),
        None => from_v1(context, child.properties()),
    };
    match (found, deployment_doubt(child)) {
        (SignIn::Needed(_), Some(doubt)) => SignIn::Perhaps(Box::new(doubt)),
        (found, _) => found,
    }
}

/// `platform.enabled` switches it on; `globalValidation` says whether everyone must sign in.
fn from_v2(context: &DoorContext<'_>, settings: Reader<'_>) -> SignIn {
    let enabled = settings.path("platform.enabled").boolean();
    let require = settings
        .path("globalValidation.requireAuthentication")
        .boolean();
    let action = settings
        .path("globalValidation.unauthenticatedClientAction")
        .text();
    let name = "globalValidation.requireAuthentication";
    if enabled.truth(true) == Some(false) {
        return SignIn::NotNeeded(shows("platform.enabled", &enabled, "true"));
    }
    if action.is("AllowAnonymous") == Some(true) {
        let name = "globalValidation.unauthenticatedClientAction";
        return SignIn::NotNeeded(shows(name, &action, "RedirectToLoginPage"));
    }
    let holds = |word: &str| word.eq_ignore_ascii_case("true");
    for (name, switch) in [(name, &require), ("platform.enabled", &enabled)] {
        if switch.is_unknown() && switch.truth(false).is_none() {
            let doubt = doubt_about(context, switch, name, &["true", "false"], holds);
            return SignIn::Perhaps(Box::new(doubt));
        }
    }
    let is_allow = |word: &str| word.eq_ignore_ascii_case("AllowAnonymous");
    if action.satisfies(is_allow).is_none() {
        let name = "globalValidation.unauthenticatedClientAction";
        let words = ["RedirectToLoginPage", "AllowAnonymous"];
        let doubt = doubt_about(context, &action, name, &words, |word| !is_allow(word));
        return SignIn::Perhaps(Box::new(doubt));
    }
    if require.is_absent() && !action.is_absent() {
        let doubt = undocumented(require.span(), name).with_command(context.show_command());
        return SignIn::Perhaps(Box::new(doubt));
    }
    if require.truth(false) == Some(true) {
        SignIn::Needed(shows(name, &require, "false"))
    } else {
        SignIn::NotNeeded(shows(name, &require, "false"))
    }
}

/// `enabled` switches it on, and the action says what happens to those who have not signed in.
fn from_v1(context: &DoorContext<'_>, settings: Reader<'_>) -> SignIn {
    let enabled = settings.at("enabled").boolean();
    let action = settings.at("unauthenticatedClientAction").text();
    let redirects = |word: &str| word.eq_ignore_ascii_case("RedirectToLoginPage") || word == "0";
    let name = "unauthenticatedClientAction";
    match enabled.truth(false) {
        Some(false) => return SignIn::NotNeeded(shows("enabled", &enabled, "false")),
        None => {
            let holds = |word: &str| word.eq_ignore_ascii_case("true");
            let doubt = doubt_about(context, &enabled, "enabled", &["true", "false"], holds);
            return SignIn::Perhaps(Box::new(doubt));
        }
        Some(true) => {}
    }
    match action.satisfies(redirects) {
        Some(true) => SignIn::Needed(shows(name, &action, "RedirectToLoginPage")),
        Some(false) if action.is_absent() => {
            SignIn::Perhaps(Box::new(undocumented(action.span(), name)))
        }
        Some(false) => SignIn::NotNeeded(shows(name, &action, "RedirectToLoginPage")),
        None => {
            let words = ["RedirectToLoginPage", "AllowAnonymous"];
            let doubt = doubt_about(context, &action, name, &words, redirects);
            SignIn::Perhaps(Box::new(doubt))
        }
    }
}

/// Paths that are let through without signing in, and a switch that may not be on after all.
fn excepted_paths<'c, 'a>(proof: Proof<'c, 'a>, settings: Reader<'_>) -> Proof<'c, 'a> {
    let excepted = settings.path("globalValidation.excludedPaths");
    let enabled = settings.path("platform.enabled").boolean();
    if !excepted.items().is_empty() {
        let doubt = Doubt::outside(
            "excluded-paths",
            format!("{:?}|excluded paths", excepted.span()),
            "some paths are let through without signing in",
            "what the application serves on the excluded paths",
            excepted.span(),
        );
        return proof.doubt(AuthenticationMode::Anonymous, doubt);
    }
    if enabled.is_absent() && settings.value().is_some() {
        return proof.doubt(
            AuthenticationMode::Anonymous,
            undocumented(enabled.span(), "platform.enabled"),
        );
    }
    proof
}

/// What an app takes that does not make everyone sign in: a certificate where it asks for one, a
/// key where it is a function, nothing else. `open` shows that nobody has to sign in, or is the
/// doubt whether they have.
fn open_proof<'c, 'a>(proof: Proof<'c, 'a>, open: Result<Evidence, Doubt>) -> Proof<'c, 'a> {
    let context = proof.context();
    let properties = context.properties();
    let certificates = properties.at("clientCertEnabled").boolean();
    let mode = properties.at("clientCertMode").text();
    if certificates.truth(false) == Some(true)
        && (mode.is_absent() || mode.is("Required") == Some(true))
    {
        let shown = shows("clientCertEnabled", &certificates, "false");
        return proof.accept(AuthenticationMode::Cert, shown);
    }
    let (open, proof) = if certificates.truth(false).is_none() {
        let holds = |word: &str| word.eq_ignore_ascii_case("true");
        let name = "clientCertEnabled";
        let doubt = doubt_about(context, &certificates, name, &["true", "false"], holds);
        (
            Err(doubt.clone()),
            proof.doubt(AuthenticationMode::Cert, doubt),
        )
    } else {
        (open, proof)
    };
    let kind = context.kind();
    let is_function = kind
        .satisfies(|word| word.to_ascii_lowercase().contains("functionapp"))
        .unwrap_or(true);
    if is_function {
        return function_proof(proof);
    }
    match open {
        Ok(evidence) => proof.accept(AuthenticationMode::Anonymous, evidence),
        Err(doubt) => proof.doubt(AuthenticationMode::Anonymous, doubt),
    }
}

/// Each function says by its trigger's level what it takes. Functions are often not in a template,
/// so beyond those that are, both ways stay open.
fn function_proof<'c, 'a>(mut proof: Proof<'c, 'a>) -> Proof<'c, 'a> {
    let context = proof.context();
    let mut seen: Vec<AuthenticationMode> = Vec::new();
    for function in context.own_children("functions") {
        for binding in function.properties().path("config.bindings").items() {
            if binding.at("type").text().is("httpTrigger") != Some(true) {
                continue;
            }
            let level = binding.at("authLevel").text();
            let mode = match level.is("anonymous") {
                Some(true) => AuthenticationMode::Anonymous,
                Some(false) => AuthenticationMode::FunctionKey,
                None => continue,
            };
            if !seen.contains(&mode) {
                seen.push(mode);
                proof = proof.accept(mode, shows("authLevel", &level, "function"));
            }
        }
    }
    for mode in [
        AuthenticationMode::Anonymous,
        AuthenticationMode::FunctionKey,
    ] {
        if !seen.contains(&mode) {
            proof = proof.perhaps(
                mode,
                "function-level",
                "the level that each function's trigger asks for is not in the template",
                "the functions' authLevel",
            );
        }
    }
    proof
}
