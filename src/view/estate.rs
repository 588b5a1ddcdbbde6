//! The files of a run at a glance.

use super::Problem;
use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, Level};
use crate::input::{Document, Inputs, Rejected, Role};
use crate::source::Sources;
use serde::{Deserialize, Serialize};

/// What was handed over, and what is to say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estate {
    /// The files that are in use, in the order of their names.
    pub files: Vec<EstateFile>,
    /// Errors first, then in the order of the files; at most [`Estate::PROBLEMS`].
    pub problems: Vec<Problem>,
    /// How many problems there are in all.
    pub problem_count: usize,
    /// How many of them say that something is, or may be, wrong with a file.
    pub remark_count: usize,
}

/// One file in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstateFile {
    /// The name as shown.
    pub name: String,
    /// What the file is, in a word or two.
    pub role: String,
    /// How a template is read, and why; `None` for other files.
    pub mode: Option<(String, String)>,
    /// The resources that the file declares at its top level.
    pub resources: usize,
}

impl Estate {
    /// The most problems that are handed out.
    pub const PROBLEMS: usize = 200;

    /// The overview of `inputs`. O(bytes of the shown excerpts + files).
    pub fn new(inputs: &Inputs) -> Self {
        Self::of_parts(
            (&inputs.sources, &inputs.documents),
            &inputs.rejected,
            &inputs.diagnostics,
        )
    }

    /// The overview of the inputs of `analysis`, with what evaluating them brought up.
    pub fn of(analysis: &Analysis) -> Self {
        Self::of_parts(
            (&analysis.sources, &analysis.documents),
            &analysis.rejected,
            &analysis.diagnostics,
        )
    }

    fn of_parts(
        (sources, documents): (&Sources, &[Document]),
        rejected: &[Rejected],
        diagnostics: &[Diagnostic],
    ) -> Self {
        let files = documents
            .iter()
            .filter_map(|document| file_of(sources, document))
            .collect();
        let rejected = rejected
            .iter()
            .map(|rejected| (&rejected.diagnostic, Some(rejected.file.as_str())));
        let diagnostics = diagnostics.iter().map(|diagnostic| (diagnostic, None));
        let mut all: Vec<_> = rejected.chain(diagnostics).collect();
        all.sort_by_key(|(diagnostic, _)| diagnostic.level);
        Self {
            files,
            problem_count: all.len(),
            remark_count: all
                .iter()
                .filter(|(diagnostic, _)| diagnostic.level != Level::Note)
                .count(),
            problems: all
                .into_iter()
                .take(Self::PROBLEMS)
                .map(|(diagnostic, file)| Problem::new(sources, diagnostic, file))
                .collect(),
        }
    }

    /// Whether any of the files is a template.
    pub fn has_template(&self) -> bool {
        self.files.iter().any(|file| file.mode.is_some())
    }

    /// The resources of all files.
    pub fn resources(&self) -> usize {
        self.files.iter().map(|file| file.resources).sum()
    }
}

fn file_of(sources: &Sources, document: &Document) -> Option<EstateFile> {
    let role = match &document.role {
        Role::Template => "template",
        Role::Parameters => "parameters",
        Role::Reviewer => "reviewer's file",
        Role::Answer => "answer of Azure",
        Role::Other(_) => return None,
    };
    let template = document.role == Role::Template;
    let resources = document.root.get("resources").filter(|_| template);
    Some(EstateFile {
        name: sources.get(document.file)?.name().to_string(),
        role: role.to_owned(),
        mode: template.then(|| {
            let choice = &document.mode;
            (choice.mode.as_str().to_owned(), choice.because.clone())
        }),
        resources: resources.map_or(0, |all| all.items().len() + all.members().len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::RawFile;

    #[test]
    fn templates_are_counted_and_what_is_none_is_a_problem() {
        let inputs = Inputs::read(vec![
            RawFile::new(
                "a.json",
                *br#"{"resources": [{"type": "x/y"}, {"type": "x/z"}]}"#,
            ),
            RawFile::new("b.json", *b"{"),
            RawFile::new("c.json", *br#"{"parameters": {"p": {"value": 1}}}"#),
        ]);
        let estate = Estate::new(&inputs);
        let roles: Vec<_> = estate.files.iter().map(|file| file.role.as_str()).collect();
        assert_eq!(roles, ["template", "parameters"]);
        assert!(estate.has_template());
        assert_eq!(estate.resources(), 2);
        let problem = estate.problems.first().unwrap();
        assert_eq!(problem.file.as_deref(), Some("b.json"));
        assert!(problem.place.is_some());
    }

    #[test]
    fn more_problems_than_can_be_shown_are_counted() {
        let rows = vec!["1"; 300].join(" ");
        let text = format!(r#"{{"resources": [{rows}]}}"#);
        let inputs = Inputs::read(vec![RawFile::new("a.json", text.as_bytes())]);
        let estate = Estate::new(&inputs);
        assert_eq!(
            estate.problems.len(),
            Estate::PROBLEMS.min(estate.problem_count)
        );
    }
}
