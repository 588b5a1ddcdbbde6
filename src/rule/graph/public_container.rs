//! Containers that anyone may read.

use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;
use crate::rule::{Ruling, Severity};

/// SL-STG-002.
pub(in crate::rule) static CONTAINER_READABLE_BY_ANYONE: Rule = Rule {
    id: "SL-STG-002",
    name: "container-readable-by-anyone",
    title: "Container readable without sign-in",
    topic: Topic::Storage,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts/blobServices/containers"],
    controls: &["NS-2", "DP-2"],
    references: "checkov: CKV_AZURE_34; psrule: Azure.Storage.BlobAccessType (AZR-000199); kics: \
        a0ab985d-660b-41f7-ac81-70957ee8e627; atlas: AML.T0035; owasp-llm: LLM02",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a container gives what is in it to anyone without sign-in.",
        matters: "Crawlers list public containers all day. What was training data in the morning \
            is a download in the evening.",
        pass: "`publicAccess` is `None` or absent, which means that.",
        fail: "It is `Blob` or `Container`. It counts as critical where the account allows it and \
            the internet reaches the account, and as low where the account forbids it.",
        unknown: "A parameter decides `publicAccess`.",
    },
    remedy: Remedy {
        text: "Set `publicAccess` to `None`.",
        edits: &[],
        cli: "az storage container set-permission --name <container> --account-name <account> \
            --public-access off",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Storage/storageAccounts/blobServices/containers",
            "apiVersion": "2023-05-01", "name": "acct/default/datasets",
            "properties": {"publicAccess": "Blob"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"allowBlobPublicAccess": true}}]"#,
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts/blobServices/containers",
            "apiVersion": "2023-05-01", "name": "acct/default/datasets",
            "properties": {"publicAccess": "None"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"allowBlobPublicAccess": true}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const IS_PUBLIC: Condition = property(
    "properties.publicAccess",
    Is(&["Blob", "Container"]),
    Means("None"),
);
const ACCOUNT_FORBIDS: Condition =
    property("properties.allowBlobPublicAccess", Is(&["false"]), Not);
const ACCOUNT_ALLOWS: Condition = property("properties.allowBlobPublicAccess", Is(&["true"]), Not);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let public = IS_PUBLIC.ask(scene);
    let account = scene.ancestor("Microsoft.Storage/storageAccounts");
    let of_account = account.map(|(index, account)| Scene::new(scene.context, index, account));
    let holds = |condition: &Condition| {
        of_account
            .as_ref()
            .is_some_and(|account| condition.ask(account).is_yes())
    };
    let reached =
        || account.is_some_and(|(index, _)| internet_reaches(scene.context, index).is_yes());
    let (key, says, severity) = if holds(&ACCOUNT_FORBIDS) {
        let says = "it is set to be public, which the account forbids";
        ("forbidden-by-account", says, Severity::Low)
    } else if holds(&ACCOUNT_ALLOWS) && reached() {
        (
            "readable",
            "anyone on the internet reads it",
            Severity::Critical,
        )
    } else {
        (
            "public",
            "it is set to be read without sign-in",
            Severity::High,
        )
    };
    ruling.judge_at(key, says, Some(severity), public);
}
