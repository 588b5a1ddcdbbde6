//! Lines for paths: the ways that are open, and what blocks those that are not.

use super::cast::Cast;
use super::line::Lines;
use crate::analysis::{Landmark, Relation};
use crate::diagram::{EdgeStyle, NodeId};
use crate::evidence::Evidence;
use crate::reachability::{Exposure, Path};
use crate::resource::{Resource, ResourceIndex};
use crate::view::reason::ports_word;
use crate::view::standing::{count_sources, style_of, tone_of};

/// The part of a path between two things that are drawn.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    /// The hops that it stands for, from 0.
    pub(super) hops: Vec<usize>,
    /// Whether its last hop is one of identities.
    pub(super) is_identity: bool,
}

/// The drawn parts of `path`, in order. Hops within one box join the part before them, or the next
/// where there is none.
pub(super) fn segments(cast: &Cast<'_>, path: &Path) -> Vec<Segment> {
    let analysis = cast.analysis;
    let mut segments: Vec<Segment> = Vec::new();
    let mut here: Option<NodeId> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for (at, hop) in path.hops.iter().enumerate() {
        let from = cast.node_of(analysis.landmark(hop.from)).or(here.clone());
        let to = cast.node_of(analysis.landmark(hop.to));
        waiting.push(at);
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        here = Some(to.clone());
        if from == to {
            if let Some(last) = segments.last_mut() {
                last.hops.append(&mut waiting);
            }
            continue;
        }
        let hops = std::mem::take(&mut waiting);
        let is_identity = hop.kind.is_identity();
        let target = analysis.model.resource_of(hop.to);
        let address = target.and_then(|target| public_address(cast, &from, target, &hop.evidence));
        let mut add = |from: NodeId, to: NodeId| {
            segments.push(Segment {
                from,
                to,
                hops: hops.clone(),
                is_identity,
            });
        };
        match address {
            Some(address) if address != to => {
                add(from, address.clone());
                add(address, to);
            }
            _ => add(from, to),
        }
    }
    segments
}

/// The box of the public address by which the internet comes to `target`, where it has one of its
/// own in the picture: the one that the evidence speaks of, or the only one.
fn public_address(
    cast: &Cast<'_>,
    from: &NodeId,
    target: ResourceIndex,
    evidence: &[Evidence],
) -> Option<NodeId> {
    if from.0 != "internet" {
        return None;
    }
    let analysis = cast.analysis;
    let all: Vec<ResourceIndex> = analysis
        .placement
        .resources_of(target, Relation::PublicAddress)
        .collect();
    let told = all.iter().find(|index| {
        analysis.inventory.get(**index).is_some_and(|address| {
            let name = format!("`{}`", address.short_name());
            evidence.iter().any(|one| one.says.contains(&name))
        })
    });
    let index = told.or(if all.len() == 1 { all.first() } else { None })?;
    cast.node(cast.stand_in(*index)?)
}

/// Adds the lines of `standing`: of each exposure by its place, the path that is drawn for it.
pub(super) fn add_ways(cast: &Cast<'_>, standing: &[(usize, &Path)], lines: &mut Lines) {
    for (at, path) in standing {
        if let Some(exposure) = cast.analysis.exposures.get(*at) {
            add_way(cast, exposure, path, lines);
        }
    }
}

/// Adds the lines of `path`.
pub(super) fn add_way(cast: &Cast<'_>, exposure: &Exposure, path: &Path, lines: &mut Lines) {
    let style = if path.assumes_compromise {
        EdgeStyle::Plumbing
    } else {
        style_of(tone_of(exposure))
    };
    let segments = segments(cast, path);
    let last = segments.iter().rposition(|segment| !segment.is_identity);
    let name = cast
        .analysis
        .resource_of(exposure)
        .map_or("", Resource::short_name);
    for (at, segment) in segments.iter().enumerate() {
        let style = if segment.is_identity {
            EdgeStyle::Identity
        } else {
            style
        };
        let says = format!("on the way to {name}");
        let line = lines.add(segment.from.clone(), segment.to.clone(), style, says);
        if Some(at) == last && !path.assumes_compromise {
            line.label_with(&ports_word(exposure));
            if style == EdgeStyle::Listed {
                line.remark = count_sources(exposure);
            }
        }
    }
}

/// Adds the ways on which something stops what would come to a closed door: of one that is
/// selected all, of others only what a device at the edge holds back.
pub(super) fn add_blocked(cast: &Cast<'_>, exposure: &Exposure, all: bool, lines: &mut Lines) {
    let analysis = cast.analysis;
    let name = analysis
        .resource_of(exposure)
        .map_or("", Resource::short_name);
    let count = if all { exposure.blockers.len() } else { 1 };
    for blocker in exposure.blockers.iter().take(count) {
        let Some((from, to)) = analysis.model.ends(blocker.edge) else {
            continue;
        };
        let from = analysis.landmark(from);
        let is_source = matches!(from, Some(Landmark::Internet | Landmark::OnPremises));
        let ends = (cast.node_of(from), cast.node_of(analysis.landmark(to)));
        let (Some(from), Some(to)) = ends else {
            continue;
        };
        if from == to || (is_source && !all) || lines.has(&from, &to) {
            continue;
        }
        let says = format!("blocked on the way to {name}");
        lines.add(from, to, EdgeStyle::Blocked, says);
    }
}
