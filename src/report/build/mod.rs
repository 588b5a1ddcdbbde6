//! From the analysis to the form of the report.

mod cut;
mod egress;
mod reviewed;

use super::Baseline;
use super::form::{
    Input, Report, ReportAssumption, ReportAttestation, ReportBlocker, ReportDiagnostic,
    ReportEgressFlip, ReportEvidence, ReportExposure, ReportFinding, ReportFlip, ReportFlow,
    ReportHop, ReportPath, ReportResource, ReportUnknown, SCHEMA_VERSION, Settled, Tool,
};
use crate::analysis::{Analysis, Flip, headline, summarise};
use crate::diagnostic::Diagnostic;
use crate::evidence::Evidence;
use crate::flow::FlowSet;
use crate::input::Role;
use crate::network::EgressVerdict;
use crate::reachability::{Blocker, Exposure, Hop, OpenQuestion, Path, Verdict};
use crate::resource::{Coverage, Resource, ResourceIndex};
use crate::rule::{self, Finding};
use crate::source::Span;

impl Report {
    /// The report about `analysis`; where there is a `baseline`, with what is new since.
    pub fn of(analysis: &Analysis, baseline: Option<&Baseline>) -> Self {
        build(analysis, baseline)
    }
}

fn build(analysis: &Analysis, baseline: Option<&Baseline>) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: "sightline".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        inputs: inputs(analysis),
        as_of: analysis.options.as_of.clone(),
        summary: headline(analysis),
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
        cuts: analysis
            .cuts
            .iter()
            .map(|one| cut::cut(analysis, one))
            .collect(),
        findings: analysis
            .findings
            .iter()
            .map(|one| finding(analysis, one, baseline))
            .collect(),
        intent: reviewed::intent(analysis),
        deviations: reviewed::deviations(analysis, baseline),
        waivers: reviewed::waivers(analysis),
        notes: reviewed::notes(analysis),
        attestations: attestations(analysis),
        assumptions: assumptions(analysis),
        diagnostics: diagnostics(analysis),
    }
}

fn inputs(analysis: &Analysis) -> Vec<Input> {
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
                file: file.to_string(),
                role: role.to_owned(),
                mode: is_template.then(|| document.mode.mode.as_str().to_owned()),
                mode_because: is_template.then(|| document.mode.because.clone()),
            })
        })
        .collect()
}

fn resource(analysis: &Analysis, resource: &Resource) -> ReportResource {
    let location = analysis.locate(resource.span);
    ReportResource {
        id: resource.id.to_string(),
        resource_type: resource.resource_type.as_str().to_owned(),
        name: resource.name.to_string(),
        file: location
            .as_ref()
            .map_or_else(String::new, |location| location.file.to_owned()),
        line: location
            .as_ref()
            .map_or(0, |location| location.position.line),
        pointer: location
            .map(|location| location.pointer)
            .unwrap_or_default(),
        coverage: resource
            .kind()
            .map_or(Coverage::Shown, |kind| kind.coverage)
            .as_str()
            .to_owned(),
        not_deployed: resource.is_not_deployed(),
    }
}

fn exposure(analysis: &Analysis, exposure: &Exposure) -> ReportExposure {
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
        resource: resource.map_or_else(String::new, |one| one.id.to_string()),
        resource_type: resource
            .map_or("", |one| one.resource_type.as_str())
            .to_owned(),
        name: resource.map_or_else(String::new, |one| one.name.to_string()),
        door: analysis.door_name(exposure).to_owned(),
        source: analysis.foothold_id(&exposure.source),
        verdict: exposure.verdict.as_str().to_owned(),
        open_to: exposure.open_to.map(|one| one.as_str().to_owned()),
        summary: summarise(analysis, exposure),
        egress: analysis
            .egress
            .get(&exposure.resource)
            .map(|egress| egress.verdict.as_str().to_owned()),
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
fn modes(modes: Option<impl Iterator<Item = crate::resource::AuthenticationMode>>) -> Vec<String> {
    let mut modes: Vec<_> = modes.into_iter().flatten().collect();
    modes.sort_unstable();
    modes.dedup();
    modes
        .into_iter()
        .map(|mode| mode.as_str().to_owned())
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
                protocol: protocol.as_str().to_owned(),
                ports: ports.to_string(),
                sources: sources.clone(),
            })
        })
        .collect()
}

fn path(analysis: &Analysis, path: &Path) -> ReportPath {
    ReportPath {
        assumes_compromise: path.assumes_compromise,
        hops: path.hops.iter().map(|one| hop(analysis, one)).collect(),
    }
}

fn hop(analysis: &Analysis, hop: &Hop) -> ReportHop {
    ReportHop {
        from: analysis.place_id(hop.from),
        to: analysis.place_id(hop.to),
        kind: hop.kind.as_str().to_owned(),
        evidence: evidence(analysis, &hop.evidence),
    }
}

