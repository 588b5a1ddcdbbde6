//! What identities open.

use crate::case::{
    ADDRESS, Asked, Case, GROUP, INTERFACE, MACHINE, NETWORK, STORAGE, SUBNET, case, check,
    elsewhere, export, firewall, group, id, machine, network, public_address, real, resource,
    shown, storage, template, with,
};
use serde_json::{Value as Json, json};

const ASSIGNMENT: &str = "Microsoft.Authorization/roleAssignments";
const TABLE: &str = "Microsoft.Network/routeTables";
const ROLE: &str = "Microsoft.Authorization/roleDefinitions";
const PRINCIPAL: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
const SUBSCRIPTION: &str = "/subscriptions/11111111-1111-1111-1111-111111111111";
const BLOB_READER: &str = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const KEY_OPERATOR: &str = "81a9662b-bebf-436f-a333-f67b29880f12";
const LOGIN: &str = "1c0163c0-47e6-4577-8991-ea5c82e286e4";
const DOOR: (&str, &str) = ("acct", "blob");

/// A machine with an identity beside an open account without keys, as an export.
fn exported(identity: Json) -> Json {
    let mut all = vec![
        network("net", &[("a", json!({ "defaultOutboundAccess": true }))]),
        storage(
            "acct",
            json!({ "allowSharedKeyAccess": false, "publicNetworkAccess": "Enabled" }),
        ),
    ];
    let mut machine = machine("vm", "a", json!({}), json!({}));
    machine[1] = with(machine[1].clone(), "identity", identity);
    all.extend(machine);
    json!(all)
}

fn known() -> Json {
    json!({ "type": "SystemAssigned", "principalId": PRINCIPAL, "tenantId": "t" })
}

/// What `az role assignment list` answers.
fn listed(scope: &str, role: &str) -> Json {
    json!([{
        "id": format!("{scope}/providers/{ASSIGNMENT}/12121212-0000-0000-0000-000000000000"),
        "name": "12121212-0000-0000-0000-000000000000", "type": ASSIGNMENT,
        "principalId": PRINCIPAL, "principalType": "ServicePrincipal", "scope": scope,
        "roleDefinitionId": format!("{SUBSCRIPTION}/providers/{ROLE}/{role}"),
    }])
}

fn identity(code: &'static str, resources: Json) -> Case {
    let mut case = case(code, json!([]), DOOR).from("identity:vm");
    case.files[0].1 = export(resources);
    case
}

/// A template, whose identity's rights are told, with the account that lets in what `rules` say.
fn guarded(machine_more: Json, subnet: Json, rules: Json, more: &[Json]) -> Json {
    let mut subnet = subnet;
    if subnet.get("defaultOutboundAccess").is_none() {
        subnet["defaultOutboundAccess"] = json!(true);
    }
    let mut all = vec![
        network(
            "net",
            &[
                ("a", subnet),
                ("AzureFirewallSubnet", json!({})),
                ("ends", json!({})),
            ],
        ),
        storage(
            "acct",
            json!({
                "allowSharedKeyAccess": false, "publicNetworkAccess": "Enabled", "networkAcls": rules,
            }),
        ),
        granted("vm", MACHINE),
    ];
    let mut machine = machine("vm", "a", machine_more, json!({}));
    machine[1] = with(
        machine[1].clone(),
        "identity",
        json!({ "type": "SystemAssigned" }),
    );
    all.extend(machine);
    all.extend_from_slice(more);
    json!(all)
}

/// The assignment of the right to read blobs to the identity of a resource.
fn granted(name: &str, kind: &str) -> Json {
    with(
        resource(
            ASSIGNMENT,
            "[guid('reads')]",
            json!({
                "principalId": format!("[reference(resourceId('{kind}', '{name}'), '2023-09-01', 'Full').identity.principalId]"),
                "principalType": "ServicePrincipal",
                "roleDefinitionId": format!("[subscriptionResourceId('{ROLE}', '{BLOB_READER}')]"),
            }),
        ),
        "scope",
        json!(id(STORAGE, "acct")),
    )
}

fn from_vm(code: &'static str, resources: Json) -> Case {
    case(code, resources, DOOR)
        .from("vm")
        .asked(Asked::Inside("acct", "blob"))
}

fn listing(address: &str) -> Json {
    json!({ "defaultAction": "Deny", "bypass": "None", "ipRules": [{ "value": address, "action": "Allow" }] })
}

fn from_subnet(subnet: &str) -> Json {
    json!({ "defaultAction": "Deny", "bypass": "None", "virtualNetworkRules": [{ "id": subnet, "action": "Allow" }] })
}

