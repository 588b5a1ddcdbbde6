//! A review in the forms that leave the program.

mod baseline;
mod build;
mod csv;
mod document;
mod form;
mod html;
mod json;
mod markdown;
mod picture;
mod plain;
mod pseudonym;
mod sarif;
mod text;

pub use baseline::{Baseline, BaselineError};
pub use csv::write_csv;
pub use document::{DocumentOptions, Section};
pub use form::Report;
pub use html::write_html;
pub use json::report_value;
pub use markdown::write_markdown;
pub use picture::{write_dot, write_drawio, write_mermaid};
pub use sarif::write_sarif;
pub use text::{TextStyle, write_comparison, write_cut, write_text, write_trace};
