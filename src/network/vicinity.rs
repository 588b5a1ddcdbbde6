//! What the tags `VirtualNetwork`, `Internet` and `AzureLoadBalancer` mean at one place.

use super::AddressBounds;
use crate::flow::{AddressSet, parse_prefix};

/// The address of the platform on every host, from which health probes come ("What is IP address
/// 168.63.129.16?").
pub(super) fn platform_address() -> AddressSet {
    parse_prefix("168.63.129.16").unwrap_or_default()
}

/// What lies around a subnet.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The virtual network's own address space.
    pub own: AddressBounds,
    /// The spaces of the peers that count as its virtual network.
    pub peers: AddressBounds,
    /// The spaces behind gateways.
    pub on_premises: AddressBounds,
    /// The prefixes of the routes that the subnet's route table sets.
    pub routes: AddressBounds,
}

/// The address tags whose meaning depends on the subnet.
///
/// Per "Virtual network service tags": `VirtualNetwork` is the network's own space, its peers', what
/// lies behind gateways, the platform's address and the prefixes of user-defined routes; `Internet`
/// is what is public outside of these, routes not counted.
#[derive(Clone, Debug, Default)]
pub struct Vicinity {
    /// The tag `VirtualNetwork`.
    pub virtual_network: AddressBounds,
    /// The tag `Internet`.
    pub internet: AddressBounds,
    /// The tag `AzureLoadBalancer`: where probes come from, not users.
    pub load_balancer: AddressSet,
    /// The spaces in which members of an application security group can be.
    pub member_space: AddressSet,
}

impl Vicinity {
    /// The meaning of the tags amid `surroundings`.
    pub fn new(surroundings: &Surroundings) -> Self {
        let platform = platform_address();
        let mut space = surroundings.own.clone();
        space.join(&surroundings.peers);
        let member_space = space.may();
        space.join(&surroundings.on_premises);
        let mut virtual_network = space.clone();
        virtual_network.join(&surroundings.routes);
        virtual_network.add(&platform);
        let public = AddressSet::internet();
        let mut internet = AddressBounds::exact(public.subtract(&space.may()));
        for (part, doubt) in &space.doubtful {
            // What may belong to a peer is the internet's where it does not; the two are told apart
            // by their keys, which widens the bounds and no more.
            let public_part = part.intersect(&public).subtract(&space.sure);
            if !public_part.is_empty() {
                let mut opposite = (**doubt).clone();
                opposite.key = format!("{}|internet", doubt.key).into();
                internet.add_doubtful(public_part, opposite.into());
            }
        }
        Self {
            virtual_network,
            internet,
            load_balancer: platform,
            member_space,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> AddressSet {
        parse_prefix(text).unwrap()
    }

    #[test]
    fn routes_join_the_network_and_leave_the_internet_whole() {
        let vicinity = Vicinity::new(&Surroundings {
            own: AddressBounds::exact(set("10.0.0.0/16").union(&set("20.1.0.0/16"))),
            routes: AddressBounds::exact(set("203.0.113.0/24")),
            ..Surroundings::default()
        });
        for inside in ["10.0.1.1", "20.1.1.1", "203.0.113.9", "168.63.129.16"] {
            assert!(
                vicinity.virtual_network.sure.contains(&set(inside)),
                "{inside}"
            );
        }
        assert!(vicinity.internet.sure.contains(&set("203.0.113.9")));
        assert!(!vicinity.internet.may().meets(&set("20.1.1.1")));
        assert!(!vicinity.internet.may().meets(&set("10.1.1.1")));
    }
}
