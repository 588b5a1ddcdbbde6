//! Ways through networks: who gets to a machine by which of them, and what keeps the others out.

#![allow(
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do, and writes JSON where it is used"
)]

use serde_json::{Value, json};
use sightline::analysis::{Analysis, Options, analyse};
use sightline::evidence::Basis;
use sightline::graph::EdgeKind;
use sightline::input::RawFile;
use sightline::reachability::{Exposure, OpenTo, Verdict};

/// The identifier of a resource of `Microsoft.Network/<kind>`, or of a kind with its namespace.
fn id(kind: &str, name: &str) -> Value {
    let kind = if kind.contains('.') {
        kind.to_owned()
    } else {
        format!("Microsoft.Network/{kind}")
    };
    let names = name.replace('/', "', '");
    json!({ "id": format!("[resourceId('{kind}', '{names}')]") })
}

fn resource(kind: &str, name: &str, properties: Value) -> Value {
    json!({ "type": format!("Microsoft.Network/{kind}"), "apiVersion": "2024-05-01", "name": name,
        "location": "westeurope", "properties": properties })
}

/// A security group on the subnet `a` with the inbound rules given.
fn group(rules: &[Value]) -> Value {
    resource(
        "networkSecurityGroups",
        "group",
        json!({ "securityRules": rules }),
    )
}

fn rule(name: &str, priority: u32, access: &str, source: &str, to: &str, port: &str) -> Value {
    json!({ "name": name, "properties": { "direction": "Inbound", "priority": priority,
        "access": access, "protocol": if access == "Allow" { "Tcp" } else { "*" },
        "sourceAddressPrefix": source, "sourcePortRange": "*",
        "destinationAddressPrefix": to, "destinationPortRange": port } })
}

/// A network `net` with the subnets `a`, which has the group, and `b`.
fn network(more: Value) -> Value {
    let mut subnet = json!({ "addressPrefix": "10.0.1.0/24",
        "networkSecurityGroup": id("networkSecurityGroups", "group") });
    for (name, value) in more.as_object().unwrap() {
        subnet[name] = value.clone();
    }
    resource(
        "virtualNetworks",
        "net",
        json!({ "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] }, "subnets": [
            { "name": "a", "properties": subnet },
            { "name": "b", "properties": { "addressPrefix": "10.0.2.0/24" } },
            { "name": "AzureBastionSubnet", "properties": { "addressPrefix": "10.0.3.0/24" } },
            { "name": "GatewaySubnet", "properties": { "addressPrefix": "10.0.4.0/24" } },
            { "name": "AzureFirewallSubnet", "properties": { "addressPrefix": "10.0.5.0/26" } },
        ] }),
    )
}

fn machine(name: &str, interface: &str) -> Value {
    json!({ "type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-03-01", "name": name,
        "location": "westeurope", "properties": { "networkProfile": { "networkInterfaces": [
            id("networkInterfaces", interface)] } } })
}

/// The machine `vm` at 10.0.1.4 with what its interface has more.
fn machine_at(more: Value) -> Vec<Value> {
    let mut configuration = json!({ "subnet": id("virtualNetworks/subnets", "net/a"),
        "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static" });
    for (name, value) in more.as_object().unwrap() {
        configuration[name] = value.clone();
    }
    let interface = resource(
        "networkInterfaces",
        "nic",
        json!({ "ipConfigurations": [{ "name": "c", "properties": configuration }] }),
    );
    vec![interface, machine("vm", "nic")]
}

fn public_address(name: &str) -> Value {
    json!({ "type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": name,
        "location": "westeurope", "sku": { "name": "Standard" },
        "properties": { "publicIPAllocationMethod": "Static" } })
}

fn review_with(resources: &[Value], parameters: Value, from: Option<&str>) -> Analysis {
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "parameters": parameters, "resources": resources });
    let text = serde_json::to_vec_pretty(&template).unwrap();
    let options = Options {
        from: from.map(Into::into),
        ..Options::default()
    };
    let analysis = analyse(vec![RawFile::new("template.json", text)], &options);
    assert!(analysis.from.is_ok(), "{:?}", analysis.from);
    analysis
}

fn review(resources: &[Value]) -> Analysis {
    review_with(resources, json!({}), None)
}

fn exposure<'a>(analysis: &'a Analysis, name: &'a str) -> &'a Exposure {
    let mut found = analysis.exposures_called(name);
    let one = found
        .next()
        .unwrap_or_else(|| panic!("`{name}` has no door"));
    assert!(found.next().is_none(), "`{name}` has several doors");
    one
}

fn verdict(analysis: &Analysis, name: &str) -> Verdict {
    exposure(analysis, name).verdict
}

/// What surely arrives, by protocol and port.
fn arriving(analysis: &Analysis, name: &str) -> String {
    let services = exposure(analysis, name).arriving.must.services();
    let parts = services.parts();
    let parts: Vec<String> = parts
        .map(|(protocol, ports)| format!("{protocol:?} {ports}"))
        .collect();
    parts.join(", ")
}

// --- Load balancers ---------------------------------------------------------------------------

