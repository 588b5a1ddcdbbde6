//! The engine's end of the line.

use super::protocol::{
    Answer, Ask, Choices, Drawing, InputFile, PictureAsk, Request, ReviewAsk, Reviewed, Stage,
};
use crate::analysis::{Analysis, Assumption, Omission, Options, analyse, analyse_inputs};
use crate::diagram::{Layout, LayoutOptions, layout_zones};
use crate::edit::review_with;
use crate::input::{Inputs, RawFile};
use crate::view::{ChangesView, Difference, Estate, Switch, Workspace};
use std::sync::Arc;

/// Answers questions; owns the last review that was done.
#[derive(Debug, Default)]
pub struct Handler {
    review: Option<Review>,
}

#[derive(Debug)]
struct Review {
    generation: u32,
    workspace: Workspace,
    /// The picture that was given last, and the width that was wished for it.
    drawn: Option<(Layout, i32)>,
    /// What the switches changed.
    what_if: Option<Difference>,
    /// What changed since the earlier version.
    earlier: Option<Difference>,
}

impl Handler {
    /// A handler without a review.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer to `request`; `stage` hears of the stages of long work.
    pub fn answer(&mut self, request: Request, stage: &mut dyn FnMut(Stage)) -> Answer {
        if let Ask::Review(ask) = request.ask {
            return self.review(request.generation, ask, stage);
        }
        let review = self.review.as_mut();
        review
            .filter(|review| review.generation == request.generation)
            .map_or(Answer::Outdated, |review| review.answer(request.ask))
    }

    fn review(
        &mut self,
        generation: u32,
        mut ask: ReviewAsk,
        stage: &mut dyn FnMut(Stage),
    ) -> Answer {
        #[cfg(feature = "crash-test")]
        super::crash::crash_on_request(&ask.files);
        stage(Stage::Reading);
        let raw = |file: InputFile| RawFile::new(file.name, file.bytes);
        let inputs = Inputs::read(ask.files.into_iter().map(raw).collect());
        let estate = Estate::new(&inputs);
        if !estate.has_template() {
            return Answer::Refused(estate);
        }
        stage(Stage::Following);
        let switches = std::mem::take(&mut ask.choices.switches);
        let options = options(ask.choices);
        let analysis = analyse_inputs(inputs, &options);
        if let Err(error) = &analysis.from {
            return Answer::NoFoothold(error.to_string());
        }
        let (analysis, what_if) = match switched(analysis, &switches) {
            Ok(done) => done,
            Err(why) => return Answer::NoSwitch(why),
        };
        let earlier = (!ask.earlier.is_empty()).then(|| {
            let old = analyse(ask.earlier.into_iter().map(raw).collect(), &options);
            Difference::of(&old, &analysis)
        });
        stage(Stage::Preparing);
        let footholds = analysis.footholds(FOOTHOLDS);
        let estate = Estate::of(&analysis);
        let workspace = Workspace::new(analysis);
        let summary = workspace.summary();
        // What is in both reviews stays where it is.
        let drawn = self.review.take().and_then(|review| review.drawn);
        self.review = Some(Review {
            generation,
            workspace,
            drawn,
            what_if,
            earlier,
        });
        Answer::Reviewed(Box::new(Reviewed {
            estate,
            summary,
            footholds,
        }))
    }
}

impl Review {
    /// The answer to a question about this review.
    fn answer(&mut self, ask: Ask) -> Answer {
        let workspace = &self.workspace;
        match ask {
            Ask::Review(_) => Answer::Outdated,
            Ask::Assets(query) => Answer::Assets(workspace.assets(&query)),
            Ask::Findings(query) => Answer::Findings(workspace.findings(&query)),
            Ask::Paths(query) => Answer::Paths(workspace.paths(&query)),
            Ask::Card(selection, path) => {
                Answer::Card(workspace.card(&selection, path).map(Box::new))
            }
            Ask::Picture(ask) => Answer::Picture(Box::new(self.draw(&ask))),
            Ask::Coverage => Answer::Coverage(Box::new(workspace.coverage())),
            Ask::Parameters => Answer::Parameters(workspace.parameters()),
            Ask::Changes => Answer::Changes(Box::new(ChangesView::new(
                workspace.analysis(),
                self.what_if.clone(),
                self.earlier.clone(),
            ))),
            Ask::Sources => Answer::Sources(workspace.sources()),
            Ask::Source(ask) => Answer::Source(workspace.source(&ask.file, ask.first, ask.count)),
            Ask::Search(words) => Answer::Hits(workspace.search(&words)),
        }
    }
}

