//! Rules: what is wrong with the architecture, with evidence.
//!
//! In: a [`Context`]: the inventory, the model, how every door stands to the internet, and what the
//! reviewer has laid down. Out: [`Finding`]s.
//!
//! A rule is data wherever it can be: those that look at single properties are declarations under
//! `property`, one file a service; those that look at several resources or at what can be reached
//! are one file each under `graph`. All stand in one explicit list, which a test holds complete.
//!
//! **Invariant.** What the inputs do not tell never fails a rule and never passes one.
//! **Invariant.** Findings depend on the inputs alone, not on the order of rules or resources.

mod answer;
mod attestation;
mod callers;
mod catalogue;
mod condition;
mod context;
mod declare;
mod egress;
mod encryption_key;
mod exposed;
mod finding;
mod fragment;
mod graph;
mod group_filter;
mod host;
mod name_pattern;
mod neighbour;
pub mod page;
mod prelude;
mod property;
mod question;
mod reference;
mod relation;
mod review;
mod rights;
mod ruling;
mod safeguard;
mod scene;
mod settings;
mod severity;
mod topic;
mod value_test;
mod waiver;
mod weigh;
mod written;

pub use answer::Answer;
pub use attestation::{AnswerWord, Attested, Group, Question, questions, shown};
pub use catalogue::{CatalogueEntry, catalogue};
pub use condition::{Absent, Condition, Elsewhere, Property};
pub use context::{Context, Output};
pub use declare::{
    Check, DecidedFrom, Edit, Example, Page, Part, PropertyCheck, Remedy, Responsibility, Rule,
};
pub use encryption_key::KeyUse;
pub use finding::{Finding, Status, without_holes};
pub use fragment::{
    apply, corrected_fragment, failing_fragment, patch_fragment, write_bicep, write_json,
};
pub use host::Hosts;
pub use name_pattern::NamePattern;
pub use neighbour::Neighbours;
pub use reference::{Reference, Source};
pub use relation::{EndpointLink, NextHop, Relations};
pub use review::{Review, Tally, check, check_all, review};
pub use rights::Rights;
pub use ruling::{Failing, OpenPart, Ruling};
pub use safeguard::{Provisions, Safeguard};
pub use scene::Scene;
pub use settings::{Residency, RuleSwitch, Settings};
pub use severity::{Follows, Severity};
pub use topic::Topic;
pub use value_test::Test;
pub use waiver::{Reason, Waived, Waiver, WaiverState};

/// Every rule, in the order of the catalogue.
pub fn all() -> &'static [&'static Rule] {
    catalogue::ALL
}

/// The rule with identifier or name `text`, in any case.
pub fn find(text: &str) -> Option<&'static Rule> {
    all()
        .iter()
        .copied()
        .find(|rule| rule.id.eq_ignore_ascii_case(text) || rule.name.eq_ignore_ascii_case(text))
}
