//! Boxes: resources, what lies outside, and what each says of itself.

use super::cast::{Cast, Role};
use super::frame::{managed_by, managed_network_of, plural};
use super::line::Lines;
use crate::analysis::{End, outside_name};
use crate::diagram::{Container, ContainerKind, Icon, Mark, NodeId, Scene, SceneBox, Tone, Zone};
use crate::resource::kind;
use crate::resource::{Presence, ResourceId, ResourceIndex};
use crate::view::appearance::icon_called;
use crate::view::{Appearance, AssetRow, Assets, Findings};
use std::collections::{BTreeMap, BTreeSet};

/// Adds a box for each resource that has one, in order.
pub(super) fn add_boxes(cast: &Cast<'_>, assets: &Assets, findings: &Findings, scene: &mut Scene) {
    let worst = worst_rows(cast, assets);
    let marks = finding_marks(cast, findings);
    for (index, resource, role) in cast.iter() {
        let Role::Box(zone) = role else { continue };
        let appearance = Appearance::of(resource);
        let mut one = SceneBox {
            id: NodeId::from(resource.id.as_str()),
            container: holder_of(cast, index, zone),
            zone,
            icon: appearance.icon,
            title: resource.short_name().to_owned(),
            docked: resource
                .resource_type
                .is("Microsoft.Network/privateEndpoints"),
            kind: appearance.kind,
            ghost: matches!(resource.presence, Presence::Existing),
            stands_for: 1,
            ..SceneBox::default()
        };
        if let Some(row) = worst.get(&index) {
            one.note.clone_from(&row.standing.note);
            one.tone = row.standing.tone;
            one.mark = row.standing.mark;
        } else if one.ghost {
            "deployed elsewhere".clone_into(&mut one.note);
        } else if resource.kind().is_none() {
            "not analysed".clone_into(&mut one.note);
            one.tone = Tone::Undetermined;
        }
        if let Some(mark) = marks.get(&index) {
            one.mark = Some(one.mark.map_or(*mark, |known| known.min(*mark)));
        }
        one.docked &= one.container.is_some();
        scene.boxes.push(one);
    }
    let by_id = by_id(cast);
    for frame in &mut scene.containers {
        let index = by_id.get(frame.id.0.as_str());
        frame.mark = index.and_then(|index| marks.get(index).copied());
    }
}

/// The worst row of each box, counting the rows of what it stands for.
fn worst_rows<'a>(cast: &Cast<'_>, assets: &'a Assets) -> BTreeMap<ResourceIndex, &'a AssetRow> {
    let by_id = by_id(cast);
    let mut worst = BTreeMap::new();
    for row in assets.rows() {
        let index = by_id.get(row.resource.as_str());
        if let Some(index) = index.and_then(|index| cast.stand_in(*index)) {
            worst.entry(index).or_insert(row);
        }
    }
    worst
}

/// The worst sure finding on each box or frame, where it is a bad one: the milder ones are on nearly
/// everything and stand on the list.
fn finding_marks(cast: &Cast<'_>, findings: &Findings) -> BTreeMap<ResourceIndex, Mark> {
    let by_id = by_id(cast);
    let mut marks: BTreeMap<ResourceIndex, Mark> = BTreeMap::new();
    for (id, (_, mark)) in findings.by_resource() {
        let index = by_id.get(id).and_then(|index| cast.stand_in(*index));
        let mark = mark.filter(|mark| *mark <= Mark::High);
        if let (Some(index), Some(mark)) = (index, mark) {
            let known = marks.entry(index).or_insert(mark);
            *known = (*known).min(mark);
        }
    }
    marks
}

fn by_id<'a>(cast: &Cast<'a>) -> BTreeMap<&'a str, ResourceIndex> {
    let all = cast.analysis.inventory.iter();
    all.map(|(index, one)| (one.id.as_str(), index)).collect()
}

/// The frame that `index` stands in.
fn holder_of(cast: &Cast<'_>, index: ResourceIndex, zone: Zone) -> Option<NodeId> {
    if zone == Zone::Edge {
        return None;
    }
    if let Some(workspace) = managed_by(cast, index) {
        return cast
            .analysis
            .inventory
            .get(workspace)
            .map(managed_network_of);
    }
    match cast.analysis.placement.subnets(index).first()? {
        End::Resource(subnet) => cast.node(*subnet),
        End::Outside(id) => Some(NodeId::from(id.as_str())),
    }
}

/// Adds what lines lead to and what is no resource of the inputs.
pub(super) fn add_outside(cast: &Cast<'_>, lines: &Lines, scene: &mut Scene) {
    let known: BTreeSet<NodeId> = scene
        .boxes
        .iter()
        .map(|one| one.id.clone())
        .chain(scene.containers.iter().map(|one| one.id.clone()))
        .collect();
    let mut outside = Vec::new();
    if !cast.analysis.exposures.is_empty() {
        outside.push(foothold("internet", "Internet", Icon::Internet));
    }
    for end in lines.ends() {
        match end.0.as_str() {
            "internet" => {
                if outside.is_empty() {
                    outside.push(foothold("internet", "Internet", Icon::Internet));
                }
            }
            "on-premises" => {
                outside.push(foothold("on-premises", "On-premises", Icon::OnPremises));
            }
            _ if known.contains(end) => {}
            id => add_ghost(id, scene),
        }
    }
    outside.append(&mut scene.boxes);
    scene.boxes = outside;
}

fn foothold(id: &str, title: &str, icon: Icon) -> SceneBox {
    SceneBox {
        id: NodeId::from(id),
        zone: Zone::Outside,
        icon,
        title: title.to_owned(),
        kind: "Foothold".to_owned(),
        stands_for: 1,
        ..SceneBox::default()
    }
}