impl Review {
    /// The picture, in which everything that was drawn before stays where it is.
    fn draw(&mut self, ask: &PictureAsk) -> Drawing {
        let view = self.workspace.scene(&ask.options);
        let before = self.drawn.take();
        let previous = before.filter(|(_, aspect)| *aspect == ask.aspect);
        let layout = layout_zones(
            &view.scene,
            LayoutOptions {
                previous: previous.as_ref().map(|(layout, _)| layout),
                aspect: ask.aspect,
            },
        );
        self.drawn = Some((layout.clone(), ask.aspect));
        Drawing { view, layout }
    }
}

/// `analysis` with `switches` set, and what that changed; or why it cannot be done.
fn switched(
    analysis: Analysis,
    switches: &[Switch],
) -> Result<(Analysis, Option<Difference>), String> {
    if switches.is_empty() {
        return Ok((analysis, None));
    }
    let edits = Switch::edits(&analysis, switches).map_err(|error| error.to_string())?;
    let mut after = review_with(&analysis, &edits).map_err(|error| error.to_string())?;
    let omissions: Vec<Omission> = switches
        .iter()
        .filter_map(|one| one.omits.clone())
        .collect();
    if !omissions.is_empty() && !after.leave_out(&omissions).is_empty() {
        return Err("what was left out is not there any more".to_owned());
    }
    let difference = Difference::of(&analysis, &after);
    Ok((after, Some(difference)))
}

/// The most places to start from that the page is told.
const FOOTHOLDS: usize = 500;

fn options(choices: Choices) -> Options {
    let mut options = Options {
        as_of: choices.as_of,
        from: Some(choices.standing.from).filter(|from| !from.is_empty()),
        switched: choices
            .switched
            .iter()
            .filter_map(|id| Assumption::named(id))
            .collect(),
        ..Options::default()
    };
    let environment = &mut options.environment;
    for (said, place) in [
        (
            choices.standing.subscription,
            &mut environment.subscription_id,
        ),
        (
            choices.standing.resource_group,
            &mut environment.resource_group,
        ),
        (choices.standing.tenant, &mut environment.tenant_id),
    ] {
        if !said.is_empty() {
            *place = said.into();
        }
    }
    for value in choices.values {
        let file = Some(value.file.as_str()).filter(|file| !file.is_empty());
        options.parameters.set(file, &value.name, &value.text);
    }
    options
}

impl InputFile {
    /// A file called `name` that holds `bytes`.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{AssetQuery, Outcome, Selection};
    use crate::worker::protocol::{SourceAsk, Standing, TypedValue};

    const EXAMPLE: &[u8] = include_bytes!("../../public/examples/exposed-workspace.json");

    fn ask(handler: &mut Handler, generation: u32, ask: Ask) -> (Answer, Vec<Stage>) {
        let mut stages = Vec::new();
        let request = Request {
            number: 0,
            generation,
            ask,
        };
        let answer = handler.answer(request, &mut |stage| stages.push(stage));
        (answer, stages)
    }

    fn review(handler: &mut Handler, generation: u32, bytes: &[u8], choices: Choices) -> Answer {
        let files = vec![InputFile::new("a.json", bytes)];
        let review = ReviewAsk {
            files,
            choices,
            ..ReviewAsk::default()
        };
        ask(handler, generation, Ask::Review(review)).0
    }

    fn first_line(handler: &mut Handler, generation: u32) -> Answer {
        let source = SourceAsk {
            file: "a.json".to_owned(),
            first: 1,
            count: 1,
        };
        ask(handler, generation, Ask::Source(source)).0
    }

