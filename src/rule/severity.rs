//! How much a finding matters, and what moves that.

use serde::{Deserialize, Serialize};

/// How much a finding matters, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Someone outside can take the asset as things stand.
    Critical,
    /// One more mistake or one stolen credential is enough.
    High,
    /// A layer of defence is missing.
    Medium,
    /// Good practice is not followed.
    Low,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Info => "info",
        }
    }

    /// One step worse; critical stays.
    #[must_use]
    pub fn raised(self) -> Self {
        match self {
            Self::Critical | Self::High => Self::Critical,
            Self::Medium => Self::High,
            Self::Low => Self::Medium,
            Self::Info => Self::Low,
        }
    }

    /// One step milder; info stays.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Critical => Self::High,
            Self::High => Self::Medium,
            Self::Medium => Self::Low,
            Self::Low | Self::Info => Self::Info,
        }
    }
}

/// What moves a rule's severity on one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// Nothing: the weakness is the same wherever the resource stands.
    Nothing,
    /// How the resource's doors stand to the internet: one step milder where nothing or only listed
    /// addresses get there, one step worse where anyone does and the asset is marked sensitive.
    Exposure,
}
