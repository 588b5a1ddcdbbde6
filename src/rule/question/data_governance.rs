//! Questions about what data there is and who may see it.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-DATA-011.
pub(in crate::rule) static DATA_NOT_CATALOGUED: Rule = Rule {
    id: "SL-DATA-011",
    name: "data-not-catalogued",
    title: "Purview catalogues and classifies training and grounding data",
    topic: Topic::DataProtection,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["Microsoft.Purview/accounts"],
    controls: &["DP-1", "DP-2", "NS-2"],
    references: "azure-policy: 9259053b-ddb8-40ab-842a-0aef19d0ade4",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether somebody knows which personal or secret data the models are given. A \
            Purview account in the inputs is also looked at: its public side must be off.",
        matters: "What nobody has classified ends up in a prompt, in an index, and in an answer \
            to a stranger.",
        pass: "The reviewer answers yes, and every Purview account in the inputs has \
            `publicNetworkAccess` `Disabled`.",
        fail: "The reviewer answers no, or a Purview account's `publicNetworkAccess` is not \
            `Disabled`, absent meaning on.",
        unknown: "The question has not been answered, or a parameter decides the account's public \
            side.",
    },
    remedy: Remedy {
        text: "Register the sources in Purview, and set the account's `publicNetworkAccess` to \
            `Disabled`.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Purview/accounts", "apiVersion": "2021-12-01",
            "name": "catalogue", "properties": {"publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "public",
            "it answers the internet",
            property(
                "properties.publicNetworkAccess",
                IsNot(&["Disabled"]),
                Means("Enabled"),
            ),
        )],
    }),
    question: Some(Question {
        group: Group::DataGovernance,
        asks: "Does a catalogue such as Purview know the training and grounding data, and \
            classify it?",
        evidence: "the catalogue, and the sources that are registered in it",
    }),
};

/// SL-DATA-012.
pub(in crate::rule) static NO_LOSS_PREVENTION: Rule = Rule {
    id: "SL-DATA-012",
    name: "no-loss-prevention",
    title: "Loss prevention and sensitivity labels on data that prompts and outputs carry",
    topic: Topic::DataPlatform,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["DP-1", "DP-2"],
    references: "owasp-llm: LLM02",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether labelled data is kept out of prompts and answers.",
        matters: "A model repeats what it was given. Labels and rules are the only thing that \
            tells a secret from the rest on the way.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Label the data and extend loss prevention rules to the stores and applications of \
            the workload.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::DataGovernance,
        asks: "Do loss prevention rules and sensitivity labels cover the stores, prompts and \
            outputs of the workload?",
        evidence: "the rules, and the places that they cover",
    }),
};
