//! From a review to the picture: what is drawn, where it belongs, and what each text says.
//!
//! Drawn is what matters: what has doors, the networks and what stands in them, the devices at the
//! edge, and the ways that are or may be open. The rest comes by layers, and the line below the
//! picture says what is shown and what is hidden.
//!
//! **Invariant.** Boxes and frames are called by the identifiers of their resources, so that
//! selecting works everywhere by one name.

mod boxes;
mod cast;
mod collapse;
mod frame;
mod includes;
mod line;
mod link;
mod trail;
mod way;

pub use collapse::BUDGET;
pub use trail::TrailStep;

use crate::analysis::Analysis;
use crate::diagram::{NodeId, Scene};
use crate::reachability::{Exposure, Path};
use crate::view::standing::all_paths;
use crate::view::{Assets, Findings, Selection, key_of};
use cast::{Cast, standing_paths};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What can be shown besides doors and the ways to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Layer {
    /// Private links, peerings and attachments.
    Network,
    /// Identities and what they may do.
    Identity,
    /// NAT gateways and default routes.
    Egress,
    /// Logs and who writes them.
    Monitoring,
    /// Private DNS zones and the networks that use them.
    Dns,
}

impl Layer {
    /// All layers, in the order of their switches.
    pub const ALL: [Self; 5] = [
        Self::Network,
        Self::Identity,
        Self::Egress,
        Self::Monitoring,
        Self::Dns,
    ];

    /// The word on its switch.
    pub fn title(self) -> &'static str {
        match self {
            Self::Network => "Network",
            Self::Identity => "Identity",
            Self::Egress => "Egress",
            Self::Monitoring => "Monitoring",
            Self::Dns => "DNS",
        }
    }
}

/// How a review is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SceneOptions {
    /// What is shown.
    pub layers: BTreeSet<Layer>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// Which path of the selected door is followed, from 0.
    pub path: usize,
    /// Frames and groups that are drawn as one box.
    pub collapsed: BTreeSet<NodeId>,
    /// Frames and groups that stay open however much there is to see.
    pub expanded: BTreeSet<NodeId>,
}

impl Default for SceneOptions {
    fn default() -> Self {
        Self {
            layers: BTreeSet::from([Layer::Network, Layer::Identity]),
            selection: None,
            path: 0,
            collapsed: BTreeSet::new(),
            expanded: BTreeSet::new(),
        }
    }
}

impl SceneOptions {
    /// Whether `layer` is shown.
    pub fn shows(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }
}

/// A picture, and what is lit in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SceneView {
    /// The picture.
    pub scene: Scene,
    /// The boxes and frames that the selection is about; all others are dimmed. None where nothing
    /// is selected.
    pub lit: Vec<NodeId>,
    /// The selected path, hop by hop, as the picture shows it.
    pub trail: Vec<TrailStep>,
    /// What is drawn as one box, by hand or because there is too much to see.
    pub collapsed: Vec<NodeId>,
    /// The groups that were opened.
    pub opened: Vec<NodeId>,
}

/// The picture of `analysis`. O(resources + hops).
pub(super) fn scene_of(
    analysis: &Analysis,
    assets: &Assets,
    findings: &Findings,
    options: &SceneOptions,
) -> SceneView {
    let selected = selected_exposure(analysis, options);
    let chosen = selected.and_then(|exposure| all_paths(exposure).nth(options.path));
    let standing = standing_paths(analysis, options);
    let mut paths: Vec<&Path> = standing.iter().map(|(_, path)| *path).collect();
    paths.extend(chosen);
    let cast = Cast::new(analysis, options, &paths);
    let mut scene = Scene {
        title: "Network picture".to_owned(),
        ..Scene::default()
    };
    frame::add_frames(&cast, &mut scene);
    boxes::add_boxes(&cast, assets, findings, &mut scene);
    let mut lines = line::Lines::default();
    way::add_ways(&cast, &standing, &mut lines);
    link::add_links(&cast, options, &mut lines);
    if let Some(exposure) = selected {
        way::add_blocked(&cast, exposure, true, &mut lines);
    }
    let trail = match (selected, chosen) {
        (Some(exposure), Some(path)) => trail::follow(&cast, exposure, path, &mut lines),
        _ => Vec::new(),
    };
    boxes::add_outside(&cast, &lines, &mut scene);
    let mut lit = lit(&cast, options, &trail, &lines);
    scene.edges = lines.into_edges(&scene);
    boxes::hide_idle(&mut scene);
    scene.includes = includes::includes(&cast, &scene, options);
    let wishes = collapse::Wishes {
        collapsed: &options.collapsed,
        expanded: &options.expanded,
        lit: &lit,
    };
    let done = collapse::collapse(&mut scene, wishes);
    boxes::describe(&mut scene);
    if !done.boxes.is_empty() {
        let count = done.boxes.len();
        let _ = write!(scene.includes, " {count} drawn as one box each.");
    }
    let mut seen = BTreeSet::new();
    lit = lit.iter().map(|id| done.find(id)).collect();
    let drawn: BTreeSet<&NodeId> = scene
        .boxes
        .iter()
        .map(|one| &one.id)
        .chain(scene.containers.iter().map(|one| &one.id))
        .collect();
    lit.retain(|id| drawn.contains(id) && seen.insert(id.clone()));
    let mut trail = trail;
    for step in &mut trail {
        step.boxes = step.boxes.iter().map(|id| done.find(id)).collect();
        step.boxes.dedup();
    }
    SceneView {
        scene,
        lit,
        trail,
        collapsed: done.boxes,
        opened: done.opened,
    }
}

