//! Properties as they are read: stated, absent or unknown, each with its place.

use crate::source::Span;
use crate::value::{Atom, Cause, Data, Text, Unknown, Value};
use std::sync::Arc;

/// One property of a resource.
#[derive(Clone, Debug)]
pub enum Setting<T> {
    /// The template states it.
    Stated(T, Span),
    /// It is missing or `null`; the place of what would hold it.
    Absent(Span),
    /// It is there, but its value is not known.
    Unknown(Arc<Unknown>, Span),
}

impl<T> Setting<T> {
    /// The place of the value, or of what would hold it.
    pub fn span(&self) -> Span {
        match self {
            Self::Stated(_, span) | Self::Absent(span) | Self::Unknown(_, span) => *span,
        }
    }

    /// The stated value.
    pub fn stated(&self) -> Option<&T> {
        if let Self::Stated(value, _) = self {
            Some(value)
        } else {
            None
        }
    }

    /// Whether the property is missing or `null`.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent(_))
    }

    /// Whether the property's value is not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(..))
    }

    /// The unknown, where the value is one.
    pub fn unknown(&self) -> Option<&Arc<Unknown>> {
        if let Self::Unknown(unknown, _) = self {
            Some(unknown)
        } else {
            None
        }
    }

    /// The same property with its stated value put through `change`.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Setting<U> {
        match self {
            Self::Stated(value, span) => Setting::Stated(change(value), span),
            Self::Absent(span) => Setting::Absent(span),
            Self::Unknown(unknown, span) => Setting::Unknown(unknown, span),
        }
    }

    /// The stated value, or `default` where the property is absent; `None` where it is unknown.
    pub fn known_or(&self, default: T) -> Option<T>
    where
        T: Clone,
    {
        match self {
            Self::Stated(value, _) => Some(value.clone()),
            Self::Absent(_) => Some(default),
            Self::Unknown(..) => None,
        }
    }
}

impl<T> Setting<T> {
    /// The values that an unknown can take, where the template gives them; none otherwise.
    pub fn alternatives(&self) -> &[Value] {
        self.unknown().map_or(&[], |unknown| &unknown.alternatives)
    }

    /// What `test` says of every value that an unknown can take, where it says the same of all.
    fn agreed(&self, test: impl Fn(&Value) -> Option<bool>) -> Option<bool> {
        let mut answers = self.alternatives().iter().map(test);
        let first = answers.next()??;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }
}

impl Setting<Text> {
    /// Whether the stated text is `word`, in any case; `None` where the value is unknown.
    /// An absent property is no word.
    pub fn is(&self, word: &str) -> Option<bool> {
        self.satisfies(|text| text.eq_ignore_ascii_case(word))
    }

    /// Whether the stated text satisfies `accepts`; of an unknown, what all values that it can take
    /// agree on, `None` where they do not. An absent property satisfies nothing.
    pub fn satisfies(&self, accepts: impl Fn(&str) -> bool) -> Option<bool> {
        match self {
            Self::Stated(text, _) => Some(accepts(text)),
            Self::Absent(_) => Some(false),
            Self::Unknown(..) => self.agreed(|value| match &value.data {
                Data::Null => Some(false),
                _ => value.as_str().map(&accepts),
            }),
        }
    }
}

impl Setting<bool> {
    /// The truth value, `default` where it is absent; of an unknown, what all values that it can
    /// take agree on, `None` where they do not.
    pub fn truth(&self, default: bool) -> Option<bool> {
        match self {
            Self::Stated(value, _) => Some(*value),
            Self::Absent(_) => Some(default),
            Self::Unknown(..) => self.agreed(|value| match Reader::new(value).boolean() {
                Setting::Unknown(..) => None,
                known => known.known_or(default),
            }),
        }
    }
}

/// A way into an evaluated value that remembers where absent properties would stand.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    value: Option<&'a Value>,
    /// The value's place, or that of the nearest enclosing one.
    span: Span,
}

impl<'a> Reader<'a> {
    /// A reader of `value`.
    pub fn new(value: &'a Value) -> Self {
        let present = (!value.is_null()).then_some(value);
        Self {
            value: present,
            span: value.span,
        }
    }

    /// A reader of nothing, which would stand at `span`.
    pub fn missing(span: Span) -> Self {
        Self { value: None, span }
    }

