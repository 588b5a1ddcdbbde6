//! Static web apps.
//!
//! Template reference: `Microsoft.Web/staticSites`.
//! Read: `publicNetworkAccess`, the children `basicAuth` and `customDomains`.
//! Absent: the app is open and asks nothing; once a private endpoint leads to it, requests from
//! public addresses are refused.
//! Not modelled: routes and roles, which stand in the app's own files.

use super::firewall::Firewall;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, PrivateEndpointState};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Web/staticSites",
        display: "Static web app",
        icon: "web-app",
        zone: Zone::Platform,
        asset: Asset::Compute,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::modelled_part("Microsoft.Web/staticSites/basicAuth", "Site password"),
    Kind::modelled_part("Microsoft.Web/staticSites/customDomains", "Host name"),
    Kind::part("Microsoft.Web/staticSites/config", "App configuration"),
    Kind::part("Microsoft.Web/staticSites/linkedBackends", "Linked backend"),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let mut hosts = vec!["{name}.azurestaticapps.net".to_owned()];
    hosts.extend(
        context
            .own_children("customDomains")
            .map(|domain| domain.short_name().to_owned()),
    );
    let password = context
        .own_children("basicAuth")
        .map(|child| child.properties().at("applicableEnvironmentsMode").text())
        .find(|mode| mode.is("AllEnvironments") == Some(true));
    let proof = Proof::new(context);
    let proof = match &password {
        Some(mode) => proof.accept(
            AuthenticationMode::Password,
            shows("applicableEnvironmentsMode", mode, "SpecifiedEnvironments"),
        ),
        None => proof.accept(
            AuthenticationMode::Anonymous,
            Evidence::default(context.properties().span(), "the app has no site password"),
        ),
    };
    vec![door(
        "main",
        hosts,
        ServiceSet::tcp(443).union(&ServiceSet::tcp(80)),
        admission(context),
        &["staticSites"],
        proof.finish(),
    )]
}

/// "Configure private endpoint in Azure Static Web Apps": with a private endpoint the app is no
/// longer available on the public internet.
fn admission(context: &DoorContext<'_>) -> AccessList {
    let name = "publicNetworkAccess";
    let access = context.properties().at(name).text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access(name, &access);
    if access.is_absent() {
        let all = AddressSet::all();
        let says = "a private endpoint takes the app off the public internet";
        match &context.private_endpoint {
            PrivateEndpointState::Approved(endpoint) => {
                firewall.deny_all(Evidence::default(endpoint.span, says));
            }
            PrivateEndpointState::Unknown(doubt) => {
                let evidence = Evidence::default(access.span(), says);
                firewall.rule(Access::Deny, &all, vec![(**doubt).clone()], evidence);
            }
            PrivateEndpointState::None => {}
        }
    }
    firewall.allow_all(vec![shows(name, &access, "Enabled")]);
    firewall.finish()
}
