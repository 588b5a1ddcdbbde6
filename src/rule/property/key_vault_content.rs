//! Keys, secrets and policies of a key vault.

use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-KV-005.
pub(in crate::rule) static VAULT_POLICY_GRANTS_ALL: Rule = Rule {
    id: "SL-KV-005",
    name: "vault-policy-grants-all",
    title: "Access policy grants all or purge",
    topic: Topic::KeyVault,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.KeyVault/vaults",
        "Microsoft.KeyVault/vaults/accessPolicies",
    ],
    controls: &["PA-7"],
    references: "psrule: Azure.KeyVault.AccessPolicy (AZR-000118)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether an access policy grants every right, or the right to purge.",
        matters: "`all` lets an application that reads one secret delete and destroy every other. \
            `purge` undoes soft delete.",
        pass: "Every policy names the rights it needs, and none of them is `purge`.",
        fail: "The keys, secrets, certificates or storage rights of a policy hold `all` or \
            `purge`, in any case. It counts as low while roles decide and the policies lie idle.",
        unknown: "A list of rights, or of policies, is a parameter.",
    },
    remedy: Remedy {
        text: "Name the rights that the caller uses, such as `get` and `list`, or move to roles.",
        edits: &[set(
            "properties.accessPolicies.0.permissions.secrets",
            r#"["get"]"#,
        )],
        cli: "az keyvault set-policy --name <vault> --object-id <id> --secret-permissions get list",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enableRbacAuthorization": false,
            "accessPolicies": [{"tenantId": "11111111-1111-1111-1111-111111111111",
            "objectId": "22222222-2222-2222-2222-222222222222", "permissions": {"keys": [],
            "secrets": ["all"], "certificates": []}}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "grants-all",
                "an access policy grants all rights or purge",
                All(&[
                    AnyItem(
                        "properties.accessPolicies",
                        &Any(&[
                            property("permissions.keys", Holds(&["all", "purge"]), Not),
                            property("permissions.secrets", Holds(&["all", "purge"]), Not),
                            property("permissions.certificates", Holds(&["all", "purge"]), Not),
                            property("permissions.storage", Holds(&["all", "purge"]), Not),
                        ]),
                    ),
                    Unless(&ROLES_DECIDE),
                ]),
            ),
            part(
                "idle-grants-all",
                "an access policy grants all rights or purge, should roles ever be turned off",
                All(&[
                    AnyItem(
                        "properties.accessPolicies",
                        &Any(&[
                            property("permissions.keys", Holds(&["all", "purge"]), Not),
                            property("permissions.secrets", Holds(&["all", "purge"]), Not),
                            property("permissions.certificates", Holds(&["all", "purge"]), Not),
                            property("permissions.storage", Holds(&["all", "purge"]), Not),
                        ]),
                    ),
                    ROLES_DECIDE,
                ]),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// SL-KV-006.
pub(in crate::rule) static VAULT_CONTENT_NEVER_EXPIRES: Rule = Rule {
    id: "SL-KV-006",
    name: "vault-content-never-expires",
    title: "Keys or secrets never expire or rotate",
    topic: Topic::KeyVault,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.KeyVault/vaults/keys",
        "Microsoft.KeyVault/vaults/secrets",
    ],
    controls: &["DP-6", "IM-8"],
    references: "azure-policy: 152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0, \
        98728c90-32c7-4049-8429-847dc0f4fe37, d8cf8476-a2ec-4916-896e-992351803c44; checkov: \
        CKV_AZURE_40, CKV_AZURE_41; psrule: Azure.KeyVault.AutoRotationPolicy (AZR-000123); kics: \
        cff9c3f7-e8f0-455f-9fb4-5f72326da96e; cis: 3.3.1, 3.3.2, 3.3.3, 3.3.4; nist: IA-5",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether keys and secrets that the template puts in the vault end or rotate by \
            themselves.",
        matters: "A secret without an end is copied once and works for years. Rotation by policy \
            is the only kind that happens.",
        pass: "Secrets have `attributes.exp`; keys have that or an expiry in their rotation \
            policy, and a rotation policy with a `rotate` action.",
        fail: "A secret or key has no end, or a key has no `rotate` action.",
        unknown: "A parameter decides the expiry or the policy.",
    },
    remedy: Remedy {
        text: "Set `attributes.exp` and give keys a rotation policy that rotates before it.",
        edits: &[
            set("properties.attributes.exp", "1798761600"),
            set(
                "properties.rotationPolicy",
                r#"{"attributes": {"expiryTime": "P1Y"}, "lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}"#,
            ),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults/keys", "apiVersion": "2023-07-01",
            "name": "vault/signing", "properties": {"kty": "RSA", "keySize": 3072}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "secret-without-end",
                "it has no expiry",
                property("properties.attributes.exp", Empty, AbsentHolds),
            )
            .on(&["Microsoft.KeyVault/vaults/secrets"]),
            part(
                "key-without-end",
                "it has no expiry",
                property("properties.attributes.exp", Empty, AbsentHolds),
            )
            .on(&["Microsoft.KeyVault/vaults/keys"]),
            part(
                "key-without-rotation",
                "it is never rotated",
                NoItem(
                    "properties.rotationPolicy.lifetimeActions",
                    &property("action.type", Is(&["rotate"]), Not),
                    "no lifetime action rotates it",
                ),
            )
            .on(&["Microsoft.KeyVault/vaults/keys"]),
        ],
    }),
    question: None,
};

