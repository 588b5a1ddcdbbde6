//! What can be reached from where, by which ways, and what stands in between.
//!
//! In: the [`Model`](crate::graph::Model) and a foothold. Out: an [`Exposure`] a door.
//!
//! **Invariant.** Nothing here reads resources or templates; the graph alone decides.

mod backward;
mod blocker;
mod blocker_pair;
mod cut;
mod exposure;
mod opened;
mod path;
mod search;
mod trail;
mod verdict;

pub use backward::{ReachingFoothold, find_footholds, packets_of, search_back};
pub use blocker::{Blocker, find_blockers};
pub use cut::{Cut, find_cut};
pub use exposure::{Exposure, OpenQuestion, find_exposures};
pub use opened::{Opened, find_opened};
pub use path::{Hop, Path, find_paths};
pub use search::{Question, Reach, search, search_further};
pub use trail::{Trails, find_guesses, find_trails};
pub use verdict::{OpenTo, Verdict, classify, judge};
