//! Network security perimeters.
//!
//! Template reference: `Microsoft.Network/networkSecurityPerimeters`, `…/profiles`,
//! `…/accessRules`, `…/resourceAssociations`.
//! An association without `accessMode` learns. Rules for subscriptions, other perimeters and
//! identities let in nobody by address.

use super::{AddressBounds, Reference, ServiceTags};
use crate::evidence::Doubt;
use crate::flow::{Access, AddressSet, parse_prefix};
use crate::resource::{
    Child, Inventory, Perimeter, PerimeterMode, Reader, Resource, ResourceIndex, Setting,
};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;

const PERIMETER: &str = "Microsoft.Network/networkSecurityPerimeters";

/// The perimeter around each resource that is associated with one. Of two associations of one
/// resource, the first counts. O(associations · rules).
pub fn read_perimeters(
    inventory: &Inventory,
    service_tags: &ServiceTags,
) -> BTreeMap<ResourceIndex, Perimeter> {
    let mut out = BTreeMap::new();
    for (_, perimeter) in inventory.of_type(PERIMETER) {
        let segment = "resourceAssociations";
        for association in inventory.children_of(perimeter, segment, segment) {
            let properties = association.properties();
            let named = properties.at("privateLinkResource");
            let target = Reference::read(inventory, perimeter.file, named);
            if let Some(index) = target.and_then(|target| target.resource()) {
                let reading = Reading {
                    inventory,
                    service_tags,
                    perimeter,
                };
                out.entry(index)
                    .or_insert_with(|| reading.association(properties));
            }
        }
    }
    out
}

/// The command that lists perimeters with their profiles, rules and associations.
const PROFILES_COMMAND: &str = "az graph query -q \"resources | where type startswith \
    'microsoft.network/networksecurityperimeters'\" -o json";

struct Reading<'a> {
    inventory: &'a Inventory,
    service_tags: &'a ServiceTags,
    perimeter: &'a Resource,
}

impl Reading<'_> {
    fn association(&self, properties: Reader<'_>) -> Perimeter {
        let mode = properties.at("accessMode").text();
        let (inbound, inbound_span) = self.inbound(properties.at("profile"));
        let in_doubt = inbound.doubtful.first().map(|(_, doubt)| {
            let parts = inbound.doubtful.iter();
            let all = parts.fold(AddressSet::empty(), |all, (part, _)| all.union(part));
            (all, (**doubt).clone())
        });
        Perimeter {
            access_mode: access_mode(&mode),
            span: mode.span(),
            inbound: inbound.sure,
            inbound_doubt: in_doubt,
            inbound_span,
        }
    }

    /// The addresses that the inbound rules of the profile at `profile` let in, and where the first
    /// of those rules stands.
    fn inbound(&self, profile: Reader<'_>) -> (AddressBounds, Option<Span>) {
        let Some(reference) = Reference::read(self.inventory, self.perimeter.file, profile) else {
            return (AddressBounds::default(), None);
        };
        let mut first = None;
        let mut bounds = AddressBounds::default();
        let Some(rules) = self.rules(&reference) else {
            let name = reference.id.display_name();
            let doubt = Doubt::outside(
                "perimeter-outside",
                format!("perimeter profile|{}", reference.id.key()),
                format!("profile `{name}` of the perimeter is not in the inputs"),
                format!("an export with profile `{name}`"),
                reference.span,
            )
            .with_command(PROFILES_COMMAND);
            bounds.add_doubtful(AddressSet::internet(), doubt.into());
            return (bounds, None);
        };
        for rule in &rules {
            let properties = rule.properties();
            if properties.at("direction").text().is("Outbound") == Some(true) {
                continue;
            }
            first.get_or_insert(rule.body.span);
            for item in properties.at("addressPrefixes").items() {
                add_prefix(&mut bounds, &item.text());
            }
            if let Setting::Unknown(unknown, span) = properties.at("addressPrefixes").list() {
                let doubt = Doubt::of(&unknown, span, "covers the caller");
                bounds.add_doubtful(AddressSet::internet(), doubt.into());
            }
            for item in properties.at("serviceTags").items() {
                if let Setting::Stated(tag, span) = item.text() {
                    self.add_tag(&mut bounds, &tag, span);
                }
            }
        }
        (bounds, first)
    }

    fn add_tag(&self, bounds: &mut AddressBounds, tag: &Text, span: Span) {
        if tag.eq_ignore_ascii_case("Internet") {
            bounds.add(&AddressSet::internet());
        } else {
            bounds.join(
                &self
                    .service_tags
                    .addresses(tag, Access::Allow, "source", span),
            );
        }
    }

    /// The access rules of a profile, which stands beside the perimeter or inside it.
    fn rules(&self, profile: &Reference) -> Option<Vec<Child>> {
        let declared = profile
            .resource()
            .and_then(|index| self.inventory.get(index));
        if let Some(resource) = declared {
            let segment = "accessRules";
            return Some(self.inventory.children_of(resource, segment, segment));
        }
        let name = profile.id.display_name();
        let profiles = self
            .inventory
            .children_of(self.perimeter, "profiles", "profiles");
        let profile = profiles
            .iter()
            .find(|one| one.name.eq_ignore_ascii_case(&name))?;
        let rules = profile.properties().at("accessRules").items();
        let children = rules.into_iter().filter_map(|rule| {
            Some(Child {
                name: rule
                    .at("name")
                    .symbol()
                    .stated()
                    .cloned()
                    .unwrap_or_default(),
                body: rule.value()?.clone(),
                presence: crate::resource::Presence::Deployed,
            })
        });
        Some(children.collect())
    }
}

