//! The engine in a worker of the browser, and the page's end of the line.
//!
//! The page compiles one module and runs it twice: on its own thread it draws, in a worker it
//! reviews. The two exchange plain data. Stopping a review ends the worker; a panic or an exhausted
//! stack costs the worker and never the page, which keeps the inputs and starts another. Where the
//! browser refuses a worker, the engine runs on the page's thread.
//!
//! | module | holds |
//! | --- | --- |
//! | [`protocol`] | the questions and answers |
//! | [`handler`] | the engine's end: owns the finished review and answers from it |
//! | [`client`] | the page's end: asks, waits, stops, starts another |
//! | `codec` | messages as the browser carries them |
//! | `host` | the program of the worker |
//!
//! **Invariant.** A finished review never leaves the worker; the page asks for the slices it shows.

pub mod client;
mod codec;
#[cfg(feature = "crash-test")]
mod crash;
pub mod handler;
mod host;
mod line;
pub mod protocol;

pub use host::serve;
