//! Types, names and identifiers of resources.

use super::budget::check_resources;
use super::context::{Context, InstanceId, Place};
use super::deployment::{Instance, Nested, Parent, both};
use super::evaluation::Condition;
use super::evaluator::Evaluator;
use super::failure::Failure;
use super::function::provider_path;
use super::symbol;
use super::target::{ScopeKind, Target};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::value::{Data, Text, Unknown, Value};
use std::sync::Arc;

/// A text that may have holes, and the unknowns in it.
#[derive(Clone, Debug)]
struct Symbolic {
    symbol: Text,
    open: Option<Arc<Unknown>>,
}

impl Evaluator<'_> {
    /// Keeps the resource that `declaration` makes in `context` and adds it to `instances`; `None`
    /// where it has no type or name.
    pub(crate) fn identify_one(
        &mut self,
        declaration: &Value,
        symbol: Option<Text>,
        parent: Option<&Parent>,
        context: &Context,
        copy_index: Option<u32>,
        instances: &mut Vec<InstanceId>,
    ) -> Option<InstanceId> {
        let context = &context.in_place(Place::Identity);
        let outer = self.deployment(context.deployment)?.condition.clone();
        let condition = both(&outer, self.condition(declaration, context));
        if let Err(failure) = check_resources(self.instances.len()) {
            self.report_failure(failure, declaration.span);
            return None;
        }
        // What fails in a resource that is not deployed does no harm.
        let skipped = u32::from(matches!(condition, Condition::False(_)));
        self.muted += skipped;
        let instance = self.identified(declaration, symbol, parent, context, condition);
        self.muted -= skipped;
        let instance = Instance {
            copy_index,
            ..instance?
        };
        Some(self.add_instance(instance, instances))
    }

    fn identified(
        &mut self,
        declaration: &Value,
        symbol: Option<Text>,
        parent: Option<&Parent>,
        context: &Context,
        condition: Condition,
    ) -> Option<Instance> {
        let resource_type = self.resource_type(declaration, parent, context)?;
        let name = self.resource_name(declaration, &resource_type, symbol.as_ref(), context)?;
        let outer = self.deployment(context.deployment)?;
        let target = outer.target.clone();
        let profile = outer.root.get("apiProfile").and_then(Value::as_str);
        let profile = profile.map(Text::from);
        let mut open: Vec<Arc<Unknown>> = name.open.into_iter().collect();
        let mut name = name.symbol;
        if let Some(parent) = parent
            && !is_full_name(&resource_type, &name)
        {
            name = format!("{}/{name}", parent.name).into();
            open.extend(parent.open.iter().cloned());
        }
        let name_is_open = !open.is_empty();
        let (scope, target) =
            self.resource_scope(declaration, &resource_type, target, context, &mut open);
        let id = self.resource_id(
            &scope,
            &target,
            &resource_type,
            &name,
            declaration,
            name_is_open,
        );
        let api_version = match declaration.get("apiVersion") {
            Some(version) => self.evaluate(version, context).as_str().map(Text::from),
            None => profile,
        };
        let existing = declaration.get("existing").and_then(Value::as_bool) == Some(true);
        Some(Instance {
            deployment: context.deployment,
            declaration: declaration.clone(),
            copies: context.copies.clone(),
            symbol,
            resource_type,
            name,
            open,
            name_is_open,
            id,
            scope,
            api_version,
            condition,
            existing,
            copy_index: None,
            target,
            nested: Nested::Waiting,
        })
    }

    fn add_instance(&mut self, instance: Instance, instances: &mut Vec<InstanceId>) -> InstanceId {
        let id = InstanceId(self.instances.len());
        let key = instance.id.to_ascii_lowercase();
        if instance.is_deployment() {
            self.nested.entry(key.clone()).or_insert(id);
        }
        if let Some(deployment) = self.deployments.get_mut(instance.deployment.0)
            && !deployment.root.is_literal()
        {
            let index = &mut deployment.index;
            if let Some(symbol) = &instance.symbol {
                let symbol = symbol.to_ascii_lowercase();
                if let Some(turn) = instance.copy_index {
                    index.insert(format!("{symbol}[{turn}]"), Some(id));
                } else {
                    index.insert(symbol, Some(id));
                }
            } else {
                let name = instance.name.to_ascii_lowercase();
                // Resources of different types may share a name, which then names none.
                let found = index.entry(name).or_insert(Some(id));
                if *found != Some(id) {
                    *found = None;
                }
            }
            index.insert(key, Some(id));
        }
        self.instances.push(instance);
        instances.push(id);
        id
    }

    fn resource_type(
        &mut self,
        declaration: &Value,
        parent: Option<&Parent>,
        context: &Context,
    ) -> Option<Text> {
        let Some(kind) = declaration.get("type") else {
            let message = "the resource has no `type`";
            self.report_failure(Failure::new("arm-resource", message), declaration.span);
            return None;
        };
        let value = self.evaluate(kind, context);
        let Some(text) = value.as_str() else {
            let message = "the resource's `type` is to be a string that is known";
            self.report_failure(Failure::new("arm-resource", message), kind.span);
            return None;
        };
        let text = text.trim_end_matches('/');
        let Some(parent) = parent else {
            return Some(Text::from(text));
        };
        let start = format!("{}/", parent.resource_type).to_ascii_lowercase();
        if text.to_ascii_lowercase().starts_with(&start) {
            return Some(Text::from(text));
        }
        Some(format!("{}/{text}", parent.resource_type).into())
    }

    fn resource_name(
        &mut self,
        declaration: &Value,
        resource_type: &Text,
        symbol: Option<&Text>,
        context: &Context,
    ) -> Option<Symbolic> {
        let Some(name) = declaration.get("name") else {
            // Resources of other than Azure's own providers have no name of this kind.
            let is_extensible = !resource_type.contains('/')
                || declaration.get("import").is_some()
                || declaration.get("extension").is_some();
            if let (true, Some(symbol)) = (is_extensible, symbol) {
                return Some(Symbolic {
                    symbol: symbol::escape(symbol).into(),
                    open: None,
                });
            }
            let message = "the resource has no `name`";
            self.report_failure(Failure::new("arm-resource", message), declaration.span);
            return None;
        };
        let value = self.evaluate(name, context);
        match &value.data {
            Data::String(text) if text.contains(['{', '}', '\\']) => Some(Symbolic {
                symbol: symbol::escape(text).into(),
                open: None,
            }),
            Data::String(text) => Some(Symbolic {
                symbol: Text::clone(text),
                open: None,
            }),
            Data::Unknown(unknown) => Some(Symbolic {
                symbol: Text::clone(&unknown.symbol),
                open: Some(Arc::clone(unknown)),
            }),
            _ => {
                let message = format!(
                    "the resource's `name` is to be a string, not {}",
                    value.type_name()
                );
                self.report_failure(Failure::new("arm-resource", message), name.span);
                None
            }
        }
    }

    /// The identifier of the resource's scope, and, of a nested deployment, where it goes.
    fn resource_scope(
        &mut self,
        declaration: &Value,
        resource_type: &str,
        target: Target,
        context: &Context,
        open: &mut Vec<Arc<Unknown>>,
    ) -> (Text, Target) {
        let mut target = target;
        for name in [&target.subscription, &target.resource_group] {
            let counts = match target.kind {
                ScopeKind::ResourceGroup => true,
                ScopeKind::Subscription => std::ptr::eq(name, &raw const target.subscription),
                ScopeKind::ManagementGroup | ScopeKind::Tenant => false,
            };
            open.extend(name.as_unknown().filter(|_| counts).cloned());
        }
        let is_deployment = resource_type.eq_ignore_ascii_case("Microsoft.Resources/deployments");
        if let Some(scope) = declaration.get("scope") {
            let value = self.evaluate(scope, context);
            open.extend(value.as_unknown().cloned());
            let asked = symbol::of_part(&value);
            let at = target.at(&asked, scope.span);
            if is_deployment && let Some(at) = at {
                return (Text::clone(&at.id), at);
            }
            let id = match asked.strip_prefix('/') {
                Some("") => Text::from(""),
                Some(_) => asked.trim_end_matches('/').into(),
                None if asked
                    .to_ascii_lowercase()
                    .starts_with("microsoft.management/") =>
                {
                    format!("/providers/{asked}").into()
                }
                None => format!("{}/providers/{asked}", target.id).into(),
            };
            return (id, target);
        }
        if is_deployment || declaration.get("existing").is_some() {
            self.retarget(declaration, &mut target, context, open);
        }
        (Text::clone(&target.id), target)
    }

    /// Follows `subscriptionId` and `resourceGroup`.
    fn retarget(
        &mut self,
        declaration: &Value,
        target: &mut Target,
        context: &Context,
        open: &mut Vec<Arc<Unknown>>,
    ) {
        let before = Text::clone(&target.id);
        let mut changed = false;
        let mut part = |run: &mut Self, name: &str| {
            let value = declaration
                .get(name)
                .map(|value| run.evaluate(value, context));
            let value = value.filter(|value| {
                !value.is_null() && value.as_str().is_none_or(|text| !text.is_empty())
            })?;
            open.extend(value.as_unknown().cloned());
            changed = true;
            Some(value)
        };
        let subscription = part(self, "subscriptionId");
        let group = part(self, "resourceGroup");
        if !changed {
            return;
        }
        if let Some(subscription) = subscription {
            target.subscription = subscription;
            target.kind = ScopeKind::Subscription;
        }
        if let Some(group) = group {
            target.resource_group = group;
            target.kind = ScopeKind::ResourceGroup;
        }
        target.settle_id();
        if !target.id.eq_ignore_ascii_case(&before) {
            target.location = target.unknown_location(declaration.span);
        }
    }

    fn resource_id(
        &mut self,
        scope: &Text,
        target: &Target,
        resource_type: &str,
        name: &Text,
        declaration: &Value,
        is_open: bool,
    ) -> Text {
        if resource_type.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") {
            let subscription = symbol::of_part(&target.subscription);
            return format!("/subscriptions/{subscription}/resourceGroups/{name}").into();
        }
        let names = symbol::split_segments(name);
        if let Some(path) = provider_path(resource_type, &names) {
            return format!("{scope}{path}").into();
        }
        if !is_open && resource_type.contains('/') {
            let message = format!(
                "type `{resource_type}` takes a name of {} segments, not `{}`",
                resource_type.matches('/').count(),
                symbol::display(name)
            );
            let span = declaration
                .get("name")
                .map_or(declaration.span, |it| it.span);
            self.report(Diagnostic::warning("arm-name-segments", message, span));
        }
        format!("{scope}/providers/{resource_type}/{name}").into()
    }

    fn condition(&mut self, declaration: &Value, context: &Context) -> Condition {
        let Some(condition) = declaration.get("condition") else {
            return Condition::True;
        };
        let value = self.evaluate(condition, context);
        self.read_condition(&value, condition.span)
    }

    /// What the evaluated `condition` at `span` says.
    pub(crate) fn read_condition(&mut self, value: &Value, span: Span) -> Condition {
        let settled = match &value.data {
            Data::Bool(value) => Some(*value),
            Data::Unknown(unknown) => return Condition::Unknown(span, Arc::clone(unknown)),
            Data::Null => Some(true),
            Data::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Data::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        };
        match settled {
            Some(true) => Condition::True,
            Some(false) => Condition::False(span),
            None => {
                let message = format!("`condition` is to be a bool, not {}", value.type_name());
                let failure = Failure::new("arm-resource", message);
                match self.fail(failure, span, &Text::from("condition")).data {
                    Data::Unknown(unknown) => Condition::Unknown(span, unknown),
                    _ => Condition::True,
                }
            }
        }
    }
}

/// Whether `name` has a segment for each of the type's.
fn is_full_name(resource_type: &str, name: &str) -> bool {
    let wanted = resource_type.matches('/').count();
    wanted > 1 && symbol::split_segments(name).len() == wanted
}
