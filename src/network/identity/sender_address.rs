//! The public addresses that a sender calls out from.

use super::sender::Senders;
use crate::evidence::Evidence;
use crate::flow::{AddressSet, Place};
use crate::network::Reference;
use crate::resource::ResourceIndex;
use crate::source::Span;

impl Senders<'_> {
    /// Those of the NAT gateway that `gateway` names.
    pub(super) fn through_gateway(&mut self, gateway: &Reference) {
        let says = "its subnet calls out through a NAT gateway";
        let found = gateway
            .resource()
            .and_then(|index| self.inventory.get(index));
        let addresses = found.map_or_else(Vec::new, |found| {
            let list = found.properties().at("publicIpAddresses");
            Reference::read_list(self.inventory, found.file, list)
        });
        if addresses.is_empty() {
            self.azure(gateway.span, says);
        }
        for address in &addresses {
            self.address(Some(address), gateway.span, says);
        }
    }

    /// From one of the public addresses of the firewall at `index`, which `evidence` shows to be on
    /// the route.
    pub(super) fn through_firewall(&mut self, index: ResourceIndex, evidence: &[Evidence]) {
        let before = self.entries.len();
        let says = "its subnet calls out through a firewall";
        let firewall = self.topology.firewalls.get(&index);
        let addresses = firewall.map_or(&[][..], |firewall| &firewall.public_addresses);
        let span = evidence.first().map(|one| one.span);
        for address in addresses {
            self.address(Some(address), address.span, says);
        }
        if let (true, Some(span)) = (addresses.is_empty(), span) {
            self.azure(span, says);
        }
        for entry in self.entries.iter_mut().skip(before) {
            entry.evidence.extend(evidence.iter().cloned());
        }
    }

    /// The public address that `reference` names, which is Azure's and perhaps not numbered.
    pub(super) fn address(
        &mut self,
        reference: Option<&Reference>,
        span: Span,
        says: &'static str,
    ) {
        let found = reference.and_then(|reference| {
            let address = self.topology.public_addresses.get(&reference.resource()?)?;
            Some((address.addresses(), address.index))
        });
        if let Some((set, index)) = &found
            && let numbers = set.subtract(&AddressSet::azure_public())
            && !numbers.is_empty()
            && numbers.v4_count() < 1 << 28
        {
            let at = self
                .inventory
                .get(*index)
                .map_or(span, |found| found.properties().at("ipAddress").span());
            let says = format!("{says}, {}", numbers.describe().join(" "));
            self.allow(&numbers, Evidence::stated(at, says));
            return;
        }
        self.azure(span, says);
    }

    /// Some public address of Azure's, which is not numbered.
    pub(super) fn azure(&mut self, span: Span, says: &'static str) {
        self.allow(
            &AddressSet::place(Place::AzureTenant),
            Evidence::stated(span, says),
        );
    }
}
