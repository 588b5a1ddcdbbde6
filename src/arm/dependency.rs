//! What resources wait for: `dependsOn`, held against the template.
//!
//! A review needs no order of deployment. But Azure refuses a template that depends on what it
//! does not declare, or in a circle, so both are told.
//! Source: "Define the order for deploying resources in ARM templates".

use super::context::{DeploymentId, InstanceId};
use super::evaluator::Evaluator;
use super::symbol;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::value::{Data, Value};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// A resource and its evaluated `dependsOn`.
pub(crate) type Dependent = (InstanceId, Value);

/// The most names in one message.
const NAMES: usize = 5;

/// What an entry of `dependsOn` can mean, by lower-case text.
struct Names {
    /// Resources by all the ways to write them: identifier, the same without subscription and
    /// group, type and name, name alone, symbol. `None` for what names several.
    resources: BTreeMap<String, Option<InstanceId>>,
    /// The members of loops.
    loops: BTreeMap<String, Vec<InstanceId>>,
    /// Whether some resource's name is open, so that an entry may mean it.
    is_open: bool,
}

/// Who waits for whom. A loop is a place of its own, so that loops that wait for loops cost no more
/// than their members.
#[derive(Default)]
struct Waiting {
    graph: DiGraph<Option<InstanceId>, ()>,
    instances: BTreeMap<InstanceId, NodeIndex>,
    loops: BTreeMap<String, NodeIndex>,
}

