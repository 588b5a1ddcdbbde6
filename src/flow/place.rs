//! Senders without a numeric address.

use super::AddressSet;

/// The block for named places: the discard-only prefix `100::/64` (RFC 6666), which no packet has.
pub(super) const PLACE_FIRST: u128 = 0x0100_0000_0000_0000_0000_0000_0000_0000;
pub(super) const PLACE_LAST: u128 = PLACE_FIRST + 0xffff_ffff_ffff_ffff;
/// The most places of one interval that are named one by one.
const NAMED_LIMIT: u128 = 4096;

/// A sender without a numeric address that can be known offline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A public address of Azure that any customer can rent, in another region.
    AzureTenant,
    /// Such an address in the target's own region.
    AzureTenantSameRegion,
    /// Front Door, with a profile of somebody else's.
    FrontDoor,
    /// A Microsoft service that the target recognises as trusted, with its managed identity.
    TrustedService,
    /// A resource that the target lists by name; the number tells them apart.
    NamedInstance(u32),
    /// A subnet that reaches a public endpoint by its service endpoint; the number tells them apart.
    Subnet(u32),
}

impl Place {
    pub(super) fn point(self) -> u128 {
        PLACE_FIRST
            + match self {
                Self::AzureTenant => 1,
                Self::AzureTenantSameRegion => 2,
                Self::FrontDoor => 3,
                Self::TrustedService => 16,
                Self::NamedInstance(number) => (1 << 32) + u128::from(number),
                Self::Subnet(number) => (2 << 32) + u128::from(number),
            }
    }

    pub(super) fn at(point: u128) -> Option<Self> {
        let offset = point.checked_sub(PLACE_FIRST)?;
        let number = || u32::try_from(offset & 0xffff_ffff).ok();
        match offset {
            1 => Some(Self::AzureTenant),
            2 => Some(Self::AzureTenantSameRegion),
            3 => Some(Self::FrontDoor),
            16 => Some(Self::TrustedService),
            _ if offset >> 32 == 1 => number().map(Self::NamedInstance),
            _ if offset >> 32 == 2 => number().map(Self::Subnet),
            _ => None,
        }
    }
}

impl AddressSet {
    /// Every subnet that stands for itself.
    pub fn subnets() -> Self {
        let first = PLACE_FIRST + (2 << 32);
        Self::from_sorted(vec![(first, first + u128::from(u32::MAX))])
    }

    /// The places that it holds one by one, in order; those of a wide interval, such as that of all
    /// addresses, are not named.
    pub fn named_places(&self) -> Vec<Place> {
        self.ranges()
            .iter()
            .filter(|(first, last)| *first >= PLACE_FIRST && last - first < NAMED_LIMIT)
            .flat_map(|(first, last)| *first..=*last)
            .filter_map(Place::at)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_set_are_named() {
        let set = [Place::Subnet(3), Place::Subnet(4), Place::NamedInstance(0)]
            .into_iter()
            .fold(AddressSet::empty(), |set, place| {
                set.union(&AddressSet::place(place))
            });
        assert_eq!(
            set.named_places(),
            [Place::NamedInstance(0), Place::Subnet(3), Place::Subnet(4)]
        );
        assert_eq!(AddressSet::all_v4().named_places(), []);
        assert!(AddressSet::subnets().contains(&AddressSet::place(Place::Subnet(u32::MAX))));
        assert!(!AddressSet::subnets().meets(&AddressSet::place(Place::NamedInstance(u32::MAX))));
    }
}
