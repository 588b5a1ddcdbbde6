//! Front Door, both generations: from host names over routes to origins.
//!
//! Template reference: `Microsoft.Cdn/profiles` (endpoints, routes, origin groups, origins, security
//! policies), `Microsoft.Network/frontDoors`.
//! What it sends comes from addresses that every customer's Front Door shares. An origin that is
//! reached over private link takes it without a public side of its own.

use super::{Fact, Reference, WebApplicationFirewall};
use crate::evidence::{Doubt, Evidence};
use crate::flow::ServiceSet;
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::source::{FileId, Span};
use crate::value::Text;
use std::sync::Arc;

/// A Front Door, read.
#[derive(Clone, Debug)]
pub struct FrontDoor {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// What it passes on.
    pub routes: Vec<FrontDoorRoute>,
}

/// One endpoint's requests and where they go.
#[derive(Clone, Debug)]
pub struct FrontDoorRoute {
    /// The route's name.
    pub name: Text,
    /// The endpoint's name.
    pub endpoint: Text,
    /// The host names, with holes in braces for what is not known.
    pub host_names: Vec<Text>,
    /// The ports in front.
    pub services: ServiceSet,
    /// Where requests go.
    pub origins: Vec<Origin>,
    /// Whether it is in force.
    pub enabled: Fact<bool>,
    /// The web application firewall, where there is one.
    pub web_application_firewall: Option<WebApplicationFirewall>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// A server behind a Front Door.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The host name, with holes in braces for what is not known.
    pub host_name: Text,
    /// The ports at which it is asked.
    pub services: ServiceSet,
    /// Whether it is in force.
    pub enabled: Fact<bool>,
    /// The private link over which it is reached, where there is one.
    pub private_link: Option<OriginPrivateLink>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// A private link from a Front Door to an origin.
#[derive(Clone, Debug)]
pub struct OriginPrivateLink {
    /// The resource.
    pub target: Reference,
    /// The part of it: `blob`, `sites`.
    pub group_id: Option<Text>,
    /// Whether it carries requests: the owner of the origin approves it.
    pub approved: Fact<bool>,
}

/// The type of the newer generation's profile, which other content networks share.
pub(super) const PROFILE: &str = "Microsoft.Cdn/profiles";
/// The type of the older generation.
pub(super) const CLASSIC: &str = "Microsoft.Network/frontDoors";

impl FrontDoor {
    /// Reads the Front Door at `index`, of either generation. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let reading = Reading {
            inventory,
            resource,
        };
        let routes = if resource.resource_type.is(CLASSIC) {
            super::front_door_classic::routes(inventory, resource)
        } else {
            reading.routes()
        };
        Some(Self {
            index,
            span: resource.span,
            routes,
        })
    }
}

struct Reading<'a> {
    inventory: &'a Inventory,
    resource: &'a Resource,
}

