//! Where an arrow key leads in the picture: among frames and what they hold, or along lines.

use crate::diagram::{NodeId, Rect, Zone};
use crate::worker::protocol::Drawing;

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    Left,
    Right,
}

/// The direction of an arrow key.
pub(super) fn way_of(key: &str) -> Option<Way> {
    match key {
        "ArrowUp" => Some(Way::Up),
        "ArrowDown" => Some(Way::Down),
        "ArrowLeft" => Some(Way::Left),
        "ArrowRight" => Some(Way::Right),
        _ => None,
    }
}

/// A box or a frame as walking sees it.
#[derive(Clone, Debug)]
struct Stop<'a> {
    id: &'a NodeId,
    holder: Option<&'a NodeId>,
    zone: Zone,
    rect: Rect,
}

/// Everything that can be walked to, in reading order.
#[derive(Clone, Debug)]
pub(super) struct Walk<'a> {
    stops: Vec<Stop<'a>>,
    drawing: &'a Drawing,
}

impl<'a> Walk<'a> {
    pub(super) fn new(drawing: &'a Drawing) -> Self {
        let scene = &drawing.view.scene;
        let frames = drawing.layout.containers.iter().filter_map(|place| {
            let one = scene.containers.get(place.container)?;
            Some(Stop {
                id: &one.id,
                holder: one.parent.as_ref(),
                zone: one.zone,
                rect: place.rect,
            })
        });
        let boxes = drawing.layout.boxes.iter().filter_map(|place| {
            let one = scene.boxes.get(place.scene_box)?;
            Some(Stop {
                id: &one.id,
                holder: one.container.as_ref(),
                zone: one.zone,
                rect: place.rect,
            })
        });
        let mut stops: Vec<Stop<'a>> = frames.chain(boxes).collect();
        stops.sort_by_key(|stop| (stop.zone, stop.rect.x, stop.rect.y));
        Self { stops, drawing }
    }