/// A load balancer whose frontend has the properties given and whose rule leads from 443 to 8443.
fn balancer(frontend: Value, floating: Value) -> Value {
    let part = |kind: &str, name: &str| id(&format!("loadBalancers/{kind}"), &format!("lb/{name}"));
    let mut balancer = resource(
        "loadBalancers",
        "lb",
        json!({
            "frontendIPConfigurations": [{ "name": "front", "properties": frontend }],
            "backendAddressPools": [{ "name": "pool" }],
            "loadBalancingRules": [{ "name": "web", "properties": {
                "frontendIPConfiguration": part("frontendIPConfigurations", "front"),
                "backendAddressPool": part("backendAddressPools", "pool"),
                "protocol": "Tcp", "frontendPort": 443, "backendPort": 8443,
                "enableFloatingIP": floating } }] }),
    );
    balancer["sku"] = json!({ "name": "Standard" });
    balancer
}

fn in_pool() -> Value {
    json!({ "loadBalancerBackendAddressPools": [id("loadBalancers/backendAddressPools", "lb/pool")] })
}

/// A balanced machine behind a public frontend and the rules given.
fn balanced(floating: Value, rules: &[Value]) -> Vec<Value> {
    let public = json!({ "publicIPAddress": id("publicIPAddresses", "pip") });
    let mut all = vec![
        public_address("pip"),
        group(rules),
        network(json!({})),
        balancer(public, floating),
    ];
    all.extend(machine_at(in_pool()));
    all
}

#[test]
fn a_rule_without_floating_address_meets_rules_for_the_backend() {
    let allow = [rule("in", 100, "Allow", "*", "10.0.1.0/24", "8443")];
    let analysis = review(&balanced(json!(false), &allow));
    assert_eq!(verdict(&analysis, "vm"), Verdict::Reachable);
    assert_eq!(arriving(&analysis, "vm"), "Tcp 8443");
}

#[test]
fn a_floating_address_leaves_open_whether_a_rule_for_private_destinations_matches() {
    let to = |to: &str| [rule("in", 100, "Allow", "*", to, "8443")];
    for private in ["10.0.1.0/24", "10.0.1.4", "10.0.0.0/8"] {
        let analysis = review(&balanced(json!(true), &to(private)));
        let exposure = exposure(&analysis, "vm");
        assert_eq!(exposure.verdict, Verdict::Undetermined, "{private}");
        let codes: Vec<_> = exposure
            .questions
            .iter()
            .map(|one| one.doubt.code)
            .collect();
        assert_eq!(codes, ["floating-destination"], "{private}");
    }
    for every in ["*", "0.0.0.0/0", "VirtualNetwork"] {
        let analysis = review(&balanced(json!(true), &to(every)));
        assert_eq!(verdict(&analysis, "vm"), Verdict::Reachable, "{every}");
        assert_eq!(arriving(&analysis, "vm"), "Tcp 8443");
    }
    let elsewhere = review(&balanced(json!(true), &to("10.0.9.0/24")));
    assert_eq!(verdict(&elsewhere, "vm"), Verdict::Blocked);
}

#[test]
fn a_deny_for_private_destinations_does_not_surely_close_a_floating_rule() {
    let rules = [
        rule("out", 100, "Deny", "*", "10.0.1.0/24", "*"),
        rule("in", 200, "Allow", "*", "*", "8443"),
    ];
    let plain = review(&balanced(json!(false), &rules));
    assert_eq!(verdict(&plain, "vm"), Verdict::Blocked);
    let floating = review(&balanced(json!(true), &rules));
    assert_eq!(verdict(&floating, "vm"), Verdict::Undetermined);
}

#[test]
fn an_application_security_group_holds_private_addresses_only() {
    let mut allow = rule("in", 100, "Allow", "*", "*", "8443");
    let properties = allow["properties"].as_object_mut().unwrap();
    properties.remove("destinationAddressPrefix");
    properties.insert(
        "destinationApplicationSecurityGroups".into(),
        json!([id("applicationSecurityGroups", "web")]),
    );
    let verdict_of = |floating: bool| {
        let mut all = balanced(json!(floating), std::slice::from_ref(&allow));
        all.push(resource("applicationSecurityGroups", "web", json!({})));
        let configuration = all
            .iter_mut()
            .find(|one| one["name"] == "nic")
            .map(|nic| &mut nic["properties"]["ipConfigurations"][0]["properties"])
            .unwrap();
        configuration["applicationSecurityGroups"] =
            json!([id("applicationSecurityGroups", "web")]);
        verdict(&review(&all), "vm")
    };
    assert_eq!(verdict_of(false), Verdict::Reachable);
    assert_eq!(verdict_of(true), Verdict::Undetermined);
}

#[test]
fn a_floating_address_that_is_not_known_is_no_sure_way() {
    let allow = [rule("in", 100, "Allow", "*", "10.0.1.0/24", "8443")];
    let all = balanced(json!("[parameters('floating')]"), &allow);
    let analysis = review_with(&all, json!({ "floating": { "type": "bool" } }), None);
    assert_eq!(verdict(&analysis, "vm"), Verdict::Undetermined);
}

/// A balanced machine behind a frontend in its own subnet.
fn balanced_within(rules: &[Value]) -> Vec<Value> {
    let private = json!({ "subnet": id("virtualNetworks/subnets", "net/a"),
        "privateIPAddress": "10.0.1.10", "privateIPAllocationMethod": "Static" });
    let mut all = vec![
        group(rules),
        network(json!({})),
        balancer(private, json!(false)),
    ];
    all.extend(machine_at(in_pool()));
    all
}

