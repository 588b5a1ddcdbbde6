//! Lists, and what lists share with texts and objects.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the functions of the table have one signature"
)]

use super::text_case::{equal_ignoring_case, fold};
use super::{ANY, Body, Function};
use crate::arm::budget::{check_bytes, check_items};
use crate::arm::call::open_result;
use crate::arm::equality;
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::Outcome;
use crate::arm::site::{Builder, Site};
use crate::arm::symbol;
use crate::value::{Data, Member, Text, Value};
use indexmap::IndexMap;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("array", 1, 1, Body::Strict(array)),
    Function::new("concat", 1, ANY, Body::Strict(concat)).with_symbol(concat_symbol),
    Function::new("contains", 2, 2, Body::Open(contains)),
    Function::new("createArray", 0, ANY, Body::Open(create_array)),
    Function::new("empty", 1, 1, Body::Open(empty)),
    Function::new("first", 1, 1, Body::Strict(first)),
    Function::new("flatten", 1, 1, Body::Strict(flatten)),
    Function::new("indexFromEnd", 2, 2, Body::Strict(index_from_end)),
    Function::new("indexOf", 2, 2, Body::Deep(index_of)),
    Function::new("last", 1, 1, Body::Strict(last)),
    Function::new("lastIndexOf", 2, 2, Body::Deep(last_index_of)),
    Function::new("length", 1, 1, Body::Strict(length)),
    Function::new("range", 2, 2, Body::Strict(range)),
    Function::new("skip", 2, 2, Body::Strict(skip)),
    Function::new("take", 2, 2, Body::Strict(take)),
    Function::new("tryIndexFromEnd", 2, 2, Body::Strict(try_index_from_end)),
];

fn array(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    match arguments {
        [value] if value.as_array().is_some() => Ok(value.clone()),
        _ => site.array(arguments.to_vec()),
    }
}

fn create_array(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    site.array(arguments.to_vec())
}

fn concat(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    if arguments.iter().all(|value| value.as_array().is_some()) {
        let count = arguments.iter().map(|value| value.items().len()).sum();
        check_items(count)?;
        let bytes = arguments.iter().map(Value::weight).sum();
        check_bytes(bytes)?;
        let items = arguments
            .iter()
            .flat_map(crate::value::Value::items)
            .cloned();
        return site.array(items.collect());
    }
    let mut text = Builder::default();
    for (at, argument) in arguments.iter().enumerate() {
        match &argument.data {
            Data::String(part) => text.push(part)?,
            Data::Null => {}
            Data::Bool(_) | Data::Integer(_) => text.push(&symbol::of_part(argument))?,
            _ => {
                return Err(site.wrong(arguments, at, "strings, ints and bools, or arrays only,"));
            }
        }
    }
    Ok(site.string(text.finish()))
}

fn concat_symbol(_: &Site<'_>, arguments: &[Value]) -> Option<Text> {
    let joins_text = arguments
        .iter()
        .all(|value| value.as_array().is_none() && value.as_object().is_none());
    joins_text.then(|| symbol::bounded(arguments.iter().map(symbol::of_part).collect()))
}

fn contains(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    const PLAIN: Function = Function::new("contains", 2, 2, Body::Strict(contains_known));
    if let [container, item] = arguments
        && let Some(items) = container.as_array()
    {
        let mut open = Vec::new();
        for other in items {
            match equality::equal(other, item) {
                Some(true) if other.type_name() == item.type_name() => return Ok(site.bool(true)),
                Some(_) => {}
                None => open.push(other.clone()),
            }
        }
        if open.is_empty() {
            return Ok(site.bool(false));
        }
        if item.as_unknown().is_none() || open.len() < items.len() {
            return Ok(open_result(site, arguments));
        }
    }
    run.apply(&PLAIN, site, arguments)
}

