//! What a review comes to: the sentence on top, the counts, and the line at the bottom.

use super::coverage::Level;
use super::standing::all_paths;
use super::{AssetRow, Assets, Findings, Outcome, Paths, Phrase, phrases};
use crate::analysis::{Analysis, headline};
use crate::diagnostic;
use crate::diagram::Mark;
use crate::evidence::Doubt;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The whole review in a few words and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The sentence that answers the question.
    pub sentence: Vec<Phrase>,
    /// How many doors there are.
    pub doors: usize,
    /// How many of them have each verdict, the most open first.
    pub outcomes: Vec<(Outcome, usize)>,
    /// How many doors have each severity, the worst first.
    pub marks: Vec<(Mark, usize)>,
    /// The key of the worst exposure that has a path; empty where there is none.
    pub worst: String,
    /// How many ways the table of paths has.
    pub paths: usize,
    /// How many findings there are.
    pub findings: usize,
    /// How many findings have each severity, the worst first.
    pub finding_marks: Vec<(Mark, usize)>,
    /// The facts for the line at the bottom.
    pub status: Status,
}

/// What was read and what stayed open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// All resources.
    pub resources: usize,
    /// Those of which all that bears on reachability is read.
    pub modelled: usize,
    /// Those of which some of it is read.
    pub partial: usize,
    /// Those that are listed and drawn only.
    pub shown: usize,
    /// Those whose type is not recognised.
    pub unrecognised: usize,
    /// The facts that verdicts hang on.
    pub unknowns: usize,
    /// Those of them that a read-only command tells.
    pub settled_by_command: usize,
    /// Those of them that a value for a parameter settles.
    pub settled_by_value: usize,
    /// Parts of the inputs that could not be used.
    pub errors: usize,
    /// What is doubtful about the inputs.
    pub warnings: usize,
    /// The line in words: `47 resources, 43 modelled, 4 shown only`.
    pub resources_text: String,
    /// The same of unknowns: `3 unknowns: 2 can be settled with one command`.
    pub unknowns_text: String,
}

impl Summary {
    /// The summary of `analysis`. O(resources + exposures).
    pub fn new(
        analysis: &Analysis,
        (assets, findings, paths): (&Assets, &Findings, &Paths),
    ) -> Self {
        let mut marks: BTreeMap<Mark, usize> = BTreeMap::new();
        for mark in assets.rows().iter().filter_map(|row| row.standing.mark) {
            *marks.entry(mark).or_default() += 1;
        }
        let worst = assets.rows().iter().find(|row| row.paths > 0);
        Self {
            sentence: sentence(analysis, worst),
            doors: assets.rows().len(),
            outcomes: assets.outcomes(),
            marks: marks.into_iter().collect(),
            worst: worst.map_or_else(String::new, |row| row.key.clone()),
            paths: paths.count(),
            findings: findings.rows().len(),
            finding_marks: findings.marks(),
            status: Status::new(analysis),
        }
    }
}

/// How many doors answer, then where the worst path leads.
fn sentence(analysis: &Analysis, worst: Option<&AssetRow>) -> Vec<Phrase> {
    let mut all = vec![Phrase::strong(headline(analysis)), Phrase::plain(".")];
    let Some(row) = worst else { return all };
    let mut exposures = analysis.exposures.iter();
    let exposure = exposures.find(|one| super::key_of(analysis, one) == row.key);
    let Some(path) = exposure.and_then(|one| all_paths(one).next()) else {
        return all;
    };
    let target = exposure.map(|one| one.resource);
    let mut through: Vec<String> = Vec::new();
    for hop in path.hops.iter().skip(1) {
        let index = analysis.model.resource_of(hop.from);
        let name = analysis.place_name(hop.from);
        if index.is_some() && index != target && !through.contains(&name) {
            through.push(name);
        }
    }
    let via = match through.as_slice() {
        [] => String::new(),
        [one] => format!(" through `{one}`"),
        [first, .., last] => format!(" through `{first}` and on to `{last}`"),
    };
    let count = path.hops.len();
    let hops = if count == 1 { "hop" } else { "hops" };
    let verb = if path.is_sure() {
        "reaches"
    } else {
        "may reach"
    };
    let name = row.name.rsplit('/').next().unwrap_or(&row.name);
    let text = format!(" The worst path {verb} `{name}`{via} in {count} {hops}.");
    all.extend(phrases(&text));
    all
}

