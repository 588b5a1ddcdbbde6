//! Who gets to what by which identity.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

mod common;

#[path = "identity/answers.rs"]
mod answers;
#[path = "identity/assignments.rs"]
mod assignments;
#[path = "identity/brute_force.rs"]
mod brute_force;
#[path = "identity/couplings.rs"]
mod couplings;
#[path = "identity/estate.rs"]
mod estate;
#[path = "identity/footholds.rs"]
mod footholds;
#[path = "identity/networks.rs"]
mod networks;
