//! What Azure Firewall lets through, and what it translates.

use super::firewall_rule::{FirewallRule, FirewallRuleKind};
use super::{AddressBounds, AzureFirewall, Fact, PublicAddress};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Bounds, Entry, FlowSet, PortSet, ServiceSet};
use crate::value::Text;
use std::sync::Arc;

/// Which end of a packet a list's addresses are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Source,
    Destination,
}

/// One translation of a firewall.
#[derive(Clone, Debug)]
pub struct DestinationNat {
    /// The rule's name.
    pub name: Text,
    /// The packets that it takes, by sender, ports in front; some only if doubts hold.
    pub admission: AccessList,
    /// The ports in front, by protocol.
    pub services: ServiceSet,
    /// The port behind; `None` where ports stay.
    pub port: Option<PortSet>,
    /// The address behind; `None` where it is not known.
    pub address: Option<AddressSet>,
    /// The name behind, where one stands for the address.
    pub target_name: Option<Text>,
    /// What network rules may do with the translated packets: the documents disagree whether a
    /// refusing one counts.
    pub afterwards: AccessList,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

impl AzureFirewall {
    /// What it lets pass to `destination`, as a list over senders. O(rules · set size).
    pub fn transit_to(&self, destination: &AddressSet) -> AccessList {
        self.transit(Axis::Source, destination)
    }

    /// What it lets pass from `source`, as a list over destinations. O(rules · set size).
    pub fn transit_from(&self, source: &AddressSet) -> AccessList {
        self.transit(Axis::Destination, source)
    }

    fn transit(&self, axis: Axis, fixed: &AddressSet) -> AccessList {
        let mut entries = Vec::new();
        self.push_open(&mut entries);
        for rule in &self.rules {
            if rule.kind != FirewallRuleKind::Nat {
                push_rule(&mut entries, rule, axis, fixed);
            }
        }
        let mut evidence = vec![if self.is_taken_to_refuse {
            let says = "the firewall's rules outside the inputs are taken to let nothing pass";
            Evidence::assumed(self.span, says)
        } else {
            Evidence::platform(self.span, "a firewall refuses what no rule admits")
        }];
        evidence.extend(self.policies.iter().cloned());
        entries.push(Entry::exact(Access::Deny, FlowSet::all(), evidence));
        AccessList::new(entries)
    }

    /// What rules that are not in the inputs may do before all others.
    fn push_open(&self, entries: &mut Vec<Entry>) {
        let Some(doubt) = &self.open else { return };
        let says = "the firewall's policy is not in the inputs";
        for (access, about) in [(Access::Allow, "admits"), (Access::Deny, "refuses")] {
            let doubt = Doubt {
                key: format!("{}|{about}", doubt.key).into(),
                ..(**doubt).clone()
            };
            let evidence = vec![Evidence::stated(self.span, says)];
            entries.push(Entry::doubtful(access, FlowSet::all(), doubt, evidence));
        }
    }

    /// The translations of what comes to its public addresses, in the order in which they count.
    /// `public` are those addresses, where they are in the inputs.
    pub fn translations(&self, public: &[&PublicAddress]) -> Vec<DestinationNat> {
        let rules = self.rules.iter();
        rules
            .filter(|rule| rule.kind == FirewallRuleKind::Nat)
            .filter_map(|rule| self.translation(rule, public))
            .collect()
    }

    fn translation(
        &self,
        rule: &FirewallRule,
        public: &[&PublicAddress],
    ) -> Option<DestinationNat> {
        let translation = rule.translation.as_ref()?;
        let own = self.own_addresses(public);
        if let Some(own) = &own
            && !rule.destinations.may().meets(own)
        {
            return None;
        }
        let mut entries = Vec::new();
        for (set, doubts) in parts(&rule.sources) {
            let packets = FlowSet::new(&set, rule.services.clone());
            entries.push(entry(Access::Allow, packets, doubts, &rule.evidence));
        }
        if let Some(doubt) = &rule.other_services {
            let all = FlowSet::new(&rule.sources.may(), ServiceSet::all());
            let doubts = vec![Arc::clone(doubt)];
            entries.push(entry(Access::Allow, all, doubts, &rule.evidence));
        }
        let says = format!("NAT rule `{}` names other senders", rule.name);
        entries.push(Entry::exact(
            Access::Deny,
            FlowSet::all(),
            vec![Evidence::stated(rule.span, says)],
        ));
        Some(DestinationNat {
            name: Text::clone(&rule.name),
            admission: AccessList::new(entries),
            services: if rule.other_services.is_some() {
                ServiceSet::all()
            } else {
                rule.services.clone()
            },
            port: translation.port.clone(),
            address: translation.address.clone(),
            target_name: translation.name.clone(),
            afterwards: self.afterwards(translation.address.as_ref()),
            evidence: rule.evidence.clone(),
        })
    }

