//! What a template asks about itself and about where it is deployed.

use super::{Body, Function};
use crate::arm::cloud;
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::scope::{GivenContent, Scope};
use crate::arm::site::Site;
use crate::arm::target::ScopeKind;
use crate::value::{Member, Text, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("deployer", 0, 0, Body::Open(deployer)),
    Function::new("deployment", 0, 0, Body::Open(deployment)),
    Function::new("environment", 0, 0, Body::Open(environment)),
    Function::new("fail", 1, 1, Body::Strict(fail)),
    Function::new("managementGroup", 0, 0, Body::Open(management_group)),
    Function::new("parameters", 1, 1, Body::Open(parameters)),
    Function::new("resourceGroup", 0, 0, Body::Open(resource_group)),
    Function::new("subscription", 0, 0, Body::Open(subscription)),
    Function::new("tenant", 0, 0, Body::Open(tenant)),
    Function::new("variables", 1, 1, Body::Open(variables)),
];

fn parameters(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let name = site.string_at(arguments, 0)?;
    match &site.context.arguments {
        Some(given) => given
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
            .ok_or_else(|| {
                Failure::undeclared(format!("the user function has no parameter `{name}`"))
            }),
        None => run.parameter(site.context.scope, name),
    }
}

fn variables(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let name = site.string_at(arguments, 0)?;
    if site.context.arguments.is_some() {
        return Err(Failure::place(
            "`variables` does not stand in a user function",
        ));
    }
    run.variable(site.context, name)
}

fn fail(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let message = site.string_at(arguments, 0)?;
    Err(Failure::new(
        "arm-fail",
        format!(
            "the template calls `fail`: {}",
            message.replace(['\r', '\n'], " ")
        ),
    ))
}

/// The template's scope where it is one of `kinds`.
fn scope<'r>(
    run: &'r Evaluator<'_>,
    site: &Site<'_>,
    kinds: &[ScopeKind],
) -> Result<&'r Scope, Failure> {
    let scope = run
        .scope(site.context.scope)
        .ok_or_else(|| site.failure("there is no deployment"))?;
    if kinds.is_empty() || kinds.contains(&scope.target.kind) {
        return Ok(scope);
    }
    Err(Failure::place(format!(
        "`{}` does not stand in a template for {}",
        site.name,
        scope.target.kind.describe()
    )))
}

fn resource_group(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let target = scope(run, site, &[ScopeKind::ResourceGroup])?
        .target
        .clone();
    let state = vec![site.member("provisioningState", site.string("Succeeded"))];
    site.object(vec![
        site.member("id", target.id_value(site.span())),
        site.member("name", target.resource_group.clone()),
        site.member("type", site.string("Microsoft.Resources/resourceGroups")),
        site.member("location", target.location.clone()),
        site.member("managedBy", target.unknown_fact("managedBy", site.span())),
        site.member("tags", target.unknown_fact("tags", site.span())),
        site.member("properties", site.object(state)?),
    ])
}

fn subscription(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let kinds = [ScopeKind::ResourceGroup, ScopeKind::Subscription];
    let mut target = scope(run, site, &kinds)?.target.clone();
    target.kind = ScopeKind::Subscription;
    target.settle_id();
    let own = target
        .subscription
        .as_str()
        .is_some_and(|id| id == &*run.environment.subscription_id);
    let display_name = if own {
        site.string(Text::clone(&run.environment.subscription_name))
    } else {
        target.unknown_fact("displayName", site.span())
    };
    site.object(vec![
        site.member("id", target.id_value(site.span())),
        site.member("subscriptionId", target.subscription.clone()),
        site.member(
            "tenantId",
            site.string(Text::clone(&run.environment.tenant_id)),
        ),
        site.member("displayName", display_name),
    ])
}

