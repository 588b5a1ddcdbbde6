//! Secrets that a deployment writes into its record.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Resource;
use crate::rule::prelude::*;
use crate::rule::written::{is_secure, templates};
use crate::rule::{Context, Ruling};
use crate::source::{FileId, Span};
use crate::value::Value;
use std::collections::BTreeMap;

/// SL-SEC-002.
pub(in crate::rule) static SECRET_LEAVES_BY_OUTPUT: Rule = Rule {
    id: "SL-SEC-002",
    name: "secret-leaves-by-output",
    title: "Output or outer deployment leaks a key",
    topic: Topic::SecretsInTemplate,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Resources/deployments"],
    controls: &["IM-8"],
    references: "psrule: Azure.Deployment.OutputSecretValue (AZR-000279), \
        Azure.Deployment.OuterSecret (AZR-000331)",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether an output hands out a key or a secure parameter, and whether a nested \
            deployment is given a secure parameter in a way that records it.",
        matters: "Outputs are kept in the deployment's history in the clear, for everyone who may \
            read deployments. A nested deployment that is evaluated in the outer scope has the \
            secret written into its own record.",
        pass: "No output that is not secure calls a function that lists keys or uses a secure \
            parameter, and nested deployments with secrets are evaluated in their inner scope.",
        fail: "An output calls `listKeys`, `listAdminKeys` or their like, or rests on a secure \
            parameter, and its type is not secure; or a nested deployment of outer scope holds a \
            resource that uses a secure parameter.",
        unknown: "The template of a nested deployment is a link to a file that is not among the \
            inputs.",
    },
    remedy: Remedy {
        text: "Drop the output, or make it secure; set `expressionEvaluationOptions.scope` to \
            `inner` and pass the secret as a secure parameter.",
        edits: &[],
        cli: "az deployment group delete --name <deployment> --resource-group <group>  # takes \
            the recorded output away; then rotate the key",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01",
            "name": "database", "properties": {"mode": "Incremental",
            "template": {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Sql/servers",
            "apiVersion": "2023-08-01-preview", "name": "sql",
            "properties": {"administratorLoginPassword": "[parameters('adminPassword')]"}}]}}}]"#,
        passes: r#"[{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01",
            "name": "database", "properties": {"mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"},
            "parameters": {"adminPassword": {"value": "[parameters('adminPassword')]"}},
            "template": {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "parameters": {"adminPassword": {"type": "securestring"}},
            "resources": [{"type": "Microsoft.Sql/servers", "apiVersion": "2023-08-01-preview",
            "name": "sql",
            "properties": {"administratorLoginPassword": "[parameters('adminPassword')]"}}]}}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let mut by_file: BTreeMap<FileId, Ruling> = BTreeMap::new();
    let mut hand_out = |file: FileId, name: &str, span: Span| {
        let ruling = by_file
            .entry(file)
            .or_insert_with(|| Ruling::about_file(file));
        let says = format!("the output `{name}` hands out a secret");
        let evidence = Evidence::stated(span, "its type is not a secure one");
        ruling.judge("output", says, Answer::yes(evidence));
    };
    let mut known = Vec::new();
    for template in templates(context.documents) {
        let outputs = template.get("outputs").map_or(&[][..], Value::members);
        for output in outputs
            .iter()
            .filter(|one| !is_secure(template, &one.value))
        {
            if lists_keys(&output.value) {
                known.push(output.value.span);
                hand_out(output.name_span.file, &output.name, output.value.span);
            }
        }
    }
    for output in context.outputs {
        if !output.secure && holds_secret(&output.value) && !known.contains(&output.span) {
            hand_out(output.file, &output.name, output.span);
        }
    }
    for output in context.outputs {
        by_file
            .entry(output.file)
            .or_insert_with(|| Ruling::about_file(output.file));
    }
    let mut rulings: Vec<Ruling> = by_file.into_values().collect();
    for (index, deployment) in context.inventory.of_type("Microsoft.Resources/deployments") {
        if deployment.is_not_deployed() {
            continue;
        }
        let mut ruling = Ruling::about(index);
        ruling.judge(
            "outer-scope",
            "a secure parameter is written into its record, since it is evaluated in the outer scope",
            nested(context, deployment),
        );
        rulings.push(ruling);
    }
    rulings
}

/// Functions that hand out keys, up to the bracket.
const LISTING: [&str; 8] = [
    "listkeys(",
    "listadminkeys(",
    "listquerykeys(",
    "listsecrets(",
    "listcredentials(",
    "listconnectionstrings(",
    "listaccountsas(",
    "listservicesas(",
];

/// Whether an open secret is in `value`.
fn holds_secret(value: &Value) -> bool {
    let mut secret = false;
    value.for_each_unknown(&mut |_, unknown| secret |= unknown.secret);
    secret
}

/// Whether a text in `value` calls a function that hands out keys.
fn lists_keys(value: &Value) -> bool {
    let mut waiting = vec![value];
    while let Some(here) = waiting.pop() {
        if let Some(text) = here.as_str() {
            let lower: String = text.to_ascii_lowercase().split_whitespace().collect();
            if lower.starts_with('[') && LISTING.iter().any(|call| lower.contains(call)) {
                return true;
            }
        }
        waiting.extend(here.items());
        waiting.extend(here.members().iter().map(|member| &member.value));
    }
    false
}

/// Whether a secure parameter is used in a deployment whose expressions the outer one evaluates.
fn nested(context: &Context<'_>, deployment: &Resource) -> Answer {
    let properties = deployment.properties();
    let scope = properties.path("expressionEvaluationOptions.scope").text();
    if scope.is("inner") == Some(true) {
        return Answer::No;
    }
    if properties.at("templateLink").value().is_some() {
        let secret = properties
            .at("parameters")
            .value()
            .is_some_and(holds_secret);
        let is_read = inside(context, deployment).next().is_some();
        if !secret || is_read {
            // A linked template is evaluated by itself.
            return Answer::No;
        }
        return Answer::open(Doubt::outside(
            "linked-template-outside",
            format!("{}|templateLink", deployment.id),
            format!(
                "the template that `{}` links to is not among the inputs",
                deployment.name
            ),
            format!("the template that `{}` links to", deployment.name),
            properties.at("templateLink").span(),
        ));
    }
    Answer::any(inside(context, deployment).map(|resource| {
        let mut found = None;
        resource.body.for_each_unknown(&mut |value, unknown| {
            if unknown.secret && found.is_none() {
                found = Some(value.span);
            }
        });
        match found {
            Some(span) => Answer::yes(Evidence::stated(
                span,
                format!("`{}` uses a secure parameter", resource.name),
            )),
            None => Answer::No,
        }
    }))
}

/// The resources that `deployment` declares itself.
fn inside<'a>(
    context: &'a Context<'_>,
    deployment: &'a Resource,
) -> impl Iterator<Item = &'a Resource> {
    context
        .inventory
        .resources()
        .iter()
        .filter(move |resource| {
            resource.file == deployment.file
                && resource
                    .deployment
                    .last()
                    .is_some_and(|name| name.eq_ignore_ascii_case(&deployment.name))
        })
}
