//! A review in the forms that leave the program.

mod json;
mod text;

pub use json::{report_value, write_json};
pub use text::{TextStyle, write_comparison, write_cut, write_text, write_trace};
