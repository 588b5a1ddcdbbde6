//! The networks that ML workspaces keep for their computes.
//!
//! Template reference: `Microsoft.MachineLearningServices/workspaces` (`managedNetwork`),
//! `…/outboundRules`.
//! Isolation is about what leaves, never about what comes in ("Workspace managed virtual network
//! isolation"). A rule for a service tag, or for every name of a service, reaches other tenants'
//! instances of the service too, which is a way to carry data off.

use super::exfiltration::{WideRule, is_shared, takes_data};
use super::{EgressVerdict, Fact, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{PortSet, Protocol, ServiceSet};
use crate::resource::{Child, Inventory, Reader, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// How a managed network treats what leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IsolationMode {
    /// There is none: computes use whatever network they are put in.
    Disabled,
    /// Everything may leave.
    AllowInternetOutbound,
    /// Only what rules name may leave.
    AllowOnlyApprovedOutbound,
}

/// The managed network of a workspace.
#[derive(Clone, Debug)]
pub struct ManagedNetwork {
    /// The workspace.
    pub index: ResourceIndex,
    /// How it treats what leaves.
    pub isolation: Fact<IsolationMode>,
    /// What shows that.
    pub evidence: Evidence,
    /// The outbound rules.
    pub rules: Vec<OutboundRule>,
}

/// Where an outbound rule leads.
#[derive(Clone, Debug)]
pub enum OutboundTarget {
    /// A name, perhaps with a wildcard.
    Name(Text),
    /// The addresses of a service tag, on these services.
    ServiceTag(Text, ServiceSet),
    /// A resource, over a private endpoint of the managed network, with the part of it.
    PrivateEndpoint(Reference, Option<Text>),
    /// It is not known.
    Unknown(Arc<Doubt>),
}

/// One outbound rule.
#[derive(Clone, Debug)]
pub struct OutboundRule {
    /// The name.
    pub name: Text,
    /// Where it leads.
    pub target: OutboundTarget,
    /// Who made it: `Required`, `Recommended`, `UserDefined` or `Dependency`.
    pub category: Setting<Text>,
    /// Whether it reaches other tenants' instances of a service that takes data.
    pub is_exfiltration_wide: bool,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
    /// The place.
    pub span: Span,
}

impl ManagedNetwork {
    /// The managed network of the workspace at `index`; `None` where it states none.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let network = resource.properties().at("managedNetwork");
        network.value()?;
        let mode = network.at("isolationMode").text();
        let mut rules: Vec<OutboundRule> = Vec::new();
        let stated = network.at("outboundRules");
        for member in stated
            .value()
            .into_iter()
            .flat_map(crate::value::Value::members)
        {
            let body = Reader::new(&member.value);
            rules.push(rule(inventory, resource.file, &member.name, body));
        }
        for child in inventory.children_of(resource, "outboundRules", "outboundRules") {
            add_child(inventory, resource.file, &mut rules, &child);
        }
        Some(Self {
            index,
            evidence: match &mode {
                Setting::Stated(word, span) => {
                    Evidence::stated(*span, format!("isolationMode is {word}"))
                }
                Setting::Absent(span) => {
                    Evidence::default(*span, "isolationMode is absent, which means Disabled")
                }
                Setting::Unknown(_, span) => Evidence::stated(*span, "isolationMode is not known"),
            },
            isolation: isolation(&mode),
            rules,
        })
    }

    /// How much gets out of the managed network; `None` where there is none, so that the computes'
    /// own network decides.
    pub fn egress(&self) -> Option<EgressVerdict> {
        match &self.isolation {
            Fact::Known(IsolationMode::Disabled) => None,
            Fact::Known(IsolationMode::AllowInternetOutbound) => Some(EgressVerdict::Open),
            Fact::Known(IsolationMode::AllowOnlyApprovedOutbound) => Some(EgressVerdict::Filtered),
            Fact::Open(_) => Some(EgressVerdict::Unknown),
        }
    }
}

impl ManagedNetwork {
    /// The rules that reach other tenants' instances of a service that takes data.
    pub fn wide_rules(&self) -> Vec<WideRule> {
        let wide = self.rules.iter().filter(|rule| rule.is_exfiltration_wide);
        wide.filter_map(|rule| {
            let destination = match &rule.target {
                OutboundTarget::Name(name) | OutboundTarget::ServiceTag(name, _) => name,
                OutboundTarget::PrivateEndpoint(..) | OutboundTarget::Unknown(_) => return None,
            };
            Some(WideRule {
                name: Text::clone(&rule.name),
                destination: Text::clone(destination),
                evidence: rule.evidence.clone(),
            })
        })
        .collect()
    }
}

