//! Filters that a packet passes one after the other.

use super::access_list::Whole;
use super::case_split::decide_series_under;
use super::{AccessList, Assumption, Bounds, FlowSet};
use crate::evidence::Remedy;
use std::ops::Deref;
use std::sync::Arc;

/// Filters in series, all of which a packet has to pass.
///
/// A doubt that comes up in several of them is one fact, so what they let through together is
/// known more exactly than from each by itself.
#[derive(Clone, Debug, Default)]
pub struct FilterSeries {
    lists: Vec<Arc<AccessList>>,
    whole: Whole,
}

impl FilterSeries {
    /// Adds a filter behind the others.
    pub fn push(&mut self, filter: Arc<AccessList>) {
        self.whole = Whole::default();
        self.lists.push(filter);
    }

    /// Puts in the place of each filter what `change` makes of it, where it makes anything.
    pub fn change(&mut self, change: impl Fn(&AccessList) -> Option<AccessList>) {
        self.whole = Whole::default();
        for list in &mut self.lists {
            if let Some(changed) = change(list) {
                *list = Arc::new(changed);
            }
        }
    }

    /// What of `packets` is let through, with the doubts of `assumption` settled. O(set size) from
    /// the second time on, where no doubt of the filters is settled.
    pub fn allowed(&self, packets: &Bounds, assumption: &Assumption) -> Bounds {
        match self.lists.as_slice() {
            [] => packets.clone(),
            [one] if !one.repeats_doubts() => one.allowed(packets, assumption),
            _ if self.lists.iter().any(|list| list.is_settled_by(assumption)) => {
                decide(&self.lists, packets, assumption)
            }
            _ => {
                let all = || decide(&self.lists, &Bounds::exact(FlowSet::all()), &[]);
                packets.intersect(self.whole.get_or_init(all))
            }
        }
    }

    /// Whether the remedies that `is_applied` make one of the filters refuse what it admits.
    pub fn is_changed_by(&self, is_applied: &impl Fn(&Remedy) -> bool) -> bool {
        self.lists.iter().any(|list| list.is_changed_by(is_applied))
    }

    /// As [`FilterSeries::allowed`], with the remedies that `is_applied` applied.
    pub fn allowed_after(
        &self,
        packets: &Bounds,
        assumption: &Assumption,
        is_applied: impl Fn(&Remedy) -> bool,
    ) -> Bounds {
        if !self.is_changed_by(&is_applied) {
            return self.allowed(packets, assumption);
        }
        let changed: Vec<Arc<AccessList>> = self
            .lists
            .iter()
            .map(|list| match list.with_remedies(&is_applied) {
                std::borrow::Cow::Borrowed(_) => Arc::clone(list),
                std::borrow::Cow::Owned(changed) => Arc::new(changed),
            })
            .collect();
        decide(&changed, packets, assumption)
    }
}

fn decide(lists: &[Arc<AccessList>], packets: &Bounds, assumption: &Assumption) -> Bounds {
    let plain: Vec<&AccessList> = lists.iter().map(|list| &**list).collect();
    let allowed = decide_series_under(&plain, &packets.may, assumption).allowed;
    Bounds {
        must: packets.must.intersect(&allowed.must),
        may: allowed.may,
    }
}

impl Deref for FilterSeries {
    type Target = [Arc<AccessList>];

    fn deref(&self) -> &Self::Target {
        &self.lists
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Access, Entry, FlowSet, PortSet, Protocol, ServiceSet, parse_prefix};
    use super::*;
    use crate::evidence::Doubt;

    fn web() -> FlowSet {
        let services = ServiceSet::of(Protocol::Tcp, PortSet::single(443));
        FlowSet::new(&parse_prefix("203.0.113.0/24").unwrap(), services)
    }

    fn doubt() -> Doubt {
        Doubt::outside("tag", "the tag holds it", "why", "settle", None)
    }

    fn list(access: Access, rest: Access) -> Arc<AccessList> {
        Arc::new(AccessList::new(vec![
            Entry::doubtful(access, web(), doubt(), Vec::new()),
            Entry::exact(rest, FlowSet::all(), Vec::new()),
        ]))
    }

    #[test]
    fn one_fact_in_two_filters_holds_in_both_or_in_neither() {
        let mut series = FilterSeries::default();
        series.push(list(Access::Allow, Access::Deny));
        series.push(list(Access::Deny, Access::Allow));
        // Whoever the first admits the second refuses.
        let sent = Bounds::exact(web());
        assert!(series.allowed(&sent, &[]).may.is_empty());
        let holds = [(doubt().key, true)];
        assert!(series.allowed(&sent, &holds).may.is_empty());
        // Filter by filter the packets may pass.
        let mut here = sent.clone();
        for one in series.iter() {
            here = one.allowed(&here, &[]);
        }
        assert_eq!(here.may, web());
    }

    #[test]
    fn a_series_of_one_is_what_the_filter_is() {
        let mut series = FilterSeries::default();
        let one = list(Access::Allow, Access::Deny);
        series.push(Arc::clone(&one));
        let sent = Bounds::exact(FlowSet::all());
        assert_eq!(series.allowed(&sent, &[]), one.allowed(&sent, &[]));
    }
}
