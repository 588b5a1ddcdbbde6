//! Container apps, their jobs and environments.
//!
//! Template reference: `Microsoft.App/containerApps`, `Microsoft.App/managedEnvironments`.
//! Read: `configuration.ingress` with `external`, `transport`, `exposedPort`, `allowInsecure`,
//! `ipSecurityRestrictions`, `additionalPortMappings`, `customDomains`, `clientCertificateMode`;
//! the child `authConfigs`; of the environment `vnetConfiguration` and `publicNetworkAccess`.
//! Absent: without ingress nothing listens; `external` means false; an environment is public; nobody
//! has to sign in. A job listens to nothing.
//! Not modelled: paths between apps of one environment; Dapr.

use super::doubt::{doubt_about, governed_from_outside};
use super::firewall::Firewall;
use super::host::region;
use super::proof::Proof;
use super::shown::{filled, shows};
use super::{Asset, Coverage, Kind, Zone, container_app_sign_in, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, PortSet, Protocol, ServiceSet};
use crate::resource::{
    Door, DoorContext, Governing, Placement, PrivateEndpointState, Reader, Resource, Setting,
};
use crate::value::Text;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.App/containerApps",
        display: "Container app",
        icon: "web-app",
        zone: Zone::Platform,
        asset: Asset::Compute,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        governed_by: Some(environment),
    },
    Kind {
        resource_type: "Microsoft.App/managedEnvironments",
        display: "Container Apps environment",
        icon: "kubernetes",
        zone: Zone::Platform,
        coverage: Coverage::Modelled,
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.App/jobs",
        display: "Container job",
        icon: "compute",
        zone: Zone::Platform,
        asset: Asset::Compute,
        coverage: Coverage::Modelled,
        ..Kind::SHOWN
    },
    Kind::modelled_part(
        "Microsoft.App/containerApps/authConfigs",
        "Sign-in settings",
    ),
    Kind::part(
        "Microsoft.App/managedEnvironments/certificates",
        "Certificate",
    ),
    Kind::part(
        "Microsoft.App/managedEnvironments/daprComponents",
        "Dapr component",
    ),
    Kind::part(
        "Microsoft.App/managedEnvironments/storages",
        "Mounted storage",
    ),
    Kind::part(
        "Microsoft.App/managedEnvironments/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

/// The environment that holds an app; it goes by two names.
fn environment(app: &Resource) -> Setting<Text> {
    let properties = app.properties();
    match properties.at("environmentId").symbol() {
        Setting::Absent(_) => properties.at("managedEnvironmentId").symbol(),
        stated => stated,
    }
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let ingress = context.properties().path("configuration.ingress");
    let mut hosts = vec![format!(
        "{}.{{environment}}.{}.azurecontainerapps.io",
        context.resource.short_name(),
        region(context)
    )];
    for domain in ingress.at("customDomains").items() {
        hosts.extend(domain.at("name").symbol().stated().map(ToString::to_string));
    }
    let placement = placement(context);
    let main = Door {
        placement: placement.clone(),
        ..door(
            "main",
            hosts.clone(),
            services(ingress),
            admission(context, ingress, "external", true),
            &["managedEnvironments"],
            container_app_sign_in::of(context, ingress),
        )
    };
    let mut doors = vec![main];
    for mapping in ingress.at("additionalPortMappings").items() {
        let port = match mapping.at("exposedPort").integer() {
            Setting::Absent(_) => mapping.at("targetPort").integer(),
            stated => stated,
        };
        let Some(port) = port.stated().and_then(|port| u16::try_from(*port).ok()) else {
            continue;
        };
        let evidence = Evidence::stated(mapping.span(), "the platform checks nobody on this port");
        doors.push(Door {
            placement: placement.clone(),
            ..door(
                format!("port-{port}"),
                hosts.clone(),
                ServiceSet::tcp(port),
                admission(context, mapping, "external", false),
                &["managedEnvironments"],
                Proof::new(context)
                    .accept(crate::resource::AuthenticationMode::Anonymous, evidence)
                    .finish(),
            )
        });
    }
    doors
}

/// HTTP on 443, and on 80, where the platform answers too if only to send the caller on; TCP on the
/// exposed port.
fn services(ingress: Reader<'_>) -> ServiceSet {
    let is_tcp = ingress.at("transport").text().is("Tcp") == Some(true);
    let exposed = ingress.at("exposedPort").integer();
    let target = ingress.at("targetPort").integer();
    if is_tcp {
        let port = exposed.stated().or(target.stated());
        let ports = port
            .and_then(|port| u16::try_from(*port).ok())
            .map_or(PortSet::all(), PortSet::single);
        return ServiceSet::of(Protocol::Tcp, ports);
    }
    if ingress.at("allowInsecure").boolean().truth(false) == Some(false) {
        ServiceSet::tcp(443)
    } else {
        ServiceSet::tcp(443).union(&ServiceSet::tcp(80))
    }
}

/// An environment in the customer's network stands on its subnet.
fn placement(context: &DoorContext<'_>) -> Placement {
    let Some(environment) = context.governor() else {
        return Placement::Public;
    };
    let network = environment.properties().at("vnetConfiguration");
    let subnet = network.at("infrastructureSubnetId").symbol();
    let internal = network.at("internal").boolean();
    match (subnet, internal.truth(false)) {
        (Setting::Stated(id, _), Some(true)) => Placement::Subnet(id.to_string(), internal.span()),
        (Setting::Stated(id, span), _) => Placement::PublicInSubnet(id.to_string(), span),
        _ => Placement::Public,
    }
}

/// Whom the app lets in. `part` holds the switch called `external`; `restricted` says whether the
/// address rules stand before it.
fn admission(
    context: &DoorContext<'_>,
    part: Reader<'_>,
    external: &'static str,
    restricted: bool,
) -> AccessList {
    let mut firewall = Firewall::new(context);
    if part.value().is_none() {
        let says = "configuration.ingress is absent, so nothing listens";
        firewall.deny_all(Evidence::default(part.span(), says));
        return firewall.finish();
    }
    if let Some(unknown) = part.value().and_then(|value| value.as_unknown()) {
        let doubt =
            Doubt::of(unknown, part.span(), "is external").with_command(context.show_command());
        let evidence = Evidence::stated(part.span(), "the ingress is not known");
        firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
    } else {
        let switch = part.at(external).boolean();
        let name = format!("ingress.{external}");
        let shown = shows(&name, &switch, "false");
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            switch.truth(false).map(|external| !external),
            shown,
            || {
                let holds = |word: &str| word.eq_ignore_ascii_case("false");
                doubt_about(context, &switch, &name, &["true", "false"], holds)
            },
        );
    }
    environment_access(&mut firewall);
    if restricted {
        address_rules(&mut firewall, part.at("ipSecurityRestrictions"));
    }
    firewall.allow_all(vec![shows(
        &format!("ingress.{external}"),
        &part.at(external).boolean(),
        "false",
    )]);
    firewall.finish()
}

