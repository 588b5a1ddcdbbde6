//! Outputs, of nested deployments and of outermost templates.

use super::context::{Context, CopyKind, DeploymentId, Place};
use super::evaluator::Evaluator;
use super::failure::{Failure, Outcome};
use super::parameter::is_secure;
use super::scope::Slot;
use super::symbol;
use super::type_definition;
use crate::value::{Atom, Cause, Value};

/// What a fact asks for, as far as nested deployments go.
pub(crate) enum Asked {
    /// The output of one, which is this.
    Output(Value),
    /// An output of one whose template is not among the files.
    Missing,
    /// Something else.
    Other,
}

impl Evaluator<'_> {
    /// What `atom` asks a nested deployment of this run for, where that is an output.
    pub(crate) fn deployment_output(&mut self, atom: &Atom) -> Result<Asked, Failure> {
        if atom.cause != Cause::Runtime {
            return Ok(Asked::Other);
        }
        let path: Vec<&str> = atom.path.iter().map(|step| &**step).collect();
        let is = |step: &str, name: &str| step.eq_ignore_ascii_case(name);
        let name = match path.as_slice() {
            [outputs, name, value] if is(outputs, "outputs") && is(value, "value") => name,
            [properties, outputs, name, value]
                if is(properties, "properties") && is(outputs, "outputs") && is(value, "value") =>
            {
                name
            }
            _ => return Ok(Asked::Other),
        };
        let key = atom.refers_to.to_ascii_lowercase();
        let Some(instance) = self.nested.get(&key).copied() else {
            return Ok(Asked::Other);
        };
        let Some(deployment) = self.enter_nested(instance) else {
            return Ok(Asked::Missing);
        };
        let output = self.output(deployment, &symbol::unescape(name))?;
        Ok(Asked::Output(output))
    }

    /// The value of output `name` of `deployment`.
    pub(crate) fn output(&mut self, id: DeploymentId, name: &str) -> Outcome {
        let key = name.to_ascii_lowercase();
        let Some(deployment) = self.deployments.get_mut(id.0) else {
            return Err(Failure::access("there is no such deployment"));
        };
        match deployment.outputs.get(&key) {
            Some(Slot::Done(value)) => return Ok(value.clone()),
            Some(Slot::Running) => {
                return Err(Failure::cycle(format!("output `{name}` depends on itself")));
            }
            _ => {}
        }
        let Some(output) = deployment
            .root
            .get("outputs")
            .and_then(|it| it.get(name))
            .cloned()
        else {
            return Err(Failure::access(format!(
                "the deployment has no output `{name}`"
            )));
        };
        deployment.outputs.insert(key.clone(), Slot::Running);
        let root = deployment.root.clone();
        let mut context = Context::new(deployment.scope, id, Place::Output, output.span);
        context.copies.clone_from(&deployment.copies);
        let surrounding = self.budget.enter_item(output.span);
        let muted = std::mem::take(&mut self.muted);
        let value = self.budget.descend().map(|()| {
            let value = self.evaluate_output(name, &output, &root, &context);
            self.budget.ascend();
            value
        });
        self.muted = muted;
        self.budget.leave_item(surrounding);
        if let Some(deployment) = self.deployments.get_mut(id.0) {
            match &value {
                Ok(value) => deployment.outputs.insert(key, Slot::Done(value.clone())),
                Err(_) => deployment.outputs.shift_remove(&key),
            };
        }
        value
    }

    fn evaluate_output(
        &mut self,
        name: &str,
        output: &Value,
        root: &Value,
        context: &Context,
    ) -> Value {
        let value = match (output.get("copy"), output.get("value")) {
            (Some(entry), None) => self.unroll(&name.into(), entry, CopyKind::Output, context),
            (_, Some(value)) => self.evaluate(value, context),
            (None, None) => {
                let failure = Failure::new("arm-output", format!("output `{name}` has no `value`"));
                self.fail(failure, output.span, &name.into())
            }
        };
        if let Err(problem) = type_definition::check(root, output, &value) {
            let message = format!("the value of output `{name}` {}", problem.what);
            self.report_failure(Failure::new("arm-output", message), value.span);
        }
        if !is_secure(root, output) || value.is_null() {
            return value;
        }
        let atom = Atom {
            cause: Cause::Parameter,
            refers_to: format!("outputs('{name}')").into(),
            path: Vec::new(),
            span: Some(output.span),
        };
        let place = format!("secret({}:{})", output.span.file.index(), output.span.start);
        self.hide_whole(value, &atom, &symbol::hole(&place))
    }
}
