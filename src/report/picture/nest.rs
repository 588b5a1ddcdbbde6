//! A scene as a nest: zones hold frames and boxes, frames hold frames and boxes.

use crate::diagram::{Container, Edge, NodeId, Scene, SceneBox, Zone};
use std::collections::{BTreeMap, BTreeSet};

/// A scene by who holds what; every frame and box once.
pub(super) struct Nest<'a> {
    scene: &'a Scene,
    /// The number of each frame and box, frames first, in the order of the scene.
    numbers: BTreeMap<&'a NodeId, usize>,
    frames: BTreeMap<Option<usize>, Vec<usize>>,
    boxes: BTreeMap<Option<usize>, Vec<usize>>,
}

/// What comes next on a walk through the nest.
pub(super) enum Step<'a> {
    /// A zone begins.
    Zone(&'a str),
    /// A frame begins.
    Frame(Item<'a, Container>),
    /// A box.
    Box(Item<'a, SceneBox>),
    /// The innermost zone or frame ends.
    End,
}

/// A frame or box with its number.
pub(super) struct Item<'a, T> {
    pub(super) number: usize,
    pub(super) what: &'a T,
}

const ZONES: [Zone; 6] = [
    Zone::Outside,
    Zone::Edge,
    Zone::Network,
    Zone::Platform,
    Zone::Data,
    Zone::Band,
];

impl<'a> Nest<'a> {
    pub(super) fn of(scene: &'a Scene) -> Self {
        let ids = scene.containers.iter().map(|one| &one.id);
        let mut numbers = BTreeMap::new();
        for id in ids.chain(scene.boxes.iter().map(|one| &one.id)) {
            let next = numbers.len();
            numbers.entry(id).or_insert(next);
        }
        let mut nest = Self {
            scene,
            numbers,
            frames: BTreeMap::new(),
            boxes: BTreeMap::new(),
        };
        let frames: BTreeMap<&NodeId, usize> = scene
            .containers
            .iter()
            .enumerate()
            .rev()
            .map(|(at, one)| (&one.id, at))
            .collect();
        for (at, frame) in scene.containers.iter().enumerate() {
            let parent = frame.parent.as_ref().and_then(|id| frames.get(id)).copied();
            let parent = parent.filter(|parent| !nest.is_within(*parent, at, &frames));
            nest.frames.entry(parent).or_default().push(at);
        }
        for (at, one) in scene.boxes.iter().enumerate() {
            let parent = one.container.as_ref().and_then(|id| frames.get(id));
            nest.boxes.entry(parent.copied()).or_default().push(at);
        }
        nest
    }

    /// Whether frame `inner` stands in frame `outer`, or is it.
    fn is_within(&self, inner: usize, outer: usize, frames: &BTreeMap<&NodeId, usize>) -> bool {
        let mut here = Some(inner);
        let mut seen = BTreeSet::new();
        while let Some(at) = here {
            if at == outer || !seen.insert(at) {
                return true;
            }
            let parent = self
                .scene
                .containers
                .get(at)
                .and_then(|one| one.parent.as_ref());
            here = parent.and_then(|id| frames.get(id)).copied();
        }
        false
    }

    /// The whole nest, zone by zone, everything in a frame between its beginning and its end.
    pub(super) fn walk(&self) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        for zone in ZONES {
            let frames = self.frames_of(None);
            let frames = frames.filter(|(_, frame)| frame.zone == zone);
            let frames: Vec<usize> = frames.map(|(at, _)| at).collect();
            let boxes: Vec<(usize, &SceneBox)> = self
                .boxes_of(None)
                .filter(|(_, one)| one.zone == zone)
                .collect();
            if frames.is_empty() && boxes.is_empty() {
                continue;
            }
            let heading = self.scene.headings.get(&zone);
            steps.push(Step::Zone(heading.map_or(zone.title(), |text| text)));
            self.walk_frames(frames, &mut steps);
            steps.extend(boxes.into_iter().map(|(_, one)| self.box_step(one)));
            steps.push(Step::End);
        }
        steps
    }

    /// Frames within frames, over a stack of its own: nothing bounds how deep they are.
    fn walk_frames(&self, frames: Vec<usize>, steps: &mut Vec<Step<'a>>) {
        let mut waiting: Vec<Option<usize>> = frames.into_iter().rev().map(Some).collect();
        while let Some(frame) = waiting.pop() {
            let Some(at) = frame else {
                steps.push(Step::End);
                continue;
            };
            let Some(what) = self.scene.containers.get(at) else {
                continue;
            };
            steps.push(Step::Frame(Item {
                number: self.number(&what.id).unwrap_or(at),
                what,
            }));
            let boxes = self.boxes_of(Some(at));
            steps.extend(boxes.map(|(_, one)| self.box_step(one)));
            waiting.push(None);
            let inner: Vec<usize> = self.frames_of(Some(at)).map(|(at, _)| at).collect();
            waiting.extend(inner.into_iter().rev().map(Some));
        }
    }

    fn box_step(&self, what: &'a SceneBox) -> Step<'a> {
        Step::Box(Item {
            number: self.number(&what.id).unwrap_or_default(),
            what,
        })
    }

    fn frames_of(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &'a Container)> {
        let scene = self.scene;
        let places = self.frames.get(&parent).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter_map(move |at| Some((*at, scene.containers.get(*at)?)))
    }

    fn boxes_of(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &'a SceneBox)> {
        let scene = self.scene;
        let places = self.boxes.get(&parent).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter_map(move |at| Some((*at, scene.boxes.get(*at)?)))
    }

    /// The number of a frame or box.
    pub(super) fn number(&self, id: &NodeId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// Whether `number` is a frame's.
    pub(super) fn is_frame(&self, number: usize) -> bool {
        let mut frames = self.scene.containers.iter();
        frames.any(|one| self.number(&one.id) == Some(number))
    }

    /// The lines whose ends are both in the scene, with the numbers of these.
    pub(super) fn edges(&self) -> impl Iterator<Item = (usize, usize, &'a Edge)> {
        let scene = self.scene;
        scene.edges.iter().filter_map(|edge| {
            let (from, to) = (self.number(&edge.from)?, self.number(&edge.to)?);
            Some((from, to, edge))
        })
    }
}
