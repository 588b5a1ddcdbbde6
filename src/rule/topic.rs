//! The parts of practice that rules belong to.

/// A part of practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Azure Machine Learning.
    AzureMl,
    /// Endpoints that serve models.
    SecureServing,
    /// Filters between people, models and documents.
    ContentSafety,
    /// Models, their origin and what guards them.
    ModelGovernance,
    /// Virtual networks, filters, routes, names.
    Network,
    /// Azure OpenAI and the AI services.
    AiServices,
    /// Who may use how much.
    RateLimiting,
    /// Where data is kept and processed.
    DataResidency,
    /// Watching for abuse of models.
    AbuseMonitoring,
    /// Logs, alerts, plans and policies.
    Monitoring,
    /// Roles and identities.
    Identity,
    /// Bots.
    BotService,
    /// AI Search.
    AiSearch,
    /// Storage accounts.
    Storage,
    /// Encryption, retention and recovery.
    DataProtection,
    /// Key vaults.
    KeyVault,
    /// Secrets in the text of templates.
    SecretsInTemplate,
    /// Container registries.
    ContainerRegistry,
    /// API gateways.
    ApiManagement,
    /// Apps.
    AppHosting,
    /// Kubernetes.
    Aks,
    /// Databases, queues and pipelines.
    DataPlatform,
    /// What the inputs do not tell.
    DataQuality,
}

impl Topic {
    /// The words of the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AzureMl => "azure ml",
            Self::SecureServing => "secure serving",
            Self::ContentSafety => "content safety",
            Self::ModelGovernance => "model security & governance",
            Self::Network => "network",
            Self::AiServices => "azure openai / ai services",
            Self::RateLimiting => "rate limiting",
            Self::DataResidency => "data residency",
            Self::AbuseMonitoring => "abuse monitoring",
            Self::Monitoring => "monitoring & compliance",
            Self::Identity => "identity",
            Self::BotService => "bot service",
            Self::AiSearch => "ai search",
            Self::Storage => "storage",
            Self::DataProtection => "data protection",
            Self::KeyVault => "key vault",
            Self::SecretsInTemplate => "secrets in template",
            Self::ContainerRegistry => "container registry",
            Self::ApiManagement => "api management",
            Self::AppHosting => "app hosting",
            Self::Aks => "aks",
            Self::DataPlatform => "data platform",
            Self::DataQuality => "data quality",
        }
    }
}
