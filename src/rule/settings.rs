//! What the reviewer has laid down for rules that need it.

use super::attestation::Attested;
use super::declare::Rule;
use super::severity::Severity;
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
    /// Names or identifiers of resources that hold sensitive data; `*` stands for any text.
    pub sensitive: Vec<String>,
    /// Tags that mark sensitive data, each with the values that do; `*` stands for any text.
    pub sensitive_tags: BTreeMap<String, Vec<String>>,
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
    /// The cloud that the estate is in, `AzureCloud`, `AzureUSGovernment` or `AzureChinaCloud`,
    /// where the environment does not say; `None` for the first.
    pub cloud: Option<String>,
    /// Rules that are switched off or given another severity, by identifier or name.
    pub rules: BTreeMap<String, RuleSwitch>,
    /// The answers to attestation questions, by rule.
    pub answers: BTreeMap<String, Attested>,
}

/// What the reviewer makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleSwitch {
    /// It stands as the catalogue has it.
    On,
    /// It is not asked.
    Off,
    /// Its findings are critical.
    Critical,
    /// Its findings are high.
    High,
    /// Its findings are medium.
    Medium,
    /// Its findings are low.
    Low,
    /// Its findings are for information.
    Info,
}

impl RuleSwitch {
    /// The severity of the rule's findings, where the reviewer sets one.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::On | Self::Off => None,
            Self::Critical => Some(Severity::Critical),
            Self::High => Some(Severity::High),
            Self::Medium => Some(Severity::Medium),
            Self::Low => Some(Severity::Low),
            Self::Info => Some(Severity::Info),
        }
    }
}

impl Settings {
    /// Takes over the answers and the marks of sensitive data of `other`; what both answer stays.
    pub fn keep_marks(&mut self, other: Self) {
        let mut answers = other.answers;
        answers.append(&mut self.answers);
        self.answers = answers;
        for name in other.sensitive {
            if !self.sensitive.contains(&name) {
                self.sensitive.push(name);
            }
        }
        for (tag, words) in other.sensitive_tags {
            let known = self.sensitive_tags.entry(tag).or_default();
            let new = words.into_iter().filter(|word| !known.contains(word));
            let new: Vec<String> = new.collect();
            known.extend(new);
        }
    }

    /// What the reviewer makes of `rule`.
    pub fn switch(&self, rule: &Rule) -> RuleSwitch {
        let named = |text: &str| text.eq_ignore_ascii_case(rule.id) || text == rule.name;
        let mut switches = self.rules.iter();
        switches
            .find(|(name, _)| named(name))
            .map_or(RuleSwitch::On, |(_, switch)| *switch)
    }
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
            sensitive_tags: BTreeMap::new(),
            cloud: None,
            rules: BTreeMap::new(),
            answers: BTreeMap::new(),
        }
    }
}
