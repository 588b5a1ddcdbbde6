//! JSON with comments, as Azure's own reader takes it, into values with places.

use super::{Data, Member, Text, Value};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use indexmap::{IndexMap, IndexSet};
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind, parse_to_ast};
use std::borrow::Cow;

/// Why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ReadError {
    /// Lower case, no full stop.
    pub message: String,
    /// The place where reading stopped.
    pub span: Span,
}

/// The value that `text`, the text of `file`, holds.
///
/// Comments, a byte order mark and line breaks within strings are taken silently, as Azure does.
/// What many readers take and Azure refuses (a trailing or missing comma, a bare name, single
/// quotes, a bad escape, a number in another notation) is taken with a warning at its first place,
/// and so is a member that stands twice, of which the last one counts.
/// O(bytes) for a sound text; each kind of deviation costs one more pass.
pub fn read_json(
    file: FileId,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Value, ReadError> {
    let mark = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut body = Cow::Borrowed(text.get(mark..).unwrap_or(""));
    let mut options = strict();
    // Kept apart until the text proves sound: what the passes guess about a broken one is noise.
    let mut deviations = Vec::new();
    // Each pass relaxes one more of the eleven deviations, so this ends.
    loop {
        let span = |start: usize, end: usize| Span::new(file, start + mark, end + mark);
        let error = match parse_to_ast(&body, &CollectOptions::default(), &options) {
            Ok(parsed) => {
                let Some(root) = parsed.value else {
                    let message = "the file holds no value".to_owned();
                    return Err(ReadError {
                        message,
                        span: span(0, 0),
                    });
                };
                diagnostics.append(&mut deviations);
                let mut names = NamePool::default();
                let mut reader = Reader {
                    file,
                    offset: mark,
                    names: &mut names,
                    diagnostics,
                };
                return Ok(reader.convert(&root));
            }
            Err(error) => error,
        };
        let range = error.range();
        let at = span(range.start, range.end);
        let Some((code, message)) = relax(error.kind(), &mut options) else {
            if matches!(
                error.kind(),
                ParseErrorKind::String(ParseStringErrorKind::InvalidUnicodeEscapeSequence(_))
            ) && let Some(masked) = mask_lone_surrogates(&body)
            {
                deviations.push(Diagnostic::warning(
                    "json-lone-surrogate",
                    "half of a surrogate pair stands alone and is read as the replacement character",
                    at,
                ));
                body = Cow::Owned(masked);
                continue;
            }
            return Err(ReadError {
                message: describe(error.kind()),
                span: at,
            });
        };
        deviations.push(Diagnostic::warning(code, message, at));
    }
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: true,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Allows what `kind` complains about and returns the warning, or `None` where nothing more can be
/// allowed.
fn relax(
    kind: &ParseErrorKind,
    options: &mut ParseOptions,
) -> Option<(&'static str, &'static str)> {
    use ParseStringErrorKind as Escape;
    let (switch, code, message) = match kind {
        ParseErrorKind::TrailingCommasNotAllowed => (
            &mut options.allow_trailing_commas,
            "json-trailing-comma",
            "a comma follows the last element, which not every reader takes",
        ),
        ParseErrorKind::ExpectedComma => (
            &mut options.allow_missing_commas,
            "json-missing-comma",
            "a comma is missing here, which Azure refuses",
        ),
        ParseErrorKind::ExpectedStringObjectProperty => (
            &mut options.allow_loose_object_property_names,
            "json-bare-name",
            "a member's name stands without quotes, which not every reader takes",
        ),
        ParseErrorKind::SingleQuotedStringsNotAllowed => (
            &mut options.allow_single_quoted_strings,
            "json-single-quotes",
            "a string stands in single quotes, which not every reader takes",
        ),
        ParseErrorKind::HexadecimalNumbersNotAllowed => (
            &mut options.allow_hexadecimal_numbers,
            "json-number",
            "a number is written in hexadecimal, which not every reader takes",
        ),
        ParseErrorKind::UnaryPlusNumbersNotAllowed => (
            &mut options.allow_unary_plus_numbers,
            "json-number",
            "a number has a plus sign, which Azure refuses",
        ),
        ParseErrorKind::BareDecimalPointNumbersNotAllowed => (
            &mut options.allow_bare_decimal_point_numbers,
            "json-number",
            "a number starts or ends with its decimal point, which not every reader takes",
        ),
        // `NaN` and `Infinity` come as words or as unexpected tokens while they are not allowed.
        ParseErrorKind::NonFiniteNumbersNotAllowed
        | ParseErrorKind::UnexpectedWord
        | ParseErrorKind::UnexpectedToken => (
            &mut options.allow_non_finite_numbers,
            "json-bare-word",
            "a bare word stands for a value, which Azure refuses",
        ),
        ParseErrorKind::String(
            Escape::InvalidEscape
            | Escape::InvalidEscapeInDoubleQuoteString
            | Escape::InvalidEscapeInSingleQuoteString,
        ) => (
            &mut options.allow_extended_string_escapes,
            "json-bad-escape",
            "a backslash stands before a character that needs none, which Azure refuses",
        ),
        _ => return None,
    };
    if *switch {
        return None;
    }
    *switch = true;
    Some((code, message))
}

/// The library's message in our wording.
fn describe(kind: &ParseErrorKind) -> String {
    let text = kind.to_string();
    let mut characters = text.chars();
    let Some(first) = characters.next() else {
        return text;
    };
    let lowered: String = first.to_lowercase().chain(characters).collect();
    lowered.replace('\'', "`")
}

/// `text` with every `\uD800`-to-`\uDFFF` escape that is no half of a pair replaced by `\uFFFD`, of
/// the same length; `None` where there is none.
fn mask_lone_surrogates(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let unit = |at: usize| -> Option<u32> {
        let escape = text.get(at..at + 6)?;
        u32::from_str_radix(escape.strip_prefix("\\u")?, 16).ok()
    };
    let mut masked = String::with_capacity(text.len());
    let (mut copied, mut at, mut found) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        if *byte != b'\\' {
            at += 1;
            continue;
        }
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                masked.push_str(text.get(copied..at)?);
                masked.push_str("\\uFFFD");
                at += 6;
                copied = at;
                found = true;
            }
            // The character after a backslash is never itself the start of an escape.
            _ => at += 2,
        }
    }
    masked.push_str(text.get(copied..)?);
    found.then_some(masked)
}

