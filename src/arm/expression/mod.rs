//! The text of a template expression and its syntax tree.
//!
//! In: the text between the outer brackets of a JSON string. Out: an [`Expression`], or the first
//! place that does not fit the grammar.
//!
//! ```text
//! expression := literal | call ; then any number of accessors
//! call       := [namespace '.'] name '(' [expression {',' expression}] ')'
//! literal    := 'single quoted, '' is one quote' | integer (optional leading -)
//! accessor   := '.' identifier | '[' expression ']'
//! ```
//!
//! Source: "Syntax and expressions in Azure Resource Manager templates".

mod lexer;
mod parser;
mod syntax;

pub use parser::{DEPTH_LIMIT, SyntaxError, parse};
pub use syntax::{Accessor, Call, Expression, Head};

use std::borrow::Cow;

/// What a JSON string of a template means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// The text itself, with a doubled opening bracket made single.
    Literal(Cow<'a, str>),
    /// An expression: the text between the outer brackets.
    Expression(&'a str),
}

/// Tells whether `text` is an expression: it starts with one `[` and ends with `]`.
pub fn meaning(text: &str) -> Meaning<'_> {
    let inner = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match inner {
        None => Meaning::Literal(Cow::Borrowed(text)),
        Some(inner) if inner.starts_with('[') => {
            Meaning::Literal(Cow::Borrowed(text.get(1..).unwrap_or("")))
        }
        Some(inner) => Meaning::Expression(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_decide_what_a_string_means() {
        for (text, want) in [
            ("plain", Meaning::Literal(Cow::Borrowed("plain"))),
            ("[[x]", Meaning::Literal(Cow::Borrowed("[x]"))),
            ("[[x", Meaning::Literal(Cow::Borrowed("[[x"))),
            ("[x] y", Meaning::Literal(Cow::Borrowed("[x] y"))),
            (" [x]", Meaning::Literal(Cow::Borrowed(" [x]"))),
            ("[", Meaning::Literal(Cow::Borrowed("["))),
            ("[x]", Meaning::Expression("x")),
            ("[]", Meaning::Expression("")),
        ] {
            assert_eq!(meaning(text), want, "{text}");
        }
    }
}
