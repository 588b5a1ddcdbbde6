//! Whole clouds that a security group lets in.

use crate::evidence::{Doubt, Evidence};
use crate::flow::Access;
use crate::network::{AddressTerm, Direction, Fact, SecurityRule};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-005.
pub(in crate::rule) static CLOUD_TAG_LET_IN: Rule = Rule {
    id: "SL-NET-005",
    name: "cloud-tag-let-in",
    title: "NSG allows a whole cloud tag inbound",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/networkSecurityGroups"],
    controls: &["NS-1", "NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a security group lets in a whole cloud by a service tag.",
        matters: "`AzureCloud` is every customer's machines, which anyone rents by the minute; \
            `AzureFrontDoor.Backend` is everyone's Front Door, unless the host checks the header \
            with your profile's number.",
        pass: "No inbound rule that allows has such a tag as its source.",
        fail: "One has `AzureCloud`, with or without a region, or `AzureFrontDoor.Backend`. \
            Whether the host checks the header is not in a template.",
        unknown: "A rule's source or action is a parameter.",
    },
    remedy: Remedy {
        text: "Use the tag of the one service that is meant, and check the Front Door header on \
            the host.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "cloud", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "AzureCloud", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "443"}}]}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "gateway", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "GatewayManager", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "65200-65535"}}]}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some(group) = scene.context.topology.security_groups.get(&scene.index) else {
        return;
    };
    for rule in group.rules.iter().filter(|rule| !rule.is_default) {
        let inbound = is(&rule.direction, &Direction::Inbound);
        let allows = is(&rule.access, &Access::Allow);
        let says = format!("its rule `{}` lets in a whole cloud", rule.name);
        let answer = inbound.and(|| allows).and(|| names_cloud(rule));
        ruling.judge(&format!("tag {}", rule.name), says, answer);
    }
}

/// Whether `fact` is `wanted`.
fn is<T: PartialEq>(fact: &Fact<T>, wanted: &T) -> Answer {
    match fact {
        Fact::Known(value) if value == wanted => Answer::Yes(Vec::new()),
        Fact::Known(_) => Answer::No,
        Fact::Open(doubt) => Answer::open((**doubt).clone()),
    }
}

fn names_cloud(rule: &SecurityRule) -> Answer {
    Answer::any(rule.source.terms.iter().map(|(term, span)| match term {
        AddressTerm::Tag(tag) => {
            let base = tag.split('.').next().unwrap_or(tag);
            let is_cloud = base.eq_ignore_ascii_case("AzureCloud")
                || tag.eq_ignore_ascii_case("AzureFrontDoor.Backend");
            Answer::of(is_cloud, || {
                Evidence::stated(*span, format!("the source is {tag}"))
            })
        }
        AddressTerm::Open(_, doubt) => Answer::open(Doubt::clone(doubt)),
        AddressTerm::Addresses(_) | AddressTerm::Group(_) => Answer::No,
    }))
}
