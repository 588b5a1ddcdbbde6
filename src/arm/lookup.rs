//! Resources and scopes of the run, found by what expressions call them.

use super::context::{Context, DeploymentId, Place};
use super::deployment::{Entry, Instance};
use super::evaluator::Evaluator;
use super::target::Target;
use crate::source::Span;
use crate::value::{Text, Value};

impl Evaluator<'_> {
    /// The resource of `deployment`, or of those around it, that `asked` names: by symbol, name or
    /// identifier.
    pub(crate) fn find_instance(
        &mut self,
        deployment: DeploymentId,
        asked: &str,
    ) -> Option<&Instance> {
        let key = asked.to_ascii_lowercase();
        let mut here = Some(deployment);
        while let Some(id) = here {
            let found = self.deployment(id)?.index.get(&key).copied();
            if let Some(found) = found {
                return self.instance(found?);
            }
            let symbol = asked.split('[').next().unwrap_or(asked);
            let waiting = self.deployment(id)?.entries.iter().position(|entry| {
                let named = entry.symbol.as_deref();
                !entry.begun && named.is_some_and(|name| name.eq_ignore_ascii_case(symbol))
            });
            if let Some(at) = waiting {
                self.identify_entry(id, at);
                continue;
            }
            here = self.deployment(id)?.parent;
        }
        None
    }

    /// The identifiers of the resources that the loop of symbol or name `asked` makes.
    pub(crate) fn find_loop(&mut self, deployment: DeploymentId, asked: &str) -> Vec<Text> {
        // Makes sure that the loop is identified.
        let _ = self.find_instance(deployment, asked);
        let Some(deployment) = self.deployment(deployment) else {
            return Vec::new();
        };
        let is_asked = |entry: &&Entry| {
            let symbol = entry.symbol.as_deref();
            let name = entry.declaration.get_path(&["copy", "name"]);
            symbol
                .or_else(|| name?.as_str())
                .is_some_and(|name| name.eq_ignore_ascii_case(asked))
        };
        let entry = deployment.entries.iter().find(is_asked);
        let instances = entry.map_or(&[][..], |entry| &entry.instances);
        let found = instances.iter().filter_map(|id| self.instance(*id));
        found
            .filter(|instance| instance.copy_index.is_some())
            .map(|instance| Text::clone(&instance.id))
            .collect()
    }

    /// The location of the scope `target`: its own, or that of a resource group declared in the run.
    pub(crate) fn scope_location(&mut self, target: &Target, span: Span) -> Value {
        if target.location.as_unknown().is_none() {
            return target.location.clone();
        }
        let group = self.groups.get(&target.id.to_ascii_lowercase()).copied();
        let Some(instance) = group.and_then(|id| self.instance(id)) else {
            return target.location.clone();
        };
        let Some(location) = instance.declaration.get("location").cloned() else {
            return target.location.clone();
        };
        let deployment = instance.deployment;
        let copies = instance.copies.clone();
        let Some(scope) = self.deployment(deployment).map(|it| it.scope) else {
            return target.location.clone();
        };
        let mut context = Context::new(scope, deployment, Place::Identity, span);
        context.copies = copies;
        self.evaluate(&location, &context)
    }
}
