//! Values of parameters and variables, evaluated when first asked for.

use super::call::ALTERNATIVES;
use super::context::{Context, CopyKind, Place, ScopeId};
use super::evaluation::{DeclaredParameter, ParameterSource};
use super::evaluator::{Evaluator, failed};
use super::failure::{Failure, Outcome};
use super::scope::{Given, GivenContent, Parameter, Scope, Slot, VariableContent};
use super::secret::hidden;
use super::symbol;
use super::type_definition::{base_type, check, facet, is_known_type, is_nullable};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::value::{Atom, Cause, Data, Text, Unknown, Value};

pub(crate) use super::type_definition::is_secure;

impl Evaluator<'_> {
    /// The value of parameter `name` of `scope`.
    pub(crate) fn parameter(&mut self, scope: ScopeId, name: &str) -> Outcome {
        let key = name.to_ascii_lowercase();
        let undeclared = || Failure::undeclared(format!("no parameter `{name}` is declared"));
        let slot = self.parameter_slot(scope, &key).ok_or_else(undeclared)?;
        match slot {
            Slot::Done(value) => return Ok(value.clone()),
            Slot::Running => {
                return Err(Failure::cycle(format!(
                    "parameter `{name}` depends on itself"
                )));
            }
            Slot::Waiting => *slot = Slot::Running,
        }
        let settled = self.settle_parameter(scope, &key);
        let value = settled.clone().unwrap_or_else(|_| {
            let span = self.scope(scope).map(|scope| scope.root.span);
            failed(span.unwrap_or_else(no_span), &Text::from(name))
        });
        if let Some(slot) = self.parameter_slot(scope, &key) {
            *slot = Slot::Done(value);
        }
        settled
    }

    fn parameter_slot(&mut self, scope: ScopeId, key: &str) -> Option<&mut Slot> {
        let scope = self.scopes.get_mut(scope.0)?;
        scope
            .parameters
            .get_mut(key)
            .map(|parameter| &mut parameter.slot)
    }

    fn settle_parameter(&mut self, id: ScopeId, key: &str) -> Outcome {
        let found = self
            .scope(id)
            .and_then(|scope| Some((scope.clone_names(), scope.parameters.get(key)?.clone())));
        let Some((names, parameter)) = found else {
            return Err(Failure::undeclared(format!(
                "no parameter `{key}` is declared"
            )));
        };
        let span = parameter.declaration.span;
        let surrounding = self.budget.enter_item(span);
        let muted = std::mem::take(&mut self.muted);
        let outcome = self.budget.descend();
        let outcome = outcome.map(|()| {
            let value = self.settle_declared(id, &names, &parameter);
            self.budget.ascend();
            value
        });
        self.muted = muted;
        self.budget.leave_item(surrounding);
        outcome
    }

    fn settle_declared(&mut self, id: ScopeId, names: &Names, parameter: &Parameter) -> Value {
        let root = &names.root;
        let declaration = &parameter.declaration;
        if !is_known_type(&base_type(root, declaration)) {
            let message = format!(
                "parameter `{}` is of no type that Azure knows",
                parameter.name
            );
            let span = declaration.span;
            self.report(Diagnostic::warning("arm-parameter", message, span));
        }
        let atom = Atom {
            cause: Cause::Parameter,
            refers_to: format!("parameters('{}')", parameter.name).into(),
            path: Vec::new(),
            span: Some(parameter.name_span),
        };
        let hole = format!("{}{}", names.qualifier, symbol::escape(&atom.refers_to));
        let hole = symbol::hole(&hole);
        let (value, source) = match self.raw_value(id, names, parameter) {
            Some(found) => found,
            None if is_nullable(root, declaration) => return Value::null(declaration.span),
            None => return open_parameter(root, declaration, atom, hole),
        };
        let value = match check(root, declaration, &value) {
            Ok(()) => integral(value, &base_type(root, declaration)),
            Err(problem) => {
                let place = if source == ParameterSource::Default {
                    "the default"
                } else {
                    "the value"
                };
                let message = format!("{place} of parameter `{}` {}", parameter.name, problem.what);
                let failure = Failure::new("arm-parameter", message);
                if problem.is_type {
                    self.fail(failure, value.span, &atom.refers_to)
                } else {
                    self.report_failure(failure, value.span);
                    value
                }
            }
        };
        self.hide_secrets(root, declaration, value, &atom, &hole)
    }

    /// The value that is given or the default, evaluated; `None` where there is neither.
    fn raw_value(
        &mut self,
        id: ScopeId,
        names: &Names,
        parameter: &Parameter,
    ) -> Option<(Value, ParameterSource)> {
        let deployment = names.deployment;
        if let Some(Given { source, content }) = &parameter.given {
            let value = match content {
                GivenContent::Value(value) => value.clone(),
                GivenContent::KeyVault(reference) => vault_secret(reference),
                GivenContent::Expression(expression) => {
                    let place = Place::ParameterFile;
                    let context = Context::new(id, deployment, place, expression.span);
                    self.evaluate(expression, &context)
                }
            };
            // A parameter file's null is no value unless the type takes it.
            if !value.is_null() || is_nullable(&names.root, &parameter.declaration) {
                return Some((value, *source));
            }
        }
        let default = parameter.declaration.get("defaultValue")?;
        // Exports write null for what they do not tell.
        if default.is_null() && !is_nullable(&names.root, &parameter.declaration) {
            return None;
        }
        let context = Context::new(id, deployment, Place::ParameterDefault, default.span);
        Some((self.evaluate(default, &context), ParameterSource::Default))
    }

    /// The value of variable `name` as `context` sees it.
    pub(crate) fn variable(&mut self, context: &Context, name: &str) -> Outcome {
        let key = name.to_ascii_lowercase();
        if matches!(
            context.place,
            Place::ParameterDefault | Place::ParameterFile
        ) {
            return Err(Failure::place(format!(
                "`variables` does not stand in {}",
                context.place.describe()
            )));
        }
        let found = self.scopes.get_mut(context.scope.0).and_then(|scope| {
            let deployment = scope.deployment;
            let variable = scope.variables.get_mut(&key)?;
            Some((deployment, variable))
        });
        let Some((deployment, variable)) = found else {
            return Err(Failure::undeclared(format!(
                "no variable `{name}` is declared"
            )));
        };
        match &variable.slot {
            Slot::Done(value) => return Ok(value.clone()),
            Slot::Running => {
                return Err(Failure::cycle(format!(
                    "variable `{name}` depends on itself"
                )));
            }
            Slot::Waiting => variable.slot = Slot::Running,
        }
        let made_of = variable.content.clone();
        let span = match &made_of {
            VariableContent::Value(value) | VariableContent::Loop(value) => value.span,
        };
        let inner = Context::new(context.scope, deployment, Place::Variable, span);
        let outcome = self.settle_variable(name, &made_of, &inner);
        let slot = match &outcome {
            Ok(value) => Slot::Done(value.clone()),
            // It may be asked for again from less deep down.
            Err(_) => Slot::Waiting,
        };
        if let Some(variable) = self
            .scopes
            .get_mut(context.scope.0)
            .and_then(|scope| scope.variables.get_mut(&key))
        {
            variable.slot = slot;
        }
        outcome
    }

    fn settle_variable(
        &mut self,
        name: &str,
        made_of: &VariableContent,
        context: &Context,
    ) -> Outcome {
        let surrounding = self.budget.enter_item(context.span);
        // Its value is kept, so what fails in it is told, whoever asks first.
        let muted = std::mem::take(&mut self.muted);
        let outcome = self.budget.descend();
        let outcome = outcome.map(|()| {
            let value = match made_of {
                VariableContent::Value(value) => self.evaluate(value, context),
                VariableContent::Loop(entry) => {
                    self.unroll(&Text::from(name), entry, CopyKind::Part, context)
                }
            };
            self.budget.ascend();
            value
        });
        self.muted = muted;
        self.budget.leave_item(surrounding);
        outcome
    }

    /// The declared parameters of the outermost template with names `id`, each evaluated.
    pub(crate) fn declare_parameters(&mut self, id: ScopeId) -> Vec<DeclaredParameter> {
        let Some((names, parameters)) = self.scope(id).map(|scope| {
            let parameters: Vec<Parameter> = scope.parameters.values().cloned().collect();
            (scope.clone_names(), parameters)
        }) else {
            return Vec::new();
        };
        let mut declared = Vec::new();
        for parameter in parameters {
            let outcome = self.parameter(id, &parameter.name);
            let span = parameter.declaration.span;
            let value = match outcome {
                Ok(value) => value,
                Err(failure) => self.fail(failure, span, &parameter.name),
            };
            declared.push(declare(&names, &parameter, value));
        }
        declared
    }
}