impl Evaluator<'_> {
    /// Reports the entries of `dependents`, all of deployment `id`, that name nothing in it, and
    /// the circles among them.
    pub(crate) fn check_dependencies(&mut self, id: DeploymentId, dependents: &[Dependent]) {
        if dependents.is_empty() {
            return;
        }
        let names = self.names(id);
        let mut waiting = Waiting::default();
        let mut missing = Vec::new();
        for (instance, value) in dependents {
            for entry in value.items() {
                let (text, is_known) = match &entry.data {
                    Data::String(text) => (text.to_ascii_lowercase(), true),
                    Data::Unknown(unknown) => (unknown.symbol.to_ascii_lowercase(), false),
                    _ => continue,
                };
                // An export writes its own subscription out, which evaluation does not know.
                let tail = text.rsplit_once("/providers/").map(|(_, tail)| tail);
                let found = names.resources.get(&text);
                let found = found.or_else(|| names.resources.get(tail?)).copied();
                match (names.loops.get(&text), found) {
                    (Some(members), _) => waiting.add_loop(*instance, &text, members),
                    (None, Some(Some(other))) => waiting.add(*instance, other),
                    (None, None) if is_known && !names.is_open => missing.push(not_declared(entry)),
                    // What an ambiguous name means is Azure's to refuse.
                    (None, Some(None) | None) => {}
                }
            }
        }
        let circles: Vec<Diagnostic> = waiting
            .circles()
            .iter()
            .filter_map(|members| self.describe_circle(members))
            .collect();
        for diagnostic in missing.into_iter().chain(circles) {
            self.report(diagnostic);
        }
    }

    fn names(&self, id: DeploymentId) -> Names {
        let mut names = Names {
            resources: BTreeMap::new(),
            loops: BTreeMap::new(),
            is_open: false,
        };
        let entries = self.deployment(id).map(|deployment| &deployment.entries);
        for entry in entries.into_iter().flatten() {
            let loop_name = entry.symbol.as_deref().or_else(|| {
                let name = entry.declaration.get_path(&["copy", "name"]);
                name.and_then(Value::as_str)
            });
            let is_loop = entry.declaration.get("copy").is_some();
            names.is_open |= loop_name.is_some_and(|name| is_loop && name.starts_with('['));
            if let (true, Some(name)) = (is_loop, loop_name) {
                names
                    .loops
                    .insert(name.to_ascii_lowercase(), entry.instances.clone());
            }
            for at in &entry.instances {
                let Some(instance) = self.instance(*at) else {
                    continue;
                };
                names.is_open |= instance.name_is_open;
                let lower = instance.id.to_ascii_lowercase();
                let (kind, name) = (&instance.resource_type, &instance.name);
                if let Some((_, tail)) = lower.rsplit_once("/providers/") {
                    names.resources.insert(tail.to_owned(), Some(*at));
                }
                names.resources.insert(lower, Some(*at));
                let written = format!("{kind}/{name}").to_ascii_lowercase();
                names.resources.insert(written, Some(*at));
                let short = match (&instance.symbol, instance.copy_index) {
                    (Some(symbol), Some(turn)) => format!("{symbol}[{turn}]"),
                    (Some(symbol), None) => symbol.to_string(),
                    (None, _) => name.to_string(),
                };
                // Resources of different types may share a name, which then names none.
                let known = names.resources.entry(short.to_ascii_lowercase());
                let known = known.or_insert(Some(*at));
                if *known != Some(*at) {
                    *known = None;
                }
            }
        }
        names
    }

    /// Whether `members` are a resource and its own parts. Exports make them wait for each other.
    fn is_family(&self, members: &[InstanceId]) -> bool {
        let ids = members.iter().filter_map(|id| self.instance(*id));
        let ids: Vec<String> = ids.map(|one| one.id.to_ascii_lowercase()).collect();
        let parent = ids.iter().min_by_key(|id| id.len());
        let is_part = |id: &String| {
            let rest = parent.and_then(|parent| id.strip_prefix(parent.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        ids.len() > 1 && ids.iter().all(is_part)
    }

    /// What is to say about resources that wait for each other; `members` may have loops between.
    fn describe_circle(&self, members: &[InstanceId]) -> Option<Diagnostic> {
        let first = members.first().and_then(|id| self.instance(*id))?;
        if self.is_family(members) {
            return None;
        }
        let all = members.iter().filter_map(|id| self.instance(*id));
        let mut shown: Vec<String> = all
            .take(NAMES)
            .map(|instance| format!("`{}`", symbol::display(&instance.name)))
            .collect();
        let message = if members.len() == 1 {
            format!("{} depends on itself", shown.concat())
        } else {
            if members.len() > NAMES {
                shown.push(format!("{} more", members.len() - NAMES));
            }
            format!("{} depend on each other in a circle", shown.join(", "))
        };
        Some(Diagnostic::warning(
            "arm-circular-dependency",
            message,
            depends_on(&first.declaration),
        ))
    }
}

/// The place of `dependsOn` in a declaration.
fn depends_on(declaration: &Value) -> Span {
    let value = declaration.get("dependsOn");
    value.map_or(declaration.span, |value| value.span)
}

fn not_declared(entry: &Value) -> Diagnostic {
    let text = entry.as_str().unwrap_or_default();
    let message = format!("`{text}` is waited for, and this template does not declare it");
    Diagnostic::warning("arm-dependency", message, entry.span)
}

impl Waiting {
    fn node(&mut self, instance: InstanceId) -> NodeIndex {
        let graph = &mut self.graph;
        *self
            .instances
            .entry(instance)
            .or_insert_with(|| graph.add_node(Some(instance)))
    }

    fn add(&mut self, from: InstanceId, to: InstanceId) {
        let (from, to) = (self.node(from), self.node(to));
        self.graph.update_edge(from, to, ());
    }

    fn add_loop(&mut self, from: InstanceId, name: &str, members: &[InstanceId]) {
        let from = self.node(from);
        let known = self.loops.get(name).copied();
        let between = known.unwrap_or_else(|| {
            let between = self.graph.add_node(None);
            self.loops.insert(name.to_owned(), between);
            for member in members {
                let member = self.node(*member);
                self.graph.add_edge(between, member, ());
            }
            between
        });
        self.graph.add_edge(from, between, ());
    }

    /// The groups of resources that wait for each other, or one that waits for itself, in document
    /// order. Linear.
    fn circles(&self) -> Vec<Vec<InstanceId>> {
        let mut circles: Vec<Vec<InstanceId>> = kosaraju_scc(&self.graph)
            .into_iter()
            .filter(|nodes| match nodes.as_slice() {
                [one] => self.graph.contains_edge(*one, *one),
                _ => true,
            })
            .map(|nodes| {
                let weights = nodes
                    .iter()
                    .filter_map(|node| self.graph.node_weight(*node));
                let mut members: Vec<InstanceId> = weights.copied().flatten().collect();
                members.sort_unstable();
                members
            })
            .collect();
        circles.sort();
        circles
    }
}
