//! The Azure Resource Manager template language, evaluated offline.
//!
//! In: the templates and parameter files of a run as positioned JSON, and the environment that
//! stands in for the deployment's subscription and resource group.
//! Out: an [`Evaluation`]: the flat list of resources that would be deployed, with every property
//! evaluated and its place kept, the declared parameters and outputs, and diagnostics.
//!
//! ```text
//! expression   text to syntax tree
//! call         syntax tree to value, over known and unknown arguments; function holds the functions,
//!              access takes what is in values
//! evaluator    walks values; copy, parameter, user_function hold what names and loops mean
//! deployment   identifies resources; identity writes their ids; lookup finds them; body
//!              evaluates them; dependency holds what they wait for against the template
//! nested       nested and linked deployments; output gives their outputs
//! estate       all templates of a run, their parameter files and links
//! ```
//!
//! **Invariant.** Nothing the input holds makes evaluation fail, panic, block or run away: what
//! cannot be evaluated becomes an unknown with a diagnostic, and the rest goes on.
//!
//! **Invariant.** A template's literal parts are shared, never copied.

mod access;
mod body;
mod budget;
mod call;
mod cloud;
mod context;
mod copy;
mod dependency;
mod deployment;
mod environment;
mod equality;
mod estate;
mod evaluation;
mod evaluator;
pub mod expression;
mod failure;
mod function;
mod identity;
mod json_text;
mod limit;
mod linked_file;
mod lookup;
mod nested;
mod output;
mod parameter;
mod parameter_file;
mod run;
mod scope;
mod secret;
mod site;
mod symbol;
mod target;
mod type_definition;
mod unique_string;
mod user_function;

pub use environment::Environment;
pub use estate::evaluate_inputs;
pub use evaluation::{
    Condition, DeclaredOutput, DeclaredParameter, DeclaredResource, Evaluation, ParameterSource,
};
pub use parameter_file::TypedParameters;
pub use run::evaluate_expression;
