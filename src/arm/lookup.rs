//! Resources of the run, found by what expressions call them.

use super::context::DeploymentId;
use super::deployment::{Entry, Instance};
use super::evaluator::Evaluator;
use crate::value::Text;

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
}
