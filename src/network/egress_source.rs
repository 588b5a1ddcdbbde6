//! Whose address packets have when they leave straight to the internet.

use super::egress::{EgressSource, EgressWay, open_if};
use super::{
    ForwardTarget, Interface, InterfaceConfiguration, PublicAddressSku, PublicAttachment,
    Reference, Subnet, Target, Topology,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::Bounds;
use crate::input::Mode;
use crate::resource::{ResourceId, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;

/// The address that is used, if any, with what proves it and why it may not be.
#[derive(Clone, Debug)]
pub(super) struct Source {
    whose: EgressSource,
    evidence: Vec<Evidence>,
    doubt: Option<Doubt>,
}

impl Source {
    fn sure(whose: EgressSource, evidence: Evidence) -> Self {
        Self {
            whose,
            evidence: vec![evidence],
            doubt: None,
        }
    }

    fn none(evidence: Evidence) -> Self {
        Self::sure(EgressSource::Nobody, evidence)
    }

    /// Lets out what is in `within`, from this address.
    pub(super) fn apply(&self, way: &mut EgressWay, within: Bounds) {
        way.source = self.whose.clone();
        way.evidence.extend(self.evidence.iter().cloned());
        match (&self.whose, &self.doubt) {
            (EgressSource::Nobody, _) => {
                // What holds it back comes first.
                way.evidence.rotate_right(self.evidence.len());
            }
            (_, Some(doubt)) => open_if(way, &within, doubt.clone()),
            (_, None) => way.allowed = within,
        }
    }
}

/// The API version from which on new subnets get no address of the platform's by default.
const PRIVATE_BY_DEFAULT: &str = "2025-07-01";

impl Topology {
    pub(super) fn interface_source(
        &self,
        interface: &Interface,
        configuration: &InterfaceConfiguration,
        subnet: Option<&Subnet>,
    ) -> Source {
        if let Some(source) = subnet.and_then(|subnet| self.nat_gateway_source(subnet)) {
            return source;
        }
        match &configuration.public_address {
            Some(PublicAttachment::Address(reference)) => {
                let says = format!(
                    "`{}` has public address `{}`",
                    interface.name,
                    reference.id.display_name()
                );
                return Source {
                    whose: EgressSource::PublicAddress(reference.clone()),
                    evidence: vec![Evidence::stated(reference.span, says)],
                    doubt: reference.doubt.as_ref().map(|doubt| (**doubt).clone()),
                };
            }
            Some(PublicAttachment::Configured { span, .. }) => {
                let says = format!("each instance of `{}` has a public address", interface.name);
                return Source::sure(EgressSource::Instance, Evidence::stated(*span, says));
            }
            None => {}
        }
        if let Some(source) = self.balancer_source(configuration) {
            return source;
        }
        let Some(subnet) = subnet else {
            return unknown_source(configuration.span);
        };
        platform_source(subnet)
    }

    pub(super) fn subnet_source(&self, subnet: &Subnet) -> Source {
        self.nat_gateway_source(subnet)
            .unwrap_or_else(|| platform_source(subnet))
    }

    fn nat_gateway_source(&self, subnet: &Subnet) -> Option<Source> {
        if let Some(reference) = &subnet.nat_gateway {
            let gateway = reference
                .resource()
                .and_then(|index| self.nat_gateways.get(&index));
            let says = format!(
                "NAT gateway `{}` is on the subnet",
                reference.id.display_name()
            );
            let evidence = Evidence::stated(reference.span, says);
            return match gateway {
                Some(gateway) if gateway.has_address() => Some(Source::sure(
                    EgressSource::NatGateway(gateway.index),
                    evidence,
                )),
                Some(_) => None,
                None => Some(Source::sure(EgressSource::Appliance, evidence)),
            };
        }
        let whole = self.nat_gateways.values().find(|gateway| {
            let network = gateway.network.as_ref().and_then(Reference::resource);
            network.is_some() && network == subnet.network && gateway.has_address()
        })?;
        let says = "a NAT gateway serves the whole virtual network";
        let evidence = Evidence::stated(whole.span, says);
        Some(Source::sure(
            EgressSource::NatGateway(whole.index),
            evidence,
        ))
    }

    /// The load balancer that gives a way out: by an outbound rule, by a balancing rule that does
    /// not forbid it, or, of the Basic kind, by membership.
    fn balancer_source(&self, configuration: &InterfaceConfiguration) -> Option<Source> {
        let mut refused = None;
        for pool in &configuration.load_balancer_pools {
            let Some(balancer) = pool.owner.and_then(|owner| self.load_balancers.get(&owner))
            else {
                let says = "a load balancer outside the inputs may give a way out";
                return Some(Source::sure(
                    EgressSource::Appliance,
                    Evidence::assumed(pool.span, says),
                ));
            };
            let is_pool = |name: &str| name.eq_ignore_ascii_case(pool.name());
            let rule = balancer
                .outbound_pools
                .iter()
                .find(|(name, _)| is_pool(name));
            let balancing = balancer.forwardings.iter().find(|forwarding| {
                let names = match &forwarding.target {
                    ForwardTarget::Pools(pools) => &pools[..],
                    _ => &[],
                };
                names.iter().any(|one| is_pool(one.name()))
                    && forwarding.outbound.truth(true) == Some(true)
            });
            let span = rule
                .map(|(_, span)| *span)
                .or(balancing.map(|one| one.span));
            if balancer.is_public()
                && let Some(span) = span
            {
                let says = "a load balancer's rule gives a way out";
                return Some(Source::sure(
                    EgressSource::LoadBalancer(balancer.index),
                    Evidence::stated(span, says),
                ));
            }
            if balancer.sku.known() == Some(&PublicAddressSku::Standard) {
                let says = "members of a Standard load balancer get no address of the platform's";
                refused = Some(Source::none(Evidence::assumed(pool.span, says)));
            }
        }
        refused
    }
}

/// The command that lists networks with their subnets.
const SUBNETS_COMMAND: &str = "az graph query -q \"resources | where type =~ \
    'microsoft.network/virtualnetworks'\" -o json";

fn default_access_doubt(subnet: ResourceIndex, span: Span) -> Doubt {
    Doubt::outside(
        "default-outbound-access",
        format!("{subnet:?}|default outbound access"),
        "an absent defaultOutboundAccess means true for networks made before API version 2025-07-01 and false since",
        "defaultOutboundAccess as Azure reports it",
        span,
    )
    .with_command(SUBNETS_COMMAND)
    .with_outcomes(vec![("true".into(), true), ("false".into(), false)])
}

fn unknown_source(span: Span) -> Source {
    Source {
        whose: EgressSource::Appliance,
        evidence: Vec::new(),
        doubt: Some(Doubt::outside(
            "subnet-outside",
            format!("{span:?}|way out"),
            "what gives its subnet a way out is not in the inputs",
            "an export with the subnet",
            span,
        )),
    }
}
/// A reference to the subnet itself, for filters that are asked by reference.
pub(super) fn subnet_reference(subnet: &Subnet) -> Reference {
    Reference {
        target: Target::Resource(subnet.index),
        id: ResourceId::new(Text::clone(&subnet.name)),
        span: subnet.span,
        doubt: None,
    }
}

fn absent_source(subnet: &Subnet, span: Span) -> Source {
    let is_new = subnet
        .api_version
        .as_deref()
        .and_then(|version| version.get(..10))
        .map(|version| version >= PRIVATE_BY_DEFAULT);
    match (subnet.mode, is_new) {
        (Mode::Deployment, Some(true)) => Source::none(Evidence::default(
            span,
            "defaultOutboundAccess is absent, which means false from API version 2025-07-01 on",
        )),
        (Mode::Deployment, Some(false)) => Source::sure(
            EgressSource::Platform,
            Evidence::default(
                span,
                "defaultOutboundAccess is absent, which means true before API version 2025-07-01",
            ),
        ),
        _ => Source {
            whose: EgressSource::Platform,
            evidence: vec![Evidence::assumed(
                span,
                "defaultOutboundAccess is absent; most networks were made when that meant true",
            )],
            doubt: Some(default_access_doubt(subnet.index, span)),
        },
    }
}

/// Whether the platform lends an address: what the subnet says, else what its API version
/// means, which an export does not tell.
fn platform_source(subnet: &Subnet) -> Source {
    let setting = &subnet.default_outbound_access;
    match setting {
        Setting::Stated(true, span) => Source::sure(
            EgressSource::Platform,
            Evidence::stated(*span, "defaultOutboundAccess is true"),
        ),
        Setting::Stated(false, span) => {
            Source::none(Evidence::stated(*span, "defaultOutboundAccess is false"))
        }
        Setting::Unknown(unknown, span) => Source {
            whose: EgressSource::Platform,
            evidence: vec![Evidence::stated(
                *span,
                "defaultOutboundAccess is not known",
            )],
            doubt: Some(Doubt::of(unknown, *span, "is true")),
        },
        Setting::Absent(span) => absent_source(subnet, *span),
    }
}
