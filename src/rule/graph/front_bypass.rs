//! Backends that answer past their web application firewall.

use crate::network::BackendAddress;
use crate::reachability::Exposure;
use crate::resource::ResourceIndex;
use crate::rule::exposed::{deciding, is_open};
use crate::rule::host::resource_called;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};
use std::collections::BTreeSet;

/// SL-NET-023.
pub(in crate::rule) static WAF_CAN_BE_WALKED_ROUND: Rule = Rule {
    id: "SL-NET-023",
    name: "waf-can-be-walked-round",
    title: "WAF can be walked round",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &["NS-6", "NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether what stands behind a web application firewall also answers the internet \
            past it.",
        matters: "Scanners find the origin by its default name within days; the firewall then \
            guards a door that nobody needs.",
        pass: "Nobody on the internet reaches the backend except through the front. Backends \
            outside the inputs are left out.",
        fail: "A backend or origin of a gateway or Front Door with a firewall is reached from the \
            internet directly.",
        unknown: "Whether the backend is reached directly is open.",
    },
    remedy: Remedy {
        text: "Use a private link to the origin, or restrict the backend to the front.",
        edits: &[],
        cli: "az webapp config access-restriction add --name <app> --resource-group <group> \
            --rule-name front --action Allow --subnet <gateway subnet> --vnet-name <network> \
            --priority 100",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01",
            "name": "front", "location": "westeurope", "properties": {"sku": {"name": "WAF_v2",
            "tier": "WAF_v2"}, "gatewayIPConfigurations": [{"name": "g",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'front')]"}}}],
            "frontendIPConfigurations": [{"name": "public",
            "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}],
            "webApplicationFirewallConfiguration": {"enabled": true,
            "firewallMode": "Prevention", "ruleSetType": "OWASP", "ruleSetVersion": "3.2"},
            "backendAddressPools": [{"name": "b",
            "properties": {"backendAddresses": [{"fqdn": "chat.azurewebsites.net"}]}}],
            "backendHttpSettingsCollection": [{"name": "s", "properties": {"port": 443,
            "protocol": "Https"}}], "frontendPorts": [{"name": "p",
            "properties": {"port": 443}}], "httpListeners": [{"name": "l",
            "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', 'front', 'public')]"},
            "frontendPort": {"id": "[resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'front', 'p')]"},
            "protocol": "Http"}}], "requestRoutingRules": [{"name": "r",
            "properties": {"ruleType": "Basic", "priority": 1,
            "httpListener": {"id": "[resourceId('Microsoft.Network/applicationGateways/httpListeners', 'front', 'l')]"},
            "backendAddressPool": {"id": "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'front', 'b')]"},
            "backendHttpSettings": {"id": "[resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', 'front', 's')]"}}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01",
            "name": "front", "location": "westeurope", "properties": {"sku": {"name": "WAF_v2",
            "tier": "WAF_v2"}, "gatewayIPConfigurations": [{"name": "g",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'front')]"}}}],
            "frontendIPConfigurations": [{"name": "public",
            "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}],
            "webApplicationFirewallConfiguration": {"enabled": true,
            "firewallMode": "Prevention", "ruleSetType": "OWASP", "ruleSetVersion": "3.2"},
            "backendAddressPools": [{"name": "b",
            "properties": {"backendAddresses": [{"fqdn": "chat.azurewebsites.net"}]}}],
            "backendHttpSettingsCollection": [{"name": "s", "properties": {"port": 443,
            "protocol": "Https"}}], "frontendPorts": [{"name": "p",
            "properties": {"port": 443}}], "httpListeners": [{"name": "l",
            "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', 'front', 'public')]"},
            "frontendPort": {"id": "[resourceId('Microsoft.Network/applicationGateways/frontendPorts', 'front', 'p')]"},
            "protocol": "Http"}}], "requestRoutingRules": [{"name": "r",
            "properties": {"ruleType": "Basic", "priority": 1,
            "httpListener": {"id": "[resourceId('Microsoft.Network/applicationGateways/httpListeners', 'front', 'l')]"},
            "backendAddressPool": {"id": "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'front', 'b')]"},
            "backendHttpSettings": {"id": "[resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', 'front', 's')]"}}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let mut rulings = Vec::new();
    for (front, names) in guarded(context) {
        let targets: BTreeSet<ResourceIndex> = names
            .iter()
            .filter_map(|name| resource_called(context, name))
            .collect();
        if targets.is_empty() {
            continue;
        }
        let mut ruling = Ruling::about(front);
        for target in targets {
            let name = context
                .inventory
                .get(target)
                .map_or("", |target| target.short_name());
            let says = format!("`{name}` behind it also answers the internet past it");
            ruling.judge(name, says, reached_without(context, target, front));
        }
        rulings.push(ruling);
    }
    rulings
}

/// The fronts with a web application firewall, each with the host names behind it.
fn guarded(context: &Context<'_>) -> Vec<(ResourceIndex, Vec<String>)> {
    let topology = context.topology;
    let mut fronts = Vec::new();
    for gateway in topology.application_gateways.values() {
        let by_route = gateway
            .routes
            .iter()
            .any(|route| route.web_application_firewall.is_some());
        if gateway.web_application_firewall.is_none() && !by_route {
            continue;
        }
        let members = gateway
            .routes
            .iter()
            .flat_map(|route| &route.backends)
            .flat_map(|backend| &backend.members);
        let names = members.filter_map(|member| match member {
            BackendAddress::Name(name, _) => Some(name.to_string()),
            BackendAddress::Address(..) => None,
        });
        fronts.push((gateway.index, names.collect()));
    }
    for door in topology.front_doors.values() {
        let routes = door
            .routes
            .iter()
            .filter(|route| route.web_application_firewall.is_some());
        let names: Vec<String> = routes
            .flat_map(|route| &route.origins)
            .map(|origin| origin.host_name.to_string())
            .collect();
        if !names.is_empty() {
            fronts.push((door.index, names));
        }
    }
    fronts
}

/// Whether anyone on the internet reaches `target` on a way that `front` is not on.
fn reached_without(context: &Context<'_>, target: ResourceIndex, front: ResourceIndex) -> Answer {
    Answer::any(context.exposures_of(target).into_iter().map(|exposure| {
        match is_open(context, exposure) {
            Answer::Yes(evidence) => match way_round(context, exposure, front) {
                Some(own) if own.is_empty() => Answer::Yes(evidence),
                Some(own) => Answer::Yes(own),
                None => Answer::No,
            },
            other => other,
        }
    }))
}

/// What decides on a way to the door that `front` is not on.
fn way_round(
    context: &Context<'_>,
    exposure: &Exposure,
    front: ResourceIndex,
) -> Option<Vec<crate::evidence::Evidence>> {
    let mut sure = exposure.paths.iter().filter(|path| path.is_sure());
    let path = sure.find(|path| {
        let mut ends = path.hops.iter().flat_map(|hop| [hop.from, hop.to]);
        !ends.any(|node| context.model.resource_of(node) == Some(front))
    })?;
    let mut evidence = deciding(path);
    evidence.truncate(2);
    Some(evidence)
}
