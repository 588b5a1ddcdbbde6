//! Log Analytics workspaces and Application Insights, with a door each way.
//!
//! Template reference: `Microsoft.OperationalInsights/workspaces`, `Microsoft.Insights/components`,
//! `Microsoft.Insights/dataCollectionEndpoints`.
//! Read: `publicNetworkAccessForIngestion`, `publicNetworkAccessForQuery`, `disableLocalAuth`
//! (of workspaces below `features`); of data collection endpoints `networkAcls`.
//! Absent: both ways are open, and records are taken with a key.
//! Not modelled: private link scopes, whose access modes bind the clients of linked networks and
//! say nothing of who else comes in.

use super::firewall::Firewall;
use super::host::{region, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.OperationalInsights/workspaces",
        display: "Log Analytics workspace",
        doors: Some(workspace_doors),
        ..STORE
    },
    Kind {
        resource_type: "Microsoft.Insights/components",
        display: "Application Insights",
        doors: Some(component_doors),
        ..STORE
    },
    Kind {
        resource_type: "Microsoft.Insights/dataCollectionEndpoints",
        display: "Data collection endpoint",
        asset: Asset::None,
        doors: Some(collection_doors),
        ..STORE
    },
    Kind::part(
        "Microsoft.Insights/components/ProactiveDetectionConfigs",
        "Detection rule",
    ),
    Kind::part(
        "Microsoft.Insights/components/analyticsItems",
        "Saved query",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/tables",
        "Log table",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/savedSearches",
        "Saved search",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/dataSources",
        "Log source",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/linkedServices",
        "Linked service",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/linkedStorageAccounts",
        "Linked storage",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/dataExports",
        "Log export",
    ),
    Kind::part(
        "Microsoft.OperationalInsights/workspaces/storageInsightConfigs",
        "Storage insight",
    ),
    Kind::part("Microsoft.OperationalInsights/querypacks", "Query pack"),
];

const STORE: Kind = Kind {
    icon: "monitor",
    zone: Zone::Monitoring,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

const GROUPS: &[&str] = &["azuremonitor"];

fn admission(context: &DoorContext<'_>, name: &str) -> AccessList {
    let access = context.properties().path(name).text();
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&access);
    if firewall.secure(secured) {
        return firewall.finish();
    }
    firewall.public_network_access(name, &access);
    firewall.allow_all(vec![shows(name, &access, "Enabled")]);
    firewall.finish()
}

fn query_proof(context: &DoorContext<'_>) -> Authentication {
    Proof::new(context)
        .always(AuthenticationMode::Entra, "queries take Entra tokens")
        .finish()
}

fn ingestion_proof(context: &DoorContext<'_>, name: &str) -> Authentication {
    let switch = context.properties().path(name).boolean();
    Proof::new(context)
        .switch(
            AuthenticationMode::SharedKey,
            name,
            &switch,
            false,
            Some(false),
        )
        .always(
            AuthenticationMode::Entra,
            "records are taken with Entra tokens",
        )
        .finish()
}

fn two_ways(
    context: &DoorContext<'_>,
    query_hosts: Vec<String>,
    ingestion_hosts: Vec<String>,
    local_auth: &str,
) -> Vec<Door> {
    vec![
        door(
            "query",
            query_hosts,
            ServiceSet::tcp(443),
            admission(context, "publicNetworkAccessForQuery"),
            GROUPS,
            query_proof(context),
        ),
        door(
            "ingestion",
            ingestion_hosts,
            ServiceSet::tcp(443),
            admission(context, "publicNetworkAccessForIngestion"),
            GROUPS,
            ingestion_proof(context, local_auth),
        ),
    ]
}

fn workspace_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let suffix = suffix(
        context,
        [
            "opinsights.azure.com",
            "opinsights.azure.us",
            "opinsights.azure.cn",
        ],
    );
    two_ways(
        context,
        vec!["api.loganalytics.io".to_owned()],
        vec![
            format!("{{workspace}}.ods.{suffix}"),
            format!("{{workspace}}.oms.{suffix}"),
        ],
        "features.disableLocalAuth",
    )
}

fn component_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let region = region(context);
    two_ways(
        context,
        vec!["api.applicationinsights.io".to_owned()],
        vec![format!("{region}.in.applicationinsights.azure.com")],
        "DisableLocalAuth",
    )
}

fn collection_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let name = context.resource.short_name();
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "records are taken with Entra tokens",
    );
    vec![door(
        "main",
        vec![format!(
            "{name}-{{hash}}.{}.ingest.monitor.azure.com",
            region(context)
        )],
        ServiceSet::tcp(443),
        admission(context, "networkAcls.publicNetworkAccess"),
        GROUPS,
        proof.finish(),
    )]
}
