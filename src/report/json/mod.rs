//! The JSON report. Its types are its own: the contract with other programs.

mod egress;
mod form;
mod reviewed;

use super::Baseline;
use crate::analysis::{Analysis, TargetCut, summarise};
use crate::diagnostic::Diagnostic;
use crate::edit::edits_of;
use crate::evidence::{Evidence, Remedy};
use crate::flow::FlowSet;
use crate::input::Role;
use crate::reachability::{Blocker, Exposure, Hop, OpenQuestion, Path, Verdict};
use crate::resource::{Coverage, Resource};
use crate::rule::{self, Finding};
use crate::source::Span;
use crate::value::{TextChange, to_json};
use form::{
    Input, Report, ReportAttestation, ReportBlocker, ReportChange, ReportCut, ReportDiagnostic,
    ReportEvidence, ReportExposure, ReportFinding, ReportFlow, ReportHop, ReportPath,
    ReportResource, ReportUnknown, SCHEMA_VERSION, Settled, Tool,
};

/// The report as JSON text, indented where `pretty`, without a line break at its end; where there is
/// a `baseline`, with what is new since.
pub fn write_json(analysis: &Analysis, baseline: Option<&Baseline>, pretty: bool) -> String {
    let report = build(analysis, baseline);
    let text = if pretty {
        serde_json::to_string_pretty(&report)
    } else {
        serde_json::to_string(&report)
    };
    // The report holds only texts, numbers and lists, none of which can fail to be written.
    text.unwrap_or_default()
}

/// The report as a JSON value.
pub fn report_value(analysis: &Analysis) -> serde_json::Value {
    serde_json::to_value(build(analysis, None)).unwrap_or_default()
}

fn build<'a>(analysis: &'a Analysis, baseline: Option<&Baseline>) -> Report<'a> {
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: "sightline",
            version: env!("CARGO_PKG_VERSION"),
        },
        inputs: inputs(analysis),
        as_of: analysis.options.as_of.as_deref(),
        resources: analysis
            .inventory
            .resources()
            .iter()
            .map(|one| resource(analysis, one))
            .collect(),
        exposures: analysis
            .exposures
            .iter()
            .map(|one| exposure(analysis, one))
            .collect(),
        egress: egress::egress_list(analysis),
        cuts: analysis.cuts.iter().map(|one| cut(analysis, one)).collect(),
        findings: analysis
            .findings
            .iter()
            .map(|one| finding(analysis, one, baseline))
            .collect(),
        deviations: reviewed::deviations(analysis, baseline),
        waivers: reviewed::waivers(analysis),
        notes: reviewed::notes(analysis),
        attestations: attestations(analysis),
        diagnostics: diagnostics(analysis),
    }
}

fn inputs(analysis: &Analysis) -> Vec<Input<'_>> {
    analysis
        .documents
        .iter()
        .filter_map(|document| {
            let file = analysis.sources.get(document.file)?.name();
            let role = match &document.role {
                Role::Template => "template",
                Role::Parameters => "parameters",
                Role::Reviewer => "reviewer",
                Role::Answer => "answer",
                Role::Other(_) => "other",
            };
            let is_template = document.role == Role::Template;
            Some(Input {
                file,
                role,
                mode: is_template.then(|| document.mode.mode.as_str()),
                mode_because: is_template.then_some(&*document.mode.because),
            })
        })
        .collect()
}

fn resource<'a>(analysis: &'a Analysis, resource: &'a Resource) -> ReportResource<'a> {
    let location = analysis.locate(resource.span);
    ReportResource {
        id: resource.id.as_str(),
        resource_type: resource.resource_type.as_str(),
        name: &resource.name,
        file: location.as_ref().map_or("", |location| location.file),
        line: location
            .as_ref()
            .map_or(0, |location| location.position.line),
        pointer: location
            .map(|location| location.pointer)
            .unwrap_or_default(),
        coverage: resource
            .kind()
            .map_or(Coverage::Shown, |kind| kind.coverage)
            .as_str(),
        not_deployed: resource.is_not_deployed(),
    }
}

