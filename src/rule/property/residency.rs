//! Where data is kept and processed.

use crate::evidence::{Doubt, Evidence};
use crate::resource::{Reader, fold_case};
use crate::rule::Residency;
use crate::rule::prelude::*;

/// SL-AOAI-014.
pub(in crate::rule) static DEPLOYMENT_OUTSIDE_GEOGRAPHY: Rule = Rule {
    id: "SL-AOAI-014",
    name: "deployment-outside-geography",
    title: "Deployment may process data outside the declared geography",
    topic: Topic::DataResidency,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["DP-1", "DP-2"],
    references: "",
    safeguard: Some(Safeguard::Residency),
    page: Page {
        checks: "Where a model deployment may process prompts and answers, against the residency \
            that is laid down.",
        matters: "A global deployment sends each request to whichever region has room. Data stays \
            at rest where the account is, but is processed anywhere, which a promise about \
            geography usually excludes.",
        pass: "The kind of deployment is regional: `Standard` or `ProvisionedManaged`; or it is a \
            data zone and no single country is laid down. Nothing is said where no residency is \
            laid down.",
        fail: "`sku.name` starts with `Global`, or with `DataZone` where one country or region is \
            laid down.",
        unknown: "The kind of deployment is a parameter.",
    },
    remedy: Remedy {
        text: "Deploy as `Standard` or `ProvisionedManaged`, or as a data zone where that is \
            enough.",
        edits: &[set("sku.name", r#""Standard""#)],
        cli: "az cognitiveservices account deployment create --name <account> --resource-group \
            <group> --deployment-name <deployment> --model-name <model> --model-version <version> \
            --model-format OpenAI --sku-name Standard --sku-capacity 30",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "GlobalStandard",
            "capacity": 30}, "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_residency_declared),
        parts: &[
            part(
                "global",
                "its requests may be processed anywhere in the world",
                property("sku.name", Begins(&["Global"]), Not),
            ),
            part(
                "data-zone",
                "its requests may be processed anywhere in the data zone",
                All(&[
                    property("sku.name", Begins(&["DataZone"]), Not),
                    Custom(is_region_declared),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-AOAI-015.
pub(in crate::rule) static RESOURCE_OUTSIDE_ALLOWED_REGIONS: Rule = Rule {
    id: "SL-AOAI-015",
    name: "resource-outside-allowed-regions",
    title: "AI account, search or storage outside the allowed regions",
    topic: Topic::DataResidency,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &["DP-1"],
    references: "azure-policy: e56962a6-4747-49cd-b67b-bf8b01975c4c; psrule: \
        Azure.Resource.AllowedRegions (AZR-000167), Azure.ACR.ReplicaLocation, \
        Azure.Log.ReplicaLocation",
    safeguard: Some(Safeguard::Residency),
    page: Page {
        checks: "Whether resources that keep or process data, and their replicas, stand in the \
            regions that are laid down.",
        matters: "One account in the wrong region, or one replica, moves personal data under \
            another law.",
        pass: "The location, and every replica's, is in the list. Nothing is said where no list \
            is laid down.",
        fail: "The location or a replica's location is not in the list.",
        unknown: "A location hangs on a parameter or on the group that the template is deployed \
            to.",
    },
    remedy: Remedy {
        text: "Make the resource again in an allowed region; a location cannot be changed.",
        edits: &[set("location", r#""westeurope""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "location": "eastus", "sku": {"name": "basic"}, "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: All(&[Custom(is_region_list_declared), Custom(keeps_data)]),
        parts: &[
            part(
                "location",
                "it stands outside the allowed regions",
                Custom(is_outside),
            ),
            part(
                "replica",
                "a replica of it stands outside the allowed regions",
                Custom(has_replica_outside),
            ),
        ],
    }),
    question: None,
};

fn is_residency_declared(scene: &Scene<'_>) -> Answer {
    known(scene.context.settings.residency.is_some())
}

fn is_region_declared(scene: &Scene<'_>) -> Answer {
    known(scene.context.settings.residency == Some(Residency::Region))
}

fn is_region_list_declared(scene: &Scene<'_>) -> Answer {
    known(!scene.context.settings.allowed_regions.is_empty())
}

fn known(holds: bool) -> Answer {
    if holds {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}

/// Types that keep or process what people and models write.
const KEEPING: [&str; 22] = [
    "microsoft.cognitiveservices/accounts",
    "microsoft.machinelearningservices/workspaces",
    "microsoft.machinelearningservices/registries",
    "microsoft.search/searchservices",
    "microsoft.storage/storageaccounts",
    "microsoft.keyvault/vaults",
    "microsoft.containerregistry/registries",
    "microsoft.containerregistry/registries/replications",
    "microsoft.documentdb/databaseaccounts",
    "microsoft.sql/servers",
    "microsoft.sql/servers/databases",
    "microsoft.dbforpostgresql/flexibleservers",
    "microsoft.dbformysql/flexibleservers",
    "microsoft.cache/redis",
    "microsoft.cache/redisenterprise",
    "microsoft.databricks/workspaces",
    "microsoft.synapse/workspaces",
    "microsoft.datafactory/factories",
    "microsoft.eventhub/namespaces",
    "microsoft.servicebus/namespaces",
    "microsoft.operationalinsights/workspaces",
    "microsoft.insights/components",
];

fn keeps_data(scene: &Scene<'_>) -> Answer {
    let resource_type = fold_case(scene.resource.resource_type.as_str());
    known(KEEPING.contains(&&*resource_type))
}

fn is_outside(scene: &Scene<'_>) -> Answer {
    judge_place(scene, scene.resource.reader().at("location"))
}

/// Where types state the regions of their replicas.
const REPLICAS: [(&str, &str); 3] = [
    ("properties.locations", "locationName"),
    ("properties.replicationRegions", "location"),
    ("properties.regionDetails", "location"),
];

fn has_replica_outside(scene: &Scene<'_>) -> Answer {
    let body = scene.resource.reader();
    let own = judge_place(scene, body.path("properties.replication.location"));
    let listed = REPLICAS.iter().flat_map(|(list, member)| {
        let items = body.path(list).items();
        items
            .into_iter()
            .map(|item| judge_place(scene, item.at(member)))
    });
    own.or(|| Answer::any(listed))
}

fn judge_place(scene: &Scene<'_>, place: Reader<'_>) -> Answer {
    let region = place.text();
    if let Some(unknown) = region.unknown() {
        return Answer::open(Doubt::of(unknown, region.span(), "location"));
    }
    let Some(stated) = region.stated() else {
        return Answer::No;
    };
    let own = plain(stated);
    let allowed = &scene.context.settings.allowed_regions;
    let is_allowed = own == "global" || allowed.iter().any(|region| plain(region) == own);
    Answer::of(!is_allowed, || {
        Evidence::stated(region.span(), format!("location is {stated}"))
    })
}

/// A region's name without blanks and case: `West Europe` is `westeurope`.
fn plain(region: &str) -> String {
    region
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
}
