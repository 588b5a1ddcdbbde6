//! ML workspaces: plain ones, hubs, projects and feature stores.
//!
//! Template reference: `Microsoft.MachineLearningServices/workspaces`.
//! Read: `kind`, `hubResourceId`, `publicNetworkAccess`, `allowPublicAccessWhenBehindVnet`,
//! `ipAllowlist`, `networkAcls`.
//! Absent: without either switch a workspace is open, and undetermined once a private endpoint
//! leads to it. `allowPublicAccessWhenBehindVnet` counts only where `publicNetworkAccess` is absent;
//! before the API versions of July 2021, which brought that, its false says nothing of a workspace
//! without private endpoint.
//! Not modelled: `managedNetwork`, which is about the way out only; `v1LegacyMode`.

use super::doubt::{doubt_about, governed_from_outside, undocumented};
use super::firewall::Firewall;
use super::host::region;
use super::proof::Proof;
use super::shown::{closing, either_filled, filled, shows};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{
    AuthenticationMode, Door, DoorContext, Governing, PrivateEndpointState, Resource, Setting,
};
use crate::value::Text;
use std::sync::Arc;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.MachineLearningServices/workspaces",
        display: "ML workspace",
        icon: "ml-workspace",
        zone: Zone::Platform,
        asset: Asset::MachineLearning,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        governed_by: Some(hub),
    },
    Kind::modelled_part(
        "Microsoft.MachineLearningServices/workspaces/connections",
        "Connection",
    ),
    Kind::modelled_part(
        "Microsoft.MachineLearningServices/workspaces/datastores",
        "Datastore",
    ),
    Kind::modelled_part(
        "Microsoft.MachineLearningServices/workspaces/outboundRules",
        "Outbound rule of the managed network",
    ),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/linkedServices",
        "Linked service",
    ),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/capabilityHosts",
        "Capability host",
    ),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/schedules",
        "Schedule",
    ),
    Kind::part("Microsoft.MachineLearningServices/workspaces/jobs", "Job"),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/data",
        "Data asset",
    ),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/environments",
        "Environment",
    ),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/models",
        "Model",
    ),
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

/// The private link group of a workspace and of everything in it.
pub(super) const GROUP: &str = "amlworkspace";

/// The hub of a project.
fn hub(workspace: &Resource) -> Setting<Text> {
    workspace.properties().at("hubResourceId").symbol()
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let region = region(context);
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "a workspace takes Entra tokens only",
    );
    vec![door(
        "main",
        vec![
            format!("{region}.api.azureml.ms"),
            format!("{{workspace}}.workspace.{region}.api.azureml.ms"),
        ],
        ServiceSet::tcp(443),
        admission(context),
        &[GROUP],
        proof.finish(),
    )]
}

/// Whom the public side of the workspace of `context` lets in. A project's is its hub's.
pub(super) fn admission(context: &DoorContext<'_>) -> AccessList {
    let is_project = context.kind().is("Project") == Some(true);
    match &context.governing {
        Governing::By(hub) => own_admission(hub),
        Governing::Outside(span) => governed_from_outside(context, "the project's hub", *span),
        Governing::Nothing if is_project => {
            governed_from_outside(context, "the project's hub", context.resource.span)
        }
        Governing::Nothing => own_admission(context),
    }
}

/// The workspace whose settings count for that of `context`: a project's hub, else itself.
pub(super) fn deciding<'c, 'a>(context: &'c DoorContext<'a>) -> &'c DoorContext<'a> {
    context.governor().unwrap_or(context)
}

/// The doors of what answers through the workspace that governs `context`: whom that lets in.
pub(super) fn admission_of_workspace(context: &DoorContext<'_>) -> AccessList {
    match context.governor() {
        Some(workspace) => admission(workspace),
        None => governed_from_outside(context, "the ML workspace", context.resource.span),
    }
}

