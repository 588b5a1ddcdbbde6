//! The form of the report, version 1: the contract with other programs. Documents and lists are
//! written from it too, so that all of them tell the same.

use serde::{Deserialize, Serialize};

/// The version of the report's form.
pub(in crate::report) const SCHEMA_VERSION: u32 = 1;

/// A review as plain texts and numbers, in the form of the JSON report.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub(in crate::report) schema_version: u32,
    pub(in crate::report) tool: Tool,
    pub(in crate::report) inputs: Vec<Input>,
    pub(in crate::report) as_of: Option<String>,
    /// The review in one sentence.
    pub(in crate::report) summary: String,
    pub(in crate::report) resources: Vec<ReportResource>,
    pub(in crate::report) exposures: Vec<ReportExposure>,
    #[serde(default)]
    pub(in crate::report) egress: Vec<ReportEgress>,
    pub(in crate::report) cuts: Vec<ReportCut>,
    pub(in crate::report) findings: Vec<ReportFinding>,
    pub(in crate::report) intent: Vec<ReportExpectation>,
    pub(in crate::report) deviations: Vec<ReportDeviation>,
    pub(in crate::report) waivers: Vec<ReportWaiver>,
    pub(in crate::report) notes: Vec<ReportNote>,
    pub(in crate::report) attestations: Vec<ReportAttestation>,
    #[serde(default)]
    pub(in crate::report) assumptions: Vec<ReportAssumption>,
    pub(in crate::report) diagnostics: Vec<ReportDiagnostic>,
}

/// Something that is taken for granted, and what would be open without it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportAssumption {
    pub(in crate::report) id: String,
    pub(in crate::report) says: String,
    pub(in crate::report) granted: bool,
    pub(in crate::report) flips: Vec<ReportFlip>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) egress: Vec<ReportEgressFlip>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportFlip {
    pub(in crate::report) resource: String,
    pub(in crate::report) door: String,
    #[serde(default)]
    pub(in crate::report) verdict: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportEgressFlip {
    pub(in crate::report) resource: String,
    pub(in crate::report) egress: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct Tool {
    pub(in crate::report) name: String,
    pub(in crate::report) version: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Input {
    pub(in crate::report) file: String,
    pub(in crate::report) role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) mode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) mode_because: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportResource {
    pub(in crate::report) id: String,
    #[serde(rename = "type")]
    pub(in crate::report) resource_type: String,
    pub(in crate::report) name: String,
    pub(in crate::report) file: String,
    pub(in crate::report) pointer: String,
    pub(in crate::report) line: u32,
    pub(in crate::report) coverage: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::report) not_deployed: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportExposure {
    pub(in crate::report) resource: String,
    #[serde(rename = "type")]
    pub(in crate::report) resource_type: String,
    pub(in crate::report) name: String,
    pub(in crate::report) door: String,
    pub(in crate::report) source: String,
    pub(in crate::report) verdict: String,
    pub(in crate::report) open_to: Option<String>,
    pub(in crate::report) summary: String,
    pub(in crate::report) egress: Option<String>,
    pub(in crate::report) authentication: Vec<String>,
    pub(in crate::report) authentication_unknown: Vec<String>,
    pub(in crate::report) flows: Vec<ReportFlow>,
    pub(in crate::report) paths: Vec<ReportPath>,
    pub(in crate::report) blockers: Vec<ReportBlocker>,
    pub(in crate::report) unknowns: Vec<ReportUnknown>,
}

/// What gets out to the internet of one resource.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportEgress {
    pub(in crate::report) resource: String,
    #[serde(rename = "type")]
    pub(in crate::report) resource_type: String,
    pub(in crate::report) name: String,
    pub(in crate::report) egress: String,
    pub(in crate::report) summary: String,
    pub(in crate::report) ways: Vec<ReportEgressWay>,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
    pub(in crate::report) wide_rules: Vec<ReportWideRule>,
    pub(in crate::report) unknowns: Vec<ReportOpen>,
}

/// One way out: a route, and by whose address packets leave on it. `allowed` is at most what gets out; `isSure`
/// tells whether just that does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportEgressWay {
    pub(in crate::report) destinations: Vec<String>,
    pub(in crate::report) next_hop: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) device: Option<String>,
    pub(in crate::report) source: ReportSource,
    pub(in crate::report) allowed: Vec<ReportAllowed>,
    pub(in crate::report) is_sure: bool,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportAllowed {
    pub(in crate::report) protocol: String,
    pub(in crate::report) ports: String,
    pub(in crate::report) destinations: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportSource {
    pub(in crate::report) kind: String,
    pub(in crate::report) resource: Option<String>,
    pub(in crate::report) addresses: Vec<String>,
}

/// A rule that lets out to other tenants' instances of a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportWideRule {
    pub(in crate::report) name: String,
    pub(in crate::report) destination: String,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
}

