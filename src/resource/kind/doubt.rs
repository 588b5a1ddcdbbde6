//! The doubts that kinds raise.

use super::firewall::Firewall;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet};
use crate::resource::{DoorContext, Presence, Reader, Resource, Setting};
use crate::source::Span;

/// The doubt that the unknown setting called `name` casts on the statement that its value is one
/// for which `holds` is true; `words` are what it can be where the template does not say.
pub(super) fn doubt_about<T>(
    context: &DoorContext<'_>,
    setting: &Setting<T>,
    name: &str,
    words: &[&str],
    holds: impl Fn(&str) -> bool,
) -> Doubt {
    let mut outcomes: Vec<(String, bool)> = Vec::new();
    for value in setting.alternatives() {
        if let Setting::Stated(text, _) = Reader::new(value).text() {
            outcomes.push((text.to_string(), holds(&text)));
        }
    }
    if outcomes.is_empty() {
        outcomes = words
            .iter()
            .map(|word| ((*word).to_owned(), holds(word)))
            .collect();
    }
    let word = words
        .iter()
        .find(|word| holds(word))
        .map_or(name, |word| word);
    match setting.unknown() {
        Some(unknown) => Doubt::of(unknown, setting.span(), &format!("is {word}")),
        None => undocumented(setting.span(), name),
    }
    .with_outcomes(outcomes)
    .with_command(context.show_command())
}

/// The doubt about what the absence of `name`, which would stand at `span`, means.
pub(super) fn undocumented(span: Span, name: &str) -> Doubt {
    Doubt::outside(
        "undocumented-default",
        format!("{span:?}|{name}"),
        format!("what an absent {name} means is not certain"),
        format!("{name} as Azure reports it"),
        span,
    )
}

/// The doubt whether `child` is deployed, where its condition is not known.
pub(super) fn deployment_doubt(child: &Resource) -> Option<Doubt> {
    let Presence::Unknown(span, unknown) = &child.presence else {
        return None;
    };
    let outcomes = vec![("true".to_owned(), true), ("false".to_owned(), false)];
    Some(Doubt::of(unknown, *span, "is true").with_outcomes(outcomes))
}

/// The list of a door about which nothing can be decided because of `doubt`, which says that it
/// is closed.
pub(super) fn undecided(
    context: &DoorContext<'_>,
    doubt: Doubt,
    evidence: &Evidence,
) -> AccessList {
    let mut firewall = Firewall::new(context);
    firewall.rule(
        Access::Deny,
        &AddressSet::all(),
        vec![doubt],
        evidence.clone(),
    );
    firewall.allow_all(vec![evidence.clone()]);
    firewall.finish()
}

/// The list of a door that hangs on a resource outside the inputs, which `what` names and which is
/// referred to at `span`.
pub(super) fn governed_from_outside(
    context: &DoorContext<'_>,
    what: &str,
    span: Span,
) -> AccessList {
    let doubt = Doubt::outside(
        "governing-resource-outside",
        format!("{span:?}|{what}"),
        format!("{what} decides, and it is not among the inputs"),
        format!("the template that holds {what}"),
        span,
    )
    .with_command(context.show_command());
    let evidence = Evidence::stated(span, format!("{what} is not among the inputs"));
    undecided(context, doubt, &evidence)
}

/// `admission`, with everyone refused before it where `doubt` holds.
pub(super) fn perhaps_refused(
    context: &DoorContext<'_>,
    admission: &AccessList,
    doubt: Doubt,
    evidence: &Evidence,
) -> AccessList {
    let mut firewall = Firewall::new(context);
    firewall.rule(
        Access::Deny,
        &AddressSet::all(),
        vec![doubt],
        evidence.clone(),
    );
    for entry in admission.entries() {
        firewall.push(entry.clone());
    }
    firewall.finish()
}
