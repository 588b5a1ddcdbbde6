//! Questions about what people do and when.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-KV-011.
pub(in crate::rule) static CERTIFICATES_NOT_GOVERNED: Rule = Rule {
    id: "SL-KV-011",
    name: "certificates-not-governed",
    title: "Certificate lifetimes and renewal not governed",
    topic: Topic::KeyVault,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["DP-7"],
    references: "cis: 8.1",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether certificates run out or live too long.",
        matters: "An expired certificate stops the service at the worst time; one that never \
            changes is known to too many.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Give every certificate a policy with automatic renewal, and alert on near expiry.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Operations,
        asks: "Do certificates in the vaults renew by themselves, and is expiry alerted on?",
        evidence: "the certificate policies and the alert",
    }),
};
