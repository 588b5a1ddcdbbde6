//! Less to look at: frames and kinds drawn as one box each.
//!
//! A frame that is collapsed becomes a box of the same identity. Boxes of one kind that stand
//! beside one another become a group, which is a frame when it is opened. Above a budget of boxes
//! subnets, then kinds, then networks collapse by themselves, unless they were opened by hand or
//! hold a part of the selected path.

use super::frame::plural;
use crate::diagram::{Container, ContainerKind, Icon, Mark, NodeId, Scene, SceneBox, Tone, Zone};
use std::collections::{BTreeMap, BTreeSet};

/// The most boxes that are drawn before frames collapse by themselves.
pub const BUDGET: usize = 120;
/// The fewest boxes of one kind that become a group by themselves.
const GROUP: usize = 4;

/// What is collapsed and what must not be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wishes<'a> {
    /// Collapsed by hand.
    pub(super) collapsed: &'a BTreeSet<NodeId>,
    /// Opened by hand.
    pub(super) expanded: &'a BTreeSet<NodeId>,
    /// What the selection is about.
    pub(super) lit: &'a [NodeId],
}

/// What collapsing did.
#[derive(Clone, Debug, Default)]
pub(super) struct Collapsed {
    /// What is drawn as one box now.
    pub(super) boxes: Vec<NodeId>,
    /// What is a group that was opened.
    pub(super) opened: Vec<NodeId>,
    /// For each box that is gone, the box that stands for it.
    pub(super) stands_for: BTreeMap<NodeId, NodeId>,
}

/// Collapses `scene` as `wishes` say, and as its size demands. O(n log n).
pub(super) fn collapse(scene: &mut Scene, wishes: Wishes<'_>) -> Collapsed {
    let mut done = Collapsed::default();
    let by_hand: BTreeSet<NodeId> = scene
        .containers
        .iter()
        .map(|one| one.id.clone())
        .filter(|id| wishes.collapsed.contains(id))
        .collect();
    collapse_frames(scene, &by_hand, &mut done);
    if scene.boxes.len() > BUDGET {
        collapse_all(scene, ContainerKind::Subnet, wishes, &mut done);
    }
    let too_many = scene.boxes.len() > BUDGET;
    group_kinds(scene, wishes, too_many, &mut done);
    if scene.boxes.len() > BUDGET {
        collapse_all(scene, ContainerKind::VirtualNetwork, wishes, &mut done);
    }
    merge_edges(scene, &done);
    done
}

/// Collapses every frame of `kind` that was not opened and holds nothing lit.
fn collapse_all(scene: &mut Scene, kind: ContainerKind, wishes: Wishes<'_>, done: &mut Collapsed) {
    let parents = parents(scene);
    let mut open: BTreeSet<NodeId> = wishes.expanded.clone();
    for id in wishes.lit.iter().chain(wishes.expanded) {
        let mut here = Some(id);
        for _ in 0..8 {
            let Some(id) = here else { break };
            open.insert(id.clone());
            here = parents.get(id);
        }
    }
    let held: BTreeSet<&NodeId> = scene
        .boxes
        .iter()
        .filter_map(|one| one.container.as_ref())
        .chain(
            scene
                .containers
                .iter()
                .filter_map(|one| one.parent.as_ref()),
        )
        .collect();
    let frames: BTreeSet<NodeId> = scene
        .containers
        .iter()
        .filter(|one| one.kind == kind && held.contains(&one.id) && !open.contains(&one.id))
        .map(|one| one.id.clone())
        .collect();
    collapse_frames(scene, &frames, done);
}

/// What each box and frame stands in.
fn parents(scene: &Scene) -> BTreeMap<NodeId, NodeId> {
    let boxes = scene.boxes.iter().map(|one| (&one.id, &one.container));
    let frames = scene.containers.iter().map(|one| (&one.id, &one.parent));
    boxes
        .chain(frames)
        .filter_map(|(id, parent)| Some((id.clone(), parent.clone()?)))
        .collect()
}

