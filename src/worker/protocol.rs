//! The questions and answers of the page and the engine.
//!
//! A review has a generation, counted up by the page. Questions about a finished review name its
//! generation; where the engine holds another one by now, the answer is [`Answer::Outdated`].

use crate::view::Estate;
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
    Review(Vec<InputFile>),
    /// The text of one file of the review.
    SourceText(String),
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
    /// Making what the page shows.
    Preparing,
}

impl Stage {
    /// The stage in words, as a clause: `reading the files`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading the files",
            Self::Preparing => "preparing the result",
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Answer {
    /// The review is done and kept for questions about it.
    Reviewed(Estate),
    /// Nothing of this can be reviewed, and why; an earlier review is still kept.
    Refused(Estate),
    /// The text of the file, or `None` where the review has no such file.
    SourceText(Option<String>),
    /// The engine holds no review of that generation.
    Outdated,
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
