//! Foundry agents and what they are connected to.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Reader;
use crate::rule::prelude::*;

/// SL-AOAI-019.
pub(in crate::rule) static AGENTS_OUTSIDE_NETWORK: Rule = Rule {
    id: "SL-AOAI-019",
    name: "agents-outside-network",
    title: "Foundry agents run outside your vnet",
    topic: Topic::AiServices,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-1", "NS-2"],
    references: "atlas: AML.T0086; owasp-llm: LLM06",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether agents of a Foundry account run in a subnet of your own.",
        matters: "Agents call tools with what they have read. In your subnet, your firewall and \
            routes decide where that may go; outside it nothing does.",
        pass: "`networkInjections` has an entry of scenario `agent` with a subnet. Only accounts \
            of kind `AIServices` that hold projects are asked.",
        fail: "There is no such entry, or it uses the network of Microsoft's.",
        unknown: "The injections, or the subnet's switch, are a parameter.",
    },
    remedy: Remedy {
        text: "Make the account with a network injection of scenario `agent` into a delegated \
            subnet.",
        edits: &[set(
            "properties.networkInjections",
            r#"[{"scenario": "agent", "subnetArmId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/agents", "useMicrosoftManagedNetwork": false}]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "AIServices", "properties": {"allowProjectManagement": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: All(&[
            property("kind", Is(&["AIServices"]), Not),
            property(
                "properties.allowProjectManagement",
                Is(&["true"]),
                Means("false"),
            ),
        ]),
        parts: &[part(
            "outside",
            "its agents run outside your network",
            Custom(lacks_agent_subnet),
        )],
    }),
    question: None,
};

/// SL-AOAI-020.
pub(in crate::rule) static FOUNDRY_CONNECTION_STORES_KEY: Rule = Rule {
    id: "SL-AOAI-020",
    name: "foundry-connection-stores-key",
    title: "Foundry connection keeps a key or is shared with everyone",
    topic: Topic::AiServices,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.CognitiveServices/accounts/connections",
        "Microsoft.CognitiveServices/accounts/projects/connections",
    ],
    controls: &["IM-3", "IM-8"],
    references: "atlas: AML.T0083, AML.T0098",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether a connection of a Foundry account or project signs in with a stored key, \
            and who may use it.",
        matters: "An agent with such a connection acts with the key's full rights, whoever talks \
            to it. Shared with all projects, one careless agent is enough.",
        pass: "`authType` is `AAD` or another that stores no secret.",
        fail: "`authType` is `ApiKey`, `AccountKey`, `AccessKey`, `CustomKeys`, `PAT` or `SAS`; \
            it counts as critical where `isSharedToAll` is true.",
        unknown: "`authType` is absent or a parameter.",
    },
    remedy: Remedy {
        text: "Set `authType` to `AAD`, give the project's identity the role it needs, and set \
            `isSharedToAll` to false.",
        edits: &[set("properties.authType", r#""AAD""#)],
        cli: "az rest --method put --url <connection id>?api-version=2025-06-01 --body \
            @connection.json  # with authType AAD",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/connections",
            "apiVersion": "2025-06-01", "name": "ai/search",
            "properties": {"category": "CognitiveSearch",
            "target": "https://search.search.windows.net", "authType": "ApiKey"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "stored-key",
                "it keeps a key",
                All(&[
                    STORES_KEY,
                    property("properties.isSharedToAll", IsNot(&["true"]), Means("false")),
                ]),
            ),
            part(
                "shared-key",
                "it keeps a key that every project may use",
                All(&[
                    STORES_KEY,
                    property("properties.isSharedToAll", Is(&["true"]), Means("false")),
                ]),
            )
            .at(Critical),
        ],
    }),
    question: None,
};

