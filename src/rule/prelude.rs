//! What declarations of rules are written with.

pub(super) use super::condition::Absent::{
    self, Holds as AbsentHolds, InExport, Means, Not, Open, Since,
};
pub(super) use super::condition::Condition::{
    self, All, Always, Any, AnyItem, Custom, From as FromVersion, NoEndpoint, NoItem, NoLogs,
    Not as Unless,
};
pub(super) use super::condition::{Elsewhere, property, property_or};
pub(super) use super::declare::DecidedFrom::{Attestation, Graph, Template};
pub(super) use super::declare::Responsibility::{Customer, Platform};
pub(super) use super::declare::{Check, Example, Page, PropertyCheck, Remedy, Rule, part, set};
pub(super) use super::severity::Follows;
pub(super) use super::severity::Severity::{Critical, High, Info, Low, Medium};
pub(super) use super::topic::Topic;
pub(super) use super::value_test::Test::{
    Above, Begins, BeginsNot, Below, Empty, Filled, Holds, Is, IsNot, Nothing, Such,
};
pub(super) use super::{Answer, Safeguard, Scene};
