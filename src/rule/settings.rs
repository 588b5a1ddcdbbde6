//! What the reviewer has laid down for rules that need it.

use super::attestation::Attested;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The reviewer's settings for rules, each with a default that raises nothing by guess.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// Regions in which resources may stand, as names or display names; empty allows all.
    pub allowed_regions: Vec<String>,
    /// Where data may be processed; `None` where nothing is declared.
    pub residency: Option<Residency>,
    /// The largest capacity of a model deployment, in thousands of tokens a minute.
    pub capacity_ceiling: i64,
    /// Publishers of models that are approved; empty where nothing is laid down.
    pub approved_publishers: Vec<String>,
    /// Registries of models that are approved; empty where nothing is laid down.
    pub approved_registries: Vec<String>,
    /// Names or identifiers of resources that hold sensitive data.
    pub sensitive: Vec<String>,
    /// Values of the tag `dataClassification` that mean sensitive data.
    pub sensitive_classifications: Vec<String>,
    /// The most people who may write to a workspace.
    pub writer_limit: usize,
    /// The fewest days for which logs are kept.
    pub retention_days: i64,
    /// Names or identifiers of virtual networks and subnets for management hosts.
    pub management_subnets: Vec<String>,
    /// Whether stores of data must be under customer-managed keys.
    pub customer_keys_required: bool,
    /// The tenant's identifier, where it is known.
    pub tenant_id: Option<String>,
    /// Issuers of federated credentials that are trusted besides the well-known ones.
    pub trusted_issuers: Vec<String>,
    /// The answers to attestation questions, by rule.
    pub answers: BTreeMap<String, Attested>,
}

/// Where data may be processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Residency {
    /// In one country or region only.
    Region,
    /// Within the zone of the United States or that of the European Union.
    DataZone,
}

impl Default for Settings {
    fn default() -> Self {
        let classifications = [
            "confidential",
            "highly confidential",
            "highlyConfidential",
            "restricted",
            "secret",
            "sensitive",
            "pii",
            "phi",
        ];
        Self {
            allowed_regions: Vec::new(),
            residency: None,
            capacity_ceiling: 500,
            approved_publishers: Vec::new(),
            approved_registries: Vec::new(),
            sensitive: Vec::new(),
            sensitive_classifications: classifications.map(str::to_owned).to_vec(),
            writer_limit: 3,
            retention_days: 90,
            management_subnets: Vec::new(),
            customer_keys_required: false,
            tenant_id: None,
            trusted_issuers: Vec::new(),
            answers: BTreeMap::new(),
        }
    }
}
