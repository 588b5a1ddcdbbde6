//! The commands of the palette, and the keys that run them.

use super::{
    clear_selection, next_theme, open, show_tab, start_over, step_path, toggle_layer,
    toggle_movement,
};
use crate::ui::component::IconName;
use crate::ui::state::{Over, Tab, UiState, View};
use crate::view::Layer;

/// Something that can be done by name or by key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Shows a list.
    Show(Tab),
    /// The next path to what is selected.
    NextPath,
    /// The path before.
    PreviousPath,
    /// Sees all of the picture.
    FitAll,
    /// Sees what is selected.
    FitSelection,
    /// Shows or hides a layer of the picture.
    Toggle(Layer),
    /// Arrow keys follow lines, or frames.
    Movement,
    /// Selects nothing.
    Clear,
    /// More files.
    Add,
    /// The sheet of keys.
    Keys,
    /// The help.
    Help,
    /// The next theme.
    Theme,
    /// Back to the start.
    StartOver,
}

impl Command {
    /// All commands, in the order of the palette.
    pub const ALL: &[Self] = &[
        Self::Show(Tab::Assets),
        Self::Show(Tab::Findings),
        Self::Show(Tab::Paths),
        Self::Show(Tab::Questions),
        Self::Show(Tab::Parameters),
        Self::Show(Tab::Coverage),
        Self::Show(Tab::Changes),
        Self::NextPath,
        Self::PreviousPath,
        Self::FitAll,
        Self::FitSelection,
        Self::Toggle(Layer::Network),
        Self::Toggle(Layer::Identity),
        Self::Toggle(Layer::Egress),
        Self::Toggle(Layer::Monitoring),
        Self::Toggle(Layer::Dns),
        Self::Movement,
        Self::Clear,
        Self::Add,
        Self::Keys,
        Self::Help,
        Self::Theme,
        Self::StartOver,
    ];

    /// Its words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Show(Tab::Assets) => "Show assets",
            Self::Show(Tab::Findings) => "Show findings",
            Self::Show(Tab::Paths) => "Show paths",
            Self::Show(Tab::Questions) => "Show questions",
            Self::Show(Tab::Parameters) => "Show parameters",
            Self::Show(Tab::Coverage) => "Show coverage",
            Self::Show(Tab::Changes) => "Show changes",
            Self::NextPath => "Next path",
            Self::PreviousPath => "Previous path",
            Self::FitAll => "Fit all of the picture",
            Self::FitSelection => "Fit the selection",
            Self::Toggle(Layer::Network) => "Layer: network, on or off",
            Self::Toggle(Layer::Identity) => "Layer: identity, on or off",
            Self::Toggle(Layer::Egress) => "Layer: egress, on or off",
            Self::Toggle(Layer::Monitoring) => "Layer: monitoring, on or off",
            Self::Toggle(Layer::Dns) => "Layer: DNS, on or off",
            Self::Movement => "Arrow keys: frames or lines",
            Self::Clear => "Close the selection",
            Self::Add => "Add files",
            Self::Keys => "Keys",
            Self::Help => "Help",
            Self::Theme => "Next theme",
            Self::StartOver => "New review",
        }
    }

    /// The key that does the same; empty where there is none.
    pub fn key(self) -> &'static str {
        match self {
            Self::Show(Tab::Assets) => "1",
            Self::Show(Tab::Findings) => "2",
            Self::Show(Tab::Paths) => "3",
            Self::Show(Tab::Questions) => "4",
            Self::Show(Tab::Parameters) => "5",
            Self::Show(Tab::Coverage) => "6",
            Self::Show(Tab::Changes) => "7",
            Self::NextPath => "]",
            Self::PreviousPath => "[",
            Self::FitAll => "F",
            Self::FitSelection => "Shift+F",
            Self::Movement => "M",
            Self::Clear => "Esc",
            Self::Keys => "?",
            Self::Toggle(_) | Self::Add | Self::Help | Self::Theme | Self::StartOver => "",
        }
    }

    /// Its drawing.
    pub fn icon(self) -> IconName {
        match self {
            Self::Show(_) => IconName::Text,
            Self::NextPath | Self::PreviousPath => IconName::Path,
            Self::FitAll | Self::FitSelection => IconName::Fit,
            Self::Toggle(_) => IconName::Layers,
            Self::Movement => IconName::Diagram,
            Self::Clear => IconName::Cross,
            Self::Add => IconName::Plus,
            Self::Keys => IconName::Keys,
            Self::Help => IconName::Question,
            Self::Theme => IconName::Theme,
            Self::StartOver => IconName::File,
        }
    }

    /// Does it.
    pub fn run(self, state: UiState) {
        match self {
            Self::Show(tab) => show_tab(state, tab),
            Self::NextPath => step_path(state, true),
            Self::PreviousPath => step_path(state, false),
            Self::FitAll => state.diagram.ask(View::All),
            Self::FitSelection => state.diagram.ask(View::Selection),
            Self::Toggle(layer) => toggle_layer(state, layer),
            Self::Movement => toggle_movement(state),
            Self::Clear => clear_selection(state),
            Self::Add => open(state, Over::Adding),
            Self::Keys => open(state, Over::Keys),
            Self::Help => open(state, Over::Help),
            Self::Theme => next_theme(state),
            Self::StartOver => start_over(state),
        }
    }
}

/// The command of a key that is pressed anywhere but where text is typed.
pub(in crate::ui) fn command_of(key: &str) -> Option<Command> {
    let by_number = |at: usize| Command::ALL.get(at).copied();
    match key {
        "1" => by_number(0),
        "2" => by_number(1),
        "3" => by_number(2),
        "4" => by_number(3),
        "5" => by_number(4),
        "6" => by_number(5),
        "7" => by_number(6),
        "]" => Some(Command::NextPath),
        "[" => Some(Command::PreviousPath),
        "?" => Some(Command::Keys),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_the_palette_are_those_that_work() {
        for key in ["1", "2", "3", "4", "5", "6", "7", "[", "]", "?"] {
            assert_eq!(command_of(key).map(Command::key), Some(key));
        }
        assert_eq!(command_of("a"), None);
    }
}
