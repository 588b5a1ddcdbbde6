//! Azure Firewall: its addresses, and its rules in the order in which they count.
//!
//! Template reference: `Microsoft.Network/azureFirewalls`, `Microsoft.Network/firewallPolicies`.
//! Per "Azure Firewall rule processing logic": NAT rules come first, then network rules, then
//! application rules, whatever their priorities; among one sort, a parent policy before its child,
//! then the group's priority, then the collection's, then the order of rules. What none matches is
//! refused.

use super::firewall_rule::{Collection, FirewallRule, FirewallRuleKind};
use super::gateway::network_of_subnet;
use super::{Reference, ServiceTags};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, parse_prefix};
use crate::resource::{Inventory, Presence, Reader, Resource, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// A firewall, read.
#[derive(Clone, Debug)]
pub struct AzureFirewall {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// The network that it stands in, where that is in the inputs.
    pub network: Option<ResourceIndex>,
    /// The subnet that it stands in.
    pub subnet: Option<Reference>,
    /// The hub that it stands in, where it stands in one.
    pub hub: Option<Reference>,
    /// Its public addresses.
    pub public_addresses: Vec<Reference>,
    /// Its private address, where it is stated.
    pub private_address: Option<(AddressSet, Span)>,
    /// What threat intelligence does: `Off`, `Alert` or `Deny`.
    pub threat_intel_mode: Setting<Text>,
    /// The rules, in the order in which they count.
    pub rules: Vec<FirewallRule>,
    /// The policies whose rules these are, each with its text.
    pub policies: Vec<Evidence>,
    /// Why there may be rules before these that are not in the inputs, where there may.
    pub open: Option<Arc<Doubt>>,
    /// Whether rules that are not in the inputs are taken to let nothing pass.
    pub(super) is_taken_to_refuse: bool,
}

/// The type of a firewall.
pub(super) const FIREWALL: &str = "Microsoft.Network/azureFirewalls";
/// How many policies inherit from one another in a row.
const POLICY_DEPTH: usize = 8;

impl AzureFirewall {
    /// Reads the firewall at `index` with its policies. `None` where that is no resource.
    /// O(rules log rules).
    pub fn read(
        inventory: &Inventory,
        index: ResourceIndex,
        service_tags: &ServiceTags,
    ) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let configurations = properties.at("ipConfigurations").items();
        let refer = |reader: Reader<'_>| Reference::read(inventory, resource.file, reader);
        let subnet = configurations
            .iter()
            .find_map(|item| refer(item.path("properties.subnet")));
        let mut rules = Rules {
            inventory,
            service_tags,
            found: Vec::new(),
            policies: Vec::new(),
            open: None,
        };
        rules.read_classic(resource);
        if let Some(policy) = refer(properties.at("firewallPolicy")) {
            rules.read_policies(&policy);
        }
        rules.found.sort_by_key(|(order, _)| *order);
        Some(Self {
            index,
            span: resource.span,
            network: subnet
                .as_ref()
                .and_then(|subnet| network_of_subnet(inventory, resource, subnet)),
            subnet,
            hub: refer(properties.at("virtualHub")),
            public_addresses: configurations
                .iter()
                .filter_map(|item| refer(item.path("properties.publicIPAddress")))
                .collect(),
            private_address: private_address(properties, &configurations),
            threat_intel_mode: properties.at("threatIntelMode").text(),
            rules: rules.found.into_iter().map(|(_, rule)| rule).collect(),
            policies: rules.policies,
            open: rules.open,
            is_taken_to_refuse: false,
        })
    }

    /// Takes rules that are not in the inputs to let nothing pass.
    pub(super) fn refuse_unseen(&mut self) {
        self.is_taken_to_refuse = self.open.take().is_some();
    }
}

fn private_address(
    properties: Reader<'_>,
    configurations: &[Reader<'_>],
) -> Option<(AddressSet, Span)> {
    let own = configurations
        .iter()
        .map(|item| item.path("properties.privateIPAddress"));
    own.chain([properties.path("hubIPAddresses.privateIPAddress")])
        .find_map(|reader| {
            let text = reader.text();
            Some((parse_prefix(text.stated()?)?, reader.span()))
        })
}

/// What decides a rule's place: its sort, how far up its policy is, the group's priority, the
/// collection's.
type Order = (FirewallRuleKind, usize, i64, i64);

struct Rules<'a> {
    inventory: &'a Inventory,
    service_tags: &'a ServiceTags,
    found: Vec<(Order, FirewallRule)>,
    policies: Vec<Evidence>,
    open: Option<Arc<Doubt>>,
}

