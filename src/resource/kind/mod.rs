//! What we know of each resource type, one file a kind.
//!
//! A kind's file says what the type is to the review, which properties are read, what their absence
//! means by API version and mode, on which hosts and ports it answers, and what is not modelled.
//! A type without a file is shown, never dropped.

mod firewall;
mod key_vault;
mod storage_account;

use super::{Door, DoorContext, ResourceType, Setting};
use crate::value::Text;

/// The zone of the picture that a kind belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Gateways, firewalls, public addresses.
    Edge,
    /// Virtual networks and what stands in them.
    Network,
    /// AI services and the platform around them.
    Platform,
    /// Storage and databases.
    Data,
    /// Identities and role assignments.
    Identity,
    /// Logs, alerts, policies.
    Monitoring,
    /// Nothing to draw: rules, settings, children.
    Hidden,
}

/// How much of a kind the review understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Everything that bears on reachability.
    Modelled,
    /// Some of it; the kind's file says what is missing.
    Partial,
    /// It is listed and drawn, and nothing more.
    Shown,
}

impl Coverage {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Modelled => "modelled",
            Self::Partial => "partial",
            Self::Shown => "shown",
        }
    }
}

/// What a kind holds, for ranking what is worth protecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asset {
    /// Models and the workspaces around them.
    MachineLearning,
    /// Data.
    Data,
    /// Secrets, keys and certificates.
    Secret,
    /// Images and packages.
    Registry,
    /// Something that runs code.
    Compute,
    /// Something that only passes traffic on.
    Gateway,
    /// Nothing of its own.
    None,
}

/// One resource type.
#[derive(Debug)]
pub struct Kind {
    /// The full type.
    pub resource_type: &'static str,
    /// What people call it: "Storage account".
    pub display: &'static str,
    /// The drawing that stands for it, a key of the diagram's icons.
    pub icon: &'static str,
    /// Where it is drawn.
    pub zone: Zone,
    /// What it holds.
    pub asset: Asset,
    /// How much of it is understood.
    pub coverage: Coverage,
    /// Its doors; `None` for a kind that has none of its own.
    pub doors: Option<fn(&DoorContext<'_>) -> Vec<Door>>,
    /// The identifier of the resource that governs one of these, where it is not the parent.
    pub governed_by: Option<fn(&super::Resource) -> Setting<Text>>,
}

/// Every kind, in the order of the files.
static KINDS: &[&Kind] = &[&key_vault::KIND, &storage_account::KIND];

/// The kind of `resource_type`, in any case. `None` for a type that we do not know.
pub fn find(resource_type: &ResourceType) -> Option<&'static Kind> {
    KINDS
        .iter()
        .copied()
        .find(|kind| resource_type.is(kind.resource_type))
}

/// Every kind that we know.
pub fn all() -> &'static [&'static Kind] {
    KINDS
}
