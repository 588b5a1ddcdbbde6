//! What gets out of the estate, in the form of the report.

use super::{evidence, located};
use crate::analysis::{Analysis, egress_next_hop, egress_source, summarise_egress};
use crate::evidence::Doubt;
use crate::flow::FlowSet;
use crate::network::{EgressWay, ResourceEgress};
use crate::report::form::{
    ReportAllowed, ReportEgress, ReportEgressWay, ReportOpen, ReportSource, ReportWideRule,
};
use std::sync::Arc;

/// What gets out of every resource that runs something or calls others, in the order of resources.
pub(super) fn egress_list(analysis: &Analysis) -> Vec<ReportEgress> {
    let found = analysis.egress.values();
    found.filter_map(|egress| one(analysis, egress)).collect()
}

fn one(analysis: &Analysis, egress: &ResourceEgress) -> Option<ReportEgress> {
    let resource = analysis.inventory.get(egress.index)?;
    let wide_rules = egress.wide_rules.iter().map(|rule| ReportWideRule {
        name: rule.name.to_string(),
        destination: rule.destination.to_string(),
        evidence: evidence(analysis, &rule.evidence),
    });
    Some(ReportEgress {
        resource: resource.id.to_string(),
        resource_type: resource.resource_type.as_str().to_owned(),
        name: resource.name.to_string(),
        egress: egress.verdict.as_str().to_owned(),
        summary: summarise_egress(analysis, egress),
        ways: egress.ways.iter().map(|one| way(analysis, one)).collect(),
        evidence: evidence(analysis, &egress.evidence),
        wide_rules: wide_rules.collect(),
        unknowns: open(analysis, &egress.doubts),
    })
}

fn way(analysis: &Analysis, way: &EgressWay) -> ReportEgressWay {
    let (next_hop, device) = egress_next_hop(way);
    let (kind, resource, addresses) = egress_source(analysis, &way.source);
    ReportEgressWay {
        destinations: way.destinations.describe(),
        next_hop: next_hop.to_owned(),
        device,
        source: ReportSource {
            kind: kind.to_owned(),
            resource: resource.map(ToOwned::to_owned),
            addresses,
        },
        allowed: allowed(&way.allowed.may),
        is_sure: way.allowed.must == way.allowed.may,
        evidence: evidence(analysis, &way.evidence),
    }
}

/// What gets out; the addresses of `flows` are those of destinations.
fn allowed(flows: &FlowSet) -> Vec<ReportAllowed> {
    let groups = flows.by_services().into_iter();
    groups
        .flat_map(|(services, destinations)| {
            let destinations = destinations.describe();
            let parts: Vec<_> = services.parts().collect();
            parts
                .into_iter()
                .map(move |(protocol, ports)| ReportAllowed {
                    protocol: protocol.as_str().to_owned(),
                    ports: ports.to_string(),
                    destinations: destinations.clone(),
                })
        })
        .collect()
}

fn open(analysis: &Analysis, doubts: &[Arc<Doubt>]) -> Vec<ReportOpen> {
    let mut known: Vec<&str> = Vec::new();
    let once = doubts.iter().filter(|doubt| {
        let is_new = !known.contains(&&*doubt.key);
        known.push(&doubt.key);
        is_new
    });
    once.map(|doubt| {
        let (file, pointer, line) = located(analysis, doubt.span);
        ReportOpen {
            code: doubt.code.to_owned(),
            why: doubt.why.clone(),
            file,
            pointer,
            line,
            settle: doubt.settle.clone(),
            command: doubt.command.clone(),
        }
    })
    .collect()
}
