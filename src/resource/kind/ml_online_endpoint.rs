//! Online endpoints and their deployments.
//!
//! Template reference: `Microsoft.MachineLearningServices/workspaces/onlineEndpoints`.
//! Read: `publicNetworkAccess`, `authMode`, `compute`, the deployments' `endpointComputeType`, and
//! the workspace's selected addresses.
//! Absent: the endpoint is open, whatever the workspace's own switch says, and takes keys.
//! Not modelled: where an endpoint on Kubernetes listens, which its cluster decides; the
//! deployments' `egressPublicNetworkAccess`, which is about the way out.

use super::doubt::{doubt_about, undecided};
use super::firewall::Firewall;
use super::host::region;
use super::ml_workspace::{GROUP, deciding, selected_addresses};
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Governing, Setting};
use crate::source::Span;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
        display: "Online endpoint",
        icon: "online-endpoint",
        zone: Zone::Platform,
        asset: Asset::MachineLearning,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind {
        icon: "online-endpoint",
        asset: Asset::MachineLearning,
        ..Kind::modelled_part(
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "Online deployment",
        )
    },
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let name = context.resource.short_name();
    let region = region(context);
    vec![door(
        "main",
        vec![format!("{name}.{region}.inference.ml.azure.com")],
        ServiceSet::tcp(443),
        admission(context),
        &[GROUP],
        authentication(context),
    )]
}

fn admission(context: &DoorContext<'_>) -> AccessList {
    if let Some(span) = on_kubernetes(context) {
        let doubt = Doubt::outside(
            "kubernetes-endpoint",
            format!("{span:?}|kubernetes endpoint"),
            "the endpoint stands on Kubernetes, where the cluster's load balancer decides",
            "the addresses on which the cluster's scoring service listens",
            span,
        )
        .with_command("kubectl get service --namespace azureml --output json");
        let evidence = Evidence::stated(span, "the endpoint stands on Kubernetes");
        return undecided(context, doubt, &evidence);
    }
    let access = context.properties().at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    let mut proofs = vec![shows("publicNetworkAccess", &access, "Enabled")];
    match &context.governing {
        Governing::By(workspace) => {
            // The workspace's selected addresses count, even while its own public side is closed.
            let mut rules = Firewall::new(deciding(workspace));
            selected_addresses(&mut rules);
            rules
                .finish()
                .entries()
                .iter()
                .for_each(|entry| firewall.push(entry.clone()));
        }
        Governing::Outside(span) => proofs.push(Evidence::assumed(
            *span,
            "the workspace, which is not among the inputs, selects no addresses",
        )),
        Governing::Nothing => {}
    }
    firewall.allow_all(proofs);
    firewall.finish()
}

/// Where it says that the endpoint stands on a Kubernetes cluster.
fn on_kubernetes(context: &DoorContext<'_>) -> Option<Span> {
    let compute = context.properties().at("compute").symbol();
    if let Setting::Stated(_, span) = compute {
        return Some(span);
    }
    context.of_segment("deployments").find_map(|deployment| {
        let kind = deployment.properties().at("endpointComputeType").text();
        (kind.is("Kubernetes") == Some(true)).then(|| kind.span())
    })
}

fn authentication(context: &DoorContext<'_>) -> Authentication {
    let mode = context.properties().at("authMode").text();
    let modes = [
        ("Key", AuthenticationMode::SharedKey),
        ("AMLToken", AuthenticationMode::AmlToken),
        ("AADToken", AuthenticationMode::Entra),
    ];
    let mut proof = Proof::new(context);
    for (word, accepted) in modes {
        let is_word = |text: &str| text.eq_ignore_ascii_case(word);
        let holds = if mode.is_absent() {
            Some(word == "Key")
        } else {
            mode.satisfies(is_word)
        };
        proof = match holds {
            Some(true) => proof.accept(accepted, shows("authMode", &mode, "Key")),
            Some(false) => proof,
            None => {
                let words = ["Key", "AMLToken", "AADToken"];
                proof.doubt(
                    accepted,
                    doubt_about(context, &mode, "authMode", &words, is_word),
                )
            }
        };
    }
    proof.finish()
}
