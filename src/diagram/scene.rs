//! What a diagram shows, before anything has a place.
//!
//! A [`Scene`] is plain data: zones in a fixed reading order, nested containers, boxes and edges.
//! Whoever builds one decides what is in the picture and what each text says; the layout decides
//! where everything stands and where a text is cut.

use super::icon::Icon;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The identity of a box or a container, for example a resource's id.
///
/// Boxes and containers of one scene share one space of identities.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub String);

impl From<&str> for NodeId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for NodeId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// A part of the picture with a fixed place in the reading order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Zone {
    /// Internet and on-premises: the first column.
    Outside,
    /// Front Door, gateways, firewalls, public addresses, Bastion.
    Edge,
    /// Virtual networks and managed networks with what is in them.
    Network,
    /// AI and platform services.
    #[default]
    Platform,
    /// Storage and databases: the last column.
    Data,
    /// Identity and monitoring: a band below the columns.
    Band,
}

impl Zone {
    /// The columns from left to right, without the band.
    pub const COLUMNS: [Self; 5] = [
        Self::Outside,
        Self::Edge,
        Self::Network,
        Self::Platform,
        Self::Data,
    ];

    /// The heading, unless the scene gives another.
    pub fn title(self) -> &'static str {
        match self {
            Self::Outside => "Internet",
            Self::Edge => "Edge",
            Self::Network => "Virtual networks",
            Self::Platform => "AI and platform",
            Self::Data => "Data",
            Self::Band => "Identity and monitoring",
        }
    }
}

/// What a text or a line says about access; its colour and its pattern follow from it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    /// Open to anyone.
    Anyone,
    /// Open to addresses that any Azure customer can rent.
    Tenants,
    /// Open to listed addresses only.
    Listed,
    /// Depends on a value that the template leaves open.
    Conditional,
    /// What decides is not in the inputs.
    Undetermined,
    /// Not reachable.
    Blocked,
    /// Says nothing about access.
    #[default]
    Neutral,
}

/// A mark on a box or a header: shape, letter and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mark {
    /// An octagon with a C.
    Critical,
    /// A triangle with an H.
    High,
    /// A diamond with an M.
    Medium,
    /// A circle with an L.
    Low,
    /// A square with an i.
    Note,
    /// A hatched circle with a question mark.
    Undetermined,
}

impl Mark {
    /// All marks, the worst first.
    pub const ALL: [Self; 6] = [
        Self::Critical,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::Note,
        Self::Undetermined,
    ];

    /// The word for the legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Note => "info",
            Self::Undetermined => "undetermined",
        }
    }
}

/// How something differs from the other side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// Only on the new side: a plus.
    Added,
    /// Only on the old side: a minus.
    Removed,
    /// On both sides, with differences: a dot.
    Altered,
}

/// What kind of frame a container is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum ContainerKind {
    /// A virtual network.
    VirtualNetwork,
    /// A subnet.
    Subnet,
    /// A network that Microsoft manages for a workspace: a dashed frame.
    ManagedNetwork,
    /// Boxes of one type, or of one owner, drawn together.
    #[default]
    Group,
}

/// A short note on a container's header, for example `NSG 4 rules` or `route 0/0`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Badge {
    /// The text of the pill.
    pub text: String,
    /// The longer text for a tooltip and for the description.
    pub description: String,
    /// The colour of its text and its border.
    pub tone: Tone,
}

/// A frame around boxes and other containers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Container {
    /// Its identity.
    pub id: NodeId,
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it; one that does not exist, or that lies inside this one, is ignored.
    pub parent: Option<NodeId>,
    /// Its zone, where it has no parent.
    pub zone: Zone,
    /// The first line of its header.
    pub title: String,
    /// At the right end of the first line, for example an address prefix.
    pub prefix: String,
    /// The second line of its header; none where empty.
    pub subtitle: String,
    /// Pills below the header's lines.
    pub badges: Vec<Badge>,
    /// The worst finding on it.
    pub mark: Option<Mark>,
    /// How it differs in a comparison.
    pub change: Option<Change>,
    /// What a screen reader says, and the text of `<desc>`.
    pub description: String,
}

