//! A service's firewall as it is put together, entry by entry.

use super::doubt::doubt_about;
use super::shown::{Filled, shows, shows_assumed};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{
    Access, AccessList, AddressSet, Bounds, Entry, FlowSet, Place, ServiceSet, parse_prefix,
};
use crate::resource::{DoorContext, Reader, ResourceId, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// Every packet from `sources`.
fn from(sources: &AddressSet) -> FlowSet {
    FlowSet::new(sources, ServiceSet::all())
}

/// The entries of a firewall as they are put together. The first that matches decides; what none
/// matches is refused.
#[derive(Debug)]
pub(super) struct Firewall<'c, 'a> {
    pub(super) context: &'c DoorContext<'a>,
    entries: Vec<Entry>,
    /// The addresses that rules surely admit so far, with what proves it.
    listed: AddressSet,
    proofs: Vec<Evidence>,
    /// Whether address rules never match callers in the service's own region.
    misses_own_region: bool,
    /// What shows that the public side is on at all, and the first entry that hangs on it.
    switch: Option<(Evidence, usize)>,
}

impl<'c, 'a> Firewall<'c, 'a> {
    pub(super) fn new(context: &'c DoorContext<'a>) -> Self {
        Self {
            context,
            entries: Vec::new(),
            listed: AddressSet::empty(),
            proofs: Vec::new(),
            misses_own_region: false,
            switch: None,
        }
    }

    /// The same, for a service whose address rules do not see callers in its own region.
    pub(super) fn missing_own_region(mut self) -> Self {
        self.misses_own_region = true;
        self
    }

    /// Appends an entry.
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Admits `sources`.
    pub(super) fn allow(&mut self, sources: &AddressSet, evidence: Evidence) {
        self.push(Entry::exact(Access::Allow, from(sources), vec![evidence]));
    }

    /// Refuses `sources`.
    pub(super) fn deny(&mut self, sources: &AddressSet, evidence: Evidence) {
        self.push(Entry::exact(Access::Deny, from(sources), vec![evidence]));
    }

    /// Admits everyone left.
    pub(super) fn allow_all(&mut self, evidence: Vec<Evidence>) {
        self.push(Entry::exact(Access::Allow, FlowSet::all(), evidence));
    }

    /// Refuses everyone left.
    pub(super) fn deny_all(&mut self, evidence: Evidence) {
        self.deny(&AddressSet::all(), evidence);
    }

    /// Admits or refuses `sources` where all of `doubts` hold, for sure where there are none.
    pub(super) fn rule(
        &mut self,
        access: Access,
        sources: &AddressSet,
        doubts: Vec<Doubt>,
        evidence: Evidence,
    ) {
        let may = from(sources);
        let must = if doubts.is_empty() {
            may.clone()
        } else {
            FlowSet::empty()
        };
        self.push(Entry {
            access,
            matches: Bounds { must, may },
            doubts: doubts.into_iter().map(Arc::new).collect(),
            evidence: vec![evidence],
        });
    }

    /// Admits or refuses `sources` where `holds` is true, and perhaps where it is `None`.
    pub(super) fn decide(
        &mut self,
        access: Access,
        sources: &AddressSet,
        holds: Option<bool>,
        evidence: Evidence,
        doubt: impl FnOnce() -> Doubt,
    ) {
        match holds {
            Some(true) => self.rule(access, sources, Vec::new(), evidence),
            Some(false) => {}
            None => self.rule(access, sources, vec![doubt()], evidence),
        }
    }

    /// Refuses everyone where the property called `name` says `Disabled` or `SecuredByPerimeter`;
    /// what else it says, or its absence, refuses nobody.
    pub(super) fn public_network_access(&mut self, name: &str, access: &Setting<Text>) {
        self.switch = Some((shows(name, access, "Enabled"), self.entries.len()));
        let context = self.context;
        let closes = |word: &str| {
            word.eq_ignore_ascii_case("Disabled") || word.eq_ignore_ascii_case("SecuredByPerimeter")
        };
        self.decide(
            Access::Deny,
            &AddressSet::all(),
            access.satisfies(closes),
            shows(name, access, "Enabled"),
            || doubt_about(context, access, name, &["Enabled", "Disabled"], closes),
        );
    }

    /// Admits trusted services where the property called `name` lists `AzureServices`; `absent`
    /// says whether it admits them where it is absent, which is known from experience only.
    pub(super) fn bypass(&mut self, name: &str, bypass: &Setting<Text>, absent: Option<bool>) {
        let context = self.context;
        let names_them = |words: &str| {
            words
                .split(',')
                .any(|word| word.trim().eq_ignore_ascii_case("AzureServices"))
        };
        let admitted = if bypass.is_absent() {
            absent
        } else {
            bypass.satisfies(names_them)
        };
        self.decide(
            Access::Allow,
            &AddressSet::place(Place::TrustedService),
            admitted,
            shows_assumed(name, bypass, "AzureServices"),
            || {
                doubt_about(
                    context,
                    bypass,
                    name,
                    &["None", "AzureServices"],
                    names_them,
                )
            },
        );
    }

    /// Admits the resources that the list `rules` names as `field`.
    pub(super) fn named_instances(&mut self, name: &str, rules: Reader<'_>, field: &str) {
        self.each_within(rules, name, &named_places(), |firewall, item| {
            if let Setting::Stated(id, span) = item_field(item, field).symbol() {
                let id = ResourceId::new(id);
                let place = AddressSet::place(firewall.context.places.named_instance(&id));
                let says = format!("{name} lists `{}`", id.display_name());
                firewall.allow(&place, Evidence::stated(span, says));
            }
        });
    }

    /// Admits each address or prefix in the list `rules`, whose items hold it as `field`, or are it
    /// where `field` is empty.
    pub(super) fn addresses(&mut self, name: &str, rules: Reader<'_>, field: &str) {
        self.each(rules, name, |firewall, item| {
            firewall.address(Access::Allow, name, &item_field(item, field).text());
        });
        self.complete();
    }

    /// Admits or refuses the address or prefix `value`.
    pub(super) fn address(&mut self, access: Access, name: &str, value: &Setting<Text>) {
        let span = value.span();
        match value {
            Setting::Stated(text, _) => {
                let evidence = Evidence::stated(span, format!("{name} lists {text}"));
                let Some(set) = parse_prefix(text) else {
                    let doubt = Doubt::outside(
                        "address-not-understood",
                        format!("{text}|address"),
                        format!("`{text}` is no address or prefix"),
                        format!("what `{text}` stands for"),
                        span,
                    );
                    let anyone = AddressSet::internet();
                    return self.rule(access, &anyone, vec![doubt], evidence);
                };
                // Such services answer on IPv4 alone, so that to refuse all of it is to refuse all.
                let set = if access == Access::Deny && set.contains(&AddressSet::all_v4()) {
                    AddressSet::all()
                } else {
                    set
                };
                self.listed(access, &set, Vec::new(), evidence);
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, _) => {
                let doubt = Doubt::of(unknown, span, "covers the caller")
                    .with_command(self.context.show_command());
                let says = format!("{name} lists an address that is not known");
                self.rule(
                    access,
                    &AddressSet::internet(),
                    vec![doubt],
                    Evidence::stated(span, says),
                );
            }
        }
    }

    /// Admits the subnets in the list `rules`, whose items name them as `field`, a path.
    pub(super) fn subnets(&mut self, name: &str, rules: Reader<'_>, field: &str) {
        self.each_within(rules, name, &named_places(), |firewall, item| {
            if let Setting::Stated(id, span) = item.path(field).symbol() {
                firewall.subnet(name, id, span, Vec::new());
            }
        });
    }

    pub(super) fn subnet(&mut self, name: &str, id: Text, span: Span, doubts: Vec<Doubt>) {
        let id = ResourceId::new(id);
        let place = AddressSet::place(self.context.places.subnet(&id));
        let says = format!("{name} lists subnet `{}`", id.display_name());
        self.rule(Access::Allow, &place, doubts, Evidence::stated(span, says));
    }

    /// Refuses everyone left where `lists` hold anything, and perhaps where that is not known.
    pub(super) fn refuse_unlisted(&mut self, name: &str, lists: &Filled) {
        let span = lists.span();
        let says = format!("{name} lists who may come in, and refuses everyone else");
        match lists {
            Setting::Stated(..) => self.deny_all(Evidence::stated(span, says)),
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, _) => {
                let doubt = Doubt::of(unknown, span, "is not empty")
                    .with_command(self.context.show_command());
                let evidence = Evidence::stated(span, format!("{name} is not known"));
                self.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
            }
        }
    }

    /// The finished list. What lets the internet in by a rule also hangs on the public side's being
    /// on, which is thus one way to close it.
    pub(super) fn finish(mut self) -> AccessList {
        if let Some((switch, from)) = &self.switch {
            for entry in self.entries.iter_mut().skip(*from) {
                let is_shown = entry.evidence.iter().any(|one| one.remedy == switch.remedy);
                if entry.access == Access::Allow && !is_shown {
                    entry.evidence.push(switch.clone());
                }
            }
        }
        AccessList::new(self.entries)
    }

    /// Runs `add` on each item of the list `rules`; a list that is not known admits anyone perhaps.
    pub(super) fn each<'r>(
        &mut self,
        rules: Reader<'r>,
        name: &str,
        add: impl FnMut(&mut Self, Reader<'r>),
    ) {
        self.each_within(rules, name, &AddressSet::internet(), add);
    }

    /// As [`Firewall::each`], for a list that can hold nobody outside `senders`.
    fn each_within<'r>(
        &mut self,
        rules: Reader<'r>,
        name: &str,
        senders: &AddressSet,
        mut add: impl FnMut(&mut Self, Reader<'r>),
    ) {
        match rules.list() {
            Setting::Stated(items, _) => items.into_iter().for_each(|item| add(self, item)),
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => {
                let doubt = Doubt::of(&unknown, span, "covers the caller")
                    .with_command(self.context.show_command());
                let evidence = Evidence::stated(span, format!("{name} is not known"));
                self.rule(Access::Allow, senders, vec![doubt], evidence);
            }
        }
    }

    pub(super) fn listed(
        &mut self,
        access: Access,
        set: &AddressSet,
        doubts: Vec<Doubt>,
        evidence: Evidence,
    ) {
        let set = if self.misses_own_region {
            set.subtract(&AddressSet::place(Place::AzureTenantSameRegion))
        } else {
            set.clone()
        };
        if access == Access::Allow && doubts.is_empty() {
            self.listed = self.listed.union(&set);
            self.proofs.push(evidence.clone());
        }
        self.rule(access, &set, doubts, evidence);
    }

    /// Admits Azure's callers too where the rules together cover every public address: a caller
    /// whose address we do not know has one all the same.
    pub(super) fn complete(&mut self) {
        let outside_azure = AddressSet::internet()
            .subtract(&AddressSet::azure_public())
            .subtract(&AddressSet::all_v6());
        if self.proofs.len() > 1 && self.listed.contains(&outside_azure) {
            let azure = AddressSet::azure_public().union(&AddressSet::place(Place::TrustedService));
            let azure = if self.misses_own_region {
                azure.subtract(&AddressSet::place(Place::AzureTenantSameRegion))
            } else {
                azure
            };
            let proofs = self.proofs.clone();
            self.push(Entry::exact(Access::Allow, from(&azure), proofs));
        }
    }
}

fn item_field<'a>(item: Reader<'a>, field: &str) -> Reader<'a> {
    if field.is_empty() {
        item
    } else {
        item.path(field)
    }
}

/// Every sender that a list can name otherwise than by address.
fn named_places() -> AddressSet {
    AddressSet::all()
        .subtract(&AddressSet::internet())
        .subtract(&AddressSet::private())
        .subtract(&AddressSet::place(Place::TrustedService))
}