/// What the value of a parameter hangs on besides its declaration.
pub(crate) struct Names {
    root: Value,
    qualifier: Text,
    deployment: super::context::DeploymentId,
    file: crate::source::FileId,
}

impl Scope {
    fn clone_names(&self) -> Names {
        Names {
            root: self.root.clone(),
            qualifier: Text::clone(&self.qualifier),
            deployment: self.deployment,
            file: self.file,
        }
    }
}

fn declare(names: &Names, parameter: &Parameter, value: Value) -> DeclaredParameter {
    let root = &names.root;
    let declaration = &parameter.declaration;
    let secure = is_secure(root, declaration);
    let default_value = declaration.get("defaultValue").cloned();
    let given = parameter.given.as_ref().map(|given| &given.content);
    let source = match (&parameter.given, given) {
        (_, Some(GivenContent::KeyVault(_))) => ParameterSource::KeyVault,
        (Some(given), _) => given.source,
        _ if default_value.as_ref().is_some_and(|value| !value.is_null()) => {
            ParameterSource::Default
        }
        _ => ParameterSource::Missing,
    };
    let type_name = declaration
        .get("type")
        .and_then(Value::as_str)
        .or_else(|| declaration.get("$ref")?.as_str()?.rsplit('/').next())
        .unwrap_or("");
    let description = facet(root, declaration, "metadata")
        .and_then(|metadata| metadata.get("description"))
        .and_then(Value::as_str);
    DeclaredParameter {
        file: names.file,
        span: declaration.span,
        name: Text::clone(&parameter.name),
        type_name: type_name.into(),
        secure,
        description: description.map(Text::from),
        allowed_values: facet(root, declaration, "allowedValues")
            .map_or(&[][..], Value::items)
            .to_vec(),
        default_value: default_value.map(|default| {
            if secure && !default.is_null() {
                hidden(&default)
            } else {
                default
            }
        }),
        value,
        source,
    }
}