fn add_prefix(bounds: &mut AddressBounds, text: &Setting<Text>) {
    match text {
        Setting::Stated(text, span) => match parse_prefix(text) {
            Some(set) => bounds.add(&set),
            None => bounds.add_doubtful(
                AddressSet::internet(),
                Doubt::outside(
                    "address-not-understood",
                    format!("{text}|address"),
                    format!("`{text}` is no address prefix"),
                    format!("what `{text}` stands for"),
                    *span,
                )
                .into(),
            ),
        },
        Setting::Absent(_) => {}
        Setting::Unknown(unknown, span) => bounds.add_doubtful(
            AddressSet::internet(),
            Doubt::of(unknown, *span, "covers the caller").into(),
        ),
    }
}

fn access_mode(mode: &Setting<Text>) -> PerimeterMode {
    let words = [
        ("Enforced", PerimeterMode::Enforced),
        ("Audit", PerimeterMode::Audit),
        ("Learning", PerimeterMode::Learning),
    ];
    if mode.is_absent() {
        return PerimeterMode::Learning;
    }
    words
        .iter()
        .find(|(word, _)| mode.is(word) == Some(true))
        .map_or(PerimeterMode::Unknown, |(_, mode)| *mode)
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find, set};
    use super::*;

    #[test]
    fn the_rules_of_the_associated_profile_let_in() {
        let (inventory, topology) = estate(
            r#"[{"type": "Microsoft.KeyVault/vaults", "name": "kv"},
            {"type": "Microsoft.Network/networkSecurityPerimeters", "name": "p"},
            {"type": "Microsoft.Network/networkSecurityPerimeters/profiles", "name": "p/x"},
            {"type": "Microsoft.Network/networkSecurityPerimeters/profiles/accessRules",
             "name": "p/x/in", "properties": {"direction": "Inbound",
                "addressPrefixes": ["198.51.100.0/24"]}},
            {"type": "Microsoft.Network/networkSecurityPerimeters/profiles/accessRules",
             "name": "p/x/out", "properties": {"direction": "Outbound",
                "addressPrefixes": ["0.0.0.0/0"]}},
            {"type": "Microsoft.Network/networkSecurityPerimeters/resourceAssociations",
             "name": "p/a", "properties": {"accessMode": "Enforced",
                "privateLinkResource": {"id": "@Microsoft.KeyVault/vaults:kv"},
                "profile": {"id": "@networkSecurityPerimeters/profiles:p/x"}}}]"#,
        );
        let vault = find(&inventory, "Microsoft.KeyVault/vaults", "kv");
        let perimeter = &topology.perimeters[&vault];
        assert_eq!(perimeter.access_mode, PerimeterMode::Enforced);
        assert_eq!(perimeter.inbound, set("198.51.100.0/24"));
        assert!(perimeter.inbound_doubt.is_none());
    }
}
