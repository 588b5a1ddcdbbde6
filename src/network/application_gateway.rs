//! Application gateways: from listeners over rules to backends.
//!
//! Template reference: `Microsoft.Network/applicationGateways`.
//! A gateway ends the flow and starts another from an address of its own subnet. Its firewall never
//! changes who gets through at the level of addresses and ports.

use super::gateway::network_of_subnet;
use super::load_balancer::frontends;
use super::{Frontend, PartReference, Reference, WebApplicationFirewall};
use crate::evidence::Evidence;
use crate::flow::{AddressSet, PortSet, parse_prefix};
use crate::resource::{Child, Inventory, Reader, Resource, ResourceIndex};
use crate::source::Span;
use crate::value::Text;

/// An application gateway, read.
#[derive(Clone, Debug)]
pub struct ApplicationGateway {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// The tier: `Standard`, `Standard_v2`, `WAF`, `WAF_v2`.
    pub tier: Option<Text>,
    /// The subnet that it stands in.
    pub subnet: Option<Reference>,
    /// The network that it stands in, where that is in the inputs.
    pub network: Option<ResourceIndex>,
    /// The addresses at which it takes packets.
    pub frontends: Vec<Frontend>,
    /// What it passes on.
    pub routes: Vec<GatewayRoute>,
    /// The web application firewall of the whole gateway, where there is one.
    pub web_application_firewall: Option<WebApplicationFirewall>,
}

/// One listener's requests and where a rule sends them.
#[derive(Clone, Debug)]
pub struct GatewayRoute {
    /// The rule's name.
    pub name: Text,
    /// The frontend of the listener.
    pub frontend: Option<PartReference>,
    /// The listener's port; every one where it is not known.
    pub ports: PortSet,
    /// The host names that the listener is for; any where there is none.
    pub host_names: Vec<Text>,
    /// Where requests go; nowhere for a rule that redirects.
    pub backends: Vec<GatewayBackend>,
    /// The web application firewall of the listener alone, where it has one.
    pub web_application_firewall: Option<WebApplicationFirewall>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// A backend pool and the port at which its members are asked.
#[derive(Clone, Debug)]
pub struct GatewayBackend {
    /// The pool's name; interfaces name it too.
    pub pool: Text,
    /// The port; every one where it is not known.
    pub ports: PortSet,
    /// The members that the pool names itself.
    pub members: Vec<BackendAddress>,
    /// The place of the pool's name.
    pub span: Span,
}

/// A member of a pool that is named by address or name.
#[derive(Clone, Debug)]
pub enum BackendAddress {
    /// An address.
    Address(AddressSet, Span),
    /// A host name.
    Name(Text, Span),
}

/// The type of an application gateway.
pub(super) const APPLICATION_GATEWAY: &str = "Microsoft.Network/applicationGateways";

impl ApplicationGateway {
    /// Reads the application gateway at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let configurations = properties.at("gatewayIPConfigurations").items();
        let subnet = configurations.iter().find_map(|item| {
            Reference::read(inventory, resource.file, item.path("properties.subnet"))
        });
        let sku = match properties.at("sku") {
            sku if sku.value().is_some() => sku,
            _ => resource.reader().at("sku"),
        };
        let reading = Reading {
            inventory,
            resource,
            properties,
        };
        Some(Self {
            index,
            span: resource.span,
            tier: sku.at("tier").text().stated().cloned(),
            network: subnet
                .as_ref()
                .and_then(|subnet| network_of_subnet(inventory, resource, subnet)),
            subnet,
            frontends: frontends(inventory, resource, "frontendIPConfigurations"),
            routes: reading.routes(),
            web_application_firewall: reading.web_application_firewall(),
        })
    }
}

struct Reading<'a> {
    inventory: &'a Inventory,
    resource: &'a Resource,
    properties: Reader<'a>,
}

