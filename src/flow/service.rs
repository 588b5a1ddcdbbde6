//! Sets of protocols and destination ports.

use super::PortSet;
use std::fmt;

/// A protocol that Azure's filters tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// TCP, with ports.
    Tcp,
    /// UDP, with ports.
    Udp,
    /// ICMP for IPv4 and IPv6.
    Icmp,
    /// `IPsec` encapsulation.
    Esp,
    /// `IPsec` authentication.
    Ah,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Tcp, Self::Udp, Self::Icmp, Self::Esp, Self::Ah];

    /// The protocol called `name` in any case; `None` for `*` and for others.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.as_str().eq_ignore_ascii_case(name.trim()))
    }

    /// ARM's spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "Tcp",
            Self::Udp => "Udp",
            Self::Icmp => "Icmp",
            Self::Esp => "Esp",
            Self::Ah => "Ah",
        }
    }

    /// Whether packets of it have ports.
    pub fn has_ports(self) -> bool {
        matches!(self, Self::Tcp | Self::Udp)
    }
}

/// A set of protocols with, for TCP and UDP, their destination ports.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceSet {
    tcp: PortSet,
    udp: PortSet,
    /// ICMP, ESP, AH.
    portless: [bool; 3],
}

impl ServiceSet {
    /// Nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every protocol and port.
    pub fn all() -> Self {
        Self {
            tcp: PortSet::all(),
            udp: PortSet::all(),
            portless: [true; 3],
        }
    }

    /// `ports` of `protocol`; for one without ports the ports count nothing.
    pub fn of(protocol: Protocol, ports: PortSet) -> Self {
        let mut set = Self::default();
        match protocol {
            Protocol::Tcp => set.tcp = ports,
            Protocol::Udp => set.udp = ports,
            Protocol::Icmp => set.portless = [true, false, false],
            Protocol::Esp => set.portless = [false, true, false],
            Protocol::Ah => set.portless = [false, false, true],
        }
        set
    }

    /// The one TCP port `port`.
    pub fn tcp(port: u16) -> Self {
        Self::of(Protocol::Tcp, PortSet::single(port))
    }

    /// `ports` of every protocol that has ports, and every protocol that has none.
    pub fn any_protocol(ports: PortSet) -> Self {
        Self {
            tcp: ports.clone(),
            udp: ports,
            portless: [true; 3],
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.tcp.is_empty() && self.udp.is_empty() && self.portless == [false; 3]
    }

    /// Whether it holds everything.
    pub fn is_all(&self) -> bool {
        self.portless == [true; 3] && self.tcp.is_all() && self.udp.is_all()
    }

    /// Whether every service of `other` is in this.
    pub fn contains(&self, other: &Self) -> bool {
        let portless = self.portless.iter().zip(other.portless);
        portless.into_iter().all(|(own, wanted)| *own || !wanted)
            && self.tcp.contains_all(&other.tcp)
            && self.udp.contains_all(&other.udp)
    }

    /// Whether the two share a service.
    pub fn meets(&self, other: &Self) -> bool {
        let mut portless = self.portless.iter().zip(other.portless);
        portless.any(|(own, theirs)| *own && theirs)
            || self.tcp.meets(&other.tcp)
            || self.udp.meets(&other.udp)
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.zip(other, PortSet::union, |a, b| a || b)
    }

    /// What is in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        self.zip(other, PortSet::intersect, |a, b| a && b)
    }

    /// What is in this but not in `other`.
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a.intersect(&b.complement()), |a, b| a && !b)
    }

    fn zip(
        &self,
        other: &Self,
        ports: impl Fn(&PortSet, &PortSet) -> PortSet,
        flag: impl Fn(bool, bool) -> bool,
    ) -> Self {
        let [icmp, esp, ah] = self.portless;
        let [other_icmp, other_esp, other_ah] = other.portless;
        Self {
            tcp: ports(&self.tcp, &other.tcp),
            udp: ports(&self.udp, &other.udp),
            portless: [
                flag(icmp, other_icmp),
                flag(esp, other_esp),
                flag(ah, other_ah),
            ],
        }
    }

    /// The ports of `protocol` in it; every port for one without ports that is in it.
    pub fn ports(&self, protocol: Protocol) -> PortSet {
        let [icmp, esp, ah] = self.portless;
        let whole = |present: bool| {
            if present {
                PortSet::all()
            } else {
                PortSet::empty()
            }
        };
        match protocol {
            Protocol::Tcp => self.tcp.clone(),
            Protocol::Udp => self.udp.clone(),
            Protocol::Icmp => whole(icmp),
            Protocol::Esp => whole(esp),
            Protocol::Ah => whole(ah),
        }
    }

    /// The protocols in it, each with its ports.
    pub fn parts(&self) -> impl Iterator<Item = (Protocol, PortSet)> + '_ {
        Protocol::ALL
            .into_iter()
            .map(|protocol| (protocol, self.ports(protocol)))
            .filter(|(_, ports)| !ports.is_empty())
    }

    /// The TCP and UDP ports changed by `change`, which gives what the ports of a protocol become.
    /// Protocols without ports drop out: no translation carries them.
    #[must_use]
    pub fn map_protocols(&self, change: impl Fn(Protocol, &PortSet) -> PortSet) -> Self {
        Self {
            tcp: change(Protocol::Tcp, &self.tcp),
            udp: change(Protocol::Udp, &self.udp),
            portless: [false; 3],
        }
    }
}

impl fmt::Display for ServiceSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::all() {
            return formatter.write_str("any port");
        }
        for (at, (protocol, ports)) in self.parts().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let name = protocol.as_str().to_ascii_lowercase();
            if protocol.has_ports() {
                write!(formatter, "{comma}{name} {ports}")?;
            } else {
                write!(formatter, "{comma}{name}")?;
            }
        }
        Ok(())
    }
}
