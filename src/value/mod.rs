//! JSON values whose every part knows the text that made it.
//!
//! The reader makes them from text, and the template language makes them from expressions.
//! A value that cannot be known offline is [`Data::Unknown`] and flows on like any other.
//!
//! **Invariant.** A value read from text carries its own byte range.
//! A value made by an expression carries the range of the expression at the place of use; the parts
//! of an object or array that an expression merely passes through keep the ranges they had.

mod deserialize;
mod edit;
mod object;
mod pointer;
mod read;
pub mod symbol;
mod unknown;
mod write;

pub use deserialize::read_form;
pub use edit::{EditError, TextChange, edit_text, pointer_to};
pub use object::{Array, Member, Object};
pub use pointer::{pointer_at, pointer_token, value_at};
pub use read::{ReadError, read_json};
pub use unknown::{Atom, Cause, Unknown};
pub use write::to_json;

use crate::source::Span;
use std::sync::Arc;

/// Shared text.
pub type Text = Arc<str>;

/// A value and the place it comes from.
#[derive(Clone, Debug)]
pub struct Value {
    /// The text that made it.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Data {
    /// `null`, which Azure reads as absent.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number in 64 bits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    String(Text),
    /// A list.
    Array(Arc<Array>),
    /// Named members in the order written.
    Object(Arc<Object>),
    /// Not to be known from the inputs, and why.
    Unknown(Arc<Unknown>),
}

impl Value {
    /// A value at `span`.
    pub fn new(span: Span, data: Data) -> Self {
        Self { span, data }
    }

    /// `null` at `span`.
    pub fn null(span: Span) -> Self {
        Self::new(span, Data::Null)
    }

    /// A text at `span`.
    pub fn string(span: Span, text: impl Into<Text>) -> Self {
        Self::new(span, Data::String(text.into()))
    }

    /// A list at `span`.
    pub fn array(span: Span, items: Vec<Self>) -> Self {
        Self::new(span, Data::Array(Arc::new(Array::new(items))))
    }

    /// An object at `span`.
    pub fn object(span: Span, members: Vec<Member>) -> Self {
        Self::new(span, Data::Object(Arc::new(Object::new(members))))
    }

    /// An unknown at `span`.
    pub fn unknown(span: Span, unknown: Unknown) -> Self {
        Self::new(span, Data::Unknown(Arc::new(unknown)))
    }

    /// The same data at another place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The member `name`: the one of that very spelling, else the first that differs only by ASCII
    /// case. `None` for a missing member and for anything that is no object. O(members).
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// The value at the end of a path of member names, as [`Value::get`] finds each.
    pub fn get_path<'a>(&'a self, path: &[&str]) -> Option<&'a Self> {
        path.iter().try_fold(self, |value, name| value.get(name))
    }

    /// The object, or `None`.
    pub fn as_object(&self) -> Option<&Object> {
        if let Data::Object(object) = &self.data {
            Some(object)
        } else {
            None
        }
    }

    /// The items of a list, or `None`.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Data::Array(array) = &self.data {
            Some(array.items())
        } else {
            None
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Self] {
        self.as_array().unwrap_or_default()
    }

    /// The members of an object; none for anything else.
    pub fn members(&self) -> &[Member] {
        self.as_object().map_or(&[], Object::members)
    }

    /// The text, or `None`.
    pub fn as_str(&self) -> Option<&str> {
        if let Data::String(text) = &self.data {
            Some(text)
        } else {
            None
        }
    }

    /// The truth value, or `None`.
    pub fn as_bool(&self) -> Option<bool> {
        if let Data::Bool(value) = self.data {
            Some(value)
        } else {
            None
        }
    }

    /// The whole number, or `None`.
    pub fn as_integer(&self) -> Option<i64> {
        if let Data::Integer(value) = self.data {
            Some(value)
        } else {
            None
        }
    }

    /// The unknown, or `None`.
    pub fn as_unknown(&self) -> Option<&Arc<Unknown>> {
        if let Data::Unknown(unknown) = &self.data {
            Some(unknown)
        } else {
            None
        }
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// Whether nothing in it is, or could be, a template expression, so that evaluating it returns
    /// it unchanged. O(1).
    pub fn is_literal(&self) -> bool {
        match &self.data {
            Data::String(text) => !text.starts_with('['),
            Data::Array(array) => array.is_literal(),
            Data::Object(object) => object.is_literal(),
            Data::Null | Data::Bool(_) | Data::Integer(_) | Data::Float(_) | Data::Unknown(_) => {
                true
            }
        }
    }

    /// The levels of nesting: 0 for a scalar. O(1), for an unknown O(alternatives).
    pub fn depth(&self) -> u16 {
        match &self.data {
            Data::Array(array) => array.depth(),
            Data::Object(object) => object.depth(),
            Data::Unknown(unknown) => unknown.depth(),
            Data::Null | Data::Bool(_) | Data::Integer(_) | Data::Float(_) | Data::String(_) => 0,
        }
    }

    /// About the bytes that this takes as compact JSON, shared parts counted each time. O(1), for
    /// an unknown O(alternatives).
    pub fn weight(&self) -> usize {
        match &self.data {
            Data::Null | Data::Bool(_) | Data::Integer(_) | Data::Float(_) => 5,
            Data::String(text) => text.len() + 2,
            Data::Array(array) => array.weight(),
            Data::Object(object) => object.weight(),
            Data::Unknown(unknown) => unknown.weight(),
        }
    }

    /// What kind of value this is, in the words of the template reference.
    pub fn type_name(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Bool(_) => "bool",
            Data::Integer(_) => "int",
            Data::Float(_) => "float",
            Data::String(_) => "string",
            Data::Array(_) => "array",
            Data::Object(_) => "object",
            Data::Unknown(_) => "unknown",
        }
    }

    /// Visits every unknown in this value, depth first, in order.
    pub fn for_each_unknown(&self, visit: &mut impl FnMut(&Self, &Arc<Unknown>)) {
        let mut waiting = vec![self];
        while let Some(value) = waiting.pop() {
            match &value.data {
                Data::Unknown(unknown) => visit(value, unknown),
                Data::Array(array) => waiting.extend(array.items().iter().rev()),
                Data::Object(object) => {
                    waiting.extend(object.members().iter().rev().map(|member| &member.value));
                }
                Data::Null
                | Data::Bool(_)
                | Data::Integer(_)
                | Data::Float(_)
                | Data::String(_) => {}
            }
        }
    }
}
