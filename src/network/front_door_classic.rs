//! Front Door of the older generation.

use super::front_door::{approval, both, enabled, ports, services};
use super::{
    FrontDoorRoute, Origin, OriginPrivateLink, PartReference, Reference, WebApplicationFirewall,
};
use crate::evidence::Evidence;
use crate::resource::{Child, Inventory, Reader, Resource};
use crate::value::Text;

/// The routes of the Front Door `resource`.
pub(super) fn routes(inventory: &Inventory, resource: &Resource) -> Vec<FrontDoorRoute> {
    let reading = Reading {
        inventory,
        resource,
    };
    let whole = enabled(resource.properties().at("enabledState"));
    let rules = reading.children("routingRules");
    let mut out = Vec::new();
    for rule in &rules {
        let properties = rule.properties();
        let state = both(&whole, enabled(properties.at("enabledState")));
        let names =
            PartReference::read_list(inventory, resource.file, properties.at("frontendEndpoints"));
        for endpoint in names {
            let mut route = reading.route(rule, &endpoint);
            route.enabled.clone_from(&state);
            out.push(route);
        }
    }
    out
}

struct Reading<'a> {
    inventory: &'a Inventory,
    resource: &'a Resource,
}

impl Reading<'_> {
    fn children(&self, property: &str) -> Vec<Child> {
        self.inventory
            .children_of(self.resource, property, property)
    }

    fn named(&self, property: &str, name: &str) -> Option<Child> {
        self.children(property)
            .into_iter()
            .find(|child| child.name.eq_ignore_ascii_case(name))
    }

    fn route(&self, rule: &Child, endpoint: &PartReference) -> FrontDoorRoute {
        let properties = rule.properties();
        let front = self.named("frontendEndpoints", endpoint.name());
        let host = front
            .as_ref()
            .and_then(|front| front.properties().at("hostName").symbol().stated().cloned());
        let firewall = front.as_ref().and_then(|front| {
            let link = front.properties().at("webApplicationFirewallPolicyLink");
            Reference::read(self.inventory, self.resource.file, link)
        });
        let says = format!(
            "routing rule `{}` of `{}`",
            rule.name,
            self.resource.short_name()
        );
        let enabled = enabled(properties.at("enabledState"));
        FrontDoorRoute {
            name: Text::clone(&rule.name),
            endpoint: endpoint.name().into(),
            host_names: host.into_iter().collect(),
            services: services(properties.at("acceptedProtocols")),
            origins: self.origins(properties),
            enabled,
            web_application_firewall: firewall
                .map(|policy| WebApplicationFirewall::of_policy(self.inventory, &policy)),
            evidence: vec![Evidence::stated(rule.body.span, says)],
        }
    }

    fn origins(&self, rule: Reader<'_>) -> Vec<Origin> {
        let configured = rule.path("routeConfiguration.backendPool");
        let named = if configured.value().is_some() {
            configured
        } else {
            rule.at("backendPool")
        };
        let pool = PartReference::read(self.inventory, self.resource.file, named)
            .and_then(|pool| self.named("backendPools", pool.name()));
        let Some(pool) = pool else { return Vec::new() };
        let backends = pool.properties().at("backends").items();
        backends
            .into_iter()
            .filter_map(|backend| self.origin(backend))
            .collect()
    }

    fn origin(&self, backend: Reader<'_>) -> Option<Origin> {
        let address = backend.at("address").symbol();
        let link = backend.at("privateLinkResourceId");
        let target = Reference::read_text(self.inventory, self.resource.file, link);
        let status = backend.at("privateEndpointStatus").text();
        Some(Origin {
            host_name: address.stated()?.clone(),
            services: ports(backend),
            enabled: enabled(backend.at("enabledState")),
            private_link: target.map(|target| OriginPrivateLink {
                approved: approval(&status, target.span),
                group_id: None,
                target,
            }),
            evidence: vec![Evidence::stated(address.span(), "address of a backend")],
        })
    }
}
