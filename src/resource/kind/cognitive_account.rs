//! AI services accounts of every kind, and Foundry projects, which answer at their account's door.
//!
//! Template reference: `Microsoft.CognitiveServices/accounts`.
//! Read: `kind`, `publicNetworkAccess`, `networkAcls`, `customSubDomainName`, `disableLocalAuth`.
//! Absent: the public side is open to every network, and keys are accepted. `networkAcls.bypass`
//! came with the API versions of 2024; an older template cannot express it and an older export does
//! not show it, and what its absence means since then is not documented.
//! Not modelled: `networkInjections`, which concern the way out of agents.

use super::account_firewall::AccountFirewall;
use super::doubt::{governed_from_outside, undocumented};
use super::host::{region, suffix};
use super::proof::Proof;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::input::Mode;
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Governing, Setting};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.CognitiveServices/accounts",
        display: "AI services account",
        doors: Some(account_doors),
        ..ACCOUNT
    },
    Kind {
        resource_type: "Microsoft.CognitiveServices/accounts/projects",
        display: "Foundry project",
        doors: Some(project_doors),
        ..ACCOUNT
    },
    Kind {
        icon: "ai-services",
        asset: Asset::MachineLearning,
        ..Kind::modelled_part(
            "Microsoft.CognitiveServices/accounts/deployments",
            "Model deployment",
        )
    },
    Kind::part(
        "Microsoft.CognitiveServices/accounts/connections",
        "Connection",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/projects/connections",
        "Connection",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/capabilityHosts",
        "Capability host",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/projects/capabilityHosts",
        "Capability host",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/raiPolicies",
        "Content policy",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/raiBlocklists",
        "Content blocklist",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/defenderForAISettings",
        "Defender for AI",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/encryptionScopes",
        "Encryption scope",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/commitmentPlans",
        "Commitment plan",
    ),
    Kind::part(
        "Microsoft.CognitiveServices/accounts/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

const ACCOUNT: Kind = Kind {
    icon: "ai-services",
    zone: Zone::Platform,
    asset: Asset::MachineLearning,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

fn account_doors(context: &DoorContext<'_>) -> Vec<Door> {
    vec![account_door(context)]
}

fn project_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let door = match &context.governing {
        Governing::By(account) => account_door(account),
        Governing::Nothing | Governing::Outside(_) => {
            let span = context.resource.span;
            let proof = Proof::new(context)
                .always(AuthenticationMode::Entra, "a project takes Entra tokens")
                .doubt(
                    AuthenticationMode::SharedKey,
                    undocumented(span, "the account's disableLocalAuth"),
                );
            door(
                "main",
                vec!["{account}.services.ai.azure.com".to_owned()],
                ServiceSet::tcp(443),
                governed_from_outside(context, "the AI account", span),
                &["account"],
                proof.finish(),
            )
        }
    };
    vec![door]
}

fn account_door(context: &DoorContext<'_>) -> Door {
    let firewall = AccountFirewall {
        bypass_when_absent: bypass_when_absent(context),
        misses_own_region: false,
    };
    door(
        "main",
        hosts(context),
        ServiceSet::tcp(443),
        firewall.of(context),
        &["account"],
        authentication(context),
    )
}

/// What an absent `networkAcls.bypass` means: nothing passes where the template's API version
/// cannot express it, and it is not certain elsewhere.
fn bypass_when_absent(context: &DoorContext<'_>) -> Option<bool> {
    let is_older = context.api_version_at_least("2024-01-01") == Some(false);
    (is_older && context.mode == Mode::Deployment).then_some(false)
}

fn hosts(context: &DoorContext<'_>) -> Vec<String> {
    let classic = suffix(
        context,
        [
            "cognitiveservices.azure.com",
            "cognitiveservices.azure.us",
            "cognitiveservices.azure.cn",
        ],
    );
    let models = suffix(
        context,
        ["openai.azure.com", "openai.azure.us", "openai.azure.cn"],
    );
    let foundry = suffix(
        context,
        [
            "services.ai.azure.com",
            "services.ai.azure.us",
            "services.ai.azure.cn",
        ],
    );
    let subdomain = context.properties().at("customSubDomainName").symbol();
    let Setting::Stated(name, _) = subdomain else {
        return vec![format!("{}.api.cognitive.microsoft.com", region(context))];
    };
    let kind = context.kind();
    let is = |word| kind.is(word) == Some(true);
    let suffixes = if is("OpenAI") {
        vec![models]
    } else if is("AIServices") {
        vec![classic, models, foundry]
    } else {
        vec![classic]
    };
    suffixes
        .into_iter()
        .map(|suffix| format!("{name}.{suffix}"))
        .collect()
}

/// Keys, and Entra tokens where the account has a name of its own: the regional host, which all
/// accounts share, takes keys only.
fn authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let name = "disableLocalAuth";
    let switch = properties.at(name).boolean();
    let proof = Proof::new(context).switch(
        AuthenticationMode::SharedKey,
        name,
        &switch,
        false,
        Some(false),
    );
    let subdomain = properties.at("customSubDomainName");
    let is_known = properties
        .value()
        .is_none_or(|value| value.as_unknown().is_none());
    let proof = match subdomain.symbol() {
        Setting::Absent(_) => proof,
        // A name that is left open is one all the same.
        Setting::Stated(_, span) if is_known => proof.accept(
            AuthenticationMode::Entra,
            Evidence::stated(
                span,
                "customSubDomainName gives the account a name of its own, which takes Entra tokens",
            ),
        ),
        Setting::Stated(..) | Setting::Unknown(..) => proof.perhaps(
            AuthenticationMode::Entra,
            "subdomain-not-known",
            "Entra tokens are taken under a name of the account's own only, which is not known",
            "customSubDomainName of the account",
        ),
    };
    proof.finish()
}
