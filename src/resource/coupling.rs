//! What services say of other services that they use.

use super::AuthenticationMode;
use crate::evidence::{Doubt, Evidence};
use crate::value::Text;
use std::borrow::Cow;

/// A way from one service to another that a declaration states. A connection or datastore states
/// one for the resource that holds it.
#[derive(Clone, Debug)]
pub struct Coupling {
    /// Where it leads.
    pub target: CouplingTarget,
    /// What the service shows there.
    pub credential: Credential,
    /// What it is for, as a noun phrase: "the default storage", "datastore `x`".
    pub purpose: Cow<'static, str>,
    /// What states it, the place that names the target first.
    pub evidence: Evidence,
}

/// Where a coupling leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CouplingTarget {
    /// To the resource of this identifier.
    Resource(Text),
    /// To the service that answers under this host name.
    Host(Text),
    /// It is not known where.
    Unknown(Box<Doubt>),
}

/// What a service shows to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Its own identity's token.
    OwnIdentity,
    /// A key, signature, password or token that it keeps: whoever runs code there has it.
    Stored(AuthenticationMode),
    /// The token of whoever calls it.
    Callers,
    /// Nothing.
    None,
    /// It is not known what.
    Unknown(Box<Doubt>),
}
