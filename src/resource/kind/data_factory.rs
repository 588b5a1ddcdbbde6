//! Data factories.
//!
//! Template reference: `Microsoft.DataFactory/factories`.
//! Read: `publicNetworkAccess`, which is about self-hosted integration runtimes; a factory has no
//! listener for data.
//! Absent: runtimes may come from every network.
//! Not modelled: linked services' targets beyond what identity needs; managed networks, which are
//! about the way out.

use super::firewall::Firewall;
use super::host::region;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::ServiceSet;
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.DataFactory/factories",
        display: "Data factory",
        icon: "data-factory",
        zone: Zone::Platform,
        asset: Asset::Compute,
        coverage: Coverage::Partial,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part("Microsoft.DataFactory/factories/pipelines", "Pipeline"),
    Kind::part("Microsoft.DataFactory/factories/datasets", "Dataset"),
    Kind::part("Microsoft.DataFactory/factories/dataflows", "Data flow"),
    Kind::part("Microsoft.DataFactory/factories/triggers", "Trigger"),
    Kind::part(
        "Microsoft.DataFactory/factories/linkedservices",
        "Linked service",
    ),
    Kind::part("Microsoft.DataFactory/factories/credentials", "Credential"),
    Kind::part(
        "Microsoft.DataFactory/factories/integrationRuntimes",
        "Integration runtime",
    ),
    Kind::part(
        "Microsoft.DataFactory/factories/managedVirtualNetworks",
        "Managed network",
    ),
    Kind::part(
        "Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints",
        "Managed private endpoint",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let name = "publicNetworkAccess";
    let access = context.properties().at(name).text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access(name, &access);
    firewall.allow_all(vec![shows(name, &access, "Enabled")]);
    let proof =
        Proof::new(context).always(AuthenticationMode::Entra, "a factory takes Entra tokens");
    let kinds = context
        .own_children("integrationRuntimes")
        .map(|runtime| runtime.properties().at("type").text());
    let proof = match kinds
        .into_iter()
        .find(|kind| kind.is("SelfHosted") == Some(true))
    {
        Some(kind) => proof.accept(
            AuthenticationMode::SharedKey,
            shows("type", &kind, "Managed"),
        ),
        None => proof.perhaps(
            AuthenticationMode::SharedKey,
            "integration-runtime-key",
            "whether a self-hosted runtime is registered by key is not in the template",
            "the factory's integration runtimes",
        ),
    };
    vec![door(
        "runtime",
        vec![format!(
            "{}.{}.datafactory.azure.net",
            context.resource.short_name(),
            region(context)
        )],
        ServiceSet::tcp(443),
        firewall.finish(),
        &["dataFactory", "portal"],
        proof.finish(),
    )]
}
