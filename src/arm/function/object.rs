//! Objects, and the set functions that lists and objects share.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the functions of the table have one signature"
)]

use super::array::{distinct, sorted_members};
use super::text_case::fold;
use super::{ANY, Body, Function};
use crate::arm::access::Key;
use crate::arm::budget::{check_bytes, check_items};
use crate::arm::call::{open_result, open_unknown};
use crate::arm::equality;
use crate::arm::evaluator::{Evaluator, unique};
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::value::{Data, Member, Object, Text, Unknown, Value};
use indexmap::{IndexMap, IndexSet};
use std::sync::Arc;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("createObject", 0, ANY, Body::Open(create_object)),
    Function::new("intersection", 2, ANY, Body::Strict(intersection)),
    Function::new("items", 1, 1, Body::Strict(items)),
    Function::new("null", 0, 0, Body::Strict(null)),
    Function::new("objectKeys", 1, 1, Body::Strict(object_keys)),
    Function::new("shallowMerge", 1, 1, Body::Strict(shallow_merge)),
    Function::new("tryGet", 2, ANY, Body::Open(try_get)),
    Function::new("union", 2, ANY, Body::Strict(union)),
];

fn null(site: &Site<'_>, _: &[Value]) -> Outcome {
    Ok(site.null())
}

fn create_object(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let (pairs, rest) = arguments.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(site.failure(format!(
            "takes keys and values in pairs, not {} arguments",
            arguments.len()
        )));
    }
    let mut members: IndexMap<Text, Member> = IndexMap::new();
    for (at, [name, value]) in pairs.iter().enumerate() {
        let name = match &name.data {
            Data::String(text) => Text::clone(text),
            Data::Unknown(unknown) => Text::clone(&unknown.symbol),
            _ => return Err(site.wrong(arguments, at * 2, "a string")),
        };
        let member = site.member(Text::clone(&name), value.clone());
        if members.insert(Text::clone(&name), member).is_some() {
            return Err(site.failure(format!("the key `{name}` is given twice")));
        }
    }
    site.object(members.into_values().collect())
}

fn items(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let object = site.object_at(arguments, 0)?;
    let mut items = Vec::new();
    for member in sorted_members(object.members()) {
        let key = Value::string(member.name_span, Text::clone(&member.name));
        let pair = vec![
            site.member("key", key),
            site.member("value", member.value.clone()),
        ];
        items.push(site.object(pair)?);
    }
    site.array(items)
}

fn object_keys(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let object = site.object_at(arguments, 0)?;
    let keys = sorted_members(object.members())
        .into_iter()
        .map(|member| Value::string(member.name_span, Text::clone(&member.name)));
    site.array(keys.collect())
}

fn shallow_merge(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let mut members: Vec<Member> = Vec::new();
    for entry in site.items_at(arguments, 0)? {
        match &entry.data {
            Data::Object(object) => {
                check_items(members.len() + object.members().len())?;
                members.extend_from_slice(object.members());
            }
            Data::Null => {}
            Data::Unknown(_) => return Ok(open_result(site, arguments)),
            _ => {
                let message = format!("takes an array of objects, and finds {}", entry.type_name());
                return Err(site.failure(message));
            }
        }
    }
    site.object(unique(members))
}