impl Status {
    fn new(analysis: &Analysis) -> Self {
        let mut status = Self::default();
        for resource in analysis.inventory.resources() {
            status.resources += 1;
            match Level::of(resource) {
                Level::Modelled => status.modelled += 1,
                Level::Partial => status.partial += 1,
                Level::Shown => status.shown += 1,
                Level::Unrecognised => status.unrecognised += 1,
            }
        }
        for doubt in doubts(analysis) {
            status.unknowns += 1;
            if doubt.command.is_some() {
                status.settled_by_command += 1;
            } else if doubt.left_open {
                status.settled_by_value += 1;
            }
        }
        let rejected = analysis.rejected.iter().map(|one| &one.diagnostic);
        for diagnostic in rejected.chain(&analysis.diagnostics) {
            match diagnostic.level {
                diagnostic::Level::Error => status.errors += 1,
                diagnostic::Level::Warning => status.warnings += 1,
                diagnostic::Level::Note => {}
            }
        }
        status.put_in_words();
        status
    }

    fn put_in_words(&mut self) {
        let count = |count: usize, word: &str| {
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {word}{plural}")
        };
        let mut text = count(self.resources, "resource");
        for (number, word) in [
            (self.modelled, "modelled"),
            (self.partial, "partly"),
            (self.shown, "shown only"),
            (self.unrecognised, "not recognised"),
        ] {
            if number > 0 {
                let _ = write!(text, ", {number} {word}");
            }
        }
        self.resources_text = text;
        self.unknowns_text = match (self.settled_by_command, self.settled_by_value) {
            _ if self.unknowns == 0 => "no unknowns".to_owned(),
            (0, 0) => count(self.unknowns, "unknown"),
            (commands, 0) => format!(
                "{}: {}",
                count(self.unknowns, "unknown"),
                by_command(commands)
            ),
            (0, values) => format!("{}: {}", count(self.unknowns, "unknown"), by_value(values)),
            (commands, values) => format!(
                "{}: {}, {}",
                count(self.unknowns, "unknown"),
                by_command(commands),
                by_value(values)
            ),
        };
    }
}

fn by_command(count: usize) -> String {
    format!("{count} can be settled by a command")
}

fn by_value(count: usize) -> String {
    format!("{count} by a parameter's value")
}

/// The facts that verdicts hang on, each once, in the order of exposures.
pub(super) fn doubts(analysis: &Analysis) -> Vec<&Arc<Doubt>> {
    let mut seen = std::collections::BTreeSet::new();
    let questions = analysis.exposures.iter().flat_map(|one| &one.questions);
    questions
        .map(|question| &question.doubt)
        .filter(|doubt| seen.insert(&doubt.key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{EXAMPLES, Estate};
    use super::*;

    fn summary(name: &str) -> Summary {
        let estate = Estate::example(name);
        let findings = Findings::new(&estate.analysis);
        let assets = Assets::new(&estate.analysis, &findings);
        let paths = Paths::new(estate.ground(), &assets);
        Summary::new(&estate.analysis, (&assets, &findings, &paths))
    }

    #[test]
    fn counts_add_up() {
        for name in EXAMPLES {
            let summary = summary(name);
            let status = &summary.status;
            let known = status.modelled + status.partial + status.shown + status.unrecognised;
            assert_eq!(known, status.resources);
            let doors: usize = summary.outcomes.iter().map(|one| one.1).sum();
            assert_eq!(doors, summary.doors);
            assert!(status.settled_by_command + status.settled_by_value <= status.unknowns);
        }
    }

    #[test]
    fn the_sentence_names_the_worst_path() {
        let summary = summary("storage-selected-networks");
        let text: String = summary
            .sentence
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        assert!(
            text.contains("doors") && text.contains("The worst path"),
            "{text}"
        );
        assert!(
            summary
                .sentence
                .iter()
                .any(|one| one.strong && one.text == "vm-jump"),
            "{text}"
        );
        assert!(summary.worst.contains("vm-jump"));
    }

    #[test]
    fn what_hangs_on_parameters_is_told() {
        let status = summary("open-parameters").status;
        assert!(status.settled_by_value > 0);
        assert!(
            status.unknowns_text.contains("by a parameter's value"),
            "{}",
            status.unknowns_text
        );
    }
}
