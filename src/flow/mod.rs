//! Exact sets of packets, and the first-match lists that admit or refuse them.
//!
//! A packet is a source address, a protocol and a destination port; its destination is implied by
//! the place where a set stands. Every set is exact: addresses are intervals of one line that holds
//! IPv4, IPv6 and a few named places without a numeric address (see [`Place`]).
//!
//! **Invariant.** Sets are canonical: equal sets compare equal, whatever way they were made.

mod access_list;
mod address;
mod case_split;
mod flow_set;
mod internet;
mod place;
mod port;
mod series;
mod service;
mod sweep;

pub use access_list::{Access, AccessList, Assumption, Decision, Entry, decide_entries};
pub use address::{AddressSet, parse_prefix};
pub use case_split::{SeriesDecision, decide_series};
pub use flow_set::{Bounds, FlowSet};
pub use place::Place;
pub use port::PortSet;
pub use series::FilterSeries;
pub use service::{Protocol, ServiceSet};
