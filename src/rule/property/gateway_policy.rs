//! Policies of an API gateway: XML texts that hold for a gateway, an API or a product.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Resource;
use crate::rule::prelude::*;
use crate::source::Span;

/// One policy that is in effect.
#[derive(Clone, Debug)]
pub(in crate::rule) struct GatewayPolicy {
    /// Its XML without comments, or why it is not known.
    pub(in crate::rule) text: Result<String, Doubt>,
    /// Its place.
    pub(in crate::rule) span: Span,
}

/// The policies in effect for the API, product or backend that `scene` looks at: its own and the
/// gateway's.
pub(in crate::rule) fn policies_in_effect(scene: &Scene<'_>) -> Vec<GatewayPolicy> {
    let mut policies: Vec<_> = scene.children("policies").map(own_policy).collect();
    if let Some((_, gateway)) = scene.ancestor("Microsoft.ApiManagement/service") {
        let inventory = scene.context.inventory;
        let of_gateway = inventory.child_resources(gateway, "policies");
        policies.extend(of_gateway.map(|(_, policy)| own_policy(policy)));
    }
    policies
}

/// The policy that the resource `policy` holds.
pub(in crate::rule) fn own_policy(policy: &Resource) -> GatewayPolicy {
    let properties = policy.properties();
    let value = properties.at("value").text();
    let is_link = properties
        .at("format")
        .text()
        .stated()
        .is_some_and(|format| format.to_ascii_lowercase().ends_with("-link"));
    let text = match (value.stated(), value.unknown()) {
        (Some(_), _) if is_link => Err(Doubt::outside(
            "policy-linked",
            format!("{}|value", policy.id),
            format!("the policy `{}` is a link", policy.name),
            format!("the text of policy `{}`", policy.name),
            value.span(),
        )),
        (Some(text), _) => Ok(without_comments(text)),
        (None, Some(unknown)) => Err(Doubt::of(unknown, value.span(), "policy")),
        (None, None) => Ok(String::new()),
    };
    GatewayPolicy {
        text,
        span: value.span(),
    }
}

/// Whether one of `policies` holds one of the XML elements `names`.
pub(in crate::rule) fn holds_any(policies: &[GatewayPolicy], names: &[&str]) -> Answer {
    Answer::any(policies.iter().map(|policy| match &policy.text {
        Ok(text) => {
            let found = names.iter().find(|name| holds(text, name));
            match found {
                Some(name) => {
                    Answer::yes(Evidence::stated(policy.span, format!("it holds {name}")))
                }
                None => Answer::No,
            }
        }
        Err(doubt) => Answer::open(doubt.clone()),
    }))
}

/// Whether `text` has an element called `name`.
fn holds(text: &str, name: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        text.get(at + 1..)
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| {
                rest.starts_with(|next: char| next.is_whitespace() || next == '>' || next == '/')
            })
    })
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_whole_and_outside_comments() {
        let text = without_comments("<a><!-- <b/> --><rate-limit-by-key calls='1'/></a>");
        assert!(holds(&text, "rate-limit-by-key"));
        assert!(!holds(&text, "rate-limit"));
        assert!(!holds(&text, "b"));
    }
}
