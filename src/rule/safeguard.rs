//! Kinds of safeguard, and what laws and trust criteria say about each.
//!
//! The mapping is guidance from knowledge, not legal advice. A number that is not here is nowhere.

/// What kind of safeguard a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safeguard {
    /// Public doors, private endpoints, firewalls, networks.
    NetworkExposure,
    /// Roles, managed identities, least privilege, just-in-time access.
    LeastPrivilege,
    /// Access reviews, guests, certification.
    AccessReview,
    /// Multi-factor sign-in, conditional access, local authentication, keys.
    Authentication,
    /// Encryption at rest, customer-managed keys.
    EncryptionAtRest,
    /// Transport security, forward secrecy.
    EncryptionInTransit,
    /// Retention and deletion.
    Retention,
    /// Classification and loss prevention.
    Classification,
    /// Where data is.
    Residency,
    /// Audit and diagnostic logs.
    AuditLogs,
    /// Defender, Sentinel, alerts, response.
    Detection,
    /// Policy, configuration, locks.
    Configuration,
    /// Key vaults, secrets in templates.
    Secrets,
    /// Integrity of models, data and code.
    ModelIntegrity,
    /// Backup and recovery.
    Recovery,
}

/// The numbers that go with a safeguard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provisions {
    /// Paragraphs of 45 CFR 164 (HIPAA).
    pub hipaa: &'static [&'static str],
    /// SOC 2 trust services criteria.
    pub soc2: &'static [&'static str],
    /// Articles of the GDPR.
    pub gdpr: &'static [&'static str],
}

impl Safeguard {
    /// The provisions about it.
    pub fn provisions(self) -> Provisions {
        let (hipaa, soc2, gdpr): (&[_], &[_], &[_]) = match self {
            Self::NetworkExposure => (
                &["164.312(a)(1)", "164.312(e)(1)"],
                &["CC6.1", "CC6.6"],
                &["32(1)(b)"],
            ),
            Self::LeastPrivilege => (
                &["164.312(a)(1)", "164.308(a)(4)"],
                &["CC6.1", "CC6.3"],
                &["32(1)(b)"],
            ),
            Self::AccessReview => (
                &["164.308(a)(4)(ii)(C)"],
                &["CC6.2", "CC6.3"],
                &["32(1)(d)"],
            ),
            Self::Authentication => (&["164.312(d)"], &["CC6.1"], &["32(1)(b)"]),
            Self::EncryptionAtRest => (&["164.312(a)(2)(iv)"], &["CC6.1", "CC6.7"], &["32(1)(a)"]),
            Self::EncryptionInTransit => (&["164.312(e)(2)(ii)"], &["CC6.7"], &["32(1)(a)"]),
            Self::Retention => (&["164.316(b)(2)(i)"], &["C1.2"], &["5(1)(e)", "17"]),
            Self::Classification => (&["164.308(a)(1)(ii)(A)"], &["C1.1", "CC6.7"], &["25", "32"]),
            Self::Residency => (&[], &["C1.1"], &["44"]),
            Self::AuditLogs => (&["164.312(b)"], &["CC7.2"], &["32(1)(d)"]),
            Self::Detection => (
                &["164.308(a)(6)(ii)"],
                &["CC7.2", "CC7.3", "CC7.4"],
                &["33"],
            ),
            Self::Configuration => (&["164.308(a)(8)"], &["CC7.1", "CC8.1"], &["32(1)(d)"]),
            Self::Secrets => (&["164.312(a)(2)(iv)"], &["CC6.1"], &["32(1)(a)"]),
            Self::ModelIntegrity => (&["164.312(c)(1)"], &["CC8.1", "PI1.2"], &["5(1)(f)"]),
            Self::Recovery => (&["164.308(a)(7)(ii)(A)"], &["A1.2"], &["32(1)(c)"]),
        };
        Provisions { hipaa, soc2, gdpr }
    }
}