fn contains_known(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let [container, item] = arguments else {
        return Err(site.failure("takes 2 arguments"));
    };
    let found = match &container.data {
        Data::String(text) => text.contains(site.text(arguments, 1)?),
        Data::Object(object) => {
            let name = site.text(arguments, 1)?;
            let mut names = object.members().iter().map(|member| &member.name);
            names.any(|other| equal_ignoring_case(other, name))
        }
        Data::Array(array) => array
            .items()
            .iter()
            .any(|other| equality::same(other, item)),
        _ => return Err(site.wrong(arguments, 0, "a string, array or object")),
    };
    Ok(site.bool(found))
}

fn empty(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    const PLAIN: Function = Function::new("empty", 1, 1, Body::Strict(empty_known));
    match arguments {
        // A text with a known part is not empty, whatever the rest is.
        [value] if value.as_unknown().is_some_and(|it| symbol::has_text(it)) => {
            Ok(site.bool(false))
        }
        _ => run.apply(&PLAIN, site, arguments),
    }
}

fn empty_known(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let is_empty = match arguments.first().map(|value| &value.data) {
        Some(Data::Null) => true,
        Some(Data::String(text)) => text.is_empty(),
        Some(Data::Array(array)) => array.items().is_empty(),
        Some(Data::Object(object)) => object.members().is_empty(),
        _ => return Err(site.wrong(arguments, 0, "a string, array or object")),
    };
    Ok(site.bool(is_empty))
}

fn length(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let count = match arguments.first().map(|value| &value.data) {
        Some(Data::Null) => 0,
        Some(Data::String(text)) => text.encode_utf16().count(),
        Some(Data::Array(array)) => array.items().len(),
        Some(Data::Object(object)) => object.members().len(),
        _ => return Err(site.wrong(arguments, 0, "a string, array or object")),
    };
    Ok(site.count(count))
}

fn first(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    end(site, arguments, <[Value]>::first, <[u16]>::first)
}

fn last(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    end(site, arguments, <[Value]>::last, <[u16]>::last)
}

/// An end of a list or text; `null` of an empty list, the empty text of an empty text.
fn end(
    site: &Site<'_>,
    arguments: &[Value],
    of_items: impl Fn(&[Value]) -> Option<&Value>,
    of_units: impl Fn(&[u16]) -> Option<&u16>,
) -> Outcome {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Null) => Ok(site.null()),
        Some(Data::Array(array)) => Ok(of_items(array.items())
            .cloned()
            .unwrap_or_else(|| site.null())),
        Some(Data::String(text)) => {
            let units: Vec<u16> = text.encode_utf16().collect();
            let one: Vec<u16> = of_units(&units).copied().into_iter().collect();
            Ok(site.string(String::from_utf16_lossy(&one)))
        }
        _ => Err(site.wrong(arguments, 0, "an array or a string")),
    }
}

fn take(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    part(site, arguments, |count, length| (0, count.min(length)))
}

fn skip(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    part(site, arguments, |count, length| (count.min(length), length))
}

/// The part of a list or text from and to which `bounds` tells for a count and a length.
fn part(
    site: &Site<'_>,
    arguments: &[Value],
    bounds: impl Fn(usize, usize) -> (usize, usize),
) -> Outcome {
    let count = site.integer_at(arguments, 1)?;
    let count = usize::try_from(count.max(0)).unwrap_or(usize::MAX);
    match arguments.first().map(|value| &value.data) {
        Some(Data::Null) => Ok(site.null()),
        Some(Data::Array(array)) => {
            let (from, to) = bounds(count, array.items().len());
            site.array(array.items().get(from..to).unwrap_or_default().to_vec())
        }
        Some(Data::String(text)) => {
            let units: Vec<u16> = text.encode_utf16().collect();
            let (from, to) = bounds(count, units.len());
            let units = units.get(from..to).unwrap_or_default();
            Ok(site.string(String::from_utf16_lossy(units)))
        }
        _ => Err(site.wrong(arguments, 0, "an array or a string")),
    }
}