/// A private endpoint to the account on subnet `ends`.
fn endpoint() -> Json {
    resource(
        "Microsoft.Network/privateEndpoints",
        "pe",
        json!({
            "subnet": { "id": id(SUBNET, "net/ends") },
            "privateLinkServiceConnections": [{ "name": "pe", "properties": {
                "privateLinkServiceId": id(STORAGE, "acct"), "groupIds": ["blob"],
            } }],
        }),
    )
}

/// Cases of the networks that rights are used through.
fn through_networks() -> Vec<Case> {
    let table = |hop: Json| {
        let mut route = hop;
        route["addressPrefix"] = json!("0.0.0.0/0");
        resource(
            TABLE,
            "routes",
            json!({ "routes": [{ "name": "out", "properties": route }] }),
        )
    };
    let routed = || json!({ "routeTable": { "id": id(TABLE, "routes") } });
    let to_appliance = json!({ "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4" });
    let at = |more: Json| {
        let mut own = json!({ "privateIPAddress": "10.0.1.4" });
        own["name"] = json!("x");
        template(json!(firewall(own, more)))
    };
    let lets_out = json!({ "networkRuleCollections": [{ "name": "out", "properties": {
        "priority": 100, "action": { "type": "Allow" },
        "rules": [{ "name": "all", "protocols": ["Any"], "sourceAddresses": ["*"], "destinationAddresses": ["*"], "destinationPorts": ["*"] }],
    } }] });
    let open = json!({ "defaultAction": "Allow" });
    let private = json!({ "defaultAction": "Deny", "bypass": "None" });
    let guarded_ends = |rules: &[Json]| {
        let mut all = guarded(json!({}), json!({}), private.clone(), &[endpoint()]);
        all[0]["properties"]["subnets"][2]["properties"]["networkSecurityGroup"] =
            json!({ "id": id(GROUP, "guard") });
        all[0]["properties"]["subnets"][2]["properties"]["privateEndpointNetworkPolicies"] =
            json!("Enabled");
        for rule in rules {
            all.as_array_mut()
                .unwrap()
                .push(group("guard", std::slice::from_ref(rule)));
        }
        all
    };
    let row = |rules: &[Json]| template(json!([group("guard", rules)]));
    let search = "Microsoft.Search/searchServices";
    let link = |status: Option<&str>| {
        let mut properties =
            json!({ "privateLinkResourceId": id(STORAGE, "acct"), "groupId": "blob" });
        if let Some(status) = status {
            properties["status"] = json!(status);
        }
        resource(
            &format!("{search}/sharedPrivateLinkResources"),
            "find/link",
            properties,
        )
    };
    let indexing = || {
        json!([
            storage(
                "acct",
                json!({
                    "allowSharedKeyAccess": false, "publicNetworkAccess": "Disabled",
                    "networkAcls": { "defaultAction": "Deny", "bypass": "None" },
                })
            ),
            with(
                resource(search, "find", json!({})),
                "identity",
                json!({ "type": "SystemAssigned" })
            ),
            granted("find", search),
            link(None),
        ])
    };
    let grouped = |subnet: &str| {
        json!([
            storage(
                "acct",
                json!({
                    "allowSharedKeyAccess": false, "publicNetworkAccess": "Enabled", "networkAcls": from_subnet(subnet),
                })
            ),
            with(
                resource(
                    "Microsoft.ContainerInstance/containerGroups",
                    "job",
                    json!({
                        "subnetIds": [{ "id": subnet }],
                    })
                ),
                "identity",
                json!({ "type": "SystemAssigned" })
            ),
            granted("job", "Microsoft.ContainerInstance/containerGroups"),
        ])
    };
    let far = elsewhere(SUBNET, "far/jobs");
    let far_row = |more: Json| {
        let mut properties = json!({ "addressPrefix": "10.7.0.0/24", "serviceEndpoints": [{ "service": "Microsoft.Storage" }] });
        for (name, value) in more.as_object().unwrap() {
            properties[name] = value.clone();
        }
        json!([{ "id": far, "type": SUBNET, "name": "jobs", "properties": properties }])
    };
    let policy = "Microsoft.Network/serviceEndpointPolicies";
    let limited = || {
        let mut all = guarded(
            json!({}),
            json!({
                "serviceEndpoints": [{ "service": "Microsoft.Storage" }],
                "serviceEndpointPolicies": [{ "id": id(policy, "only") }],
            }),
            from_subnet(&id(SUBNET, "net/a")),
            &[],
        );
        all[0]["properties"]["subnets"][0]["properties"]["defaultOutboundAccess"] = json!(false);
        all
    };
    let lists = |name: &str| {
        shown(
            policy,
            "only",
            json!({ "serviceEndpointPolicyDefinitions": [{ "name": "one", "properties": {
            "service": "Microsoft.Storage", "serviceResources": [real(STORAGE, name)],
        } }] }),
        )
    };
    let interfaceless = || {
        let mut all = guarded(json!({}), json!({}), open.clone(), &[]);
        all.as_array_mut()
            .unwrap()
            .retain(|one| one["type"] != INTERFACE && one["type"] != NETWORK);
        all
    };
    let rows = |out: bool| {
        json!([
            shown(
                NETWORK,
                "net",
                json!({
                    "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] },
                    "subnets": [{ "name": "a", "properties": { "addressPrefix": "10.0.0.0/24", "defaultOutboundAccess": out } }],
                })
            ),
            shown(
                INTERFACE,
                "vm-nic",
                json!({ "ipConfigurations": [{ "name": "c", "properties": {
                "subnet": { "id": real(SUBNET, "net/a") },
            } }] })
            ),
        ])
    };
    // What keys open takes the control plane first, and then a way to the door.
    let keyed = || {
        let mut all = guarded(
            json!({}),
            json!({ "defaultOutboundAccess": "[parameters('out')]" }),
            private.clone(),
            &[endpoint()],
        );
        all[1]["properties"]["allowSharedKeyAccess"] = json!(true);
        let role = format!("[subscriptionResourceId('{ROLE}', '{KEY_OPERATOR}')]");
        all[2]["properties"]["roleDefinitionId"] = json!(role);
        all
    };
    let lets_in = |guard: Json| {
        let subnet = json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } });
        let more = [guard, public_address("ip", "Standard")];
        guarded(
            json!({ "publicIPAddress": { "id": id(ADDRESS, "ip") } }),
            subnet,
            open.clone(),
            &more,
        )
    };
    let signing_in = || {
        let mut all = lets_in(json!(null));
        let login = with(
            resource(
                ASSIGNMENT,
                "[guid('logs in')]",
                json!({
                    "principalId": PRINCIPAL, "principalType": "User",
                    "roleDefinitionId": format!("[subscriptionResourceId('{ROLE}', '{LOGIN}')]"),
                }),
            ),
            "scope",
            json!(id(MACHINE, "vm")),
        );
        let list = all.as_array_mut().unwrap();
        list.retain(|one| !one.is_null());
        list.push(login);
        all
    };
    let ssh = json!([100, "Allow", "Inbound", "Internet", "*", "22"]);
    let user = "Microsoft.ManagedIdentity/userAssignedIdentities";
    let cluster = "Microsoft.ContainerService/managedClusters";
    let issuer = "https://westeurope.oic.prod-aks.azure.com/tenant/one/";
    let federated = || {
        let mut reads = granted("work", user);
        reads["properties"]["principalId"] = json!(format!(
            "[reference(resourceId('{user}', 'work')).principalId]"
        ));
        json!([
            storage(
                "acct",
                json!({ "allowSharedKeyAccess": false, "publicNetworkAccess": "Enabled" })
            ),
            resource(user, "work", json!({})),
            resource(
                &format!("{user}/federatedIdentityCredentials"),
                "work/pod",
                json!({
                    "issuer": issuer, "subject": "system:serviceaccount:app:job", "audiences": ["api://AzureADTokenExchange"],
                })
            ),
            resource(
                cluster,
                "aks",
                json!({ "agentPoolProfiles": [{ "name": "p" }] })
            ),
            reads,
        ])
    };
    let public = || json!({ "publicIPAddress": { "id": id(ADDRESS, "ip") } });
    let addressed = || {
        guarded(
            public(),
            json!({}),
            listing("20.1.1.7"),
            &[public_address("ip", "Standard")],
        )
    };
    let numbered = |address: &str| {
        shown(
            ADDRESS,
            "ip",
            json!({ "publicIPAllocationMethod": "Static", "ipAddress": address }),
        )
    };
    vec![
        from_vm(
            "egress-through-device",
            guarded(
                json!({}),
                routed(),
                open.clone(),
                &[table(to_appliance.clone())],
            ),
        )
        .settled_by(at(json!({})), "none"),
        from_vm(
            "egress-through-device",
            guarded(json!({}), routed(), open.clone(), &[table(to_appliance)]),
        )
        .settled_by(at(lets_out), "certain"),
        from_vm("private-endpoint-filter", guarded_ends(&[])).settled_by(
            row(&[json!([100, "Allow", "Inbound", "*", "*", "*"])]),
            "certain",
        ),
        from_vm("private-endpoint-filter", guarded_ends(&[])).settled_by(
            row(&[json!([100, "Deny", "Inbound", "*", "*", "*"])]),
            "none",
        ),
        case("private-endpoint-approval", indexing(), DOOR)
            .from("find")
            .asked(Asked::Inside("acct", "blob"))
            .settled_by(
                shown(
                    &format!("{search}/sharedPrivateLinkResources"),
                    "find/link",
                    json!({ "status": "Approved" }),
                ),
                "certain",
            ),
        case("service-endpoint-not-known", grouped(&far), DOOR)
            .from("job")
            .asked(Asked::Inside("acct", "blob"))
            .settled_by(far_row(json!({})), "certain"),
        from_vm("service-endpoint-policy-outside", limited()).settled_by(lists("acct"), "certain"),
        from_vm("service-endpoint-policy-outside", limited()).settled_by(lists("other"), "none"),
        from_vm("network-not-known", interfaceless()).settled_by(rows(true), "certain"),
        from_vm("network-not-known", interfaceless()).settled_by(rows(false), "none"),
        from_vm("control-plane-way-not-known", keyed())
            .parameters(json!({ "out": { "type": "bool" } }))
            .settled_by(
                shown(
                    SUBNET,
                    "net/a",
                    json!({ "addressPrefix": "10.0.0.0/24", "defaultOutboundAccess": true }),
                ),
                "certain",
            ),
        case("sign-in-way-not-known", signing_in(), DOOR)
            .from(PRINCIPAL)
            .settled_by(
                template(json!([group("guard", std::slice::from_ref(&ssh))])),
                "reachable",
            ),
        case("cluster-issuer-not-known", federated(), DOOR)
            .from("aks")
            .asked(Asked::Inside("acct", "blob"))
            .settled_by(
                shown(
                    cluster,
                    "aks",
                    json!({ "oidcIssuerProfile": { "enabled": true, "issuerURL": issuer } }),
                ),
                "certain",
            ),
        case(
            "admission-not-known",
            {
                let mut all = guarded(json!({}), json!({}), open.clone(), &[]);
                all.as_array_mut()
                    .unwrap()
                    .retain(|one| one["type"] != STORAGE);
                all
            },
            DOOR,
        )
        .referring(STORAGE, "acct")
        .from("vm")
        .asked(Asked::Data("acct"))
        .settled_by(
            shown(STORAGE, "acct", json!({ "publicNetworkAccess": "Enabled" })),
            "certain",
        ),
        from_vm("egress-address-not-known", addressed())
            .settled_by(numbered("20.1.1.7"), "certain"),
        from_vm("egress-address-not-known", addressed()).settled_by(numbered("20.1.1.8"), "none"),
    ]
}

