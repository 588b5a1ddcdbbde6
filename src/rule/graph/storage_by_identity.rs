//! From the internet to storage by a host's identity.

use crate::evidence::{Doubt, Evidence};
use crate::graph::{EdgeId, EdgeKind, Model, Node};
use crate::reachability::Path;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-029.
pub(in crate::rule) static INTERNET_TO_STORAGE_BY_IDENTITY: Rule = Rule {
    id: "SL-NET-029",
    name: "internet-to-storage-by-identity",
    title: "Internet to storage through an identity hop",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-1", "PA-7"],
    references: "atlas: AML.T0035, AML.T0036; owasp-llm: LLM06",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether somebody who breaks into a host that the internet reaches gets at a \
            storage account by the host's identity.",
        matters: "The account may be closed to the world and still be one flaw away: the host is \
            inside, and its identity has the right.",
        pass: "No identity of a host that the internet reaches may use the account's data, or the \
            account's network does not let that host in.",
        fail: "A way leads from the internet to a host, from the host to its identity, and by its \
            role to the account's data.",
        unknown: "A step of the way is open.",
    },
    remedy: Remedy {
        text: "Narrow the role, or put a host that is not public in between.",
        edits: &[],
        cli: "az role assignment delete --assignee <principal> --role 'Storage Blob Data \
            Contributor' --scope <account id>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"networkAcls": {"defaultAction": "Allow"}}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "principalId": "[reference(resourceId('Microsoft.Compute/virtualMachines', 'host'), '2024-07-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
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
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"networkAcls": {"defaultAction": "Allow"}}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
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
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let Some(target) = context.model.find(&Node::Data(scene.index)) else {
        return;
    };
    if context.arrives_by_breaking_in(target).may.is_empty() {
        return;
    }
    let model = context.model;
    let Some(path) = context.way_by_breaking_in(target, |steps| acts_as_host(model, steps)) else {
        return;
    };
    let path = &path;
    let says = format!(
        "who breaks into {} gets at its data",
        host_on(context, path)
    );
    let answer = if path.is_sure() {
        Answer::Yes(along(path))
    } else {
        Answer::Open(
            path.doubts
                .iter()
                .map(|doubt| Doubt::clone(doubt))
                .collect(),
        )
    };
    ruling.judge("by-identity", says, answer);
}

/// Whether the steps break into a host and go on as its identity.
fn acts_as_host(model: &Model, steps: &[EdgeId]) -> bool {
    let edges = || steps.iter().filter_map(|id| model.edge(*id));
    edges().any(|edge| edge.assumes_compromise) && edges().any(|edge| edge.kind == EdgeKind::RunsAs)
}

/// The host on the path whose identity is used.
fn host_on(context: &Context<'_>, path: &Path) -> String {
    let hop = path.hops.iter().find(|hop| hop.kind == EdgeKind::RunsAs);
    let host = hop.and_then(|hop| context.model.resource_of(hop.from));
    let host = host.and_then(|index| context.inventory.get(index));
    host.map_or_else(|| "a host".to_owned(), |host| format!("`{}`", host.name))
}

/// What proves each hop, the steps of identity and rights first.
fn along(path: &Path) -> Vec<Evidence> {
    let hops = |identity: bool| {
        path.hops
            .iter()
            .filter(move |hop| hop.kind.is_identity() == identity)
    };
    let all = hops(true).chain(hops(false));
    all.flat_map(|hop| hop.evidence.iter().take(2).cloned())
        .collect()
}