/// Makes one box of each of `frames` and all that it holds; of nested ones the outermost counts.
fn collapse_frames(scene: &mut Scene, frames: &BTreeSet<NodeId>, done: &mut Collapsed) {
    if frames.is_empty() {
        return;
    }
    let parents = parents(scene);
    let root = |id: &NodeId| {
        let mut found = frames.get(id);
        let mut here = parents.get(id);
        for _ in 0..8 {
            let Some(id) = here else { break };
            found = frames.get(id).or(found);
            here = parents.get(id);
        }
        found.cloned()
    };
    let mut inside: BTreeMap<NodeId, Vec<SceneBox>> = BTreeMap::new();
    for one in std::mem::take(&mut scene.boxes) {
        match root(&one.id) {
            Some(root) => {
                done.stands_for.insert(one.id.clone(), root.clone());
                inside.entry(root).or_default().push(one);
            }
            None => scene.boxes.push(one),
        }
    }
    for frame in std::mem::take(&mut scene.containers) {
        match root(&frame.id) {
            None => scene.containers.push(frame),
            Some(root) if root == frame.id => {
                let gone = inside.remove(&root).unwrap_or_default();
                scene.boxes.push(box_of(frame, &gone));
            }
            Some(root) => {
                done.stands_for.insert(frame.id, root);
            }
        }
    }
    done.boxes
        .retain(|known| !done.stands_for.contains_key(known));
    let drawn: BTreeSet<&NodeId> = scene.boxes.iter().map(|one| &one.id).collect();
    done.boxes
        .extend(frames.iter().filter(|id| drawn.contains(id)).cloned());
}

/// The box of `frame`, which holds `gone`.
fn box_of(frame: Container, gone: &[SceneBox]) -> SceneBox {
    let (kind, icon) = match frame.kind {
        ContainerKind::VirtualNetwork => ("Virtual network", Icon::VirtualNetwork),
        ContainerKind::Subnet => ("Subnet", Icon::Subnet),
        ContainerKind::ManagedNetwork => ("Managed network", Icon::VirtualNetwork),
        ContainerKind::Group => ("Group", Icon::Group),
    };
    let one = stand_in(gone);
    SceneBox {
        id: frame.id,
        container: frame.parent,
        zone: frame.zone,
        title: frame.title,
        kind: kind.to_owned(),
        icon,
        mark: worse(one.mark, frame.mark),
        ..one
    }
}

/// Makes groups of boxes of one kind that stand beside one another outside frames: those that were
/// collapsed by hand, and all large ones where there is too much to see.
fn group_kinds(scene: &mut Scene, wishes: Wishes<'_>, too_many: bool, done: &mut Collapsed) {
    let mut groups: BTreeMap<(Zone, String), Vec<NodeId>> = BTreeMap::new();
    for one in &scene.boxes {
        let is_free = one.container.is_none() && one.zone != Zone::Outside;
        if is_free && !wishes.lit.contains(&one.id) && one.stands_for <= 1 {
            let key = (one.zone, one.kind.clone());
            groups.entry(key).or_default().push(one.id.clone());
        }
    }
    for ((zone, kind), members) in groups {
        let id = NodeId(format!("group/{}/{kind}", zone.title()));
        let by_hand = wishes.collapsed.contains(&id);
        let is_wanted = by_hand || (too_many && members.len() >= GROUP);
        if !is_wanted || members.len() < 2 {
            continue;
        }
        if wishes.expanded.contains(&id) && !by_hand {
            open_group(scene, &id, (zone, &kind), &members);
            done.opened.push(id);
        } else {
            close_group(scene, &id, (zone, &kind), &members, done);
        }
    }
}

