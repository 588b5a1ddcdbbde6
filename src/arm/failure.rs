//! Why an expression has no value.

use crate::value::Value;

/// Why an expression cannot be evaluated. It becomes a diagnostic at the expression's place, and an
/// unknown in its stead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The diagnostic's code.
    pub(crate) code: &'static str,
    /// Lower case, no full stop, user text in backticks.
    pub(crate) message: String,
}

/// A value or the reason why there is none.
pub(crate) type Outcome = Result<Value, Failure>;

impl Failure {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// The function got an argument that it does not take.
    pub(crate) fn argument(message: impl Into<String>) -> Self {
        Self::new("arm-argument", message)
    }

    /// A member or item that is not there was asked for.
    pub(crate) fn access(message: impl Into<String>) -> Self {
        Self::new("arm-access", message)
    }

    /// A name that is not declared was used.
    pub(crate) fn undeclared(message: impl Into<String>) -> Self {
        Self::new("arm-undeclared", message)
    }

    /// A function or construct was used where Azure does not allow it.
    pub(crate) fn place(message: impl Into<String>) -> Self {
        Self::new("arm-place", message)
    }

    /// A value depends on itself.
    pub(crate) fn cycle(message: impl Into<String>) -> Self {
        Self::new("arm-cycle", message)
    }

    /// Evaluation stopped at a bound of ours.
    pub(crate) fn budget(message: impl Into<String>) -> Self {
        Self::new("arm-budget", message)
    }
}
