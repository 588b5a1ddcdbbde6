//! Questions about single values that several declarations share.

use crate::evidence::{Doubt, Evidence};
use crate::flow::parse_prefix;
use crate::rule::{Answer, Scene};

/// Whether `text` holds a wildcard.
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains('*')
}

/// Whether the prefix `text` holds the whole internet, or half of it.
pub(super) fn is_whole_internet(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "*" | "::/0")
        || prefix_length(text).is_some_and(|length| length < 2 && !text.contains(':'))
}

/// Whether the IPv4 prefix `text` is shorter than /24, or the IPv6 prefix shorter than /48.
pub(super) fn is_wide_prefix(text: &str) -> bool {
    let limit = if text.contains(':') { 48 } else { 24 };
    text.trim() == "*" || prefix_length(text).is_some_and(|length| length < limit)
}

fn prefix_length(text: &str) -> Option<u8> {
    parse_prefix(text.trim())?;
    let (_, length) = text.trim().split_once('/')?;
    length.parse().ok()
}

/// Whether the resource, or one above it, is marked as holding sensitive data.
pub(super) fn is_marked_sensitive(scene: &Scene<'_>) -> Answer {
    Answer::of(scene.context.is_sensitive(scene.index), || {
        let says = format!("`{}` is marked sensitive", scene.resource.name);
        Evidence::stated(scene.resource.span, says)
    })
}

/// Whether the item's `tenantId` is another than the estate's, where that is laid down.
pub(super) fn is_of_other_tenant(scene: &Scene<'_>) -> Answer {
    let Some(own) = &scene.context.settings.tenant_id else {
        return Answer::No;
    };
    let tenant = scene.here.at("tenantId").text();
    match (tenant.stated(), tenant.unknown()) {
        (Some(stated), _) => Answer::of(!stated.eq_ignore_ascii_case(own), || {
            Evidence::stated(tenant.span(), format!("tenantId is {stated}"))
        }),
        (None, Some(unknown)) => Answer::open(Doubt::of(unknown, tenant.span(), "tenantId")),
        (None, None) => Answer::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_measured_not_spelled() {
        for text in ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "*"] {
            assert!(is_whole_internet(text), "{text}");
        }
        assert!(!is_whole_internet("203.0.113.7"));
        assert!(is_wide_prefix("203.0.112.0/20"));
        assert!(!is_wide_prefix("203.0.113.0/24"));
        assert!(!is_wide_prefix("203.0.113.7"));
    }
}
