//! Values into typed forms, with the place of what does not fit.

use super::{Data, Member, ReadError, Value};
use crate::source::Span;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Unexpected, Visitor};

/// The form that `value` holds.
///
/// # Errors
///
/// What does not fit, at its place: a member that the form does not know at its name, a value of
/// another type at the value. An unknown fits nothing.
pub fn read_form<T: DeserializeOwned>(value: &Value) -> Result<T, ReadError> {
    T::deserialize(Reader(value)).map_err(|error| ReadError {
        message: error.message,
        span: error.span.unwrap_or(value.span),
    })
}

#[derive(Debug)]
struct FormError {
    message: String,
    span: Option<Span>,
}

impl FormError {
    /// The same error, which is at `span` unless a more exact place is known.
    fn within(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }
}

impl std::fmt::Display for FormError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for FormError {}

impl de::Error for FormError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        Self {
            message,
            span: None,
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'a>(&'a Value);

impl<'de> Reader<'de> {
    /// The recursion is as deep as the value, which its reader bounds.
    fn visit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        match &self.0.data {
            Data::Null => visitor.visit_unit(),
            Data::Bool(truth) => visitor.visit_bool(*truth),
            Data::Integer(number) => visitor.visit_i64(*number),
            Data::Float(number) => visitor.visit_f64(*number),
            Data::String(text) => visitor.visit_borrowed_str(text),
            Data::Array(array) => visitor.visit_seq(Items(array.items().iter())),
            Data::Object(object) => visitor.visit_map(Members {
                left: object.members().iter(),
                value: None,
            }),
            Data::Unknown(_) => Err(de::Error::invalid_type(
                Unexpected::Other("unknown"),
                &visitor,
            )),
        }
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = FormError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        self.visit(visitor)
            .map_err(|error| error.within(self.0.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormError> {
        if self.0.is_null() {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, FormError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormError> {
        let outcome = match &self.0.data {
            Data::String(text) => visitor.visit_enum(StrDeserializer::<FormError>::new(text)),
            _ => Err(de::Error::invalid_type(
                Unexpected::Other(self.0.type_name()),
                &"a word",
            )),
        };
        outcome.map_err(|error| error.within(self.0.span))
    }

    /// A form is read from an object alone, never from a list of its members' values.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, FormError> {
        let outcome = match &self.0.data {
            Data::Object(_) => self.visit(visitor),
            _ => Err(de::Error::invalid_type(
                Unexpected::Other(self.0.type_name()),
                &"an object",
            )),
        };
        outcome.map_err(|error| error.within(self.0.span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Value>);

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = FormError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, FormError> {
        self.0
            .next()
            .map(|item| seed.deserialize(Reader(item)))
            .transpose()
    }
}

struct Members<'a> {
    left: std::slice::Iter<'a, Member>,
    value: Option<&'a Value>,
}

impl<'de> de::MapAccess<'de> for Members<'de> {
    type Error = FormError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FormError> {
        let Some(member) = self.left.next() else {
            return Ok(None);
        };
        self.value = Some(&member.value);
        seed.deserialize(StrDeserializer::<FormError>::new(&member.name))
            .map(Some)
            .map_err(|error| error.within(member.name_span))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, FormError> {
        match self.value.take() {
            Some(value) => seed.deserialize(Reader(value)),
            None => Err(de::Error::custom("a member without a value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_json;
    use super::*;
    use crate::source::FileId;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase", default, deny_unknown_fields)]
    #[derive(Default)]
    struct Form {
        number: i64,
        word: Option<Word>,
        list: Vec<Form>,
        table: BTreeMap<String, bool>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Word {
        OneWord,
    }

    fn read(text: &str) -> Result<Form, (String, String)> {
        let value = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
        read_form(&value).map_err(|error| {
            let (start, end) = (error.span.start as usize, error.span.end as usize);
            (error.message, text.get(start..end).unwrap().to_owned())
        })
    }

    #[test]
    fn forms_are_read_as_serde_reads_them() {
        let text =
            r#"{"number": 1, "word": "one-word", "list": [{"number": 2}], "table": {"a": true}}"#;
        let ours = read(text).unwrap();
        let theirs: Form = serde_json::from_str(text).unwrap();
        assert_eq!(ours, theirs);
        assert_eq!(read(r#"{"word": null}"#).unwrap(), Form::default());
    }

    #[test]
    fn errors_stand_where_they_are() {
        for (text, at, says) in [
            (r#"{"list": [{"x": 1}]}"#, r#""x""#, "unknown field `x`"),
            (
                r#"{"list": [{"number": "a"}]}"#,
                r#""a""#,
                "invalid type: string",
            ),
            (r#"{"word": "two"}"#, r#""two""#, "unknown variant `two`"),
            (r#"{"word": [1]}"#, "[1]", "invalid type"),
            (r#"{"table": {"a": 1}}"#, "1", "expected a boolean"),
            ("[]", "[]", "invalid type: array, expected an object"),
        ] {
            let (message, place) = read(text).unwrap_err();
            assert_eq!(place, at, "{message}");
            assert!(message.contains(says), "{message}");
        }
    }
}
