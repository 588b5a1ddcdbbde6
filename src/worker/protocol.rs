//! The questions and answers of the page and the engine.
//!
//! A review has a generation, counted up by the page. Questions about a finished review name its
//! generation; where the engine holds another one by now, the answer is [`Answer::Outdated`].

use crate::diagram::Layout;
use crate::view::{
    AssetQuery, AssetWindow, Card, ChangesView, CoverageView, Estate, FindingQuery, FindingWindow,
    Hits, ParameterRow, PathQuery, PathWindow, SceneOptions, SceneView, Selection, SourceRow,
    SourceWindow, Summary, Switch,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use thiserror::Error;

/// A question with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// From 1, unique in the page's life.
    pub number: u32,
    /// The review that it is about.
    pub generation: u32,
    /// The question.
    pub ask: Ask,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Ask {
    /// Review these files as one estate.
    Review(ReviewAsk),
    /// A window of the table of assets.
    Assets(AssetQuery),
    /// A window of the table of findings.
    Findings(FindingQuery),
    /// A window of the table of paths.
    Paths(PathQuery),
    /// The card of what is selected, with the path at this place in full.
    Card(Selection, usize),
    /// The picture.
    Picture(PictureAsk),
    /// What was read, what could not be, and what that caps.
    Coverage,
    /// The declared parameters.
    Parameters,
    /// What would close what is open, what the switches changed, and what is meant.
    Changes,
    /// The files of the review.
    Sources,
    /// Lines of a file of the review.
    Source(SourceAsk),
    /// What has these words in its name.
    Search(String),
}

/// What is to be reviewed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewAsk {
    /// The files.
    pub files: Vec<InputFile>,
    /// An earlier version to compare with; empty where there is none.
    pub earlier: Vec<InputFile>,
    /// What the reviewer chose.
    pub choices: Choices,
}

/// What the reviewer chose for a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Values for parameters; of two for one parameter the later counts.
    pub values: Vec<TypedValue>,
    /// Changes to try, in the order in which they were set.
    pub switches: Vec<Switch>,
    /// The names of the assumptions that stand otherwise than usual.
    pub switched: Vec<String>,
    /// Where the estate and the caller stand.
    pub standing: Standing,
    /// The day of the review, `YYYY-MM-DD`.
    pub as_of: Option<String>,
}

/// Where the estate and the caller stand, as the reviewer says; an empty text says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The identifier of the subscription.
    pub subscription: String,
    /// The name of the resource group.
    pub resource_group: String,
    /// The identifier of the tenant.
    pub tenant: String,
    /// Where the caller starts, as `--from` takes it.
    pub from: String,
}

/// A value for a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedValue {
    /// The file of the template that declares the parameter.
    pub file: String,
    /// The parameter's name.
    pub name: String,
    /// The text for a parameter of type string, JSON for any other.
    pub text: String,
}

/// Which lines of which file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAsk {
    /// The name of the file.
    pub file: String,
    /// The first line wanted, from 1.
    pub first: u32,
    /// How many lines are wanted.
    pub count: usize,
}

/// Which picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureAsk {
    /// What is drawn, and what is lit in it.
    pub options: SceneOptions,
    /// The wished width for a height of 100.
    pub aspect: i32,
}

/// A file as handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// The name or path.
    pub name: String,
    /// The content, which travels beside the message.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

/// What the engine says: [`News::Ready`] once, then to each question any number of
/// [`News::Stage`] and one [`News::Answer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The number of the question; 0 where the news answers none.
    pub number: u32,
    /// What is said.
    pub news: News,
}

/// One message of the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The engine has started.
    Ready,
    /// The engine has come to this stage.
    Stage(Stage),
    /// The answer.
    Answer(Answer),
    /// The engine has panicked with this message and will say nothing more.
    Panicked(String),
}

/// A stage of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Stage {
    /// Reading the files.
    Reading,
    /// Finding out what is reached and what is wrong.
    Following,
    /// Making what the page shows.
    Preparing,
}

impl Stage {
    /// The stage in words, as a clause: `reading the files`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading the files",
            Self::Following => "following every way in",
            Self::Preparing => "preparing the result",
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Answer {
    /// The review is done and kept for questions about it.
    Reviewed(Box<Reviewed>),
    /// Nothing of this can be reviewed, and why; an earlier review is still kept.
    Refused(Estate),
    /// No caller can start from the chosen place, and why; an earlier review is still kept.
    NoFoothold(String),
    /// A change cannot be made in the text, and why; an earlier review is still kept.
    NoSwitch(String),
    /// Rows of assets.
    Assets(AssetWindow),
    /// Rows of findings.
    Findings(FindingWindow),
    /// Rows of paths.
    Paths(PathWindow),
    /// The card, or `None` where the review has nothing of that name.
    Card(Option<Box<Card>>),
    /// The picture.
    Picture(Box<Drawing>),
    /// The coverage.
    Coverage(Box<CoverageView>),
    /// The parameters.
    Parameters(Vec<ParameterRow>),
    /// The changes.
    Changes(Box<ChangesView>),
    /// The files.
    Sources(Vec<SourceRow>),
    /// The lines, or `None` where the review has no such file.
    Source(Option<SourceWindow>),
    /// What was found.
    Hits(Hits),
    /// The engine holds no review of that generation.
    Outdated,
}

/// What the page keeps of a review that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The files, and what is to say about them.
    pub estate: Estate,
    /// The whole in a few words and numbers.
    pub summary: Summary,
    /// Places that a caller can start from.
    pub footholds: Vec<String>,
}

/// A picture with the place of everything in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// What is drawn, and what is lit in it.
    pub view: SceneView,
    /// Where everything stands.
    pub layout: Layout,
}

/// Why a question got no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// The engine failed while it worked on the question; another has been started.
    #[error("the engine failed: {0}")]
    Crashed(String),
    /// The work was stopped.
    #[error("the work was stopped")]
    Stopped,
    /// The browser could not carry the message.
    #[error("the message could not be carried: {0}")]
    Message(String),
}