#[test]
fn a_private_frontend_leads_callers_within_the_network_to_its_backends() {
    // Straight to 8443 nobody gets, as the outbound rule of the caller's subnet shows.
    let rules = [rule("in", 100, "Allow", "10.0.2.0/24", "*", "8443")];
    let mut all = balanced_within(&rules);
    all.push(resource(
        "networkSecurityGroups",
        "outgoing",
        json!({ "securityRules": [
            { "name": "front", "properties": { "direction": "Outbound", "priority": 100,
                "access": "Allow", "protocol": "Tcp", "sourceAddressPrefix": "*",
                "sourcePortRange": "*", "destinationAddressPrefix": "10.0.1.10",
                "destinationPortRange": "443" } },
            { "name": "rest", "properties": { "direction": "Outbound", "priority": 200,
                "access": "Deny", "protocol": "*", "sourceAddressPrefix": "*",
                "sourcePortRange": "*", "destinationAddressPrefix": "*",
                "destinationPortRange": "*" } }] }),
    ));
    let net = all.iter_mut().find(|one| one["name"] == "net").unwrap();
    net["properties"]["subnets"][1]["properties"]["networkSecurityGroup"] =
        id("networkSecurityGroups", "outgoing");
    let analysis = review_with(&all, json!({}), Some("subnet:net/b"));
    assert_eq!(verdict(&analysis, "vm"), Verdict::Reachable);
    assert_eq!(arriving(&analysis, "vm"), "Tcp 8443");
    let kinds: Vec<EdgeKind> = exposure(&analysis, "vm").paths[0]
        .hops
        .iter()
        .map(|hop| hop.kind)
        .collect();
    assert_eq!(
        kinds,
        [EdgeKind::Route, EdgeKind::Translate, EdgeKind::Attach]
    );
    // The sender stays the caller, so that a rule for another one does not count.
    let rules = [
        rule("in", 100, "Allow", "10.0.9.0/24", "*", "8443"),
        rule("out", 200, "Deny", "*", "*", "*"),
    ];
    let analysis = review_with(&balanced_within(&rules), json!({}), Some("subnet:net/b"));
    assert_eq!(verdict(&analysis, "vm"), Verdict::Blocked);
}

#[test]
fn a_private_frontend_lets_nobody_in_from_the_internet() {
    let rules = [rule("in", 100, "Allow", "*", "*", "*")];
    let analysis = review(&balanced_within(&rules));
    let exposure = exposure(&analysis, "vm");
    assert_eq!(exposure.verdict, Verdict::Blocked);
    assert!(!exposure.blockers.is_empty());
}

// --- The way back -----------------------------------------------------------------------------

/// A machine with a public address of its own, open on 22, whose subnet has one route.
fn with_route(prefix: &str, hop: Value) -> Vec<Value> {
    let mut route = json!({ "addressPrefix": prefix });
    for (name, value) in hop.as_object().unwrap() {
        route[name] = value.clone();
    }
    let mut all = vec![
        public_address("pip"),
        group(&[rule("in", 100, "Allow", "*", "*", "22")]),
        resource(
            "routeTables",
            "table",
            json!({ "routes": [{ "name": "r", "properties": route }] }),
        ),
        network(json!({ "routeTable": id("routeTables", "table") })),
    ];
    all.extend(machine_at(
        json!({ "publicIPAddress": id("publicIPAddresses", "pip") }),
    ));
    all
}

#[test]
fn answers_that_a_route_sends_elsewhere_close_a_public_address() {
    for hop in [
        json!({ "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.2.4" }),
        json!({ "nextHopType": "VirtualNetworkGateway" }),
        json!({ "nextHopType": "None" }),
    ] {
        let analysis = review(&with_route("0.0.0.0/0", hop.clone()));
        let exposure = exposure(&analysis, "vm");
        let senders = exposure.arriving.may.sources().describe();
        assert_eq!(exposure.verdict, Verdict::Blocked, "{hop}: {senders:?}");
        let blocker = &exposure.blockers[0].evidence[0];
        let line = analysis.locate(blocker.span).unwrap().pointer.clone();
        assert!(line.contains("/routes/0"), "{line}: {}", blocker.says);
    }
}

#[test]
fn answers_that_go_straight_to_the_internet_leave_a_public_address_open() {
    let internet = with_route("0.0.0.0/0", json!({ "nextHopType": "Internet" }));
    assert_eq!(verdict(&review(&internet), "vm"), Verdict::Reachable);
    // A route for another destination changes nothing.
    let other = json!({ "nextHopType": "None" });
    let elsewhere = with_route("192.168.0.0/16", other);
    assert_eq!(verdict(&review(&elsewhere), "vm"), Verdict::Reachable);
}

#[test]
fn a_route_back_for_some_senders_closes_the_address_to_those() {
    let half = with_route("0.0.0.0/1", json!({ "nextHopType": "None" }));
    let analysis = review(&half);
    let exposure = exposure(&analysis, "vm");
    assert_eq!(exposure.verdict, Verdict::Reachable);
    let senders = exposure.arriving.may.sources();
    let at = |text: &str| sightline::flow::parse_prefix(text).unwrap();
    assert!(!senders.meets(&at("8.8.8.8")));
    assert!(senders.contains(&at("203.0.113.10")));
}

#[test]
fn answers_of_balanced_machines_take_the_same_routes() {
    let mut all = balanced(json!(false), &[rule("in", 100, "Allow", "*", "*", "8443")]);
    assert_eq!(verdict(&review(&all), "vm"), Verdict::Reachable);
    all.push(resource(
        "routeTables",
        "table",
        json!({ "routes": [{ "name": "r", "properties": {
            "addressPrefix": "0.0.0.0/0", "nextHopType": "None" } }] }),
    ));
    let net = all.iter_mut().find(|one| one["name"] == "net").unwrap();
    net["properties"]["subnets"][0]["properties"]["routeTable"] = id("routeTables", "table");
    assert_eq!(verdict(&review(&all), "vm"), Verdict::Blocked);
}