fn isolation(mode: &Setting<Text>) -> Fact<IsolationMode> {
    let words = [
        (
            "AllowInternetOutbound",
            IsolationMode::AllowInternetOutbound,
        ),
        (
            "AllowOnlyApprovedOutbound",
            IsolationMode::AllowOnlyApprovedOutbound,
        ),
    ];
    match mode {
        Setting::Unknown(unknown, span) => Fact::Open(Arc::new(Doubt::of(
            unknown,
            *span,
            "is AllowInternetOutbound",
        ))),
        _ => Fact::Known(
            words
                .iter()
                .find(|(word, _)| mode.is(word) == Some(true))
                .map_or(IsolationMode::Disabled, |(_, mode)| *mode),
        ),
    }
}

fn add_child(
    inventory: &Inventory,
    file: crate::source::FileId,
    rules: &mut Vec<OutboundRule>,
    child: &Child,
) {
    let beside = rule(inventory, file, &child.name, child.properties());
    let known = rules
        .iter_mut()
        .find(|known| known.name.eq_ignore_ascii_case(&child.name));
    match known {
        Some(known) if matches!(known.target, OutboundTarget::Unknown(_)) => *known = beside,
        Some(_) => {}
        None => rules.push(beside),
    }
}

fn rule(
    inventory: &Inventory,
    file: crate::source::FileId,
    name: &Text,
    body: Reader<'_>,
) -> OutboundRule {
    let kind = body.at("type").text();
    let destination = body.at("destination");
    let target = target(inventory, file, &kind, destination);
    let says = format!("destination of outbound rule `{name}`");
    OutboundRule {
        is_exfiltration_wide: is_wide(&target),
        category: body.at("category").text(),
        evidence: vec![Evidence::stated(destination.span(), says)],
        span: body.span(),
        name: Text::clone(name),
        target,
    }
}

fn target(
    inventory: &Inventory,
    file: crate::source::FileId,
    kind: &Setting<Text>,
    destination: Reader<'_>,
) -> OutboundTarget {
    if kind.is("FQDN") == Some(true) {
        if let Setting::Stated(name, _) = destination.symbol() {
            return OutboundTarget::Name(name);
        }
    } else if kind.is("ServiceTag") == Some(true) {
        if let Setting::Stated(tag, _) = destination.at("serviceTag").symbol() {
            return OutboundTarget::ServiceTag(tag, tag_services(destination));
        }
    } else if kind.is("PrivateEndpoint") == Some(true) {
        let named = destination.at("serviceResourceId");
        if let Some(reference) = Reference::read_text(inventory, file, named) {
            let group = destination.at("subresourceTarget").symbol();
            return OutboundTarget::PrivateEndpoint(reference, group.stated().cloned());
        }
    }
    let span = destination.span();
    OutboundTarget::Unknown(Arc::new(Doubt::outside(
        "outbound-rule",
        format!("{span:?}|destination"),
        "where an outbound rule leads is not known",
        "the rule as Azure reports it",
        span,
    )))
}

fn tag_services(destination: Reader<'_>) -> ServiceSet {
    let ports = destination.at("portRanges").text();
    let ports = ports.stated().map_or_else(PortSet::all, |text| {
        text.split(',')
            .filter_map(PortSet::parse)
            .fold(PortSet::empty(), |all, one| all.union(&one))
    });
    let protocol = destination.at("protocol").text();
    match protocol.stated().and_then(|word| Protocol::parse(word)) {
        Some(protocol) => ServiceSet::of(protocol, ports),
        None => ServiceSet::any_protocol(ports),
    }
}

/// Whether a target reaches other tenants' instances of a service that takes data.
fn is_wide(target: &OutboundTarget) -> bool {
    match target {
        OutboundTarget::ServiceTag(tag, _) => takes_data(tag),
        OutboundTarget::Name(name) => is_shared(name),
        OutboundTarget::PrivateEndpoint(..) | OutboundTarget::Unknown(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{find, inventory};
    use super::*;

    #[test]
    fn rules_inside_and_beside_the_workspace_count_and_wide_ones_are_named() {
        let inventory = inventory(
            r#"[{"type": "Microsoft.MachineLearningServices/workspaces", "name": "w",
                "properties": {"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound",
                "outboundRules": {
                    "pypi": {"type": "FQDN", "destination": "pypi.org"},
                    "blobs": {"type": "FQDN", "destination": "*.blob.core.windows.net"}}}}},
            {"type": "Microsoft.MachineLearningServices/workspaces/outboundRules", "name": "w/tag",
             "properties": {"type": "ServiceTag", "destination": {
                "serviceTag": "Storage.WestEurope", "protocol": "TCP", "portRanges": "443"}}}]"#,
        );
        let index = find(
            &inventory,
            "Microsoft.MachineLearningServices/workspaces",
            "w",
        );
        let network = ManagedNetwork::read(&inventory, index).unwrap();
        assert_eq!(network.egress(), Some(EgressVerdict::Filtered));
        let wide: Vec<_> = network
            .rules
            .iter()
            .map(|rule| (rule.name.to_string(), rule.is_exfiltration_wide))
            .collect();
        assert_eq!(
            wide,
            [
                ("pypi".to_owned(), false),
                ("blobs".to_owned(), true),
                ("tag".to_owned(), true)
            ]
        );
    }
}
