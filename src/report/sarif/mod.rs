//! SARIF 2.1.0, for code scanning and its viewers.
//!
//! Every finding is a result; what cannot be told is one of kind `open`. Paths that a finding rests
//! on are code flows. Deviations from the intent are results of rules `intent/…`.

mod form;
mod rule;

use super::form::{
    Report, ReportDeviation, ReportDiagnostic, ReportEvidence, ReportExposure, ReportFinding,
};
use super::plain::plain;
use form::{
    Artifact, ArtifactLocation, AutomationDetails, CodeFlow, Driver, FlowLocation, Invocation,
    Location, Log, LogicalLocation, Message, Notification, NotificationDescriptor, Outcome,
    OutcomeProperties, PhysicalLocation, Region, Run, Suppression, ThreadFlow, Tool,
};
use rule::{Rules, level_of};
use std::collections::{BTreeMap, BTreeSet};

/// The most paths of one result.
const FLOW_LIMIT: usize = 4;

/// A SARIF file with a run for each of `reports`, in order. `prefix`, where not empty, is the folder
/// that the inputs stand in, as the repository names it; every file's name starts with it.
pub fn write_sarif(reports: &[Report], prefix: &str) -> String {
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: reports.iter().map(|one| run(one, prefix)).collect(),
    };
    // Texts, numbers and lists, none of which can fail to be written.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn run(report: &Report, prefix: &str) -> Run {
    let mut rules = Rules::default();
    let places = Places { prefix };
    let flows = Flows::of(report);
    let mut results = Vec::new();
    for finding in &report.findings {
        results.push(places.of_finding(finding, &flows, &mut rules));
    }
    for deviation in &report.deviations {
        results.push(places.of_deviation(deviation, &flows, &mut rules));
    }
    let notices: Vec<Notification> = report
        .diagnostics
        .iter()
        .map(|one| places.notification(one))
        .collect();
    let codes: BTreeSet<String> = notices
        .iter()
        .map(|one| one.descriptor.id.clone())
        .collect();
    let file = report.inputs.first().map_or("", |input| &input.file);
    let artifacts = report.inputs.iter().map(|input| Artifact {
        location: places.artifact(&input.file),
        roles: vec!["analysisTarget"],
    });
    Run {
        tool: Tool {
            driver: Driver {
                name: "Sightline",
                version: report.tool.version.clone(),
                semantic_version: report.tool.version.clone(),
                rules: rules.into_descriptors(),
                notifications: codes
                    .into_iter()
                    .map(|id| NotificationDescriptor { id })
                    .collect(),
            },
        },
        invocations: vec![Invocation {
            execution_successful: true,
            tool_execution_notifications: notices,
        }],
        artifacts: artifacts.collect(),
        automation_details: AutomationDetails {
            id: format!("sightline/{}", uri(file)),
        },
        column_kind: "utf16CodeUnits",
        results,
    }
}

/// The exposures of a report by resource.
struct Flows<'a>(BTreeMap<&'a str, Vec<&'a ReportExposure>>);

impl<'a> Flows<'a> {
    fn of(report: &'a Report) -> Self {
        let mut by_resource: BTreeMap<&str, Vec<&ReportExposure>> = BTreeMap::new();
        for exposure in &report.exposures {
            let all = by_resource.entry(&exposure.resource).or_default();
            all.push(exposure);
        }
        Self(by_resource)
    }

    /// The exposures of `resource`, worst first.
    fn to(&self, resource: Option<&str>) -> &[&'a ReportExposure] {
        resource
            .and_then(|id| self.0.get(id))
            .map_or(&[], Vec::as_slice)
    }
}

/// How places are named.
struct Places<'a> {
    prefix: &'a str,
}