pub(crate) fn cases() -> Vec<Case> {
    let account = real(STORAGE, "acct");
    let own_role = "99999999-0000-0000-0000-000000000001";
    vec![
        identity("role-assignments-not-exported", exported(known()))
            .settled_by(listed(&account, BLOB_READER), "reachable"),
        identity("role-assignments-not-exported", exported(known())).settled_by(
            {
                let mut other = listed(&account, BLOB_READER);
                other[0]["principalId"] = json!("ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee");
                other
            },
            "blocked",
        ),
        identity("scope-not-placed", exported(known()))
            .beside("r.json", listed(&format!("{SUBSCRIPTION}/resourceGroups/real"), BLOB_READER))
            .settled_by(shown(STORAGE, "acct", json!({})), "reachable"),
        identity("object-id-not-known", exported(json!({ "type": "SystemAssigned" })))
            .beside("r.json", listed(&account, BLOB_READER))
            .settled_by(with(shown(MACHINE, "vm", json!({})), "identity", known()), "reachable"),
        identity("principal-not-placed", exported(json!({ "type": "SystemAssigned" })))
            .beside("r.json", listed(&account, BLOB_READER))
            .settled_by(with(shown(MACHINE, "vm", json!({})), "identity", known()), "reachable"),
        identity("role-not-known", exported(known()))
            .beside("r.json", listed(&account, own_role))
            .settled_by(
                json!([{
                    "id": format!("{SUBSCRIPTION}/providers/{ROLE}/{own_role}"), "name": own_role, "type": ROLE,
                    "roleName": "own reader", "roleType": "CustomRole", "assignableScopes": ["/"],
                    "permissions": [{ "actions": [], "notActions": [], "notDataActions": [],
                        "dataActions": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"] }],
                }]),
                "reachable",
            ),
    ]
    .into_iter()
    .chain(through_networks())
    .collect()
}

#[test]
fn what_identities_open_is_settled() {
    check(&cases());
}