fn no_span() -> Span {
    Span::new(crate::source::FileId::new(0), 0, 0)
}

/// A float of a whole number as the int that an int parameter is.
fn integral(value: Value, base: &str) -> Value {
    match value.data {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole numbers below 2^53 are the same in both"
        )]
        Data::Float(number) if base == "int" && number.abs() < 9e15 => {
            Value::new(value.span, Data::Integer(number as i64))
        }
        data => Value::new(value.span, data),
    }
}

/// The unknown that a parameter without a value is, with the values it may take.
fn open_parameter(root: &Value, declaration: &Value, atom: Atom, hole: String) -> Value {
    let mut unknown = Unknown::of(atom, "");
    unknown.symbol = hole.into();
    unknown.secret = is_secure(root, declaration);
    let span = declaration.span;
    let base = base_type(root, declaration);
    if !unknown.secret {
        let allowed = facet(root, declaration, "allowedValues").map_or(&[][..], Value::items);
        if base == "bool" && allowed.is_empty() {
            let both = [false, true].map(|value| Value::new(span, Data::Bool(value)));
            unknown.alternatives = both.to_vec();
        } else if base != "array" && allowed.len() <= ALTERNATIVES {
            unknown.alternatives = allowed.to_vec();
        }
    }
    Value::unknown(span, unknown)
}

/// The unknown that a key vault's secret is.
fn vault_secret(reference: &Value) -> Value {
    let text = |path: &[&str]| {
        reference
            .get_path(path)
            .and_then(Value::as_str)
            .unwrap_or("")
    };
    let vault = text(&["keyVault", "id"]);
    let secret = text(&["secretName"]);
    let atom = Atom {
        cause: Cause::KeyVaultSecret,
        refers_to: format!("{vault}/secrets/{secret}").into(),
        path: Vec::new(),
        span: Some(reference.span),
    };
    let mut unknown = Unknown::of(atom, "");
    let call = format!(
        "secret('{}','{}')",
        symbol::escape(vault),
        symbol::escape(secret)
    );
    unknown.symbol = symbol::hole(&call).into();
    unknown.secret = true;
    Value::unknown(reference.span, unknown)
}

/// Warnings about values given for parameters that are not declared.
pub(crate) fn undeclared_value(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(
        "arm-parameter",
        format!("a value is given for `{name}`, and the template declares no such parameter"),
        span,
    )
}