/// Member names, each kept once: a template repeats a few hundred names thousands of times.
#[derive(Default)]
struct NamePool(IndexSet<Text>);

impl NamePool {
    fn intern(&mut self, name: &str) -> Text {
        if let Some(known) = self.0.get(name) {
            return Text::clone(known);
        }
        let text = Text::from(name);
        self.0.insert(Text::clone(&text));
        text
    }
}

struct Reader<'a> {
    file: FileId,
    offset: usize,
    names: &'a mut NamePool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, node: &impl Ranged) -> Span {
        Span::new(
            self.file,
            node.start() + self.offset,
            node.end() + self.offset,
        )
    }

    /// The recursion is as deep as the text, which the parser bounds at 512 levels.
    fn convert(&mut self, node: &ast::Value<'_>) -> Value {
        let span = self.span(node);
        let data = match node {
            ast::Value::NullKeyword(_) => Data::Null,
            ast::Value::BooleanLit(literal) => Data::Bool(literal.value),
            ast::Value::NumberLit(literal) => number(literal.value),
            ast::Value::StringLit(literal) => Data::String(Text::from(&*literal.value)),
            ast::Value::Array(array) => {
                let items = array
                    .elements
                    .iter()
                    .map(|element| self.convert(element))
                    .collect();
                return Value::array(span, items);
            }
            ast::Value::Object(object) => return self.convert_object(span, object),
        };
        Value::new(span, data)
    }

    fn convert_object(&mut self, span: Span, object: &ast::Object<'_>) -> Value {
        let mut members: Vec<Member> = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            let name_span = self.span(&property.name);
            let name = self.names.intern(property.name.as_str());
            let value = self.convert(&property.value);
            members.push(Member {
                name,
                name_span,
                value,
            });
        }
        self.drop_repeated(&mut members);
        Value::object(span, members)
    }

    /// Keeps the last of the members that have the same spelling, and warns. Names that differ by
    /// case only are kept, with a warning.
    fn drop_repeated(&mut self, members: &mut Vec<Member>) {
        // Small objects are compared pairwise, which allocates nothing.
        let suspicious = if members.len() <= 16 {
            members.iter().enumerate().any(|(at, member)| {
                members
                    .iter()
                    .take(at)
                    .any(|other| other.name.eq_ignore_ascii_case(&member.name))
            })
        } else {
            let folded: IndexSet<String> = members
                .iter()
                .map(|member| member.name.to_ascii_lowercase())
                .collect();
            folded.len() < members.len()
        };
        if !suspicious {
            return;
        }
        let mut last: IndexMap<Text, usize> = IndexMap::new();
        let mut folded: IndexMap<String, Text> = IndexMap::new();
        for (at, member) in members.iter().enumerate() {
            if last.insert(Text::clone(&member.name), at).is_some() {
                self.diagnostics.push(Diagnostic::warning(
                    "json-duplicate-key",
                    format!(
                        "`{}` stands twice in one object, and the last one counts",
                        member.name
                    ),
                    member.name_span,
                ));
            } else if let Some(other) =
                folded.insert(member.name.to_ascii_lowercase(), Text::clone(&member.name))
            {
                self.diagnostics.push(Diagnostic::warning(
                    "json-duplicate-key",
                    format!("`{}` and `{other}` differ by case only", member.name),
                    member.name_span,
                ));
            }
        }
        let mut at = 0;
        members.retain(|member| {
            at += 1;
            last.get(&member.name) == Some(&(at - 1))
        });
    }
}

