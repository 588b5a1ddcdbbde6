//! Deployments and the resources in them.
//!
//! A deployment is first identified: its resources get their types, names and identifiers, after
//! copies and conditions, so that expressions can refer to them. Then each one is declared: its
//! body is evaluated, and a nested deployment's resources follow it.

use super::context::{
    Context, CopyFrame, CopyIndex, CopyKind, DeploymentId, InstanceId, Place, ScopeId,
};
use super::copy::Turns;
use super::evaluation::Condition;
use super::evaluator::Evaluator;
use super::failure::Failure;
use super::limit;
use super::scope::Slot;
use super::target::Target;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::{Data, Text, Unknown, Value};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A template's resources at a place.
#[derive(Clone, Debug)]
pub(crate) struct Deployment {
    /// The names that its expressions see: of a nested one of outer scope, its parent's.
    pub(crate) scope: ScopeId,
    /// Where its resources go.
    pub(crate) target: Target,
    /// The template.
    pub(crate) root: Value,
    /// The file that holds it.
    pub(crate) file: FileId,
    /// The names of the nested deployments that hold it, outermost first, itself last.
    pub(crate) path: Vec<Text>,
    /// The deployment that holds it.
    pub(crate) parent: Option<DeploymentId>,
    /// The copy loops that its expressions see.
    pub(crate) copies: Option<Arc<CopyFrame>>,
    /// Whether what holds it is deployed.
    pub(crate) condition: Condition,
    /// Its resources as written, in order.
    pub(crate) entries: Vec<Entry>,
    /// Its resources by lower-case identifier, name and symbol; `None` for an ambiguous one.
    pub(crate) index: BTreeMap<String, Option<InstanceId>>,
    /// Its outputs as far as asked for, by lower-case name.
    pub(crate) outputs: IndexMap<String, Slot>,
}

/// One resource as written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The symbolic name.
    pub(crate) symbol: Option<Text>,
    /// The declaration.
    pub(crate) declaration: Value,
    /// Whether identifying it has begun.
    pub(crate) begun: bool,
    /// What it became.
    pub(crate) instances: Vec<InstanceId>,
}

/// One resource after copies.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    /// The deployment it is of.
    pub(crate) deployment: DeploymentId,
    /// The declaration.
    pub(crate) declaration: Value,
    /// The copy loops around it.
    pub(crate) copies: Option<Arc<CopyFrame>>,
    /// The symbolic name.
    pub(crate) symbol: Option<Text>,
    /// The full type.
    pub(crate) resource_type: Text,
    /// The full name as a symbol.
    pub(crate) name: Text,
    /// The unknowns in its name and scope.
    pub(crate) open: Vec<Arc<Unknown>>,
    /// Whether its own name is unknown, and not only its scope.
    pub(crate) name_is_open: bool,
    /// The identifier, with holes.
    pub(crate) id: Text,
    /// The identifier of its scope, empty for the tenant.
    pub(crate) scope: Text,
    /// The API version.
    pub(crate) api_version: Option<Text>,
    /// Whether it is deployed.
    pub(crate) condition: Condition,
    /// Whether it is only referred to.
    pub(crate) existing: bool,
    /// The index within its own copy loop.
    pub(crate) copy_index: Option<u32>,
    /// Of a nested deployment: where it goes, and how far it is.
    pub(crate) target: Target,
    pub(crate) nested: Nested,
}

/// How far a nested deployment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nested {
    /// Not asked for, or no nested deployment.
    Waiting,
    /// Being entered; to ask for it now is a cycle.
    Running,
    /// Entered.
    Ready(DeploymentId),
    /// Its template is not there.
    Missing,
}

impl Instance {
    /// The identifier as a value at `span`.
    pub(crate) fn id_value(&self, span: Span) -> Value {
        Self::symbol_value(&self.id, &self.open, span)
    }

    /// The full name as a value at `span`.
    pub(crate) fn name_value(&self, span: Span) -> Value {
        let open = if self.name_is_open {
            &self.open[..]
        } else {
            &[]
        };
        Self::symbol_value(&self.name, open, span)
    }

