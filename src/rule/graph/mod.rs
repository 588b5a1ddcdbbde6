//! Rules that look at several resources or at what can be reached, one file each.

pub(super) mod deployment_quota;
pub(super) mod secret_in_template;
pub(super) mod secret_leaves;
pub(super) mod undecided;
