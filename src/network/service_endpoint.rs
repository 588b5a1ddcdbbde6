//! Service endpoints: a subnet's packets reach a service's public side with the subnet's identity.
//!
//! Template reference: `Microsoft.Network/serviceEndpointPolicies`.
//! A service that lists a subnet admits it only where the subnet has an endpoint for that service.
//! Policies limit which storage accounts a subnet reaches by it; they are a control of what leaves.

use super::{Reference, Subnet};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, ResourceId, Setting};
use crate::value::Text;
use std::sync::Arc;

/// What a subnet's service endpoint policies let it reach.
#[derive(Clone, Debug)]
pub struct EndpointLimit {
    /// The resources, groups and subscriptions that it may reach, by the key of the identifier.
    pub scopes: Vec<Text>,
    /// Why it may reach others, where it may.
    pub open: Option<Arc<Doubt>>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
}

/// Whether `subnet` surely has an endpoint for `service`: `Microsoft.Storage`. One for a whole cloud
/// (`Microsoft.Storage.Global`) counts.
pub(super) fn has_service_endpoint(subnet: &Subnet, service: &str) -> bool {
    let wanted = service.to_ascii_lowercase();
    subnet.service_endpoints.iter().any(|endpoint| {
        let name = endpoint.service.to_ascii_lowercase();
        name == wanted || name.strip_suffix(".global") == Some(&wanted)
    })
}

/// What the policies of `subnet` let it reach by its service endpoints; `None` where it has none.
pub fn endpoint_limit(inventory: &Inventory, subnet: &Subnet) -> Option<EndpointLimit> {
    if subnet.service_endpoint_policies.is_empty() {
        return None;
    }
    let mut limit = EndpointLimit {
        scopes: Vec::new(),
        open: None,
        evidence: Vec::new(),
    };
    for policy in &subnet.service_endpoint_policies {
        add_policy(inventory, policy, &mut limit);
    }
    Some(limit)
}

fn add_policy(inventory: &Inventory, policy: &Reference, limit: &mut EndpointLimit) {
    let name = policy.id.display_name();
    let Some(resource) = policy.resource().and_then(|index| inventory.get(index)) else {
        limit.open = Some(Arc::new(
            Doubt::outside(
                "service-endpoint-policy-outside",
                format!("service endpoint policy|{}", policy.id.key()),
                format!("service endpoint policy `{name}` is not in the inputs"),
                format!("an export with service endpoint policy `{name}`"),
                policy.span,
            )
            .with_command(policy.id.show_command()),
        ));
        return;
    };
    let segment = "serviceEndpointPolicyDefinitions";
    for definition in inventory.children_of(resource, segment, segment) {
        let list = definition.properties().at("serviceResources");
        if let Setting::Unknown(unknown, span) = list.list() {
            limit.open = Some(Arc::new(Doubt::of(&unknown, span, "lists the account")));
        }
        for scope in list.items() {
            if let Setting::Unknown(unknown, span) = scope.text() {
                limit.open = Some(Arc::new(Doubt::of(&unknown, span, "lists the account")));
            }
            if let Some(id) = scope.symbol().stated() {
                let id = inventory.own_id(ResourceId::new(Text::clone(id)), scope.span().file);
                limit.scopes.push(Text::clone(id.key()));
                let says = format!(
                    "service endpoint policy `{name}` lists `{}`",
                    id.display_name()
                );
                limit.evidence.push(Evidence::stated(scope.span(), says));
            }
        }
    }
}

impl EndpointLimit {
    /// Whether the resource `id` is within one of the scopes; `None` where that is not known.
    pub fn covers(&self, id: &ResourceId) -> Option<bool> {
        let is_within = self.scopes.iter().any(|scope| {
            let key = id.key();
            **scope == **key
                || key
                    .strip_prefix(&**scope)
                    .is_some_and(|rest| rest.starts_with('/'))
        });
        match (is_within, &self.open) {
            (true, _) => Some(true),
            (false, Some(_)) => None,
            (false, None) => Some(false),
        }
    }
}
