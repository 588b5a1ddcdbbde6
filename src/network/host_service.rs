//! What the host itself answers, which security groups do not govern.
//!
//! Per "Network security groups" (Azure platform considerations): name resolution, DHCP, the
//! metadata service and health monitoring are given by 168.63.129.16 and 169.254.169.254 and pass
//! security groups, unless a rule names the tags made for it.

use super::vicinity::platform_address;
use crate::flow::{AddressSet, FlowSet, PortSet, Protocol, ServiceSet, parse_prefix};

/// The name under which the platform's own pass is reported.
pub(super) const HOST_SERVICE: &str = "HostService";

fn metadata_address() -> AddressSet {
    parse_prefix("169.254.169.254").unwrap_or_default()
}

fn name_resolution() -> ServiceSet {
    ServiceSet::of(Protocol::Udp, PortSet::single(53)).union(&ServiceSet::tcp(53))
}

/// The addresses and services that `tag` takes out of the platform's pass; `None` for other tags.
pub(super) fn host_tag(tag: &str) -> Option<(AddressSet, ServiceSet)> {
    if tag.eq_ignore_ascii_case("AzurePlatformDNS") {
        Some((platform_address(), name_resolution()))
    } else if tag.eq_ignore_ascii_case("AzurePlatformIMDS") {
        Some((metadata_address(), ServiceSet::tcp(80)))
    } else {
        None
    }
}

/// The outbound packets that pass security groups: to the host's own services.
pub(super) fn host_services() -> FlowSet {
    let dhcp = ServiceSet::of(Protocol::Udp, PortSet::single(67));
    let agent = ServiceSet::tcp(80).union(&ServiceSet::tcp(32526));
    let host = name_resolution().union(&dhcp).union(&agent);
    FlowSet::new(&platform_address(), host)
        .union(&FlowSet::new(&metadata_address(), ServiceSet::tcp(80)))
}