#[test]
fn an_address_of_one_family_hears_from_senders_of_that_family_only() {
    // Everyone's IPv4 is refused, and the address is one of IPv4.
    let mut all = with_route("192.168.0.0/16", json!({ "nextHopType": "None" }));
    all[1] = group(&[
        rule("out", 100, "Deny", "0.0.0.0/0", "*", "*"),
        rule("in", 200, "Allow", "*", "*", "22"),
    ]);
    assert_eq!(verdict(&review(&all), "vm"), Verdict::Blocked);
}

// --- Bastion, point-to-site, private link services ----------------------------------------------

/// A machine without a public address, and a bastion host with the properties given.
fn with_bastion(more: Value, rules: &[Value]) -> Vec<Value> {
    let mut properties = json!({ "ipConfigurations": [{ "name": "c", "properties": {
        "subnet": id("virtualNetworks/subnets", "net/AzureBastionSubnet"),
        "publicIPAddress": id("publicIPAddresses", "pip") } }] });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    let mut all = vec![
        public_address("pip"),
        group(rules),
        network(json!({})),
        resource("bastionHosts", "bas", properties),
    ];
    all.extend(machine_at(json!({})));
    all
}

#[test]
fn a_bastion_answers_the_internet_and_lets_nobody_on_without_a_sign_in() {
    let analysis = review(&with_bastion(json!({}), &[]));
    let bastion = exposure(&analysis, "bas");
    assert_eq!(bastion.verdict, Verdict::Reachable);
    assert_eq!(arriving(&analysis, "bas"), "Tcp 443");
    assert_eq!(verdict(&analysis, "vm"), Verdict::Blocked);
    let closed = json!({ "enablePrivateOnlyBastion": true });
    let analysis = review(&with_bastion(closed, &[]));
    assert_eq!(verdict(&analysis, "bas"), Verdict::Blocked);
}

#[test]
fn who_is_signed_in_at_a_bastion_gets_to_rdp_and_ssh_with_its_address() {
    let from = |all: &[Value]| review_with(all, json!({}), Some("bas"));
    let analysis = from(&with_bastion(json!({}), &[]));
    assert_eq!(verdict(&analysis, "vm"), Verdict::Reachable);
    assert_eq!(arriving(&analysis, "vm"), "Tcp 22,3389");
    let hop = exposure(&analysis, "vm").paths[0].hops[0].kind;
    assert_eq!(hop, EdgeKind::Proxy);
    let analysis = from(&with_bastion(json!({ "enableTunneling": true }), &[]));
    assert_eq!(arriving(&analysis, "vm"), "Tcp *");
    // Filters at the machine see the host's subnet.
    let other = [
        rule("in", 100, "Allow", "10.0.2.0/24", "*", "*"),
        rule("out", 200, "Deny", "*", "*", "*"),
    ];
    let analysis = from(&with_bastion(json!({}), &other));
    assert_eq!(verdict(&analysis, "vm"), Verdict::Blocked);
}

#[test]
fn a_shareable_link_is_enough_for_its_holder() {
    let shared = with_bastion(json!({ "enableShareableLink": true }), &[]);
    let analysis = review(&shared);
    let modes: Vec<&str> = analysis.model.doors[exposure(&analysis, "bas").door]
        .door
        .authentication
        .accepted
        .iter()
        .map(|(mode, _)| mode.as_str())
        .collect();
    assert_eq!(modes, ["Entra", "SAS"]);
    assert_eq!(verdict(&analysis, "vm"), Verdict::Blocked);
}

#[test]
fn a_point_to_site_client_is_within_the_network() {
    let all = |rules: &[Value]| {
        let mut all = vec![
            public_address("pip"),
            group(rules),
            network(json!({})),
            resource(
                "virtualNetworkGateways",
                "gw",
                json!({ "gatewayType": "Vpn", "vpnType": "RouteBased",
                    "ipConfigurations": [{ "name": "c", "properties": {
                        "subnet": id("virtualNetworks/subnets", "net/GatewaySubnet"),
                        "publicIPAddress": id("publicIPAddresses", "pip") } }],
                    "vpnClientConfiguration": {
                        "vpnClientAddressPool": { "addressPrefixes": ["172.16.9.0/24"] },
                        "vpnClientProtocols": ["OpenVPN"],
                        "vpnAuthenticationTypes": ["AAD"] } }),
            ),
        ];
        all.extend(machine_at(json!({})));
        all
    };
    let rules = [
        rule("in", 100, "Allow", "172.16.9.0/24", "*", "22"),
        rule("out", 200, "Deny", "*", "*", "*"),
    ];
    let internet = review(&all(&rules));
    assert_eq!(verdict(&internet, "gw"), Verdict::Reachable);
    assert_eq!(arriving(&internet, "gw"), "Tcp 443");
    assert_eq!(verdict(&internet, "vm"), Verdict::Blocked);
    let client = review_with(&all(&rules), json!({}), Some("gw"));
    assert_eq!(verdict(&client, "vm"), Verdict::Reachable);
    assert_eq!(arriving(&client, "vm"), "Tcp 22");
    let other = [rule("out", 200, "Deny", "*", "*", "*")];
    let client = review_with(&all(&other), json!({}), Some("gw"));
    assert_eq!(verdict(&client, "vm"), Verdict::Blocked);
}

