//! A template's names: parameters, variables and user functions.

use super::context::{DeploymentId, ScopeId};
use super::evaluation::ParameterSource;
use super::json_text::place;
use super::target::Target;
use crate::source::{FileId, Span};
use crate::value::{Member, Text, Value};
use indexmap::IndexMap;

/// The names that expressions of one template see.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The deployment it belongs to.
    pub(crate) deployment: DeploymentId,
    /// The scope that `resourceGroup()` and its like speak of.
    pub(crate) target: Target,
    /// The template.
    pub(crate) root: Value,
    /// The file that holds it.
    pub(crate) file: FileId,
    /// What stands before `parameters('x')` in symbols, so that parameters of the same name in
    /// different templates stay apart.
    pub(crate) qualifier: Text,
    /// The part of it that names the outermost template.
    pub(crate) file_qualifier: Text,
    /// The deployment's name.
    pub(crate) name: Value,
    /// Whether it is a file's own template, and no nested one.
    pub(crate) is_outermost: bool,
    /// Where the template was linked from; `None` for an inline one.
    pub(crate) link: Option<Value>,
    /// The parameters by lower-case name.
    pub(crate) parameters: IndexMap<String, Parameter>,
    /// The variables by lower-case name.
    pub(crate) variables: IndexMap<String, Variable>,
}

/// How far the value of a name is.
#[derive(Clone, Debug)]
pub(crate) enum Slot {
    /// Not asked for yet.
    Waiting,
    /// Being evaluated; to ask for it now is a cycle.
    Running,
    /// Evaluated.
    Done(Value),
}

/// A declared parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The name as spelled.
    pub(crate) name: Text,
    /// Where the name stands.
    pub(crate) name_span: Span,
    /// The declaration.
    pub(crate) declaration: Value,
    /// The value from outside.
    pub(crate) given: Option<Given>,
    /// The value.
    pub(crate) slot: Slot,
}

/// A parameter's value from outside the template.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// Who gave it.
    pub(crate) source: ParameterSource,
    /// What was given.
    pub(crate) content: GivenContent,
}

impl Given {
    /// The same, all of it at `span`: for what is given from outside the run's files.
    pub(crate) fn at(self, span: Span) -> Self {
        let content = match self.content {
            GivenContent::Value(value) => GivenContent::Value(place(&value, span)),
            GivenContent::KeyVault(value) => GivenContent::KeyVault(place(&value, span)),
            GivenContent::Expression(value) => GivenContent::Expression(place(&value, span)),
        };
        Self { content, ..self }
    }
}

/// What was given for a parameter.
#[derive(Clone, Debug)]
pub(crate) enum GivenContent {
    /// A value, taken literally.
    Value(Value),
    /// A reference to a key vault's secret.
    KeyVault(Value),
    /// An expression of a compiled Bicep parameter file.
    Expression(Value),
}

/// A declared variable.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    /// What it is made of.
    pub(crate) content: VariableContent,
    /// The value.
    pub(crate) slot: Slot,
}

/// What a variable is made of.
#[derive(Clone, Debug)]
pub(crate) enum VariableContent {
    /// A value as written.
    Value(Value),
    /// An entry of `variables.copy`.
    Loop(Value),
}

impl Scope {
    /// The names of template `root`, none evaluated yet.
    pub(crate) fn new(
        deployment: DeploymentId,
        target: Target,
        root: Value,
        file: FileId,
        name: Value,
    ) -> Self {
        let parameters = members(&root, "parameters")
            .iter()
            .map(|member| {
                let parameter = Parameter {
                    name: Text::clone(&member.name),
                    name_span: member.name_span,
                    declaration: member.value.clone(),
                    given: None,
                    slot: Slot::Waiting,
                };
                (member.name.to_ascii_lowercase(), parameter)
            })
            .collect();
        let mut variables = IndexMap::new();
        let mut declare = |name: &str, content| {
            let slot = Slot::Waiting;
            variables.insert(name.to_ascii_lowercase(), Variable { content, slot });
        };
        for member in members(&root, "variables") {
            let is_loop = member.name.eq_ignore_ascii_case("copy");
            match member.value.as_array().filter(|_| is_loop) {
                Some(loops) => {
                    for entry in loops {
                        if let Some(name) = entry.get("name").and_then(Value::as_str) {
                            declare(name, VariableContent::Loop(entry.clone()));
                        }
                    }
                }
                None => declare(&member.name, VariableContent::Value(member.value.clone())),
            }
        }
        Self {
            deployment,
            target,
            root,
            file,
            qualifier: Text::from(""),
            file_qualifier: Text::from(""),
            name,
            is_outermost: false,
            link: None,
            parameters,
            variables,
        }
    }

    /// Whether the template's language is 2.0 or later.
    pub(crate) fn is_version_two(&self) -> bool {
        self.root
            .get("languageVersion")
            .and_then(Value::as_str)
            .is_some_and(|version| !version.starts_with('1'))
    }

    /// The declaration of user function `name` of `namespace`.
    pub(crate) fn user_function(&self, namespace: &str, name: &str) -> Option<&Value> {
        let functions = self.root.get("functions")?;
        functions
            .items()
            .iter()
            .filter(|entry| {
                entry
                    .get("namespace")
                    .and_then(Value::as_str)
                    .is_some_and(|spelled| spelled.eq_ignore_ascii_case(namespace))
            })
            .find_map(|entry| entry.get("members")?.get(name))
    }
}

/// The members of section `name` of a template.
pub(crate) fn members<'a>(root: &'a Value, name: &str) -> &'a [Member] {
    root.get(name).map_or(&[], Value::members)
}

impl ScopeId {
    /// The scope in `scopes`.
    pub(crate) fn of(self, scopes: &[Scope]) -> Option<&Scope> {
        scopes.get(self.0)
    }
}