    /// The firewall's public addresses, where all are known.
    fn own_addresses(&self, public: &[&PublicAddress]) -> Option<AddressSet> {
        if public.is_empty() || public.len() < self.public_addresses.len() {
            return None;
        }
        public.iter().try_fold(AddressSet::empty(), |set, one| {
            Some(set.union(&AddressSet::single(one.address?)))
        })
    }

    /// Network rules that refuse what a NAT rule has translated, each in doubt.
    fn afterwards(&self, address: Option<&AddressSet>) -> AccessList {
        let mut entries = Vec::new();
        if let Some(address) = address {
            let list = self.transit_to(address);
            let decision = list.decide(&FlowSet::all(), &[]);
            let count = list.entries().len().saturating_sub(1);
            let firsts = list
                .entries()
                .iter()
                .zip(decision.first_matches)
                .take(count);
            for (refusing, first) in firsts {
                if refusing.access == Access::Deny && !first.is_empty() {
                    entries.push(Entry::doubtful(
                        Access::Deny,
                        first,
                        self.conflict(),
                        refusing.evidence.clone(),
                    ));
                }
            }
        }
        entries.push(Entry::exact(Access::Allow, FlowSet::all(), Vec::new()));
        AccessList::new(entries)
    }

    fn conflict(&self) -> Doubt {
        Doubt::outside(
            "nat-and-network-rules",
            format!("{:?}|network rules refuse translated packets", self.span),
            "the documents disagree whether a network rule refuses what a NAT rule has translated",
            "a test of the translated port",
            self.span,
        )
    }
}

/// Adds the entries of a network or application rule where it covers `fixed` at the other end.
fn push_rule(entries: &mut Vec<Entry>, rule: &FirewallRule, axis: Axis, fixed: &AddressSet) {
    let (listed, other) = match axis {
        Axis::Source => (&rule.sources, &rule.destinations),
        Axis::Destination => (&rule.destinations, &rule.sources),
    };
    let mut push = |access: Access, extra: Option<&Arc<Doubt>>| {
        for way in covering(other, fixed) {
            for (set, doubts) in parts(listed) {
                let services = std::iter::once((rule.services.clone(), None));
                let others = rule
                    .other_services
                    .iter()
                    .map(|doubt| (ServiceSet::all(), Some(doubt)));
                for (services, service_doubt) in services.chain(others) {
                    let packets = FlowSet::new(&set, services);
                    if packets.is_empty() {
                        continue;
                    }
                    let mut all = doubts.clone();
                    all.extend(way.iter().cloned());
                    all.extend(service_doubt.cloned());
                    all.extend(extra.cloned());
                    entries.push(entry(access, packets, all, &rule.evidence));
                }
            }
        }
    };
    match &rule.access {
        Fact::Known(access) => push(*access, None),
        Fact::Open(doubt) => {
            push(Access::Allow, Some(doubt));
            push(Access::Deny, None);
        }
    }
}

/// The parts of `bounds`, each with what must hold for it.
fn parts(bounds: &AddressBounds) -> Vec<(AddressSet, Vec<Arc<Doubt>>)> {
    let sure = std::iter::once((bounds.sure.clone(), Vec::new()));
    let doubtful = bounds.doubtful.iter();
    sure.chain(doubtful.map(|(set, doubt)| (set.clone(), vec![Arc::clone(doubt)])))
        .filter(|(set, _)| !set.is_empty())
        .collect()
}

/// The ways in which `bounds` can cover one address that is somewhere in `fixed`: in each, all
/// doubts must hold; one without doubts where it surely does.
fn covering(bounds: &AddressBounds, fixed: &AddressSet) -> Vec<Vec<Arc<Doubt>>> {
    if bounds.sure.contains(fixed) {
        return vec![Vec::new()];
    }
    let within = |set: &AddressSet| {
        let shown = set.intersect(fixed).describe().join(", ");
        let whole = fixed.describe().join(", ");
        Arc::new(Doubt::outside(
            "private-address",
            format!("{whole}|is in {shown}"),
            format!("which of the addresses {whole} is meant is not in the inputs"),
            "the address",
            None,
        ))
    };
    let mut ways = Vec::new();
    if bounds.sure.meets(fixed) {
        ways.push(vec![within(&bounds.sure)]);
    }
    for (set, doubt) in &bounds.doubtful {
        if set.contains(fixed) {
            ways.push(vec![Arc::clone(doubt)]);
        } else if set.meets(fixed) {
            ways.push(vec![Arc::clone(doubt), within(set)]);
        }
    }
    ways
}

fn entry(
    access: Access,
    packets: FlowSet,
    doubts: Vec<Arc<Doubt>>,
    evidence: &[Evidence],
) -> Entry {
    Entry {
        access,
        matches: Bounds {
            must: if doubts.is_empty() {
                packets.clone()
            } else {
                FlowSet::empty()
            },
            may: packets,
        },
        doubts,
        evidence: evidence.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find, set};
    use super::*;

    const POLICY: &str = r#"[
        {"type": "Microsoft.Network/azureFirewalls", "name": "fw", "properties": {
            "firewallPolicy": {"id": "@firewallPolicies:child"},
            "ipConfigurations": [{"name": "c", "properties": {
                "subnet": {"id": "@virtualNetworks/subnets:net/AzureFirewallSubnet"},
                "publicIPAddress": {"id": "@publicIPAddresses:pip"}}}]}},
        {"type": "Microsoft.Network/firewallPolicies", "name": "child",
         "properties": {"basePolicy": {"id": "@firewallPolicies:base"}}},
        {"type": "Microsoft.Network/firewallPolicies", "name": "base", "properties": {}},
        {"type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups", "name": "base/g",
         "properties": {"priority": 500, "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "stop",
            "priority": 900, "action": {"type": "Deny"}, "rules": [{
                "ruleType": "NetworkRule", "name": "noSsh", "ipProtocols": ["TCP"],
                "sourceAddresses": ["*"], "destinationAddresses": ["10.0.0.0/8"],
                "destinationPorts": ["22"]}]}]}},
        {"type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups", "name": "child/g",
         "properties": {"priority": 100, "ruleCollections": [
            {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "go",
             "priority": 100, "action": {"type": "Allow"}, "rules": [{
                "ruleType": "NetworkRule", "name": "any", "ipProtocols": ["Any"],
                "sourceIpGroups": ["@ipGroups:offices"], "destinationAddresses": ["10.0.0.0/8"],
                "destinationPorts": ["20-30"]}]},
            {"ruleCollectionType": "FirewallPolicyNatRuleCollection", "name": "in",
             "priority": 300, "action": {"type": "DNAT"}, "rules": [{
                "ruleType": "NatRule", "name": "web", "ipProtocols": ["TCP"],
                "sourceAddresses": ["*"], "destinationAddresses": ["20.1.2.3"],
                "destinationPorts": ["443"], "translatedAddress": "10.0.1.4",
                "translatedPort": "8443"}]},
            {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "web",
             "priority": 400, "action": {"type": "Allow"}, "rules": [{
                "ruleType": "ApplicationRule", "name": "anyWeb", "sourceAddresses": ["10.0.0.0/8"],
                "protocols": [{"protocolType": "Https", "port": 443}], "targetFqdns": ["*"]}]}]}},
        {"type": "Microsoft.Network/ipGroups", "name": "offices",
         "properties": {"ipAddresses": ["198.51.100.0/24", "203.0.113.7"]}}]"#;

    fn firewall() -> AzureFirewall {
        let (inventory, topology) = estate(POLICY);
        topology.firewalls[&find(&inventory, "azureFirewalls", "fw")].clone()
    }

    fn passes(list: &AccessList, address: &str, port: u16) -> bool {
        let packet = FlowSet::new(&set(address), ServiceSet::tcp(port));
        let allowed = list.decide(&packet, &[]).allowed;
        assert_eq!(allowed.must, allowed.may);
        !allowed.must.is_empty()
    }

    #[test]
    fn a_parent_policy_comes_first_whatever_the_priorities() {
        let list = firewall().transit_to(&set("10.0.1.4"));
        assert!(!passes(&list, "203.0.113.7", 22));
        assert!(passes(&list, "203.0.113.7", 23));
        assert!(!passes(&list, "203.0.113.8", 23));
        let sorts: Vec<_> = firewall()
            .rules
            .iter()
            .map(|rule| rule.name.to_string())
            .collect();
        assert_eq!(sorts, ["web", "noSsh", "any", "anyWeb"]);
    }

    #[test]
    fn application_rules_let_out_by_destination() {
        let list = firewall().transit_from(&set("10.0.1.4"));
        assert!(passes(&list, "8.8.8.8", 443));
        assert!(!passes(&list, "8.8.8.8", 80));
    }

    #[test]
    fn a_nat_rule_translates_what_comes_to_a_public_address() {
        let translations = firewall().translations(&[]);
        let web = &translations[0];
        assert!(passes(&web.admission, "8.8.8.8", 443));
        assert!(!passes(&web.admission, "8.8.8.8", 80));
        assert_eq!(web.port.as_ref().unwrap().to_string(), "8443");
        assert_eq!(web.address, Some(set("10.0.1.4")));
        // No network rule refuses port 8443; one refuses port 22, in doubt.
        assert!(passes(&web.afterwards, "8.8.8.8", 8443));
        let ssh = FlowSet::new(&set("8.8.8.8"), ServiceSet::tcp(22));
        let allowed = web.afterwards.decide(&ssh, &[]).allowed;
        assert!(allowed.must.is_empty() && !allowed.may.is_empty());
    }
}
