//! The syntax tree, and how it is written back.

use crate::value::Text;
use std::fmt;

/// A literal or call, and what is taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// What stands first.
    pub head: Head,
    /// The members and items taken from it, in order.
    pub accessors: Vec<Accessor>,
}

/// The start of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// A text in single quotes, unescaped.
    String(Text),
    /// A whole number.
    Integer(i64),
    /// A function call.
    Call(Call),
}

/// A function call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The namespace of a user function.
    pub namespace: Option<Text>,
    /// The function's name as spelled.
    pub name: Text,
    /// The arguments, not yet evaluated.
    pub arguments: Vec<Expression>,
}

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accessor {
    /// `.name`
    Member(Text),
    /// `[expression]`
    Index(Expression),
}

impl From<Head> for Expression {
    fn from(head: Head) -> Self {
        Self {
            head,
            accessors: Vec::new(),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.head {
            Head::String(text) => write!(out, "'{}'", text.replace('\'', "''"))?,
            Head::Integer(number) => write!(out, "{number}")?,
            Head::Call(call) => write!(out, "{call}")?,
        }
        for accessor in &self.accessors {
            match accessor {
                Accessor::Member(name) => write!(out, ".{name}")?,
                Accessor::Index(index) => write!(out, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(out, "{namespace}.")?;
        }
        write!(out, "{}(", self.name)?;
        for (at, argument) in self.arguments.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(out, "{comma}{argument}")?;
        }
        write!(out, ")")
    }
}