/// SL-AOAI-021.
pub(in crate::rule) static AGENTS_IN_SERVICE_STORES: Rule = Rule {
    id: "SL-AOAI-021",
    name: "agents-in-service-stores",
    title: "Agent threads and files in service-owned stores",
    topic: Topic::AiServices,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/projects/capabilityHosts"],
    controls: &["DP-2"],
    references: "owasp-llm: LLM02, LLM08",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether threads, files and vectors of agents are kept in stores of your own.",
        matters: "The basic set-up keeps what people told an agent, and what it read, in the \
            service's stores, outside your keys, logs and retention.",
        pass: "The capability host names storage, vector store and thread storage connections.",
        fail: "Any of `storageConnections`, `vectorStoreConnections` and \
            `threadStorageConnections` is empty or absent.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Use the standard agent set-up: connect a storage account, a search service and a \
            database of your own.",
        edits: &[
            set("properties.storageConnections", r#"["storage"]"#),
            set("properties.vectorStoreConnections", r#"["search"]"#),
            set("properties.threadStorageConnections", r#"["threads"]"#),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/projects/capabilityHosts",
            "apiVersion": "2025-06-01", "name": "ai/agents/host",
            "properties": {"capabilityHostKind": "Agents"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "files",
                "files are kept by the service",
                property("properties.storageConnections", Empty, AbsentHolds),
            ),
            part(
                "vectors",
                "vectors are kept by the service",
                property("properties.vectorStoreConnections", Empty, AbsentHolds),
            ),
            part(
                "threads",
                "threads are kept by the service",
                property("properties.threadStorageConnections", Empty, AbsentHolds),
            ),
        ],
    }),
    question: None,
};

/// SL-AOAI-022.
pub(in crate::rule) static AI_DEFENDER_OFF: Rule = Rule {
    id: "SL-AOAI-022",
    name: "ai-defender-off",
    title: "Defender for AI turned off on this account",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/defenderForAISettings"],
    controls: &["LT-1", "AI-6"],
    references: "atlas: AML.M0024",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether Defender for AI services is switched off for this one account.",
        matters: "The plan of the subscription may be on; a setting here takes the account out of \
            it, and its attacks are seen by nobody.",
        pass: "`state` is `Enabled`, or there is no setting and the subscription's plan holds.",
        fail: "`state` is `Disabled`.",
        unknown: "A parameter decides `state`.",
    },
    remedy: Remedy {
        text: "Set `state` to `Enabled`, or take the setting out.",
        edits: &[set("properties.state", r#""Enabled""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/defenderForAISettings",
            "apiVersion": "2025-06-01", "name": "ai/Default",
            "properties": {"state": "Disabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "off",
            "Defender for AI services is off for its account",
            property("properties.state", Is(&["Disabled"]), Not),
        )],
    }),
    question: None,
};

/// It signs in with a stored secret.
const STORES_KEY: Condition = property(
    "properties.authType",
    Is(&[
        "ApiKey",
        "AccountKey",
        "AccessKey",
        "CustomKeys",
        "PAT",
        "SAS",
    ]),
    Open("authType is required and not there"),
);

/// An injection of agents into a subnet.
const IS_AGENT_INJECTION: Condition = All(&[
    property("scenario", Is(&["agent"]), Not),
    property("subnetArmId", Filled, Not),
    property(
        "useMicrosoftManagedNetwork",
        IsNot(&["true"]),
        Means("false"),
    ),
]);

/// Whether no network injection puts agents into a subnet. The first preview had one injection as
/// an object, later versions have a list.
fn lacks_agent_subnet(scene: &Scene<'_>) -> Answer {
    let injections = scene.properties().at("networkInjections");
    if let Some(unknown) = injections.value().and_then(|value| value.as_unknown()) {
        return Answer::open(Doubt::of(unknown, injections.span(), "networkInjections"));
    }
    let items: Vec<Reader<'_>> = if injections.at("scenario").value().is_some() {
        vec![injections]
    } else {
        injections.items()
    };
    let found = items
        .into_iter()
        .map(|item| IS_AGENT_INJECTION.ask(&scene.at(item)));
    match Answer::any(found) {
        Answer::Yes(_) => Answer::No,
        Answer::No => {
            let says = "no network injection puts agents into a subnet";
            Answer::yes(Evidence::stated(injections.span(), says))
        }
        open @ Answer::Open(_) => open,
    }
}
