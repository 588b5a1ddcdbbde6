//! Kubernetes clusters: `Microsoft.ContainerService/managedClusters`.

use crate::rule::prelude::*;

/// SL-AKS-001.
pub(in crate::rule) static CLUSTER_API_OPEN: Rule = Rule {
    id: "SL-AKS-001",
    name: "cluster-api-open",
    title: "AKS API server open",
    topic: Topic::Aks,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerService/managedClusters"],
    controls: &["NS-2"],
    references: "azure-policy: 0e246bcf-5f6f-4f87-bc6f-775d4712c7ea, \
        040732e8-d947-40b8-95d6-854c95024bf8; checkov: CKV_AZURE_6; psrule: \
        Azure.AKS.AuthorizedIPs (AZR-000030); kics: 2583fab1-953b-4fae-bd02-4a136a6c21f9; \
        template-analyzer: TA-000023; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the cluster's API server answers any address.",
        matters: "The API server is the cluster. Open to anyone, one leaked kubeconfig or one \
            flaw in it is enough.",
        pass: "The cluster is private, or `authorizedIPRanges` lists addresses.",
        fail: "`enablePrivateCluster` is not true and `authorizedIPRanges` is empty or absent, \
            which means open, or lists the whole internet.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Make the cluster private, or list the addresses that administer it.",
        edits: &[set(
            "properties.apiServerAccessProfile.enablePrivateCluster",
            "true",
        )],
        cli: "az aks update --name <cluster> --resource-group <group> \
            --api-server-authorized-ip-ranges <range>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01",
            "name": "cluster", "properties": {"dnsPrefix": "ml",
            "apiServerAccessProfile": {"enablePrivateCluster": false}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "open",
            "its API server answers any address",
            All(&[
                property(
                    "properties.apiServerAccessProfile.enablePrivateCluster",
                    IsNot(&["true"]),
                    Means("false"),
                ),
                Any(&[
                    All(&[
                        property(
                            "properties.apiServerAccessProfile.authorizedIPRanges",
                            Empty,
                            AbsentHolds,
                        ),
                        property("properties.apiServerAuthorizedIPRanges", Empty, AbsentHolds),
                    ]),
                    property(
                        "properties.apiServerAccessProfile.authorizedIPRanges",
                        Holds(&["0.0.0.0/0"]),
                        Not,
                    ),
                ]),
            ]),
        )],
    }),
    question: None,
};

/// SL-AKS-002.
pub(in crate::rule) static CLUSTER_LOCAL_ACCOUNTS: Rule = Rule {
    id: "SL-AKS-002",
    name: "cluster-local-accounts",
    title: "AKS local accounts, no Entra or no Kubernetes RBAC",
    topic: Topic::Aks,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerService/managedClusters"],
    controls: &["IM-1", "PA-7"],
    references: "azure-policy: 993c2fcd-2b29-49d2-9eb0-df2c3a730c32, \
        450d2877-ebea-41e8-b00c-e286317d21bf, ac4a19c2-fa67-49b4-8ae5-0b2e78c49457; checkov: \
        CKV_AZURE_141, CKV_AZURE_5; psrule: Azure.AKS.LocalAccounts (AZR-000031), \
        Azure.AKS.ManagedAAD (AZR-000029), Azure.AKS.UseRBAC (AZR-000038); kics: \
        9307a2ed-35c2-413d-94de-a1a0682c2158; template-analyzer: TA-000024; nist: AC-3(7)",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether people sign in to the cluster by Entra, without a shared administrator, \
            and with rights of their own.",
        matters: "The local administrator's certificate is the whole cluster for whoever may list \
            it, names nobody and cannot be withdrawn.",
        pass: "`disableLocalAccounts` is true, `aadProfile` is set and Kubernetes RBAC is on.",
        fail: "Local accounts are on, absent meaning on; `aadProfile` is absent; or `enableRBAC` \
            is false.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Set `disableLocalAccounts` to true with an `aadProfile`.",
        edits: &[
            set("properties.disableLocalAccounts", "true"),
            set(
                "properties.aadProfile",
                r#"{"managed": true, "enableAzureRBAC": true}"#,
            ),
            set("properties.enableRBAC", "true"),
        ],
        cli: "az aks update --name <cluster> --resource-group <group> --enable-aad \
            --disable-local-accounts",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01",
            "name": "cluster", "properties": {"dnsPrefix": "ml", "enableRBAC": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "local-accounts",
                "local accounts are on",
                property(
                    "properties.disableLocalAccounts",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            ),
            part(
                "no-entra",
                "it does not sign in by Entra",
                property("properties.aadProfile", Nothing, AbsentHolds),
            ),
            part(
                "no-rbac",
                "Kubernetes RBAC is off",
                property("properties.enableRBAC", Is(&["false"]), Means("true")),
            ),
        ],
    }),
    question: None,
};