/// Refuses everyone where the environment has no public side.
fn environment_access(firewall: &mut Firewall<'_, '_>) {
    let context = firewall.context;
    let environment = match &context.governing {
        Governing::By(environment) => environment,
        Governing::Outside(span) => {
            for entry in governed_from_outside(context, "the environment", *span).entries() {
                if entry.access == Access::Deny {
                    firewall.push(entry.clone());
                }
            }
            return;
        }
        Governing::Nothing => return,
    };
    let properties = environment.properties();
    let name = "vnetConfiguration.internal";
    let internal = properties.path(name).boolean();
    let has_subnet = properties
        .path("vnetConfiguration.infrastructureSubnetId")
        .symbol()
        .stated()
        .is_some();
    // On a subnet of its own the door stands there, and the network decides.
    if !(has_subnet && internal.truth(false) == Some(true)) {
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            internal.truth(false),
            shows(name, &internal, "false"),
            || {
                let holds = |word: &str| word.eq_ignore_ascii_case("true");
                doubt_about(context, &internal, name, &["true", "false"], holds)
            },
        );
    }
    let name = "publicNetworkAccess";
    let access = properties.at(name).text();
    firewall.public_network_access(name, &access);
    // A private endpoint asks for public access to be off, which a template that says nothing of
    // it may or may not have.
    if let (true, PrivateEndpointState::Approved(endpoint)) =
        (access.is_absent(), &environment.private_endpoint)
    {
        let doubt = super::doubt::undocumented(access.span(), name)
            .with_command(environment.show_command());
        firewall.rule(
            Access::Deny,
            &AddressSet::all(),
            vec![doubt],
            endpoint.clone(),
        );
    }
}

/// All rules admit or all refuse; with rules that admit, whom none admits is refused.
fn address_rules(firewall: &mut Firewall<'_, '_>, rules: Reader<'_>) {
    let name = "ingress.ipSecurityRestrictions";
    let mut admitting = None;
    firewall.each(rules, name, |firewall, item| {
        let action = item.at("action").text();
        let access = if action.is("Deny") == Some(true) {
            Access::Deny
        } else {
            Access::Allow
        };
        if access == Access::Allow {
            admitting = Some(action.span());
        }
        firewall.address(access, name, &item.at("ipAddressRange").text());
    });
    if let Some(span) = admitting {
        let says = format!("{name} lists who may come in, and refuses everyone else");
        firewall.deny_all(Evidence::stated(span, says));
    } else if filled(rules).is_unknown() {
        firewall.refuse_unlisted(name, &filled(rules));
    }
}
