//! What is open about a verdict, what a door takes as proof, and what it lets through.

use crate::evidence::{Doubt, Evidence};
use crate::flow::FlowSet;
use crate::reachability::OpenQuestion;
use crate::resource::AuthenticationMode;
use crate::view::{Ground, Outcome, Passage, Phrase, phrases};
use serde::{Deserialize, Serialize};

/// A fact on which a verdict hangs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionCard {
    /// A stable name of the kind of doubt.
    pub code: String,
    /// Why it is open.
    pub why: Vec<Phrase>,
    /// What would settle it.
    pub settle: Vec<Phrase>,
    /// The read-only command that tells; empty where there is none.
    pub command: String,
    /// Whether whoever deploys the template settles it.
    pub left_open: bool,
    /// Each value that the fact can take with the verdict that it would give.
    pub outcomes: Vec<(String, Outcome)>,
    /// Where the template leaves it open.
    pub passage: Option<Passage>,
}

/// A way of signing in at a door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationCard {
    /// The word of the report: `SharedKey`.
    pub mode: String,
    /// What a caller needs, in words.
    pub meaning: String,
    /// Whether the door surely takes it.
    pub sure: bool,
    /// What proves it, or why it is open.
    pub says: Vec<Phrase>,
    /// On what that rests; empty where it is open.
    pub basis: String,
    /// What would settle it; empty where it is settled.
    pub settle: Vec<Phrase>,
    /// The lines.
    pub passage: Option<Passage>,
}

/// What a door lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlowRow {
    /// The protocol.
    pub protocol: String,
    /// The ports: `443`, `22,3389`, `*`.
    pub ports: String,
    /// The senders, at most [`FlowRow::SOURCES`].
    pub sources: Vec<String>,
    /// How many senders there are.
    pub source_count: usize,
}

impl FlowRow {
    /// The most senders that are listed.
    pub const SOURCES: usize = 24;

    /// The rows of `flows`.
    pub(super) fn of(flows: &FlowSet) -> Vec<Self> {
        let mut rows = Vec::new();
        for (services, sources) in flows.by_services() {
            let sources = sources.describe();
            for (protocol, ports) in services.parts() {
                rows.push(Self {
                    protocol: protocol.as_str().to_owned(),
                    ports: ports.to_string(),
                    source_count: sources.len(),
                    sources: sources.iter().take(Self::SOURCES).cloned().collect(),
                });
            }
        }
        rows
    }
}

/// What a caller needs for `mode`.
fn meaning_of(mode: AuthenticationMode) -> &'static str {
    match mode {
        AuthenticationMode::Anonymous => "nothing: everyone is let in",
        AuthenticationMode::SharedKey => "a key of the account, which opens all of it",
        AuthenticationMode::Sas => "a signed link, good until it expires",
        AuthenticationMode::Password => "a user name and a password",
        AuthenticationMode::AdminKey => "an administration or query key",
        AuthenticationMode::FunctionKey => "a function's key",
        AuthenticationMode::Entra => "a token of Microsoft Entra ID with rights here",
        AuthenticationMode::Cert => "a client certificate",
        AuthenticationMode::SshKey => "an SSH key",
        AuthenticationMode::AmlToken => "a token of the ML workspace",
        AuthenticationMode::Pat => "a personal access token",
        AuthenticationMode::NetworkOnly => "being on the right network is enough",
    }
}

impl Ground<'_> {
    /// The open question.
    pub(super) fn question_card(self, question: &OpenQuestion) -> QuestionCard {
        let outcomes = question.if_settled.iter();
        QuestionCard {
            outcomes: outcomes
                .map(|(value, verdict)| (value.clone(), Outcome::of(*verdict)))
                .collect(),
            ..self.doubt_card(&question.doubt)
        }
    }

    /// The doubt, without what each answer would mean.
    pub(in crate::view) fn doubt_card(self, doubt: &Doubt) -> QuestionCard {
        QuestionCard {
            code: doubt.code.to_owned(),
            why: phrases(&doubt.why),
            settle: phrases(&doubt.settle),
            command: doubt.command.clone().unwrap_or_default(),
            left_open: doubt.left_open,
            outcomes: Vec::new(),
            passage: doubt.span.and_then(|span| self.passage(span)),
        }
    }

    /// A mode that is surely taken.
    pub(super) fn accepted_card(
        self,
        mode: AuthenticationMode,
        evidence: &Evidence,
    ) -> AuthenticationCard {
        AuthenticationCard {
            mode: mode.as_str().to_owned(),
            meaning: meaning_of(mode).to_owned(),
            sure: true,
            says: phrases(&evidence.says),
            basis: evidence.basis.as_str().to_owned(),
            settle: Vec::new(),
            passage: self.passage(evidence.span),
        }
    }

    /// A mode that may be taken.
    pub(super) fn uncertain_card(
        self,
        mode: AuthenticationMode,
        doubt: &Doubt,
    ) -> AuthenticationCard {
        AuthenticationCard {
            mode: mode.as_str().to_owned(),
            meaning: meaning_of(mode).to_owned(),
            sure: false,
            says: phrases(&doubt.why),
            basis: String::new(),
            settle: phrases(&doubt.settle),
            passage: doubt.span.and_then(|span| self.passage(span)),
        }
    }
}
