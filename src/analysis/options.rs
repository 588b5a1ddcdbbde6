//! What the reviewer chose.

use super::Assumption;
use crate::arm::{Environment, TypedParameters};
use crate::input::Mode;
use crate::reviewer::Reviewer;
use crate::rule::Settings;
use std::collections::BTreeSet;

/// The choices of one review.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What stands in for the deployment's subscription, group and tenant.
    pub environment: Environment,
    /// Parameter values that the reviewer typed.
    pub parameters: TypedParameters,
    /// How every template is to be read, in place of what its content says.
    pub mode: Option<Mode>,
    /// Where the caller stands, as people name it; the internet where there is nothing.
    pub from: Option<String>,
    /// What the reviewer has laid down for rules, and the answers given.
    pub settings: Settings,
    /// What the reviewer lays down besides: waivers, intent, notes; its settings do not count.
    pub reviewer: Reviewer,
    /// Whether this is an audit, which lets no finding stand.
    pub ignore_waivers: bool,
    /// Whether files are called as they are named, not by the path below their common folder: they
    /// are some of more.
    pub as_named: bool,
    /// The assumptions that stand otherwise than usual: what is usually granted is not, and the
    /// other way round.
    pub switched: BTreeSet<Assumption>,
    /// The day of the review, `YYYY-MM-DD`; the engine has no clock.
    pub as_of: Option<String>,
}
