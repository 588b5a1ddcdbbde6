//! A review in the forms that leave the program.

mod baseline;
mod json;
mod text;

pub use baseline::{Baseline, BaselineError};
pub use json::{report_value, write_json};
pub use text::{TextStyle, write_comparison, write_cut, write_text, write_trace};
