//! Questions about how models come to be and go live.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-CS-014.
pub(in crate::rule) static SYSTEM_PROMPTS_NOT_REVIEWED: Rule = Rule {
    id: "SL-CS-014",
    name: "system-prompts-not-reviewed",
    title: "System prompt hardening reviewed",
    topic: Topic::ContentSafety,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["AI-3"],
    references: "owasp-llm: LLM07; atlas: AML.T0056",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "How the instructions that a model is given before people speak to it are written \
            and changed.",
        matters: "A system prompt is code that decides what the model may do. Changed in a portal \
            by whoever has the right, it can lose its guards without a trace.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Keep system prompts in the repository, review changes as code, and test them \
            against known attacks.",
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
        asks: "Are system prompts kept under version control, and reviewed for instructions that \
            resist being overridden or drawn out?",
        evidence: "the repository of the prompts and the last review of a change",
    }),
};

/// SL-CS-015.
pub(in crate::rule) static NO_RED_TEAMING: Rule = Rule {
    id: "SL-CS-015",
    name: "no-red-teaming",
    title: "Continuous AI red teaming",
    topic: Topic::ContentSafety,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["AI-7"],
    references: "nist: AI RMF MEASURE",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether somebody tries to break the application before others do.",
        matters: "Filters and prompts age: new jailbreaks appear weekly, and each new tool of an \
            agent opens new ways to abuse it.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Run adversarial tests before each release and at set intervals, and track what \
            they find.",
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
        asks: "Have prompts and agents been attacked on purpose in the last period, by people or \
            by an automated red team, and were the findings mended?",
        evidence: "the report of the last red teaming and what became of its findings",
    }),
};

/// SL-GOV-004.
pub(in crate::rule) static NO_APPROVAL_BEFORE_RELEASE: Rule = Rule {
    id: "SL-GOV-004",
    name: "no-approval-before-release",
    title: "Approval before a model version goes live",
    topic: Topic::ModelGovernance,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(process)"],
    controls: &["AI-1", "DS-6"],
    references: "azure-policy: 3948394e-63de-11ea-bc55-0242ac130003; nist: AI RMF GOVERN",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether a gate stands between training and serving.",
        matters: "Whoever trains a model can otherwise serve anything under its name.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Promote models through a registry, with an approval in the release pipeline.",
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
        asks: "Does a model version go live only after somebody other than its author has \
            approved it?",
        evidence: "the release pipeline's approval step, and the last approval",
    }),
};

/// SL-GOV-005.
pub(in crate::rule) static TRAINING_CODE_UNCONTROLLED: Rule = Rule {
    id: "SL-GOV-005",
    name: "training-code-uncontrolled",
    title: "Training code and packages controlled",
    topic: Topic::ModelGovernance,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(process)"],
    controls: &["DS-2", "DS-6"],
    references: "azure-policy: 6a6f7384-63de-11ea-bc55-0242ac130003, \
        53c70b02-63dd-11ea-bc55-0242ac130003, 77eeea86-7e81-4a7d-9067-de844d096752, \
        1d413020-63de-11ea-bc55-0242ac130003; atlas: AML.M0013, AML.T0011.001",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whose code runs with the rights of training.",
        matters: "A package that is renamed by one letter runs on the machine that sees all the \
            data.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Use the data-plane policies of Azure Machine Learning for signed code, authors and \
            packages, and a private feed.",
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
        asks: "Are the code, authors and packages that training may use controlled, by signing, \
            allowed authors and your own feeds?",
        evidence: "the policies on the workspace and the package feed",
    }),
};
