//! Service tags: names for the addresses of Azure's services.
//!
//! The lists behind them change weekly and none is bundled, so an unresolved tag holds some unknown
//! part of the public addresses. What is known all the same ("Virtual network service tags"):
//! a regional tag lies within its tag, every service's tag within `AzureCloud`, and that within
//! `Internet`; `AzureCloud` holds the addresses that any customer rents, and
//! `AzureFrontDoor.Backend` every customer's Front Door.

use super::AddressBounds;
use crate::evidence::Doubt;
use crate::flow::{Access, AddressSet, Place, parse_prefix};
use crate::resource::Inventory;
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The command that lists the tags' addresses.
pub(super) const TAGS_COMMAND: &str = "az network list-service-tags --location westeurope -o json";

const CLOUD: &str = "azurecloud";
const FRONT_DOOR: &str = "azurefrontdoor";
const FRONT_DOOR_BACKEND: &str = "azurefrontdoor.backend";

/// What is known of the tags' content.
#[derive(Clone, Debug)]
pub struct ServiceTags {
    /// By tag in lower case.
    resolved: BTreeMap<String, AddressSet>,
    /// Where the inputs list their addresses.
    listed: BTreeMap<String, Span>,
    /// Every public address, places not counted.
    public: AddressSet,
}

impl Default for ServiceTags {
    fn default() -> Self {
        Self::new(BTreeMap::new())
    }
}