impl Reading<'_> {
    fn routes(&self) -> Vec<FrontDoorRoute> {
        let mut out = Vec::new();
        for (index, endpoint) in self
            .inventory
            .child_resources(self.resource, "afdEndpoints")
        {
            let is_on = enabled(endpoint.properties().at("enabledState"));
            let routes = self.inventory.children_of(endpoint, "routes", "routes");
            for route in &routes {
                out.push(self.route(index, endpoint, &is_on, &route.name, route.properties()));
            }
        }
        out
    }

    fn route(
        &self,
        index: ResourceIndex,
        endpoint: &Resource,
        endpoint_enabled: &Fact<bool>,
        name: &Text,
        properties: Reader<'_>,
    ) -> FrontDoorRoute {
        let own = enabled(properties.at("enabledState"));
        let domains = properties.at("customDomains");
        let group = Reference::read(self.inventory, endpoint.file, properties.at("originGroup"));
        let span = group.as_ref().map_or(properties.span(), |group| group.span);
        let says = format!("route `{name}` of endpoint `{}`", endpoint.short_name());
        FrontDoorRoute {
            name: Text::clone(name),
            endpoint: endpoint.short_name().into(),
            host_names: self.host_names(endpoint, properties, domains),
            services: services(properties.at("supportedProtocols")),
            origins: group
                .as_ref()
                .map_or_else(Vec::new, |group| self.origins(group)),
            enabled: both(endpoint_enabled, own),
            web_application_firewall: self.web_application_firewall(index, domains),
            evidence: vec![Evidence::stated(span, says)],
        }
    }

    fn host_names(
        &self,
        endpoint: &Resource,
        properties: Reader<'_>,
        domains: Reader<'_>,
    ) -> Vec<Text> {
        let mut names = Vec::new();
        if properties.at("linkToDefaultDomain").text().is("Disabled") != Some(true) {
            let own = endpoint.properties().at("hostName").symbol();
            names.push(
                own.stated()
                    .cloned()
                    .unwrap_or_else(|| format!("{}.azurefd.net", endpoint.short_name()).into()),
            );
        }
        for domain in Reference::read_list(self.inventory, endpoint.file, domains) {
            let resource = domain
                .resource()
                .and_then(|index| self.inventory.get(index));
            let name = resource.map(|one| one.properties().at("hostName").symbol());
            names.extend(name.and_then(|name| name.stated().cloned()));
        }
        names
    }

    fn origins(&self, group: &Reference) -> Vec<Origin> {
        let Some(group) = group.resource().and_then(|index| self.inventory.get(index)) else {
            return Vec::new();
        };
        self.inventory
            .children_of(group, "origins", "origins")
            .iter()
            .filter_map(|origin| {
                origin_of(
                    self.inventory,
                    group.file,
                    origin.properties(),
                    &origin.name,
                )
            })
            .collect()
    }

    /// The firewall of a security policy that names the endpoint or one of the domains.
    fn web_application_firewall(
        &self,
        endpoint: ResourceIndex,
        domains: Reader<'_>,
    ) -> Option<WebApplicationFirewall> {
        let file = self.resource.file;
        let mut wanted: Vec<ResourceIndex> = Reference::read_list(self.inventory, file, domains)
            .iter()
            .filter_map(Reference::resource)
            .collect();
        wanted.push(endpoint);
        for (_, policy) in self
            .inventory
            .child_resources(self.resource, "securityPolicies")
        {
            let parameters = policy.properties().at("parameters");
            let associations = parameters.at("associations").items();
            let names = associations.iter().flat_map(|one| {
                Reference::read_list(self.inventory, policy.file, one.at("domains"))
            });
            let covers = names
                .filter_map(|one| one.resource())
                .any(|index| wanted.contains(&index));
            if covers {
                let firewall = parameters.at("wafPolicy");
                let reference = Reference::read(self.inventory, policy.file, firewall)?;
                return Some(WebApplicationFirewall::of_policy(
                    self.inventory,
                    &reference,
                ));
            }
        }
        None
    }
}

/// An origin whose properties have the names of the newer generation.
fn origin_of(
    inventory: &Inventory,
    file: FileId,
    properties: Reader<'_>,
    name: &Text,
) -> Option<Origin> {
    let host = properties.at("hostName").symbol();
    let link = properties.at("sharedPrivateLinkResource");
    Some(Origin {
        host_name: host.stated()?.clone(),
        services: ports(properties),
        enabled: enabled(properties.at("enabledState")),
        private_link: private_link(inventory, file, link),
        evidence: vec![Evidence::stated(
            host.span(),
            format!("hostName of origin `{name}`"),
        )],
    })
}

fn private_link(
    inventory: &Inventory,
    file: FileId,
    link: Reader<'_>,
) -> Option<OriginPrivateLink> {
    let target = Reference::read(inventory, file, link.at("privateLink"))?;
    let status = link.at("status").text();
    Some(OriginPrivateLink {
        group_id: link.at("groupId").symbol().stated().cloned(),
        approved: approval(&status, target.span),
        target,
    })
}

/// Whether the owner of an origin has approved a private link to it, which templates rarely show.
pub(super) fn approval(status: &Setting<Text>, span: Span) -> Fact<bool> {
    let outcomes = vec![("Approved".into(), true), ("Pending".into(), false)];
    match (status.is("Approved"), status.unknown()) {
        (Some(known), _) if !status.is_absent() => Fact::Known(known),
        (None, Some(unknown)) => Fact::Open(Arc::new(
            Doubt::of(unknown, status.span(), "is Approved").with_outcomes(outcomes),
        )),
        _ => Fact::Open(Arc::new(
            Doubt::outside(
                "connection-approval",
                format!("{span:?}|connection is approved"),
                "whether the origin's owner has approved the private link is not in the inputs",
                "the state of the origin's private endpoint connection",
                span,
            )
            .with_outcomes(outcomes),
        )),
    }
}

/// Whether a part is in force: it is unless its state says `Disabled`.
pub(super) fn enabled(state: Reader<'_>) -> Fact<bool> {
    let state = state.text();
    match (state.is("Disabled"), state.unknown()) {
        (Some(off), _) => Fact::Known(!off),
        (None, Some(unknown)) => {
            Fact::Open(Arc::new(Doubt::of(unknown, state.span(), "is Enabled")))
        }
        (None, None) => Fact::Known(true),
    }
}

/// Whether both hold.
pub(super) fn both(a: &Fact<bool>, b: Fact<bool>) -> Fact<bool> {
    match (a, b) {
        (Fact::Known(false), _) | (_, Fact::Known(false)) => Fact::Known(false),
        (Fact::Known(true), other) => other,
        (Fact::Open(doubt), _) => Fact::Open(Arc::clone(doubt)),
    }
}

