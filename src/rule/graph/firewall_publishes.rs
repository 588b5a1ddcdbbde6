//! Private hosts that a firewall publishes.

use crate::evidence::{Doubt, Evidence};
use crate::flow::parse_prefix;
use crate::resource::{Reader, ResourceIndex};
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-019.
pub(in crate::rule) static FIREWALL_PUBLISHES_PRIVATE_HOST: Rule = Rule {
    id: "SL-NET-019",
    name: "firewall-publishes-private-host",
    title: "Firewall DNAT publishes a private AI host",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/firewallPolicies/ruleCollectionGroups"],
    controls: &["NS-3"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a translation of the firewall leads the internet to a host with AI, data \
            or management in a private subnet.",
        matters: "The host has no public address and still is on the internet; whoever looks at \
            the host does not see it.",
        pass: "No rule translates to such a subnet, or its senders are listed ranges.",
        fail: "A rule with any sender translates to an address in a subnet of the estate that \
            holds machines, clusters, computes or private endpoints.",
        unknown: "The address behind, or the senders, are a parameter.",
    },
    remedy: Remedy {
        text: "Take the rule out, or name the senders.",
        edits: &[],
        cli: "az network firewall policy rule-collection-group collection rule update \
            --policy-name <policy> --resource-group <group> --rule-collection-group-name <group> \
            --collection-name <collection> --name <rule> --source-addresses <range>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
            "apiVersion": "2024-05-01", "name": "policy/in", "properties": {"priority": 100,
            "ruleCollections": [{"ruleCollectionType": "FirewallPolicyNatRuleCollection",
            "name": "in", "priority": 100, "action": {"type": "DNAT"},
            "rules": [{"ruleType": "NatRule", "name": "web", "ipProtocols": ["TCP"],
            "sourceAddresses": ["*"], "destinationAddresses": ["203.0.113.10"],
            "destinationPorts": ["443"], "translatedAddress": "10.0.1.4",
            "translatedPort": "443"}]}]}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static"}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
            "apiVersion": "2024-05-01", "name": "policy/in", "properties": {"priority": 100,
            "ruleCollections": [{"ruleCollectionType": "FirewallPolicyNatRuleCollection",
            "name": "in", "priority": 100, "action": {"type": "DNAT"},
            "rules": [{"ruleType": "NatRule", "name": "web", "ipProtocols": ["TCP"],
            "sourceAddresses": ["203.0.113.0/24"], "destinationAddresses": ["203.0.113.10"],
            "destinationPorts": ["443"], "translatedAddress": "10.0.1.4",
            "translatedPort": "443"}]}]}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static"}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Any sender.
const FROM_ANYWHERE: Condition = property(
    "sourceAddresses",
    Holds(&["*", "0.0.0.0/0", "Internet"]),
    Not,
);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    for collection in scene.properties().at("ruleCollections").items() {
        for rule in collection.at("rules").items() {
            let name = rule.at("name").symbol();
            let name = name.stated().map_or("", |name| name);
            if rule.at("ruleType").text().is("NatRule") == Some(false) {
                continue;
            }
            let says = format!("its rule `{name}` leads the internet to a private host");
            let senders = FROM_ANYWHERE.ask(&scene.at(rule));
            let answer = senders.and(|| leads_to_host(scene.context, rule));
            ruling.judge(&format!("rule {name}"), says, answer);
        }
    }
}

/// Whether the rule translates to an address in a subnet where something of worth stands.
fn leads_to_host(context: &Context<'_>, rule: Reader<'_>) -> Answer {
    let address = rule.at("translatedAddress").text();
    if let Some(unknown) = address.unknown() {
        return Answer::open(Doubt::of(unknown, address.span(), "translatedAddress"));
    }
    let Some(set) = address.stated().and_then(|text| parse_prefix(text)) else {
        return Answer::No;
    };
    let holding = |subnet: ResourceIndex| {
        let neighbours = &context.neighbours;
        let hosts = neighbours
            .in_subnet(subnet)
            .iter()
            .chain(neighbours.endpoints_in(subnet));
        hosts.copied().next()
    };
    let found = context
        .topology
        .subnets
        .values()
        .filter(|subnet| subnet.prefixes.sure.contains(&set))
        .find_map(|subnet| Some((subnet, holding(subnet.index)?)));
    match found {
        Some((subnet, host)) => {
            let host = context.inventory.get(host).map_or("", |host| &host.name);
            let says = format!(
                "it translates to subnet `{}`, where `{host}` stands",
                subnet.name
            );
            Answer::yes(Evidence::stated(address.span(), says))
        }
        None => Answer::No,
    }
}
