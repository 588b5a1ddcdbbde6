//! Every kind of unknown, settled by what the report says would settle it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "a table of cases is long and still one thing"
)]

#[path = "settle/access.rs"]
mod access;
#[path = "settle/case.rs"]
mod case;
#[path = "settle/codes.rs"]
mod codes;
#[path = "settle/egress.rs"]
mod egress;
#[path = "settle/gateway.rs"]
mod gateway;
#[path = "settle/identity.rs"]
mod identity;
#[path = "settle/network.rs"]
mod network;
#[path = "settle/outside.rs"]
mod outside;
#[path = "settle/proof.rs"]
mod proof;
#[path = "settle/service.rs"]
mod service;