    fn symbol_value(symbol: &Text, open: &[Arc<Unknown>], span: Span) -> Value {
        if open.is_empty() {
            return Value::string(span, super::symbol::unescape(symbol));
        }
        let parts = open.iter().map(|unknown| &**unknown);
        Value::unknown(span, Unknown::union(parts, Text::clone(symbol), ""))
    }

    /// Whether it is a nested deployment.
    pub(crate) fn is_deployment(&self) -> bool {
        self.resource_type
            .eq_ignore_ascii_case("Microsoft.Resources/deployments")
    }
}

/// What a child within its parent's `resources` takes from the parent.
#[derive(Clone, Debug)]
pub(crate) struct Parent {
    pub(crate) resource_type: Text,
    pub(crate) name: Text,
    pub(crate) open: Vec<Arc<Unknown>>,
}

impl Evaluator<'_> {
    /// Keeps `deployment` and identifies its resources.
    pub(crate) fn add_deployment(&mut self, mut deployment: Deployment) -> DeploymentId {
        let id = DeploymentId(self.deployments.len());
        deployment.entries = entries(deployment.root.get("resources"));
        for diagnostic in limit::check_template(&deployment.root) {
            self.report(diagnostic);
        }
        let count = deployment.entries.len();
        let span = deployment.root.get("resources").map(|value| value.span);
        self.deployments.push(deployment);
        for at in 0..count {
            self.identify_entry(id, at);
        }
        let total: usize = self.deployment(id).map_or(0, |deployment| {
            deployment.entries.iter().map(|it| it.instances.len()).sum()
        });
        let diagnostic = span.and_then(|span| limit::check_resources(total, span));
        if let Some(diagnostic) = diagnostic {
            self.report(diagnostic);
        }
        self.report_repeated(id);
        id
    }

    /// Reports resources that a template declares twice, which Azure refuses.
    fn report_repeated(&mut self, id: DeploymentId) {
        let Some(deployment) = self.deployment(id) else {
            return;
        };
        let mut seen: IndexSet<String> = IndexSet::new();
        let mut repeated = Vec::new();
        for id in deployment.entries.iter().flat_map(|it| &it.instances) {
            let Some(instance) = self.instance(*id) else {
                continue;
            };
            let is_deployed = matches!(instance.condition, Condition::True) && !instance.existing;
            if is_deployed && !seen.insert(instance.id.to_ascii_lowercase()) {
                let name = super::symbol::display(&instance.name);
                let message = format!("resource `{name}` is declared more than once");
                let span = instance.declaration.span;
                repeated.push(Diagnostic::warning("arm-repeated-resource", message, span));
            }
        }
        for diagnostic in repeated {
            self.report(diagnostic);
        }
    }

    /// Identifies entry `at`, where that has not begun yet.
    pub(crate) fn identify_entry(&mut self, id: DeploymentId, at: usize) {
        let Some(deployment) = self.deployments.get_mut(id.0) else {
            return;
        };
        let scope = deployment.scope;
        let copies = deployment.copies.clone();
        let Some(entry) = deployment.entries.get_mut(at) else {
            return;
        };
        if std::mem::replace(&mut entry.begun, true) {
            return;
        }
        let declaration = entry.declaration.clone();
        let symbol = entry.symbol.clone();
        let mut context = Context::new(scope, id, Place::Identity, declaration.span);
        context.copies = copies;
        let mut instances = Vec::new();
        if declaration.is_literal() && declaration.get("resources").is_none() {
            self.identify_one(&declaration, symbol, None, &context, None, &mut instances);
        } else {
            let surrounding = self.budget.enter_item(declaration.span);
            self.identify(&declaration, symbol, None, &context, &mut instances);
            self.budget.leave_item(surrounding);
        }
        let entry = self.deployments.get_mut(id.0);
        if let Some(entry) = entry.and_then(|deployment| deployment.entries.get_mut(at)) {
            entry.instances = instances;
        }
    }

    /// Adds the instances that `declaration` makes, copies and children included.
    fn identify(
        &mut self,
        declaration: &Value,
        symbol: Option<Text>,
        parent: Option<&Parent>,
        context: &Context,
        instances: &mut Vec<InstanceId>,
    ) {
        let copy = declaration
            .get("copy")
            .filter(|copy| copy.as_object().is_some());
        let Some(copy) = copy else {
            let one = self.identify_one(declaration, symbol, parent, context, None, instances);
            self.identify_children(declaration, one, context, instances);
            return;
        };
        if parent.is_some() {
            let message = "a copy loop does not stand on a child within its parent";
            self.report_failure(Failure::new("arm-copy", message), copy.span);
        }
        let name = match copy.get("name").map(|name| self.evaluate(name, context)) {
            Some(name) => Text::from(name.as_str().unwrap_or("")),
            None => symbol.clone().unwrap_or_else(|| Text::from("")),
        };
        let (turns, count) = match self.turns(copy.get("count"), context, copy.span) {
            Turns::Known(turns) => (turns, None),
            Turns::Unknown(unknown) => (1, Some(unknown)),
        };
        for turn in 0..turns {
            if let Err(failure) = self.budget.spend(1) {
                self.report_failure(failure, copy.span);
                break;
            }
            let index = match &count {
                Some(count) => CopyIndex::Unknown(Arc::clone(count)),
                None => CopyIndex::Known(turn),
            };
            let inner = context.in_copy(Text::clone(&name), index, CopyKind::Resource);
            let turn = count.is_none().then_some(turn);
            let symbol = symbol.clone();
            let one = self.identify_one(declaration, symbol, parent, &inner, turn, instances);
            if let (Some(id), Some(count)) = (one, &count)
                && let Some(instance) = self.instances.get_mut(id.0)
            {
                let open = Condition::Unknown(copy.span, Arc::clone(count));
                instance.condition = both(&open, instance.condition.clone());
            }
            self.identify_children(declaration, one, &inner, instances);
        }
    }

    fn identify_children(
        &mut self,
        declaration: &Value,
        parent: Option<InstanceId>,
        context: &Context,
        instances: &mut Vec<InstanceId>,
    ) {
        let Some(parent) = parent.and_then(|id| self.instance(id)) else {
            return;
        };
        if parent.is_deployment() {
            return;
        }
        let parent = Parent {
            resource_type: Text::clone(&parent.resource_type),
            name: Text::clone(&parent.name),
            open: if parent.name_is_open {
                parent.open.clone()
            } else {
                Vec::new()
            },
        };
        let outcome = self.budget.descend();
        if let Err(failure) = outcome {
            self.report_failure(failure, declaration.span);
            return;
        }
        for child in entries(declaration.get("resources")) {
            let declaration = &child.declaration;
            self.identify(declaration, child.symbol, Some(&parent), context, instances);
        }
        self.budget.ascend();
    }
}

