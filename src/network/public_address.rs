//! Public addresses.
//!
//! Template reference: `Microsoft.Network/publicIPAddresses`.
//! Without a SKU an address is Basic. A Standard one admits nothing until a security group does
//! ("Public IP addresses").

use super::{Fact, PublicAddressSku};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::{Inventory, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::net::IpAddr;
use std::sync::Arc;

/// A public address, read.
#[derive(Clone, Debug)]
pub struct PublicAddress {
    /// The resource.
    pub index: ResourceIndex,
    /// The SKU.
    pub sku: Fact<PublicAddressSku>,
    /// What shows the SKU.
    pub sku_evidence: Evidence,
    /// The address, where the inputs tell it.
    pub address: Option<IpAddr>,
    /// Whether it is an address of IPv6; `None` where that is not known. Without a version it is one
    /// of IPv4 ("Public IP addresses").
    pub is_v6: Option<bool>,
    /// The name below the region's domain, where there is one.
    pub domain_name_label: Option<Text>,
}

impl PublicAddress {
    /// Reads the public address at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let sku_name = resource.reader().path("sku.name").text();
        let (sku, sku_evidence) = sku(&sku_name, "public address");
        let properties = resource.properties();
        let address = properties.at("ipAddress").text();
        let label = properties.path("dnsSettings.domainNameLabel").symbol();
        Some(Self {
            index,
            sku,
            sku_evidence,
            address: address.stated().and_then(|text| text.trim().parse().ok()),
            is_v6: properties.at("publicIPAddressVersion").text().is("IPv6"),
            domain_name_label: label.stated().cloned(),
        })
    }

    /// The addresses that it can be: the known one, or all public ones of its family.
    pub fn addresses(&self) -> AddressSet {
        self.address.map_or_else(
            || AddressSet::internet().intersect(&family(self.is_v6)),
            AddressSet::single,
        )
    }
}

/// The addresses of IPv6, those of IPv4, or both where it is not known which.
pub fn family(is_v6: Option<bool>) -> AddressSet {
    match is_v6 {
        Some(true) => AddressSet::all_v6(),
        Some(false) => AddressSet::all_v4(),
        None => AddressSet::all(),
    }
}

/// The SKU that `setting` states of a `what`, and what shows it. Without one it is Basic.
pub(super) fn sku(setting: &Setting<Text>, what: &str) -> (Fact<PublicAddressSku>, Evidence) {
    (sku_fact(setting), sku_evidence(setting, what))
}

fn sku_fact(sku: &Setting<Text>) -> Fact<PublicAddressSku> {
    match sku.satisfies(|word| word.eq_ignore_ascii_case("Basic")) {
        _ if sku.is_absent() => Fact::Known(PublicAddressSku::Basic),
        Some(true) => Fact::Known(PublicAddressSku::Basic),
        Some(false) => Fact::Known(PublicAddressSku::Standard),
        None => {
            let outcomes = vec![("Basic".into(), true), ("Standard".into(), false)];
            let doubt = sku.unknown().map_or_else(
                || Doubt::outside("sku", "sku", "the SKU is not known", "the SKU", sku.span()),
                |unknown| Doubt::of(unknown, sku.span(), "is Basic"),
            );
            Fact::Open(Arc::new(doubt.with_outcomes(outcomes)))
        }
    }
}

fn sku_evidence(sku: &Setting<Text>, what: &str) -> Evidence {
    let span: Span = sku.span();
    match sku {
        Setting::Stated(word, _) => Evidence::stated(span, format!("SKU of the {what} is {word}")),
        // Known from experience: exports of old addresses and old templates leave it out.
        Setting::Absent(_) => Evidence::assumed(
            span,
            format!("SKU of the {what} is absent, which means Basic"),
        ),
        Setting::Unknown(..) => Evidence::stated(span, format!("SKU of the {what} is not known")),
    }
}
