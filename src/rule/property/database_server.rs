//! Relational database servers.

use crate::rule::prelude::*;

/// SL-DATA-002.
pub(in crate::rule) static SQL_OPEN_OR_PASSWORD: Rule = Rule {
    id: "SL-DATA-002",
    name: "sql-open-or-password",
    title: "SQL server open, all-Azure rule or SQL sign-in",
    topic: Topic::DataPlatform,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Sql/servers",
        "Microsoft.Sql/servers/firewallRules",
        "Microsoft.Sql/servers/azureADOnlyAuthentications",
    ],
    controls: &["NS-2", "IM-1"],
    references: "azure-policy: 1b8ca024-1d5c-4dec-8995-b1a932b41780, \
        b3a22bc9-66de-45fb-98fa-00f5df42f41a, 7698e800-9299-47a6-b3b6-5a0fee576eed; checkov: \
        CKV_AZURE_113, CKV_AZURE_11, CKV2_AZURE_27; psrule: Azure.SQL.AllowAzureAccess \
        (AZR-000184), Azure.SQL.AADOnly (AZR-000369); kics: 6a3201a5-1630-494b-b294-3129d06b0eca; \
        nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a SQL server keeps its public side, lets all of Azure or the internet \
            in, or signs in by password.",
        matters: "`0.0.0.0` to `0.0.0.0` looks like nothing and means every customer of Azure; \
            with SQL sign-in one guessed password is then enough.",
        pass: "`publicNetworkAccess` is `Disabled`, no rule spans all of Azure or the internet, \
            and only Entra signs in.",
        fail: "Public access is on or absent, which means on; a firewall rule is `0.0.0.0` to \
            `0.0.0.0` or ends at `255.255.255.255`; or Entra-only sign-in is not on, in the \
            server or beside it.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled`, delete the rule and set \
            `azureADOnlyAuthentication` to true.",
        edits: &[
            set("properties.publicNetworkAccess", r#""Disabled""#),
            set(
                "properties.administrators",
                r#"{"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": true, "login": "sql-admins", "sid": "11111111-1111-1111-1111-111111111111"}"#,
            ),
        ],
        cli: "az sql server update --name <server> --resource-group <group> \
            --enable-public-network false && az sql server ad-only-auth enable --name <server> \
            --resource-group <group>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Sql/servers", "apiVersion": "2023-08-01-preview", "name": "sql",
            "properties": {"administratorLogin": "sqladmin", "publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "its public side is on",
                property(
                    "properties.publicNetworkAccess",
                    IsNot(&["Disabled", "SecuredByPerimeter"]),
                    Means("Enabled"),
                ),
            )
            .on(&["Microsoft.Sql/servers"]),
            part(
                "sql-sign-in",
                "passwords of its own are accepted",
                property_or(
                    "properties.administrators.azureADOnlyAuthentication",
                    &[Elsewhere {
                        segment: "azureADOnlyAuthentications",
                        name: "Default",
                        path: "properties.azureADOnlyAuthentication",
                    }],
                    IsNot(&["true"]),
                    Means("false"),
                ),
            )
            .on(&["Microsoft.Sql/servers"]),
            part(
                "all-azure",
                "it admits every customer of Azure",
                All(&[
                    property("properties.startIpAddress", Is(&["0.0.0.0"]), Not),
                    property("properties.endIpAddress", Is(&["0.0.0.0"]), Not),
                ]),
            )
            .on(&["Microsoft.Sql/servers/firewallRules"]),
            part(
                "whole-internet",
                "it admits the whole internet",
                property("properties.endIpAddress", Is(&["255.255.255.255"]), Not),
            )
            .on(&["Microsoft.Sql/servers/firewallRules"]),
            part(
                "sql-sign-in",
                "passwords of the server are accepted",
                property(
                    "properties.azureADOnlyAuthentication",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            )
            .on(&["Microsoft.Sql/servers/azureADOnlyAuthentications"]),
        ],
    }),
    question: None,
};

/// SL-DATA-003.
pub(in crate::rule) static POSTGRES_OPEN_OR_PASSWORD: Rule = Rule {
    id: "SL-DATA-003",
    name: "postgres-open-or-password",
    title: "PostgreSQL (pgvector) open or password sign-in",
    topic: Topic::DataPlatform,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
    ],
    controls: &["NS-2", "IM-1"],
    references: "azure-policy: 5e1de0e3-42cb-4ebc-a86d-61d0c619ca48, \
        5375a5bb-22c6-46d7-8a43-83417cfb4460, fa498b91-8a7e-4710-9578-da944c68d1fe; checkov: \
        CKV_AZURE_68; psrule: Azure.PostgreSQL.AllowAzureAccess (AZR-000150), \
        Azure.PostgreSQL.AADOnly; owasp-llm: LLM08; cis: 5.2.5",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a PostgreSQL server, which often keeps vectors, has a public side, lets \
            all of Azure in, or signs in by password.",
        matters: "Vectors can be turned back into text. A public server with passwords is tried \
            by robots all day.",
        pass: "The server stands in a delegated subnet or has public access off, no rule is \
            `0.0.0.0`, and passwords are off.",
        fail: "There is no delegated subnet and public access is not `Disabled`; a rule starts \
            and ends at `0.0.0.0`, or spans the internet; or `authConfig.passwordAuth` is not \
            `Disabled`, absent meaning on.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Use private access and set `authConfig.passwordAuth` to `Disabled`.",
        edits: &[
            set("properties.network.publicNetworkAccess", r#""Disabled""#),
            set(
                "properties.authConfig",
                r#"{"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled"}"#,
            ),
        ],
        cli: "az postgres flexible-server update --name <server> --resource-group <group> \
            --public-access Disabled --microsoft-entra-auth Enabled --password-auth Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.DBforPostgreSQL/flexibleServers", "apiVersion": "2024-08-01",
            "name": "vectors", "properties": {"version": "16",
            "network": {"publicNetworkAccess": "Enabled"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "its public side is on",
                All(&[
                    property(
                        "properties.network.publicNetworkAccess",
                        IsNot(&["Disabled"]),
                        Means("Enabled"),
                    ),
                    property(
                        "properties.network.delegatedSubnetResourceId",
                        Empty,
                        AbsentHolds,
                    ),
                ]),
            )
            .on(&["Microsoft.DBforPostgreSQL/flexibleServers"]),
            part(
                "password",
                "passwords are accepted",
                property(
                    "properties.authConfig.passwordAuth",
                    IsNot(&["Disabled"]),
                    Means("Enabled"),
                ),
            )
            .on(&["Microsoft.DBforPostgreSQL/flexibleServers"]),
            part(
                "all-azure",
                "it admits every customer of Azure",
                All(&[
                    property("properties.startIpAddress", Is(&["0.0.0.0"]), Not),
                    property("properties.endIpAddress", Is(&["0.0.0.0"]), Not),
                ]),
            )
            .on(&["Microsoft.DBforPostgreSQL/flexibleServers/firewallRules"]),
            part(
                "whole-internet",
                "it admits the whole internet",
                property("properties.endIpAddress", Is(&["255.255.255.255"]), Not),
            )
            .on(&["Microsoft.DBforPostgreSQL/flexibleServers/firewallRules"]),
        ],
    }),
    question: None,
};
