//! The verdict about one door.

use crate::flow::{AddressSet, Bounds, FlowSet, PortSet, ServiceSet};

/// Whether a door is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Some packet is surely admitted.
    Reachable,
    /// What the template names and leaves open can alone settle it.
    Conditional,
    /// What decides is not in the inputs.
    Undetermined,
    /// No packet can be admitted.
    Blocked,
}

impl Verdict {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reachable => "reachable",
            Self::Conditional => "conditional",
            Self::Undetermined => "undetermined",
            Self::Blocked => "blocked",
        }
    }
}

/// To whom a door is open, the widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenTo {
    /// Anyone.
    Anyone,
    /// Whoever rents an address of Azure, which anyone can.
    AzureTenants,
    /// Only addresses that the template lists.
    Listed,
}

impl OpenTo {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::AzureTenants => "azureTenants",
            Self::Listed => "listed",
        }
    }
}

/// As many public addresses of IPv4 as no organisation holds: a /4. What admits more is open to
/// anyone, whatever prefixes it is written in.
const ANYONE_V4: u64 = 1 << 28;
/// The same for IPv6 in blocks of /32: a /12, the largest block that a regional registry gets.
const ANYONE_V6: u64 = 1 << 20;

/// To whom `flows` are open; `None` where they hold no sender of the internet.
///
/// Each port counts for itself: one office on 22 and everyone on 443 is open to anyone.
pub fn classify(flows: &FlowSet) -> Option<OpenTo> {
    let groups = flows.by_services();
    let parts = groups.iter().flat_map(|(services, _)| services.parts());
    parts
        .filter_map(|(protocol, ports)| {
            let first = ports
                .ranges()
                .first()
                .map(|&(first, _)| PortSet::single(first))?;
            let one = FlowSet::new(&AddressSet::all(), ServiceSet::of(protocol, first));
            classify_senders(&flows.intersect(&one).sources())
        })
        .min()
}

fn classify_senders(senders: &AddressSet) -> Option<OpenTo> {
    let senders = senders.intersect(&AddressSet::internet());
    if senders.is_empty() {
        return None;
    }
    if senders.v4_count() >= ANYONE_V4 || senders.v6_blocks() >= ANYONE_V6 {
        return Some(OpenTo::Anyone);
    }
    if senders.meets(&AddressSet::azure_public()) {
        return Some(OpenTo::AzureTenants);
    }
    Some(OpenTo::Listed)
}

/// The verdict that `bounds` alone give; what is between the bounds hangs on doubts of which all
/// are left open by the template where `left_open`.
pub fn judge(bounds: &Bounds, left_open: bool) -> Verdict {
    if !bounds.must.is_empty() {
        Verdict::Reachable
    } else if bounds.may.is_empty() {
        Verdict::Blocked
    } else if left_open {
        Verdict::Conditional
    } else {
        Verdict::Undetermined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::parse_prefix;

    fn open(prefixes: &[&str]) -> Option<OpenTo> {
        let senders = prefixes.iter().fold(AddressSet::empty(), |set, text| {
            set.union(&parse_prefix(text).unwrap())
        });
        classify(&FlowSet::new(&senders, ServiceSet::tcp(443)))
    }

    #[test]
    fn width_not_spelling_decides() {
        assert_eq!(open(&["*"]), Some(OpenTo::Anyone));
        assert_eq!(open(&["0.0.0.0/1", "128.0.0.0/1"]), Some(OpenTo::Anyone));
        assert_eq!(open(&["2000::/3"]), Some(OpenTo::Anyone));
        assert_eq!(
            open(&["203.0.113.0/24", "198.51.100.7"]),
            Some(OpenTo::Listed)
        );
        assert_eq!(open(&["10.0.0.0/8"]), None);
        let azure = FlowSet::new(&AddressSet::azure_public(), ServiceSet::tcp(443));
        assert_eq!(classify(&azure), Some(OpenTo::AzureTenants));
    }

    #[test]
    fn the_widest_port_counts() {
        let office = FlowSet::new(
            &parse_prefix("203.0.113.0/24").unwrap(),
            ServiceSet::tcp(22),
        );
        let all = FlowSet::new(&AddressSet::all(), ServiceSet::tcp(443));
        assert_eq!(classify(&office.union(&all)), Some(OpenTo::Anyone));
    }
}