/// Adds a resource that is only named: a frame for a network, a box for anything else.
fn add_ghost(id: &str, scene: &mut Scene) {
    let parsed = ResourceId::new(id);
    let type_name = parsed.resource_type().unwrap_or_default();
    if type_name.eq_ignore_ascii_case("Microsoft.Network/virtualNetworks") {
        scene.containers.push(Container {
            id: NodeId::from(id),
            kind: ContainerKind::VirtualNetwork,
            zone: Zone::Network,
            title: outside_name(id),
            subtitle: "outside the inputs".to_owned(),
            ..Container::default()
        });
        return;
    }
    let found = kind::find(type_name.as_str());
    let appearance = Appearance::of_type(&type_name);
    let zone = match found.map(|kind| kind.zone) {
        Some(crate::resource::Zone::Edge) => Zone::Edge,
        Some(crate::resource::Zone::Network) => Zone::Network,
        Some(crate::resource::Zone::Data) => Zone::Data,
        Some(crate::resource::Zone::Identity | crate::resource::Zone::Monitoring) => Zone::Band,
        // Somebody, or whatever may be assigned outside the inputs.
        None if type_name.is_empty() => Zone::Band,
        _ => Zone::Platform,
    };
    scene.boxes.push(SceneBox {
        id: NodeId::from(id),
        zone,
        icon: found.map_or(appearance.icon, |kind| icon_called(kind.icon)),
        title: outside_name(id),
        note: "outside the inputs".to_owned(),
        kind: match found {
            Some(kind) => kind.display.to_owned(),
            None if type_name.is_empty() => "Somebody".to_owned(),
            None => appearance.kind,
        },
        ghost: true,
        stands_for: 1,
        ..SceneBox::default()
    });
}

/// Takes out what says nothing: identities and zones that no line reaches.
pub(super) fn hide_idle(scene: &mut Scene) {
    let used: BTreeSet<&NodeId> = scene
        .edges
        .iter()
        .flat_map(|edge| [&edge.from, &edge.to])
        .collect();
    let boxes = std::mem::take(&mut scene.boxes);
    scene.boxes = boxes
        .into_iter()
        .filter(|one| one.zone != Zone::Band || one.tone != Tone::Neutral || used.contains(&one.id))
        .collect();
}

/// Writes what a screen reader says of every box and frame.
pub(super) fn describe(scene: &mut Scene) {
    let frames: BTreeMap<NodeId, (String, Option<NodeId>)> = scene
        .containers
        .iter()
        .map(|one| (one.id.clone(), (one.title.clone(), one.parent.clone())))
        .collect();
    let mut inward: BTreeMap<&NodeId, usize> = BTreeMap::new();
    let mut outward: BTreeMap<&NodeId, usize> = BTreeMap::new();
    for edge in &scene.edges {
        *outward.entry(&edge.from).or_default() += 1;
        *inward.entry(&edge.to).or_default() += 1;
    }
    let mut held: BTreeMap<NodeId, usize> = BTreeMap::new();
    for one in &mut scene.boxes {
        if let Some(holder) = &one.container {
            *held.entry(holder.clone()).or_default() += 1;
        }
        let place = match &one.container {
            Some(holder) => path_of(&frames, holder),
            None => one.zone.title().to_owned(),
        };
        let note = if one.note.is_empty() {
            String::new()
        } else {
            format!(", {}", one.note)
        };
        let count = |map: &BTreeMap<&NodeId, usize>| map.get(&one.id).copied().unwrap_or(0);
        let mark = one
            .mark
            .map_or(String::new(), |mark| format!(", {}", word_of(mark)));
        one.description = format!(
            "{}, {}, in {place}{note}{mark}, {} in, {} out",
            one.title,
            one.kind,
            plural(count(&inward), "line"),
            plural(count(&outward), "line"),
        );
    }
    for frame in &mut scene.containers {
        let kind = match frame.kind {
            ContainerKind::VirtualNetwork => "virtual network",
            ContainerKind::Subnet => "subnet",
            ContainerKind::ManagedNetwork => "managed network",
            ContainerKind::Group => "group",
        };
        let mut parts = vec![format!("{}, {kind}", frame.title)];
        let parent = frame.parent.as_ref();
        parts.extend(parent.map(|parent| format!("in {}", path_of(&frames, parent))));
        let texts = [&frame.prefix, &frame.subtitle, &frame.description];
        parts.extend(texts.into_iter().filter(|text| !text.is_empty()).cloned());
        parts.extend(frame.badges.iter().map(|badge| badge.description.clone()));
        let count = held.get(&frame.id).copied().unwrap_or(0);
        if count > 0 || frame.kind == ContainerKind::Subnet {
            parts.push(format!("holds {}", boxes_word(count)));
        }
        frame.description = parts.join(", ");
    }
}

fn boxes_word(count: usize) -> String {
    if count == 1 {
        "1 box".to_owned()
    } else {
        format!("{count} boxes")
    }
}

fn word_of(mark: Mark) -> &'static str {
    match mark {
        Mark::Critical => "critical",
        Mark::High => "high",
        Mark::Medium => "medium",
        Mark::Low => "low",
        Mark::Note => "info",
        Mark::Undetermined => "undetermined",
    }
}

/// The frames from the outermost to `holder`.
fn path_of(frames: &BTreeMap<NodeId, (String, Option<NodeId>)>, holder: &NodeId) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut here = Some(holder);
    while let Some((title, parent)) = here.and_then(|id| frames.get(id)) {
        names.push(title);
        here = parent.as_ref();
        if names.len() > 8 {
            break;
        }
    }
    names.reverse();
    names.join(" / ")
}
