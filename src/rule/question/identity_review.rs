//! Questions about how rights are looked at again.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-IAM-017.
pub(in crate::rule) static NO_RISK_BASED_SIGN_IN: Rule = Rule {
    id: "SL-IAM-017",
    name: "no-risk-based-sign-in",
    title: "Risk-based sign-in protection for accounts that reach AI resources",
    topic: Topic::Identity,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["IM-7"],
    references: "nist: AC-2",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether a sign-in that looks stolen is stopped.",
        matters: "Leaked passwords and impossible journeys are known within minutes, but only \
            stop anyone where a policy says so.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Turn on Identity Protection's user-risk and sign-in-risk policies for these \
            accounts.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Identity,
        asks: "Are policies on for user risk and sign-in risk of administrators and AI developers?",
        evidence: "the risk policies and the users that they cover",
    }),
};

/// SL-IAM-018.
pub(in crate::rule) static NO_ACCESS_CERTIFICATION: Rule = Rule {
    id: "SL-IAM-018",
    name: "no-access-certification",
    title: "Access certification on a schedule for model, data and vault owners",
    topic: Topic::Identity,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["PA-4"],
    references: "nist: AC-2",
    safeguard: Some(Safeguard::AccessReview),
    page: Page {
        checks: "Whether access that nobody confirms ends by itself.",
        matters: "A review that is only a reminder is clicked away; one that removes makes people \
            answer.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Run access reviews twice a year with results applied by themselves.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Identity,
        asks: "Does access to models, data and vaults get certified at least every half year, \
            with removal of what is not confirmed?",
        evidence: "the last certification campaign and what it removed",
    }),
};
