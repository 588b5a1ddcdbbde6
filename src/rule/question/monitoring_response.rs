//! Questions about who notices, and what happens then.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-MON-009.
pub(in crate::rule) static SENTINEL_NOT_WATCHING: Rule = Rule {
    id: "SL-MON-009",
    name: "sentinel-not-watching",
    title: "Sentinel watches the AI logs",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.OperationsManagement/solutions",
        "Microsoft.SecurityInsights/onboardingStates",
    ],
    controls: &["LT-2", "LT-5", "IR-3"],
    references: "",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether somebody puts events together. Sentinel in the inputs answers by itself.",
        matters: "A jailbreak, a burst of tokens and a new connection are noise apart and an \
            incident together.",
        pass: "The reviewer answers yes, or Sentinel is onboarded in the inputs.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Onboard the log workspace to Sentinel and turn on its rules for AI and identity.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Monitoring,
        asks: "Does Sentinel, or another system that correlates events, watch the logs of the AI \
            workload?",
        evidence: "the workspace and the rules that are on",
    }),
};

/// SL-MON-010.
pub(in crate::rule) static NO_POLICY_INITIATIVE: Rule = Rule {
    id: "SL-MON-010",
    name: "no-policy-initiative",
    title: "AI policy initiative assigned",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(subscription)"],
    controls: &["PV-2", "GS-1"],
    references: "",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether Azure itself keeps watching what this review looks at once. An \
            assignment in the inputs answers by itself.",
        matters: "A template is right on the day it is deployed. A policy refuses the change that \
            makes it wrong.",
        pass: "The reviewer answers yes, or the inputs assign such an initiative.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Assign the benchmark's initiative, and the built-in policies for AI services and \
            machine learning.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Monitoring,
        asks: "Is the cloud security benchmark, or an initiative of AI policies, assigned to the \
            subscription?",
        evidence: "the policy assignments and their compliance",
    }),
};

/// SL-MON-011.
pub(in crate::rule) static NO_SECURITY_CONTACT: Rule = Rule {
    id: "SL-MON-011",
    name: "no-security-contact",
    title: "Security contact and alert mail",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["Microsoft.Security/securityContacts"],
    controls: &["IR-2"],
    references: "azure-policy: 4f4f78b8-e367-4b10-a341-d9a4ad5cf1c7, \
        6e2593d9-add6-4083-9c9b-4b7d2188c899, 0b15565f-aa9e-48ba-8619-45960f2c314d; checkov: \
        CKV_AZURE_20, CKV_AZURE_21, CKV_AZURE_22; psrule: Azure.Defender.SecurityContact; kics: \
        79c2c2c0-eb00-47c0-ac16-f8b0e2c81c92; cis: 3.1.14; nist: IR-4, IR-5, IR-6(2)",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Who hears of it when Defender sees something. A security contact in the inputs \
            is looked at.",
        matters: "An alert that goes to nobody is a line in a log.",
        pass: "The reviewer answers yes, or a contact in the inputs names mail addresses and \
            roles.",
        fail: "The reviewer answers no, or a contact in the inputs has no mail address, or \
            notifies no role.",
        unknown: "The question has not been answered, or a parameter decides the contact.",
    },
    remedy: Remedy {
        text: "Set `emails` and `notificationsByRole` of the security contact.",
        edits: &[
            set("properties.emails", r#""security@contoso.com""#),
            set(
                "properties.notificationsByRole",
                r#"{"state": "On", "roles": ["Owner"]}"#,
            ),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Security/securityContacts", "apiVersion": "2023-12-01-preview",
            "name": "default", "properties": {"emails": ""}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-mail",
                "it names no mail address",
                All(&[
                    property("properties.emails", Empty, AbsentHolds),
                    property("properties.email", Empty, AbsentHolds),
                ]),
            ),
            part(
                "no-role",
                "it notifies no role",
                All(&[
                    property("properties.notificationsByRole.roles", Empty, AbsentHolds),
                    property("properties.alertsToAdmins", IsNot(&["On"]), AbsentHolds),
                ]),
            ),
        ],
    }),
    question: Some(Question {
        group: Group::Monitoring,
        asks: "Do security alerts reach a mailbox that is read, and the owners of the \
            subscription?",
        evidence: "the security contact's settings",
    }),
};