fn exposure<'a>(analysis: &'a Analysis, exposure: &'a Exposure) -> ReportExposure<'a> {
    let resource = analysis.resource_of(exposure);
    let door = analysis
        .model
        .doors
        .get(exposure.door)
        .map(|entry| &entry.door);
    let authentication = door.map(|door| &door.authentication);
    let flows = if exposure.verdict == Verdict::Reachable {
        &exposure.arriving.must
    } else {
        &exposure.arriving.may
    };
    ReportExposure {
        resource: resource.map_or("", |resource| resource.id.as_str()),
        resource_type: resource.map_or("", |resource| resource.resource_type.as_str()),
        name: resource.map_or("", |resource| &resource.name),
        door: analysis.door_name(exposure),
        source: analysis.foothold_id(&exposure.source),
        verdict: exposure.verdict.as_str(),
        open_to: exposure.open_to.map(crate::reachability::OpenTo::as_str),
        summary: summarise(analysis, exposure),
        egress: analysis
            .egress
            .get(&exposure.resource)
            .map(|egress| egress.verdict.as_str()),
        authentication: modes(authentication.map(|auth| auth.accepted.iter().map(|a| a.0))),
        authentication_unknown: modes(
            authentication.map(|auth| auth.uncertain.iter().map(|a| a.0)),
        ),
        flows: report_flows(flows),
        paths: exposure
            .paths
            .iter()
            .chain(&exposure.inner_paths)
            .map(|one| path(analysis, one))
            .collect(),
        blockers: exposure
            .blockers
            .iter()
            .map(|one| blocker(analysis, one))
            .collect(),
        unknowns: exposure
            .questions
            .iter()
            .map(|one| unknown(analysis, one))
            .collect(),
    }
}

/// The modes' words, each once, in the order of the contract.
fn modes(
    modes: Option<impl Iterator<Item = crate::resource::AuthenticationMode>>,
) -> Vec<&'static str> {
    let mut modes: Vec<_> = modes.into_iter().flatten().collect();
    modes.sort_unstable();
    modes.dedup();
    modes
        .into_iter()
        .map(crate::resource::AuthenticationMode::as_str)
        .collect()
}

fn report_flows(flows: &FlowSet) -> Vec<ReportFlow> {
    flows
        .by_services()
        .into_iter()
        .flat_map(|(services, sources)| {
            let sources = sources.describe();
            let parts: Vec<_> = services.parts().collect();
            parts.into_iter().map(move |(protocol, ports)| ReportFlow {
                protocol: protocol.as_str(),
                ports: ports.to_string(),
                sources: sources.clone(),
            })
        })
        .collect()
}

fn path<'a>(analysis: &'a Analysis, path: &Path) -> ReportPath<'a> {
    ReportPath {
        assumes_compromise: path.assumes_compromise,
        hops: path.hops.iter().map(|one| hop(analysis, one)).collect(),
    }
}

fn hop<'a>(analysis: &'a Analysis, hop: &Hop) -> ReportHop<'a> {
    ReportHop {
        from: analysis.place_id(hop.from),
        to: analysis.place_id(hop.to),
        kind: hop.kind.as_str(),
        evidence: evidence(analysis, &hop.evidence),
    }
}

fn blocker<'a>(analysis: &'a Analysis, blocker: &Blocker) -> ReportBlocker<'a> {
    let owner = analysis.owner_of_blocker(blocker);
    ReportBlocker {
        resource: owner.map_or_else(String::new, |resource| resource.id.to_string()),
        says: blocker
            .evidence
            .first()
            .map_or_else(String::new, |one| one.says.to_string()),
        alone: blocker.alone,
        evidence: evidence(analysis, &blocker.evidence),
    }
}

fn evidence<'a>(analysis: &'a Analysis, evidence: &[Evidence]) -> Vec<ReportEvidence<'a>> {
    evidence
        .iter()
        .filter_map(|one| {
            let location = analysis.locate(one.span)?;
            Some(ReportEvidence {
                file: location.file,
                pointer: location.pointer,
                line: location.position.line,
                column: location.position.column,
                says: one.says.to_string(),
                basis: one.basis.as_str(),
            })
        })
        .collect()
}

/// The file, pointer and line of `span`.
fn located(analysis: &Analysis, span: Option<Span>) -> (Option<&str>, Option<String>, Option<u32>) {
    match span.and_then(|span| analysis.locate(span)) {
        Some(location) => (
            Some(location.file),
            Some(location.pointer),
            Some(location.position.line),
        ),
        None => (None, None, None),
    }
}