/// What is open, without verdicts under each answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportOpen {
    pub(in crate::report) code: String,
    pub(in crate::report) why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) pointer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) line: Option<u32>,
    pub(in crate::report) settle: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) command: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportFlow {
    pub(in crate::report) protocol: String,
    pub(in crate::report) ports: String,
    pub(in crate::report) sources: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportPath {
    pub(in crate::report) assumes_compromise: bool,
    pub(in crate::report) hops: Vec<ReportHop>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportHop {
    pub(in crate::report) from: String,
    pub(in crate::report) to: String,
    pub(in crate::report) kind: String,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportBlocker {
    pub(in crate::report) resource: String,
    pub(in crate::report) says: String,
    /// Whether without it alone the target is reached.
    pub(in crate::report) alone: bool,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportEvidence {
    pub(in crate::report) file: String,
    pub(in crate::report) pointer: String,
    pub(in crate::report) line: u32,
    pub(in crate::report) column: u32,
    pub(in crate::report) says: String,
    pub(in crate::report) basis: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportUnknown {
    pub(in crate::report) code: String,
    pub(in crate::report) why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) pointer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) line: Option<u32>,
    pub(in crate::report) settle: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) command: Option<String>,
    pub(in crate::report) if_settled: Vec<Settled>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct Settled {
    pub(in crate::report) value: String,
    pub(in crate::report) verdict: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportDiagnostic {
    pub(in crate::report) level: String,
    pub(in crate::report) code: String,
    pub(in crate::report) message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) line: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) column: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportFinding {
    pub(in crate::report) rule: String,
    pub(in crate::report) severity: String,
    /// Why the severity is not the rule's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) severity_because: Option<String>,
    pub(in crate::report) status: String,
    pub(in crate::report) resource: Option<String>,
    pub(in crate::report) message: String,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report) settle: Vec<String>,
    pub(in crate::report) responsibility: String,
    pub(in crate::report) fingerprint: String,
    pub(in crate::report) waived: bool,
    /// Why it is let stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) waiver: Option<ReportWaived>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) baseline_state: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportWaived {
    pub(in crate::report) reason: String,
    pub(in crate::report) text: String,
    pub(in crate::report) owner: Option<String>,
    pub(in crate::report) expires: Option<String>,
    pub(in crate::report) by_intent: bool,
}

/// A line of the intent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportExpectation {
    pub(in crate::report) title: String,
    pub(in crate::report) source: String,
    pub(in crate::report) to: String,
    pub(in crate::report) reach: String,
    pub(in crate::report) why: String,
    /// Whether nothing in the estate deviates from it.
    pub(in crate::report) holds: bool,
}

/// A difference between the estate and the intent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportDeviation {
    pub(in crate::report) kind: String,
    pub(in crate::report) severity: String,
    pub(in crate::report) status: String,
    /// What the line of the intent is called; `null` where no line is about it.
    pub(in crate::report) expectation: Option<String>,
    pub(in crate::report) source: String,
    pub(in crate::report) resource: Option<String>,
    pub(in crate::report) door: String,
    pub(in crate::report) message: String,
    pub(in crate::report) evidence: Vec<ReportEvidence>,
    pub(in crate::report) fingerprint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report) baseline_state: Option<String>,
}

/// A waiver, and what has become of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct ReportWaiver {
    pub(in crate::report) rule: String,
    pub(in crate::report) fingerprint: Option<String>,
    pub(in crate::report) resource: Option<String>,
    pub(in crate::report) reason: String,
    pub(in crate::report) text: String,
    pub(in crate::report) owner: String,
    pub(in crate::report) expires: Option<String>,
    pub(in crate::report) state: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportNote {
    pub(in crate::report) about: String,
    pub(in crate::report) text: String,
    pub(in crate::report) by: Option<String>,
    pub(in crate::report) on: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportAttestation {
    pub(in crate::report) id: String,
    pub(in crate::report) group: String,
    pub(in crate::report) question: String,
    pub(in crate::report) answer: Option<crate::rule::Attested>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportCut {
    pub(in crate::report) closes: Vec<String>,
    pub(in crate::report) optimal: bool,
    pub(in crate::report) changes: Vec<ReportChange>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report) struct ReportChange {
    pub(in crate::report) resource: String,
    pub(in crate::report) file: String,
    pub(in crate::report) pointer: String,
    /// The value as written; `null` where it is absent.
    pub(in crate::report) from: serde_json::Value,
    pub(in crate::report) to: serde_json::Value,
}
