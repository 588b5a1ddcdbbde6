//! Batch endpoints and serverless endpoints, which answer through their workspace.
//!
//! Template reference: `Microsoft.MachineLearningServices/workspaces/batchEndpoints`,
//! `…/serverlessEndpoints`.
//! Read: everything of the workspace; a serverless endpoint's `authMode`.
//! Absent: they have no switch of their own. A serverless endpoint takes keys.
//! Not modelled: that a batch endpoint made in a private workspace stays private when the workspace
//! is opened; a workspace with a private endpoint leaves it undetermined.

use super::doubt::{doubt_about, perhaps_refused, undecided};
use super::host::region;
use super::ml_workspace::{GROUP, admission_of_workspace, deciding};
use super::proof::Proof;
use super::shown::{either_filled, filled, shows};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, PrivateEndpointState};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.MachineLearningServices/workspaces/batchEndpoints",
        display: "Batch endpoint",
        doors: Some(batch_doors),
        ..ENDPOINT
    },
    Kind {
        icon: "online-endpoint",
        asset: Asset::MachineLearning,
        ..Kind::part(
            "Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments",
            "Batch deployment",
        )
    },
    Kind {
        resource_type: "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints",
        display: "Serverless endpoint",
        doors: Some(serverless_doors),
        ..ENDPOINT
    },
    Kind::part(
        "Microsoft.MachineLearningServices/workspaces/marketplaceSubscriptions",
        "Model subscription",
    ),
];

const ENDPOINT: Kind = Kind {
    icon: "online-endpoint",
    zone: Zone::Platform,
    asset: Asset::MachineLearning,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

fn batch_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "a batch endpoint takes Entra tokens only",
    );
    vec![door(
        "main",
        vec![format!(
            "{}.{}.inference.ml.azure.com",
            context.resource.short_name(),
            region(context)
        )],
        ServiceSet::tcp(443),
        batch_admission(context),
        &[GROUP],
        proof.finish(),
    )]
}

/// "Scenario: Batch endpoints with access from selected IP addresses": selected addresses are not
/// supported, and what was made private stays so.
fn batch_admission(context: &DoorContext<'_>) -> AccessList {
    let admission = admission_of_workspace(context);
    let Some(workspace) = context.governor().map(deciding) else {
        return admission;
    };
    let properties = workspace.properties();
    let access = properties.at("publicNetworkAccess").text();
    if access.is("Disabled") == Some(true) {
        return admission;
    }
    let lists = either_filled(
        filled(properties.at("ipAllowlist")),
        filled(properties.path("networkAcls.ipRules")),
    );
    if !lists.is_absent() {
        let span = lists.span();
        let doubt = Doubt::outside(
            "selected-addresses-unsupported",
            format!("{span:?}|batch endpoint selected addresses"),
            "selected addresses of a workspace are not supported for batch endpoints",
            "a workspace without selected addresses",
            span,
        );
        let evidence = Evidence::stated(span, "the workspace selects addresses");
        return undecided(context, doubt, &evidence);
    }
    let (PrivateEndpointState::Approved(evidence), false) =
        (&workspace.private_endpoint, access.is_absent())
    else {
        return admission;
    };
    let span = evidence.span;
    let doubt = Doubt::outside(
        "endpoint-made-private",
        format!("{span:?}|batch endpoint made private"),
        "a batch endpoint made while its workspace was private stays private",
        "whether the workspace was private when the endpoint was made",
        span,
    );
    perhaps_refused(context, &admission, doubt, evidence)
}

fn serverless_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let mode = context.properties().at("authMode").text();
    let mut proof = Proof::new(context);
    for (word, accepted) in [
        ("Key", AuthenticationMode::SharedKey),
        ("AAD", AuthenticationMode::Entra),
    ] {
        // `KeyAndAAD` names both.
        let names_it = |text: &str| {
            text.to_ascii_lowercase()
                .contains(&word.to_ascii_lowercase())
        };
        let holds = if mode.is_absent() {
            Some(word == "Key")
        } else {
            mode.satisfies(names_it)
        };
        proof = match holds {
            Some(true) => proof.accept(accepted, shows("authMode", &mode, "Key")),
            Some(false) => proof,
            None => {
                let words = ["Key", "AAD"];
                proof.doubt(
                    accepted,
                    doubt_about(context, &mode, "authMode", &words, names_it),
                )
            }
        };
    }
    vec![door(
        "main",
        vec![format!(
            "{}.{}.models.ai.azure.com",
            context.resource.short_name(),
            region(context)
        )],
        ServiceSet::tcp(443),
        admission_of_workspace(context),
        &[GROUP],
        proof.finish(),
    )]
}
