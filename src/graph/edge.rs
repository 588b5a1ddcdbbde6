//! Ways between places.

use crate::evidence::{Doubt, Evidence, Remedy};
use crate::flow::{AccessList, AddressSet, Bounds, FilterSeries, FlowSet, PortSet, Protocol};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What kind of step a way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// No way is there; what would have to be is named, and no control.
    Absent,
    /// Something stands at something: an address at an interface, an interface at a machine.
    Attach,
    /// A filter decides: a security group, a service's firewall, an app's restrictions.
    Filter,
    /// Ports are translated and the sender kept: a load balancer's rule, a firewall's DNAT.
    Translate,
    /// The flow ends and a new one starts, with another sender.
    Proxy,
    /// A route or a peering carries it.
    Route,
    /// A private endpoint or private link leads there.
    PrivateLink,
    /// What a caller shows is accepted, or nothing need be shown.
    Authenticate,
    /// Code here runs as an identity.
    RunsAs,
    /// An identity has rights on something.
    HasRole,
    /// A right lets its holder read keys.
    ListsKeys,
    /// A right lets its holder read secrets.
    ReadsSecret,
    /// A stored credential opens something.
    StoredCredential,
    /// An outside issuer's token is taken for an identity.
    Federates,
    /// A right lets its holder run code.
    RunsCodeOn,
}

impl EdgeKind {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Attach => "attach",
            Self::Filter => "filter",
            Self::Translate => "translate",
            Self::Proxy => "proxy",
            Self::Route => "route",
            Self::PrivateLink => "privateLink",
            Self::Authenticate => "authenticate",
            Self::RunsAs => "runsAs",
            Self::HasRole => "hasRole",
            Self::ListsKeys => "listsKeys",
            Self::ReadsSecret => "readsSecret",
            Self::StoredCredential => "storedCredential",
            Self::Federates => "federates",
            Self::RunsCodeOn => "runsCodeOn",
        }
    }

    /// Whether it is a step of identities and rights and carries no packets.
    pub fn is_identity(self) -> bool {
        matches!(
            self,
            Self::RunsAs
                | Self::HasRole
                | Self::ListsKeys
                | Self::ReadsSecret
                | Self::StoredCredential
                | Self::Federates
                | Self::RunsCodeOn
        )
    }
}

/// What a translation does with ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortChange {
    /// The protocol; `None` for each that has ports.
    pub protocol: Option<Protocol>,
    /// The ports at the front.
    pub from: PortSet,
    /// The ports behind: one port for all, or as many as in front, in order. `None` keeps them.
    pub to: Option<PortSet>,
}

/// What a way does to the packets that pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Keep,
    /// Only these ports pass, and come out as they say.
    Ports(Vec<PortChange>),
    /// Whoever comes in, these senders go on, to these services.
    Restart(FlowSet),
    /// Only the sender is replaced.
    Sender(AddressSet),
}

/// A way from one place to another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What kind of step it is.
    pub kind: EdgeKind,
    /// The filters that a packet passes before the change, all of them, in order.
    pub filters: FilterSeries,
    /// What it does to what passes.
    pub change: Change,
    /// The filters that a packet passes after the change, all of them, in order.
    pub filters_after: FilterSeries,
    /// Why the way is there.
    pub evidence: Vec<Evidence>,
    /// Why it may not be there.
    pub doubt: Option<Arc<Doubt>>,
    /// Whether taking it means that something on the way was broken into first.
    pub assumes_compromise: bool,
}

impl Edge {
    /// A way of `kind` that lets everything pass unchanged, there because of `evidence`.
    pub fn new(kind: EdgeKind, evidence: Vec<Evidence>) -> Self {
        Self {
            kind,
            filters: FilterSeries::default(),
            change: Change::Keep,
            filters_after: FilterSeries::default(),
            evidence,
            doubt: None,
            assumes_compromise: false,
        }
    }

    /// The same way behind one more filter.
    #[must_use]
    pub fn through(mut self, filter: impl Into<Arc<AccessList>>) -> Self {
        self.filters.push(filter.into());
        self
    }

