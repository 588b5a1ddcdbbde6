//! Footholds by the names that people give them.

use super::{Foothold, Model, Node};
use crate::resource::{Inventory, Resource, ResourceIndex};

/// Why a text names no foothold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FootholdError {
    /// Nothing of the estate is called so.
    #[error("nothing is called `{0}`")]
    Unknown(String),
    /// Several resources are called so; their identifiers.
    #[error("`{name}` is the name of several resources: {}", .ids.join(", "))]
    Ambiguous {
        /// The name.
        name: String,
        /// The identifiers of those called so, in order.
        ids: Vec<String>,
    },
    /// The resource has nothing of the kind asked for.
    #[error("`{name}` has no {what}")]
    Without {
        /// The name.
        name: String,
        /// What it lacks: `identity`, `key`.
        what: &'static str,
    },
}

/// The words for what lies outside, each with the foothold.
const OUTSIDE: [(&str, Foothold); 6] = [
    ("internet", Foothold::Internet),
    ("azure", Foothold::AzureTenant),
    ("azure-tenant", Foothold::AzureTenant),
    ("on-premises", Foothold::OnPremises),
    ("onpremises", Foothold::OnPremises),
    ("on-prem", Foothold::OnPremises),
];

/// The foothold that `text` names: `internet`, `azure`, `on-premises`, a resource by name or
/// identifier (a subnet, a machine, an app, an identity), `identity:NAME` for the identity of a
/// resource, `key:NAME` for a leaked key of one, or a principal outside by what the estate calls it.
pub fn parse_foothold(
    text: &str,
    inventory: &Inventory,
    model: &Model,
) -> Result<Foothold, FootholdError> {
    let text = text.trim();
    let same = |word: &str| text.eq_ignore_ascii_case(word);
    if let Some((_, foothold)) = OUTSIDE.iter().find(|(word, _)| same(word)) {
        return Ok(foothold.clone());
    }
    let (what, name) = match text.split_once(':') {
        Some((what, name)) if is_word(what) => (what.to_ascii_lowercase(), name.trim()),
        _ => (String::new(), text),
    };
    match what.as_str() {
        "key" => {
            let index = find(name, inventory, |_| true)?;
            with(
                model,
                &Node::Key(index),
                Foothold::KeyOf(index),
                name,
                "key",
            )
        }
        "identity" => {
            let index = find(name, inventory, |_| true)?;
            let foothold = Foothold::Identity(index);
            with(model, &Node::Identity(index), foothold, name, "identity")
        }
        "subnet" => find(name, inventory, is_subnet).map(Foothold::At),
        "machine" => find(name, inventory, |resource| !is_subnet(resource)).map(Foothold::At),
        _ => match find_place(name, inventory, model) {
            Ok(index) => Ok(Foothold::At(index)),
            Err(error) => principal(text, model).ok_or(error),
        },
    }
}

/// What [`parse_foothold`] takes in this estate: the words for what lies outside, then of each
/// resource in order its name, its identity and its key, where there are such; `limit` at the most.
pub fn list_footholds(inventory: &Inventory, model: &Model, limit: usize) -> Vec<String> {
    let words = ["internet", "azure", "on-premises"];
    let mut names: Vec<String> = words.iter().map(ToString::to_string).collect();
    for (index, resource) in inventory.iter() {
        if names.len() >= limit {
            break;
        }
        let name = &resource.name;
        if model.source(&Foothold::At(index)).is_some() {
            names.push(name.to_string());
        }
        if model.find(&Node::Identity(index)).is_some() {
            names.push(format!("identity:{name}"));
        }
        if model.find(&Node::Key(index)).is_some() {
            names.push(format!("key:{name}"));
        }
    }
    names
}

fn is_word(what: &str) -> bool {
    ["key", "identity", "subnet", "machine"]
        .iter()
        .any(|word| what.trim().eq_ignore_ascii_case(word))
}

fn is_subnet(resource: &Resource) -> bool {
    resource
        .resource_type
        .is("Microsoft.Network/virtualNetworks/subnets")
}

fn with(
    model: &Model,
    node: &Node,
    foothold: Foothold,
    name: &str,
    what: &'static str,
) -> Result<Foothold, FootholdError> {
    match model.find(node) {
        Some(_) => Ok(foothold),
        None => Err(FootholdError::Without {
            name: name.to_owned(),
            what,
        }),
    }
}

/// The one resource called `name` that somebody can stand in or at; failing that, the one called so.
fn find_place(
    name: &str,
    inventory: &Inventory,
    model: &Model,
) -> Result<ResourceIndex, FootholdError> {
    let whole = find(name, inventory, |_| true);
    let Err(FootholdError::Ambiguous { ids, .. }) = &whole else {
        return whole;
    };
    let mut places = ids.iter().filter_map(|id| {
        let index = find(id, inventory, |_| true).ok()?;
        model.source(&Foothold::At(index)).map(|_| index)
    });
    match (places.next(), places.next()) {
        (Some(one), None) => Ok(one),
        _ => whole,
    }
}

/// The one resource that `fits` and has the identifier, the full name or the last name `name`.
fn find(
    name: &str,
    inventory: &Inventory,
    fits: impl Fn(&Resource) -> bool,
) -> Result<ResourceIndex, FootholdError> {
    let called = |test: &dyn Fn(&Resource) -> bool| -> Vec<ResourceIndex> {
        inventory
            .iter()
            .filter(|(_, resource)| fits(resource) && test(resource))
            .map(|(index, _)| index)
            .collect()
    };
    let by_id = called(&|resource| resource.id.as_str().eq_ignore_ascii_case(name));
    let by_name = || called(&|resource| resource.name.eq_ignore_ascii_case(name));
    let by_end = || called(&|resource| resource.short_name().eq_ignore_ascii_case(name));
    let found = [by_id, by_name(), by_end()]
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    match found.as_slice() {
        [] => Err(FootholdError::Unknown(name.to_owned())),
        [one] => Ok(*one),
        several => Err(FootholdError::Ambiguous {
            name: name.to_owned(),
            ids: several
                .iter()
                .filter_map(|index| inventory.get(*index))
                .map(|resource| resource.id.to_string())
                .collect(),
        }),
    }
}

/// The principal outside that `text` names in full or, for an issuer's subject, by its end.
fn principal(text: &str, model: &Model) -> Option<Foothold> {
    let lower = text.to_ascii_lowercase();
    model.nodes().find_map(|(_, node)| match node {
        Node::External(id)
            if id.eq_ignore_ascii_case(text)
                || id.to_ascii_lowercase().ends_with(&format!(" {lower}")) =>
        {
            Some(Foothold::Principal(id.clone()))
        }
        _ => None,
    })
}
