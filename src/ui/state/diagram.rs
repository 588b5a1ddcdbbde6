//! What is drawn, and from where it is seen.

use crate::diagram::NodeId;
use crate::view::{Layer, SceneOptions};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Where the picture stands in its pane: a point of the picture at `(x, y)` is drawn at
/// `(x * scale + left, y * scale + top)`, in pixels from the pane's corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// How large.
    pub scale: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            left: 0.0,
            top: 0.0,
            scale: 1.0,
        }
    }
}

/// What the arrow keys follow in the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Movement {
    /// Frames and what they hold.
    #[default]
    Structure,
    /// The lines.
    Flow,
}

/// What the picture is asked to show; it moves and forgets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All of it.
    All,
    /// What is selected.
    Selection,
}

/// The signals of the picture.
#[derive(Clone, Copy, Debug)]
pub struct DiagramState {
    /// What is shown besides doors.
    pub layers: RwSignal<BTreeSet<Layer>>,
    /// What was collapsed by hand.
    pub collapsed: RwSignal<BTreeSet<NodeId>>,
    /// What was opened by hand.
    pub expanded: RwSignal<BTreeSet<NodeId>>,
    /// From where it is seen.
    pub camera: RwSignal<Camera>,
    /// The box or frame that has the focus, or gets it when the picture does.
    pub focus: RwSignal<Option<NodeId>>,
    /// What the arrow keys follow.
    pub movement: RwSignal<Movement>,
    /// What is to be brought into sight.
    pub asked: RwSignal<Option<View>>,
}

impl DiagramState {
    pub(super) fn new() -> Self {
        Self {
            layers: RwSignal::new(SceneOptions::default().layers),
            collapsed: RwSignal::new(BTreeSet::new()),
            expanded: RwSignal::new(BTreeSet::new()),
            camera: RwSignal::new(Camera::default()),
            focus: RwSignal::new(None),
            movement: RwSignal::new(Movement::default()),
            asked: RwSignal::new(None),
        }
    }

    /// Asks the picture to show `view`.
    pub fn ask(self, view: View) {
        self.asked.set(Some(view));
    }

    /// Forgets what was done to the picture of another estate.
    pub fn reset(self) {
        self.collapsed.set(BTreeSet::new());
        self.expanded.set(BTreeSet::new());
        self.focus.set(None);
    }
}