/// The resources as written in a `resources` section: a list, or an object by symbol.
fn entries(section: Option<&Value>) -> Vec<Entry> {
    let entry = |symbol, declaration: &Value| Entry {
        symbol,
        declaration: declaration.clone(),
        begun: false,
        instances: Vec::new(),
    };
    match section.map(|section| &section.data) {
        Some(Data::Array(array)) => array.items().iter().map(|it| entry(None, it)).collect(),
        Some(Data::Object(object)) => object
            .members()
            .iter()
            .map(|member| entry(Some(Text::clone(&member.name)), &member.value))
            .collect(),
        _ => Vec::new(),
    }
}

/// Both conditions together.
pub(crate) fn both(outer: &Condition, inner: Condition) -> Condition {
    match (outer, inner) {
        (outer @ Condition::False(_), _) | (outer @ Condition::Unknown(..), Condition::True) => {
            outer.clone()
        }
        (Condition::True, inner) | (_, inner @ Condition::False(_)) => inner,
        (Condition::Unknown(span, outer), Condition::Unknown(_, inner)) => {
            if outer.symbol == inner.symbol {
                return Condition::Unknown(*span, inner);
            }
            let symbol = super::symbol::hole(&format!("and({},{})", outer.symbol, inner.symbol));
            let expression = Text::clone(&inner.expression);
            let unknown = Unknown::union([&**outer, &*inner], symbol, expression);
            Condition::Unknown(*span, Arc::new(unknown))
        }
    }
}
