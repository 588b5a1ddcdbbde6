//! How much a finding matters where its resource stands.

use super::Context;
use super::declare::Rule;
use super::severity::{Follows, Severity};
use crate::reachability::{Exposure, OpenTo, Verdict};
use crate::resource::ResourceIndex;

/// The severity of a finding of `rule` about `resource` whose own severity is `base`, and, where
/// the two differ, why.
pub(super) fn weigh(
    context: &Context<'_>,
    rule: &Rule,
    resource: Option<ResourceIndex>,
    base: Severity,
) -> (Severity, Option<String>) {
    let unmoved = (base, None);
    let (Follows::Exposure, Some(resource)) = (rule.follows, resource) else {
        return unmoved;
    };
    let Some((owner, exposures)) = context.exposures_around(resource) else {
        return unmoved;
    };
    let name = context
        .inventory
        .get(owner)
        .map_or_else(String::new, |owner| format!("`{}`", owner.name));
    let moved = |severity: Severity, why: String| {
        if severity == base {
            (base, None)
        } else {
            let step = if severity < base { "raised" } else { "lowered" };
            (
                severity,
                Some(format!("{step} from {}: {why}", base.as_str())),
            )
        }
    };
    // A part that is milder than its rule has taken the exposure into account.
    let lowered = if base > rule.severity {
        base
    } else {
        base.lowered()
    };
    match widest(&exposures) {
        Width::Open(OpenTo::Anyone | OpenTo::AzureTenants) if context.is_sensitive(owner) => moved(
            base.raised(),
            format!("the internet reaches {name}, which is marked sensitive"),
        ),
        Width::Open(OpenTo::Listed) => moved(
            lowered,
            format!("only addresses that the template lists reach {name}"),
        ),
        Width::Closed => moved(lowered, format!("nothing on the internet reaches {name}")),
        Width::Open(_) | Width::NotKnown => unmoved,
    }
}

enum Width {
    Open(OpenTo),
    NotKnown,
    Closed,
}

/// How wide the widest of `exposures` is open.
fn widest(exposures: &[&Exposure]) -> Width {
    let open = exposures
        .iter()
        .filter(|exposure| exposure.verdict == Verdict::Reachable)
        .map(|exposure| exposure.open_to.unwrap_or(OpenTo::Anyone))
        .min();
    match open {
        Some(OpenTo::Listed) | None
            if exposures.iter().any(|exposure| {
                matches!(
                    exposure.verdict,
                    Verdict::Conditional | Verdict::Undetermined
                )
            }) =>
        {
            Width::NotKnown
        }
        Some(open_to) => Width::Open(open_to),
        None => Width::Closed,
    }
}
