//! Where other catalogues say the same.

use super::safeguard::Safeguard;
use serde::Serialize;

/// A catalogue of rules or controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Azure's built-in policies, by identifier.
    AzurePolicy,
    /// `PSRule` for Azure.
    Psrule,
    /// Checkov.
    Checkov,
    /// KICS.
    Kics,
    /// The ARM Template Analyzer.
    TemplateAnalyzer,
    /// CIS Microsoft Azure Foundations Benchmark 3.0.
    Cis,
    /// MITRE ATLAS, techniques and mitigations.
    Atlas,
    /// The OWASP top ten for LLM applications.
    OwaspLlm,
    /// NIST SP 800-53 controls, and the NIST AI risk management framework with `AI RMF` in front.
    Nist,
    /// The EU AI Act.
    EuAiAct,
    /// The GDPR.
    Gdpr,
    /// 45 CFR 164, the security rule of HIPAA.
    Hipaa,
    /// SOC 2.
    Soc2,
}

/// One entry of another catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The catalogue.
    pub source: Source,
    /// The entry as that catalogue numbers it.
    pub id: String,
}

/// The sources that a rule's own list can name; laws come by the safeguard.
const LISTED: [(&str, Source); 10] = [
    ("azure-policy", Source::AzurePolicy),
    ("psrule", Source::Psrule),
    ("checkov", Source::Checkov),
    ("kics", Source::Kics),
    ("template-analyzer", Source::TemplateAnalyzer),
    ("cis", Source::Cis),
    ("atlas", Source::Atlas),
    ("owasp-llm", Source::OwaspLlm),
    ("nist", Source::Nist),
    ("eu-ai-act", Source::EuAiAct),
];

impl Source {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gdpr => "gdpr",
            Self::Hipaa => "hipaa",
            Self::Soc2 => "soc2",
            listed => LISTED
                .iter()
                .find(|(_, source)| *source == listed)
                .map_or("", |(word, _)| word),
        }
    }

    /// The catalogue's name as people say it.
    pub fn label(self) -> &'static str {
        match self {
            Self::AzurePolicy => "Azure Policy",
            Self::Psrule => "PSRule for Azure",
            Self::Checkov => "Checkov",
            Self::Kics => "KICS",
            Self::TemplateAnalyzer => "Template Analyzer",
            Self::Cis => "CIS Azure Foundations 3.0",
            Self::Atlas => "MITRE ATLAS",
            Self::OwaspLlm => "OWASP LLM top ten",
            Self::Nist => "NIST",
            Self::EuAiAct => "EU AI Act",
            Self::Gdpr => "GDPR",
            Self::Hipaa => "HIPAA (45 CFR 164)",
            Self::Soc2 => "SOC 2",
        }
    }
}

/// The references in `text`, then those that come with `safeguard`.
pub(super) fn parse(text: &str, safeguard: Option<Safeguard>) -> Vec<Reference> {
    let mut references = Vec::new();
    for group in text.split(';') {
        let Some((word, ids)) = group.split_once(':') else {
            continue;
        };
        let Some((_, source)) = LISTED.iter().find(|(name, _)| *name == word.trim()) else {
            continue;
        };
        references.extend(ids.split(',').map(|id| Reference {
            source: *source,
            id: id.trim().to_owned(),
        }));
    }
    let Some(provisions) = safeguard.map(Safeguard::provisions) else {
        return references;
    };
    for (source, ids) in [
        (Source::Gdpr, provisions.gdpr),
        (Source::Hipaa, provisions.hipaa),
        (Source::Soc2, provisions.soc2),
    ] {
        references.extend(ids.iter().map(|id| Reference {
            source,
            id: (*id).to_owned(),
        }));
    }
    references
}
