//! The ways, one kind a file.

pub(super) mod service;