fn tenant(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let mut target = scope(run, site, &[])?.target.clone();
    target.kind = ScopeKind::Tenant;
    target.settle_id();
    let id = Text::clone(&run.environment.tenant_id);
    target.id = format!("/tenants/{id}").into();
    site.object(vec![
        site.member(
            "countryCode",
            target.unknown_fact("countryCode", site.span()),
        ),
        site.member(
            "displayName",
            target.unknown_fact("displayName", site.span()),
        ),
        site.member("id", site.string(Text::clone(&target.id))),
        site.member("tenantId", site.string(id)),
    ])
}

fn management_group(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let target = &scope(run, site, &[ScopeKind::ManagementGroup])?.target;
    let tenant = site.string(Text::clone(&run.environment.tenant_id));
    let properties = vec![
        site.member("details", target.unknown_fact("details", site.span())),
        site.member(
            "displayName",
            target.unknown_fact("displayName", site.span()),
        ),
        site.member("tenantId", tenant),
    ];
    site.object(vec![
        site.member("id", target.id_value(site.span())),
        site.member("name", target.management_group.clone()),
        site.member(
            "type",
            site.string("/providers/Microsoft.Management/managementGroups"),
        ),
        site.member("properties", site.object(properties)?),
    ])
}

fn deployer(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let mut target = scope(run, site, &[])?.target.clone();
    target.id = Text::from("deployer()");
    let tenant = site.string(Text::clone(&run.environment.tenant_id));
    let fact = |name: &str| site.member(name, target.unknown_fact(name, site.span()));
    site.object(vec![
        fact("objectId"),
        site.member("tenantId", tenant),
        fact("userPrincipalName"),
    ])
}

fn deployment(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let scope = scope(run, site, &[])?;
    let mut facts = scope.target.clone();
    facts.id = Text::from("deployment()");
    let fact = |name: &str| site.member(name, facts.unknown_fact(name, site.span()));
    let mut template: Vec<Member> = Vec::new();
    for name in ["$schema", "contentVersion", "languageVersion"] {
        if let Some(value) = scope.root.get(name) {
            template.push(site.member(name, value.clone()));
        }
    }
    let mut given = Vec::new();
    for parameter in scope.parameters.values() {
        if let Some(GivenContent::Value(value)) = parameter.given.as_ref().map(|it| &it.content)
            && !crate::arm::parameter::is_secure(&scope.root, &parameter.declaration)
        {
            let value = site.object(vec![site.member("value", value.clone())])?;
            given.push(site.member(Text::clone(&parameter.name), value));
        }
    }
    let mut properties = vec![
        site.member("template", site.object(template)?),
        fact("templateHash"),
        site.member("parameters", site.object(given)?),
        site.member("mode", site.string("Incremental")),
        site.member("provisioningState", site.string("Accepted")),
    ];
    match &scope.link {
        Some(link) => properties.push(site.member("templateLink", link.clone())),
        // How the outermost template will be handed to Azure is not in it.
        None if scope.is_outermost => properties.push(fact("templateLink")),
        None => {}
    }
    let mut members = vec![site.member("name", scope.name.clone())];
    if scope.target.kind != ScopeKind::ResourceGroup {
        members.push(site.member("location", scope.target.location.clone()));
    }
    members.push(site.member("properties", site.object(properties)?));
    site.object(members)
}

fn environment(run: &mut Evaluator<'_>, site: &Site<'_>, _: &[Value]) -> Outcome {
    let cloud = cloud::find(&run.environment.cloud);
    let text = |name: &str, value: &str| site.member(name, site.string(value));
    let audiences = cloud.audiences.iter().map(|it| site.string(*it)).collect();
    let authentication = vec![
        text("loginEndpoint", cloud.login_endpoint),
        site.member("audiences", site.array(audiences)?),
        text("tenant", "common"),
        text("identityProvider", "AAD"),
    ];
    let suffixes = cloud.suffixes.iter().map(|(name, value)| text(name, value));
    let mut members = vec![text("name", cloud.name)];
    members.extend(
        cloud
            .endpoints
            .iter()
            .map(|(name, value)| text(name, value)),
    );
    members.push(site.member("authentication", site.object(authentication)?));
    members.push(site.member("suffixes", site.object(suffixes.collect())?));
    site.object(members)
}
