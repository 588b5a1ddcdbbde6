//! Resource identifiers and types, which Azure compares without regard to case.

use super::kind::{self, Kind};
use crate::value::{Text, symbol};
use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A full resource type such as `Microsoft.Network/virtualNetworks/subnets`, as spelled.
/// Two types are equal where they differ by ASCII case only.
#[derive(Clone, Debug)]
pub struct ResourceType {
    text: Text,
    /// Looked up once, since it is asked for at every step.
    kind: Option<&'static Kind>,
}

impl ResourceType {
    /// The type that `text` spells.
    pub fn new(text: impl Into<Text>) -> Self {
        let text = text.into();
        let kind = kind::find(&text);
        Self { text, kind }
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What kind of resource it is, for a type that we know.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.kind
    }

    /// Whether this is the type `other`, in any case.
    pub fn is(&self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }

    /// The last segment, for example `subnets`.
    pub fn last_segment(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or(&self.text)
    }
}

impl PartialEq for ResourceType {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.text)
    }
}

impl Eq for ResourceType {}

impl fmt::Display for ResourceType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A resource identifier with a key that compares as Azure compares.
#[derive(Clone, Debug)]
pub struct ResourceId {
    text: Text,
    key: Text,
}

impl ResourceId {
    /// The identifier that `text` spells; a trailing slash counts nothing.
    pub fn new(text: impl Into<Text>) -> Self {
        let text: Text = text.into();
        let trimmed = text.trim_end_matches('/');
        let key = if trimmed.len() == text.len() && !has_upper(&text) {
            Text::clone(&text)
        } else {
            Text::from(trimmed.to_ascii_lowercase())
        };
        Self { text, key }
    }

    /// The spelling.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The spelling, shared.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The form that compares: lower case, no trailing slash.
    pub fn key(&self) -> &Text {
        &self.key
    }

    /// The part of the key from the last `/providers/` on, which is the same in every subscription
    /// and resource group; the whole key where there is none.
    pub fn tail(&self) -> &str {
        self.key
            .get(last_providers(&self.key).unwrap_or(0)..)
            .unwrap_or(&self.key)
    }

    /// The key up to the last `/providers/`: the subscription and group, or the extended resource.
    pub fn head(&self) -> &str {
        self.key
            .get(..last_providers(&self.key).unwrap_or(0))
            .unwrap_or("")
    }

    /// The type in the identifier, as spelled there: `Microsoft.Network/virtualNetworks/subnets`.
    /// `None` for the identifier of a group, a subscription, or something that is none.
    pub fn resource_type(&self) -> Option<String> {
        let (namespace, segments) = self.provider_part()?;
        let types: Vec<&str> = segments.iter().step_by(2).copied().collect();
        (!types.is_empty()).then(|| format!("{namespace}/{}", types.join("/")))
    }

    /// The names in the identifier, `net/default` for a subnet; `None` as for the type.
    pub fn name(&self) -> Option<String> {
        let (_, segments) = self.provider_part()?;
        let names: Vec<&str> = segments.iter().skip(1).step_by(2).copied().collect();
        (!names.is_empty()).then(|| names.join("/"))
    }

    /// The last name in the identifier, with holes in the form of a symbol.
    pub fn short_name(&self) -> &str {
        let trimmed = self.text.trim_end_matches('/');
        segments(trimmed).pop().unwrap_or(trimmed)
    }

    /// The last name in the identifier as people read it.
    pub fn display_name(&self) -> Cow<'_, str> {
        let name = self.short_name();
        if name.contains(['{', '\\']) {
            Cow::Owned(symbol::display(name))
        } else {
            Cow::Borrowed(name)
        }
    }

    /// The identifier of the resource that holds this one: that of the network for a subnet.
    /// `None` for a top-level resource.
    pub fn parent(&self) -> Option<Self> {
        let (_, segments) = self.provider_part()?;
        if segments.len() < 4 {
            return None;
        }
        let trimmed = self.text.trim_end_matches('/');
        let slashes = symbol::slashes(trimmed);
        let end = *slashes.get(slashes.len().checked_sub(2)?)?;
        trimmed.get(..end).map(Self::new)
    }

    /// The namespace and the alternating types and names behind the last `/providers/`.
    fn provider_part(&self) -> Option<(&str, Vec<&str>)> {
        let at = last_providers(&self.key)? + PROVIDERS.len();
        let mut segments = segments(self.text.trim_end_matches('/').get(at..)?);
        let namespace = (!segments.is_empty()).then(|| segments.remove(0))?;
        Some((namespace, segments))
    }
}

/// What stands before a namespace.
const PROVIDERS: &str = "/providers/";

/// Where the last [`PROVIDERS`] of `id` is; what stands in a hole is none.
fn last_providers(id: &str) -> Option<usize> {
    if !id.contains('{') {
        return id.rfind(PROVIDERS);
    }
    let mut slashes = symbol::slashes(id).into_iter().rev();
    slashes.find(|at| {
        id.get(*at..)
            .is_some_and(|rest| rest.starts_with(PROVIDERS))
    })
}

/// `part` of an identifier split at its slashes; those in holes do not split.
fn segments(part: &str) -> Vec<&str> {
    if part.contains('{') {
        symbol::split_segments(part)
    } else {
        part.split('/').collect()
    }
}

fn has_upper(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// `text` in the form in which identifiers and types compare.
pub fn fold_case(text: &str) -> Cow<'_, str> {
    if has_upper(text) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for ResourceId {}

impl PartialOrd for ResourceId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ResourceId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Hash for ResourceId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBNET: &str = "/subscriptions/S/resourceGroups/R/providers/Microsoft.Network/virtualNetworks/net/subnets/a/";

    #[test]
    fn holes_are_parts_of_names() {
        let id = ResourceId::new(
            "/subscriptions/S/providers/Microsoft.Web/sites/s{f('/providers/A.B/c/d')}/slots/{parameters('n')}",
        );
        assert_eq!(
            id.resource_type().as_deref(),
            Some("Microsoft.Web/sites/slots")
        );
        assert_eq!(id.short_name(), "{parameters('n')}");
        assert_eq!(id.display_name(), "{n}");
        let parent = id.parent().unwrap();
        assert_eq!(parent.display_name(), "s{f}");
        assert_eq!(id.head(), "/subscriptions/s");
        assert!(id.tail().starts_with("/providers/microsoft.web/"));
    }

    #[test]
    fn an_identifier_is_taken_apart() {
        let id = ResourceId::new(SUBNET);
        assert_eq!(
            id.resource_type().unwrap(),
            "Microsoft.Network/virtualNetworks/subnets"
        );
        assert_eq!(id.name().unwrap(), "net/a");
        assert_eq!(id.short_name(), "a");
        assert_eq!(id.parent().unwrap().name().unwrap(), "net");
        assert_eq!(id.parent().unwrap().parent(), None);
        assert_eq!(
            id.tail(),
            "/providers/microsoft.network/virtualnetworks/net/subnets/a"
        );
        assert_eq!(id, ResourceId::new(SUBNET.to_uppercase()));
    }

    #[test]
    fn what_is_no_resource_has_no_type() {
        for text in [
            "",
            "/",
            "/subscriptions/S",
            "/subscriptions/S/resourceGroups/R",
            "nonsense",
        ] {
            let id = ResourceId::new(text);
            assert_eq!(id.resource_type(), None, "{text}");
            assert_eq!(id.parent(), None, "{text}");
        }
    }
}
