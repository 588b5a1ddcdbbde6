//! Changes of the template and what they would bring about.
//!
//! In: an analysis and changes of properties. Out: the changed texts, and their review. A what-if
//! is nothing but the review of the changed text, so the two never differ.

mod apply;
mod locate;

pub use apply::{apply, review_with};
pub use locate::{TextEdit, describe, edits_of};

use crate::value::EditError;

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The place is in none of the inputs.
    #[error("the place is in none of the inputs")]
    NoPlace,
    /// The property is written by an expression that stands for more than it.
    #[error("`{0}` is made by an expression as a whole")]
    Computed(String),
    /// The text cannot be changed there.
    #[error(transparent)]
    Text(#[from] EditError),
    /// A file is no JSON any more.
    #[error("`{0}` cannot be read")]
    Unreadable(String),
}
