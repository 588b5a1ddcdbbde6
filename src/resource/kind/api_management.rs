//! API Management.
//!
//! Template reference: `Microsoft.ApiManagement/service`.
//! Read: `sku.name`, `virtualNetworkType`, `virtualNetworkConfiguration.subnetResourceId`,
//! `publicNetworkAccess`, `hostnameConfigurations`; the APIs' `subscriptionRequired` and the
//! policies of the service, its APIs and products, as text.
//! Absent: the gateway is public and in no virtual network; an API asks for a subscription key.
//! Not modelled: what policies do beyond the names of the checks in them; the developer portal;
//! self-hosted gateways.

use super::api_management_proof;
use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::{Suffixes, own_host, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::standing::{Standing, standing};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, Place, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, Placement};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.ApiManagement/service",
        display: "API Management",
        icon: "api-management",
        zone: Zone::Edge,
        asset: Asset::Gateway,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::modelled_part("Microsoft.ApiManagement/service/apis", "API"),
    Kind::modelled_part(
        "Microsoft.ApiManagement/service/apis/policies",
        "API policy",
    ),
    Kind::modelled_part("Microsoft.ApiManagement/service/policies", "Service policy"),
    Kind::modelled_part(
        "Microsoft.ApiManagement/service/products/policies",
        "Product policy",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/apis/operations",
        "API operation",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/apis/operations/policies",
        "Operation policy",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/apis/operations/tags",
        "Tag",
    ),
    Kind::part("Microsoft.ApiManagement/service/apis/schemas", "API schema"),
    Kind::part(
        "Microsoft.ApiManagement/service/apis/diagnostics",
        "API diagnostics",
    ),
    Kind::part("Microsoft.ApiManagement/service/backends", "Backend"),
    Kind::part("Microsoft.ApiManagement/service/products", "Product"),
    Kind::part(
        "Microsoft.ApiManagement/service/products/apis",
        "API of a product",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/products/groups",
        "Group of a product",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/subscriptions",
        "Subscription",
    ),
    Kind::part("Microsoft.ApiManagement/service/namedValues", "Named value"),
    Kind::part("Microsoft.ApiManagement/service/properties", "Named value"),
    Kind::part("Microsoft.ApiManagement/service/loggers", "Logger"),
    Kind::part("Microsoft.ApiManagement/service/diagnostics", "Diagnostics"),
    Kind::part(
        "Microsoft.ApiManagement/service/diagnostics/loggers",
        "Logger",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/gateways",
        "Self-hosted gateway",
    ),
    Kind::part("Microsoft.ApiManagement/service/tags", "Tag"),
    Kind::part("Microsoft.ApiManagement/service/users", "User"),
    Kind::part("Microsoft.ApiManagement/service/groups", "Group"),
    Kind::part(
        "Microsoft.ApiManagement/service/certificates",
        "Certificate",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/identityProviders",
        "Identity provider",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/authorizationServers",
        "Authorization server",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/portalsettings",
        "Portal settings",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/providers/diagnosticsettings",
        "Diagnostic setting",
    ),
    Kind::part(
        "Microsoft.ApiManagement/service/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

const SUBNET: &str = "virtualNetworkConfiguration.subnetResourceId";
const SUFFIXES: Suffixes = ["azure-api.net", "azure-api.us", "azure-api.cn"];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let placement = placement(context);
    let mut hosts = own_host(context, SUFFIXES);
    for configuration in context.properties().at("hostnameConfigurations").items() {
        if configuration.at("type").text().is("Proxy") != Some(false) {
            let host = configuration.at("hostName").symbol();
            hosts.extend(host.stated().map(ToString::to_string));
        }
    }
    let gateway = Door {
        placement: placement.clone(),
        ..door(
            "main",
            hosts,
            ServiceSet::tcp(443).union(&ServiceSet::tcp(80)),
            admission(context),
            &["Gateway"],
            api_management_proof::of(context),
        )
    };
    let mut doors = vec![gateway];
    doors.extend(management_door(context, &placement));
    doors
}

/// How the service stands in a network: not at all, on a subnet with a public address, or on a
/// subnet without. In the tiers of the second version `External` is about the way out only.
fn placement(context: &DoorContext<'_>) -> Placement {
    let properties = context.properties();
    let form = properties.at("virtualNetworkType").text();
    let subnet = standing(context, SUBNET);
    let sku = context.sku();
    let is_second = sku
        .satisfies(|name| name.to_ascii_lowercase().ends_with("v2"))
        .unwrap_or(false);
    let is = |word| form.is(word) == Some(true);
    match subnet {
        Standing::Subnet(id, span) if is("External") && !is_second => {
            Placement::PublicInSubnet(id, span)
        }
        Standing::Subnet(id, _) if is("Internal") => Placement::Subnet(id, form.span()),
        _ => Placement::Public,
    }
}

fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let mut firewall = Firewall::new(context);
    let access = properties.at("publicNetworkAccess").text();
    firewall.public_network_access("publicNetworkAccess", &access);
    let name = "virtualNetworkType";
    let form = properties.at(name).text();
    if !matches!(placement(context), Placement::Subnet(..)) {
        let is_internal = |word: &str| word.eq_ignore_ascii_case("Internal");
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            form.satisfies(is_internal),
            shows(name, &form, "None"),
            || {
                doubt_about(
                    context,
                    &form,
                    name,
                    &["None", "External", "Internal"],
                    is_internal,
                )
            },
        );
    }
    if form.is("External") == Some(true)
        && let Standing::Perhaps(doubt, span) = standing(context, SUBNET)
    {
        let evidence = Evidence::stated(span, "a subnet's rules may stand before the gateway");
        firewall.rule(Access::Deny, &AddressSet::all(), vec![*doubt], evidence);
    }
    firewall.allow_all(vec![
        shows(name, &form, "None"),
        shows("publicNetworkAccess", &access, "Enabled"),
    ]);
    firewall.finish()
}

/// In a virtual network the service keeps a public address for the platform's own management, and
/// for nobody else ("Virtual network configuration reference: API Management").
fn management_door(context: &DoorContext<'_>, placement: &Placement) -> Option<Door> {
    let (Placement::PublicInSubnet(subnet, span) | Placement::Subnet(subnet, span)) = placement
    else {
        return None;
    };
    let mut firewall = Firewall::new(context);
    let says = "the management address serves the platform alone";
    firewall.allow(
        &AddressSet::place(Place::TrustedService),
        Evidence::platform(*span, says),
    );
    firewall.deny_all(Evidence::platform(*span, says));
    let proof =
        Proof::new(context).always(AuthenticationMode::Cert, "the platform shows a certificate");
    let name = context.resource.short_name();
    Some(Door {
        placement: Placement::PublicInSubnet(subnet.clone(), *span),
        ..door(
            "management",
            vec![format!("{name}.management.{}", suffix(context, SUFFIXES))],
            ServiceSet::tcp(3443),
            firewall.finish(),
            &[],
            proof.finish(),
        )
    })
}
