//! Evaluates templates: each outermost one by itself, and an expression by itself.

use super::context::{Context, DeploymentId, Place, ScopeId};
use super::deployment::Deployment;
use super::environment::Environment;
use super::evaluation::{Condition, DeclaredOutput, Evaluation, ParameterSource};
use super::evaluator::Evaluator;
use super::failure::Failure;
use super::linked_file::LinkedFiles;
use super::parameter::{is_secure, undeclared_value};
use super::scope::{Given, GivenContent, Scope};
use super::secret::hidden;
use super::target::{ScopeKind, Target};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::{Member, Text, Value};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// An outermost template and the values given for its parameters.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    /// The file that holds it.
    pub(crate) file: FileId,
    /// The template.
    pub(crate) root: Value,
    /// What stands before its parameters' names in symbols, where several templates are open.
    pub(crate) qualifier: Text,
    /// The values given, later ones over earlier ones.
    pub(crate) given: Vec<(Text, Span, Given)>,
}

/// One template's part of an evaluation, and the files it links to.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) evaluation: Evaluation,
    pub(crate) linked: BTreeSet<FileId>,
}

/// Evaluates `template`, whose links lead to `files`.
pub(crate) fn evaluate_template(
    template: &Template,
    files: &LinkedFiles,
    environment: &Environment,
) -> Outcome {
    let mut run = Evaluator::new(environment, files);
    run.linking.insert(template.file);
    let (scope, deployment) = start(&mut run, template);
    run.declare_deployment(deployment);
    let parameters = run.declare_parameters(scope);
    let outputs = run.declare_outputs(deployment);
    Outcome {
        evaluation: Evaluation {
            resources: run.resources,
            parameters,
            outputs,
            diagnostics: run.diagnostics,
        },
        linked: run.linked,
    }
}

/// The value of `expression`, the value of an output of `template`, and what is to say about it.
///
/// `given` holds parameter values, taken literally. An expression that has no value is an unknown,
/// and an error among the diagnostics says why.
pub fn evaluate_expression(
    expression: &Value,
    template: &Value,
    given: &[Member],
    environment: &Environment,
) -> (Value, Vec<Diagnostic>) {
    let files = LinkedFiles::default();
    let mut run = Evaluator::new(environment, &files);
    let given = given.iter().map(|member| {
        let given = Given {
            source: ParameterSource::File,
            content: GivenContent::Value(member.value.clone()),
        };
        (Text::clone(&member.name), member.name_span, given)
    });
    let template = Template {
        file: expression.span.file,
        root: template.clone(),
        qualifier: Text::from(""),
        given: given.collect(),
    };
    let (scope, deployment) = start(&mut run, &template);
    run.declare_parameters(scope);
    let context = Context::new(scope, deployment, Place::Output, expression.span);
    let value = run.evaluate(expression, &context);
    (value, run.diagnostics)
}

fn start(run: &mut Evaluator<'_>, template: &Template) -> (ScopeId, DeploymentId) {
    let root = &template.root;
    let kind = ScopeKind::of_template(root);
    let target = Target::outermost(kind, run.environment, root.span);
    let name = Value::string(root.span, Text::clone(&run.environment.deployment));
    let id = DeploymentId(run.deployments.len());
    let scope_id = ScopeId(run.scopes.len());
    let mut scope = Scope::new(id, target.clone(), root.clone(), template.file, name);
    scope.is_outermost = true;
    scope.qualifier = Text::clone(&template.qualifier);
    scope.file_qualifier = Text::clone(&template.qualifier);
    for (name, span, given) in &template.given {
        match scope.parameters.get_mut(&name.to_ascii_lowercase()) {
            Some(parameter) => parameter.given = Some(given.clone()),
            None => run.report(undeclared_value(name, *span)),
        }
    }
    run.scopes.push(scope);
    let deployment = Deployment {
        scope: scope_id,
        target,
        root: root.clone(),
        file: template.file,
        path: Vec::new(),
        parent: None,
        copies: None,
        condition: Condition::True,
        entries: Vec::new(),
        index: BTreeMap::new(),
        outputs: IndexMap::new(),
    };
    (scope_id, run.add_deployment(deployment))
}

impl Evaluator<'_> {
    /// The outputs of the outermost deployment `id`, but for those whose condition is false.
    fn declare_outputs(&mut self, id: DeploymentId) -> Vec<DeclaredOutput> {
        let Some(deployment) = self.deployment(id) else {
            return Vec::new();
        };
        let (root, file, scope) = (deployment.root.clone(), deployment.file, deployment.scope);
        let mut declared = Vec::new();
        for member in root.get("outputs").map_or(&[][..], Value::members) {
            let output = &member.value;
            if let Some(condition) = output.get("condition") {
                let context = Context::new(scope, id, Place::Output, condition.span);
                let value = self.evaluate(condition, &context);
                let condition = self.read_condition(&value, condition.span);
                if matches!(condition, Condition::False(_)) {
                    continue;
                }
            }
            let value = match self.output(id, &member.name) {
                Ok(value) => value,
                Err(failure) => self.fail_output(failure, member),
            };
            let secure = is_secure(&root, output);
            let type_name = output.get("type").and_then(Value::as_str).unwrap_or("");
            let written = output.get("value").map(|written| {
                if secure && written.is_literal() {
                    hidden(written)
                } else {
                    written.clone()
                }
            });
            declared.push(DeclaredOutput {
                file,
                span: output.span,
                name: Text::clone(&member.name),
                type_name: type_name.into(),
                secure,
                value,
                written,
            });
        }
        declared
    }

    fn fail_output(&mut self, failure: Failure, member: &Member) -> Value {
        self.fail(failure, member.value.span, &member.name)
    }
}
