//! The parts of the page, which know the state.

mod add_dialog;
mod coverage;
mod diagram;
mod examples;
mod export_help;
mod failure;
mod inspector;
mod intake;
mod lists;
mod promise;
mod start;
mod status_bar;
mod top_bar;
mod workspace;

pub use add_dialog::AddDialog;
pub use start::Start;
pub use status_bar::StatusBar;
pub use top_bar::TopBar;
pub use workspace::Workspace;
