//! Where a deployment goes: a resource group, a subscription, a management group or the tenant.

use super::environment::Environment;
use super::symbol;
use crate::source::Span;
use crate::value::{Atom, Cause, Data, Text, Unknown, Value};

/// The four kinds of scope that a template is deployed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// A resource group.
    ResourceGroup,
    /// A subscription.
    Subscription,
    /// A management group.
    ManagementGroup,
    /// The tenant.
    Tenant,
}

impl ScopeKind {
    /// The kind that template `root` is written for: the word before `eploymentTemplate` in its
    /// schema, whatever the host, date and case; a resource group where nothing else is said.
    pub(crate) fn of_template(root: &Value) -> Self {
        let schema = root.get("$schema").and_then(Value::as_str).unwrap_or("");
        let name = schema.rsplit('/').next().unwrap_or(schema);
        let name = name.to_ascii_lowercase();
        if name.starts_with("subscriptiondeploymenttemplate") {
            Self::Subscription
        } else if name.starts_with("managementgroupdeploymenttemplate") {
            Self::ManagementGroup
        } else if name.starts_with("tenantdeploymenttemplate") {
            Self::Tenant
        } else {
            Self::ResourceGroup
        }
    }

    /// What it is called in messages.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::ResourceGroup => "a resource group",
            Self::Subscription => "a subscription",
            Self::ManagementGroup => "a management group",
            Self::Tenant => "a tenant",
        }
    }
}

/// The scope that a deployment goes to. Its names are texts or unknowns.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) kind: ScopeKind,
    /// The subscription's GUID.
    pub(crate) subscription: Value,
    /// The resource group's name.
    pub(crate) resource_group: Value,
    /// The management group's name.
    pub(crate) management_group: Value,
    /// The location of the resource group, or of the deployment at other scopes.
    pub(crate) location: Value,
    /// The scope's identifier, with holes: empty for the tenant.
    pub(crate) id: Text,
}

impl Target {
    /// The scope of `kind` in `environment`.
    pub(crate) fn outermost(kind: ScopeKind, environment: &Environment, span: Span) -> Self {
        let text = |text: &Text| Value::new(span, Data::String(Text::clone(text)));
        let mut target = Self {
            kind,
            subscription: text(&environment.subscription_id),
            resource_group: text(&environment.resource_group),
            management_group: text(&environment.management_group),
            location: Value::null(span),
            id: Text::from(""),
        };
        target.settle_id();
        target.location = match &environment.location {
            Some(location) => text(location),
            None => target.unknown_location(span),
        };
        target
    }

    /// Writes the identifier anew after a change of the names.
    pub(crate) fn settle_id(&mut self) {
        let subscription = symbol::of_part(&self.subscription);
        self.id = match self.kind {
            ScopeKind::ResourceGroup => format!(
                "/subscriptions/{subscription}/resourceGroups/{}",
                symbol::of_part(&self.resource_group)
            ),
            ScopeKind::Subscription => format!("/subscriptions/{subscription}"),
            ScopeKind::ManagementGroup => format!(
                "/providers/Microsoft.Management/managementGroups/{}",
                symbol::of_part(&self.management_group)
            ),
            ScopeKind::Tenant => String::new(),
        }
        .into();
    }

    /// The scope's identifier as a value at `span`.
    pub(crate) fn id_value(&self, span: Span) -> Value {
        let names = match self.kind {
            ScopeKind::ResourceGroup => vec![&self.subscription, &self.resource_group],
            ScopeKind::Subscription => vec![&self.subscription],
            ScopeKind::ManagementGroup => vec![&self.management_group],
            ScopeKind::Tenant => Vec::new(),
        };
        let mut open = names
            .into_iter()
            .filter_map(|name| name.as_unknown())
            .peekable();
        if open.peek().is_none() {
            return Value::string(span, symbol::unescape(&self.id));
        }
        let parts: Vec<_> = open.cloned().collect();
        let unknown = Unknown::union(parts.iter().map(|part| &**part), Text::clone(&self.id), "");
        Value::unknown(span, unknown)
    }

    /// The location of a scope that the inputs do not describe.
    pub(crate) fn unknown_location(&self, span: Span) -> Value {
        self.unknown_fact("location", span)
    }

    /// A fact about the scope that the inputs do not tell.
    pub(crate) fn unknown_fact(&self, name: &str, span: Span) -> Value {
        let atom = Atom {
            cause: Cause::Runtime,
            refers_to: Text::clone(&self.id),
            path: vec![name.into()],
            span: None,
        };
        let mut unknown = Unknown::of(atom, "");
        unknown.symbol = symbol::hole(&format!("reference('{}').{name}", self.id)).into();
        Value::unknown(span, unknown)
    }

    /// The same scope as `id` names, or `None` where it names none.
    ///
    /// Takes `/`, `/subscriptions/S`, `/subscriptions/S/resourceGroups/R` and
    /// `Microsoft.Management/managementGroups/M` with or without `/providers/` before it.
    pub(crate) fn at(&self, id: &str, span: Span) -> Option<Self> {
        let parts = symbol::split_segments(id.trim_start_matches('/'));
        let is = |part: &str, name: &str| part.eq_ignore_ascii_case(name);
        let text = |part: &str| part_value(part, span);
        let mut target = self.clone();
        match parts.as_slice() {
            [""] => target.kind = ScopeKind::Tenant,
            [word, subscription] if is(word, "subscriptions") => {
                target.kind = ScopeKind::Subscription;
                target.subscription = text(subscription);
            }
            [word, subscription, group_word, group]
                if is(word, "subscriptions") && is(group_word, "resourceGroups") =>
            {
                target.kind = ScopeKind::ResourceGroup;
                target.subscription = text(subscription);
                target.resource_group = text(group);
            }
            [provider, word, group] | [_, provider, word, group]
                if is(provider, "Microsoft.Management") && is(word, "managementGroups") =>
            {
                target.kind = ScopeKind::ManagementGroup;
                target.management_group = text(group);
            }
            _ => return None,
        }
        target.settle_id();
        if !target.id.eq_ignore_ascii_case(&self.id) {
            target.location = target.unknown_location(span);
        }
        Some(target)
    }
}

/// A segment of an identifier as a value: its text, or an unknown where it has holes.
fn part_value(part: &str, span: Span) -> Value {
    let pieces = symbol::pieces(part);
    if pieces
        .iter()
        .all(|piece| matches!(piece, symbol::Piece::Text(_)))
    {
        return Value::string(span, symbol::unescape(part));
    }
    let atom = Atom {
        cause: Cause::Parameter,
        refers_to: part.trim_matches(['{', '}']).into(),
        path: Vec::new(),
        span: None,
    };
    let mut unknown = Unknown::of(atom, "");
    unknown.symbol = part.into();
    Value::unknown(span, unknown)
}