fn own_admission(context: &DoorContext<'_>) -> AccessList {
    let access = context.properties().at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    if access.is_absent() {
        absent_access(&mut firewall);
    } else {
        firewall.public_network_access("publicNetworkAccess", &access);
    }
    selected_addresses(&mut firewall);
    firewall.allow_all(vec![opener(context)]);
    firewall.finish()
}

/// What shows that the workspace is open.
fn opener(context: &DoorContext<'_>) -> Evidence {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let older = properties.at("allowPublicAccessWhenBehindVnet").boolean();
    if access.is_absent() && !older.is_absent() {
        let mut shown = shows("allowPublicAccessWhenBehindVnet", &older, "false");
        // The newer property overrides the older one, where the version knows it.
        if context.api_version_at_least("2021-07-01") != Some(false) {
            shown.remedy = closing("publicNetworkAccess", &access).map(Arc::new);
        }
        shown
    } else {
        shows("publicNetworkAccess", &access, "Enabled")
    }
}

/// Closes the workspace where the older switch or a private endpoint does, with
/// `publicNetworkAccess` absent.
fn absent_access(firewall: &mut Firewall<'_, '_>) {
    let context = firewall.context;
    let name = "allowPublicAccessWhenBehindVnet";
    let older = context.properties().at(name).boolean();
    match older.truth(false) {
        Some(true) => return,
        None => {
            let holds = |word: &str| word.eq_ignore_ascii_case("false");
            let doubt = doubt_about(context, &older, name, &["true", "false"], holds);
            let evidence = shows(name, &older, "false");
            firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
            return;
        }
        Some(false) => {}
    }
    let stated = !older.is_absent();
    let evidence = shows(name, &older, "false");
    match &context.private_endpoint {
        PrivateEndpointState::Approved(_) if stated => firewall.deny_all(evidence),
        PrivateEndpointState::Approved(endpoint) => {
            let doubt = undocumented(older.span(), "publicNetworkAccess")
                .with_outcomes(access_outcomes())
                .with_command(context.show_command());
            let all = AddressSet::all();
            firewall.rule(Access::Deny, &all, vec![doubt], endpoint.clone());
        }
        PrivateEndpointState::Unknown(doubt) => {
            let all = AddressSet::all();
            firewall.rule(Access::Deny, &all, vec![(**doubt).clone()], evidence);
        }
        PrivateEndpointState::None
            if stated && context.api_version_at_least("2021-07-01") != Some(false) =>
        {
            let doubt = undocumented(older.span(), "publicNetworkAccess")
                .with_outcomes(access_outcomes())
                .with_command(context.show_command());
            firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
        }
        PrivateEndpointState::None => {}
    }
}

fn access_outcomes() -> Vec<(String, bool)> {
    vec![("Enabled".into(), false), ("Disabled".into(), true)]
}

/// Refuses everyone outside the selected addresses, where the workspace has any.
///
/// "Configure a private endpoint for an Azure Machine Learning workspace": the addresses stand in
/// `networkAcls`, in earlier versions in `ipAllowlist`, and count while public access is on.
pub(super) fn selected_addresses(firewall: &mut Firewall<'_, '_>) {
    let context = firewall.context;
    let properties = context.properties();
    let (listed, acls) = (properties.at("ipAllowlist"), properties.at("networkAcls"));
    let rules = acls.at("ipRules");
    let name = "networkAcls.defaultAction";
    let action = acls.at("defaultAction").text();
    firewall.addresses("ipAllowlist", listed, "");
    if action.is("Allow") != Some(true) {
        firewall.addresses("networkAcls.ipRules", rules, "value");
    }
    let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
    if action.is_absent() {
        firewall.refuse_unlisted(
            "the selected addresses",
            &either_filled(filled(listed), filled(rules)),
        );
        return;
    }
    firewall.refuse_unlisted("ipAllowlist", &filled(listed));
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        action.satisfies(is_deny),
        shows(name, &action, "Allow"),
        || doubt_about(context, &action, name, &["Allow", "Deny"], is_deny),
    );
}
