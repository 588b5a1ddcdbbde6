//! A verdict in one plain sentence.

use super::Analysis;
use crate::evidence::Evidence;
use crate::flow::{FlowSet, Protocol};
use crate::graph::EdgeKind;
use crate::reachability::{Exposure, OpenTo, Path, Verdict};
use std::fmt::Write as _;

/// The sentence about `exposure`, fit to be read out.
pub fn summarise(analysis: &Analysis, exposure: &Exposure) -> String {
    let name = subject(analysis, exposure);
    match exposure.verdict {
        Verdict::Reachable => reachable(analysis, exposure, &name),
        Verdict::Blocked => match exposure.blockers.first() {
            Some(blocker) => {
                format!(
                    "The internet does not reach {name}: {}",
                    because(&blocker.evidence)
                )
            }
            None => format!("The internet does not reach {name}: no way leads there"),
        },
        Verdict::Conditional => {
            format!(
                "Whether the internet reaches {name} is left open: {}",
                open(exposure)
            )
        }
        Verdict::Undetermined => {
            format!(
                "The inputs do not tell whether the internet reaches {name}: {}",
                open(exposure)
            )
        }
    }
}

/// The sentence about the whole estate: how many doors answer and to whom.
pub fn headline(analysis: &Analysis) -> String {
    let total = analysis.exposures.len();
    let count = |verdict| {
        analysis
            .exposures
            .iter()
            .filter(|e| e.verdict == verdict)
            .count()
    };
    let open = count(Verdict::Reachable);
    let unclear = count(Verdict::Conditional) + count(Verdict::Undetermined);
    let mut text = match (open, total) {
        (_, 0) => return "Nothing in the inputs answers on a network".to_owned(),
        (0, _) => format!("None of {total} doors surely answers the internet"),
        (1, _) => format!("1 of {total} doors answers the internet"),
        _ => format!("{open} of {total} doors answer the internet"),
    };
    if unclear > 0 {
        let _ = write!(text, ", {unclear} cannot be told");
    }
    text
}

fn subject(analysis: &Analysis, exposure: &Exposure) -> String {
    let name = analysis
        .resource_of(exposure)
        .map_or("", |resource| &resource.name);
    match analysis.door_name(exposure) {
        "main" => format!("`{name}`"),
        door => format!("`{name}` ({door})"),
    }
}

fn reachable(analysis: &Analysis, exposure: &Exposure, name: &str) -> String {
    let who = match exposure.open_to {
        Some(OpenTo::AzureTenants) => "Any customer of Azure".to_owned(),
        Some(OpenTo::Listed) => {
            let listed = exposure.arriving.must.sources().describe();
            match listed.as_slice() {
                [one] => format!("Only {one}"),
                [one, two] => format!("Only {one} and {two}"),
                more => format!("Only {} listed addresses", more.len()),
            }
        }
        Some(OpenTo::Anyone) | None => "The internet".to_owned(),
    };
    let verb = match exposure.open_to {
        Some(OpenTo::Listed) if exposure.arriving.must.sources().describe().len() > 1 => "reach",
        _ => "reaches",
    };
    let ports = describe_ports(&exposure.arriving.must);
    let mut text = format!("{who} {verb} {name} on {ports}");
    if let Some(path) = exposure.paths.first() {
        let via: Vec<String> = path
            .hops
            .iter()
            .skip(1)
            .filter_map(|hop| analysis.model.resource_of(hop.from))
            .filter(|index| *index != exposure.resource)
            .filter_map(|index| analysis.inventory.get(index))
            .map(|resource| format!("`{}`", resource.short_name()))
            .collect();
        if !via.is_empty() {
            text.push_str(" through ");
            text.push_str(&via.join(", "));
        }
        let _ = write!(text, ": {}", because(&deciding(path)));
    }
    text
}

/// What decides on a path: the evidence of its last filter, or else of its last hop that has any.
fn deciding(path: &Path) -> Vec<Evidence> {
    let with_evidence = || {
        path.hops
            .iter()
            .rev()
            .filter(|hop| !hop.evidence.is_empty())
    };
    with_evidence()
        .find(|hop| !matches!(hop.kind, EdgeKind::Attach))
        .or_else(|| with_evidence().next())
        .map(|hop| hop.evidence.clone())
        .unwrap_or_default()
}

fn because(evidence: &[Evidence]) -> String {
    let mut says: Vec<&str> = Vec::new();
    for one in evidence {
        if !says.contains(&&*one.says) && says.len() < 2 {
            says.push(&one.says);
        }
    }
    if says.is_empty() {
        "nothing stands in the way".to_owned()
    } else {
        says.join(", and ")
    }
}

fn open(exposure: &Exposure) -> String {
    let mut whys: Vec<&str> = Vec::new();
    for question in &exposure.questions {
        if !whys.contains(&question.doubt.why.as_str()) && whys.len() < 2 {
            whys.push(&question.doubt.why);
        }
    }
    if whys.is_empty() {
        "what decides is not there".to_owned()
    } else {
        whys.join(", and ")
    }
}

/// The ports of `flows` in words: `443`, `22 and 3389`, `udp 53`, `every port`.
pub fn describe_ports(flows: &FlowSet) -> String {
    let services = flows.services();
    if services == crate::flow::ServiceSet::all() {
        return "every port".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    for (protocol, ports) in services.parts() {
        let listed = ports.to_string();
        parts.push(match protocol {
            Protocol::Tcp if listed == "*" => "every tcp port".to_owned(),
            Protocol::Tcp => listed.replace(',', ", "),
            Protocol::Udp if listed == "*" => "every udp port".to_owned(),
            Protocol::Udp => format!("udp {}", listed.replace(',', ", ")),
            other => other.as_str().to_ascii_lowercase(),
        });
    }
    parts.join(" and ")
}
