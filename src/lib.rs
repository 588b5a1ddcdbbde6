//! Sightline reviews exported Azure templates offline.
//!
//! What the internet, or a stolen credential, can reach of an AI workload; by which path; which
//! line of the template lets it; and what the template cannot tell.
//!
//! # The map
//!
//! Data flows one way, and no room imports from a room to its right; `tests/layering.rs` holds it.
//!
//! ```text
//! source -> diagnostic -> value -> evidence -> flow -> input -> arm -> answer -> resource
//!        -> network -> graph -> reachability -> rule -> reviewer -> analysis -> edit | compare
//!        -> diagram -> report -> view -> conformance -> worker -> ui | cli
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`source`] | texts as given, spans, lines and columns |
//! | [`diagnostic`] | what is to say about an input or our coverage of it |
//! | [`value`] | JSON values with places; the unknown; the JSON reader |
//! | [`evidence`] | what proves a statement |
//! | [`flow`] | exact sets of packets, and the lists that admit or refuse them |
//! | [`input`] | the files of a run: archives, roles, wrappers, export or deployment |
//! | [`arm`] | the template language: from templates to a flat list of resources |
//! | [`answer`] | answers of Azure's commands, as resources that they state |
//! | [`resource`] | every resource once; what each kind is, and its doors |
//! | [`network`] | what Azure's networking does with packets |
//! | [`graph`] | the estate as places and ways, over petgraph |
//! | [`reachability`] | what arrives where, by which way, and what stands in between |
//! | [`rule`] | what is wrong with the architecture, with evidence |
//! | [`reviewer`] | what the reviewer lays down: settings, waivers, intent, in one file |
//! | [`analysis`] | the finished review, which is all that later rooms see |
//! | [`compare`] | two versions of an estate, side by side |
//! | [`edit`] | changes of the template, and the review of the changed text |
//! | [`diagram`] | the network picture: what it shows, and where everything stands |
//! | [`report`] | the review in the forms that leave the program |
//! | [`view`] | what the screens show: plain rows and cards |
//! | [`conformance`] | answers to conformance vectors |
//! | `worker` | the engine in a worker of the browser (feature `ui`) |
//! | `ui` | the page (feature `ui`) |
//!
//! # Invariants
//!
//! - The engine (everything but `ui` and `cli`) has no clock, randomness, threads, locale, files or
//!   hash order: the same bytes in give the same bytes out.
//! - Nothing in an input makes the engine panic, block or recurse without a bound.
//! - Unknown is a value and flows to the verdict; it never turns into "safe" or "exposed".

pub mod analysis;
pub mod answer;
pub mod arm;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod conformance;
pub mod diagnostic;
pub mod diagram;
pub mod edit;
pub mod evidence;
pub mod flow;
pub mod graph;
pub mod input;
pub mod network;
pub mod reachability;
pub mod report;
pub mod resource;
pub mod reviewer;
pub mod rule;
pub mod source;
#[cfg(feature = "ui")]
pub mod ui;
pub mod value;
pub mod view;
#[cfg(feature = "ui")]
pub mod worker;