impl<'a> Rules<'a> {
    /// The rule collections in the firewall itself.
    fn read_classic(&mut self, firewall: &Resource) {
        let sorts = [
            ("natRuleCollections", FirewallRuleKind::Nat),
            ("networkRuleCollections", FirewallRuleKind::Network),
            ("applicationRuleCollections", FirewallRuleKind::Application),
        ];
        for (member, kind) in sorts {
            for item in firewall.properties().at(member).items() {
                let properties = item.at("properties");
                let order = (kind, 0, 0, priority(properties));
                let collection = self.collection(firewall, item, properties);
                for rule in properties.at("rules").items() {
                    self.found.push((order, collection.rule(rule, kind)));
                }
            }
        }
    }

    /// The rules of a policy and of those that it inherits from.
    fn read_policies(&mut self, policy: &Reference) {
        let mut chain = vec![policy.clone()];
        while chain.len() <= POLICY_DEPTH {
            let Some(last) = chain.last() else { break };
            let Some(resource) = self.known_policy(last) else {
                break;
            };
            let base = resource.properties().at("basePolicy");
            match Reference::read(self.inventory, resource.file, base) {
                Some(base) => chain.push(base),
                None => break,
            }
        }
        let depth = chain.len();
        for (at, reference) in chain.iter().enumerate() {
            match self.known_policy(reference) {
                Some(resource) => self.read_policy(resource, depth - at),
                None => self.open = Some(Arc::new(outside(reference))),
            }
        }
    }

    fn known_policy(&self, reference: &Reference) -> Option<&'a Resource> {
        let resource = self.inventory.get(reference.resource()?)?;
        (!matches!(resource.presence, Presence::Existing)).then_some(resource)
    }

    /// The rules of one policy, which is number `rank` from the top.
    fn read_policy(&mut self, policy: &Resource, rank: usize) {
        let inventory = self.inventory;
        let says = format!("its rules are those of policy `{}`", policy.short_name());
        self.policies.push(Evidence::stated(policy.span, says));
        let groups = inventory.children_of(policy, "ruleCollectionGroups", "ruleCollectionGroups");
        // An answer about a policy names its groups and does not show them.
        for named in policy.properties().at("ruleCollectionGroups").items() {
            if let Some(group) = Reference::read(inventory, policy.file, named)
                && group.resource().is_none()
            {
                self.open = Some(Arc::new(outside(&group)));
            }
        }
        for group in &groups {
            let properties = group.properties();
            let group_priority = priority(properties);
            for item in properties.at("ruleCollections").items() {
                let collection = self.collection(policy, item, item);
                for rule in item.at("rules").items() {
                    let kind = kind_of(rule, item);
                    let order = (kind, rank, group_priority, priority(item));
                    self.found.push((order, collection.rule(rule, kind)));
                }
            }
        }
    }

    fn collection(
        &self,
        owner: &Resource,
        item: Reader<'_>,
        properties: Reader<'_>,
    ) -> Collection<'a> {
        let name = item.at("name").symbol();
        Collection {
            inventory: self.inventory,
            file: owner.file,
            service_tags: self.service_tags,
            name: name
                .stated()
                .cloned()
                .unwrap_or_else(|| "collection".into()),
            action: properties.path("action.type").text(),
        }
    }
}

fn priority(properties: Reader<'_>) -> i64 {
    let priority = properties.at("priority").integer();
    priority.stated().copied().unwrap_or(i64::MAX)
}

/// What a policy's rule looks at: its `ruleType`, or its collection's type where that is absent.
fn kind_of(rule: Reader<'_>, collection: Reader<'_>) -> FirewallRuleKind {
    let word = rule.at("ruleType").text();
    if word.is("NatRule") == Some(true) {
        FirewallRuleKind::Nat
    } else if word.is("ApplicationRule") == Some(true) {
        FirewallRuleKind::Application
    } else if word.is_absent()
        && collection
            .at("ruleCollectionType")
            .text()
            .is("FirewallPolicyNatRuleCollection")
            == Some(true)
    {
        FirewallRuleKind::Nat
    } else {
        FirewallRuleKind::Network
    }
}

fn outside(policy: &Reference) -> Doubt {
    let name = policy.id.display_name();
    Doubt::outside(
        "firewall-policy-outside",
        format!("firewall policy|{}", policy.id.key()),
        format!("firewall policy `{name}` is not in the inputs"),
        format!("an export with firewall policy `{name}`"),
        policy.span,
    )
    .with_command(policy.id.show_command())
}