impl Reading<'_> {
    fn children(&self, property: &str) -> Vec<Child> {
        self.inventory
            .children_of(self.resource, property, property)
    }

    fn part(&self, reader: Reader<'_>) -> Option<PartReference> {
        PartReference::read(self.inventory, self.resource.file, reader)
    }

    /// The item of the list `property` that `reader` names.
    fn named(&self, property: &str, reader: Reader<'_>) -> Option<Child> {
        let part = self.part(reader)?;
        self.children(property)
            .into_iter()
            .find(|child| child.name.eq_ignore_ascii_case(part.name()))
    }

    fn web_application_firewall(&self) -> Option<WebApplicationFirewall> {
        if let Some(policy) = self.policy(self.properties.at("firewallPolicy")) {
            return Some(policy);
        }
        let own = self.properties.at("webApplicationFirewallConfiguration");
        own.value()?;
        Some(WebApplicationFirewall::of_settings(
            own.at("enabled"),
            "false",
            own.at("firewallMode"),
        ))
    }

    fn policy(&self, reader: Reader<'_>) -> Option<WebApplicationFirewall> {
        let reference = Reference::read(self.inventory, self.resource.file, reader)?;
        Some(WebApplicationFirewall::of_policy(
            self.inventory,
            &reference,
        ))
    }

    fn routes(&self) -> Vec<GatewayRoute> {
        let sorts = [
            ("requestRoutingRules", "httpListener", "httpListeners"),
            ("routingRules", "listener", "listeners"),
        ];
        let mut out = Vec::new();
        for (rules, member, listeners) in sorts {
            for rule in self.children(rules) {
                let properties = rule.properties();
                if let Some(listener) = self.named(listeners, properties.at(member)) {
                    out.push(self.route(&rule, &listener));
                }
            }
        }
        out
    }

    fn route(&self, rule: &Child, listener: &Child) -> GatewayRoute {
        let (properties, front) = (rule.properties(), listener.properties());
        let port = self
            .named("frontendPorts", front.at("frontendPort"))
            .map(|port| port.properties().at("port").integer());
        let ports = port
            .as_ref()
            .and_then(|port| u16::try_from(*port.stated()?).ok())
            .map_or_else(PortSet::all, PortSet::single);
        let mut host_names: Vec<Text> = Vec::new();
        host_names.extend(front.at("hostName").symbol().stated().cloned());
        for item in front.at("hostNames").items() {
            host_names.extend(item.symbol().stated().cloned());
        }
        let port_span = port.map_or(listener.body.span, |port| port.span());
        GatewayRoute {
            frontend: self.part(front.at("frontendIPConfiguration")),
            ports,
            host_names,
            backends: self.backends(properties),
            web_application_firewall: self.policy(front.at("firewallPolicy")),
            evidence: vec![
                Evidence::stated(port_span, format!("port of listener `{}`", listener.name)),
                Evidence::stated(
                    rule.body.span,
                    format!("rule `{}` of `{}`", rule.name, self.resource.short_name()),
                ),
            ],
            name: Text::clone(&rule.name),
        }
    }

    /// The pools that a rule leads to: its own, and those of its path map.
    fn backends(&self, rule: Reader<'_>) -> Vec<GatewayBackend> {
        let mut out = Vec::new();
        let own = first_of(rule, ["backendHttpSettings", "backendSettings"]);
        out.extend(self.backend(rule.at("backendAddressPool"), own));
        if let Some(map) = self.named("urlPathMaps", rule.at("urlPathMap")) {
            let map = map.properties();
            let default = map.at("defaultBackendHttpSettings");
            out.extend(self.backend(map.at("defaultBackendAddressPool"), default));
            for path in map.at("pathRules").items() {
                let path = path.at("properties");
                let own = path.at("backendHttpSettings");
                out.extend(self.backend(path.at("backendAddressPool"), own));
            }
        }
        out
    }

    fn backend(&self, pool: Reader<'_>, settings: Reader<'_>) -> Option<GatewayBackend> {
        let reference = self.part(pool)?;
        let pool = self.named("backendAddressPools", pool);
        let settings = self
            .named("backendHttpSettingsCollection", settings)
            .or_else(|| self.named("backendSettingsCollection", settings));
        let port = settings.map(|one| one.properties().at("port").integer());
        let ports = port
            .and_then(|port| u16::try_from(*port.stated()?).ok())
            .map_or_else(PortSet::all, PortSet::single);
        Some(GatewayBackend {
            pool: reference.name().into(),
            ports,
            members: pool.map_or_else(Vec::new, |pool| members(pool.properties())),
            span: reference.span,
        })
    }
}

/// The first member of `members` that is there.
fn first_of<'a>(reader: Reader<'a>, members: [&str; 2]) -> Reader<'a> {
    members
        .iter()
        .map(|member| reader.at(member))
        .find(|one| one.value().is_some())
        .unwrap_or(Reader::missing(reader.span()))
}

