//! Answers to conformance vectors, given by the very code that reviews.
//!
//! In: one vector as JSON. Out: its answer as JSON, in the form that the command line promises.

pub mod expression;
mod fragment;
pub mod network_security_group;
pub mod service_door;
