//! What fails a run.

use crate::analysis::Analysis;
use crate::report::Baseline;
use crate::rule::{Severity, Status};
use clap::ValueEnum;

/// From which severity findings and deviations from the intent fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Critical ones.
    Critical,
    /// High ones and worse.
    High,
    /// Medium ones and worse.
    Medium,
    /// Low ones and worse.
    Low,
    /// None.
    Never,
}

impl FailOn {
    fn limit(self) -> Option<Severity> {
        match self {
            Self::Critical => Some(Severity::Critical),
            Self::High => Some(Severity::High),
            Self::Medium => Some(Severity::Medium),
            Self::Low => Some(Severity::Low),
            Self::Never => None,
        }
    }

    /// What is said where `count` findings or deviations fail the run.
    pub(super) fn describe(self, count: usize) -> String {
        let limit = self.limit().map_or("never", Severity::as_str);
        let noun = if count == 1 {
            "finding is"
        } else {
            "findings are"
        };
        format!("{count} {noun} {limit} or worse, and new")
    }

    /// How many sure findings and deviations of `analysis` fail the run: severe enough, not let
    /// stand and not in `baseline`.
    pub(super) fn count(self, analysis: &Analysis, baseline: Option<&Baseline>) -> usize {
        let Some(limit) = self.limit() else {
            return 0;
        };
        let file = analysis.first_file();
        let is_new = |fingerprint: &str| baseline.is_none_or(|one| !one.knows(file, fingerprint));
        let findings = analysis
            .findings
            .iter()
            .filter(|one| one.status == Status::Fail && one.waived.is_none())
            .filter(|one| one.severity <= limit && is_new(&one.fingerprint));
        let deviations = analysis
            .reviewed
            .deviations
            .iter()
            .filter(|one| one.status == Status::Fail)
            .filter(|one| one.severity <= limit && is_new(&one.fingerprint));
        findings.count() + deviations.count()
    }
}
