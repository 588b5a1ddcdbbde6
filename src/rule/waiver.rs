//! Findings that the reviewer, or the declared intent, lets stand.

use super::finding::Finding;
use super::name_pattern::NamePattern;
use crate::resource::Inventory;
use crate::source::Position;
use crate::value::Text;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Why a finding is let stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The risk is known and taken.
    AcceptedRisk,
    /// The finding is wrong.
    FalsePositive,
    /// Something that the template does not show makes up for it.
    MitigatedElsewhere,
    /// It is meant to be so.
    Intended,
    /// It will be put right later.
    Deferred,
    /// The rule does not concern the resource.
    NotApplicable,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::AcceptedRisk,
        Self::FalsePositive,
        Self::MitigatedElsewhere,
        Self::Intended,
        Self::Deferred,
        Self::NotApplicable,
    ];

    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AcceptedRisk => "accepted-risk",
            Self::FalsePositive => "false-positive",
            Self::MitigatedElsewhere => "mitigated-elsewhere",
            Self::Intended => "intended",
            Self::Deferred => "deferred",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// The reviewer's word that findings may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule's identifier or name.
    pub rule: String,
    /// The finding's fingerprint, where it is about one finding.
    pub fingerprint: Option<String>,
    /// The resources' names, where it is about all that are called so.
    pub resource: Option<String>,
    /// Why.
    pub reason: Reason,
    /// Why, in the reviewer's own words.
    pub text: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, `YYYY-MM-DD`; `None` for no end.
    pub expires: Option<String>,
    /// The file, line and column where it is written.
    pub place: (Text, Position),
}

/// What has become of a waiver in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaiverState {
    /// It lets findings stand.
    Active,
    /// It is past its day, and what it let stand is open again.
    Expired,
    /// There is nothing that it is about.
    Unused,
    /// The audit ignores all waivers.
    Ignored,
}

impl WaiverState {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Unused => "unused",
            Self::Ignored => "ignored",
        }
    }
}

/// Why one finding is let stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Why.
    pub reason: Reason,
    /// Why, in the reviewer's own words.
    pub text: String,
    /// Who answers for it, where somebody does.
    pub owner: Option<String>,
    /// The last day on which it holds.
    pub expires: Option<String>,
    /// Whether the declared intent says so rather than a waiver.
    pub by_intent: bool,
}

impl Waiver {
    /// Whether `finding` is what it is about, whatever the day.
    pub fn concerns(&self, finding: &Finding, inventory: &Inventory) -> bool {
        let rule = finding.rule;
        let names_rule = self.rule.eq_ignore_ascii_case(rule.id) || self.rule == rule.name;
        let is_finding = self
            .fingerprint
            .as_ref()
            .is_none_or(|one| one.eq_ignore_ascii_case(&finding.fingerprint));
        let resource = finding.resource.and_then(|index| inventory.get(index));
        let names_resource = self.resource.as_deref().is_none_or(|pattern| {
            let pattern = NamePattern::new(pattern);
            resource.map_or(pattern.matches_text(""), |one| pattern.matches(one))
        });
        names_rule && is_finding && names_resource
    }

    /// Whether it still holds on day `as_of`; without a day it does.
    pub fn holds_on(&self, as_of: Option<&str>) -> bool {
        match (&self.expires, as_of) {
            (Some(expires), Some(today)) => expires.as_str() >= today,
            _ => true,
        }
    }

    /// Marks the findings that the waivers let stand, and returns what has become of each waiver.
    /// O(waivers · findings).
    pub fn apply(
        waivers: &[Self],
        findings: &mut [Finding],
        inventory: &Inventory,
        as_of: Option<&str>,
    ) -> Vec<WaiverState> {
        waivers
            .iter()
            .map(|waiver| {
                let mut concerned = findings
                    .iter_mut()
                    .filter(|one| waiver.concerns(one, inventory))
                    .peekable();
                if concerned.peek().is_none() {
                    return WaiverState::Unused;
                }
                if !waiver.holds_on(as_of) {
                    return WaiverState::Expired;
                }
                let waived = Arc::new(waiver.waived());
                concerned.for_each(|one| {
                    one.waived.get_or_insert_with(|| Arc::clone(&waived));
                });
                WaiverState::Active
            })
            .collect()
    }

    fn waived(&self) -> Waived {
        Waived {
            reason: self.reason,
            text: self.text.clone(),
            owner: Some(self.owner.clone()),
            expires: self.expires.clone(),
            by_intent: false,
        }
    }
}
