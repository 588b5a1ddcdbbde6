//! The theme: the system's, or one that was chosen.

use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::document;

/// Which colours the page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

const KEY: &str = "sightline.theme";
const ATTRIBUTE: &str = "data-theme";

impl Theme {
    /// The theme that the switch shows next.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The word for people: `system`, `light` or `dark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The theme that stands on the root element, or the one chosen in an earlier visit.
///
/// A browser that keeps nothing for this page has none.
pub(in crate::ui) fn remembered() -> Theme {
    let forced = document()
        .document_element()
        .and_then(|root| root.get_attribute(ATTRIBUTE));
    let name = forced.or_else(|| LocalStorage::get::<String>(KEY).ok());
    let theme = Theme::named(name.as_deref().unwrap_or_default());
    show(theme);
    theme
}

/// Shows `theme` and keeps the choice.
pub(in crate::ui) fn remember(theme: Theme) {
    show(theme);
    if theme == Theme::System {
        LocalStorage::delete(KEY);
    } else {
        // Where the browser keeps nothing, the choice holds until the page is closed.
        let _ = LocalStorage::set(KEY, theme.as_str());
    }
}

fn show(theme: Theme) {
    let Some(root) = document().document_element() else {
        return;
    };
    // Neither can fail: the attribute's name is a constant and valid.
    let _ = match theme {
        Theme::System => root.remove_attribute(ATTRIBUTE),
        _ => root.set_attribute(ATTRIBUTE, theme.as_str()),
    };
}
