//! Which texts stand on lines, and on which piece of a line.

use super::cell::{at, put};
use super::chain::{Chains, Kind, Side};
use super::model::Model;
use super::net::Nets;
use super::size::pill_width;
use crate::diagram::scene::{Edge, Scene};
use crate::diagram::text::Font;

/// The widest text on a line before it is cut.
const TEXT_CAP: i32 = 96;

/// Whose text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// One edge's.
    Link(usize),
    /// All edges' of a net.
    Net(usize),
}

/// The piece of a line that carries a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// A lane between the things of a column.
    Lane(usize),
    /// The piece between a port and the first line that goes up or down in the gutter.
    Port {
        /// The port.
        post: usize,
        /// The gutter.
        gutter: usize,
        /// The gutter's side that the port is on.
        side: Side,
    },
}

/// A text on a line.
#[derive(Clone, Debug)]
pub(super) struct Caption {
    /// The text, cut to its room.
    pub(super) text: String,
    /// Whether it was cut.
    pub(super) cut: bool,
    /// The width of its pill.
    pub(super) width: i32,
    /// Whose it is.
    pub(super) owner: Owner,
    /// Where it stands.
    pub(super) host: Host,
}

/// The texts of all nets and links.
///
/// A text that all edges of a net share stands where they all pass; other texts stand at the end of
/// the line that is the edge's own. A text without such a place is left out.
pub(super) fn plan(scene: &Scene, model: &Model, nets: &Nets, chains: &Chains) -> Vec<Caption> {
    let mut captions = Vec::new();
    for net in 0..nets.links.len() {
        let links = nets.links(net);
        let edges: Vec<&Edge> = links
            .iter()
            .filter_map(|link| scene.edges.get(model.links.get(*link)?.edge))
            .collect();
        let Some(first) = edges.first() else { continue };
        let shared = edges.iter().all(|edge| edge.label == first.label);
        if shared {
            let count: u32 = edges.iter().map(|edge| edge.count.max(1)).sum();
            let ends_differ = between_containers(model, links);
            let shown = if ends_differ || edges.len() == 1 {
                count
            } else {
                first.count
            };
            let owner = if links.len() == 1 {
                Owner::Link(at(links, 0))
            } else {
                Owner::Net(net)
            };
            let host = shared_host(chains, links);
            captions.extend(caption(&first.label, shown, owner, host));
            continue;
        }
        for (link, edge) in links.iter().zip(edges) {
            let host = own_host(chains, links, *link);
            captions.extend(caption(&edge.label, edge.count, Owner::Link(*link), host));
        }
    }
    captions
}

/// Half of the height that each post needs for itself: more where it carries a text.
pub(super) fn half_heights(captions: &[Caption], posts: usize) -> Vec<i32> {
    let mut half = vec![4; posts];
    for caption in captions {
        let (Host::Lane(post) | Host::Port { post, .. }) = caption.host;
        put(&mut half, post, 10);
    }
    half
}

fn caption(label: &str, count: u32, owner: Owner, host: Option<Host>) -> Option<Caption> {
    let full = match (label, count) {
        ("", 0 | 1) => return None,
        (label, 0 | 1) => label.to_owned(),
        ("", count) => format!("×{count}"),
        (label, count) => format!("{label} ×{count}"),
    };
    let (text, cut) = Font::PILL.fit(&full, TEXT_CAP);
    Some(Caption {
        width: pill_width(&text),
        text,
        cut,
        owner,
        host: host?,
    })
}

/// Whether the edges have neither their source nor their target in common.
fn between_containers(model: &Model, links: &[usize]) -> bool {
    let ends = || links.iter().filter_map(|link| model.links.get(*link));
    let first = ends().next().copied().unwrap_or_default();
    ends().any(|link| link.from != first.from) && ends().any(|link| link.to != first.to)
}

/// A lane that all links pass, else the port that they share.
fn shared_host(chains: &Chains, links: &[usize]) -> Option<Host> {
    let first = chains.legs(*links.first()?);
    let passes = |link: &usize, post: usize| {
        chains
            .legs(*link)
            .iter()
            .any(|leg| leg.from.0 == post || leg.to.0 == post)
    };
    let lanes = first
        .iter()
        .map(|leg| leg.to.0)
        .filter(|post| is_root_lane(chains, *post));
    let lane = lanes
        .into_iter()
        .find(|post| links.iter().all(|link| passes(link, *post)));
    if let Some(lane) = lane {
        return Some(Host::Lane(lane));
    }
    [
        target_host(chains, *links.first()?),
        source_host(chains, *links.first()?),
    ]
    .into_iter()
    .flatten()
    .find(|host| {
        let (Host::Lane(post) | Host::Port { post, .. }) = host;
        links.iter().all(|link| passes(link, *post))
    })
}

/// The end of the line that no other link of the net passes.
fn own_host(chains: &Chains, links: &[usize], link: usize) -> Option<Host> {
    [target_host(chains, link), source_host(chains, link)]
        .into_iter()
        .flatten()
        .find(|host| {
            let (Host::Lane(post) | Host::Port { post, .. }) = *host;
            let others = links.iter().filter(|other| **other != link);
            let mut legs = others.flat_map(|other| chains.legs(*other));
            !legs.any(|leg| leg.from.0 == post || leg.to.0 == post)
        })
}

fn target_host(chains: &Chains, link: usize) -> Option<Host> {
    let leg = chains.legs(link).last()?;
    Some(Host::Port {
        post: leg.to.0,
        gutter: leg.gutter,
        side: leg.to.1,
    })
}

fn source_host(chains: &Chains, link: usize) -> Option<Host> {
    let leg = chains.legs(link).first()?;
    Some(Host::Port {
        post: leg.from.0,
        gutter: leg.gutter,
        side: leg.from.1,
    })
}

/// Whether a post is a lane in a column of the picture itself, which is wide enough for texts.
fn is_root_lane(chains: &Chains, post: usize) -> bool {
    matches!(chains.post(post).map(|post| post.kind),
        Some(Kind::Lane(container, _)) if container == chains.root)
}
