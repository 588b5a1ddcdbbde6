//! Databases that AI workloads keep text, vectors and threads in.

use crate::rule::prelude::*;

/// SL-DATA-001.
pub(in crate::rule) static COSMOS_OPEN_OR_KEYED: Rule = Rule {
    id: "SL-DATA-001",
    name: "cosmos-open-or-keyed",
    title: "Cosmos account open or keyed (vector or thread store)",
    topic: Topic::DataPlatform,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.DocumentDB/databaseAccounts"],
    controls: &["NS-2", "IM-1"],
    references: "azure-policy: 797b37f7-06b8-444c-b1ad-fc62867f335a, \
        862e97cf-49fc-4a5c-9de4-40d4e2e7c8eb, 12339a85-a25c-4f17-9f82-4766f13f5c4c, \
        5450f5bd-9c72-4390-a9c4-a7aba4edfdd2, 58440f8a-10c5-4151-bdce-dfbaad4a20b7; checkov: \
        CKV_AZURE_101, CKV_AZURE_99, CKV_AZURE_140; psrule: Azure.Cosmos.PublicAccess \
        (AZR-000421), Azure.Cosmos.DisableLocalAuth; owasp-llm: LLM08; cis: 5.4.2; nist: AC-4, \
        SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a Cosmos DB account, which often keeps vectors and agents' threads, is \
            open to the internet or to all of Azure, and whether keys open it.",
        matters: "Threads hold what people told the assistant. A key reads and writes them all, \
            and an entry `0.0.0.0` lets every customer of Azure knock.",
        pass: "Public access is off or narrowed by addresses or subnets, none of them `0.0.0.0`, \
            and `disableLocalAuth` is true.",
        fail: "Public access is on with no address and no subnet rule, absent meaning open; an \
            address rule is `0.0.0.0`; or `disableLocalAuth` is not true.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` and `disableLocalAuth` to true.",
        edits: &[
            set("properties.publicNetworkAccess", r#""Disabled""#),
            set("properties.disableLocalAuth", "true"),
        ],
        cli: "az cosmosdb update --name <account> --resource-group <group> \
            --public-network-access DISABLED --disable-local-auth true  # the second by az \
            resource update where the command lacks it",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15",
            "name": "threads", "kind": "GlobalDocumentDB",
            "properties": {"databaseAccountOfferType": "Standard",
            "publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "it admits any address",
                All(&[
                    NOT_DISABLED,
                    property("properties.ipRules", Empty, AbsentHolds),
                    property("properties.ipRangeFilter", Empty, AbsentHolds),
                    property("properties.virtualNetworkRules", Empty, AbsentHolds),
                ]),
            ),
            part(
                "all-azure",
                "it admits every customer of Azure",
                All(&[
                    NOT_DISABLED,
                    Any(&[
                        AnyItem(
                            "properties.ipRules",
                            &property("ipAddressOrRange", Is(&["0.0.0.0"]), Not),
                        ),
                        property("properties.ipRangeFilter", Holds(&["0.0.0.0"]), Not),
                    ]),
                ]),
            ),
            part(
                "keys",
                "its keys are accepted",
                All(&[
                    property(
                        "properties.disableLocalAuth",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    property("kind", IsNot(&["MongoDB"]), AbsentHolds),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-DATA-004.
pub(in crate::rule) static REDIS_OPEN_OR_KEYED: Rule = Rule {
    id: "SL-DATA-004",
    name: "redis-open-or-keyed",
    title: "Redis (cache or vector) open, keyed or plaintext",
    topic: Topic::DataPlatform,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Cache/redis", "Microsoft.Cache/redisEnterprise", "Microsoft.Cache/redisEnterprise/databases"],
    controls: &["NS-2", "IM-1", "DP-3"],
    references: "azure-policy: 470baccb-7e51-4549-8b1a-3e5be069f663, \
        3827af20-8f80-4b15-8300-6db0873ec901, 22bee202-a82f-4305-9a2a-6d7f44d4dedb; checkov: \
        CKV_AZURE_89; psrule: Azure.Redis.PublicNetworkAccess (AZR-000165), Azure.Redis.LocalAuth \
        (AZR-000496), Azure.Redis.NonSslPort (AZR-000163); template-analyzer: TA-000022; nist: \
        SC-8, SC-8(1)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a Redis cache is public, opened by keys, or spoken to in the clear.",
        matters: "Caches hold sessions, prompts and vectors, and an access key is all of it.",
        pass: "Public access is off, or a classic cache stands in a subnet; keys are off; and \
            only TLS is spoken.",
        fail: "`publicNetworkAccess` is not `Disabled`, absent meaning on; keys are not turned \
            off; or the plain port or protocol is on.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled`, use Entra and turn keys off, and keep TLS \
            on.",
        edits: &[
            set("properties.publicNetworkAccess", r#""Disabled""#),
            set("properties.disableAccessKeyAuthentication", "true"),
            set("properties.enableNonSslPort", "false"),
        ],
        cli: "az redis update --name <cache> --resource-group <group> --set \
            publicNetworkAccess=Disabled disableAccessKeyAuthentication=true \
            enableNonSslPort=false",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Cache/redis", "apiVersion": "2024-03-01", "name": "cache",
            "properties": {"sku": {"name": "Premium", "family": "P", "capacity": 1},
            "publicNetworkAccess": "Enabled", "enableNonSslPort": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part("public", "its public side is on", All(&[property("properties.publicNetworkAccess", IsNot(&["Disabled"]), Means("Enabled")), property("properties.subnetId", Empty, AbsentHolds)])).on(&["Microsoft.Cache/redis", "Microsoft.Cache/redisEnterprise"]),
            part("keys", "its keys are accepted", property("properties.disableAccessKeyAuthentication", IsNot(&["true"]), Means("false"))).on(&["Microsoft.Cache/redis"]),
            part("plain", "it is spoken to in the clear", property("properties.enableNonSslPort", Is(&["true"]), Means("false"))).on(&["Microsoft.Cache/redis"]),
            part("keys", "its keys are accepted", property("properties.accessKeysAuthentication", IsNot(&["Disabled"]), Open("whether an absent accessKeysAuthentication means on hangs on the API version"))).on(&["Microsoft.Cache/redisEnterprise/databases"]),
            part("plain", "it is spoken to in the clear", property("properties.clientProtocol", Is(&["Plaintext"]), Means("Encrypted"))).on(&["Microsoft.Cache/redisEnterprise/databases"]),
        ],
    }),
    question: None,
};

/// Public access is not turned off.
const NOT_DISABLED: Condition = property(
    "properties.publicNetworkAccess",
    IsNot(&["Disabled", "SecuredByPerimeter"]),
    Means("Enabled"),
);
