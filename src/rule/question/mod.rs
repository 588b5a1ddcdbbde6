//! Rules that only the reviewer's answer decides, by group, some with what a template shows besides.

pub(super) mod data_governance;
pub(super) mod identity_review;
pub(super) mod identity_use;
pub(super) mod model_assessment;
pub(super) mod model_governance;
pub(super) mod monitoring;
pub(super) mod monitoring_response;
pub(super) mod operations;
