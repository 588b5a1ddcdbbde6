//! A finding in full: what is wrong, where, and how to put it right.

use super::question::QuestionCard;
use crate::analysis::Analysis;
use crate::rule::page::{Block, sections};
use crate::rule::{Finding, Status};
use crate::view::{Ground, Phrase, Proof, phrases};
use serde::{Deserialize, Serialize};

/// A finding in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingCard {
    /// The identity of the finding.
    pub fingerprint: String,
    /// The rule's identifier.
    pub rule: String,
    /// The bad state in kebab case.
    pub name: String,
    /// The bad state as a headline.
    pub title: String,
    /// The severity in a word.
    pub severity: String,
    /// Why that is not what the rule says; empty where it is.
    pub moved: String,
    /// Whether the inputs do not tell that the rule fails.
    pub undetermined: bool,
    /// What is wrong.
    pub message: Vec<Phrase>,
    /// What proves it, the line to show first.
    pub proofs: Vec<Proof>,
    /// What is open, and what would settle it.
    pub questions: Vec<QuestionCard>,
    /// What to do.
    pub remedy: String,
    /// The properties to set: the way to each below the resource, and its value as JSON, which is
    /// empty where the property is to be taken out.
    pub edits: Vec<(String, String)>,
    /// The Azure CLI command that does it; empty where there is none.
    pub command: String,
    /// Controls of the Microsoft cloud security benchmark.
    pub controls: Vec<String>,
    /// The rule's page.
    pub page: Vec<PageSection>,
}

/// A heading of a rule's page with what stands under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageSection {
    /// The heading.
    pub heading: String,
    /// What stands under it.
    pub blocks: Vec<PageBlock>,
}

/// A piece of a rule's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PageBlock {
    /// A paragraph.
    Prose(Vec<Phrase>),
    /// A list, each entry with a leading word.
    List(Vec<(String, Vec<Phrase>)>),
    /// Code in a language: `json`, `bicep` or `sh`.
    Code(String, String),
}

impl Ground<'_> {
    /// The finding called `fingerprint` in full.
    pub(super) fn finding_card(self, fingerprint: &str) -> Option<FindingCard> {
        let found = find(self.analysis, fingerprint)?;
        let rule = found.rule;
        Some(FindingCard {
            fingerprint: found.fingerprint.clone(),
            rule: rule.id.to_owned(),
            name: rule.name.to_owned(),
            title: rule.title.to_owned(),
            severity: found.severity.as_str().to_owned(),
            moved: found.moved.clone().unwrap_or_default(),
            undetermined: found.status == Status::Undetermined,
            message: phrases(&found.message),
            proofs: self.proofs(&found.evidence),
            questions: found
                .doubts
                .iter()
                .map(|doubt| self.doubt_card(doubt))
                .collect(),
            remedy: rule.remedy.text.to_owned(),
            edits: rule
                .remedy
                .edits
                .iter()
                .map(|edit| (edit.path.to_owned(), edit.value.to_owned()))
                .collect(),
            command: rule.remedy.cli.to_owned(),
            controls: rule.controls.iter().map(|one| (*one).to_owned()).collect(),
            page: sections(rule)
                .into_iter()
                .map(|section| PageSection {
                    heading: section.heading.to_owned(),
                    blocks: section.blocks.into_iter().map(block).collect(),
                })
                .collect(),
        })
    }
}

fn find<'a>(analysis: &'a Analysis, fingerprint: &str) -> Option<&'a Finding> {
    let mut all = analysis.findings.iter();
    all.find(|finding| finding.fingerprint == fingerprint)
}

fn block(block: Block) -> PageBlock {
    match block {
        Block::Prose(text) => PageBlock::Prose(phrases(&text)),
        Block::List(entries) => PageBlock::List(
            entries
                .into_iter()
                .map(|(word, text)| (word, phrases(&text)))
                .collect(),
        ),
        Block::Code(language, text) => PageBlock::Code(language.to_owned(), text),
    }
}
