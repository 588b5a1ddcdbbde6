//! Container groups.
//!
//! Template reference: `Microsoft.ContainerInstance/containerGroups`.
//! Read: `ipAddress` with `type`, `ports` and `dnsNameLabel`; `subnetIds`.
//! Absent: without `ipAddress` nothing listens.
//! Not modelled: what the containers ask of their callers.

use super::firewall::Firewall;
use super::host::region;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, PortSet, Protocol, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, Placement, Reader, Setting};

pub(super) static KINDS: &[Kind] = &[Kind {
    resource_type: "Microsoft.ContainerInstance/containerGroups",
    display: "Container group",
    icon: "compute",
    zone: Zone::Platform,
    asset: Asset::Compute,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    ..Kind::SHOWN
}];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let properties = context.properties();
    let address = properties.at("ipAddress");
    if address.value().is_none() {
        return Vec::new();
    }
    let subnet = properties.at("subnetIds").items().first().map(Reader::id);
    let kind = address.at("type").text();
    let mut firewall = Firewall::new(context);
    let placement = match subnet {
        Some(Setting::Stated(id, span)) => Placement::Subnet(id.to_string(), span),
        _ => Placement::Public,
    };
    if placement == Placement::Public {
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            kind.is("Private"),
            shows("ipAddress.type", &kind, "Public"),
            || match kind.unknown() {
                Some(unknown) => Doubt::of(unknown, kind.span(), "is Private"),
                None => super::doubt::undocumented(kind.span(), "ipAddress.type"),
            },
        );
    }
    firewall.allow_all(vec![shows("ipAddress.type", &kind, "Public")]);
    let label = address.at("dnsNameLabel").symbol();
    let hosts = label
        .stated()
        .map(|label| format!("{label}.{}.azurecontainer.io", region(context)))
        .into_iter()
        .collect();
    let evidence = Evidence::platform(
        address.span(),
        "the platform checks nobody before a container",
    );
    vec![Door {
        placement,
        ..door(
            "main",
            hosts,
            services(address),
            firewall.finish(),
            &[],
            Proof::new(context)
                .accept(AuthenticationMode::Anonymous, evidence)
                .finish(),
        )
    }]
}

fn services(address: Reader<'_>) -> ServiceSet {
    let ports = address.at("ports");
    if ports.list().is_unknown() {
        return ServiceSet::of(Protocol::Tcp, PortSet::all());
    }
    ports.items().iter().fold(ServiceSet::empty(), |set, item| {
        let protocol = item
            .at("protocol")
            .text()
            .stated()
            .and_then(|name| Protocol::parse(name))
            .unwrap_or(Protocol::Tcp);
        let ports = match item.at("port").integer() {
            Setting::Stated(port, _) => {
                u16::try_from(port).map_or(PortSet::empty(), PortSet::single)
            }
            Setting::Absent(_) => PortSet::empty(),
            Setting::Unknown(..) => PortSet::all(),
        };
        set.union(&ServiceSet::of(protocol, ports))
    })
}
