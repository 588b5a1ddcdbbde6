//! The outcome of evaluation.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::{Text, Unknown, Value};
use std::sync::Arc;

/// Everything that the templates of a run declare.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// The resources in document order, file after file, those of nested deployments after the
    /// deployment that holds them.
    pub resources: Vec<DeclaredResource>,
    /// The parameters of the outermost templates, in document order.
    pub parameters: Vec<DeclaredParameter>,
    /// The outputs of the outermost templates, in document order.
    pub outputs: Vec<DeclaredOutput>,
    /// What could not be evaluated, and what is doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether a resource is deployed.
#[derive(Clone, Debug)]
pub enum Condition {
    /// It is.
    True,
    /// It is not; the place of the condition.
    False(Span),
    /// It hangs on what is not known.
    Unknown(Span, Arc<Unknown>),
}

/// One resource as it would be deployed.
#[derive(Clone, Debug)]
pub struct DeclaredResource {
    /// The file that declares it.
    pub file: FileId,
    /// The text of the declaration.
    pub span: Span,
    /// The full type, for example `Microsoft.Network/virtualNetworks/subnets`, as spelled.
    pub resource_type: Text,
    /// The full name with one segment for each type segment, for example `net/default`; holes in
    /// braces stand for what is not known. To be read by people: of an open parameter the hole shows
    /// the name alone, `kv-{prefix}`.
    pub name: Text,
    /// Why the name is not known, where it is not.
    pub name_unknown: Option<Arc<Unknown>>,
    /// The full resource identifier, with the same holes as the name in the form of
    /// [`Unknown::symbol`], `kv-{parameters('prefix')}`, so that equal identifiers have equal texts.
    /// An extension resource's identifier starts with that of the resource it extends, also where
    /// the type is spelled in the older way, `Microsoft.Storage/storageAccounts/providers/locks`.
    pub id: Text,
    /// The identifier of the scope: of the resource group, subscription, management group or tenant
    /// (`/`), or of the resource that an extension resource extends.
    pub scope: Text,
    /// The API version, from the resource or the template's API profile.
    pub api_version: Option<Text>,
    /// Whether it is deployed.
    pub condition: Condition,
    /// Whether it is only referred to (`existing`), never deployed.
    pub existing: bool,
    /// The symbolic name, in templates that have them.
    pub symbolic_name: Option<Text>,
    /// The index within the resource's own copy loop.
    pub copy_index: Option<u32>,
    /// The names of the nested deployments that hold it, outermost first.
    pub deployment: Vec<Text>,
    /// The whole declaration evaluated, without nested `resources` and without the inline template
    /// of a nested deployment: `location`, `sku`, `kind`, `tags`, `identity`, `properties`, ….
    pub body: Value,
}

/// Where a parameter's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterSource {
    /// The reviewer typed it.
    Typed,
    /// A parameter file.
    File,
    /// The template's default.
    Default,
    /// A parameter file refers to a key vault's secret.
    KeyVault,
    /// Nowhere.
    Missing,
}

/// A parameter of an outermost template.
#[derive(Clone, Debug)]
pub struct DeclaredParameter {
    /// The file that declares it.
    pub file: FileId,
    /// The text of the declaration.
    pub span: Span,
    /// The name as spelled.
    pub name: Text,
    /// The type as spelled, for example `SecureString`; of a `$ref`, the definition's name.
    pub type_name: Text,
    /// Whether its value is a secret.
    pub secure: bool,
    /// The description in its metadata.
    pub description: Option<Text>,
    /// The values that it may take, where it says so.
    pub allowed_values: Vec<Value>,
    /// The default as written, where there is one.
    pub default_value: Option<Value>,
    /// The value used, which is an unknown where there is none.
    pub value: Value,
    /// Where the value comes from.
    pub source: ParameterSource,
}

/// An output of an outermost template.
#[derive(Clone, Debug)]
pub struct DeclaredOutput {
    /// The file that declares it.
    pub file: FileId,
    /// The text of the declaration.
    pub span: Span,
    /// The name as spelled.
    pub name: Text,
    /// The type as spelled.
    pub type_name: Text,
    /// Whether its type is a secure one.
    pub secure: bool,
    /// The value.
    pub value: Value,
    /// The value as written in the template.
    pub written: Option<Value>,
}
