//! Whether a resource is there at all.

use crate::source::Span;
use crate::value::Unknown;
use std::sync::Arc;

/// Whether a resource is there.
#[derive(Clone, Debug)]
pub enum Presence {
    /// It is deployed.
    Deployed,
    /// Its condition, at the place, is false.
    NotDeployed(Span),
    /// Its condition, at the place, is not known.
    Unknown(Span, Arc<Unknown>),
    /// The template refers to it as existing and does not deploy it.
    Existing,
}
