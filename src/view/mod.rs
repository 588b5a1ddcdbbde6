//! What the screens show: plain rows and cards, made from a finished review.
//!
//! In: the inputs of a run and what was found. Out: owned values that can cross to another thread
//! of the browser, with every text ready to be shown.
//!
//! **Invariant.** A view is small however large the input is: texts are cut around what matters,
//! and lists are handed out by window.

mod estate;
mod excerpt;
mod problem;

pub use estate::{Estate, EstateFile};
pub use excerpt::{Excerpt, ExcerptLine, excerpt_at};
pub use problem::{Place, Problem, ProblemLevel};
