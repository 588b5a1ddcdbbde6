//! A scene by numbers: every box and container is an item, and nesting is a proper tree.

use super::cell::{at, push, put};
use crate::diagram::scene::{EdgeStyle, NodeId, Scene, Zone};
use std::collections::BTreeMap;

/// An edge between two items of which neither contains the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Link {
    /// Its place in the scene's edges.
    pub(super) edge: usize,
    /// The item that it leaves.
    pub(super) from: usize,
    /// The item that it enters.
    pub(super) to: usize,
    /// What it stands for.
    pub(super) style: EdgeStyle,
}

/// A scene's items: boxes first, then containers, both in the scene's order, then the two roots.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// How many boxes there are.
    pub(super) boxes: usize,
    /// The item of the picture itself.
    pub(super) root: usize,
    /// The item of the band below the columns.
    pub(super) band: usize,
    /// The container of each item; a root is its own.
    pub(super) parent: Vec<usize>,
    /// The zone of each item.
    pub(super) zone: Vec<Zone>,
    /// How many containers are around each item, roots not counted.
    pub(super) depth: Vec<u32>,
    /// What is directly in each item, in the scene's order.
    pub(super) children: Vec<Vec<usize>>,
    /// All containers, inner ones before outer ones, without the roots.
    pub(super) inner_first: Vec<usize>,
    /// The edges that can be drawn.
    pub(super) links: Vec<Link>,
    /// The places in `links` of each item's own links.
    pub(super) links_of: Vec<Vec<usize>>,
}

impl Model {
    /// The model of `scene`.
    ///
    /// What makes no sense is mended: a container inside itself stands in its zone, the second of
    /// two equal identities has no edges, and an edge without two ends in the scene is left out.
    pub(super) fn new(scene: &Scene) -> Self {
        let boxes = scene.boxes.len();
        let root = boxes + scene.containers.len();
        let mut model = Self {
            boxes,
            root,
            band: root + 1,
            parent: (0..root).map(|_| root).chain([root, root + 1]).collect(),
            zone: vec![Zone::default(); root + 2],
            depth: vec![0; root + 2],
            children: vec![Vec::new(); root + 2],
            links_of: vec![Vec::new(); root + 2],
            ..Self::default()
        };
        let places = places(scene);
        model.nest(scene, &places);
        model.link(scene, &places);
        model
    }

    /// Whether `item` is a container or a root.
    pub(super) fn is_container(&self, item: usize) -> bool {
        item >= self.boxes
    }

    /// Whether `item` is one of the two roots.
    pub(super) fn is_root(&self, item: usize) -> bool {
        item >= self.root
    }

    /// Whether all children of `item` are boxes, so that they stand in rows and columns.
    pub(super) fn is_grid(&self, item: usize) -> bool {
        item != self.root
            && self
                .children
                .get(item)
                .is_some_and(|children| children.iter().all(|child| !self.is_container(*child)))
    }

    /// The container of `item`.
    pub(super) fn parent(&self, item: usize) -> usize {
        at(&self.parent, item)
    }

    /// What is directly in `item`.
    pub(super) fn children(&self, item: usize) -> &[usize] {
        super::cell::row(&self.children, item)
    }

    /// The ancestor of `item`, or itself, that stands directly in a root.
    pub(super) fn top(&self, mut item: usize) -> usize {
        while !self.is_root(self.parent(item)) {
            item = self.parent(item);
        }
        item
    }

    /// Whether `outer` is `inner` or a container around it.
    pub(super) fn contains(&self, outer: usize, mut inner: usize) -> bool {
        while inner != outer && !self.is_root(inner) {
            inner = self.parent(inner);
        }
        inner == outer
    }

