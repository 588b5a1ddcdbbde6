//! Texts. Lengths and positions count UTF-16 code units, as in .NET.

use super::number_format::{self, float_text};
use super::text_case::{equal_ignoring_case, lower, upper};
use super::{ANY, Body, Function};
use crate::arm::budget::{check_bytes, check_items};
use crate::arm::call::open_unknown;
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::json_text;
use crate::arm::site::{Builder, Site};
use crate::arm::symbol;
use crate::arm::unique_string::unique_string;
use crate::diagnostic::Diagnostic;
use crate::value::{Data, Text, Value};
use uuid::{Uuid, uuid};

/// The namespace of the identifiers that `guid` makes.
const GUID_NAMESPACE: Uuid = uuid!("11fb06fb-712d-4ddd-98c7-e71bbd588830");

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("endsWith", 2, 2, Body::Strict(ends_with)),
    Function::new("format", 1, ANY, Body::Deep(format)).with_symbol(format_symbol),
    Function::new("guid", 1, ANY, Body::Strict(guid)),
    Function::new("join", 2, 2, Body::Open(join)),
    Function::new("padLeft", 2, 3, Body::Strict(pad_left)),
    Function::new("replace", 3, 3, Body::Open(replace)),
    Function::new("split", 2, 2, Body::Deep(split)),
    Function::new("startsWith", 2, 2, Body::Strict(starts_with)),
    Function::new("substring", 2, 3, Body::Strict(substring)),
    Function::new("toLower", 1, 1, Body::Strict(to_lower)).with_symbol(to_lower_symbol),
    Function::new("toUpper", 1, 1, Body::Strict(to_upper)).with_symbol(to_upper_symbol),
    Function::new("trim", 1, 1, Body::Strict(trim)),
    Function::new("uniqueString", 1, ANY, Body::Strict(unique)),
];

fn to_lower(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.string(lower(site.text(arguments, 0)?)))
}

fn to_lower_symbol(_: &Site<'_>, arguments: &[Value]) -> Option<Text> {
    let unknown = arguments.first()?.as_unknown()?;
    Some(symbol::map_text(&unknown.symbol, "toLower", lower))
}

fn to_upper(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.string(upper(site.text(arguments, 0)?)))
}

fn to_upper_symbol(_: &Site<'_>, arguments: &[Value]) -> Option<Text> {
    let unknown = arguments.first()?.as_unknown()?;
    Some(symbol::map_text(&unknown.symbol, "toUpper", upper))
}

fn trim(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.string(site.text(arguments, 0)?.trim()))
}

fn starts_with(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let (text, start) = (site.text(arguments, 0)?, site.text(arguments, 1)?);
    let count = start.chars().count();
    let found = match text.char_indices().nth(count) {
        Some((end, _)) => equal_ignoring_case(text.get(..end).unwrap_or(""), start),
        None => equal_ignoring_case(text, start),
    };
    Ok(site.bool(found))
}

fn ends_with(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let (text, end) = (site.text(arguments, 0)?, site.text(arguments, 1)?);
    let skipped = text.chars().count().checked_sub(end.chars().count());
    let tail = skipped.and_then(|count| {
        let start = text.char_indices().nth(count).map(|(at, _)| at);
        text.get(start.unwrap_or(text.len())..)
    });
    Ok(site.bool(tail.is_some_and(|tail| equal_ignoring_case(tail, end))))
}

/// The arguments, all of them texts, with `-` between them.
fn join_with_dash(site: &Site<'_>, arguments: &[Value]) -> Result<String, Failure> {
    let mut joined = Builder::default();
    for at in 0..arguments.len() {
        if at > 0 {
            joined.push("-")?;
        }
        joined.push(site.text(arguments, at)?)?;
    }
    Ok(joined.finish())
}

fn guid(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let name = join_with_dash(site, arguments)?;
    let guid = Uuid::new_v5(&GUID_NAMESPACE, name.as_bytes());
    Ok(site.string(guid.hyphenated().to_string()))
}

fn unique(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    /// "Template literal limit" of Azure's engine.
    const LIMIT: usize = 131_072;
    let text = join_with_dash(site, arguments)?;
    if text.encode_utf16().count() > LIMIT {
        return Err(site.failure(format!("the text has more than {LIMIT} characters")));
    }
    Ok(site.string(unique_string(&text)))
}

fn pad_left(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let number;
    let text = match arguments.first().map(|value| &value.data) {
        Some(Data::Integer(value)) => {
            number = value.to_string();
            &number
        }
        _ => site
            .text(arguments, 0)
            .map_err(|_| site.wrong(arguments, 0, "a string or an int"))?,
    };
    let width = site.integer_at(arguments, 1)?;
    let width = usize::try_from(width)
        .map_err(|_| site.failure(format!("the width is {width}, below 0")))?;
    let padding = match arguments.get(2).map(|value| &value.data) {
        None | Some(Data::Null) => " ",
        _ => site.string_at(arguments, 2)?,
    };
    if padding.encode_utf16().count() != 1 {
        return Err(site.failure("the padding is to be one character"));
    }
    let missing = width.saturating_sub(text.encode_utf16().count());
    check_bytes(missing.saturating_mul(padding.len()))?;
    Ok(site.string(padding.repeat(missing) + text))
}

