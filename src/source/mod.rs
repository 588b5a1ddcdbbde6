//! Texts as given, and places in them.
//!
//! Everything later stages say about a template points back here: a [`Span`] is a byte range of one
//! file, and [`SourceFile::position`] turns it into the line and column that people read.

mod file;
mod line_index;
mod span;

pub use file::{SourceFile, Sources};
pub use line_index::{LineIndex, Position};
pub use span::{FileId, Span};
