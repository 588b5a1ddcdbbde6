//! The network picture: what it shows, and where everything stands.
//!
//! A [`Scene`] says what is in the picture, the layout turns it into a
//! [`Layout`] of plain numbers, and drawing code copies the numbers.
//! The room is pure: the same scene gives the same bytes.

mod icon;
mod layout;
mod legend;
pub mod palette;
mod scene;
pub mod shape;
mod svg;
pub mod text;
mod xml;
mod zone;

pub use svg::{SvgOptions, write_svg};
pub use xml::Escaped;
pub use zone::{LayoutOptions, layout_zones};

pub use icon::Icon;
pub use layout::{
    Anchor, BadgePlace, BoxPlace, BundlePlace, ContainerPlace, EdgePlace, LabelPlace, Layout,
    Point, Rect, Slot, TextPlace, ZonePlace,
};
pub use scene::{
    Badge, Change, Container, ContainerKind, Edge, EdgeStyle, Mark, NodeId, Scene, SceneBox, Tone,
    Zone,
};
