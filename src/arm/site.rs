//! The place of a call, and the arguments it was given.

use super::budget::{check_bytes, check_items};
use super::context::Context;
use super::failure::{Failure, Outcome};
use crate::source::Span;
use crate::value::{Array, Data, Member, Object, Text, Value};
use std::sync::Arc;

/// A function call as its implementation sees it: its name for messages, and its place for values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    /// The function's name as documented.
    pub(crate) name: &'a str,
    /// Where the call stands.
    pub(crate) context: &'a Context,
}

impl Site<'_> {
    /// The string that holds the call.
    pub(crate) fn span(&self) -> Span {
        self.context.span
    }

    /// A value made here.
    pub(crate) fn make(&self, data: Data) -> Value {
        Value::new(self.context.span, data)
    }

    /// `null` made here.
    pub(crate) fn null(&self) -> Value {
        self.make(Data::Null)
    }

    /// A truth value made here.
    pub(crate) fn bool(&self, value: bool) -> Value {
        self.make(Data::Bool(value))
    }

    /// A whole number made here.
    pub(crate) fn integer(&self, value: i64) -> Value {
        self.make(Data::Integer(value))
    }

    /// A count made here.
    pub(crate) fn count(&self, value: usize) -> Value {
        self.integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// A text made here.
    pub(crate) fn string(&self, text: impl Into<Text>) -> Value {
        Value::string(self.context.span, text)
    }

    /// A list made here.
    pub(crate) fn array(&self, items: Vec<Value>) -> Outcome {
        check_items(items.len())?;
        let array = Array::new(items);
        check_bytes(array.weight())?;
        Ok(self.make(Data::Array(Arc::new(array))))
    }

    /// An object made here of members whose spellings differ.
    pub(crate) fn object(&self, members: Vec<Member>) -> Outcome {
        check_items(members.len())?;
        let object = Object::new(members);
        check_bytes(object.weight())?;
        Ok(self.make(Data::Object(Arc::new(object))))
    }

    /// A member made here.
    pub(crate) fn member(&self, name: impl Into<Text>, value: Value) -> Member {
        Member {
            name: name.into(),
            name_span: self.context.span,
            value,
        }
    }

    /// The failure of argument `at` (from 0), which is not `wanted`.
    pub(crate) fn wrong(&self, arguments: &[Value], at: usize, wanted: &str) -> Failure {
        let found = arguments.get(at).map_or("nothing", Value::type_name);
        Failure::argument(format!(
            "`{}` takes {wanted} as argument {}, not {found}",
            self.name,
            at + 1
        ))
    }

    /// The failure of this call for the reason `why`.
    pub(crate) fn failure(&self, why: impl AsRef<str>) -> Failure {
        Failure::argument(format!("`{}`: {}", self.name, why.as_ref()))
    }

    /// Argument `at` as text; `null` counts as empty text, as in Azure's engine.
    pub(crate) fn text<'v>(&self, arguments: &'v [Value], at: usize) -> Result<&'v str, Failure> {
        match arguments.get(at).map(|value| &value.data) {
            Some(Data::String(text)) => Ok(text),
            Some(Data::Null) => Ok(""),
            _ => Err(self.wrong(arguments, at, "a string")),
        }
    }

    /// Argument `at` as a text that is not `null`.
    pub(crate) fn string_at<'v>(
        &self,
        arguments: &'v [Value],
        at: usize,
    ) -> Result<&'v str, Failure> {
        arguments
            .get(at)
            .and_then(Value::as_str)
            .ok_or_else(|| self.wrong(arguments, at, "a string"))
    }

    /// Argument `at` as a whole number.
    pub(crate) fn integer_at(&self, arguments: &[Value], at: usize) -> Result<i64, Failure> {
        arguments
            .get(at)
            .and_then(Value::as_integer)
            .ok_or_else(|| self.wrong(arguments, at, "an int"))
    }

    /// Argument `at` as a truth value.
    pub(crate) fn bool_at(&self, arguments: &[Value], at: usize) -> Result<bool, Failure> {
        arguments
            .get(at)
            .and_then(Value::as_bool)
            .ok_or_else(|| self.wrong(arguments, at, "a bool"))
    }

    /// Argument `at` as a list.
    pub(crate) fn items_at<'v>(
        &self,
        arguments: &'v [Value],
        at: usize,
    ) -> Result<&'v [Value], Failure> {
        arguments
            .get(at)
            .and_then(Value::as_array)
            .ok_or_else(|| self.wrong(arguments, at, "an array"))
    }

    /// Argument `at` as an object.
    pub(crate) fn object_at<'v>(
        &self,
        arguments: &'v [Value],
        at: usize,
    ) -> Result<&'v Object, Failure> {
        arguments
            .get(at)
            .and_then(Value::as_object)
            .ok_or_else(|| self.wrong(arguments, at, "an object"))
    }
}

/// A text that grows no larger than a value may be.
#[derive(Debug, Default)]
pub(crate) struct Builder(String);

impl Builder {
    /// Adds `text`.
    pub(crate) fn push(&mut self, text: &str) -> Result<(), Failure> {
        check_bytes(self.0.len() + text.len())?;
        self.0.push_str(text);
        Ok(())
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}
