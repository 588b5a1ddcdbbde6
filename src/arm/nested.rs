//! Nested and linked deployments: their templates and names.

use super::budget::check_deployments;
use super::context::{Context, DeploymentId, InstanceId, Place, ScopeId};
use super::deployment::{Deployment, Instance, Nested};
use super::evaluation::ParameterSource;
use super::evaluator::Evaluator;
use super::failure::Failure;
use super::parameter::undeclared_value;
use super::parameter_file::file_values;
use super::scope::{Given, GivenContent, Scope};
use super::symbol;
use super::target::{ScopeKind, Target};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::{Atom, Cause, Member, Text, Value};
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// The most levels of nested deployments; Azure states none, and templates stay below 8.
const DEPTH: usize = 16;

/// A nested deployment's template, and where it comes from.
struct Template {
    root: Value,
    file: FileId,
    link: Option<Value>,
}

impl Evaluator<'_> {
    /// The deployment that instance `id` makes; `None` where its template is not to be had.
    pub(crate) fn enter_nested(&mut self, id: InstanceId) -> Option<DeploymentId> {
        let instance = self.instances.get_mut(id.0)?;
        match instance.nested {
            Nested::Ready(deployment) => return Some(deployment),
            Nested::Missing => return None,
            Nested::Running => {
                let (name, span) = (Text::clone(&instance.name), instance.declaration.span);
                let name = symbol::display(&name);
                let message = format!("nested deployment `{name}` depends on its own outputs");
                self.report_failure(Failure::cycle(message), span);
                return None;
            }
            Nested::Waiting => instance.nested = Nested::Running,
        }
        let instance = instance.clone();
        let made = match self.budget.descend() {
            Ok(()) => {
                let made = self.make_nested(&instance);
                self.budget.ascend();
                made
            }
            Err(failure) => {
                self.report_failure(failure, instance.declaration.span);
                None
            }
        };
        if let Some(instance) = self.instances.get_mut(id.0) {
            instance.nested = made.map_or(Nested::Missing, Nested::Ready);
        }
        made
    }

    fn make_nested(&mut self, instance: &Instance) -> Option<DeploymentId> {
        let outer = self.deployment(instance.deployment)?;
        let (outer_scope, outer_file) = (outer.scope, outer.file);
        let mut path = outer.path.clone();
        path.push(symbol::display(&instance.name).into());
        let span = instance.declaration.span;
        let bound = if path.len() > DEPTH {
            let message = format!("deployments are nested more than {DEPTH} levels deep");
            Err(Failure::budget(message))
        } else {
            check_deployments(self.deployments.len())
        };
        if let Err(failure) = bound {
            self.report_failure(failure, span);
            return None;
        }
        let properties = instance.declaration.get("properties")?;
        let mut context = Context::new(outer_scope, instance.deployment, Place::Properties, span);
        context.copies.clone_from(&instance.copies);
        let template = self.nested_template(properties, outer_file, &context)?;
        let mut target = instance.target.clone();
        if let Some(location) = instance.declaration.get("location")
            && target.kind != ScopeKind::ResourceGroup
        {
            target.location = self.evaluate(location, &context);
        }
        let evaluation = properties.get_path(&["expressionEvaluationOptions", "scope"]);
        let evaluation = evaluation.map(|scope| self.evaluate(scope, &context));
        let is_inner = template.link.is_some()
            || evaluation
                .and_then(|scope| {
                    scope
                        .as_str()
                        .map(|scope| scope.eq_ignore_ascii_case("inner"))
                })
                .unwrap_or(false);
        let id = DeploymentId(self.deployments.len());
        let scope = if is_inner {
            self.nested_scope(id, instance, &target, &template, &path, &context)
        } else {
            outer_scope
        };
        let deployment = Deployment {
            scope,
            target,
            root: template.root,
            file: template.file,
            path,
            parent: (!is_inner).then_some(instance.deployment),
            copies: context.copies.filter(|_| !is_inner),
            condition: instance.condition.clone(),
            entries: Vec::new(),
            index: BTreeMap::new(),
            outputs: IndexMap::new(),
        };
        Some(self.add_deployment(deployment))
    }

    fn nested_template(
        &mut self,
        properties: &Value,
        file: FileId,
        context: &Context,
    ) -> Option<Template> {
        if let Some(inline) = properties.get("template") {
            if inline.as_object().is_some() {
                let root = inline.clone();
                return Some(Template {
                    root,
                    file,
                    link: None,
                });
            }
            let message = "the nested deployment's `template` is no object";
            self.report_failure(Failure::new("arm-deployment", message), inline.span);
            return None;
        }
        let Some(link) = properties.get("templateLink") else {
            let message = "the nested deployment has neither `template` nor `templateLink`";
            self.report_failure(Failure::new("arm-deployment", message), properties.span);
            return None;
        };
        let evaluated = self.evaluate(link, context);
        let (place, asked) = link_path(&evaluated)?;
        match self.files.find_template(file, &asked) {
            Some(found) if !self.linking.contains(&found.file) => {
                let (root, file) = (found.root.clone(), found.file);
                self.linked.insert(file);
                Some(Template {
                    root,
                    file,
                    link: Some(evaluated),
                })
            }
            Some(_) => {
                let message = format!("the linked template `{asked}` links back to this one");
                self.report_failure(Failure::cycle(message), place);
                None
            }
            None => {
                let message = format!("the linked template `{asked}` is not among the files");
                self.report(Diagnostic::warning("arm-linked-template", message, place));
                None
            }
        }
    }

    /// The names of a nested template of inner scope, its parameters given by the parent.
    fn nested_scope(
        &mut self,
        id: DeploymentId,
        instance: &Instance,
        target: &Target,
        template: &Template,
        path: &[Text],
        context: &Context,
    ) -> ScopeId {
        let name = instance.name_value(instance.declaration.span);
        let root = template.root.clone();
        let mut scope = Scope::new(id, target.clone(), root, template.file, name);
        let outer = self
            .scope(context.scope)
            .map_or_else(|| Text::from(""), |it| Text::clone(&it.file_qualifier));
        scope.qualifier = format!("{outer}{}:", symbol::escape(&path.join("/"))).into();
        scope.file_qualifier = outer;
        scope.link.clone_from(&template.link);
        if let Some(properties) = instance.declaration.get("properties") {
            for (name, span, given) in self.arguments(properties, context) {
                match scope.parameters.get_mut(&name.to_ascii_lowercase()) {
                    Some(parameter) => parameter.given = Some(given),
                    None => self.report(undeclared_value(&name, span)),
                }
            }
        }
        let id = ScopeId(self.scopes.len());
        self.scopes.push(scope);
        id
    }

    /// The values that a nested deployment's `properties` give for its template's parameters.
    fn arguments(&mut self, properties: &Value, context: &Context) -> Vec<(Text, Span, Given)> {
        let mut arguments = match properties.get("parametersLink") {
            Some(link) => self.linked_parameters(link, context),
            None => Vec::new(),
        };
        let values = properties.get("parameters").map_or(&[][..], Value::members);
        for member in values {
            let given = if let Some(value) = member.value.get("value") {
                GivenContent::Value(self.evaluate(value, context))
            } else if let Some(reference) = member.value.get("reference") {
                GivenContent::KeyVault(self.evaluate(reference, context))
            } else {
                continue;
            };
            let given = Given {
                source: ParameterSource::File,
                content: given,
            };
            arguments.push((Text::clone(&member.name), member.name_span, given));
        }
        arguments
    }

    /// The values in the parameter file that `parametersLink` names: literal, nothing in them is
    /// evaluated.
    fn linked_parameters(&mut self, link: &Value, context: &Context) -> Vec<(Text, Span, Given)> {
        let evaluated = self.evaluate(link, context);
        let Some((place, asked)) = link_path(&evaluated) else {
            return Vec::new();
        };
        if let Some(found) = self.files.find_parameters(context.span.file, &asked) {
            return file_values(&found.root);
        }
        let message = format!("the linked parameter file `{asked}` is not among the files");
        self.report(Diagnostic::warning("arm-linked-template", message, place));
        Vec::new()
    }

    /// The evaluated `parameters` of a nested deployment with the values hidden that its template
    /// declares as secure.
    pub(crate) fn hide_arguments(&mut self, given: &Value, nested: Option<DeploymentId>) -> Value {
        let Some(scope) = nested
            .and_then(|id| self.deployment(id))
            .filter(|deployment| deployment.parent.is_none())
            .and_then(|deployment| self.scope(deployment.scope))
        else {
            return given.clone();
        };
        let root = scope.root.clone();
        let qualifier = Text::clone(&scope.qualifier);
        let parameters = scope.parameters.clone();
        let mut members: Vec<Member> = Vec::new();
        for member in given.members() {
            let mut member = member.clone();
            if let Some(parameter) = parameters.get(&member.name.to_ascii_lowercase()) {
                let refers_to = format!("parameters('{}')", parameter.name);
                let hole = symbol::hole(&format!("{qualifier}{}", symbol::escape(&refers_to)));
                let atom = Atom {
                    cause: Cause::Parameter,
                    refers_to: refers_to.into(),
                    path: Vec::new(),
                    span: Some(parameter.name_span),
                };
                let mut inner: Vec<Member> = member.value.members().to_vec();
                for part in &mut inner {
                    if part.name.eq_ignore_ascii_case("value") {
                        let value = part.value.clone();
                        part.value =
                            self.hide_secrets(&root, &parameter.declaration, value, &atom, &hole);
                    }
                }
                if member.value.as_object().is_some() {
                    member.value = Value::object(member.value.span, inner);
                }
            }
            members.push(member);
        }
        if given.as_object().is_none() {
            return given.clone();
        }
        Value::object(given.span, members)
    }
}

/// The path or address in a template or parameter link, and its place. Of one that is not wholly
/// known, the part up to the extension `.json` that is.
fn link_path(link: &Value) -> Option<(Span, String)> {
    let names = ["relativePath", "uri", "id"];
    let part = names.iter().find_map(|name| link.get(name))?;
    let text = symbol::of_part(part);
    let text = if let Some(text) = part.as_str() {
        text.to_owned()
    } else {
        let end = text.to_ascii_lowercase().rfind(".json")? + ".json".len();
        let known = text.get(..end)?;
        let is_path = |it: char| it.is_alphanumeric() || "-_./".contains(it);
        let start = known.rfind(|it| !is_path(it)).map_or(0, |at| {
            at + known
                .get(at..)
                .and_then(|it| it.chars().next())
                .map_or(1, char::len_utf8)
        });
        known.get(start..)?.to_owned()
    };
    Some((part.span, text))
}
