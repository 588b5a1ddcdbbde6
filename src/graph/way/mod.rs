//! The ways, one kind a file.

pub(super) mod machine;
pub(super) mod service;