/// The number that `text` writes in any notation that the reader takes.
fn number(text: &str) -> Data {
    let unsigned = text.trim_start_matches(['-', '+']);
    let negative = text.starts_with('-');
    if let Some(digits) = unsigned
        .strip_prefix("0x")
        .or_else(|| unsigned.strip_prefix("0X"))
        && let Ok(value) = i64::from_str_radix(digits, 16)
    {
        return Data::Integer(if negative {
            value.wrapping_neg()
        } else {
            value
        });
    }
    let plain = text.trim_start_matches('+');
    if let Ok(value) = plain.parse::<i64>() {
        return Data::Integer(value);
    }
    Data::Float(plain.parse::<f64>().unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::super::to_json;
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> (Result<serde_json::Value, ReadError>, Vec<String>) {
        let mut diagnostics = Vec::new();
        let value = read_json(FileId::new(0), text, &mut diagnostics);
        let codes = diagnostics
            .into_iter()
            .map(|diagnostic| diagnostic.code.into_owned())
            .collect();
        (value.map(|value| to_json(&value)), codes)
    }

    #[test]
    fn what_azure_takes_is_taken_silently() {
        let (value, codes) = read("\u{feff}// head\n{\"a\": 1, /* in */ \"b\": \"x\ny\"}");
        assert_eq!(value.unwrap(), json!({"a": 1, "b": "x\ny"}));
        assert!(codes.is_empty());
    }

    #[test]
    fn deviations_are_taken_with_one_warning_each() {
        for (text, want, code) in [
            ("[1, 2,]", json!([1, 2]), "json-trailing-comma"),
            ("[1 2 3]", json!([1, 2, 3]), "json-missing-comma"),
            ("{a: 1, b: 2}", json!({"a": 1, "b": 2}), "json-bare-name"),
            ("['a', 'b']", json!(["a", "b"]), "json-single-quotes"),
            ("[0xff]", json!([255]), "json-number"),
            ("[+1]", json!([1]), "json-number"),
            ("[.5]", json!([0.5]), "json-number"),
            ("[NaN]", json!([null]), "json-bare-word"),
            (r#"["a\qb"]"#, json!(["aqb"]), "json-bad-escape"),
            (
                r#"["\ud83d", "\ud83d\ude00"]"#,
                json!(["\u{fffd}", "\u{1f600}"]),
                "json-lone-surrogate",
            ),
            (
                r#"{"a": 1, "b": 2, "a": 3}"#,
                json!({"b": 2, "a": 3}),
                "json-duplicate-key",
            ),
            (
                r#"{"a": 1, "A": 2}"#,
                json!({"a": 1, "A": 2}),
                "json-duplicate-key",
            ),
        ] {
            let (value, codes) = read(text);
            assert_eq!(value.unwrap(), want, "{text}");
            assert_eq!(codes, [code], "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused_at_its_place() {
        let error = read("{\n  \"a\": ]\n}").0.unwrap_err();
        assert_eq!(
            (error.span.start, error.message.as_str()),
            (9, "unexpected close bracket")
        );
        for text in [
            "",
            "// only",
            "[1",
            "{\"a\" 1}",
            "<<<<<<< HEAD\n{}",
            "{} {}",
            "[foo]",
        ] {
            assert!(read(text).0.is_err(), "{text}");
        }
    }

    #[test]
    fn absurd_nesting_is_an_error() {
        let text = "[".repeat(100_000);
        assert!(read(&text).0.is_err());
    }

    #[test]
    fn spans_count_the_byte_order_mark() {
        let text = "\u{feff}{\"a\": 12}";
        let value = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
        let span = value.get("A").unwrap().span;
        assert_eq!(text.get(span.start as usize..span.end as usize), Some("12"));
    }

    #[test]
    fn whole_numbers_stay_whole() {
        let (value, _) = read("[9223372036854775807, 9223372036854775808, -0, 1e3]");
        assert_eq!(
            value.unwrap(),
            json!([i64::MAX, 9_223_372_036_854_775_808.0, 0, 1000.0])
        );
    }
}
