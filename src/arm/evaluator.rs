//! The state of a run, and the walk that turns a template's values into evaluated ones.

use super::budget::{Budget, admit};
use super::context::{Context, DeploymentId, InstanceId, ScopeId};
use super::deployment::{Deployment, Instance};
use super::environment::Environment;
use super::evaluation::DeclaredResource;
use super::expression::{Expression, Meaning, SyntaxError, meaning, parse};
use super::failure::{Failure, Outcome};
use super::limit;
use super::linked_file::LinkedFiles;
use super::scope::Scope;
use super::symbol;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::{FileId, Span};
use crate::value::{Atom, Cause, Data, Member, Text, Unknown, Value};
use indexmap::{IndexMap, IndexSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most diagnostics of one run; more of them help nobody.
const DIAGNOSTICS: usize = 1000;

/// The state of a run.
#[derive(Debug)]
pub(crate) struct Evaluator<'run> {
    pub(crate) environment: &'run Environment,
    pub(crate) files: &'run LinkedFiles,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) deployments: Vec<Deployment>,
    pub(crate) instances: Vec<Instance>,
    /// The nested deployments by lower-case identifier.
    pub(crate) nested: BTreeMap<String, InstanceId>,
    /// The files that were linked to.
    pub(crate) linked: BTreeSet<FileId>,
    /// The files that no template may link to, since they are being evaluated.
    pub(crate) linking: BTreeSet<FileId>,
    pub(crate) budget: Budget,
    pub(crate) resources: Vec<DeclaredResource>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Above zero while what is evaluated may never be, so that its failures are not told.
    pub(crate) muted: u32,
    /// The values behind secret unknowns, by symbol. They settle conditions and leave no trace.
    pub(crate) secrets: IndexMap<Text, Value>,
    told: IndexSet<(Option<Span>, String)>,
    syntax: IndexMap<Text, Result<Arc<Expression>, SyntaxError>>,
}

impl<'run> Evaluator<'run> {
    pub(crate) fn new(environment: &'run Environment, files: &'run LinkedFiles) -> Self {
        Self {
            environment,
            files,
            scopes: Vec::new(),
            deployments: Vec::new(),
            instances: Vec::new(),
            nested: BTreeMap::new(),
            linked: BTreeSet::new(),
            linking: BTreeSet::new(),
            budget: Budget::default(),
            resources: Vec::new(),
            diagnostics: Vec::new(),
            muted: 0,
            secrets: IndexMap::new(),
            told: IndexSet::new(),
            syntax: IndexMap::new(),
        }
    }

    pub(crate) fn scope(&self, id: ScopeId) -> Option<&Scope> {
        id.of(&self.scopes)
    }

    pub(crate) fn deployment(&self, id: DeploymentId) -> Option<&Deployment> {
        self.deployments.get(id.0)
    }

    pub(crate) fn instance(&self, id: InstanceId) -> Option<&Instance> {
        self.instances.get(id.0)
    }