/// The ports of the protocols in a list; both where there is none.
pub(super) fn services(protocols: Reader<'_>) -> ServiceSet {
    let both = ServiceSet::tcp(80).union(&ServiceSet::tcp(443));
    let mut services = ServiceSet::empty();
    for item in protocols.items() {
        match item.text().is("Http") {
            Some(true) => services = services.union(&ServiceSet::tcp(80)),
            Some(false) => services = services.union(&ServiceSet::tcp(443)),
            None => return both,
        }
    }
    if services.is_empty() { both } else { services }
}

/// The ports at which an origin is asked.
pub(super) fn ports(properties: Reader<'_>) -> ServiceSet {
    let port = |member: &str, usual: u16| {
        let stated = properties.at(member).integer();
        let port = stated.stated().and_then(|port| u16::try_from(*port).ok());
        ServiceSet::tcp(port.unwrap_or(usual))
    };
    port("httpPort", 80).union(&port("httpsPort", 443))
}

#[cfg(test)]
mod tests {
    use super::super::WebApplicationFirewallMode;
    use super::super::test_estate::{estate, find};
    use super::*;

    #[test]
    fn a_route_leads_to_the_origins_of_its_group() {
        let (inventory, topology) = estate(
            r#"[{"type": "Microsoft.Cdn/profiles", "name": "fd"},
            {"type": "Microsoft.Cdn/profiles/afdEndpoints", "name": "fd/web",
             "properties": {"enabledState": "Enabled"}},
            {"type": "Microsoft.Cdn/profiles/afdEndpoints/routes", "name": "fd/web/r",
             "properties": {"supportedProtocols": ["Https"], "enabledState": "Disabled",
                "originGroup": {"id": "@Microsoft.Cdn/profiles/originGroups:fd/og"}}},
            {"type": "Microsoft.Cdn/profiles/originGroups", "name": "fd/og"},
            {"type": "Microsoft.Cdn/profiles/originGroups/origins", "name": "fd/og/o",
             "properties": {"hostName": "app.azurewebsites.net", "sharedPrivateLinkResource": {
                "privateLink": {"id": "@Microsoft.Web/sites:app"}, "groupId": "sites"}}},
            {"type": "Microsoft.Cdn/profiles/securityPolicies", "name": "fd/s", "properties": {
                "parameters": {"wafPolicy": {"id": "@frontDoorWebApplicationFirewallPolicies:waf"},
                "associations": [{"domains": [{"id": "@Microsoft.Cdn/profiles/afdEndpoints:fd/web"}]}]}}},
            {"type": "Microsoft.Network/frontDoorWebApplicationFirewallPolicies", "name": "waf",
             "properties": {"policySettings": {"enabledState": "Enabled", "mode": "Prevention"}}}]"#,
        );
        let front_door = &topology.front_doors[&find(&inventory, "Microsoft.Cdn/profiles", "fd")];
        let route = &front_door.routes[0];
        assert_eq!(&*route.host_names[0], "web.azurefd.net");
        assert_eq!(route.services, ServiceSet::tcp(443));
        assert!(matches!(route.enabled, Fact::Known(false)));
        assert_eq!(&*route.origins[0].host_name, "app.azurewebsites.net");
        let link = route.origins[0].private_link.as_ref().unwrap();
        assert!(matches!(link.approved, Fact::Open(_)));
        let firewall = route.web_application_firewall.as_ref().unwrap();
        assert!(matches!(
            firewall.mode,
            Fact::Known(WebApplicationFirewallMode::Prevention)
        ));
    }

    #[test]
    fn the_older_generation_reads_alike() {
        let (inventory, topology) = estate(
            r#"[{"type": "Microsoft.Network/frontDoors", "name": "fd", "properties": {
                "frontendEndpoints": [{"name": "f", "properties": {"hostName": "fd.azurefd.net"}}],
                "backendPools": [{"name": "p", "properties": {"backends": [
                    {"address": "app.azurewebsites.net", "enabledState": "Disabled"}]}}],
                "routingRules": [{"name": "r", "properties": {
                    "frontendEndpoints": [{"id": "@frontDoors/frontendEndpoints:fd/f"}],
                    "acceptedProtocols": ["Http", "Https"],
                    "routeConfiguration": {"backendPool": {"id": "@frontDoors/backendPools:fd/p"}}}}]}}]"#,
        );
        let front_door = &topology.front_doors[&find(&inventory, "frontDoors", "fd")];
        let route = &front_door.routes[0];
        assert_eq!(&*route.host_names[0], "fd.azurefd.net");
        assert_eq!(&*route.origins[0].host_name, "app.azurewebsites.net");
        assert!(matches!(route.origins[0].enabled, Fact::Known(false)));
    }
}
