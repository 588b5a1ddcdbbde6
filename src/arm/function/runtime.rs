//! What only Azure answers, while it deploys. The results are unknowns that keep what is asked.

use super::{ANY, Body, Function};
use crate::arm::call::unknowns;
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::arm::symbol;
use crate::value::{Atom, Cause, Data, Text, Unknown, Value};
use std::sync::Arc;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("externalInputs", 1, 1, Body::Open(external_inputs)),
    Function::new("invokeResourceMethod", 2, ANY, Body::Open(ask_resource)),
    Function::new("listOutputsWithSecureValues", 1, 3, Body::Open(list)),
    Function::new("pickZones", 3, 5, Body::Open(ask_provider)),
    Function::new("providers", 1, 2, Body::Open(ask_provider)),
    Function::new("reference", 1, 3, Body::Open(reference)),
    Function::new("references", 1, 2, Body::Open(references)),
    Function::new("resourceInfo", 1, 1, Body::Open(resource_info)),
    Function::new("roleDefinitions", 1, 1, Body::Open(ask_plainly)),
    Function::new("toLogicalZone", 3, 3, Body::Open(ask_plainly)),
    Function::new("toLogicalZones", 3, 3, Body::Open(ask_plainly)),
    Function::new("toPhysicalZone", 3, 3, Body::Open(ask_plainly)),
    Function::new("toPhysicalZones", 3, 3, Body::Open(ask_plainly)),
];

/// The functions of which the names start with `list`: `listKeys`, `listAccountSas` and so on.
pub(super) const LIST: Function = Function::new("list*", 2, 3, Body::Open(list));

/// Whether `name` is a function that gives a fact of its own.
pub(super) fn is_runtime(name: &str) -> bool {
    name.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("list"))
        || FUNCTIONS.iter().any(|function| function.name == name)
}

fn refuse_place(site: &Site<'_>) -> Result<(), Failure> {
    if site.context.place.allows_runtime() {
        return Ok(());
    }
    Err(Failure::place(format!(
        "`{}` does not stand in {}",
        site.name,
        site.context.place.describe()
    )))
}

/// The unknown that asks about `refers_to`.
fn ask(site: &Site<'_>, refers_to: Text, arguments: &[Value], secret: bool) -> Value {
    let atom = Atom {
        cause: Cause::Runtime,
        refers_to,
        path: Vec::new(),
        span: Some(site.span()),
    };
    let mut unknown = Unknown::of(atom, Text::clone(&site.context.text));
    unknown.symbol = symbol::of_call(site.name, arguments);
    unknown.secret = secret;
    for argument in unknowns(arguments) {
        for atom in &argument.atoms {
            if !unknown.atoms.contains(atom) {
                unknown.atoms.push(Arc::clone(atom));
            }
        }
    }
    Value::unknown(site.span(), unknown)
}

/// The arguments with the first one, a name or symbol, replaced by the identifier it stands for.
fn resolved(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    arguments: &[Value],
) -> Result<(Text, Vec<Value>), Failure> {
    let Some(first) = arguments.first() else {
        return Err(site.failure("names no resource"));
    };
    if !matches!(first.data, Data::String(_) | Data::Unknown(_)) {
        return Err(site.wrong(arguments, 0, "a string"));
    }
    let asked = symbol::of_part(first);
    let id = match run.find_instance(site.context.deployment, &asked) {
        Some(instance) => Text::clone(&instance.id),
        None => Text::from(asked),
    };
    let mut arguments = arguments.to_vec();
    if let (Some(_), Some(first)) = (first.as_str(), arguments.first_mut()) {
        *first = site.string(Text::clone(&id));
    }
    Ok((id, arguments))
}

fn reference(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    refuse_place(site)?;
    for at in 1..arguments.len() {
        if !matches!(
            arguments.get(at).map(|value| &value.data),
            Some(Data::String(_) | Data::Unknown(_) | Data::Null)
        ) {
            return Err(site.wrong(arguments, at, "a string"));
        }
    }
    let (id, mut arguments) = resolved(run, site, arguments)?;
    // Any API version tells the same resource; only the full form has another shape.
    let full = arguments.get(2).is_some_and(|mode| {
        mode.as_str()
            .is_some_and(|mode| mode.eq_ignore_ascii_case("full"))
    });
    arguments.truncate(1);
    if full {
        arguments.push(site.string("Full"));
    }
    Ok(ask(site, id, &arguments, false))
}

fn references(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    refuse_place(site)?;
    let asked = site.string_at(arguments, 0)?;
    let ids = run.find_loop(site.context.deployment, asked);
    if ids.is_empty() {
        return Ok(ask(site, asked.into(), arguments, false));
    }
    let each = Site {
        name: "reference",
        context: site.context,
    };
    let rest = arguments.get(1..).unwrap_or_default();
    let items = ids.into_iter().map(|id| {
        let mut arguments = vec![site.string(Text::clone(&id))];
        arguments.extend_from_slice(rest);
        ask(&each, id, &arguments, false)
    });
    site.array(items.collect())
}

/// Keys, connection strings and the like: secrets, all of them.
fn list(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    refuse_place(site)?;
    let (id, arguments) = resolved(run, site, arguments)?;
    Ok(ask(site, id, &arguments, true))
}

fn ask_resource(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    refuse_place(site)?;
    let (id, arguments) = resolved(run, site, arguments)?;
    Ok(ask(site, id, &arguments, false))
}

/// `providers` and `pickZones`, which ask about a resource type given in two parts.
fn ask_provider(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let mut names = Vec::new();
    for at in 0..arguments.len().min(2) {
        match arguments.get(at) {
            Some(value) if matches!(value.data, Data::String(_) | Data::Unknown(_)) => {
                names.push(symbol::of_part(value));
            }
            _ => return Err(site.wrong(arguments, at, "a string")),
        }
    }
    Ok(ask(site, names.join("/").into(), arguments, false))
}

/// Functions that ask about nothing in the template: the call itself is what is not known.
fn ask_plainly(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    for at in 0..arguments.len().min(2) {
        if !matches!(
            arguments.get(at).map(|value| &value.data),
            Some(Data::String(_) | Data::Unknown(_))
        ) {
            return Err(site.wrong(arguments, at, "a string"));
        }
    }
    let call = symbol::of_call(site.name, arguments);
    Ok(ask(
        site,
        call.trim_matches(['{', '}']).into(),
        arguments,
        false,
    ))
}

/// What a compiled Bicep parameter file takes from outside.
fn external_inputs(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let name = site.string_at(arguments, 0)?;
    Ok(ask(
        site,
        format!("externalInputs('{name}')").into(),
        arguments,
        false,
    ))
}

/// The identifier, name, type and API version of a resource of a template with symbolic names.
fn resource_info(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let symbol = site.string_at(arguments, 0)?;
    let Some(instance) = run.find_instance(site.context.deployment, symbol) else {
        return Err(Failure::undeclared(format!(
            "no resource has the symbolic name `{symbol}`"
        )));
    };
    let mut members = vec![
        site.member("id", instance.id_value(site.span())),
        site.member("name", instance.name_value(site.span())),
        site.member("type", site.string(Text::clone(&instance.resource_type))),
    ];
    if let Some(version) = &instance.api_version {
        members.push(site.member("apiVersion", site.string(Text::clone(version))));
    }
    site.object(members)
}
