//! From a public host to any right at all.

use super::workload_privilege::is_workload;
use crate::network::identity::{Assignment, Code, Plane, Power};
use crate::rule::Ruling;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;
use crate::rule::rights::{gives, unless_doubtful};

/// SL-IAM-007.
pub(in crate::rule) static ESCALATION_FROM_PUBLIC_HOST: Rule = Rule {
    id: "SL-IAM-007",
    name: "escalation-from-public-host",
    title: "Escalation path: exposed host to identity to role assignment rights",
    topic: Topic::Identity,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-7", "IM-3"],
    references: "atlas: AML.T0012; owasp-llm: LLM06",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether a host that the internet reaches acts as an identity that can hand out \
            roles or read keys.",
        matters: "This is the whole way up: a flaw in the page, the identity of the machine, and \
            then any right it likes to give itself.",
        pass: "Identities of hosts that the internet reaches can neither write role assignments \
            nor list keys.",
        fail: "One holds a role with which it can write role assignments, or list the keys of a \
            resource in the inputs.",
        unknown: "Whether the host is reached, whose identity it is, or a condition of the \
            assignment is open.",
    },
    remedy: Remedy {
        text: "Take the role away; give the host the data role that it needs.",
        edits: &[],
        cli: "az role assignment delete --assignee <principal> --role Owner --scope <scope>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            "principalId": "[reference(resourceId('Microsoft.Compute/virtualMachines', 'host'), '2024-07-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}}, {"type": "Microsoft.Network/virtualNetworks",
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
        passes: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.Compute/virtualMachines', 'host'), '2024-07-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}}, {"type": "Microsoft.Network/virtualNetworks",
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
    },
    check: Check::Resource(check),
    question: None,
};

const ASSIGN: &str = "Microsoft.Authorization/roleAssignments/write";
/// Types whose keys open data or models.
const KEYED: [&str; 5] = [
    "Microsoft.Storage/storageAccounts",
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.Search/searchServices",
    "Microsoft.DocumentDB/databaseAccounts",
    "Microsoft.MachineLearningServices/workspaces",
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    for assignment in scene.context.rights.stated_by(scene.index) {
        let exposed = on_exposed_host(scene, assignment);
        if exposed.is_no() {
            continue;
        }
        let assigns = assignment.role.allows(Plane::Control, ASSIGN);
        let holds = match &assignment.role.open {
            Some(doubt) => Answer::open(doubt.clone()),
            None if assigns => unless_doubtful(&assignment.doubts, assignment.evidence.clone()),
            None => Answer::No,
        };
        let says = "a host on the internet acts as an identity that can hand out roles";
        ruling.judge("assigns-roles", says, exposed.clone().and(|| holds));
        if assigns {
            continue;
        }
        let says = "a host on the internet acts as an identity that can read keys";
        ruling.judge(
            "reads-keys",
            says,
            exposed.and(|| lists_keys(scene, assignment)),
        );
    }
}

/// Whether a host that the internet reaches acts as whoever holds `assignment`.
fn on_exposed_host(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let context = scene.context;
    let carriers = context.rights.carriers_of(&assignment.holder.principal);
    let mut hosts = carriers
        .filter(|carrier| carrier.code == Code::Answers)
        .peekable();
    if hosts.peek().is_some() {
        return Answer::any(hosts.map(|host| internet_reaches(context, host.resource)));
    }
    // It may be the identity of a host, which is then to be one that is reached.
    let is_ours = is_workload(scene, assignment);
    if !matches!(is_ours, Answer::Open(_)) {
        return Answer::No;
    }
    let all = context
        .rights
        .carriers()
        .iter()
        .filter(|carrier| carrier.code == Code::Answers);
    is_ours.and(|| Answer::any(all.map(|host| internet_reaches(context, host.resource))))
}

fn lists_keys(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let inventory = scene.context.inventory;
    let keyed = KEYED.iter().flat_map(|kind| inventory.of_type(kind));
    Answer::any(keyed.map(|(index, _)| gives(inventory, assignment, index, &[Power::ListKeys])))
}