fn unknown<'a>(analysis: &'a Analysis, question: &'a OpenQuestion) -> ReportUnknown<'a> {
    let doubt = &question.doubt;
    let (file, pointer, line) = located(analysis, doubt.span);
    ReportUnknown {
        code: doubt.code,
        why: &doubt.why,
        file,
        line,
        pointer,
        settle: &doubt.settle,
        command: doubt.command.as_deref(),
        if_settled: question
            .if_settled
            .iter()
            .map(|(value, verdict)| Settled {
                value,
                verdict: verdict.as_str(),
            })
            .collect(),
    }
}

fn cut<'a>(analysis: &'a Analysis, cut: &'a TargetCut) -> ReportCut<'a> {
    let resource = analysis.inventory.get(cut.resource);
    ReportCut {
        closes: resource
            .map(|resource| resource.id.as_str())
            .into_iter()
            .collect(),
        optimal: cut.cut.optimal,
        changes: cut
            .cut
            .remedies
            .iter()
            .flat_map(|one| changes(analysis, one))
            .collect(),
    }
}

/// The places that a remedy changes; none where the text cannot be changed so.
fn changes<'a>(analysis: &'a Analysis, remedy: &Remedy) -> Vec<ReportChange<'a>> {
    let owner = analysis
        .owner(remedy.span)
        .and_then(|index| analysis.inventory.get(index));
    let edits = edits_of(analysis, remedy).unwrap_or_default();
    edits
        .into_iter()
        .map(|edit| ReportChange {
            resource: owner.map_or("", |owner| owner.id.as_str()),
            file: analysis
                .sources
                .get(edit.file)
                .map_or("", |file| file.name()),
            from: analysis
                .value_at(edit.file, &edit.pointer)
                .map_or(serde_json::Value::Null, to_json),
            pointer: edit.pointer,
            to: match edit.change {
                TextChange::Set(value) => value,
                TextChange::Remove => serde_json::Value::Null,
            },
        })
        .collect()
}

fn finding<'a>(
    analysis: &'a Analysis,
    finding: &'a Finding,
    baseline: Option<&Baseline>,
) -> ReportFinding<'a> {
    let resource = finding
        .resource
        .and_then(|index| analysis.inventory.get(index));
    ReportFinding {
        rule: finding.rule.id,
        severity: finding.severity.as_str(),
        severity_because: finding.moved.as_deref(),
        status: finding.status.as_str(),
        resource: resource.map(|resource| resource.id.as_str()),
        message: &finding.message,
        evidence: evidence(analysis, &finding.evidence),
        settle: finding.doubts.iter().map(|doubt| &*doubt.settle).collect(),
        responsibility: finding.rule.responsibility.as_str(),
        fingerprint: &finding.fingerprint,
        waived: finding.waived.is_some(),
        waiver: finding.waived.as_deref().map(reviewed::waived),
        baseline_state: reviewed::baseline_state(analysis, baseline, &finding.fingerprint),
    }
}

fn attestations(analysis: &Analysis) -> Vec<ReportAttestation<'_>> {
    rule::questions()
        .into_iter()
        .map(|(rule, question)| ReportAttestation {
            id: rule.id,
            group: question.group.as_str(),
            question: question.asks,
            answer: analysis.options.settings.answers.get(rule.id),
        })
        .collect()
}

fn diagnostics(analysis: &Analysis) -> Vec<ReportDiagnostic<'_>> {
    let rejected = analysis
        .rejected
        .iter()
        .map(|one| (Some(one.file.as_str()), &one.diagnostic));
    let others = analysis.diagnostics.iter().map(|one| (None, one));
    rejected
        .chain(others)
        .map(|(file, one)| diagnostic(analysis, file, one))
        .collect()
}

fn diagnostic<'a>(
    analysis: &'a Analysis,
    file: Option<&'a str>,
    diagnostic: &'a Diagnostic,
) -> ReportDiagnostic<'a> {
    let place = diagnostic
        .span
        .and_then(|span| analysis.sources.locate(span));
    ReportDiagnostic {
        level: diagnostic.level.as_str(),
        code: &diagnostic.code,
        message: &diagnostic.message,
        file: place.map(|(name, _)| name).or(file),
        line: place.map(|(_, position)| position.line),
        column: place.map(|(_, position)| position.column),
    }
}