/// The machine behind a private frontend, offered by a private link service with the lists given,
/// and a network `away` with an endpoint to it.
fn offered(approved: Value, connections: &str) -> Vec<Value> {
    let rules = [
        rule("in", 100, "Allow", "10.0.2.0/24", "*", "8443"),
        rule("out", 200, "Deny", "*", "*", "*"),
    ];
    let mut all = balanced_within(&rules);
    all.push(resource(
        "privateLinkServices",
        "pls",
        json!({ "visibility": { "subscriptions": ["*"] },
            "autoApproval": { "subscriptions": approved },
            "loadBalancerFrontendIpConfigurations": [
                id("loadBalancers/frontendIPConfigurations", "lb/front")],
            "ipConfigurations": [{ "name": "c", "properties": {
                "subnet": id("virtualNetworks/subnets", "net/b") } }] }),
    ));
    all.push(resource(
        "virtualNetworks",
        "away",
        json!({ "addressSpace": { "addressPrefixes": ["10.9.0.0/16"] }, "subnets": [
            { "name": "a", "properties": { "addressPrefix": "10.9.1.0/24" } }] }),
    ));
    let mut endpoint = json!({ "subnet": id("virtualNetworks/subnets", "away/a") });
    endpoint[connections] = json!([{ "name": "c", "properties": {
        "privateLinkServiceId": "[resourceId('Microsoft.Network/privateLinkServices', 'pls')]" } }]);
    all.push(resource("privateEndpoints", "pe", endpoint));
    all
}

#[test]
fn an_endpoint_elsewhere_leads_to_what_a_private_link_service_offers() {
    let from = |approved: Value, connections: &str| {
        review_with(
            &offered(approved, connections),
            json!({}),
            Some("subnet:away/a"),
        )
    };
    let analysis = from(json!([]), "privateLinkServiceConnections");
    assert_eq!(verdict(&analysis, "vm"), Verdict::Reachable);
    // Filters behind see the service's own subnet, which is `b`.
    assert_eq!(arriving(&analysis, "vm"), "Tcp 8443");
    let by_hand = from(json!([]), "manualPrivateLinkServiceConnections");
    assert_eq!(verdict(&by_hand, "vm"), Verdict::Undetermined);
}

#[test]
fn a_private_link_service_that_approves_everybody_is_open_to_tenants_of_azure() {
    let nobody = review(&offered(json!([]), "privateLinkServiceConnections"));
    assert_eq!(verdict(&nobody, "vm"), Verdict::Blocked);
    let everybody = review(&offered(json!(["*"]), "privateLinkServiceConnections"));
    let exposure = exposure(&everybody, "vm");
    assert_eq!(exposure.verdict, Verdict::Reachable);
    assert_eq!(exposure.open_to, Some(OpenTo::AzureTenants));
}

// --- Service endpoint policies, Traffic Manager, chains -------------------------------------------

/// A machine with the right to read an account that lists its subnet, and a policy on the subnet
/// that lists the account called `listed`.
fn with_policy(listed: Option<&str>) -> Vec<Value> {
    let mut more = json!({ "serviceEndpoints": [{ "service": "Microsoft.Storage" }] });
    let mut all = Vec::new();
    if let Some(listed) = listed {
        more["serviceEndpointPolicies"] = json!([id("serviceEndpointPolicies", "policy")]);
        let account = id("Microsoft.Storage/storageAccounts", listed)["id"].clone();
        all.push(resource(
            "serviceEndpointPolicies",
            "policy",
            json!({ "serviceEndpointPolicyDefinitions": [{ "name": "d", "properties": {
                "service": "Microsoft.Storage", "serviceResources": [account] } }] }),
        ));
    }
    all.extend([group(&[]), network(more)]);
    all.extend(machine_at(json!({})));
    let machine = all.iter_mut().find(|one| one["name"] == "vm").unwrap();
    machine["identity"] = json!({ "type": "SystemAssigned" });
    let subnet = id("virtualNetworks/subnets", "net/a");
    all.push(
        json!({ "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
        "name": "account", "location": "westeurope", "kind": "StorageV2",
        "sku": { "name": "Standard_LRS" }, "properties": { "allowSharedKeyAccess": false,
            "networkAcls": { "defaultAction": "Deny", "bypass": "None",
                "virtualNetworkRules": [subnet] } } }),
    );
    all.push(json!({ "type": "Microsoft.Authorization/roleAssignments",
        "apiVersion": "2022-04-01", "name": "11111111-1111-1111-1111-111111111111",
        "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'account')]",
        "properties": { "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')]",
            "principalId": "[reference(resourceId('Microsoft.Compute/virtualMachines', 'vm'), '2024-03-01', 'Full').identity.principalId]" } }));
    all
}

#[test]
fn a_service_endpoint_policy_keeps_a_subnet_from_accounts_that_it_does_not_list() {
    let blob = |listed: Option<&str>| {
        let analysis = review_with(&with_policy(listed), json!({}), Some("vm"));
        let inner = analysis
            .exposures_called("account")
            .find(|one| analysis.door_name(one) == "blob")
            .map(|one| one.inner_paths.len());
        inner.unwrap()
    };
    assert!(blob(None) > 0);
    assert!(blob(Some("account")) > 0);
    assert_eq!(blob(Some("other")), 0);
}

