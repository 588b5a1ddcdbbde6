//! The declared parameters, as later stages see them.

use super::Analysis;
use crate::arm::{DeclaredParameter, ParameterSource};

/// Where a parameter's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueOrigin {
    /// Nowhere.
    Missing,
    /// The reviewer typed it.
    Typed,
    /// A parameter file.
    File,
    /// A key vault's secret, which a parameter file names.
    KeyVault,
    /// The template's default.
    Default,
}

impl Analysis {
    /// The parameters of the outermost templates, in document order, each with where its value
    /// comes from.
    pub fn parameters(&self) -> impl Iterator<Item = (&DeclaredParameter, ValueOrigin)> {
        self.evaluation.parameters.iter().map(|parameter| {
            let origin = match parameter.source {
                ParameterSource::Typed => ValueOrigin::Typed,
                ParameterSource::File => ValueOrigin::File,
                ParameterSource::Default => ValueOrigin::Default,
                ParameterSource::KeyVault => ValueOrigin::KeyVault,
                ParameterSource::Missing => ValueOrigin::Missing,
            };
            (parameter, origin)
        })
    }
}