/// All arguments as lists or all as objects.
enum Sets<'a> {
    Lists(Vec<&'a [Value]>),
    Objects(Vec<&'a Object>),
}

fn sets<'a>(site: &Site<'_>, arguments: &'a [Value]) -> Result<Sets<'a>, Failure> {
    check_bytes(arguments.iter().map(Value::weight).sum())?;
    let lists: Vec<_> = arguments.iter().filter_map(Value::as_array).collect();
    if lists.len() == arguments.len() {
        return Ok(Sets::Lists(lists));
    }
    let objects: Vec<_> = arguments.iter().filter_map(Value::as_object).collect();
    if objects.len() == arguments.len() {
        return Ok(Sets::Objects(objects));
    }
    let first = arguments.first();
    let wanted = if first.is_some_and(|value| value.as_object().is_some()) {
        "objects only"
    } else {
        "arrays only, or objects only,"
    };
    let odd = arguments.iter().position(|value| {
        first.is_none_or(|first| first.type_name() != value.type_name())
            || (value.as_array().is_none() && value.as_object().is_none())
    });
    Err(site.wrong(arguments, odd.unwrap_or(0), wanted))
}

fn union(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    match sets(site, arguments)? {
        Sets::Lists(lists) => site.array(distinct(lists.into_iter().flatten())),
        Sets::Objects(_) => {
            let mut merged = arguments.first().cloned().unwrap_or_else(|| site.null());
            for argument in arguments.iter().skip(1) {
                merged = merge(site, &merged, argument)?;
            }
            Ok(merged.at(site.span()))
        }
    }
}

/// Two objects as one: members of `later` win, objects merge, everything else is replaced. The
/// recursion is as deep as the values, which the budget bounds.
fn merge(site: &Site<'_>, earlier: &Value, later: &Value) -> Outcome {
    let (Some(base), Some(patch)) = (earlier.as_object(), later.as_object()) else {
        let both = [earlier.clone(), later.clone()];
        let open = |value: &Value| value.as_unknown().is_some();
        // An unknown that may be an object might add members to one, or keep some of one.
        return Ok(
            if open(later) && earlier.as_object().is_some()
                || open(earlier) && later.as_object().is_some()
            {
                open_result(site, &both)
            } else {
                later.clone()
            },
        );
    };
    let mut members: IndexMap<String, Member> = base
        .members()
        .iter()
        .map(|member| (fold(&member.name), member.clone()))
        .collect();
    if members.len() < base.members().len() {
        // Names that differ by case only stay apart.
        members = base
            .members()
            .iter()
            .map(|member| (member.name.to_string(), member.clone()))
            .collect();
    }
    for member in patch.members() {
        let folded = fold(&member.name);
        let key = if members.contains_key(&*member.name) {
            member.name.to_string()
        } else {
            folded
        };
        match members.get_mut(&key) {
            Some(known) => known.value = merge(site, &known.value, &member.value)?,
            None => {
                members.insert(key, member.clone());
            }
        }
    }
    let object = Object::new(members.into_values().collect());
    Ok(Value::new(later.span, Data::Object(Arc::new(object))))
}

fn intersection(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    match sets(site, arguments)? {
        Sets::Lists(lists) => {
            let others: Vec<IndexSet<String>> = lists
                .iter()
                .skip(1)
                .map(|list| list.iter().map(equality::canonical).collect())
                .collect();
            let first = distinct(lists.first().copied().unwrap_or_default().iter());
            let in_all = |value: &Value| {
                let canonical = equality::canonical(value);
                others.iter().all(|other| other.contains(&canonical))
            };
            site.array(first.into_iter().filter(in_all).collect())
        }
        Sets::Objects(objects) => {
            let Some((first, others)) = objects.split_first() else {
                return site.object(Vec::new());
            };
            let in_all = |member: &&Member| {
                others.iter().all(|other| {
                    other.member(&member.name).is_some_and(|found| {
                        found.name == member.name && equality::same(&found.value, &member.value)
                    })
                })
            };
            site.object(first.members().iter().filter(in_all).cloned().collect())
        }
    }
}

/// Only the first step is safe; the ones after it fail as any access does.
fn try_get(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let Some((value, steps)) = arguments.split_first() else {
        return Err(site.failure("takes at least 2 arguments"));
    };
    let Some((first, rest)) = steps.split_first() else {
        return Err(site.failure("takes at least 2 arguments"));
    };
    for (at, step) in steps.iter().enumerate() {
        if !matches!(
            step.data,
            Data::String(_) | Data::Integer(_) | Data::Unknown(_)
        ) {
            return Err(site.wrong(arguments, at + 1, "a string or an int"));
        }
    }
    let mut found = match (&value.data, &first.data) {
        (Data::Unknown(unknown), _) if !unknown.alternatives.is_empty() => {
            return try_each(run, site, unknown, steps);
        }
        (Data::Unknown(_), _) | (_, Data::Unknown(_)) => {
            run.access_by(value, first, site.context)?
        }
        (_, Data::String(name)) => {
            let found = run.attempt(|run| run.access(value, &Key::Member(name), site.context));
            found.unwrap_or_else(|| site.null())
        }
        _ => {
            let found = run.attempt(|run| run.access_by(value, first, site.context));
            found.unwrap_or_else(|| site.null())
        }
    };
    if found.is_null() {
        return Ok(site.null());
    }
    for step in rest {
        found = run.access_by(&found, step, site.context)?;
    }
    Ok(found)
}

/// `tryGet` on a value of which the alternatives are known.
fn try_each(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    unknown: &Arc<Unknown>,
    steps: &[Value],
) -> Outcome {
    let mut results = Vec::new();
    for alternative in &unknown.alternatives {
        let mut arguments = vec![alternative.clone()];
        arguments.extend_from_slice(steps);
        if let Some(result) = run.attempt(|run| try_get(run, site, &arguments)) {
            results.push(result);
        }
    }
    let mut arguments = vec![Value::unknown(site.span(), (**unknown).clone())];
    arguments.extend_from_slice(steps);
    let made = open_unknown(site, &arguments);
    run.settle(site, made, results)
}
