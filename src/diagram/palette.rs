//! The colours of a diagram, in a light and a dark theme: one table.

use super::scene::{ContainerKind, EdgeStyle, Mark, Tone};

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// The colours of one theme, each `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the names are the tokens of the design, and say what they colour"
)]
pub struct Palette {
    pub background: &'static str,
    pub surface: &'static str,
    pub zone: &'static str,
    pub border: &'static str,
    pub strong_border: &'static str,
    pub text: &'static str,
    pub secondary: &'static str,
    pub accent: &'static str,
    pub selection: &'static str,
    pub critical: &'static str,
    pub high: &'static str,
    pub medium: &'static str,
    pub low: &'static str,
    pub note: &'static str,
    pub blocked: &'static str,
    pub undetermined: &'static str,
    pub network: &'static str,
    pub network_border: &'static str,
    pub managed: &'static str,
    pub managed_border: &'static str,
    pub plumbing: &'static str,
    pub on_mark: &'static str,
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    background: "#f4f5f7",
    surface: "#ffffff",
    zone: "#eef1f4",
    border: "#e1e5ea",
    strong_border: "#cbd2da",
    text: "#18212c",
    secondary: "#566373",
    accent: "#2557c7",
    selection: "#e9effc",
    critical: "#9b1c4a",
    high: "#b84a00",
    medium: "#7a5c00",
    low: "#005b99",
    note: "#4b5563",
    blocked: "#2f6b52",
    undetermined: "#5b3fa0",
    network: "#f5f9ff",
    network_border: "#9db9e8",
    managed: "#f7f4fc",
    managed_border: "#c3b2e4",
    plumbing: "#8a96a3",
    on_mark: "#ffffff",
};

/// The dark theme.
pub const DARK: Palette = Palette {
    background: "#0e1216",
    surface: "#161b21",
    zone: "#12171c",
    border: "#2a323b",
    strong_border: "#3b4651",
    text: "#e8edf2",
    secondary: "#a0acb9",
    accent: "#7fa8ff",
    selection: "#1d2a44",
    critical: "#ff8fb3",
    high: "#ffa05c",
    medium: "#f0c94a",
    low: "#6cb8f0",
    note: "#b6c0cc",
    blocked: "#6fcfa3",
    undetermined: "#c0a8ff",
    network: "#131c2b",
    network_border: "#3f5f96",
    managed: "#1b1728",
    managed_border: "#57477c",
    plumbing: "#74818e",
    on_mark: "#0e1216",
};

impl Theme {
    /// The theme's colours.
    pub fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

impl Palette {
    /// The colour of a text about access.
    pub fn tone(&self, tone: Tone) -> &'static str {
        match tone {
            Tone::Anyone => self.critical,
            Tone::Tenants => self.high,
            Tone::Listed => self.medium,
            Tone::Conditional => self.low,
            Tone::Undetermined => self.undetermined,
            Tone::Blocked => self.blocked,
            Tone::Neutral => self.secondary,
        }
    }

    /// The colour of a mark.
    pub fn mark(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::Critical => self.critical,
            Mark::High => self.high,
            Mark::Medium => self.medium,
            Mark::Low => self.low,
            Mark::Note => self.note,
            Mark::Undetermined => self.undetermined,
        }
    }

    /// The colour of a line.
    pub fn edge(&self, style: EdgeStyle) -> &'static str {
        match style {
            EdgeStyle::Reachable => self.critical,
            EdgeStyle::Tenants => self.high,
            EdgeStyle::Listed => self.medium,
            EdgeStyle::Conditional => self.low,
            EdgeStyle::Undetermined => self.undetermined,
            EdgeStyle::Blocked => self.blocked,
            EdgeStyle::Identity => self.secondary,
            EdgeStyle::Plumbing => self.plumbing,
        }
    }

    /// The fill and the border of a container.
    pub fn container(&self, kind: ContainerKind) -> (&'static str, &'static str) {
        match kind {
            ContainerKind::VirtualNetwork => (self.network, self.network_border),
            ContainerKind::Subnet => (self.surface, self.strong_border),
            ContainerKind::ManagedNetwork => (self.managed, self.managed_border),
            ContainerKind::Group => (self.zone, self.strong_border),
        }
    }
}
