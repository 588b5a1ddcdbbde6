//! The parts of the page, which know the state.

mod add_dialog;
mod assets;
mod assumptions;
mod changes;
mod coverage;
mod diagram;
mod difference;
mod door_tags;
mod examples;
mod export_help;
mod failure;
mod findings;
mod help;
mod inspector;
mod intake;
mod keys_sheet;
mod lists;
mod palette;
mod parameters;
mod paths;
mod promise;
mod questions;
mod source;
mod standing;
mod start;
mod status_bar;
mod top_bar;
mod workspace;

pub use add_dialog::AddDialog;
pub use help::Help;
pub use keys_sheet::KeysSheet;
pub use palette::Palette;
pub use start::Start;
pub use status_bar::StatusBar;
pub use top_bar::TopBar;
pub use workspace::Workspace;