impl Places<'_> {
    fn artifact(&self, file: &str) -> ArtifactLocation {
        let prefix = self.prefix.trim_end_matches('/');
        let name = if prefix.is_empty() {
            uri(file)
        } else {
            format!("{}/{}", uri(prefix), uri(file))
        };
        ArtifactLocation { uri: name }
    }

    fn physical(&self, file: &str, line: u32, column: u32) -> PhysicalLocation {
        PhysicalLocation {
            artifact: self.artifact(file),
            region: Region {
                start_line: line.max(1),
                start_column: column.max(1),
            },
        }
    }

    fn evidence(&self, one: &ReportEvidence) -> Location {
        Location {
            physical_location: Some(self.physical(&one.file, one.line, one.column)),
            message: Some(message(&one.says)),
            ..Location::default()
        }
    }

    /// The place of a result, and the other places that bear it out.
    fn locations(
        &self,
        resource: Option<&str>,
        evidence: &[ReportEvidence],
    ) -> (Vec<Location>, Vec<Location>) {
        let logical_locations = resource
            .map(|id| LogicalLocation {
                fully_qualified_name: plain(id).into_owned(),
                kind: "resource",
            })
            .into_iter()
            .collect();
        let first = evidence.first();
        let own = Location {
            physical_location: first.map(|one| self.physical(&one.file, one.line, one.column)),
            logical_locations,
            ..Location::default()
        };
        let mut related: Vec<Location> = evidence.iter().map(|one| self.evidence(one)).collect();
        for (at, location) in related.iter_mut().enumerate() {
            location.id = Some(at + 1);
        }
        let is_placed = own.physical_location.is_some() || !own.logical_locations.is_empty();
        (is_placed.then_some(own).into_iter().collect(), related)
    }

    fn of_finding(&self, finding: &ReportFinding, flows: &Flows<'_>, rules: &mut Rules) -> Outcome {
        let resource = finding.resource.as_deref();
        let (locations, related_locations) = self.locations(resource, &finding.evidence);
        let stands = finding.waiver.as_ref().map(|waiver| {
            let owner = waiver.owner.as_deref().unwrap_or("the intent");
            let until = waiver.expires.as_deref();
            let until = until.map_or(String::new(), |day| format!(", until {day}"));
            let justification = format!("{}: {} ({owner}{until})", waiver.reason, waiver.text);
            Suppression {
                kind: "external",
                status: "accepted",
                justification: plain(&justification).into_owned(),
            }
        });
        Outcome {
            rule_index: rules.index_of(&finding.rule),
            rule_id: finding.rule.clone(),
            kind: kind_of(&finding.status),
            level: level_of(&finding.severity, &finding.status),
            message: message(&finding.message),
            locations,
            related_locations,
            code_flows: self.code_flows(flows.to(resource), Some(&finding.evidence)),
            partial_fingerprints: fingerprint(&finding.fingerprint),
            suppressions: stands.into_iter().collect(),
            baseline_state: finding.baseline_state.clone(),
            properties: OutcomeProperties {
                severity: finding.severity.clone(),
            },
        }
    }

    fn of_deviation(
        &self,
        deviation: &ReportDeviation,
        flows: &Flows<'_>,
        rules: &mut Rules,
    ) -> Outcome {
        let resource = deviation.resource.as_deref();
        let (locations, related_locations) = self.locations(resource, &deviation.evidence);
        let doors: Vec<&ReportExposure> = flows
            .to(resource)
            .iter()
            .copied()
            .filter(|one| one.door == deviation.door && one.source == deviation.source)
            .collect();
        let id = format!("intent/{}", deviation.kind);
        Outcome {
            rule_index: rules.index_of(&id),
            rule_id: id,
            kind: kind_of(&deviation.status),
            level: level_of(&deviation.severity, &deviation.status),
            message: message(&deviation.message),
            locations,
            related_locations,
            code_flows: self.code_flows(&doors, None),
            partial_fingerprints: fingerprint(&deviation.fingerprint),
            baseline_state: deviation.baseline_state.clone(),
            properties: OutcomeProperties {
                severity: deviation.severity.clone(),
            },
            ..Outcome::default()
        }
    }

    /// The paths of `exposures`; where there is `evidence`, those alone on which it stands.
    fn code_flows(
        &self,
        exposures: &[&ReportExposure],
        evidence: Option<&[ReportEvidence]>,
    ) -> Vec<CodeFlow> {
        let bears = |one: &ReportEvidence| {
            evidence.is_none_or(|all| {
                all.iter()
                    .any(|other| other.file == one.file && other.pointer == one.pointer)
            })
        };
        let mut flows = Vec::new();
        for exposure in exposures {
            for path in &exposure.paths {
                let mut steps = path.hops.iter().flat_map(|hop| &hop.evidence).peekable();
                if flows.len() >= FLOW_LIMIT || steps.peek().is_none() {
                    continue;
                }
                let steps: Vec<&ReportEvidence> = steps.collect();
                if !steps.iter().any(|one| bears(one)) {
                    continue;
                }
                let locations = steps.into_iter().map(|one| FlowLocation {
                    location: self.evidence(one),
                });
                flows.push(CodeFlow {
                    message: message(&exposure.summary),
                    thread_flows: vec![ThreadFlow {
                        locations: locations.collect(),
                    }],
                });
            }
        }
        flows
    }

    fn notification(&self, diagnostic: &ReportDiagnostic) -> Notification {
        let location = diagnostic.file.as_deref().map(|file| Location {
            physical_location: Some(self.physical(
                file,
                diagnostic.line.unwrap_or(1),
                diagnostic.column.unwrap_or(1),
            )),
            ..Location::default()
        });
        Notification {
            descriptor: NotificationDescriptor {
                id: diagnostic.code.clone(),
            },
            level: diagnostic.level.clone(),
            message: message(&diagnostic.message),
            locations: location.into_iter().collect(),
        }
    }
}

fn kind_of(status: &str) -> &'static str {
    if status == "fail" { "fail" } else { "open" }
}

fn fingerprint(fingerprint: &str) -> BTreeMap<&'static str, String> {
    BTreeMap::from([("sightline/v1", fingerprint.to_owned())])
}

/// A message in which brackets make no links (SARIF 2.1.0, 3.11.6).
fn message(text: &str) -> Message {
    let mut out = String::with_capacity(text.len());
    for letter in plain(text).chars() {
        if matches!(letter, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    Message {
        text: out,
        markdown: None,
    }
}

/// `file` as a relative reference of RFC 3986: everything but unreserved letters and `/` as
/// percent-encoded UTF-8.
fn uri(file: &str) -> String {
    let mut out = String::with_capacity(file.len());
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_relative_references() {
        assert_eq!(uri("a/b c#é.json"), "a/b%20c%23%C3%A9.json");
        assert_eq!(uri("C:\\x"), "C%3A%5Cx");
        let places = Places { prefix: "infra/" };
        assert_eq!(places.artifact("a.json").uri, "infra/a.json");
    }

    #[test]
    fn brackets_in_messages_make_no_links() {
        assert_eq!(message("[x](1)\\").text, "\\[x\\](1)\\\\");
    }
}
