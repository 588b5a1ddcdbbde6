//! What gets out of a network.

use crate::case::{
    self, Asked, Case, GROUP, NETWORK, SUBNET, case, check, group, id, machine, network, resource,
    template,
};
use serde_json::{Value as Json, json};

const TABLE: &str = "Microsoft.Network/routeTables";
const POLICY: &str = "Microsoft.Network/firewallPolicies";

/// A machine on a subnet with these further properties, and what stands beside it.
fn on(subnet: Json, more: Vec<Json>) -> Json {
    let mut subnet = subnet;
    if subnet.get("defaultOutboundAccess").is_none() {
        subnet["defaultOutboundAccess"] = json!(true);
    }
    let mut all = vec![network(
        "net",
        &[("a", subnet), ("AzureFirewallSubnet", json!({}))],
    )];
    all.extend(machine("vm", "a", json!({}), json!({})));
    all.extend(more);
    json!(all)
}

fn routed() -> Json {
    json!({ "routeTable": { "id": id(TABLE, "routes") } })
}

fn table(route: Json) -> Json {
    resource(
        TABLE,
        "routes",
        json!({ "routes": [{ "name": "out", "properties": route }] }),
    )
}

fn to_appliance() -> Json {
    table(
        json!({ "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4" }),
    )
}

/// A firewall at 10.0.1.4.
fn firewall(more: Json) -> Vec<Json> {
    case::firewall(json!({ "privateIPAddress": "10.0.1.4" }), more)
}

fn egress(code: &'static str, resources: Json) -> Case {
    case(code, resources, ("", "")).asked(Asked::Egress("vm"))
}

pub(crate) fn cases() -> Vec<Case> {
    let closed = || {
        template(json!([table(
            json!({ "addressPrefix": "0.0.0.0/0", "nextHopType": "None" })
        )]))
    };
    let outside_subnet = || {
        let Json::Array(mut all) = on(json!({}), Vec::new()) else {
            panic!("a list")
        };
        all.retain(|one| one["type"] != NETWORK);
        json!(all)
    };
    let with_firewall = |more: Json| {
        let mut all = vec![to_appliance()];
        all.extend(firewall(more));
        all
    };
    vec![
        egress("route-table-outside", on(routed(), Vec::new())).settled_by(closed(), "closed"),
        egress(
            "invalid-route",
            on(
                routed(),
                vec![table(
                    json!({ "addressPrefix": "0.0.0.0/0", "nextHopType": "Somewhere" }),
                )],
            ),
        )
        .corrected_by(
            on(
                routed(),
                vec![table(
                    json!({ "addressPrefix": "0.0.0.0/0", "nextHopType": "None" }),
                )],
            ),
            "closed",
        ),
        egress("appliance-outside", on(routed(), vec![to_appliance()]))
            .settled_by(template(json!(firewall(json!({})))), "closed"),
        egress(
            "firewall-policy-outside",
            on(
                routed(),
                with_firewall(json!({ "firewallPolicy": { "id": id(POLICY, "rules") } })),
            ),
        )
        .settled_by(
            template(json!([resource(POLICY, "rules", json!({}))])),
            "closed",
        ),
        egress("subnet-outside", outside_subnet()).settled_by(
            template(json!([
                network(
                    "net",
                    &[(
                        "a",
                        json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } })
                    )]
                ),
                group("guard", &[json!([100, "Deny", "Outbound", "*", "*", "*"])]),
            ])),
            "closed",
        ),
        case(
            "egress-outside",
            json!([resource(
                "Microsoft.App/managedEnvironments",
                "env",
                json!({
                    "vnetConfiguration": { "infrastructureSubnetId": id(SUBNET, "net/a") },
                })
            )]),
            ("", ""),
        )
        .asked(Asked::Egress("env"))
        .settled_by(
            template(json!([
                network(
                    "net",
                    &[(
                        "a",
                        json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } })
                    )]
                ),
                group("guard", &[json!([100, "Deny", "Outbound", "*", "*", "*"])]),
            ])),
            "closed",
        ),
    ]
}

#[test]
fn what_gets_out_is_settled() {
    check(&cases());
}