fn substring(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let units: Vec<u16> = site.text(arguments, 0)?.encode_utf16().collect();
    let start = site.integer_at(arguments, 1)?;
    let outside = |what: &str, value: i64| {
        let length = units.len();
        site.failure(format!(
            "the {what} is {value}, and the text has {length} characters"
        ))
    };
    let from = usize::try_from(start)
        .ok()
        .filter(|from| *from <= units.len())
        .ok_or_else(|| outside("start", start))?;
    let to = if arguments.get(2).is_none() {
        units.len()
    } else {
        let length = site.integer_at(arguments, 2)?;
        usize::try_from(length)
            .ok()
            .and_then(|length| from.checked_add(length))
            .filter(|to| *to <= units.len())
            .ok_or_else(|| outside("length", length))?
    };
    let part = units.get(from..to).unwrap_or_default();
    Ok(site.string(String::from_utf16_lossy(part)))
}

fn split(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let text = match arguments.first().map(|value| &value.data) {
        Some(Data::Null) => return site.array(Vec::new()),
        _ => site.string_at(arguments, 0)?,
    };
    let one;
    let delimiters: &[Value] = match arguments.get(1) {
        Some(list) if list.as_array().is_some() => list.items(),
        Some(text) if text.as_str().is_some() || text.is_null() => {
            one = [text.clone()];
            &one
        }
        _ => return Err(site.wrong(arguments, 1, "a string or an array of strings")),
    };
    let mut texts = Vec::new();
    for (at, delimiter) in delimiters.iter().enumerate() {
        match &delimiter.data {
            Data::String(text) => texts.push(&**text),
            Data::Null => {}
            _ => return Err(site.wrong(delimiters, at, "strings")),
        }
    }
    texts.retain(|text| !text.is_empty());
    if texts.is_empty() && !delimiters.iter().all(Value::is_null) {
        // .NET splits at white space where every delimiter is empty.
        let parts = text.split(char::is_whitespace);
        check_items(parts.clone().count())?;
        return site.array(parts.map(|part| site.string(part)).collect());
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((at, delimiter)) = next_delimiter(rest, &texts) {
        check_items(parts.len())?;
        parts.push(site.string(rest.get(..at).unwrap_or("")));
        rest = rest.get(at + delimiter.len()..).unwrap_or("");
    }
    parts.push(site.string(rest));
    site.array(parts)
}

/// The first place of any of `delimiters`; of those at one place, the first given.
fn next_delimiter<'a>(text: &str, delimiters: &[&'a str]) -> Option<(usize, &'a str)> {
    let places = delimiters
        .iter()
        .filter_map(|delimiter| text.find(delimiter).map(|at| (at, *delimiter)));
    places.min_by_key(|(at, _)| *at)
}

fn join(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    const PLAIN: Function = Function::new("join", 2, 2, Body::Strict(join_symbolic));
    run.apply(&PLAIN, site, arguments)
}

/// A list of which the items are not all known gives a text with holes.
fn join_symbolic(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let items = site.items_at(arguments, 0)?;
    let delimiter = site.text(arguments, 1)?;
    let open = items.iter().any(|item| item.as_unknown().is_some());
    let mut text = Builder::default();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push(&if open {
                symbol::escape(delimiter)
            } else {
                delimiter.to_owned()
            })?;
        }
        match &item.data {
            Data::String(part) if !open => text.push(part)?,
            Data::String(_) | Data::Integer(_) | Data::Bool(_) | Data::Null | Data::Unknown(_) => {
                text.push(&symbol::of_part(item))?;
            }
            _ => {
                return Err(site.wrong(items, at, "an array of strings, ints and bools; it takes"));
            }
        }
    }
    if open {
        let mut unknown = open_unknown(site, arguments);
        unknown.symbol = symbol::bounded(text.finish());
        return Ok(Value::unknown(site.span(), unknown));
    }
    Ok(site.string(text.finish()))
}

/// Which case counts is not documented: Azure's own port for policies ignores it, .NET's default
/// does not. Where only case differs, that is said.
fn replace(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    const PLAIN: Function = Function::new("replace", 3, 3, Body::Strict(replace_known));
    if let [Some(text), Some(old)] = [0, 1].map(|at| arguments.get(at).and_then(Value::as_str))
        && !old.is_empty()
        && !text.contains(old)
        && upper(text).contains(&upper(old))
    {
        run.report(Diagnostic::warning(
            "arm-replace-case",
            format!("`{old}` is in the text in other letter case only, and is not replaced"),
            site.span(),
        ));
    }
    run.apply(&PLAIN, site, arguments)
}

