//! Rules of a service's firewall that stand as children of their own.

use super::doubt::deployment_doubt;
use super::firewall::Firewall;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, Place};
use crate::resource::{Resource, Setting};
use std::net::{IpAddr, Ipv4Addr};

impl Firewall<'_, '_> {
    /// Admits the ranges of the children whose type ends in `segment`, by their first and last
    /// address. The range `0.0.0.0` to `0.0.0.0` stands for everything in Azure, whoever's it is
    /// ("Azure SQL Database and Azure Synapse network access controls").
    pub(super) fn ranges(&mut self, segment: &str, first: &str, last: &str) {
        let context = self.context;
        for child in context.of_segment(segment) {
            let properties = child.properties();
            let (from, to) = (properties.at(first).text(), properties.at(last).text());
            let (from, to) = match (from, to) {
                (Setting::Unknown(unknown, span), _) | (_, Setting::Unknown(unknown, span)) => {
                    let value = Setting::Unknown(unknown, span);
                    self.address(Access::Allow, segment, &value);
                    continue;
                }
                (Setting::Stated(from, span), Setting::Stated(to, _)) => ((from, span), to),
                _ => continue,
            };
            let ((from, span), to) = (from, to);
            let name = child.short_name();
            let says = format!("{segment} `{name}` admits {from} to {to}");
            let evidence = Evidence::stated(span, says);
            let doubts: Vec<Doubt> = deployment_doubt(child).into_iter().collect();
            let parse = |text: &str| text.trim().parse::<IpAddr>().ok();
            match (parse(&from), parse(&to)) {
                (Some(first), Some(last)) if first == last && is_all_zero(first) => {
                    let azure =
                        AddressSet::azure_public().union(&AddressSet::place(Place::TrustedService));
                    self.rule(Access::Allow, &azure, doubts, evidence);
                }
                (Some(first), Some(last)) => {
                    self.listed(
                        Access::Allow,
                        &AddressSet::range(first, last),
                        doubts,
                        evidence,
                    );
                }
                _ => {
                    let text = Setting::Stated(format!("{from} to {to}").into(), span);
                    self.address(Access::Allow, segment, &text);
                }
            }
        }
        self.complete();
    }

    /// Admits the subnets that the children whose type ends in `segment` name as `field`.
    pub(super) fn subnet_children(&mut self, segment: &str, field: &str) {
        let children: Vec<&Resource> = self.context.of_segment(segment).collect();
        for child in children {
            if let Setting::Stated(id, span) = child.properties().path(field).symbol() {
                let doubts = deployment_doubt(child).into_iter().collect();
                self.subnet(segment, id, span, doubts);
            }
        }
    }
}

fn is_all_zero(address: IpAddr) -> bool {
    address == IpAddr::V4(Ipv4Addr::UNSPECIFIED)
}
