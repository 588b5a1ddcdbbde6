//! Questions about what is known of a model that is served.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-GOV-006.
pub(in crate::rule) static NO_IMPACT_ASSESSMENT: Rule = Rule {
    id: "SL-GOV-006",
    name: "no-impact-assessment",
    title: "Responsible-AI assessment on file",
    topic: Topic::ModelGovernance,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(process)"],
    controls: &["GS-1", "AI-7"],
    references: "nist: AI RMF MAP; eu-ai-act: whole act",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether somebody has thought through whom the application can harm.",
        matters: "The law asks for it for many uses, and what was never written down cannot be \
            checked.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Write an impact assessment for each use, and renew it with each change of purpose.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::ModelGovernance,
        asks: "Is a responsible-AI or impact assessment on file for each use of a model?",
        evidence: "the assessment and its date",
    }),
};

/// SL-GOV-010.
pub(in crate::rule) static NO_LINEAGE: Rule = Rule {
    id: "SL-GOV-010",
    name: "no-lineage",
    title: "Lineage from data to model to endpoint is kept",
    topic: Topic::ModelGovernance,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(workspace)"],
    controls: &["AI-3"],
    references: "nist: SR-4",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether it is known where a model came from.",
        matters: "When a dataset turns out poisoned, or must be forgotten, lineage tells which \
            models are affected; without it all are.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Serve registered models only, made by tracked runs from registered data.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::ModelGovernance,
        asks: "Can every served model version be traced to its data, code and run in the registry?",
        evidence: "the lineage of one served model",
    }),
};

/// SL-GOV-011.
pub(in crate::rule) static NO_FAIRNESS_ASSESSMENT: Rule = Rule {
    id: "SL-GOV-011",
    name: "no-fairness-assessment",
    title: "Fairness and explainability assessed before release and at set intervals",
    topic: Topic::ModelGovernance,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(workspace)"],
    controls: &["AI-7"],
    references: "eu-ai-act: 10",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether decisions of a model are looked at for bias.",
        matters: "Bias shows in use, on groups that tests forgot.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Make the responsible-AI dashboard, or its like, a step of the release pipeline.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::ModelGovernance,
        asks: "Is each served model assessed for fairness and explained before release and at set \
            intervals?",
        evidence: "the assessment of one served model",
    }),
};