fn flatten(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let outer = site.items_at(arguments, 0)?;
    let mut items: Vec<Value> = Vec::new();
    let mut open = false;
    for inner in outer {
        match &inner.data {
            Data::Array(array) => {
                check_items(items.len() + array.items().len())?;
                items.extend_from_slice(array.items());
            }
            Data::Unknown(_) => open = true,
            _ => {
                let message = format!("takes an array of arrays, and finds {}", inner.type_name());
                return Err(site.failure(message));
            }
        }
    }
    if open {
        return Ok(open_result(site, arguments));
    }
    site.array(items)
}

fn range(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let start = site.integer_at(arguments, 0)?;
    let count = site.integer_at(arguments, 1)?;
    if !(0..=10_000).contains(&count) {
        return Err(site.failure(format!("the count is {count}, and Azure takes 0 to 10000")));
    }
    let bounds = i64::from(i32::MIN)..=i64::from(i32::MAX);
    if !bounds.contains(&start) || start + count - 1 > *bounds.end() {
        return Err(site.failure("the numbers leave the range of 32 bits"));
    }
    let numbers = (start..start + count).map(|number| site.integer(number));
    site.array(numbers.collect())
}

fn index_from_end(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let items = site.items_at(arguments, 0)?;
    let back = site.integer_at(arguments, 1)?;
    from_end(items, back).cloned().ok_or_else(|| {
        site.failure(format!(
            "the array has {} items, and none at `{back}` from its end",
            items.len()
        ))
    })
}

fn try_index_from_end(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let found = match arguments {
        [list, back] => back
            .as_integer()
            .and_then(|back| from_end(list.items(), back)),
        _ => None,
    };
    Ok(found.cloned().unwrap_or_else(|| site.null()))
}

fn from_end(items: &[Value], back: i64) -> Option<&Value> {
    let back = usize::try_from(back).ok().filter(|back| *back > 0)?;
    items.get(items.len().checked_sub(back)?)
}

fn index_of(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    find_index(site, arguments, false)
}

fn last_index_of(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    find_index(site, arguments, true)
}

/// Texts are searched without regard to case, lists with it.
fn find_index(site: &Site<'_>, arguments: &[Value], from_end: bool) -> Outcome {
    let found = match arguments.first().map(|value| &value.data) {
        Some(Data::Null) => None,
        Some(Data::Array(array)) => {
            let Some(item) = arguments.get(1) else {
                return Err(site.failure("takes 2 arguments"));
            };
            let mut same = array
                .items()
                .iter()
                .enumerate()
                .filter_map(|(at, other)| equality::same(other, item).then_some(at));
            if from_end {
                same.next_back()
            } else {
                same.next()
            }
        }
        Some(Data::String(text)) => {
            let text = fold(text);
            let wanted = fold(site.text(arguments, 1)?);
            let found = if from_end {
                text.rfind(&wanted)
            } else {
                text.find(&wanted)
            };
            found.map(|at| text.get(..at).unwrap_or("").encode_utf16().count())
        }
        _ => return Err(site.wrong(arguments, 0, "a string or an array")),
    };
    Ok(found.map_or_else(|| site.integer(-1), |at| site.count(at)))
}

/// `values` without repetitions, each at its first place. O(bytes).
pub(super) fn distinct<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<Value> {
    let mut seen: IndexMap<String, Value> = IndexMap::new();
    for value in values {
        seen.entry(equality::canonical(value))
            .or_insert_with(|| value.clone());
    }
    seen.into_values().collect()
}

/// The members of an object sorted by name without regard to case, stably, as `items` has them.
pub(super) fn sorted_members(members: &[Member]) -> Vec<&Member> {
    let mut sorted: Vec<&Member> = members.iter().collect();
    sorted.sort_by_cached_key(|member| super::text_case::upper(&member.name));
    sorted
}
