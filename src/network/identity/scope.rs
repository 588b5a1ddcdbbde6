//! What a right covers.

use crate::arm::Environment;
use crate::evidence::Doubt;
use crate::resource::{Inventory, ResourceId, ResourceIndex};
use crate::source::{FileId, Span};
use crate::value::Text;
use std::collections::BTreeMap;

/// What a right covers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One resource and what it holds.
    Resource(ResourceIndex),
    /// A part, not in the inputs by itself, of one resource.
    PartOf(ResourceIndex, Text),
    /// A resource group, a subscription, a management group or the tenant, by its key.
    Wide(Text),
    /// A resource outside the inputs, by its key.
    Outside(Text),
}

/// A resource that a scope covers.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The resource.
    pub resource: ResourceIndex,
    /// Why it may not be covered, where that is open.
    pub doubt: Option<Doubt>,
}

/// Which resource lies in which scope.
#[derive(Debug)]
pub struct Scopes<'a> {
    inventory: &'a Inventory,
    by_key: BTreeMap<Text, ResourceIndex>,
    /// The scopes that stand for those of a template whose place is not known, in lower case: the
    /// subscription's, and the group's within it.
    placeholder: (String, String),
}

impl<'a> Scopes<'a> {
    /// The scopes of the resources in `inventory`. O(n log n).
    pub fn new(inventory: &'a Inventory) -> Self {
        let by_key = inventory
            .keys()
            .map(|(key, index)| (Text::clone(key), index))
            .collect();
        let environment = Environment::default();
        let subscription = format!("/subscriptions/{}", environment.subscription_id);
        let group = format!(
            "{subscription}/resourceGroups/{}",
            environment.resource_group
        );
        Self {
            inventory,
            by_key,
            placeholder: (
                subscription.to_ascii_lowercase(),
                group.to_ascii_lowercase(),
            ),
        }
    }

    /// The scope that `id` names when it stands in `file`.
    pub fn read(&self, id: &str, file: FileId) -> Scope {
        let id = ResourceId::new(id);
        if id.resource_type().is_none() || is_management_group(id.key()) {
            return Scope::Wide(Text::clone(id.key()));
        }
        if let Some(index) = self.inventory.find(&id, file) {
            return Scope::Resource(index);
        }
        // A container, a secret, a table: the right ends at a part of what holds it.
        let mut holder = id.parent();
        while let Some(one) = holder {
            if let Some(index) = self.inventory.find(&one, file) {
                return Scope::PartOf(index, id.short_name().into());
            }
            holder = one.parent();
        }
        Scope::Outside(Text::clone(id.key()))
    }

    /// The resources that `scope`, which stands at `span`, covers, in the order of their
    /// identifiers.
    pub fn covered(&self, scope: &Scope, span: Span) -> Vec<Covered> {
        let sure = |resource| Covered {
            resource,
            doubt: None,
        };
        match scope {
            Scope::Outside(_) => Vec::new(),
            Scope::PartOf(index, _) => vec![sure(*index)],
            Scope::Resource(index) => {
                let Some(resource) = self.inventory.get(*index) else {
                    return Vec::new();
                };
                let mut found = vec![sure(*index)];
                found.extend(self.below(resource.id.key()).map(sure));
                found
            }
            Scope::Wide(key) => self.covered_by_wide(key, span),
        }
    }

    fn covered_by_wide(&self, key: &Text, span: Span) -> Vec<Covered> {
        let mut found: Vec<Covered> = self
            .below(key)
            .map(|resource| Covered {
                resource,
                doubt: None,
            })
            .collect();
        if key.is_empty() || **key == *"/" {
            return found;
        }
        // A group or subscription that answers name is perhaps the one that the template is of.
        let (subscription, group) = &self.placeholder;
        if key.starts_with(subscription.as_str()) {
            return found;
        }
        let place = if is_management_group(key) {
            ""
        } else if key.contains("/resourcegroups/") {
            group
        } else {
            subscription
        };
        let doubt = Doubt::outside(
            "scope-not-placed",
            format!("{key}|is the template's"),
            format!("the inputs do not tell whether the template's resources lie in `{key}`"),
            "the subscription and the resource group of the template".to_owned(),
            span,
        )
        .with_command("az resource list -o json");
        let doubtful = self
            .below(place)
            .filter(|resource| !found.iter().any(|known| known.resource == *resource));
        let doubtful: Vec<Covered> = doubtful
            .map(|resource| Covered {
                resource,
                doubt: Some(doubt.clone()),
            })
            .collect();
        found.extend(doubtful);
        found
    }

    /// Everything whose key starts with `key` and a slash.
    fn below(&self, key: &str) -> impl Iterator<Item = ResourceIndex> {
        let start = format!("{}/", key.trim_end_matches('/'));
        let end = start.clone();
        self.by_key
            .range(Text::from(start)..)
            .take_while(move |(other, _)| other.starts_with(&end))
            .map(|(_, index)| *index)
    }
}

fn is_management_group(key: &str) -> bool {
    key.starts_with("/providers/microsoft.management/managementgroups/")
}