    /// Keeps `diagnostic`, once for a place and message.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.muted > 0 || self.diagnostics.len() >= DIAGNOSTICS {
            return;
        }
        if self
            .told
            .insert((diagnostic.span, diagnostic.message.clone()))
        {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports `failure` at `span`.
    pub(crate) fn report_failure(&mut self, failure: Failure, span: Span) {
        if failure.code == "arm-budget" && self.muted == 0 && !self.budget.tells() {
            return;
        }
        self.report(Diagnostic {
            level: Level::Error,
            code: failure.code.into(),
            message: failure.message,
            span: Some(span),
        });
    }

    /// Reports `failure`, and returns the unknown that stands for what was to be at `span`.
    pub(crate) fn fail(&mut self, failure: Failure, span: Span, text: &Text) -> Value {
        self.report_failure(failure, span);
        failed(span, text)
    }

    /// Runs `work` without telling what fails in it; `None` where something did.
    pub(crate) fn attempt<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Option<T> {
        self.muted += 1;
        let outcome = work(self);
        self.muted -= 1;
        outcome.ok()
    }

    /// `value` evaluated. What fails is reported and becomes an unknown; what holds no expression
    /// is shared, not copied.
    pub(crate) fn evaluate(&mut self, value: &Value, context: &Context) -> Value {
        if value.is_literal() {
            return value.clone();
        }
        match &value.data {
            Data::String(text) => self.evaluate_string(text, value.span, context),
            Data::Array(_) | Data::Object(_) => {
                let outcome = self.budget.descend();
                let outcome = outcome.and_then(|()| {
                    let made = self.evaluate_container(value, context);
                    self.budget.ascend();
                    made
                });
                outcome.unwrap_or_else(|failure| self.fail(failure, value.span, &Text::from("")))
            }
            _ => value.clone(),
        }
    }

    fn evaluate_container(&mut self, value: &Value, context: &Context) -> Outcome {
        let made = if let Data::Array(array) = &value.data {
            self.budget.spend(array.items().len())?;
            let items = array.items().iter();
            let items = items.map(|item| self.evaluate(item, context)).collect();
            Value::array(value.span, items)
        } else {
            let mut members = Vec::new();
            self.budget.spend(value.members().len())?;
            for member in value.members() {
                self.evaluate_member(member, context, &mut members);
            }
            Value::object(value.span, unique(members))
        };
        admit(made)
    }

    /// Adds what `member` evaluates to: itself, or the lists of a copy loop.
    pub(crate) fn evaluate_member(
        &mut self,
        member: &Member,
        context: &Context,
        members: &mut Vec<Member>,
    ) {
        if context.place.allows_copy()
            && member.name.eq_ignore_ascii_case("copy")
            && super::copy::is_loops(&member.value)
        {
            self.expand_loops(member, context, members);
            return;
        }
        let value = self.evaluate(&member.value, context);
        let mut name = Text::clone(&member.name);
        if name.starts_with('[') {
            let evaluated = self.evaluate_string(&member.name, member.name_span, context);
            name = match &evaluated.data {
                Data::Unknown(unknown) => Text::clone(&unknown.symbol),
                _ => symbol::unescape(&symbol::of_part(&evaluated)).into(),
            };
        }
        members.push(Member {
            name,
            name_span: member.name_span,
            value,
        });
    }

    /// The string `text` at `span` evaluated: itself, its literal meaning, or the expression's
    /// value.
    pub(crate) fn evaluate_string(&mut self, text: &Text, span: Span, context: &Context) -> Value {
        match meaning(text) {
            Meaning::Literal(literal) if *literal == **text => {
                Value::string(span, Text::clone(text))
            }
            Meaning::Literal(literal) => Value::string(span, &*literal),
            Meaning::Expression(inner) => {
                let context = Context {
                    span,
                    text: Text::clone(text),
                    ..context.clone()
                };
                let outcome = self
                    .syntax(text, inner, span)
                    .and_then(|expression| self.evaluate_expression(&expression, &context));
                match outcome {
                    Ok(value) => written(value.at(span), text),
                    Err(failure) => self.fail(failure, span, text),
                }
            }
        }
    }

    /// The syntax tree of `inner`, which stands between the brackets of `text`.
    fn syntax(&mut self, text: &Text, inner: &str, span: Span) -> Result<Arc<Expression>, Failure> {
        if let Some(known) = self.syntax.get(text) {
            return known.clone().map_err(|error| syntax_failure(&error));
        }
        if let Some(diagnostic) = limit::check_expression(text, span) {
            self.report(diagnostic);
        }
        let parsed = parse(inner).map(Arc::new);
        self.syntax.insert(Text::clone(text), parsed.clone());
        parsed.map_err(|error| syntax_failure(&error))
    }
}

fn syntax_failure(error: &SyntaxError) -> Failure {
    Failure::new(
        "arm-syntax",
        format!(
            "the expression cannot be read: {} (byte {})",
            error.message,
            error.at + 2
        ),
    )
}

/// Of members of the same spelling, the last one.
pub(crate) fn unique(members: Vec<Member>) -> Vec<Member> {
    let repeated = if members.len() <= 12 {
        members.iter().enumerate().any(|(at, member)| {
            members
                .iter()
                .take(at)
                .any(|other| other.name == member.name)
        })
    } else {
        let names: IndexSet<&Text> = members.iter().map(|member| &member.name).collect();
        names.len() < members.len()
    };
    if !repeated {
        return members;
    }
    let mut last: IndexMap<Text, Member> = IndexMap::new();
    for member in members {
        last.insert(Text::clone(&member.name), member);
    }
    last.into_values().collect()
}

/// An unknown `value` that says how it was written.
fn written(value: Value, text: &Text) -> Value {
    match value.data {
        Data::Unknown(unknown) if unknown.expression != *text => {
            let mut unknown = Arc::unwrap_or_clone(unknown);
            unknown.expression = Text::clone(text);
            Value::unknown(value.span, unknown)
        }
        data => Value::new(value.span, data),
    }
}

/// The unknown in the stead of an expression at `span` that failed.
pub(crate) fn failed(span: Span, text: &Text) -> Value {
    let atom = Atom {
        cause: Cause::Failed,
        refers_to: Text::clone(text),
        path: Vec::new(),
        span: Some(span),
    };
    let place = format!("{}:{}:failed()", span.file.index(), span.start);
    Value::unknown(
        span,
        Unknown {
            atoms: vec![Arc::new(atom)],
            symbol: symbol::hole(&place).into(),
            expression: Text::clone(text),
            alternatives: Vec::new(),
            secret: false,
        },
    )
}