/// A Front Door that asks a name of Traffic Manager, behind which an app admits Front Doors only.
fn behind_profile(status: &str) -> Vec<Value> {
    let app = id("Microsoft.Web/sites", "app")["id"].clone();
    let profile = |kind: &str, name: &str| {
        let id = id(&format!("Microsoft.Cdn/profiles/{kind}"), name)["id"].clone();
        json!({ "id": id })
    };
    let cdn = |kind: &str, name: &str, properties: Value| {
        json!({ "type": format!("Microsoft.Cdn/profiles{kind}"), "apiVersion": "2024-02-01",
            "name": name, "location": "global", "sku": { "name": "Standard_AzureFrontDoor" },
            "properties": properties })
    };
    vec![
        json!({ "type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "app",
            "location": "westeurope", "properties": { "publicNetworkAccess": "Enabled",
                "siteConfig": { "ipSecurityRestrictions": [{ "name": "fd", "priority": 100,
                    "action": "Allow", "tag": "ServiceTag",
                    "ipAddress": "AzureFrontDoor.Backend" }] } } }),
        resource(
            "trafficManagerProfiles",
            "tm",
            json!({ "profileStatus": "Enabled", "trafficRoutingMethod": "Priority",
                "dnsConfig": { "relativeName": "shop", "ttl": 30 },
                "endpoints": [{ "name": "e",
                    "type": "Microsoft.Network/trafficManagerProfiles/azureEndpoints",
                    "properties": { "targetResourceId": app, "endpointStatus": status } }] }),
        ),
        cdn("", "fd", json!({})),
        cdn(
            "/afdEndpoints",
            "fd/e",
            json!({ "enabledState": "Enabled" }),
        ),
        cdn("/originGroups", "fd/g", json!({})),
        cdn(
            "/originGroups/origins",
            "fd/g/o",
            json!({ "hostName": "shop.trafficmanager.net", "enabledState": "Enabled",
                "httpPort": 80, "httpsPort": 443 }),
        ),
        cdn(
            "/afdEndpoints/routes",
            "fd/e/r",
            json!({ "originGroup": profile("originGroups", "fd/g"), "patternsToMatch": ["/*"],
                "supportedProtocols": ["Https"], "forwardingProtocol": "HttpsOnly",
                "enabledState": "Enabled" }),
        ),
    ]
}

#[test]
fn a_name_of_traffic_manager_leads_where_its_endpoints_lead() {
    let by_proxy = |status: &str| {
        let analysis = review(&behind_profile(status));
        let main = analysis
            .exposures_called("app")
            .find(|one| analysis.door_name(one) == "main")
            .unwrap();
        let kinds = main.paths.iter().flat_map(|path| &path.hops);
        kinds.filter(|hop| hop.kind == EdgeKind::Proxy).count()
    };
    assert_eq!(by_proxy("Enabled"), 1);
    assert_eq!(by_proxy("Disabled"), 0);
}

#[test]
fn that_no_gateway_announces_a_default_route_is_said_to_be_assumed() {
    let mut all = with_route("192.168.0.0/16", json!({ "nextHopType": "None" }));
    all.push(resource(
        "virtualNetworkGateways",
        "gw",
        json!({ "gatewayType": "Vpn", "vpnType": "RouteBased", "enableBgp": true,
            "ipConfigurations": [{ "name": "c", "properties": {
                "subnet": id("virtualNetworks/subnets", "net/GatewaySubnet") } }] }),
    ));
    let analysis = review(&all);
    let exposure = exposure(&analysis, "vm");
    assert_eq!(exposure.verdict, Verdict::Reachable);
    let evidence = exposure.paths[0].hops.iter().flat_map(|hop| &hop.evidence);
    assert_eq!(
        evidence.filter(|one| one.basis == Basis::Assumed).count(),
        1
    );
}

/// A firewall with a public address and `more`.
fn firewall(more: Value) -> Vec<Value> {
    let mut properties = json!({ "ipConfigurations": [{ "name": "c", "properties": {
        "subnet": id("virtualNetworks/subnets", "net/AzureFirewallSubnet"),
        "publicIPAddress": id("publicIPAddresses", "front"),
        "privateIPAddress": "10.0.5.4" } }] });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    vec![
        public_address("front"),
        resource("azureFirewalls", "wall", properties),
    ]
}

/// Rules that translate SSH to `address`.
fn translating_to(address: &str) -> Value {
    json!({ "natRuleCollections": [{ "name": "in", "properties": { "priority": 100,
        "action": { "type": "Dnat" }, "rules": [{ "name": "ssh", "protocols": ["TCP"],
            "sourceAddresses": ["*"], "destinationAddresses": ["*"],
            "destinationPorts": ["22"], "translatedPort": "22",
            "translatedAddress": address }] } }] })
}

/// How a machine stands behind a firewall, with the codes of what is open about it.
fn behind(firewall: Vec<Value>, own: Value, access: &str) -> (Verdict, Vec<&'static str>) {
    let open = rule("any", 100, access, "*", "*", "*");
    let mut resources = vec![group(&[open]), network(json!({}))];
    resources.extend(machine_at(own));
    resources.extend(firewall);
    let parameters = json!({ "target": { "type": "string" } });
    let analysis = review_with(&resources, parameters, None);
    let machine = exposure(&analysis, "vm");
    let codes = machine.questions.iter().map(|one| one.doubt.code);
    (machine.verdict, codes.collect())
}

#[test]
fn a_policy_outside_the_inputs_may_let_the_internet_to_any_machine_behind() {
    let outside = json!({ "firewallPolicy": id("firewallPolicies", "elsewhere") });
    let (verdict, codes) = behind(firewall(outside.clone()), json!({}), "Allow");
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"firewall-policy-outside"), "{codes:?}");
    // Where the machine's own security group refuses, the policy makes no difference.
    let (verdict, _) = behind(firewall(outside), json!({}), "Deny");
    assert_eq!(verdict, Verdict::Blocked);
    // A firewall that has all its rules here, and none of them translates, leads nowhere.
    let (verdict, _) = behind(firewall(json!({})), json!({}), "Allow");
    assert_eq!(verdict, Verdict::Blocked);
}