/// Puts a frame around the members of a group.
fn open_group(scene: &mut Scene, id: &NodeId, (zone, kind): (Zone, &str), members: &[NodeId]) {
    scene.containers.push(Container {
        id: id.clone(),
        kind: ContainerKind::Group,
        zone,
        title: format!("{} × {kind}", members.len()),
        ..Container::default()
    });
    for one in &mut scene.boxes {
        if members.contains(&one.id) {
            one.container = Some(id.clone());
        }
    }
}

/// Draws the members of a group as one box, where the first of them stood.
fn close_group(
    scene: &mut Scene,
    id: &NodeId,
    (zone, kind): (Zone, &str),
    members: &[NodeId],
    done: &mut Collapsed,
) {
    let members: BTreeSet<&NodeId> = members.iter().collect();
    let at = scene.boxes.iter().position(|one| members.contains(&one.id));
    let all = std::mem::take(&mut scene.boxes);
    let (gone, mut kept): (Vec<SceneBox>, Vec<SceneBox>) =
        all.into_iter().partition(|one| members.contains(&one.id));
    let mut one = stand_in(&gone);
    one.id = id.clone();
    one.zone = zone;
    one.title = format!("{} × {kind}", gone.len());
    kind.clone_into(&mut one.kind);
    one.icon = gone.first().map_or(Icon::Group, |first| first.icon);
    for gone in &gone {
        done.stands_for.insert(gone.id.clone(), id.clone());
    }
    kept.insert(at.unwrap_or(0).min(kept.len()), one);
    scene.boxes = kept;
    done.boxes.push(id.clone());
}

/// A box for all of `gone`, with the worst that any of them says.
fn stand_in(gone: &[SceneBox]) -> SceneBox {
    let count: u32 = gone.iter().map(|one| one.stands_for.max(1)).sum();
    let tone = gone.iter().map(|one| one.tone).min().unwrap_or_default();
    let worst: Vec<&SceneBox> = gone.iter().filter(|one| one.tone == tone).collect();
    let note = match (tone, worst.as_slice()) {
        (Tone::Neutral, _) => plural(count as usize, "resource"),
        (_, [first, ..]) if worst.len() == gone.len() => first.note.clone(),
        (_, [first, ..]) => format!("{} of {count}: {}", worst.len(), first.note),
        (_, []) => String::new(),
    };
    SceneBox {
        note,
        tone,
        mark: gone.iter().fold(None, |mark, one| worse(mark, one.mark)),
        stands_for: count,
        ..SceneBox::default()
    }
}

fn worse(a: Option<Mark>, b: Option<Mark>) -> Option<Mark> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}

/// Leads the edges of boxes that are gone to what stands for them, and joins those that become one.
fn merge_edges(scene: &mut Scene, done: &Collapsed) {
    if done.stands_for.is_empty() {
        return;
    }
    let mut merged: indexmap::IndexMap<(NodeId, NodeId), crate::diagram::Edge> =
        indexmap::IndexMap::new();
    for mut edge in std::mem::take(&mut scene.edges) {
        edge.from = done.find(&edge.from);
        edge.to = done.find(&edge.to);
        if edge.from == edge.to {
            continue;
        }
        match merged.entry((edge.from.clone(), edge.to.clone())) {
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(edge);
            }
            indexmap::map::Entry::Occupied(mut entry) => {
                let known = entry.get_mut();
                known.count += edge.count.max(1);
                known.style = known.style.min(edge.style);
                known.hop = match (known.hop, edge.hop) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (one, None) | (None, one) => one,
                };
                if known.label != edge.label {
                    known.label.clear();
                }
                known.description = format!("{} lines, {}", known.count, known.style.title());
            }
        }
    }
    scene.edges = merged.into_values().collect();
}

impl Collapsed {
    /// What stands for `id` now.
    pub(super) fn find(&self, id: &NodeId) -> NodeId {
        let mut here = id;
        for _ in 0..8 {
            match self.stands_for.get(here) {
                Some(other) => here = other,
                None => break,
            }
        }
        here.clone()
    }
}
