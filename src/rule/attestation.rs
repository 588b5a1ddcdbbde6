//! What no template shows and the reviewer is asked.

use super::{DecidedFrom, Rule, all};
use serde::{Deserialize, Serialize};

/// What is asked of the reviewer.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// With which others it is asked.
    pub group: Group,
    /// The question, to be answered yes, no or not applicable; yes is the good answer.
    pub asks: &'static str,
    /// What would bear the answer out.
    pub evidence: &'static str,
}

/// A group of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// People, sign-in and rights.
    Identity,
    /// Logs, plans and alerts.
    Monitoring,
    /// What data there is and who may see it.
    DataGovernance,
    /// How models come to be and to go live.
    ModelGovernance,
    /// What people do and when.
    Operations,
}

impl Group {
    /// The words of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Monitoring => "monitoring",
            Self::DataGovernance => "data governance",
            Self::ModelGovernance => "model governance",
            Self::Operations => "operations",
        }
    }
}

/// The answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerWord {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// The question does not arise here.
    NotApplicable,
}

/// An answer as the reviewer gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attested {
    /// The answer.
    pub answer: AnswerWord,
    /// Who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// On which day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// What bears it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Every rule that asks, by group and then in the order of the catalogue.
pub fn questions() -> Vec<(&'static Rule, Question)> {
    let mut asked: Vec<_> = all()
        .iter()
        .filter(|rule| rule.decided_from == DecidedFrom::Attestation)
        .filter_map(|rule| Some((*rule, rule.question?)))
        .collect();
    asked.sort_by_key(|(_, question)| question.group);
    asked
}
