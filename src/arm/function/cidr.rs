//! Address ranges.

use super::{Body, Function};
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::value::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("cidrHost", 2, 2, Body::Strict(cidr_host)),
    Function::new("cidrSubnet", 3, 3, Body::Strict(cidr_subnet)),
    Function::new("parseCidr", 1, 1, Body::Strict(parse_cidr)),
];

/// An address range: its lowest address as a number, its prefix length, and the bits of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    lowest: u128,
    prefix_length: u32,
    bits: u32,
}

impl Network {
    fn read(site: &Site<'_>, text: &str) -> Result<Self, Failure> {
        let bad = || site.failure(format!("`{text}` is no address range in CIDR notation"));
        let (address, length) = text.split_once('/').ok_or_else(bad)?;
        let address: IpAddr = address.parse().map_err(|_| bad())?;
        let plain = !length.is_empty() && length.bytes().all(|digit| digit.is_ascii_digit());
        let prefix_length: u32 = length.parse().ok().filter(|_| plain).ok_or_else(bad)?;
        let (number, bits) = match address {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        };
        if prefix_length > bits {
            return Err(bad());
        }
        let mut network = Self {
            lowest: number,
            prefix_length,
            bits,
        };
        network.lowest &= network.mask();
        Ok(network)
    }

    fn mask(self) -> u128 {
        let all = u128::MAX >> (128 - self.bits);
        all & !self.span()
    }

    /// The number of addresses less one.
    fn span(self) -> u128 {
        let free = self.bits - self.prefix_length;
        if free == 0 {
            0
        } else {
            u128::MAX >> (128 - free)
        }
    }

    fn highest(self) -> u128 {
        self.lowest | self.span()
    }

    /// The first and last address that hosts take: without the network's own and the broadcast
    /// address, where there are more than two in IPv4.
    fn usable(self) -> (u128, u128) {
        if self.bits == 32 && self.prefix_length < 31 {
            (self.lowest + 1, self.highest() - 1)
        } else {
            (self.lowest, self.highest())
        }
    }

    fn write(self, number: u128) -> String {
        if self.bits == 32 {
            Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX)).to_string()
        } else {
            Ipv6Addr::from(number).to_string()
        }
    }
}

fn parse_cidr(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let network = Network::read(site, site.string_at(arguments, 0)?)?;
    let address = |number| site.string(network.write(number));
    let (first, last) = network.usable();
    let mut members = vec![
        site.member("network", address(network.lowest)),
        site.member("netmask", address(network.mask())),
    ];
    if network.bits == 32 {
        members.push(site.member("broadcast", address(network.highest())));
    }
    members.push(site.member("firstUsable", address(first)));
    members.push(site.member("lastUsable", address(last)));
    members.push(site.member("cidr", site.integer(i64::from(network.prefix_length))));
    site.object(members)
}

fn cidr_subnet(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let network = Network::read(site, site.string_at(arguments, 0)?)?;
    let wanted = site.integer_at(arguments, 1)?;
    let prefix_length = u32::try_from(wanted)
        .ok()
        .filter(|length| (network.prefix_length..=network.bits).contains(length))
        .ok_or_else(|| {
            let (least, most) = (network.prefix_length, network.bits);
            site.failure(format!(
                "the new prefix length is {wanted}, and {least} to {most} are possible"
            ))
        })?;
    let index = site.integer_at(arguments, 2)?;
    let width = prefix_length - network.prefix_length;
    let outside = || {
        site.failure(format!(
            "there is no subnet `{index}` of that size in the range"
        ))
    };
    let number = u128::try_from(index).map_err(|_| outside())?;
    if width < 128 && number >> width != 0 {
        return Err(outside());
    }
    let shift = network.bits - prefix_length;
    let offset = if shift < 128 { number << shift } else { 0 };
    let lowest = network.lowest + offset;
    Ok(site.string(format!("{}/{prefix_length}", network.write(lowest))))
}

/// Host 0 is the address after the network's own.
fn cidr_host(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let network = Network::read(site, site.string_at(arguments, 0)?)?;
    let index = site.integer_at(arguments, 1)?;
    let (_, last) = network.usable();
    let address = u128::try_from(index)
        .ok()
        .and_then(|index| network.lowest.checked_add(1)?.checked_add(index))
        .filter(|address| *address <= last)
        .ok_or_else(|| site.failure(format!("there is no host `{index}` in the range")))?;
    Ok(site.string(network.write(address)))
}
