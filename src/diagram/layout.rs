//! Where everything of a scene stands: plain numbers in pixels.
//!
//! The origin is the top left corner, x grows to the right and y downwards. The drawing code and
//! the exports copy these numbers and decide nothing about places.

use super::scene::{NodeId, Zone};
use serde::{Deserialize, Serialize};

/// A point, in pixels.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// A rectangle, in pixels.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Rect {
    /// The left border.
    pub x: i32,
    /// The top border.
    pub y: i32,
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
}

impl Rect {
    /// The rectangle with this corner and size.
    pub fn new(x: i32, y: i32, width: i32, height: i32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The right border.
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// The bottom border.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// The middle, rounded to the top left.
    pub fn center(self) -> Point {
        Point {
            x: self.x + self.width / 2,
            y: self.y + self.height / 2,
        }
    }

    /// Whether the insides of both rectangles share a point; touching borders do not count.
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether `other` lies inside this rectangle, borders included.
    pub fn contains(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// This rectangle grown by `by` on each side; shrunk where negative.
    #[must_use]
    pub fn grown(self, by: i32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2 * by,
            height: self.height + 2 * by,
        }
    }
}

/// Where a text is fixed to its point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Anchor {
    /// The text starts at the point.
    #[default]
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TextPlace {
    /// The text to draw; it ends in `…` where it was cut.
    pub text: String,
    /// The point on the baseline that [`TextPlace::anchor`] speaks of.
    pub at: Point,
    /// What is fixed to the point.
    pub anchor: Anchor,
    /// Whether the scene's text is longer, so that a tooltip is needed.
    pub cut: bool,
}

/// A zone's panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZonePlace {
    /// Which zone.
    pub zone: Zone,
    /// The panel.
    pub rect: Rect,
    /// The heading, in one or two lines.
    pub heading: Vec<TextPlace>,
}

/// A pill on a container's header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BadgePlace {
    /// The badge's place in the container's list.
    pub badge: usize,
    /// The pill.
    pub rect: Rect,
    /// Its text.
    pub text: TextPlace,
}

/// A container's frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerPlace {
    /// The container's place in [`super::Scene::containers`].
    pub container: usize,
    /// The frame.
    pub rect: Rect,
    /// The part of the frame that holds the header's texts; no edge runs through it.
    pub header: Rect,
    /// How many containers are around it.
    pub depth: u32,
    /// The first line.
    pub title: TextPlace,
    /// The prefix, on the first line or below it.
    pub prefix: Option<TextPlace>,
    /// The second line.
    pub subtitle: Option<TextPlace>,
    /// The pills that found room; the rest is in the container's description.
    pub badges: Vec<BadgePlace>,
    /// The middle of its mark.
    pub mark: Option<Point>,
    /// The middle of its sign of change.
    pub change: Option<Point>,
}

/// A box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BoxPlace {
    /// The box's place in [`super::Scene::boxes`].
    pub scene_box: usize,
    /// The card.
    pub rect: Rect,
    /// The square of its icon.
    pub icon: Rect,
    /// The first line.
    pub title: TextPlace,
    /// The second line.
    pub note: Option<TextPlace>,
    /// The middle of its mark, on the top right corner.
    pub mark: Option<Point>,
    /// The middle of its sign of change, on the top left corner.
    pub change: Option<Point>,
}

/// A pill on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LabelPlace {
    /// The pill.
    pub rect: Rect,
    /// Its text.
    pub text: TextPlace,
}

/// An edge: straight pieces, each along one axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EdgePlace {
    /// The edge's place in [`super::Scene::edges`].
    pub edge: usize,
    /// The corners from the border of its source to the border of its target; neighbours differ in
    /// exactly one coordinate. Edges of one bundle share pieces exactly.
    pub points: Vec<Point>,
    /// Where the number of a hop belongs: on the line, clear of labels.
    pub marker: Point,
    /// Its label, where there is one and it found room. A label that all edges of a bundle share is
    /// on the bundle.
    pub label: Option<LabelPlace>,
    /// The bundle that it runs in: a place in [`Layout::bundles`].
    pub bundle: Option<usize>,
    /// Whether dashes must be counted from its target, so that those of its bundle coincide.
    pub backwards: bool,
}

/// Edges of one style that share their way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundlePlace {
    /// Places in [`Layout::edges`], ascending.
    pub edges: Vec<usize>,
    /// How many edges of the model run in it.
    pub count: u32,
    /// Its pill with the shared label, the count or both, where it found room.
    pub label: Option<LabelPlace>,
}

/// Where a box or a container stood in its surroundings, for the next layout to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// Which box or container.
    pub id: NodeId,
    /// The column in its container or zone.
    pub column: u32,
    /// The place in the column.
    pub row: u32,
    /// The top border in the picture, in pixels.
    pub y: i32,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Layout {
    /// The width of the whole picture.
    pub width: i32,
    /// The height of the whole picture.
    pub height: i32,
    /// The panels that hold something, in reading order.
    pub zones: Vec<ZonePlace>,
    /// The frames, outer ones before inner ones.
    pub containers: Vec<ContainerPlace>,
    /// The boxes, in the scene's order.
    pub boxes: Vec<BoxPlace>,
    /// The edges that could be drawn, in the scene's order.
    pub edges: Vec<EdgePlace>,
    /// The bundles of two and more edges.
    pub bundles: Vec<BundlePlace>,
    /// The arrangement, sorted by identity: hand it to the next layout so that what was there stays.
    pub slots: Vec<Slot>,
}
