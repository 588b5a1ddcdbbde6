//! Lines as they grow, and what becomes of them.

use crate::diagram::{Edge, EdgeStyle, NodeId, Scene};
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A line as it grows.
#[derive(Clone, Debug)]
pub(super) struct Line {
    style: EdgeStyle,
    labels: Vec<String>,
    pub(super) remark: String,
    hops: Vec<u32>,
    says: Vec<String>,
}

/// All lines, by their ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(IndexMap<(NodeId, NodeId), Line>);

/// The most ports that a label names.
const PORTS: usize = 3;

impl Lines {
    /// Adds a line, or joins it with the one that is there: the worse style counts.
    pub(super) fn add(
        &mut self,
        from: NodeId,
        to: NodeId,
        style: EdgeStyle,
        says: String,
    ) -> &mut Line {
        let line = self.0.entry((from, to)).or_insert_with(|| Line {
            style,
            labels: Vec::new(),
            remark: String::new(),
            hops: Vec::new(),
            says: Vec::new(),
        });
        line.style = line.style.min(style);
        if !says.is_empty() && !line.says.contains(&says) {
            line.says.push(says);
        }
        line
    }

    /// Whether there is a line from one to the other.
    pub(super) fn has(&self, from: &NodeId, to: &NodeId) -> bool {
        self.0.contains_key(&(from.clone(), to.clone()))
    }

    /// Every end, each once, in order.
    pub(super) fn ends(&self) -> Vec<&NodeId> {
        let mut seen = std::collections::BTreeSet::new();
        let ends = self.0.keys().flat_map(|(from, to)| [from, to]);
        ends.filter(|end| seen.insert(*end)).collect()
    }

    /// What a line joins with `id`.
    pub(super) fn neighbours(&self, id: &NodeId) -> Vec<NodeId> {
        let others = self.0.keys().filter_map(|(from, to)| {
            if from == id {
                Some(to)
            } else if to == id {
                Some(from)
            } else {
                None
            }
        });
        others.cloned().collect()
    }

    /// The lines whose ends are in `scene`, apart from those between a frame and what it holds.
    pub(super) fn into_edges(self, scene: &Scene) -> Vec<Edge> {
        let holders = Holders::of(scene);
        let mut edges = Vec::new();
        for ((from, to), line) in self.0 {
            let (Some(from_name), Some(to_name)) = (holders.name(&from), holders.name(&to)) else {
                continue;
            };
            if holders.holds(&from, &to) || holders.holds(&to, &from) {
                continue;
            }
            let label = line.label();
            let mut description = format!("{from_name} to {to_name}, {}", line.style.title());
            for part in std::iter::once(&label).chain(&line.says) {
                if !part.is_empty() {
                    description.push_str(", ");
                    description.push_str(part);
                }
            }
            edges.push(Edge {
                style: line.style,
                hop: line.hops.first().copied(),
                label,
                count: 1,
                description,
                from,
                to,
                ..Edge::default()
            });
        }
        edges
    }
}

impl Line {
    /// Also names the ports of `text`.
    pub(super) fn label_with(&mut self, text: &str) {
        for part in text.split(", ").filter(|part| !part.is_empty()) {
            if !self.labels.iter().any(|known| known == part) {
                self.labels.push(part.to_owned());
            }
        }
    }

    /// Also stands for hop `number` of the selected path.
    pub(super) fn number(&mut self, number: u32) {
        if !self.hops.contains(&number) {
            self.hops.push(number);
            self.hops.sort_unstable();
        }
    }

    /// The ports in order, protocols with names last, then the remark.
    fn label(&self) -> String {
        let mut labels: Vec<&str> = self.labels.iter().map(String::as_str).collect();
        labels.sort_by_key(|label| {
            let digits: String = label.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u32>().unwrap_or(u32::MAX)
        });
        let more = labels.len().saturating_sub(PORTS);
        labels.truncate(PORTS);
        let mut text = labels.join(", ");
        if more > 0 {
            let _ = write!(text, " +{more}");
        }
        if !self.remark.is_empty() {
            let _ = write!(text, " · {}", self.remark);
        }
        text
    }
}

/// The names of everything in a scene, and what holds what.
struct Holders<'a> {
    names: BTreeMap<&'a NodeId, (&'a str, Option<&'a NodeId>)>,
}

impl<'a> Holders<'a> {
    fn of(scene: &'a Scene) -> Self {
        let frames = scene
            .containers
            .iter()
            .map(|one| (&one.id, (one.title.as_str(), one.parent.as_ref())));
        let boxes = scene
            .boxes
            .iter()
            .map(|one| (&one.id, (one.title.as_str(), one.container.as_ref())));
        Self {
            names: frames.chain(boxes).collect(),
        }
    }

    fn name(&self, id: &NodeId) -> Option<&'a str> {
        self.names.get(id).map(|(name, _)| *name)
    }

    fn holds(&self, outer: &NodeId, inner: &NodeId) -> bool {
        let mut here = inner;
        for _ in 0..8 {
            match self.names.get(here) {
                Some((_, Some(holder))) if *holder == outer => return true,
                Some((_, Some(holder))) => here = holder,
                _ => return false,
            }
        }
        false
    }
}