    /// Where reading begins.
    pub(super) fn first(&self) -> Option<&'a NodeId> {
        self.stops.first().map(|stop| stop.id)
    }

    /// Whether `id` is in the picture.
    pub(super) fn has(&self, id: &NodeId) -> bool {
        self.find(id).is_some()
    }

    /// Where `id` stands.
    pub(super) fn rect(&self, id: &NodeId) -> Option<Rect> {
        Some(self.find(id)?.rect)
    }

    fn find(&self, id: &NodeId) -> Option<&Stop<'a>> {
        self.stops.iter().find(|stop| stop.id == id)
    }

    /// What stands beside `stop` in the same frame or zone, in order.
    fn siblings(&self, stop: &Stop<'a>) -> Vec<&Stop<'a>> {
        let is_sibling = |other: &&Stop<'a>| {
            other.holder == stop.holder && (stop.holder.is_some() || other.zone == stop.zone)
        };
        self.stops.iter().filter(is_sibling).collect()
    }

    /// From `from`: up and down among siblings, right into a frame or on to the next zone, left
    /// out of the frame or back to the zone before.
    pub(super) fn structure(&self, from: &NodeId, way: Way) -> Option<&'a NodeId> {
        let stop = self.find(from)?;
        match way {
            Way::Up | Way::Down => {
                let siblings = self.siblings(stop);
                let at = siblings.iter().position(|other| other.id == stop.id)?;
                let to = if way == Way::Down {
                    at.checked_add(1)
                } else {
                    at.checked_sub(1)
                };
                siblings.get(to?).map(|stop| stop.id)
            }
            Way::Right => {
                let inside = self.stops.iter().find(|other| other.holder == Some(from));
                let root = self.root(stop);
                let beyond = self
                    .stops
                    .iter()
                    .find(|other| other.holder.is_none() && other.zone > root.zone);
                inside.or(beyond).map(|stop| stop.id)
            }
            Way::Left => {
                let outside = stop.holder.filter(|holder| self.has(holder));
                let before = self
                    .stops
                    .iter()
                    .rev()
                    .find(|other| other.holder.is_none() && other.zone < stop.zone)
                    .and_then(|last| self.siblings(last).first().copied());
                outside.or(before.map(|stop| stop.id))
            }
        }
    }

    /// What stands around `stop` and in nothing itself.
    fn root<'b>(&'b self, stop: &'b Stop<'a>) -> &'b Stop<'a> {
        let mut at = stop;
        // Frames do not hold one another; the bound is for a scene that says so all the same.
        for _ in 0..self.stops.len() {
            match at.holder.and_then(|holder| self.find(holder)) {
                Some(holder) => at = holder,
                None => break,
            }
        }
        at
    }

    /// From `from` along the lines: right to where one leads, left to where one comes from, those
    /// of the selected path first; up and down to the others that left or right could have led to
    /// from `before`.
    pub(super) fn flow(
        &self,
        from: &NodeId,
        before: Option<&(NodeId, Way)>,
        way: Way,
    ) -> Option<&'a NodeId> {
        match way {
            Way::Left | Way::Right => self.ends(from, way).first().copied(),
            Way::Up | Way::Down => {
                let (start, side) = before?;
                let ends = self.ends(start, *side);
                let at = ends.iter().position(|end| *end == from)?;
                let to = if way == Way::Down {
                    at.checked_add(1)
                } else {
                    at.checked_sub(1)
                };
                ends.get(to?).copied()
            }
        }
    }

    fn ends(&self, from: &NodeId, way: Way) -> Vec<&'a NodeId> {
        let mut ends: Vec<(u32, &'a NodeId)> = Vec::new();
        for edge in &self.drawing.view.scene.edges {
            let (start, end) = if way == Way::Right {
                (&edge.from, &edge.to)
            } else {
                (&edge.to, &edge.from)
            };
            let is_new = ends.iter().all(|(_, known)| *known != end);
            if start == from && is_new && self.has(end) {
                ends.push((edge.hop.unwrap_or(u32::MAX), end));
            }
        }
        ends.sort_by_key(|(hop, _)| *hop);
        ends.into_iter().map(|(_, end)| end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Container, Edge, LayoutOptions, Scene, SceneBox, layout_zones};
    use crate::view::SceneView;

    fn drawing() -> Drawing {
        let one = |id: &str, zone, container: Option<&str>| SceneBox {
            id: NodeId::from(id),
            title: id.to_owned(),
            zone,
            container: container.map(NodeId::from),
            ..SceneBox::default()
        };
        let edge = |from: &str, to: &str| Edge {
            from: NodeId::from(from),
            to: NodeId::from(to),
            ..Edge::default()
        };
        let scene = Scene {
            containers: vec![Container {
                id: NodeId::from("net"),
                title: "net".to_owned(),
                zone: Zone::Network,
                ..Container::default()
            }],
            boxes: vec![
                one("internet", Zone::Outside, None),
                one("vm", Zone::Network, Some("net")),
                one("store", Zone::Data, None),
                one("lake", Zone::Data, None),
            ],
            edges: vec![
                edge("internet", "vm"),
                edge("vm", "store"),
                edge("vm", "lake"),
            ],
            ..Scene::default()
        };
        let layout = layout_zones(&scene, LayoutOptions::default());
        Drawing {
            view: SceneView {
                scene,
                ..SceneView::default()
            },
            layout,
        }
    }

    #[test]
    fn structure_leads_into_frames_and_out_again() {
        let drawing = drawing();
        let walk = Walk::new(&drawing);
        let go = |from: &str, way| {
            let to = walk.structure(&NodeId::from(from), way);
            to.map(|id| id.0.clone()).unwrap_or_default()
        };
        assert_eq!(walk.first().unwrap().0, "internet");
        assert_eq!(go("internet", Way::Right), "net");
        assert_eq!(go("net", Way::Right), "vm");
        assert_eq!(go("vm", Way::Left), "net");
        assert_eq!(go("net", Way::Left), "internet");
        let first = go("vm", Way::Right);
        let second = go(&first, Way::Down);
        assert_eq!(go(&second, Way::Up), first);
        assert_eq!(go(&second, Way::Down), "");
    }

    #[test]
    fn flow_follows_lines_and_chooses_among_several() {
        let drawing = drawing();
        let walk = Walk::new(&drawing);
        let vm = NodeId::from("vm");
        let store = walk.flow(&vm, None, Way::Right).unwrap();
        let before = (vm, Way::Right);
        let lake = walk.flow(store, Some(&before), Way::Down).unwrap();
        assert_eq!((store.0.as_str(), lake.0.as_str()), ("store", "lake"));
        assert_eq!(walk.flow(lake, None, Way::Left).unwrap().0, "vm");
        assert!(walk.flow(lake, None, Way::Right).is_none());
    }
}