/// A box: a resource, a group of collapsed ones, or something outside the templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SceneBox {
    /// Its identity.
    pub id: NodeId,
    /// The container that it stands in; none, or one that does not exist, puts it in its zone.
    pub container: Option<NodeId>,
    /// Its zone, where it has no container.
    pub zone: Zone,
    /// Its picture.
    pub icon: Icon,
    /// The first line.
    pub title: String,
    /// The second line, usually the verdict in words; none where empty.
    pub note: String,
    /// The colour of the second line.
    pub tone: Tone,
    /// What it is, for example `Storage account`: what boxes are grouped by when they collapse.
    pub kind: String,
    /// The worst finding on it.
    pub mark: Option<Mark>,
    /// How it differs in a comparison.
    pub change: Option<Change>,
    /// Whether it is only referred to, and is not in the inputs.
    pub ghost: bool,
    /// Whether it is docked on the right border of its container, as a private endpoint is.
    pub docked: bool,
    /// How many boxes it stands for, where it is a collapsed group.
    pub stands_for: u32,
    /// What a screen reader says, and the text of `<desc>`.
    pub description: String,
}

/// What a line stands for; its pattern and colour follow from it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum EdgeStyle {
    /// Reachable by anyone: solid.
    Reachable,
    /// Reachable from addresses that any Azure customer can rent: solid.
    Tenants,
    /// Reachable from listed addresses only: solid.
    Listed,
    /// Reachable if a named value is so: dotted.
    Conditional,
    /// Not decided by the inputs: hatched.
    Undetermined,
    /// No packet passes: dashed, with a bar at its end.
    Blocked,
    /// An identity, its roles and what they allow.
    Identity,
    /// What belongs together without being a way in: cards, disks, peerings, diagnostics.
    #[default]
    Plumbing,
}

impl EdgeStyle {
    /// All styles, in the order of a legend.
    pub const ALL: [Self; 8] = [
        Self::Reachable,
        Self::Tenants,
        Self::Listed,
        Self::Conditional,
        Self::Undetermined,
        Self::Blocked,
        Self::Identity,
        Self::Plumbing,
    ];

    /// The word for the legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Tenants => "any Azure customer",
            Self::Listed => "listed only",
            Self::Conditional => "conditional",
            Self::Undetermined => "undetermined",
            Self::Blocked => "blocked",
            Self::Identity => "identity",
            Self::Plumbing => "belongs to",
        }
    }
}

/// A line from one box or container to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Edge {
    /// Where it starts; an edge with an end that is not in the scene is not drawn.
    pub from: NodeId,
    /// Where it ends, with the arrow.
    pub to: NodeId,
    /// What it stands for.
    pub style: EdgeStyle,
    /// A short text on the line, for example `443` or `tcp 22`; none where empty.
    pub label: String,
    /// How many edges it stands for; 0 counts as 1.
    pub count: u32,
    /// Its place on the selected path, from 1. The layout does not depend on it, so selecting a
    /// path moves nothing.
    pub hop: Option<u32>,
    /// How it differs in a comparison.
    pub change: Option<Change>,
    /// What a screen reader says.
    pub description: String,
}

/// Everything that a diagram shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Scene {
    /// The name of the picture, for its `<title>`.
    pub title: String,
    /// The line that says what the view includes and what is hidden.
    pub includes: String,
    /// Headings that differ from [`Zone::title`].
    pub headings: BTreeMap<Zone, String>,
    /// The frames; a first arrangement follows their order.
    pub containers: Vec<Container>,
    /// The boxes; a first arrangement follows their order.
    pub boxes: Vec<SceneBox>,
    /// The lines.
    pub edges: Vec<Edge>,
}
