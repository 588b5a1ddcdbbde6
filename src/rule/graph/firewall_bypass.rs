//! Routes that slip past the firewall.

use crate::evidence::Doubt;
use crate::flow::AddressSet;
use crate::network::{Fact, RoutePrefix, UserHop, UserRoute};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-015.
pub(in crate::rule) static ROUTE_PAST_FIREWALL: Rule = Rule {
    id: "SL-NET-015",
    name: "route-past-firewall",
    title: "More specific route slips past the firewall",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/routeTables"],
    controls: &["NS-3"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a route table that leads to the firewall has another route that leads \
            past it.",
        matters: "The longest prefix wins. One route for a service tag or a range, added to mend \
            something, takes that traffic out of everyone's sight.",
        pass: "Nothing leads past the firewall, or the table leads to none.",
        fail: "`0.0.0.0/0` leads to an appliance, and a longer prefix or a service tag of public \
            addresses leads to `Internet` or to the gateway.",
        unknown: "A route is a parameter.",
    },
    remedy: Remedy {
        text: "Take the route out, or point it to the firewall.",
        edits: &[],
        cli: "az network route-table route delete --route-table-name <table> --resource-group \
            <group> --name <route>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/routeTables", "apiVersion": "2024-05-01",
            "name": "routes", "location": "westeurope",
            "properties": {"routes": [{"name": "default",
            "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.0.9.4"}}, {"name": "storage",
            "properties": {"addressPrefix": "Storage.WestEurope",
            "nextHopType": "Internet"}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/routeTables", "apiVersion": "2024-05-01",
            "name": "routes", "location": "westeurope",
            "properties": {"routes": [{"name": "default",
            "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.0.9.4"}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// The length of `0.0.0.0/0`, counted in IPv6's 128 bits.
const DEFAULT_V4: u8 = 96;

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some(table) = scene.context.topology.route_tables.get(&scene.index) else {
        return;
    };
    let leads_to_firewall = table.routes.iter().any(|route| {
        let whole =
            matches!(&route.prefix, RoutePrefix::Addresses(_, length) if *length <= DEFAULT_V4);
        whole && matches!(route.next_hop.known(), Some(UserHop::Appliance(_)))
    });
    if !leads_to_firewall {
        return;
    }
    for route in &table.routes {
        let says = format!("its route `{}` leads past the firewall", route.name);
        ruling.judge(&format!("route {}", route.name), says, slips_past(route));
    }
}

fn slips_past(route: &UserRoute) -> Answer {
    let hop = match &route.next_hop {
        Fact::Known(UserHop::Internet | UserHop::Gateway) => Answer::Yes(Vec::new()),
        Fact::Known(_) => Answer::No,
        Fact::Open(doubt) => Answer::open((**doubt).clone()),
    };
    hop.and(|| match &route.prefix {
        RoutePrefix::Addresses(set, length) => {
            let public = set.meets(&AddressSet::internet());
            if *length > DEFAULT_V4 && public {
                Answer::Yes(route.evidence.clone())
            } else {
                Answer::No
            }
        }
        RoutePrefix::Tag(..) => Answer::Yes(route.evidence.clone()),
        RoutePrefix::Open(doubt) => Answer::open(Doubt::clone(doubt)),
    })
}