    /// The value, where it is there and not `null`.
    pub fn value(&self) -> Option<&'a Value> {
        self.value
    }

    /// The place of the value, or of the nearest enclosing one.
    pub fn span(&self) -> Span {
        self.span
    }

    /// A reader of member `name`. Of an unknown, every member is the same unknown.
    #[must_use]
    pub fn at(&self, name: &str) -> Self {
        let Some(value) = self.value else {
            return *self;
        };
        if value.as_unknown().is_some() {
            return *self;
        }
        match value.get(name) {
            Some(inner) if !inner.is_null() => Self {
                value: Some(inner),
                span: inner.span,
            },
            // A `null` is the property's own place; a missing one would stand in its parent.
            Some(inner) => Self {
                value: None,
                span: inner.span,
            },
            None => Self {
                value: None,
                span: self.span,
            },
        }
    }

    /// A reader at the end of a path of member names separated by dots.
    #[must_use]
    pub fn path(&self, path: &str) -> Self {
        path.split('.').fold(*self, |reader, name| reader.at(name))
    }

    /// The text here. A text in quotes of another type is unknown with a cause of its own.
    pub fn text(&self) -> Setting<Text> {
        self.read(|value| match &value.data {
            Data::String(text) if text.is_empty() => Some(None),
            Data::String(text) => Some(Some(Text::clone(text))),
            Data::Bool(true) => Some(Some("true".into())),
            Data::Bool(false) => Some(Some("false".into())),
            Data::Integer(number) => Some(Some(number.to_string().into())),
            _ => None,
        })
    }

    /// The truth value here; the words `true` and `false` in any case count, as Azure takes them.
    pub fn boolean(&self) -> Setting<bool> {
        self.read(|value| match &value.data {
            Data::Bool(value) => Some(Some(*value)),
            Data::String(text) if text.eq_ignore_ascii_case("true") => Some(Some(true)),
            Data::String(text) if text.eq_ignore_ascii_case("false") => Some(Some(false)),
            Data::String(text) if text.is_empty() => Some(None),
            _ => None,
        })
    }

    /// The whole number here; one in quotes counts.
    pub fn integer(&self) -> Setting<i64> {
        self.read(|value| match &value.data {
            Data::Integer(value) => Some(Some(*value)),
            Data::String(text) => text.trim().parse().ok().map(Some),
            _ => None,
        })
    }

    /// The items here; none where there is nothing. `Unknown` where the list itself is unknown.
    pub fn list(&self) -> Setting<Vec<Reader<'a>>> {
        self.read(|value| {
            let items = value.as_array()?;
            Some(Some(
                items
                    .iter()
                    .filter(|item| !item.is_null())
                    .map(Reader::new)
                    .collect(),
            ))
        })
    }

    /// The items here, none where there is no list or it is not known.
    pub fn items(&self) -> Vec<Reader<'a>> {
        self.list().stated().cloned().unwrap_or_default()
    }

    /// The identifier or name here: the text, or an unknown's symbol, which still finds its fellow.
    pub fn symbol(&self) -> Setting<Text> {
        match self.text() {
            Setting::Unknown(unknown, span) if !unknown.symbol.is_empty() => {
                Setting::Stated(Text::clone(&unknown.symbol), span)
            }
            other => other,
        }
    }

    /// The `id` member's identifier, as [`Reader::symbol`] reads it.
    pub fn id(&self) -> Setting<Text> {
        self.at("id").symbol()
    }

    /// `Some(Some)` a value, `Some(None)` as good as absent, `None` of the wrong kind.
    fn read<T>(&self, take: impl FnOnce(&'a Value) -> Option<Option<T>>) -> Setting<T> {
        let Some(value) = self.value else {
            return Setting::Absent(self.span);
        };
        if let Data::Unknown(unknown) = &value.data {
            return Setting::Unknown(Arc::clone(unknown), self.span);
        }
        match take(value) {
            Some(Some(taken)) => Setting::Stated(taken, self.span),
            Some(None) => Setting::Absent(self.span),
            None => {
                let atom = Atom {
                    cause: Cause::Failed,
                    refers_to: format!("a {} where another type belongs", value.type_name()).into(),
                    path: Vec::new(),
                    span: Some(self.span),
                };
                Setting::Unknown(Arc::new(Unknown::of(atom, "")), self.span)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::read_json;

    #[test]
    fn absent_null_and_empty_are_the_same() {
        let text = r#"{"a": null, "b": "", "c": {"d": "X"}}"#;
        let value = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
        let reader = Reader::new(&value);
        for path in ["a", "b", "a.b.c", "missing", "c.e"] {
            assert!(reader.path(path).text().is_absent(), "{path}");
        }
        assert_eq!(reader.path("C.D").text().is("x"), Some(true));
        // The place of what is absent is that of the innermost value that is there.
        assert_eq!(reader.path("c.e.f").span(), value.get("c").unwrap().span);
    }

    #[test]
    fn what_all_alternatives_agree_on_is_known() {
        let text = r#"{"a": ["Enabled", "enabled"], "b": ["Enabled", "Disabled"], "c": []}"#;
        let value = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
        let of = |name: &str| {
            let atom = Atom {
                cause: Cause::Parameter,
                refers_to: "parameters('x')".into(),
                path: Vec::new(),
                span: None,
            };
            let mut unknown = Unknown::of(atom, "");
            unknown.alternatives = value.get(name).unwrap().items().to_vec();
            Setting::<Text>::Unknown(Arc::new(unknown), value.span)
        };
        assert_eq!(of("a").is("Enabled"), Some(true));
        assert_eq!(of("a").is("Disabled"), Some(false));
        assert_eq!(of("b").is("Disabled"), None);
        assert_eq!(of("c").is("Disabled"), None);
    }

    #[test]
    fn a_value_of_another_type_is_unknown() {
        let value = read_json(FileId::new(0), r#"{"a": [1]}"#, &mut Vec::new()).unwrap();
        assert!(Reader::new(&value).at("a").boolean().is_unknown());
    }
}