/// The exposure that is selected, be it by itself or by its resource, worst first.
pub(super) fn selected_exposure<'a>(
    analysis: &'a Analysis,
    options: &SceneOptions,
) -> Option<&'a Exposure> {
    match options.selection.as_ref()? {
        Selection::Exposure(key) => {
            let mut all = analysis.exposures.iter();
            all.find(|exposure| key_of(analysis, exposure) == *key)
        }
        Selection::Resource(id) => analysis.exposures.iter().find(|exposure| {
            let resource = analysis.resource_of(exposure);
            resource.is_some_and(|resource| resource.id.as_str().eq_ignore_ascii_case(id))
        }),
        Selection::Edge { .. } | Selection::Finding(_) => None,
    }
}

/// What the selection is about: the ends of the trail, or the selected thing and its neighbours.
fn lit(
    cast: &Cast<'_>,
    options: &SceneOptions,
    trail: &[TrailStep],
    lines: &line::Lines,
) -> Vec<NodeId> {
    let mut lit: Vec<NodeId> = Vec::new();
    let mut add = |id: &NodeId| {
        if !lit.contains(id) {
            lit.push(id.clone());
        }
    };
    for step in trail {
        step.boxes.iter().for_each(&mut add);
    }
    let about = match &options.selection {
        None | Some(Selection::Finding(_)) => None,
        Some(Selection::Exposure(key)) => key.split('#').next().map(str::to_owned),
        Some(Selection::Resource(id)) => Some(id.clone()),
        Some(Selection::Edge { from, to }) => {
            add(&NodeId::from(from.as_str()));
            add(&NodeId::from(to.as_str()));
            None
        }
    };
    if let Some(id) = about {
        let inventory = &cast.analysis.inventory;
        let found = inventory
            .iter()
            .find(|(_, resource)| resource.id.as_str().eq_ignore_ascii_case(&id))
            .and_then(|(index, _)| cast.node(cast.stand_in(index)?))
            .unwrap_or_else(|| NodeId::from(id));
        add(&found);
        if trail.is_empty() {
            lines.neighbours(&found).iter().for_each(&mut add);
        }
    }
    lit
}

/// The exposures whose drawn way runs from `from` to `to` in the picture, worst first.
pub(super) fn exposures_between<'a>(
    analysis: &'a Analysis,
    from: &NodeId,
    to: &NodeId,
) -> Vec<&'a Exposure> {
    let options = SceneOptions {
        layers: BTreeSet::from(Layer::ALL),
        ..SceneOptions::default()
    };
    let standing = standing_paths(analysis, &options);
    let paths: Vec<&Path> = standing.iter().map(|(_, path)| *path).collect();
    let cast = Cast::new(analysis, &options, &paths);
    let uses = |path: &Path| {
        let mut segments = way::segments(&cast, path).into_iter();
        segments.any(|segment| segment.from == *from && segment.to == *to)
    };
    standing
        .into_iter()
        .filter(|(_, path)| uses(path))
        .filter_map(|(at, _)| analysis.exposures.get(at))
        .collect()
}

#[cfg(test)]
mod tests;