    #[test]
    fn a_review_is_kept_for_questions_about_it() {
        let mut handler = Handler::new();
        let template = br#"{"resources": []}"#;
        let answer = review(&mut handler, 1, template, Choices::default());
        assert!(matches!(answer, Answer::Reviewed(_)));
        let Answer::Source(Some(window)) = first_line(&mut handler, 1) else {
            panic!("the file is there");
        };
        assert_eq!(window.lines.first().unwrap().text, r#"{"resources": []}"#);
        assert_eq!(first_line(&mut handler, 2), Answer::Outdated);
    }

    #[test]
    fn what_is_refused_leaves_the_review_before_it() {
        let mut handler = Handler::new();
        review(&mut handler, 1, br#"{"resources": []}"#, Choices::default());
        let refused = review(&mut handler, 2, br#"{"resources": ["#, Choices::default());
        let Answer::Refused(estate) = refused else {
            panic!("refused");
        };
        assert!(estate.problems.first().unwrap().place.is_some());
        let kept = first_line(&mut handler, 1);
        assert!(matches!(kept, Answer::Source(Some(_))));
    }

    #[test]
    fn stages_are_told_in_order() {
        let files = vec![InputFile::new("a.json", EXAMPLE)];
        let review = ReviewAsk {
            files,
            ..ReviewAsk::default()
        };
        let (_, stages) = ask(&mut Handler::new(), 1, Ask::Review(review));
        assert_eq!(stages, [Stage::Reading, Stage::Following, Stage::Preparing]);
    }

    #[test]
    fn the_worst_of_the_summary_has_a_row_and_a_card_with_a_path() {
        let mut handler = Handler::new();
        let answer = review(&mut handler, 1, EXAMPLE, Choices::default());
        let Answer::Reviewed(reviewed) = answer else {
            panic!("reviewed");
        };
        let worst = reviewed.summary.worst;
        let query = AssetQuery {
            count: 1,
            locate: Some(worst.clone()),
            ..AssetQuery::default()
        };
        let Answer::Assets(window) = ask(&mut handler, 1, Ask::Assets(query)).0 else {
            panic!("assets");
        };
        assert_eq!(window.located, Some(0));
        let card = Ask::Card(Selection::Exposure(worst), 0);
        let Answer::Card(Some(card)) = ask(&mut handler, 1, card).0 else {
            panic!("a card");
        };
        assert!(!card.path.unwrap().hops.is_empty());
    }

    #[test]
    fn a_caller_starts_where_the_reviewer_says_or_the_review_before_stays() {
        let mut handler = Handler::new();
        let from = |from: &str| Choices {
            standing: Standing {
                from: from.to_owned(),
                ..Standing::default()
            },
            ..Choices::default()
        };
        let Answer::Reviewed(reviewed) = review(&mut handler, 1, EXAMPLE, from("")) else {
            panic!("reviewed");
        };
        let named: Vec<_> = reviewed
            .footholds
            .iter()
            .filter(|name| name.contains(':'))
            .collect();
        assert!(!named.is_empty(), "{:?}", reviewed.footholds);
        for name in &reviewed.footholds {
            let answer = review(&mut handler, 2, EXAMPLE, from(name));
            assert!(matches!(answer, Answer::Reviewed(_)), "{name}: {answer:?}");
        }
        let answer = review(&mut handler, 3, EXAMPLE, from("nowhere"));
        assert!(matches!(answer, Answer::NoFoothold(_)), "{answer:?}");
        let (kept, _) = ask(&mut handler, 2, Ask::Sources);
        assert!(matches!(kept, Answer::Sources(_)), "{kept:?}");
    }

    #[test]
    fn a_typed_value_decides() {
        let template = br#"{"parameters": {"access": {"type": "string"}}, "resources": [{
            "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv",
            "properties": {"publicNetworkAccess": "[parameters('access')]"}}]}"#;
        let mut handler = Handler::new();
        let mut outcomes = |choices| {
            review(&mut handler, 1, template, choices);
            let query = Ask::Assets(AssetQuery {
                count: 9,
                ..AssetQuery::default()
            });
            let Answer::Assets(window) = ask(&mut handler, 1, query).0 else {
                panic!("assets");
            };
            let rows = window.rows.into_iter();
            rows.map(|row| row.standing.outcome).collect::<Vec<_>>()
        };
        assert_eq!(outcomes(Choices::default()), [Outcome::Conditional]);
        let closed = Choices {
            values: vec![TypedValue {
                file: "a.json".to_owned(),
                name: "access".to_owned(),
                text: "Disabled".to_owned(),
            }],
            ..Choices::default()
        };
        assert_eq!(outcomes(closed), [Outcome::Blocked]);
    }

    fn changes(handler: &mut Handler, generation: u32) -> ChangesView {
        let Answer::Changes(view) = ask(handler, generation, Ask::Changes).0 else {
            panic!("changes");
        };
        *view
    }

    #[test]
    fn a_cut_that_is_tried_leaves_nothing_to_cut_and_tells_what_closed() {
        let mut handler = Handler::new();
        review(&mut handler, 1, EXAMPLE, Choices::default());
        let before = changes(&mut handler, 1);
        assert!(before.what_if.is_none());
        let tried = Choices {
            switches: before.together.unwrap().changes,
            ..Choices::default()
        };
        review(&mut handler, 2, EXAMPLE, tried);
        let after = changes(&mut handler, 2);
        assert!(after.cuts.is_empty(), "{:?}", after.cuts);
        let difference = after.what_if.unwrap();
        assert!(difference.doors.iter().any(|door| door.what == "closed"));
        assert!(difference.doors.iter().all(|door| door.what != "opened"));
    }

    #[test]
    fn an_earlier_version_is_compared_and_itself_differs_in_nothing() {
        let mut handler = Handler::new();
        let fixed = include_bytes!("../../public/examples/exposed-workspace-fixed.json");
        for (earlier, differs) in [(&fixed[..], true), (EXAMPLE, false)] {
            let asked = ReviewAsk {
                files: vec![InputFile::new("a.json", EXAMPLE)],
                earlier: vec![InputFile::new("old.json", earlier)],
                ..ReviewAsk::default()
            };
            ask(&mut handler, 1, Ask::Review(asked));
            let difference = changes(&mut handler, 1).earlier.unwrap();
            assert_eq!(difference.headline != "Nothing differs.", differs);
        }
    }
}