#[test]
fn a_machine_whose_address_is_not_told_may_be_the_one_that_a_translation_means() {
    let translating = || firewall(translating_to("10.0.1.4"));
    let (verdict, _) = behind(translating(), json!({}), "Allow");
    assert_eq!(verdict, Verdict::Reachable);
    let dynamic = json!({ "privateIPAddress": null, "privateIPAllocationMethod": "Dynamic" });
    let (verdict, codes) = behind(translating(), dynamic.clone(), "Allow");
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"private-address"), "{codes:?}");
    // No address of its subnet is meant.
    let (verdict, _) = behind(firewall(translating_to("10.0.2.4")), dynamic, "Allow");
    assert_eq!(verdict, Verdict::Blocked);
}

#[test]
fn a_translation_to_an_address_that_is_not_told_may_mean_any_machine() {
    let unknown = || firewall(translating_to("[parameters('target')]"));
    let (verdict, codes) = behind(unknown(), json!({}), "Allow");
    assert!(
        matches!(verdict, Verdict::Undetermined | Verdict::Conditional),
        "{verdict:?}"
    );
    assert!(codes.contains(&"private-address"), "{codes:?}");
    let (verdict, _) = behind(unknown(), json!({}), "Deny");
    assert_eq!(verdict, Verdict::Blocked);
}

/// A gateway in `subnet` with the frontend given that asks `member` at `port`.
fn gateway(subnet: &str, member: &str, frontend: Value, port: u16) -> Value {
    let named = |kind: &str, name: &str| {
        id(
            &format!("applicationGateways/{kind}"),
            &format!("gw/{name}"),
        )
    };
    resource(
        "applicationGateways",
        "gw",
        json!({
            "sku": { "name": "Standard_v2", "tier": "Standard_v2" },
            "gatewayIPConfigurations": [{ "name": "c", "properties": {
                "subnet": id("virtualNetworks/subnets", subnet) } }],
            "frontendIPConfigurations": [{ "name": "front", "properties": frontend }],
            "frontendPorts": [{ "name": "web", "properties": { "port": 443 } }],
            "backendAddressPools": [{ "name": "pool", "properties": {
                "backendAddresses": [{ "ipAddress": member }] } }],
            "backendHttpSettingsCollection": [{ "name": "set", "properties": {
                "port": port, "protocol": "Https" } }],
            "httpListeners": [{ "name": "listen", "properties": {
                "frontendIPConfiguration": named("frontendIPConfigurations", "front"),
                "frontendPort": named("frontendPorts", "web"), "protocol": "Https" } }],
            "requestRoutingRules": [{ "name": "all", "properties": { "ruleType": "Basic",
                "httpListener": named("httpListeners", "listen"),
                "backendAddressPool": named("backendAddressPools", "pool"),
                "backendHttpSettings": named("backendHttpSettingsCollection", "set") } }] }),
    )
}

/// The machine with `own` on its interface, asked by a gateway in `subnet` for its address.
fn asked_by_gateway(subnet: &str, own: Value) -> (Verdict, Vec<&'static str>) {
    let front = json!({ "publicIPAddress": id("publicIPAddresses", "front") });
    let gateway = gateway(subnet, "10.0.1.4", front, 8443);
    behind(vec![public_address("front"), gateway], own, "Allow")
}

#[test]
fn a_gateway_leads_to_the_machine_at_the_address_that_its_pool_holds_or_may_hold() {
    let dynamic = json!({ "privateIPAddress": null, "privateIPAllocationMethod": "Dynamic" });
    let (verdict, _) = asked_by_gateway("net/b", json!({}));
    assert_eq!(verdict, Verdict::Reachable);
    let (verdict, codes) = asked_by_gateway("net/b", dynamic);
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"private-address"), "{codes:?}");
    // Where the gateway's own network is not in the inputs, so is not what it gets to.
    let (verdict, codes) = asked_by_gateway("away/gateways", json!({}));
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"subnet-outside"), "{codes:?}");
}

#[test]
fn a_balancer_leads_to_the_machine_at_the_address_that_its_pool_holds_or_may_hold() {
    let public = json!({ "publicIPAddress": id("publicIPAddresses", "pip") });
    let balanced = |own: Value| {
        let mut balancer = balancer(public.clone(), json!(false));
        balancer["properties"]["backendAddressPools"] = json!([{ "name": "pool", "properties": {
            "loadBalancerBackendAddresses": [{ "name": "a", "properties": {
                "ipAddress": "10.0.1.4", "virtualNetwork": id("virtualNetworks", "net") } }] } }]);
        behind(vec![public_address("pip"), balancer], own, "Allow")
    };
    let (verdict, _) = balanced(json!({}));
    assert_eq!(verdict, Verdict::Reachable);
    let dynamic = json!({ "privateIPAddress": null, "privateIPAllocationMethod": "Dynamic" });
    let (verdict, codes) = balanced(dynamic);
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"private-address"), "{codes:?}");
}

