//! Who stands for the internet, and what is private.

use super::address::{V4_FIRST, V4_LAST, V6_PUBLIC_FIRST, V6_PUBLIC_LAST};
use super::{AddressSet, Place, parse_prefix};
use std::sync::LazyLock;

impl AddressSet {
    /// The senders that stand for the internet: every public address, Azure's included.
    ///
    /// Private and special-purpose blocks are out (RFC 6890), and so is the platform's own
    /// address 168.63.129.16.
    pub fn internet() -> Self {
        static INTERNET: LazyLock<AddressSet> = LazyLock::new(read_internet);
        INTERNET.clone()
    }

    /// The places that stand for public addresses of Azure which any customer can rent.
    pub fn azure_public() -> Self {
        [
            Place::AzureTenant,
            Place::AzureTenantSameRegion,
            Place::FrontDoor,
        ]
        .into_iter()
        .fold(Self::empty(), |set, place| set.union(&Self::place(place)))
    }

    /// The private blocks of IPv4 and IPv6 (RFC 1918, RFC 6598, RFC 4193).
    pub fn private() -> Self {
        [
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "fc00::/7",
        ]
        .iter()
        .filter_map(|prefix| parse_prefix(prefix))
        .fold(Self::empty(), |set, prefix| set.union(&prefix))
    }
}

/// As [`AddressSet::internet`], put together anew.
fn read_internet() -> AddressSet {
    let special = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    ];
    let mut set = AddressSet::from_ranges(vec![(V4_FIRST, V4_LAST)]);
    for prefix in special.iter().filter_map(|prefix| parse_prefix(prefix)) {
        set = set.subtract(&prefix);
    }
    set.union(&AddressSet::from_ranges(vec![(
        V6_PUBLIC_FIRST,
        V6_PUBLIC_LAST,
    )]))
    .union(&AddressSet::azure_public())
}
