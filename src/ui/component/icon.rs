//! Our own line drawings, on a grid of 24.

use leptos::prelude::*;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// Sightline's own mark.
    Brand,
    /// A sheet with a folded corner.
    File,
    /// An arrow into a tray.
    Drop,
    /// Two sheets.
    Copy,
    /// A tick.
    Check,
    /// A plus.
    Plus,
    /// A cross.
    Cross,
    /// A square.
    Stop,
    /// A half-filled disc.
    Theme,
    /// A triangle with a bar.
    Warning,
    /// A letter i in a circle.
    Note,
    /// A closed padlock.
    Lock,
    /// A right angle to the right.
    Forward,
    /// A right angle to the left.
    Back,
    /// A glass.
    Search,
    /// A question mark in a circle.
    Question,
    /// Two sliders.
    Sliders,
    /// Sheets on one another.
    Layers,
    /// A keyboard.
    Keys,
    /// A minus.
    Minus,
    /// A frame with arrows to its corners.
    Fit,
    /// Lines of text.
    Text,
    /// An eye with a line to a point.
    Diagram,
    /// A chain of points.
    Path,
}

impl IconName {
    fn path(self) -> &'static str {
        match self {
            Self::Brand => "M7.5 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm3 3H21m-4-4 4 4-4 4",
            Self::File => "M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Zm7 0v5h5",
            Self::Drop => "M12 4v10m-4-4 4 4 4-4M4 14v4a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-4",
            Self::Copy => {
                "M9 9h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z\
                 M4 15V5a2 2 0 0 1 2-2h9"
            }
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Cross => "m6 6 12 12M18 6 6 18",
            Self::Stop => "M7 7h10v10H7z",
            Self::Theme => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 0v18m3-17.5v17m3-14.7v12.4",
            Self::Warning => "M12 4 2.5 20h19L12 4Zm0 6v4.5m0 2.5v.5",
            Self::Note => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 8v5.5M12 7.5V8",
            Self::Lock => {
                "M7 11h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2Z\
                 M8 11V7.5a4 4 0 0 1 8 0V11"
            }
            Self::Forward => "m9 5 7 7-7 7",
            Self::Back => "m15 5-7 7 7 7",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.7 11.2L20 20",
            Self::Question => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-2.6 6.6a2.6 2.6 0 1 1 4 2.2\
                 c-.9.6-1.4 1.1-1.4 2.2m0 2.6v.4"
            }
            Self::Sliders => {
                "M4 8h8m6 0h2M4 16h2m6 0h8M15 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z\
                 M9 13.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
            }
            Self::Layers => "m12 4 9 5-9 5-9-5 9-5Zm-9 10 9 5 9-5",
            Self::Keys => {
                "M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Z\
                 M7 10h.5M12 10h.5M17 10h.5M8 14.5h8"
            }
            Self::Minus => "M5 12h14",
            Self::Fit => "M4 9V5h5m6 0h5v4m0 6v4h-5m-6 0H4v-4",
            Self::Text => "M5 6h14M5 10h10M5 14h14M5 18h8",
            Self::Diagram => {
                "M3 5h7v5H3zM14 4h7v6h-7zM14 14h7v6h-7zM10 7.5h2.5a1.5 1.5 0 0 1 1.5 1.5\
                 M6.5 10v5a2 2 0 0 0 2 2H14"
            }
            Self::Path => {
                "M5 16.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4ZM19 3.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z\
                 M7 18.5h8a3.5 3.5 0 0 0 0-7H9a3.5 3.5 0 0 1 0-6h8"
            }
        }
    }
}

/// The drawing `name`; assistive technology passes over it.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=name.path() />
        </svg>
    }
}
