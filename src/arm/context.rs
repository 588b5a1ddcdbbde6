//! Where an expression stands, which decides what its names mean.

use crate::source::Span;
use crate::value::{Text, Unknown, Value};
use std::sync::Arc;

/// A template's names: its parameters, variables and functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ScopeId(pub(crate) usize);

/// A deployment: a template's resources at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DeploymentId(pub(crate) usize);

/// One resource of a deployment, after copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct InstanceId(pub(crate) usize);

/// The part of a template that an expression stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A parameter's default.
    ParameterDefault,
    /// A parameter file.
    ParameterFile,
    /// A variable.
    Variable,
    /// The body of a user function.
    FunctionBody,
    /// A resource's type, name, scope, condition or count, which Azure settles before deploying.
    Identity,
    /// A resource's `properties`.
    Properties,
    /// Any other member of a resource.
    Body,
    /// An output.
    Output,
}

impl Place {
    /// What it is called in messages.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::ParameterDefault => "a parameter's default",
            Self::ParameterFile => "a parameter file",
            Self::Variable => "a variable",
            Self::FunctionBody => "a user function",
            Self::Identity => "a resource's type, name, scope, condition or count",
            Self::Properties => "a resource's properties",
            Self::Body => "a resource",
            Self::Output => "an output",
        }
    }

    /// Whether functions that Azure answers while deploying may stand here.
    pub(crate) fn allows_runtime(self) -> bool {
        matches!(self, Self::Properties | Self::Body | Self::Output)
    }

    /// Whether a member `copy` that holds a list is a loop here.
    pub(crate) fn allows_copy(self) -> bool {
        matches!(self, Self::Properties | Self::Body | Self::Variable)
    }
}

/// All that an expression's meaning hangs on besides its text.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// The names it sees.
    pub(crate) scope: ScopeId,
    /// The deployment whose resources it sees.
    pub(crate) deployment: DeploymentId,
    /// The copy loops around it, innermost first.
    pub(crate) copies: Option<Arc<CopyFrame>>,
    /// The lambda variables around it, innermost first.
    pub(crate) lambdas: Option<Arc<LambdaFrame>>,
    /// The arguments of the user function it is the body of.
    pub(crate) arguments: Option<Arc<Vec<(Text, Value)>>>,
    /// The part of the template it stands in.
    pub(crate) place: Place,
    /// The string that holds it.
    pub(crate) span: Span,
    /// The expression as written.
    pub(crate) text: Text,
}

impl Context {
    pub(crate) fn new(scope: ScopeId, deployment: DeploymentId, place: Place, span: Span) -> Self {
        Self {
            scope,
            deployment,
            copies: None,
            lambdas: None,
            arguments: None,
            place,
            span,
            text: Text::from(""),
        }
    }

    /// The same in another part of the template.
    pub(crate) fn in_place(&self, place: Place) -> Self {
        Self {
            place,
            ..self.clone()
        }
    }

    /// The same within one more turn of a copy loop.
    pub(crate) fn in_copy(&self, name: Text, index: CopyIndex, kind: CopyKind) -> Self {
        let frame = CopyFrame {
            name,
            index,
            kind,
            outer: self.copies.clone(),
        };
        Self {
            copies: Some(Arc::new(frame)),
            ..self.clone()
        }
    }

    /// The same with one more lambda variable.
    pub(crate) fn with_variable(&self, name: Text, value: Value) -> Self {
        let frame = LambdaFrame {
            name,
            value,
            outer: self.lambdas.clone(),
        };
        Self {
            lambdas: Some(Arc::new(frame)),
            ..self.clone()
        }
    }

    /// The value of lambda variable `name`.
    pub(crate) fn lambda_variable(&self, name: &str) -> Option<&Value> {
        let mut frame = self.lambdas.as_ref();
        while let Some(here) = frame {
            if here.name.eq_ignore_ascii_case(name) {
                return Some(&here.value);
            }
            frame = here.outer.as_ref();
        }
        None
    }

    /// The innermost copy loop that `wanted` accepts.
    pub(crate) fn find_copy(&self, wanted: impl Fn(&CopyFrame) -> bool) -> Option<&CopyFrame> {
        let mut frame = self.copies.as_ref();
        while let Some(here) = frame {
            if wanted(here) {
                return Some(here);
            }
            frame = here.outer.as_ref();
        }
        None
    }
}

/// What a copy loop repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopyKind {
    /// A resource.
    Resource,
    /// A property or variable.
    Part,
    /// An output.
    Output,
}

/// Which turn of a loop it is.
#[derive(Clone, Debug)]
pub(crate) enum CopyIndex {
    /// This one, from 0.
    Known(u32),
    /// One of a number of turns that is not known.
    Unknown(Arc<Unknown>),
}

/// One copy loop and the turn it is in.
#[derive(Debug)]
pub(crate) struct CopyFrame {
    /// The loop's name.
    pub(crate) name: Text,
    /// The turn.
    pub(crate) index: CopyIndex,
    /// What is repeated.
    pub(crate) kind: CopyKind,
    /// The loop around it.
    pub(crate) outer: Option<Arc<CopyFrame>>,
}

/// One lambda variable.
#[derive(Debug)]
pub(crate) struct LambdaFrame {
    name: Text,
    value: Value,
    outer: Option<Arc<LambdaFrame>>,
}
