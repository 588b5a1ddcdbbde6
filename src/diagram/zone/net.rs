//! Which edges share their way.
//!
//! A net is drawn as one line with branches: edges of one style that leave one box, that enter one
//! box, or that run between the same two containers.

use super::cell::{at, put, row};
use super::model::{Link, Model};
use crate::diagram::scene::EdgeStyle;
use std::collections::BTreeMap;

/// Edges between two containers share their way from this number on; fewer are easier to follow one
/// by one.
const LEAST_BETWEEN_CONTAINERS: usize = 3;

/// What the edges of a net have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// They enter one box or container.
    Into(usize),
    /// They leave one box or container.
    OutOf(usize),
    /// They run from one container to another.
    Between(usize, usize),
}

/// The nets of a model.
#[derive(Debug, Default)]
pub(super) struct Nets {
    /// The links of each net, ascending.
    pub(super) links: Vec<Vec<usize>>,
    /// The net of each link.
    pub(super) of_link: Vec<usize>,
}

impl Nets {
    /// The nets of all links.
    ///
    /// The largest groups are served first, and each edge goes to the first group that wants it, so
    /// a service that everything uses gets one line. Edges that are alone in their groups are nets
    /// of their own.
    pub(super) fn new(model: &Model) -> Self {
        let mut groups: BTreeMap<(EdgeStyle, Bond), Vec<usize>> = BTreeMap::new();
        for (place, link) in model.links.iter().enumerate() {
            for bond in bonds(model, *link) {
                groups.entry((link.style, bond)).or_default().push(place);
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, links)| std::cmp::Reverse(links.len()));
        let mut nets = Self {
            links: Vec::new(),
            of_link: vec![usize::MAX; model.links.len()],
        };
        for ((_, bond), links) in groups {
            let free: Vec<usize> = (links.into_iter())
                .filter(|link| at(&nets.of_link, *link) == usize::MAX)
                .collect();
            let least = match bond {
                Bond::Between(..) => LEAST_BETWEEN_CONTAINERS,
                Bond::Into(_) | Bond::OutOf(_) => 2,
            };
            if free.len() >= least {
                nets.add(free);
            }
        }
        for link in 0..model.links.len() {
            if at(&nets.of_link, link) == usize::MAX {
                nets.add(vec![link]);
            }
        }
        nets
    }

    /// The links of a net.
    pub(super) fn links(&self, net: usize) -> &[usize] {
        row(&self.links, net)
    }

    fn add(&mut self, links: Vec<usize>) {
        for link in &links {
            put(&mut self.of_link, *link, self.links.len());
        }
        self.links.push(links);
    }
}

/// The groups that a link may belong to.
fn bonds(model: &Model, link: Link) -> impl Iterator<Item = Bond> {
    let (from, to) = (model.parent(link.from), model.parent(link.to));
    let apart = !model.contains(from, to) && !model.contains(to, from);
    let framed = !model.is_root(from) && !model.is_root(to);
    let between = (apart && framed).then_some(Bond::Between(from, to));
    [
        Some(Bond::Into(link.to)),
        Some(Bond::OutOf(link.from)),
        between,
    ]
    .into_iter()
    .flatten()
}
