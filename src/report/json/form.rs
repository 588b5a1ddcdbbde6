//! The form of the JSON report, version 1: the contract with other programs.

use serde::Serialize;

/// The version of the report's form.
pub(super) const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report<'a> {
    pub(super) schema_version: u32,
    pub(super) tool: Tool,
    pub(super) inputs: Vec<Input<'a>>,
    pub(super) as_of: Option<&'a str>,
    pub(super) resources: Vec<ReportResource<'a>>,
    pub(super) exposures: Vec<ReportExposure<'a>>,
    pub(super) egress: Vec<ReportEgress<'a>>,
    pub(super) cuts: Vec<ReportCut<'a>>,
    pub(super) findings: Vec<ReportFinding<'a>>,
    pub(super) deviations: Vec<ReportDeviation<'a>>,
    pub(super) waivers: Vec<ReportWaiver<'a>>,
    pub(super) notes: Vec<ReportNote<'a>>,
    pub(super) attestations: Vec<ReportAttestation<'a>>,
    pub(super) diagnostics: Vec<ReportDiagnostic<'a>>,
}

#[derive(Serialize)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Input<'a> {
    pub(super) file: &'a str,
    pub(super) role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mode_because: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ReportResource<'a> {
    pub(super) id: &'a str,
    #[serde(rename = "type")]
    pub(super) resource_type: &'a str,
    pub(super) name: &'a str,
    pub(super) file: &'a str,
    pub(super) pointer: String,
    pub(super) line: u32,
    pub(super) coverage: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) not_deployed: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportExposure<'a> {
    pub(super) resource: &'a str,
    #[serde(rename = "type")]
    pub(super) resource_type: &'a str,
    pub(super) name: &'a str,
    pub(super) door: &'a str,
    pub(super) source: String,
    pub(super) verdict: &'static str,
    pub(super) open_to: Option<&'static str>,
    pub(super) summary: String,
    pub(super) egress: Option<&'static str>,
    pub(super) authentication: Vec<&'static str>,
    pub(super) authentication_unknown: Vec<&'static str>,
    pub(super) flows: Vec<ReportFlow>,
    pub(super) paths: Vec<ReportPath<'a>>,
    pub(super) blockers: Vec<ReportBlocker<'a>>,
    pub(super) unknowns: Vec<ReportUnknown<'a>>,
}

/// What gets out to the internet of one resource.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportEgress<'a> {
    pub(super) resource: &'a str,
    #[serde(rename = "type")]
    pub(super) resource_type: &'a str,
    pub(super) name: &'a str,
    pub(super) egress: &'static str,
    pub(super) summary: String,
    pub(super) ways: Vec<ReportEgressWay<'a>>,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
    pub(super) wide_rules: Vec<ReportWideRule<'a>>,
    pub(super) unknowns: Vec<ReportOpen<'a>>,
}

/// One way out: a route, and by whose address packets leave on it. `allowed` is at most what gets out; `isSure`
/// tells whether just that does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportEgressWay<'a> {
    pub(super) destinations: Vec<String>,
    pub(super) next_hop: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) device: Option<String>,
    pub(super) source: ReportSource<'a>,
    pub(super) allowed: Vec<ReportAllowed>,
    pub(super) is_sure: bool,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
}

#[derive(Serialize)]
pub(super) struct ReportAllowed {
    pub(super) protocol: &'static str,
    pub(super) ports: String,
    pub(super) destinations: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ReportSource<'a> {
    pub(super) kind: &'static str,
    pub(super) resource: Option<&'a str>,
    pub(super) addresses: Vec<String>,
}

/// A rule that lets out to other tenants' instances of a service.
#[derive(Serialize)]
pub(super) struct ReportWideRule<'a> {
    pub(super) name: &'a str,
    pub(super) destination: &'a str,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
}