/// SL-KV-009.
pub(in crate::rule) static VAULT_OPEN_TO_DEPLOYMENT: Rule = Rule {
    id: "SL-KV-009",
    name: "vault-open-to-deployment",
    title: "Vault opened to VM deployment or template retrieval",
    topic: Topic::KeyVault,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["PA-7"],
    references: "",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether virtual machines at their creation, or template deployments, may take \
            secrets out of the vault.",
        matters: "With `enabledForTemplateDeployment`, whoever may deploy a template with the \
            vault's deploy right reads any secret through a parameter, without a data role.",
        pass: "Both flags are false or absent.",
        fail: "`enabledForDeployment` or `enabledForTemplateDeployment` is true. Where a virtual \
            machine in the inputs takes certificates at creation, the first is needed and not \
            reported.",
        unknown: "A parameter decides a flag.",
    },
    remedy: Remedy {
        text: "Set both flags to false once no deployment reads secrets that way.",
        edits: &[
            set("properties.enabledForDeployment", "false"),
            set("properties.enabledForTemplateDeployment", "false"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enabledForDeployment": true, "enabledForTemplateDeployment": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "vm-deployment",
                "virtual machines may take secrets at creation",
                All(&[
                    property(
                        "properties.enabledForDeployment",
                        Is(&["true"]),
                        Means("false"),
                    ),
                    Unless(&Custom(serves_machines)),
                ]),
            ),
            part(
                "template-deployment",
                "template deployments may take secrets",
                property(
                    "properties.enabledForTemplateDeployment",
                    Is(&["true"]),
                    Means("false"),
                ),
            ),
        ],
    }),
    question: None,
};

/// Roles decide, so that access policies lie idle; of a child resource its vault is not asked.
const ROLES_DECIDE: Condition = property("properties.enableRbacAuthorization", Is(&["true"]), Not);

/// Whether a virtual machine of the estate takes certificates from a vault when it is made.
fn serves_machines(scene: &Scene<'_>) -> Answer {
    let mut machines = scene
        .context
        .inventory
        .of_type("Microsoft.Compute/virtualMachines");
    let taking = machines.find(|(_, machine)| {
        !machine
            .properties()
            .path("osProfile.secrets")
            .items()
            .is_empty()
    });
    match taking {
        Some((_, machine)) => Answer::yes(Evidence::stated(
            machine.span,
            format!("`{}` takes certificates from a vault", machine.name),
        )),
        None => Answer::No,
    }
}
