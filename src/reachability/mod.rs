//! What can be reached from where, by which ways, and what stands in between.
//!
//! In: the [`Model`](crate::graph::Model) and a foothold. Out: an [`Exposure`] a door.
//!
//! **Invariant.** Nothing here reads resources or templates; the graph alone decides.

mod blocker;
mod exposure;
mod path;
mod search;
mod verdict;

pub use blocker::{Blocker, find_blockers};
pub use exposure::{Exposure, OpenQuestion, find_exposures};
pub use path::{Hop, Path, find_paths};
pub use search::{Question, Reach, search};
pub use verdict::{OpenTo, Verdict, classify};