fn members(pool: Reader<'_>) -> Vec<BackendAddress> {
    let items = pool.at("backendAddresses").items();
    let members = items.into_iter().filter_map(|item| {
        let address = item.at("ipAddress").symbol();
        let name = item.at("fqdn").symbol();
        match (address.stated(), name.stated()) {
            (Some(text), _) => Some(match parse_prefix(text) {
                Some(set) => BackendAddress::Address(set, address.span()),
                None => BackendAddress::Name(Text::clone(text), address.span()),
            }),
            (None, Some(text)) => Some(BackendAddress::Name(Text::clone(text), name.span())),
            (None, None) => None,
        }
    });
    members.collect()
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find};
    use super::super::{Fact, WebApplicationFirewallMode};
    use super::*;

    const GATEWAY: &str = r#"[
        {"type": "Microsoft.Network/applicationGateways", "name": "gw", "properties": {
            "sku": {"tier": "WAF_v2"},
            "gatewayIPConfigurations": [{"properties": {
                "subnet": {"id": "@virtualNetworks/subnets:net/gw"}}}],
            "frontendIPConfigurations": [{"name": "public", "properties": {
                "publicIPAddress": {"id": "@publicIPAddresses:pip"}}}],
            "frontendPorts": [{"name": "p443", "properties": {"port": 443}}],
            "backendAddressPools": [
                {"name": "web", "properties": {"backendAddresses": [
                    {"ipAddress": "10.0.1.4"}, {"fqdn": "app.azurewebsites.net"}]}},
                {"name": "api", "properties": {"backendAddresses": [{"ipAddress": "10.0.2.4"}]}}],
            "backendHttpSettingsCollection": [
                {"name": "s80", "properties": {"port": 80}},
                {"name": "s8080", "properties": {"port": 8080}}],
            "httpListeners": [{"name": "l", "properties": {
                "frontendIPConfiguration": {"id": "@applicationGateways/frontendIPConfigurations:gw/public"},
                "frontendPort": {"id": "@applicationGateways/frontendPorts:gw/P443"},
                "hostName": "shop.example"}}],
            "urlPathMaps": [{"name": "map", "properties": {
                "defaultBackendAddressPool": {"id": "@applicationGateways/backendAddressPools:gw/web"},
                "defaultBackendHttpSettings": {"id": "@applicationGateways/backendHttpSettingsCollection:gw/s80"},
                "pathRules": [{"name": "api", "properties": {"paths": ["/api/*"],
                    "backendAddressPool": {"id": "@applicationGateways/backendAddressPools:gw/api"},
                    "backendHttpSettings": {"id": "@applicationGateways/backendHttpSettingsCollection:gw/s8080"}}}]}}],
            "requestRoutingRules": [{"name": "r", "properties": {
                "httpListener": {"id": "@applicationGateways/httpListeners:gw/l"},
                "urlPathMap": {"id": "@applicationGateways/urlPathMaps:gw/map"}}}],
            "webApplicationFirewallConfiguration": {"enabled": true, "firewallMode": "Detection"}}}]"#;

    #[test]
    fn a_listener_leads_over_a_path_map_to_every_pool() {
        let (inventory, topology) = estate(GATEWAY);
        let index = find(&inventory, "applicationGateways", "gw");
        let gateway = &topology.application_gateways[&index];
        let route = &gateway.routes[0];
        assert_eq!(route.ports, PortSet::single(443));
        assert!(route.frontend.as_ref().unwrap().is(index, "public"));
        let backends: Vec<_> = route
            .backends
            .iter()
            .map(|one| {
                (
                    one.pool.to_string(),
                    one.ports.to_string(),
                    one.members.len(),
                )
            })
            .collect();
        assert_eq!(
            backends,
            [
                ("web".to_owned(), "80".to_owned(), 2),
                ("api".to_owned(), "8080".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn a_firewall_that_only_detects_says_so() {
        let (inventory, topology) = estate(GATEWAY);
        let index = find(&inventory, "applicationGateways", "gw");
        let firewall = topology.application_gateways[&index]
            .web_application_firewall
            .as_ref()
            .unwrap();
        assert!(matches!(
            firewall.mode,
            Fact::Known(WebApplicationFirewallMode::Detection)
        ));
    }
}