/// Whether `text` has the form of a tag, not of an address.
pub(super) fn is_service_tag(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// The tags that hold everything in `tag`, which is in lower case: the nearest first.
pub(super) fn ancestors(tag: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((base, region)) = tag.split_once('.') {
        out.push(base.to_owned());
        if base != CLOUD && base != FRONT_DOOR {
            out.push(format!("{CLOUD}.{region}"));
        }
    }
    if tag != CLOUD && !out.iter().any(|known| known == CLOUD) {
        out.push(CLOUD.to_owned());
    }
    out
}

impl ServiceTags {
    /// Tags of which those in `resolved`, by name in any case, hold just the addresses given.
    pub fn new(resolved: BTreeMap<String, AddressSet>) -> Self {
        Self {
            resolved: resolved
                .into_iter()
                .map(|(tag, set)| (tag.to_ascii_lowercase(), set))
                .collect(),
            listed: BTreeMap::new(),
            public: AddressSet::internet().subtract(&AddressSet::azure_public()),
        }
    }

    /// The tags as the answers in `inventory` list them; of two lists of one tag, both count.
    pub fn read(inventory: &Inventory) -> Self {
        let mut tags = Self::default();
        for item in inventory.service_tags() {
            let name = item.at("name").text();
            let Some(name) = name.stated() else { continue };
            let key = name.to_ascii_lowercase();
            let prefixes = item.path("properties.addressPrefixes").items();
            let addresses = prefixes
                .into_iter()
                .filter_map(|prefix| parse_prefix(prefix.text().stated()?))
                .fold(AddressSet::empty(), |all, one| all.union(&one));
            tags.listed.entry(key.clone()).or_insert(item.span());
            let known = tags.resolved.entry(key).or_default();
            *known = known.union(&addresses);
        }
        tags
    }

    /// Where the inputs list the addresses of `tag`, in any case.
    pub fn listed(&self, tag: &str) -> Option<Span> {
        self.listed.get(&tag.to_ascii_lowercase()).copied()
    }

    /// Whether the inputs list the addresses of any tag.
    pub fn is_listed(&self) -> bool {
        !self.listed.is_empty()
    }

    /// The addresses of the tag `key`, in lower case, where they are known.
    pub(super) fn resolved(&self, key: &str) -> Option<&AddressSet> {
        self.resolved.get(key)
    }

    /// The addresses that `tag` stands for in a rule that does `access`.
    ///
    /// A place stands for many addresses at once, and an attacker picks one. So a tag that holds
    /// only some of a place's addresses admits the place where it allows, and refuses none of it
    /// where it denies. `side` tells the two ends of a packet apart and `span` is where the tag is
    /// named.
    pub fn addresses(&self, tag: &str, access: Access, side: &str, span: Span) -> AddressBounds {
        let key = tag.to_ascii_lowercase();
        let mut bounds = AddressBounds::default();
        let doubt = || Arc::new(self.doubt(tag, &key, side, span));
        let (places, perhaps) = places(&key, access);
        bounds.add(&places);
        if let Some(set) = self.resolved.get(&key) {
            bounds.add(set);
            bounds.add_doubtful(perhaps, doubt());
            return bounds;
        }
        let (mut inside, mut outside) = (AddressSet::empty(), self.public.clone());
        for (other, set) in &self.resolved {
            if ancestors(&key).contains(other) {
                outside = outside.intersect(set);
            } else if ancestors(other).contains(&key) {
                inside = inside.union(set);
            }
        }
        bounds.add(&inside);
        bounds.add_doubtful(outside.subtract(&inside).union(&perhaps), doubt());
        bounds
    }

    fn doubt(&self, tag: &str, key: &str, side: &str, span: Span) -> Doubt {
        let name = |key: &str| Text::from(format!("tag|{key}|{side}"));
        let implied = ancestors(key)
            .into_iter()
            .filter(|ancestor| !self.resolved.contains_key(ancestor))
            .map(|ancestor| name(&ancestor))
            .collect();
        Doubt::outside(
            "service-tag",
            name(key),
            format!("which addresses service tag `{tag}` holds is not in the inputs"),
            format!("the addresses of service tag `{tag}`"),
            span,
        )
        .with_command(TAGS_COMMAND)
        .implying(implied)
    }
}

/// The places that a tag surely holds for a rule that does `access`, and those it can hold.
fn places(key: &str, access: Access) -> (AddressSet, AddressSet) {
    let tenants = AddressSet::place(Place::AzureTenant);
    let near = AddressSet::place(Place::AzureTenantSameRegion);
    let front_door = AddressSet::place(Place::FrontDoor);
    if key == CLOUD {
        return (AddressSet::azure_public(), AddressSet::empty());
    }
    if key == FRONT_DOOR_BACKEND {
        return (front_door, AddressSet::empty());
    }
    let is_cloud_region = key.split_once('.').is_some_and(|(base, _)| base == CLOUD);
    match (is_cloud_region, access) {
        (true, Access::Allow) => (tenants, near.union(&front_door)),
        (true, Access::Deny) => (AddressSet::empty(), near.union(&front_door)),
        (false, Access::Allow) if !key.starts_with(FRONT_DOOR) => {
            (AddressSet::empty(), tenants.union(&near))
        }
        (false, _) => (AddressSet::empty(), AddressSet::empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::parse_prefix;
    use crate::source::FileId;

    fn span() -> Span {
        Span::new(FileId::new(0), 0, 0)
    }

    fn set(text: &str) -> AddressSet {
        parse_prefix(text).unwrap()
    }

    fn tags(resolved: &[(&str, &str)]) -> ServiceTags {
        ServiceTags::new(
            resolved
                .iter()
                .map(|(tag, prefix)| ((*tag).to_owned(), set(prefix)))
                .collect(),
        )
    }

    #[test]
    fn a_regional_tag_lies_within_its_resolved_parent() {
        let tags = tags(&[("Storage", "20.38.0.0/16")]);
        let bounds = tags.addresses("storage.WestEurope", Access::Allow, "source", span());
        assert!(bounds.sure.is_empty());
        assert!(bounds.may().contains(&set("20.38.1.1")));
        assert!(!bounds.may().meets(&set("20.39.1.1")));
    }

    #[test]
    fn a_tag_holds_its_resolved_children() {
        let tags = tags(&[("Storage.WestEurope", "20.38.0.0/16")]);
        for tag in ["Storage", "AzureCloud", "AzureCloud.WestEurope"] {
            let bounds = tags.addresses(tag, Access::Deny, "source", span());
            assert!(bounds.sure.contains(&set("20.38.1.1")), "{tag}");
            assert!(bounds.may().contains(&set("8.8.8.8")), "{tag}");
        }
        let other = tags.addresses("Storage.EastUS", Access::Deny, "source", span());
        assert!(other.sure.is_empty());
    }

    #[test]
    fn nesting_is_told_to_the_case_split() {
        let bounds = tags(&[]).addresses("Storage.WestEurope", Access::Allow, "source", span());
        let (_, doubt) = &bounds.doubtful[0];
        let implied: Vec<&str> = doubt.implies.iter().map(|key| &**key).collect();
        assert_eq!(
            implied,
            [
                "tag|storage|source",
                "tag|azurecloud.westeurope|source",
                "tag|azurecloud|source"
            ]
        );
    }

    #[test]
    fn rented_addresses_are_in_the_cloud_whichever_they_are() {
        let tags = tags(&[]);
        let tenants = AddressSet::place(Place::AzureTenant);
        let sure = |tag: &str, access| tags.addresses(tag, access, "source", span()).sure;
        assert!(sure("AzureCloud", Access::Allow).contains(&tenants));
        assert!(sure("AzureCloud", Access::Deny).contains(&tenants));
        // One of a region can be rented there, and from elsewhere nothing is refused.
        assert!(sure("AzureCloud.WestEurope", Access::Allow).contains(&tenants));
        let denied = tags.addresses("AzureCloud.WestEurope", Access::Deny, "source", span());
        assert!(!denied.may().meets(&tenants));
        assert!(
            sure("AzureFrontDoor.Backend", Access::Allow)
                .contains(&AddressSet::place(Place::FrontDoor))
        );
    }
}
