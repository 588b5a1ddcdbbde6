//! The engine's end of the line.

use super::protocol::{Answer, Ask, InputFile, Request, Stage};
use crate::input::{Inputs, RawFile};
use crate::view::Estate;
use std::sync::Arc;

/// Answers questions; owns the last review that was done.
#[derive(Debug, Default)]
pub struct Handler {
    review: Option<Review>,
}

#[derive(Debug)]
struct Review {
    generation: u32,
    inputs: Inputs,
}

impl Handler {
    /// A handler without a review.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer to `request`; `stage` hears of the stages of long work.
    pub fn answer(&mut self, request: Request, stage: &mut dyn FnMut(Stage)) -> Answer {
        match request.ask {
            Ask::Review(files) => self.review(request.generation, files, stage),
            Ask::SourceText(name) => self.of(request.generation, |review| {
                let mut sources = review.inputs.sources.iter();
                let found = sources.find(|(_, file)| **file.name() == *name);
                Answer::SourceText(found.map(|(_, file)| file.text().to_string()))
            }),
        }
    }

    fn review(
        &mut self,
        generation: u32,
        files: Vec<InputFile>,
        stage: &mut dyn FnMut(Stage),
    ) -> Answer {
        #[cfg(feature = "crash-test")]
        super::crash::crash_on_request(&files);
        stage(Stage::Reading);
        let raw = |file: InputFile| RawFile::new(file.name, file.bytes);
        let inputs = Inputs::read(files.into_iter().map(raw).collect());
        stage(Stage::Preparing);
        let estate = Estate::new(&inputs);
        if !estate.has_template() {
            return Answer::Refused(estate);
        }
        self.review = Some(Review { generation, inputs });
        Answer::Reviewed(estate)
    }

    fn of(&self, generation: u32, answer: impl FnOnce(&Review) -> Answer) -> Answer {
        self.review
            .as_ref()
            .filter(|review| review.generation == generation)
            .map_or(Answer::Outdated, answer)
    }
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

    fn review(handler: &mut Handler, generation: u32, text: &str) -> Answer {
        let file = InputFile::new("a.json", text.as_bytes());
        ask(handler, generation, Ask::Review(vec![file])).0
    }

    fn text(handler: &mut Handler, generation: u32) -> Answer {
        ask(handler, generation, Ask::SourceText("a.json".to_owned())).0
    }

    #[test]
    fn a_review_is_kept_for_questions_about_it() {
        let mut handler = Handler::new();
        let template = r#"{"resources": []}"#;
        assert!(matches!(
            review(&mut handler, 1, template),
            Answer::Reviewed(_)
        ));
        let want = Answer::SourceText(Some(template.to_owned()));
        assert_eq!(text(&mut handler, 1), want);
        assert_eq!(text(&mut handler, 2), Answer::Outdated);
    }

    #[test]
    fn what_is_refused_leaves_the_review_before_it() {
        let mut handler = Handler::new();
        review(&mut handler, 1, r#"{"resources": []}"#);
        let Answer::Refused(estate) = review(&mut handler, 2, r#"{"resources": ["#) else {
            panic!("refused");
        };
        assert!(estate.problems.first().unwrap().place.is_some());
        assert!(matches!(text(&mut handler, 1), Answer::SourceText(Some(_))));
    }

    #[test]
    fn stages_are_told_in_order() {
        let (_, stages) = ask(&mut Handler::new(), 1, Ask::Review(Vec::new()));
        assert_eq!(stages, [Stage::Reading, Stage::Preparing]);
    }
}