/// What is open, without verdicts under each answer.
#[derive(Serialize)]
pub(super) struct ReportOpen<'a> {
    pub(super) code: &'a str,
    pub(super) why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u32>,
    pub(super) settle: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) command: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ReportFlow {
    pub(super) protocol: &'static str,
    pub(super) ports: String,
    pub(super) sources: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportPath<'a> {
    pub(super) assumes_compromise: bool,
    pub(super) hops: Vec<ReportHop<'a>>,
}

#[derive(Serialize)]
pub(super) struct ReportHop<'a> {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) kind: &'static str,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
}

#[derive(Serialize)]
pub(super) struct ReportBlocker<'a> {
    pub(super) resource: String,
    pub(super) says: String,
    /// Whether without it alone the target is reached.
    pub(super) alone: bool,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
}

#[derive(Serialize)]
pub(super) struct ReportEvidence<'a> {
    pub(super) file: &'a str,
    pub(super) pointer: String,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) says: String,
    pub(super) basis: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportUnknown<'a> {
    pub(super) code: &'a str,
    pub(super) why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u32>,
    pub(super) settle: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) command: Option<&'a str>,
    pub(super) if_settled: Vec<Settled<'a>>,
}

#[derive(Serialize)]
pub(super) struct Settled<'a> {
    pub(super) value: &'a str,
    pub(super) verdict: &'static str,
}

#[derive(Serialize)]
pub(super) struct ReportDiagnostic<'a> {
    pub(super) level: &'static str,
    pub(super) code: &'a str,
    pub(super) message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportFinding<'a> {
    pub(super) rule: &'static str,
    pub(super) severity: &'static str,
    /// Why the severity is not the rule's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) severity_because: Option<&'a str>,
    pub(super) status: &'static str,
    pub(super) resource: Option<&'a str>,
    pub(super) message: &'a str,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) settle: Vec<&'a str>,
    pub(super) responsibility: &'static str,
    pub(super) fingerprint: &'a str,
    pub(super) waived: bool,
    /// Why it is let stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waiver: Option<ReportWaived<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline_state: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportWaived<'a> {
    pub(super) reason: &'static str,
    pub(super) text: &'a str,
    pub(super) owner: Option<&'a str>,
    pub(super) expires: Option<&'a str>,
    pub(super) by_intent: bool,
}

/// A difference between the estate and the intent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportDeviation<'a> {
    pub(super) kind: &'static str,
    pub(super) severity: &'static str,
    pub(super) status: &'static str,
    /// What the line of the intent is called; `null` where no line is about it.
    pub(super) expectation: Option<String>,
    pub(super) source: &'a str,
    pub(super) resource: Option<&'a str>,
    pub(super) door: &'a str,
    pub(super) message: &'a str,
    pub(super) evidence: Vec<ReportEvidence<'a>>,
    pub(super) fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline_state: Option<&'static str>,
}

/// A waiver, and what has become of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReportWaiver<'a> {
    pub(super) rule: &'a str,
    pub(super) fingerprint: Option<&'a str>,
    pub(super) resource: Option<&'a str>,
    pub(super) reason: &'static str,
    pub(super) text: &'a str,
    pub(super) owner: &'a str,
    pub(super) expires: Option<&'a str>,
    pub(super) state: &'static str,
}

#[derive(Serialize)]
pub(super) struct ReportNote<'a> {
    pub(super) about: &'a str,
    pub(super) text: &'a str,
    pub(super) by: Option<&'a str>,
    pub(super) on: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ReportAttestation<'a> {
    pub(super) id: &'static str,
    pub(super) group: &'static str,
    pub(super) question: &'static str,
    pub(super) answer: Option<&'a crate::rule::Attested>,
}

#[derive(Serialize)]
pub(super) struct ReportCut<'a> {
    pub(super) closes: Vec<&'a str>,
    pub(super) optimal: bool,
    pub(super) changes: Vec<ReportChange<'a>>,
}

#[derive(Serialize)]
pub(super) struct ReportChange<'a> {
    pub(super) resource: &'a str,
    pub(super) file: &'a str,
    pub(super) pointer: String,
    /// The value as written; `null` where it is absent.
    pub(super) from: serde_json::Value,
    pub(super) to: serde_json::Value,
}