    fn nest(&mut self, scene: &Scene, places: &BTreeMap<&NodeId, usize>) {
        let root_of = |zone: Zone| {
            if zone == Zone::Band {
                self.band
            } else {
                self.root
            }
        };
        let container_of = |id: &Option<NodeId>| {
            let place = id.as_ref().and_then(|id| places.get(id).copied());
            place.filter(|place| *place >= self.boxes)
        };
        let wanted: Vec<Option<usize>> =
            (scene.boxes.iter().map(|one| container_of(&one.container)))
                .chain(scene.containers.iter().map(|one| container_of(&one.parent)))
                .collect();
        let zones: Vec<Zone> = (scene.boxes.iter().map(|one| one.zone))
            .chain(scene.containers.iter().map(|one| one.zone))
            .collect();
        let roots: Vec<usize> = zones.iter().map(|zone| root_of(*zone)).collect();
        // Containers are hung in one by one, so what is above a container is always a tree.
        for item in self.boxes..self.root {
            put(&mut self.parent, item, at(&roots, item));
        }
        for item in (self.boxes..self.root).chain(0..self.boxes) {
            let wish = at(&wanted, item).filter(|outer| !self.contains(item, *outer));
            put(&mut self.parent, item, wish.unwrap_or(at(&roots, item)));
        }
        for item in 0..self.root {
            let top = self.top(item);
            let zone = if self.parent(top) == self.band {
                Zone::Band
            } else {
                at(&zones, top)
            };
            put(&mut self.zone, item, zone);
            let depth = self.depth_of(item);
            put(&mut self.depth, item, depth);
            push(&mut self.children, at(&self.parent, item), item);
        }
        self.inner_first = (self.boxes..self.root).collect();
        self.inner_first
            .sort_by_key(|item| std::cmp::Reverse(at(&self.depth, *item)));
    }

    fn depth_of(&self, item: usize) -> u32 {
        let mut depth = 0;
        let mut outer = self.parent(item);
        while !self.is_root(outer) {
            depth += 1;
            outer = self.parent(outer);
        }
        depth
    }

    fn link(&mut self, scene: &Scene, places: &BTreeMap<&NodeId, usize>) {
        for (edge, described) in scene.edges.iter().enumerate() {
            let (Some(from), Some(to)) = (places.get(&described.from), places.get(&described.to))
            else {
                continue;
            };
            if self.contains(*from, *to) || self.contains(*to, *from) {
                continue;
            }
            push(&mut self.links_of, *from, self.links.len());
            push(&mut self.links_of, *to, self.links.len());
            self.links.push(Link {
                edge,
                from: *from,
                to: *to,
                style: described.style,
            });
        }
    }
}

/// The item of each identity; the first one counts.
fn places(scene: &Scene) -> BTreeMap<&NodeId, usize> {
    let mut places = BTreeMap::new();
    let boxes = scene.boxes.iter().map(|one| &one.id);
    let containers = scene.containers.iter().map(|one| &one.id);
    for (item, id) in boxes.chain(containers).enumerate() {
        places.entry(id).or_insert(item);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Container, Edge, SceneBox};

    fn container(id: &str, parent: Option<&str>) -> Container {
        Container {
            id: id.into(),
            parent: parent.map(NodeId::from),
            zone: Zone::Network,
            ..Container::default()
        }
    }

    #[test]
    fn containers_in_a_ring_stand_in_their_zone() {
        let scene = Scene {
            containers: vec![container("a", Some("b")), container("b", Some("a"))],
            boxes: vec![SceneBox {
                id: "x".into(),
                container: Some("a".into()),
                ..SceneBox::default()
            }],
            ..Scene::default()
        };
        let model = Model::new(&scene);
        assert_eq!(model.parent, [1, 2, 3, 3, 4]);
        assert_eq!(model.zone.first(), Some(&Zone::Network));
        assert_eq!(model.inner_first, [1, 2]);
    }

    #[test]
    fn an_edge_needs_two_ends_that_do_not_contain_each_other() {
        let edge = |from: &str, to: &str| Edge {
            from: from.into(),
            to: to.into(),
            ..Edge::default()
        };
        let scene = Scene {
            containers: vec![container("a", None), container("b", None)],
            boxes: vec![SceneBox {
                id: "x".into(),
                container: Some("a".into()),
                ..SceneBox::default()
            }],
            edges: vec![
                edge("a", "x"),
                edge("x", "x"),
                edge("x", "gone"),
                edge("x", "b"),
            ],
            ..Scene::default()
        };
        let model = Model::new(&scene);
        assert_eq!(model.links.len(), 1);
    }
}
