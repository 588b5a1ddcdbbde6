//! A review as a document: what stands in which section, before it is written in any form.
//!
//! The forms (HTML, Markdown) write the same [`Document`], so they never tell different things.
//! Texts carry names in backticks, as messages do; each form makes of them what it calls code.

mod changes;
mod exposures;
mod findings;
mod reviewed;
mod unknown;

use super::form::{Report, ReportEvidence};
use std::fmt::Write as _;

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The review in a few sentences.
    Summary,
    /// The picture.
    Picture,
    /// How every door stands.
    Exposures,
    /// The ways, step by step, and what blocks the others.
    Paths,
    /// The fewest changes that close what is open.
    Changes,
    /// What is wrong.
    Findings,
    /// What that means for catalogues of controls.
    Compliance,
    /// Who is meant to reach what.
    Intent,
    /// The answers to questions that no template can answer.
    Answers,
    /// What the reviewer lets stand, and noted.
    Waivers,
    /// What was looked at.
    Coverage,
    /// What was taken for granted.
    Assumptions,
    /// What could not be told or used.
    LeftOut,
}

impl Section {
    /// All sections, in the order of a document.
    pub const ALL: [Self; 13] = [
        Self::Summary,
        Self::Picture,
        Self::Exposures,
        Self::Paths,
        Self::Changes,
        Self::Findings,
        Self::Compliance,
        Self::Intent,
        Self::Answers,
        Self::Waivers,
        Self::Coverage,
        Self::Assumptions,
        Self::LeftOut,
    ];

    /// The word by which it is chosen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Picture => "picture",
            Self::Exposures => "exposures",
            Self::Paths => "paths",
            Self::Changes => "changes",
            Self::Findings => "findings",
            Self::Compliance => "compliance",
            Self::Intent => "intent",
            Self::Answers => "answers",
            Self::Waivers => "waivers",
            Self::Coverage => "coverage",
            Self::Assumptions => "assumptions",
            Self::LeftOut => "left-out",
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Picture => "The network",
            Self::Exposures => "What can be reached",
            Self::Paths => "Paths and what blocks them",
            Self::Changes => "The fewest changes",
            Self::Findings => "Findings",
            Self::Compliance => "Controls",
            Self::Intent => "Intent",
            Self::Answers => "Answers",
            Self::Waivers => "Waivers and notes",
            Self::Coverage => "Coverage",
            Self::Assumptions => "Assumptions",
            Self::LeftOut => "What could not be told",
        }
    }

    fn blocks(self, report: &Report) -> Vec<Block> {
        match self {
            Self::Summary => exposures::summary(report),
            Self::Picture => vec![Block::Picture],
            Self::Exposures => exposures::table(report),
            Self::Paths => exposures::paths(report),
            Self::Changes => changes::changes(report),
            Self::Findings => findings::findings(report),
            Self::Compliance => findings::compliance(report),
            Self::Intent => reviewed::intent(report),
            Self::Answers => reviewed::answers(report),
            Self::Waivers => reviewed::waivers(report),
            Self::Coverage => unknown::coverage(report),
            Self::Assumptions => unknown::assumptions(report),
            Self::LeftOut => unknown::left_out(report),
        }
    }
}

/// What of a review goes into a document.
#[derive(Clone, Debug)]
pub struct DocumentOptions {
    /// The sections wanted; they stand in the order of [`Section::ALL`] whatever the order here.
    pub sections: Vec<Section>,
    /// The picture as SVG; without one there is no such section.
    pub picture: Option<String>,
}

impl Default for DocumentOptions {
    fn default() -> Self {
        Self {
            sections: Section::ALL.to_vec(),
            picture: None,
        }
    }
}

/// A document before it is written.
pub(super) struct Document {
    pub(super) title: String,
    /// What was reviewed, when and by what.
    pub(super) lead: String,
    pub(super) sections: Vec<(Section, Vec<Block>)>,
}

/// A piece of a section.
pub(super) enum Block {
    /// A paragraph.
    Prose(String),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// Pieces under a heading of their own.
    Group(String, Vec<Block>),
    /// The picture.
    Picture,
}

/// A table with a head.
pub(super) struct Table {
    pub(super) columns: &'static [&'static str],
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) tone: Option<Tone>,
}

/// What a cell says about access or weight; its colour follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Critical,
    High,
    Medium,
    Low,
    Note,
    Blocked,
    Undetermined,
}

impl Tone {
    #[cfg(test)]
    pub(super) const ALL: [Self; 7] = [
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Note,
        Self::Blocked,
        Self::Undetermined,
    ];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Note => "note",
            Self::Blocked => "blocked",
            Self::Undetermined => "undetermined",
        }
    }

    fn of_severity(severity: &str) -> Self {
        match severity {
            "critical" => Self::Critical,
            "high" => Self::High,
            "medium" => Self::Medium,
            "low" => Self::Low,
            _ => Self::Note,
        }
    }
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            tone: None,
        }
    }

    fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self {
            text: text.into(),
            tone: Some(tone),
        }
    }

    fn severity(severity: &str, status: &str) -> Self {
        if status == "fail" {
            Self::toned(severity, Tone::of_severity(severity))
        } else {
            Self::toned(format!("{severity}, not certain"), Tone::Undetermined)
        }
    }
}

impl Document {
    pub(super) fn of(report: &Report, options: &DocumentOptions) -> Self {
        let wanted = |section: &Section| {
            options.sections.contains(section)
                && (*section != Section::Picture || options.picture.is_some())
        };
        let sections = Section::ALL.into_iter().filter(wanted);
        Self {
            title: title(report),
            lead: lead(report),
            sections: sections
                .map(|section| (section, section.blocks(report)))
                .filter(|(_, blocks)| !blocks.is_empty())
                .collect(),
        }
    }
}

fn title(report: &Report) -> String {
    let templates: Vec<&str> = templates(report);
    match templates.as_slice() {
        [] => "Review".to_owned(),
        [one] => format!("Review of {}", code(one)),
        more => format!("Review of {} templates", more.len()),
    }
}

fn templates(report: &Report) -> Vec<&str> {
    let inputs = report.inputs.iter();
    inputs
        .filter(|input| input.role == "template" || input.role == "answer")
        .map(|input| input.file.as_str())
        .collect()
}

fn lead(report: &Report) -> String {
    let mut text = format!("Made by Sightline {}", report.tool.version);
    if let Some(day) = &report.as_of {
        let _ = write!(text, " as of {day}");
    }
    text.push_str(" from the exported text alone; nothing was asked of Azure");
    let files: Vec<String> = report.inputs.iter().map(|one| code(&one.file)).collect();
    if (2..=12).contains(&files.len()) {
        let _ = write!(text, ". Inputs: {}", files.join(", "));
    }
    text.push('.');
    text
}

/// `name` as code, where it can be.
fn code(name: &str) -> String {
    if name.is_empty() || name.contains('`') {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}

/// The last part of an identifier, which people call the resource by.
fn short_name(id: &str) -> &str {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id)
}

/// Where `evidence` stands: `main.json:12`.
fn place(evidence: &ReportEvidence) -> String {
    code(&format!("{}:{}", evidence.file, evidence.line))
}

/// `text` as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut out: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    out.push_str(letters.as_str());
    if !out.ends_with('.') {
        out.push('.');
    }
    out
}

/// `count` with its noun.
fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}