fn replace_known(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let text = site.text(arguments, 0)?;
    let (old, new) = (site.text(arguments, 1)?, site.text(arguments, 2)?);
    if old.is_empty() {
        return Err(site.failure("the text to replace is empty"));
    }
    let count = text.matches(old).count();
    check_bytes(text.len() + count.saturating_mul(new.len()))?;
    Ok(site.string(text.replace(old, new)))
}

/// .NET's composite formatting: `{index[,width][:format]}`, with `{{` and `}}` for braces.
fn format(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let mut text = Builder::default();
    for part in parts(site, site.string_at(arguments, 0)?)? {
        match part {
            Part::Text(part) => text.push(part)?,
            Part::Item(item) => text.push(&item.write(site, item.argument(site, arguments)?)?)?,
        }
    }
    Ok(site.string(text.finish()))
}

fn format_symbol(site: &Site<'_>, arguments: &[Value]) -> Option<Text> {
    let mut text = Builder::default();
    for part in parts(site, arguments.first()?.as_str()?).ok()? {
        match part {
            Part::Text(part) => text.push(&symbol::escape(part)).ok()?,
            Part::Item(item) => {
                let argument = item.argument(site, arguments).ok()?;
                let written = if argument.as_unknown().is_some() {
                    if item.width != 0 {
                        return None;
                    }
                    symbol::of_part(argument)
                } else if crate::arm::call::is_open(argument, true) {
                    return None;
                } else {
                    symbol::escape(&item.write(site, argument).ok()?)
                };
                text.push(&written).ok()?;
            }
        }
    }
    Some(symbol::bounded(text.finish()))
}

enum Part<'a> {
    Text(&'a str),
    Item(Item<'a>),
}

struct Item<'a> {
    index: usize,
    /// Below zero for left alignment.
    width: i32,
    spec: &'a str,
}

impl Item<'_> {
    fn argument<'v>(&self, site: &Site<'_>, arguments: &'v [Value]) -> Result<&'v Value, Failure> {
        arguments
            .get(self.index + 1)
            .ok_or_else(|| site.failure(format!("there is no argument for `{{{}}}`", self.index)))
    }

    fn write(&self, site: &Site<'_>, value: &Value) -> Result<String, Failure> {
        let text = match &value.data {
            Data::Integer(number) => number_format::integer(*number, self.spec)
                .ok_or_else(|| site.failure(format!("`{}` is no format of ints", self.spec)))?,
            Data::Float(number) if self.spec.is_empty() => float_text(*number),
            Data::Float(number) => number_format::float(*number, self.spec)
                .ok_or_else(|| site.failure(format!("`{}` is no format of floats", self.spec)))?,
            Data::String(text) => text.to_string(),
            Data::Bool(_) | Data::Null => symbol::unescape(&symbol::of_part(value)),
            _ => json_text::write(value).replace('"', "'"),
        };
        let width = usize::try_from(self.width.unsigned_abs()).unwrap_or(0);
        check_bytes(width)?;
        let missing = " ".repeat(width.saturating_sub(text.encode_utf16().count()));
        Ok(if self.width < 0 {
            text + &missing
        } else {
            missing + &text
        })
    }
}

fn parts<'a>(site: &Site<'_>, format: &'a str) -> Result<Vec<Part<'a>>, Failure> {
    let bad = || site.failure("the format has a brace that is not closed or not doubled");
    let mut found = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let (text, after) = rest.split_at(at);
        found.push(Part::Text(text));
        let mut characters = after.chars();
        let brace = characters.next();
        if characters.next() == brace {
            let (one, after) = after.split_at(1);
            found.push(Part::Text(one));
            rest = after.get(1..).unwrap_or("");
            continue;
        }
        let inner = after.strip_prefix('{').ok_or_else(bad)?;
        let (item, after) = inner.split_once('}').ok_or_else(bad)?;
        found.push(Part::Item(parse_item(item).ok_or_else(|| {
            site.failure(format!("`{{{item}}}` is no place of an argument"))
        })?));
        rest = after;
    }
    found.push(Part::Text(rest));
    Ok(found)
}

fn parse_item(item: &str) -> Option<Item<'_>> {
    let (place, spec) = item.split_once(':').unwrap_or((item, ""));
    let (index, width) = match place.split_once(',') {
        Some((index, width)) => (index, width.trim().parse::<i32>().ok()?),
        None => (place, 0),
    };
    if !index.starts_with(|first: char| first.is_ascii_digit()) || width.unsigned_abs() > 1_000_000
    {
        return None;
    }
    Some(Item {
        index: index
            .trim_end()
            .parse()
            .ok()
            .filter(|index| *index < 1_000_000)?,
        width,
        spec,
    })
}