/// SL-AKS-003.
pub(in crate::rule) static CLUSTER_WITHOUT_NETWORK_POLICY: Rule = Rule {
    id: "SL-AKS-003",
    name: "cluster-without-network-policy",
    title: "AKS without network policy",
    topic: Topic::Aks,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerService/managedClusters"],
    controls: &["NS-1"],
    references: "checkov: CKV_AZURE_7; psrule: Azure.AKS.NetworkPolicy (AZR-000027); kics: \
        25c0228e-4444-459b-a2df-93c7df40b7ed",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether pods of the cluster can be kept apart.",
        matters: "Without a network policy engine every pod reaches every other, so that the \
            weakest workload is the way to the model.",
        pass: "`networkProfile.networkPolicy` is `azure`, `calico` or `cilium`.",
        fail: "`networkProfile.networkPolicy` is absent or `none`.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Make the cluster with a network policy engine and write policies.",
        edits: &[set("properties.networkProfile.networkPolicy", r#""azure""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01",
            "name": "cluster", "properties": {"dnsPrefix": "ml",
            "networkProfile": {"networkPlugin": "azure"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "none",
            "its pods cannot be kept apart",
            property(
                "properties.networkProfile.networkPolicy",
                Is(&["none"]),
                Means("none"),
            ),
        )],
    }),
    question: None,
};

/// SL-AKS-004.
pub(in crate::rule) static CLUSTER_WITHOUT_GUARDS: Rule = Rule {
    id: "SL-AKS-004",
    name: "cluster-without-guards",
    title: "AKS without Defender profile, policy add-on or workload identity",
    topic: Topic::Aks,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerService/managedClusters"],
    controls: &["LT-1", "PV-2", "IM-3", "LT-2"],
    references: "azure-policy: a1840de2-8088-4ea8-b153-b4c723e9cb01, \
        0a15ec92-a229-4763-bb14-0ea34a568f8d, 2cc2e023-0dac-4046-875b-178f683929d5; psrule: \
        Azure.AKS.DefenderProfile (AZR-000370), Azure.AKS.AzurePolicyAddOn (AZR-000028); nist: \
        CM-6",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether the cluster has Defender, the policy add-on and workload identity.",
        matters: "They see attacks, refuse unsafe pods, and give pods identities of their own \
            instead of the node's.",
        pass: "All three are enabled.",
        fail: "`securityProfile.defender`, the add-on `azurepolicy` or \
            `securityProfile.workloadIdentity` is not enabled.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Enable Defender, the policy add-on and workload identity on the cluster.",
        edits: &[
            set(
                "properties.securityProfile.defender",
                r#"{"securityMonitoring": {"enabled": true}}"#,
            ),
            set(
                "properties.addonProfiles.azurepolicy",
                r#"{"enabled": true}"#,
            ),
            set(
                "properties.securityProfile.workloadIdentity",
                r#"{"enabled": true}"#,
            ),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01",
            "name": "cluster", "properties": {"dnsPrefix": "ml", "addonProfiles": {},
            "securityProfile": {}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-defender",
                "Defender does not watch it",
                All(&[
                    property(
                        "properties.securityProfile.defender.securityMonitoring.enabled",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    property(
                        "properties.securityProfile.azureDefender.enabled",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                ]),
            ),
            part(
                "no-policy",
                "the policy add-on is off",
                property(
                    "properties.addonProfiles.azurepolicy.enabled",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            ),
            part(
                "no-workload-identity",
                "workload identity is off",
                property(
                    "properties.securityProfile.workloadIdentity.enabled",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            ),
        ],
    }),
    question: None,
};
