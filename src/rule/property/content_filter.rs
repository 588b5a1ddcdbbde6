//! Filters of a content policy.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Resource;
use crate::rule::prelude::*;

/// A policy of the customer's: those of the system have names that start with `Microsoft.`.
pub(in crate::rule) fn is_custom_policy(scene: &Scene<'_>) -> Answer {
    let resource = scene.resource;
    let by_system = resource.properties().at("type").text().is("SystemManaged") == Some(true);
    let name = resource.short_name();
    let has_system_name = name
        .get(..10)
        .is_some_and(|start| start.eq_ignore_ascii_case("Microsoft."));
    if by_system || has_system_name {
        Answer::No
    } else {
        Answer::Yes(Vec::new())
    }
}

/// The filters that each system policy has, names without blanks and in lower case ("Default
/// safety policies"): the first default filters harm only, the second also jailbreaks and protected
/// material. Neither looks for attacks hidden in documents.
const SUPPLIED: [(&str, &[&str]); 2] = [
    (
        "Microsoft.Default",
        &["hate", "sexual", "violence", "selfharm"],
    ),
    (
        "Microsoft.DefaultV2",
        &[
            "hate",
            "sexual",
            "violence",
            "selfharm",
            "jailbreak",
            "protectedmaterialtext",
            "protectedmaterialcode",
        ],
    ),
];

/// Whether the policy that `scene` looks at has no enabled filter called `name` (without blanks, in
/// lower case) on the side `source`; where `blocking`, one that only annotates does not count.
pub(in crate::rule) fn lacks_filter(
    scene: &Scene<'_>,
    name: &str,
    source: &'static str,
    blocking: bool,
) -> Answer {
    let filters = scene.properties().at("contentFilters");
    if let Some(unknown) = filters.value().and_then(|value| value.as_unknown()) {
        return Answer::open(Doubt::of(unknown, filters.span(), "contentFilters"));
    }
    let mut listed = false;
    let mut lacking = Answer::Yes(Vec::new());
    for item in filters.items() {
        let own = item.at("name").text();
        let Some(own_name) = own.stated() else {
            if let Some(unknown) = own.unknown() {
                let doubt = Doubt::of(unknown, own.span(), "name");
                lacking = lacking.and(|| Answer::open(doubt));
            }
            continue;
        };
        let side = item.at("source").text();
        if plain(own_name) != name || side.is(source) == Some(false) {
            continue;
        }
        listed = true;
        let inner = scene.at(item);
        let off = property("enabled", IsNot(&["true"]), Means("true")).ask(&inner);
        let annotates = property("blocking", IsNot(&["true"]), Means("true"));
        lacking = lacking.and(|| {
            off.or(|| {
                if blocking {
                    annotates.ask(&inner)
                } else {
                    Answer::No
                }
            })
        });
    }
    if listed {
        return lacking;
    }
    lacking.and(|| lacks_in_base(scene, name))
}

/// A filter that a policy leaves out is off, unless the policy that it is based on has it.
fn lacks_in_base(scene: &Scene<'_>, name: &str) -> Answer {
    let base = scene.properties().at("basePolicyName").text();
    if let Some(unknown) = base.unknown() {
        return Answer::open(Doubt::of(unknown, base.span(), "basePolicyName"));
    }
    let supplied = SUPPLIED
        .iter()
        .any(|(policy, filters)| base.is(policy) == Some(true) && filters.contains(&name));
    Answer::of(!supplied, || {
        let place = scene.properties().at("contentFilters").span();
        Evidence::default(
            place,
            format!("contentFilters has no {name}, and a filter left out is off"),
        )
    })
}

/// A filter's name without blanks, underscores and case.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_ascii_lowercase()
}

/// The content policy `name` of the account that the deployment `scene` belongs to.
pub(in crate::rule) fn find_policy<'a>(scene: &Scene<'a>, name: &str) -> Option<&'a Resource> {
    let account = scene.resource.id.parent()?;
    let inventory = scene.context.inventory;
    let index = inventory.find_text(
        &format!("{account}/raiPolicies/{name}"),
        scene.resource.file,
    )?;
    inventory
        .get(index)
        .filter(|policy| !policy.is_not_deployed())
}
