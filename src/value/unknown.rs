//! Values that the inputs do not tell.

use super::{Text, Value};
use crate::source::Span;
use indexmap::IndexSet;
use std::sync::Arc;

/// Why a value is unknown. The list is closed: each entry has its own way to be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A parameter with neither value nor default.
    Parameter,
    /// A parameter whose value is kept in a key vault.
    KeyVaultSecret,
    /// A function that Azure answers while it deploys: `reference`, `list*`, `pickZones` and so on.
    Runtime,
    /// `newGuid` or `utcNow`, which differ each time.
    NonDeterministic,
    /// A template or parameter file that is not among the inputs.
    MissingFile,
    /// The expression could not be evaluated; a diagnostic says why.
    Failed,
    /// Two places of the inputs say different things about the same resource.
    Conflict,
}

impl Cause {
    /// Whether the template names the value and merely leaves it open, so that whoever deploys the
    /// template settles it.
    pub fn is_left_open(self) -> bool {
        matches!(self, Self::Parameter | Self::KeyVaultSecret)
    }
}

/// One independent fact that is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom {
    /// Why it is missing.
    pub cause: Cause,
    /// What it is: `parameters('x')`, a resource identifier or name that a run-time function asks,
    /// or the call itself.
    pub refers_to: Text,
    /// The members and indices taken from it, outermost first.
    pub path: Vec<Text>,
    /// Where it is declared or first asked for.
    pub span: Option<Span>,
}

/// A value that is not known, and what it depends on.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The missing facts, in order of first use, none twice; never empty.
    pub atoms: Vec<Arc<Atom>>,
    /// The value written with what is known of it and holes in braces for the rest, for example
    /// `kv-{parameters('name')}-prod`. Two unknowns of the same symbol have the same value, so names
    /// and resource identifiers that hang on an open parameter still find each other.
    pub symbol: Text,
    /// The template expression that made it, as written; empty where none did.
    pub expression: Text,
    /// Every value it can take, where that is a short list that the template itself gives (allowed
    /// values, the two sides of an `if`); empty where it can be anything, and for a secret.
    /// One of them may itself be an unknown, which then has no alternatives.
    pub alternatives: Vec<Value>,
    /// Whether the value is a secret, which is never to be shown.
    pub secret: bool,
}

impl Unknown {
    /// An unknown that rests on one fact, which is also its symbol.
    pub fn of(atom: Atom, expression: impl Into<Text>) -> Self {
        let mut symbol = format!("{{{}", atom.refers_to);
        for step in &atom.path {
            symbol.push('.');
            symbol.push_str(step);
        }
        symbol.push('}');
        Self {
            atoms: vec![Arc::new(atom)],
            symbol: symbol.into(),
            expression: expression.into(),
            alternatives: Vec::new(),
            secret: false,
        }
    }

    /// An unknown that rests on all facts of `parts` and has the form `symbol`.
    pub fn union<'a>(
        parts: impl IntoIterator<Item = &'a Self>,
        symbol: impl Into<Text>,
        expression: impl Into<Text>,
    ) -> Self {
        let mut atoms: IndexSet<Arc<Atom>> = IndexSet::new();
        let mut secret = false;
        for part in parts {
            secret |= part.secret;
            atoms.extend(part.atoms.iter().map(Arc::clone));
        }
        Self {
            atoms: atoms.into_iter().collect(),
            symbol: symbol.into(),
            expression: expression.into(),
            alternatives: Vec::new(),
            secret,
        }
    }

    /// Whether everything it rests on is named by the template and merely left open.
    pub fn is_left_open(&self) -> bool {
        self.atoms.iter().all(|atom| atom.cause.is_left_open())
    }

    /// The levels of nesting of its alternatives. O(alternatives).
    pub fn depth(&self) -> u16 {
        let deepest = self.alternatives.iter().map(Value::depth).max();
        deepest.unwrap_or(0).saturating_add(1)
    }

    /// About the bytes that its symbol, facts and alternatives take. O(alternatives).
    pub fn weight(&self) -> usize {
        let own = self.symbol.len() + 16 * self.atoms.len();
        self.alternatives
            .iter()
            .fold(own, |sum, value| sum.saturating_add(value.weight()))
    }

    /// What the first missing fact refers to; empty where there is none.
    pub fn refers_to(&self) -> &str {
        self.atoms.first().map_or("", |atom| &atom.refers_to)
    }
}