    /// The same way with one more filter behind its change.
    #[must_use]
    pub fn then_through(mut self, filter: impl Into<Arc<AccessList>>) -> Self {
        self.filters_after.push(filter.into());
        self
    }

    /// The same way with `change`.
    #[must_use]
    pub fn changing(mut self, change: Change) -> Self {
        self.change = change;
        self
    }

    /// The same way, if it is there at all.
    #[must_use]
    pub fn doubted(mut self, doubt: Option<Doubt>) -> Self {
        self.doubt = doubt.map(Arc::new);
        self
    }

    /// The same way, which takes breaking into where it starts.
    #[must_use]
    pub fn assuming_compromise(mut self) -> Self {
        self.assumes_compromise = true;
        self
    }

    /// Whether `remedies` make a filter on the way refuse what it admits.
    pub fn is_changed_by(&self, remedies: &BTreeSet<Arc<Remedy>>) -> bool {
        let is_applied = |remedy: &Remedy| remedies.contains(remedy);
        self.filters.is_changed_by(&is_applied) || self.filters_after.is_changed_by(&is_applied)
    }

    /// Every filter on the way, in order.
    pub fn all_filters(&self) -> impl Iterator<Item = &Arc<AccessList>> {
        self.filters.iter().chain(self.filters_after.iter())
    }
}

impl Change {
    /// What `packets` become.
    pub fn apply(&self, packets: &FlowSet) -> FlowSet {
        match self {
            Self::Keep => packets.clone(),
            Self::Ports(changes) => changes.iter().fold(FlowSet::empty(), |out, change| {
                out.union(&packets.map_services(|services| change.apply(services)))
            }),
            Self::Restart(flows) if packets.is_empty() => {
                let _ = flows;
                FlowSet::empty()
            }
            Self::Restart(flows) => flows.clone(),
            Self::Sender(senders) => FlowSet::new(senders, packets.services()),
        }
    }

    /// What of `before` becomes part of `after`.
    pub fn pull_back(&self, before: &FlowSet, after: &FlowSet) -> FlowSet {
        match self {
            Self::Keep => before.intersect(after),
            Self::Ports(changes) => changes.iter().fold(FlowSet::empty(), |out, change| {
                let origin = after.map_services(|services| change.origin(services));
                out.union(&before.intersect(&origin))
            }),
            Self::Restart(_) if after.is_empty() => FlowSet::empty(),
            Self::Restart(_) => before.clone(),
            Self::Sender(_) => {
                before.intersect(&FlowSet::new(&AddressSet::all(), after.services()))
            }
        }
    }

    /// What `bounds` become.
    pub fn apply_bounds(&self, bounds: &Bounds) -> Bounds {
        if *self == Self::Keep {
            return bounds.clone();
        }
        Bounds {
            must: self.apply(&bounds.must),
            may: self.apply(&bounds.may),
        }
    }
}

impl PortChange {
    /// What comes out as `services`.
    fn origin(&self, services: &crate::flow::ServiceSet) -> crate::flow::ServiceSet {
        services.map_protocols(|protocol, ports| {
            if self.protocol.is_some_and(|wanted| wanted != protocol) {
                return PortSet::empty();
            }
            match &self.to {
                None => ports.intersect(&self.from),
                Some(to) => match ports.intersect(to) {
                    none if none.is_empty() => none,
                    some => some.translate(to, &self.from),
                },
            }
        })
    }

    fn apply(&self, services: &crate::flow::ServiceSet) -> crate::flow::ServiceSet {
        services.map_protocols(|protocol, ports| {
            if self.protocol.is_some_and(|wanted| wanted != protocol) {
                return PortSet::empty();
            }
            let passing = ports.intersect(&self.from);
            match &self.to {
                None => passing,
                Some(_) if passing.is_empty() => PortSet::empty(),
                Some(to) => passing.translate(&self.from, to),
            }
        })
    }
}
