//! Functions that a template declares itself.

use super::context::{Context, Place};
use super::evaluator::Evaluator;
use super::expression::Call;
use super::failure::{Failure, Outcome};
use super::type_definition;
use crate::value::{Text, Value};
use std::sync::Arc;

impl Evaluator<'_> {
    /// The result of `namespace.name(…)`.
    pub(crate) fn call_user_function(
        &mut self,
        namespace: &Text,
        call: &Call,
        context: &Context,
    ) -> Outcome {
        let full = format!("{namespace}.{}", call.name);
        let found = self.scope(context.scope).map(|scope| {
            let function = scope.user_function(namespace, &call.name).cloned();
            (function, scope.root.clone(), scope.is_version_two())
        });
        let Some((Some(function), root, version_two)) = found else {
            return Err(Failure::new(
                "arm-unknown-function",
                format!("there is no function `{full}`"),
            ));
        };
        if context.arguments.is_some() && !version_two {
            return Err(Failure::place(format!(
                "user function `{full}` is called by another one, which language version 1 does not allow"
            )));
        }
        let declared = function.get("parameters").map_or(&[][..], Value::items);
        if declared.len() != call.arguments.len() {
            let message = format!(
                "`{full}` takes {} arguments, not {}",
                declared.len(),
                call.arguments.len()
            );
            return Err(Failure::argument(message));
        }
        let mut arguments = Vec::new();
        for (at, (parameter, argument)) in declared.iter().zip(&call.arguments).enumerate() {
            let value = self.evaluate_expression(argument, context)?;
            if let Err(problem) = type_definition::check(&root, parameter, &value) {
                let message = format!("argument {} of `{full}` {}", at + 1, problem.what);
                return Err(Failure::argument(message));
            }
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or("");
            arguments.push((Text::from(name), value));
        }
        let Some(body) = function.get_path(&["output", "value"]) else {
            return Err(Failure::undeclared(format!("`{full}` has no output value")));
        };
        let inner = Context {
            copies: None,
            lambdas: None,
            arguments: Some(Arc::new(arguments)),
            place: Place::FunctionBody,
            ..context.clone()
        };
        self.budget.descend()?;
        let value = self.evaluate(body, &inner);
        self.budget.ascend();
        let output = function.get("output");
        if let Some(Err(problem)) =
            output.map(|output| type_definition::check(&root, output, &value))
        {
            let message = format!("the result of `{full}` {}", problem.what);
            return Err(Failure::argument(message));
        }
        Ok(value)
    }
}
