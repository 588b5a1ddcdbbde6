//! Questions about how people sign in and hold rights.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-IAM-009.
pub(in crate::rule) static PERMANENT_PRIVILEGED_ROLES: Rule = Rule {
    id: "SL-IAM-009",
    name: "permanent-privileged-roles",
    title: "Privileged roles activated just in time (PIM)",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["PA-2"],
    references: "psrule: Azure.RBAC.PIM (AZR-000208)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether people hold powerful roles all the time or only while they need them.",
        matters: "A stolen session of someone who is an owner now is the workload; of someone who \
            could become one it is an alert and a request.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Make privileged roles eligible in Privileged Identity Management, with approval \
            and a limit of hours.",
        edits: &[],
        cli: "az rest --method get --url \
            'https://management.azure.com/subscriptions/<subscription>/providers/Microsoft.Authorization/roleEligibilityScheduleInstances?api-version=2020-10-01'",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Identity,
        asks: "Are privileged roles on the subscription and its groups eligible only, activated \
            for hours by Privileged Identity Management with a reason?",
        evidence: "the list of active permanent assignments of privileged roles",
    }),
};

/// SL-IAM-010.
pub(in crate::rule) static NO_CONDITIONAL_ACCESS: Rule = Rule {
    id: "SL-IAM-010",
    name: "no-conditional-access",
    title: "Conditional access covers Azure management and AI apps",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["IM-7"],
    references: "",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "From where, and from which devices, people may sign in to what administers and \
            uses the models.",
        matters: "Without a condition a token that was phished at home works from anywhere, on \
            any machine.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Cover Windows Azure Service Management API and the AI applications with a policy \
            that asks for managed devices or known places.",
        edits: &[],
        cli: "az rest --method get --url \
            https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Identity,
        asks: "Does a conditional access policy cover the Azure management interface and the \
            applications in front of your models?",
        evidence: "the names of the policies and the applications that they cover",
    }),
};

/// SL-IAM-011.
pub(in crate::rule) static NO_MULTI_FACTOR: Rule = Rule {
    id: "SL-IAM-011",
    name: "no-multi-factor",
    title: "Multi-factor sign-in for all admins and developers",
    topic: Topic::Identity,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["IM-6", "IM-2"],
    references: "azure-policy: 4e6c27d5-a6ee-49cf-b2b4-d8fe90fa2b8b; cis: 2 (identity chapter)",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether a password alone is enough to get in.",
        matters: "Passwords are phished and reused; nearly every account that is taken over had \
            no second factor.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Enforce multi-factor sign-in for all, phishing-resistant for administrators.",
        edits: &[],
        cli: "az rest --method get --url \
            https://graph.microsoft.com/v1.0/reports/authenticationMethods/userRegistrationDetails",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Identity,
        asks: "Must everyone who administers or develops the workload sign in with a second \
            factor, without exception?",
        evidence: "the policy that enforces it and the list of those who are exempt",
    }),
};

/// SL-IAM-012.
pub(in crate::rule) static GUESTS_AND_LEAVERS_WITH_RIGHTS: Rule = Rule {
    id: "SL-IAM-012",
    name: "guests-and-leavers-with-rights",
    title: "Guest and disabled accounts hold rights",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["PA-4", "PA-1"],
    references: "azure-policy: 339353f6-2387-4a45-abe4-7f529d121046, \
        0cfea604-3201-4e14-88fc-fae4c427a6c5, 94e1c2ac-cbbe-4cac-a2b5-389c812dee87, \
        8d7e1fde-fe26-4b5f-8108-f8e432cbc2be, e9ac8f8e-ce22-4355-8f04-99b911d6be52; nist: AC-2",
    safeguard: Some(Safeguard::AccessReview),
    page: Page {
        checks: "Whether rights end when people go.",
        matters: "A blocked account that keeps its assignments comes back with all of them; a \
            guest's mailbox is guarded by another company.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Review assignments, remove those of guests and blocked accounts, and let reviews \
            repeat.",
        edits: &[],
        cli: "az role assignment list --all --query \
            \"[?principalType=='User'].[principalName,roleDefinitionName,scope]\" --output table",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Identity,
        asks: "Are guests and disabled accounts without rights on the workload's resources?",
        evidence: "the last list of assignments to guests and blocked accounts, and what was \
            removed",
    }),
};

/// SL-IAM-014.
pub(in crate::rule) static NO_ACCESS_REVIEWS: Rule = Rule {
    id: "SL-IAM-014",
    name: "no-access-reviews",
    title: "Access reviews for model and data owners",
    topic: Topic::Identity,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(tenant)"],
    controls: &["PA-4"],
    references: "",
    safeguard: Some(Safeguard::AccessReview),
    page: Page {
        checks: "Whether somebody looks again at who may do what.",
        matters: "Rights are given in a hurry and taken back never.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Set up access reviews for the groups that hold roles on models and data.",
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
        asks: "Are the rights on models and data reviewed at set intervals by those who own them?",
        evidence: "the schedule of the reviews and the outcome of the last one",
    }),
};