fn blocker(analysis: &Analysis, blocker: &Blocker) -> ReportBlocker {
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

fn evidence(analysis: &Analysis, evidence: &[Evidence]) -> Vec<ReportEvidence> {
    evidence
        .iter()
        .filter_map(|one| {
            let location = analysis.locate(one.span)?;
            Some(ReportEvidence {
                file: location.file.to_owned(),
                pointer: location.pointer,
                line: location.position.line,
                column: location.position.column,
                says: one.says.to_string(),
                basis: one.basis.as_str().to_owned(),
            })
        })
        .collect()
}

/// The file, pointer and line of `span`.
fn located(
    analysis: &Analysis,
    span: Option<Span>,
) -> (Option<String>, Option<String>, Option<u32>) {
    match span.and_then(|span| analysis.locate(span)) {
        Some(location) => (
            Some(location.file.to_owned()),
            Some(location.pointer),
            Some(location.position.line),
        ),
        None => (None, None, None),
    }
}

fn unknown(analysis: &Analysis, question: &OpenQuestion) -> ReportUnknown {
    let doubt = &question.doubt;
    let (file, pointer, line) = located(analysis, doubt.span);
    ReportUnknown {
        code: doubt.code.to_owned(),
        why: doubt.why.clone(),
        file,
        line,
        pointer,
        settle: doubt.settle.clone(),
        command: doubt.command.clone(),
        if_settled: question
            .if_settled
            .iter()
            .map(|(value, verdict)| Settled {
                value: value.clone(),
                verdict: verdict.as_str().to_owned(),
            })
            .collect(),
    }
}

fn finding(analysis: &Analysis, finding: &Finding, baseline: Option<&Baseline>) -> ReportFinding {
    let resource = finding
        .resource
        .and_then(|index| analysis.inventory.get(index));
    ReportFinding {
        rule: finding.rule.id.to_owned(),
        severity: finding.severity.as_str().to_owned(),
        severity_because: finding.moved.clone(),
        status: finding.status.as_str().to_owned(),
        resource: resource.map(|resource| resource.id.to_string()),
        message: finding.message.clone(),
        evidence: evidence(analysis, &finding.evidence),
        settle: finding
            .doubts
            .iter()
            .map(|doubt| doubt.settle.clone())
            .collect(),
        responsibility: finding.rule.responsibility.as_str().to_owned(),
        fingerprint: finding.fingerprint.clone(),
        waived: finding.waived.is_some(),
        waiver: finding.waived.as_deref().map(reviewed::waived),
        baseline_state: reviewed::baseline_state(analysis, baseline, &finding.fingerprint),
    }
}

fn assumptions(analysis: &Analysis) -> Vec<ReportAssumption> {
    let flip = |one: &Flip| {
        let exposure = analysis.exposures.get(one.at)?;
        Some(ReportFlip {
            resource: analysis.resource_of(exposure)?.id.to_string(),
            door: analysis.door_name(exposure).to_owned(),
            verdict: one.verdict.as_str().to_owned(),
        })
    };
    let egress = |(index, verdict): &(ResourceIndex, EgressVerdict)| {
        Some(ReportEgressFlip {
            resource: analysis.inventory.get(*index)?.id.to_string(),
            egress: verdict.as_str().to_owned(),
        })
    };
    let all = analysis.assumptions().into_iter();
    all.map(|one| ReportAssumption {
        id: one.assumption.id().to_owned(),
        says: one.assumption.says().to_owned(),
        granted: one.granted,
        flips: one.flips.iter().filter_map(flip).collect(),
        egress: one.egress.iter().filter_map(egress).collect(),
    })
    .collect()
}

fn attestations(analysis: &Analysis) -> Vec<ReportAttestation> {
    rule::questions()
        .into_iter()
        .map(|(rule, question)| ReportAttestation {
            id: rule.id.to_owned(),
            group: question.group.as_str().to_owned(),
            question: question.asks.to_owned(),
            answer: analysis.options.settings.answers.get(rule.id).cloned(),
        })
        .collect()
}

fn diagnostics(analysis: &Analysis) -> Vec<ReportDiagnostic> {
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

fn diagnostic(
    analysis: &Analysis,
    file: Option<&str>,
    diagnostic: &Diagnostic,
) -> ReportDiagnostic {
    let place = diagnostic
        .span
        .and_then(|span| analysis.sources.locate(span));
    ReportDiagnostic {
        level: diagnostic.level.as_str().to_owned(),
        code: diagnostic.code.to_string(),
        message: diagnostic.message.clone(),
        file: place.map(|(name, _)| name).or(file).map(str::to_owned),
        line: place.map(|(_, position)| position.line),
        column: place.map(|(_, position)| position.column),
    }
}
