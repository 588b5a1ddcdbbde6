//! The order in which a group tries its rules.

use super::{Direction, Fact, SecurityRule};
use crate::evidence::Doubt;
use crate::flow::Access;
use crate::source::Span;
use std::sync::Arc;

/// The priority from which on there are only default rules.
const FIRST_DEFAULT: i64 = 65000;

/// A rule at one place of the order.
pub(super) struct Slot<'a> {
    pub(super) rule: &'a SecurityRule,
    /// What must hold for the rule to stand here.
    pub(super) if_here: Option<Arc<Doubt>>,
    /// Whether only what it can allow counts here.
    pub(super) only_allow: bool,
}

impl<'a> Slot<'a> {
    fn surely(rule: &'a SecurityRule) -> Self {
        Self {
            rule,
            if_here: None,
            only_allow: false,
        }
    }

    fn early(rule: &'a SecurityRule, doubt: &Arc<Doubt>, only_allow: bool) -> Self {
        Self {
            rule,
            if_here: Some(Arc::clone(doubt)),
            only_allow,
        }
    }
}

/// The rules of `direction` in the order of evaluation. One whose place is not certain comes twice:
/// where it may stand first, if a doubt holds, and where it stands at the latest. `group` and
/// `span` tell whose rules they are. `rules` are sorted by priority. O(rules).
pub(super) fn order<'a>(
    group: &str,
    span: Span,
    rules: &'a [SecurityRule],
    direction: Direction,
) -> Vec<Slot<'a>> {
    let mut slots = Vec::with_capacity(rules.len());
    let of_direction = || rules.iter().filter(|rule| rule.is_for(direction));
    for rule in of_direction() {
        if let Fact::Open(doubt) = &rule.priority {
            slots.push(Slot::early(rule, doubt, false));
        }
    }
    let late: Vec<&SecurityRule> = slots.iter().map(|slot| slot.rule).collect();
    let mut late = late.into_iter();
    let mut tied: Vec<&'a SecurityRule> = Vec::new();
    let mut rest = of_direction()
        .filter_map(|rule| Some((*rule.priority.known()?, rule)))
        .peekable();
    while let Some((number, rule)) = rest.next() {
        tied.push(rule);
        if rest.peek().is_some_and(|(next, _)| *next == number) {
            continue;
        }
        if number >= FIRST_DEFAULT {
            slots.extend(late.by_ref().map(Slot::surely));
        }
        if agree(&tied) {
            slots.extend(tied.drain(..).map(Slot::surely));
        } else {
            push_ties(&mut slots, group, span, number, &tied);
            tied.clear();
        }
    }
    slots
}

fn surely(rule: &SecurityRule, access: Access) -> bool {
    rule.access.known() == Some(&access)
}

fn agree(rules: &[&SecurityRule]) -> bool {
    let all = |access: Access| rules.iter().all(|rule| surely(rule, access));
    rules.len() == 1 || all(Access::Allow) || all(Access::Deny)
}

/// Rules of one priority, which Azure does not take: where they disagree, either may be first.
fn push_ties<'a>(
    slots: &mut Vec<Slot<'a>>,
    group: &str,
    span: Span,
    number: i64,
    tied: &[&'a SecurityRule],
) {
    let doubt = Arc::new(Doubt::outside(
        "equal-priority",
        format!("{group}|{number}|{span:?}|comes first"),
        format!("two security rules of `{group}` share priority {number}"),
        "different priorities",
        span,
    ));
    let of = |access: Access| {
        tied.iter()
            .copied()
            .filter(move |rule| surely(rule, access))
    };
    let (allow, deny) = (|| of(Access::Allow), || of(Access::Deny));
    // Those of which it is not known what they do allow like the first, or refuse like the second.
    let open = || {
        let open = tied.iter().copied();
        open.filter(|rule| rule.access.known().is_none())
    };
    let early = allow().chain(open());
    slots.extend(early.map(|rule| Slot::early(rule, &doubt, true)));
    let late = deny().chain(open()).chain(allow());
    slots.extend(late.map(Slot::surely));
}
