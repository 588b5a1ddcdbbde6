//! AI networks peered to less trusted ones.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{FlowSet, ServiceSet};
use crate::network::{Direction, Peering, Reference, Subnet};
use crate::resource::ResourceIndex;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-031.
pub(in crate::rule) static PEERING_TO_LESS_TRUSTED_NETWORK: Rule = Rule {
    id: "SL-NET-031",
    name: "peering-to-less-trusted-network",
    title: "Peering opens the AI vnet to a less trusted one",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/virtualNetworkPeerings"],
    controls: &["NS-1"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the network of AI resources is peered to one with hosts that the \
            internet reaches, or that nobody knows.",
        matters: "Peered networks are one to the default rules. A taken web host next door stands \
            before every private endpoint.",
        pass: "The peer holds no host that the internet reaches, or a security group with rules \
            of its own stands before the AI subnets. Peerings of networks without AI resources \
            are left out.",
        fail: "The peer holds such a host and no subnet of AI resources has a security group that \
            refuses it.",
        unknown: "The peer is not in the inputs.",
    },
    remedy: Remedy {
        text: "Allow by prefix in the security groups of AI subnets, or put a firewall between \
            the networks.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "ainet", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]},
            "subnets": [{"name": "endpoints",
            "properties": {"addressPrefix": "10.1.1.0/24"}}]}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'ainet', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]",
            "groupIds": ["account"]}}]}}, {"type": "Microsoft.CognitiveServices/accounts",
            "apiVersion": "2025-06-01", "name": "ai", "kind": "OpenAI",
            "properties": {"customSubDomainName": "ai", "publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
            "apiVersion": "2024-05-01", "name": "ainet/to-net",
            "properties": {"remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]"},
            "allowVirtualNetworkAccess": true}},
            {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
            "apiVersion": "2024-05-01", "name": "net/to-ainet",
            "properties": {"remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'ainet')]"},
            "allowVirtualNetworkAccess": true}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}},
            {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static",
            "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "ainet", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]},
            "subnets": [{"name": "endpoints",
            "properties": {"addressPrefix": "10.1.1.0/24"}}]}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'ainet', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]",
            "groupIds": ["account"]}}]}}, {"type": "Microsoft.CognitiveServices/accounts",
            "apiVersion": "2025-06-01", "name": "ai", "kind": "OpenAI",
            "properties": {"customSubDomainName": "ai", "publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
            "apiVersion": "2024-05-01", "name": "ainet/to-net",
            "properties": {"remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]"},
            "allowVirtualNetworkAccess": true}},
            {"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
            "apiVersion": "2024-05-01", "name": "net/to-ainet",
            "properties": {"remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'ainet')]"},
            "allowVirtualNetworkAccess": true}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}},
            {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope", "properties": {"securityRules": []}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static",
            "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

/// Types by whose private endpoints a network is known as one of AI resources.
const AI: [&str; 4] = [
    "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.MachineLearningServices/registries",
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.Search/searchServices",
];

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let mut rulings = Vec::new();
    for network in context.topology.virtual_networks().keys() {
        let subnets = ai_subnets(context, *network);
        let peerings = context.topology.peerings(*network);
        if subnets.is_empty() || peerings.is_empty() {
            continue;
        }
        let mut ruling = Ruling::about(*network);
        for peering in peerings {
            let says = format!(
                "its peering `{}` lets in hosts that the internet reaches",
                peering.name
            );
            ruling.judge(&peering.name, says, is_risky(context, peering, &subnets));
        }
        rulings.push(ruling);
    }
    rulings
}

/// The subnets of `network` with AI resources.
fn ai_subnets<'a>(context: &Context<'a>, network: ResourceIndex) -> Vec<&'a Subnet> {
    let has_model = |subnet: &Subnet| {
        let endpoints = &context.topology.private_endpoints;
        let leads = endpoints
            .iter()
            .filter(|endpoint| {
                endpoint.subnet.as_ref().and_then(Reference::resource) == Some(subnet.index)
            })
            .flat_map(|endpoint| &endpoint.connections)
            .filter_map(|connection| context.inventory.get(connection.target.resource()?))
            .any(|target| AI.iter().any(|kind| target.resource_type.is(kind)));
        leads || !context.relations.model_hosts_in(subnet.index).is_empty()
    };
    let subnets = context.topology.subnets.values();
    subnets
        .filter(|subnet| subnet.network == Some(network) && has_model(subnet))
        .collect()
}

fn is_risky(context: &Context<'_>, peering: &Peering, subnets: &[&Subnet]) -> Answer {
    let Some(remote) = peering.remote_network() else {
        let name = peering.remote.id.short_name();
        return Answer::open(Doubt::outside(
            "peer-outside",
            format!("{}|hosts", peering.remote.id),
            format!("the peered network `{name}` is not in the inputs"),
            format!("the template of network `{name}`"),
            peering.span,
        ));
    };
    let topology = context.topology;
    let hosts = topology
        .subnets
        .values()
        .filter(|subnet| subnet.network == Some(remote))
        .flat_map(|subnet| context.neighbours.in_subnet(subnet.index));
    let exposed = Answer::any(hosts.map(|host| internet_reaches(context, *host)));
    if exposed.is_no() {
        return exposed;
    }
    let space = topology
        .virtual_networks()
        .get(&remote)
        .map(|one| one.space.sure.clone());
    let packets = FlowSet::new(&space.unwrap_or_default(), ServiceSet::all());
    let lets_in = Answer::any(
        subnets
            .iter()
            .map(|subnet| lets_in(context, subnet, &packets)),
    );
    exposed.and(|| lets_in)
}

/// Whether what stands in front of `subnet` lets some of `packets` in.
fn lets_in(context: &Context<'_>, subnet: &Subnet, packets: &FlowSet) -> Answer {
    let topology = context.topology;
    let reference = topology.reference_to(subnet.index);
    let local = topology.local_in(subnet.name.clone(), reference.as_ref());
    let filter = topology.subnet_filter(reference.as_ref(), &local, Direction::Inbound, None);
    let allowed = filter.decide(packets).allowed;
    if allowed.may.is_empty() {
        return Answer::No;
    }
    let Some(resource) = context.inventory.get(subnet.index) else {
        return Answer::No;
    };
    if allowed.must.is_empty() {
        return Answer::open(Doubt::outside(
            "filter-open",
            format!("{}|filter", resource.id),
            format!(
                "what stands in front of subnet `{}` is not decided",
                subnet.name
            ),
            format!("the security groups of subnet `{}`", subnet.name),
            resource.span,
        ));
    }
    let says = format!("nothing keeps its hosts from subnet `{}`", subnet.name);
    Answer::yes(Evidence::stated(resource.span, says))
}