/// A store that is closed to the internet, its blobs at a private endpoint on subnet `a` whose
/// address is `address`, where one is told.
fn store_at(address: Option<&str>) -> Vec<Value> {
    let account = json!({ "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
        "name": "store", "location": "westeurope", "kind": "StorageV2",
        "sku": { "name": "Standard_LRS" },
        "properties": { "publicNetworkAccess": "Disabled" } });
    let stated = address.map(|address| {
        json!([{ "name": "c", "properties": { "groupId": "blob", "memberName": "blob",
            "privateIPAddress": address } }])
    });
    let endpoint = resource(
        "privateEndpoints",
        "to-store",
        json!({
            "subnet": id("virtualNetworks/subnets", "net/a"),
            "ipConfigurations": stated.unwrap_or(json!([])),
            "privateLinkServiceConnections": [{ "name": "c", "properties": {
                "privateLinkServiceId": id("Microsoft.Storage/storageAccounts", "store")["id"],
                "groupIds": ["blob"],
                "privateLinkServiceConnectionState": { "status": "Approved" } } }] }),
    );
    vec![network(json!({})), group(&[]), account, endpoint]
}

/// How the blobs of a store stand behind `front`.
fn blobs_behind(front: Vec<Value>, address: Option<&str>) -> (Verdict, Vec<&'static str>) {
    let mut resources = store_at(address);
    resources.extend(front);
    let analysis = review(&resources);
    let mut doors = analysis.exposures_called("store");
    let blobs = doors.find(|one| analysis.door_name(one) == "blob").unwrap();
    let codes = blobs.questions.iter().map(|one| one.doubt.code);
    (blobs.verdict, codes.collect())
}

/// A firewall that translates HTTPS to `address`.
fn wall_before(address: &str) -> Vec<Value> {
    let mut rules = translating_to(address);
    let rule = &mut rules["natRuleCollections"][0]["properties"]["rules"][0];
    rule["destinationPorts"] = json!(["443"]);
    rule["translatedPort"] = json!("443");
    firewall(rules)
}

#[test]
fn a_translation_leads_to_the_private_endpoint_at_its_address_or_perhaps_there() {
    let (verdict, _) = blobs_behind(wall_before("10.0.1.7"), Some("10.0.1.7"));
    assert_eq!(verdict, Verdict::Reachable);
    let (verdict, codes) = blobs_behind(wall_before("10.0.1.7"), None);
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"private-address"), "{codes:?}");
    for address in [Some("10.0.1.8"), Some("10.0.2.7")] {
        let (verdict, _) = blobs_behind(wall_before("10.0.1.7"), address);
        assert_eq!(verdict, Verdict::Blocked, "{address:?}");
    }
}

#[test]
fn a_gateway_leads_to_the_private_endpoint_at_the_address_that_its_pool_holds() {
    let front = || {
        vec![
            public_address("front"),
            gateway(
                "net/b",
                "10.0.1.7",
                json!({ "publicIPAddress": id("publicIPAddresses", "front") }),
                443,
            ),
        ]
    };
    let (verdict, _) = blobs_behind(front(), Some("10.0.1.7"));
    assert_eq!(verdict, Verdict::Reachable);
    let (verdict, codes) = blobs_behind(front(), None);
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"private-address"), "{codes:?}");
    let (verdict, _) = blobs_behind(front(), Some("10.0.1.8"));
    assert_eq!(verdict, Verdict::Blocked);
}

#[test]
fn a_translation_leads_through_the_private_frontend_of_a_gateway() {
    let private = |address: Value| json!({ "subnet": id("virtualNetworks/subnets", "net/b"), "privateIPAddress": address });
    let chained = |address: Value| {
        let mut front = wall_before("10.0.2.9");
        front.push(gateway("net/b", "10.0.1.7", private(address), 443));
        blobs_behind(front, Some("10.0.1.7"))
    };
    assert_eq!(chained(json!("10.0.2.9")).0, Verdict::Reachable);
    assert_eq!(chained(json!("10.0.2.8")).0, Verdict::Blocked);
    let (verdict, codes) = chained(Value::Null);
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"frontend-address"), "{codes:?}");
}

#[test]
fn a_machine_on_a_network_outside_may_get_to_the_networks_peered_with_it() {
    let away = "/subscriptions/22222222-2222-3333-4444-555555555555/resourceGroups/away/providers/Microsoft.Network/virtualNetworks";
    let verdict_beside = |peer: &str| {
        let mut resources = vec![
            network(json!({})),
            group(&[]),
            resource(
                "virtualNetworks/virtualNetworkPeerings",
                "net/to-hub",
                json!({
                    "remoteVirtualNetwork": { "id": format!("{away}/{peer}") },
                    "remoteAddressSpace": { "addressPrefixes": ["10.9.0.0/16"] },
                    "peeringState": "Connected", "allowVirtualNetworkAccess": true }),
            ),
            resource(
                "networkInterfaces",
                "jump-nic",
                json!({ "ipConfigurations": [{ "name": "c", "properties": {
                    "subnet": { "id": format!("{away}/hub/subnets/jump") },
                    "privateIPAddress": "10.9.0.4" } }] }),
            ),
            machine("jump", "jump-nic"),
        ];
        resources.extend(machine_at(json!({})));
        let analysis = review_with(&resources, json!({}), Some("jump"));
        let found = exposure(&analysis, "vm");
        let codes: Vec<_> = found.questions.iter().map(|one| one.doubt.code).collect();
        (found.verdict, codes)
    };
    let (verdict, codes) = verdict_beside("hub");
    assert_eq!(verdict, Verdict::Undetermined);
    assert!(codes.contains(&"subnet-outside"), "{codes:?}");
    assert_eq!(verdict_beside("other").0, Verdict::Blocked);
}
