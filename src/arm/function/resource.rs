//! Identifiers of resources.

use super::{ANY, Body, Function};
use crate::arm::call::open_unknown;
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::arm::symbol;
use crate::arm::target::{ScopeKind, Target};
use crate::value::{Data, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "extensionResourceId",
        3,
        ANY,
        Body::Open(extension_resource_id),
    ),
    Function::new(
        "managementGroupResourceId",
        2,
        ANY,
        Body::Open(management_group_resource_id),
    ),
    Function::new("resourceId", 2, ANY, Body::Open(resource_id)),
    Function::new(
        "subscriptionResourceId",
        2,
        ANY,
        Body::Open(subscription_resource_id),
    ),
    Function::new("tenantResourceId", 2, ANY, Body::Open(tenant_resource_id)),
];

/// An argument as part of an identifier: its text, with holes where it is not known.
fn part(site: &Site<'_>, arguments: &[Value], at: usize) -> Result<String, Failure> {
    match arguments.get(at) {
        Some(value) if matches!(value.data, Data::String(_) | Data::Unknown(_)) => {
            Ok(symbol::of_part(value))
        }
        _ => Err(site.wrong(arguments, at, "a string")),
    }
}

fn parts(site: &Site<'_>, arguments: &[Value]) -> Result<Vec<String>, Failure> {
    (0..arguments.len())
        .map(|at| part(site, arguments, at))
        .collect()
}

/// `/providers/Ns/a/{n1}/b/{n2}` of type `Ns/a/b` and its names.
pub(crate) fn provider_path(kind: &str, names: &[impl AsRef<str>]) -> Option<String> {
    let mut segments = kind.trim_matches('/').split('/');
    let mut path = format!("/providers/{}", segments.next()?);
    let mut names = names.iter();
    for segment in segments {
        path.push('/');
        path.push_str(segment);
        path.push('/');
        path.push_str(names.next()?.as_ref());
    }
    names.next().is_none().then_some(path)
}

/// The identifier below `scope` of the type and the names in `parts`.
fn below(site: &Site<'_>, scope: &str, parts: &[String], arguments: &[Value]) -> Outcome {
    let Some((kind, names)) = parts.split_first() else {
        return Err(site.failure("the type is missing"));
    };
    if !kind.contains('/') {
        return Err(site.failure(format!("`{}` is no resource type", symbol::display(kind))));
    }
    let Some(path) = provider_path(kind, names) else {
        let wanted = kind.trim_matches('/').matches('/').count();
        return Err(site.failure(format!(
            "type `{}` takes {wanted} names, not {}",
            symbol::display(kind),
            names.len()
        )));
    };
    let id = format!("{scope}{path}");
    if !arguments.iter().any(|value| value.as_unknown().is_some()) && !id.contains('{') {
        return Ok(site.string(symbol::unescape(&id)));
    }
    let mut unknown = open_unknown(site, arguments);
    unknown.symbol = symbol::bounded(id);
    Ok(Value::unknown(site.span(), unknown))
}

/// The place of the type: the first part that has a slash outside holes.
fn type_place(parts: &[String]) -> Option<usize> {
    parts.iter().position(|part| {
        symbol::pieces(part)
            .iter()
            .any(|piece| matches!(piece, symbol::Piece::Text(text) if text.contains('/')))
    })
}

fn target(run: &Evaluator<'_>, site: &Site<'_>) -> Result<Target, Failure> {
    run.scope(site.context.scope)
        .map(|scope| scope.target.clone())
        .ok_or_else(|| site.failure("there is no deployment"))
}

/// The arguments together with the names of the scope, which may be unknown too.
fn with_scope(arguments: &[Value], scope: &[&Value]) -> Vec<Value> {
    let open = scope.iter().filter(|value| value.as_unknown().is_some());
    let mut all = arguments.to_vec();
    all.extend(open.map(|value| (*value).clone()));
    all
}

/// `resourceId([subscription], [group], type, name, …)`; at other scopes than a resource group's,
/// an identifier at that scope, where one argument before the type is a subscription.
fn resource_id(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let parts = parts(site, arguments)?;
    let place = type_place(&parts)
        .ok_or_else(|| site.failure("no argument is a resource type, which has a slash"))?;
    let target = target(run, site)?;
    let subscription = symbol::of_part(&target.subscription);
    let mut named = vec![&target.subscription];
    let scope = match (target.kind, parts.get(..place).unwrap_or_default()) {
        (ScopeKind::ResourceGroup, []) => {
            named.push(&target.resource_group);
            target.id.to_string()
        }
        (ScopeKind::ResourceGroup, [group]) => {
            format!("/subscriptions/{subscription}/resourceGroups/{group}")
        }
        (_, [subscription, group]) => {
            named.clear();
            format!("/subscriptions/{subscription}/resourceGroups/{group}")
        }
        (_, [subscription]) => {
            named.clear();
            format!("/subscriptions/{subscription}")
        }
        (ScopeKind::Subscription, []) => target.id.to_string(),
        (_, []) => {
            named.clear();
            String::new()
        }
        _ => return Err(site.failure("more than a subscription and a group stand before the type")),
    };
    let all = with_scope(arguments, &named);
    below(site, &scope, parts.get(place..).unwrap_or_default(), &all)
}

fn subscription_resource_id(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    arguments: &[Value],
) -> Outcome {
    let parts = parts(site, arguments)?;
    let target = target(run, site)?;
    let (scope, rest, named) = match type_place(&parts) {
        Some(0) => (
            format!("/subscriptions/{}", symbol::of_part(&target.subscription)),
            parts.as_slice(),
            vec![&target.subscription],
        ),
        Some(1) => {
            let (subscription, rest) = parts.split_at(1);
            (
                format!("/subscriptions/{}", subscription.concat()),
                rest,
                vec![],
            )
        }
        _ => return Err(site.failure("no argument is a resource type, which has a slash")),
    };
    below(site, &scope, rest, &with_scope(arguments, &named))
}

fn tenant_resource_id(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    below(site, "", &parts(site, arguments)?, arguments)
}

fn management_group_resource_id(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    arguments: &[Value],
) -> Outcome {
    let parts = parts(site, arguments)?;
    let target = target(run, site)?;
    let own = symbol::of_part(&target.management_group);
    let (group, rest) = match type_place(&parts) {
        Some(0) => (own, parts.as_slice()),
        Some(1) => {
            let (group, rest) = parts.split_at(1);
            (group.concat(), rest)
        }
        _ => return Err(site.failure("no argument is a resource type, which has a slash")),
    };
    let scope = format!("/providers/Microsoft.Management/managementGroups/{group}");
    below(
        site,
        &scope,
        rest,
        &with_scope(arguments, &[&target.management_group]),
    )
}

fn extension_resource_id(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let parts = parts(site, arguments)?;
    let Some((base, rest)) = parts.split_first() else {
        return Err(site.failure("the extended resource's identifier is missing"));
    };
    below(site, base.trim_end_matches('/'), rest, arguments)
}
