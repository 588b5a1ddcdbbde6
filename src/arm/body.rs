//! From an identified resource to a declared one: its body evaluated.

use super::context::{Context, DeploymentId, InstanceId, Place};
use super::dependency::Dependent;
use super::deployment::Instance;
use super::evaluation::{Condition, DeclaredResource};
use super::evaluator::{Evaluator, unique};
use super::limit;
use super::symbol;
use super::target::ScopeKind;
use crate::source::FileId;
use crate::value::{Data, Member, Text, Unknown, Value};
use std::sync::Arc;

impl Evaluator<'_> {
    /// Declares the resources of deployment `id` in order, those of nested deployments after the
    /// deployment that holds them.
    pub(crate) fn declare_deployment(&mut self, id: DeploymentId) {
        let instances: Vec<InstanceId> = self
            .deployment(id)
            .map(|it| {
                it.entries
                    .iter()
                    .flat_map(|entry| entry.instances.clone())
                    .collect()
            })
            .unwrap_or_default();
        let mut own: Vec<(InstanceId, usize)> = Vec::new();
        for instance in instances {
            let skipped = self
                .instance(instance)
                .is_some_and(|it| matches!(it.condition, Condition::False(_)));
            if !skipped {
                own.push((instance, self.resources.len()));
            }
            // What fails in a resource that is not deployed does no harm.
            self.muted += u32::from(skipped);
            self.declare(instance);
            self.muted -= u32::from(skipped);
        }
        let body = |at: usize| self.resources.get(at).map(|resource| &resource.body);
        let dependents: Vec<Dependent> = own
            .iter()
            .filter_map(|(instance, at)| {
                let depends_on = body(*at)?.get("dependsOn")?;
                Some((*instance, depends_on.clone()))
            })
            .collect();
        let deployment = self.deployment(id);
        let too_many = deployment
            .filter(|deployment| deployment.target.kind != ScopeKind::ResourceGroup)
            .and_then(|deployment| {
                let nested = own.iter().filter(|(instance, _)| {
                    let instance = self.instance(*instance);
                    instance.is_some_and(Instance::is_deployment)
                });
                let locations = nested.filter_map(|(_, at)| body(*at)?.get("location")?.as_str());
                limit::check_locations(locations, deployment.root.get("resources")?.span)
            });
        if let Some(diagnostic) = too_many {
            self.report(diagnostic);
        }
        self.check_dependencies(id, &dependents);
    }

    fn declare(&mut self, id: InstanceId) {
        let Some(instance) = self.instance(id).cloned() else {
            return;
        };
        let Some(outer) = self.deployment(instance.deployment) else {
            return;
        };
        let (scope, file) = (outer.scope, outer.file);
        let path = outer.path.clone();
        let declaration = &instance.declaration;
        let nested = if instance.is_deployment() && !instance.existing {
            self.enter_nested(id)
        } else {
            None
        };
        let is_plain = declaration.is_literal() && declaration.get("resources").is_none();
        let body = if is_plain && !instance.is_deployment() {
            declaration.clone()
        } else {
            let mut context =
                Context::new(scope, instance.deployment, Place::Body, declaration.span);
            context.copies.clone_from(&instance.copies);
            let surrounding = self.budget.enter_item(declaration.span);
            let body = self.evaluate_body(&instance, nested, &context);
            self.budget.leave_item(surrounding);
            body
        };
        if let Some(diagnostic) = limit::check_resource(&body, declaration.span) {
            self.report(diagnostic);
        }
        let body = match self.budget.spend_body(&body) {
            Ok(()) => body,
            Err(failure) => self.fail(failure, declaration.span, &Text::from("")),
        };
        self.resources.push(declared(instance, file, path, body));
        if let Some(nested) = nested {
            self.declare_deployment(nested);
        }
    }

    fn evaluate_body(
        &mut self,
        instance: &Instance,
        nested: Option<DeploymentId>,
        context: &Context,
    ) -> Value {
        let declaration = &instance.declaration;
        let is_deployment = instance.is_deployment();
        let mut members: Vec<Member> = Vec::new();
        for member in declaration.members() {
            let name = member.name.to_ascii_lowercase();
            let place = match name.as_str() {
                "resources" if !is_deployment => continue,
                "copy" if member.value.as_object().is_some() => continue,
                "properties" => Place::Properties,
                "type" | "name" | "apiversion" | "condition" | "scope" => Place::Identity,
                "resourcegroup" | "subscriptionid" if is_deployment => Place::Identity,
                _ => Place::Body,
            };
            let context = context.in_place(place);
            if name == "properties" && is_deployment {
                let value = self.deployment_properties(&member.value, nested, &context);
                members.push(Member {
                    value,
                    ..member.clone()
                });
            } else {
                self.evaluate_member(member, &context, &mut members);
            }
        }
        Value::object(declaration.span, unique(members))
    }

    /// The `properties` of a nested deployment without its template, secure parameters hidden.
    fn deployment_properties(
        &mut self,
        properties: &Value,
        nested: Option<DeploymentId>,
        context: &Context,
    ) -> Value {
        if properties.as_object().is_none() {
            return self.evaluate(properties, context);
        }
        let mut members: Vec<Member> = Vec::new();
        for member in properties.members() {
            if member.name.eq_ignore_ascii_case("template") {
                continue;
            }
            self.evaluate_member(member, context, &mut members);
        }
        for member in &mut members {
            if member.name.eq_ignore_ascii_case("parameters") {
                member.value = self.hide_arguments(&member.value, nested);
            }
        }
        Value::object(properties.span, unique(members))
    }
}

fn declared(instance: Instance, file: FileId, path: Vec<Text>, body: Value) -> DeclaredResource {
    let span = instance.declaration.span;
    let is_written_plainly = !instance.name.contains(['{', '\\']);
    let name_unknown = instance.name_is_open.then(|| {
        let parts = instance.open.iter().map(|unknown| &**unknown);
        let expression = instance
            .declaration
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or("");
        Arc::new(Unknown::union(
            parts,
            Text::clone(&instance.name),
            expression,
        ))
    });
    let id = match instance.id_value(span).data {
        Data::String(id) => id,
        _ => Text::clone(&instance.id),
    };
    let scope = if instance.scope.is_empty() {
        Text::from("/")
    } else if instance.open.is_empty() {
        symbol::unescape(&instance.scope).into()
    } else {
        instance.scope
    };
    DeclaredResource {
        file,
        span,
        resource_type: instance.resource_type,
        name: if is_written_plainly {
            instance.name
        } else {
            symbol::display(&instance.name).into()
        },
        name_unknown,
        id,
        scope,
        api_version: instance.api_version,
        condition: instance.condition,
        existing: instance.existing,
        symbolic_name: instance.symbol,
        copy_index: instance.copy_index,
        deployment: path,
        body,
    }
}
