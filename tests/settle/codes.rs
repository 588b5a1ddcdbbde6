//! Every code has a case, or a reason why nothing offline can settle it.

use crate::case::Case;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Codes that no file settles, each with why.
const UNSETTLED: &[(&str, &str)] = &[
    (
        "application-checks-tokens",
        "the application's own code decides",
    ),
    ("application-decides", "the workloads' own code decides"),
    ("appliance-rules", "the rules are kept inside the appliance"),
    (
        "assignment-condition",
        "a condition is decided call by call",
    ),
    (
        "cluster-ingress",
        "the cluster alone tells, in answers that are not Azure's",
    ),
    (
        "default-route-in-tag",
        "it is not documented, and no resource shows it",
    ),
    (
        "endpoint-made-private",
        "what was when it was made is recorded nowhere",
    ),
    ("excluded-paths", "the application's own code decides"),
    (
        "gateway-route",
        "what the far side of a gateway sends back is in no resource",
    ),
    ("header-filter", "whether a value is a secret is in no file"),
    (
        "kubernetes-endpoint",
        "the cluster alone tells, in answers that are not Azure's",
    ),
    (
        "names-of-destinations",
        "names lead to other addresses from day to day",
    ),
    (
        "nat-and-network-rules",
        "the documents disagree, and no resource shows it",
    ),
    (
        "outbound-filter",
        "the target's address is told at the time of the call",
    ),
    ("perimeter-trusted-services", "it is documented both ways"),
    (
        "policy-check",
        "what a policy lets through is its own affair",
    ),
    ("source-port", "the caller chooses it"),
    (
        "static-website",
        "the data plane tells, in an answer that names no account",
    ),
    (
        "user-delegation-signature",
        "signatures leave no trace in a resource",
    ),
];

/// The rooms whose doubts stand in reports as unknowns.
const ROOMS: [&str; 4] = [
    "src/evidence.rs",
    "src/resource",
    "src/network",
    "src/graph",
];

/// What stands before the code of a doubt.
const MARKS: [&str; 7] = [
    "Doubt::outside(",
    "outside(",
    "open(",
    ".perhaps(",
    "=> (",
    "SERVICE_ADDRESSES: &str =",
    "LEARNED_DEFAULT: &str =",
];

fn sources(path: &Path, found: &mut Vec<String>) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for entry in &entries {
            sources(entry, found);
        }
        return;
    }
    let text = std::fs::read_to_string(path).unwrap();
    let tested = text.find("#[cfg(test)]").unwrap_or(text.len());
    found.push(text[..tested].to_owned());
}

/// The codes in `text`: of a call that makes a doubt, the first word with a hyphen that stands alone
/// in quotes among what follows, as far as the key.
fn codes(text: &str, found: &mut BTreeSet<String>) {
    for mark in MARKS {
        for after in text.split(mark).skip(1) {
            let end = after.find([',', ';']).map_or(after.len(), |first| {
                // A mode may stand before the code.
                let rest = &after[first + 1..];
                rest.find([',', ';'])
                    .map_or(after.len(), |second| first + 1 + second)
            });
            for quoted in after[..end].split('"').skip(1).step_by(2) {
                let is_code = quoted.contains('-')
                    && quoted.starts_with(|letter: char| letter.is_ascii_lowercase())
                    && quoted
                        .chars()
                        .all(|letter| letter.is_ascii_lowercase() || letter == '-');
                if is_code {
                    found.insert(quoted.to_owned());
                }
            }
        }
    }
}

/// The codes of what an expression leaves open, which stand in a table of causes.
fn codes_of_causes(text: &str, found: &mut BTreeSet<String>) {
    let Some((_, table)) = text.split_once("match cause {") else {
        return;
    };
    for entry in table.split("Cause::").skip(1) {
        let mut quoted = entry.split('"').skip(1).step_by(2);
        found.extend(quoted.find(|text| text.contains('-')).map(str::to_owned));
    }
}

#[test]
fn every_code_has_a_case_or_a_reason() {
    let mut texts = Vec::new();
    for room in ROOMS {
        sources(Path::new(room), &mut texts);
    }
    let mut declared = BTreeSet::new();
    for text in &texts {
        codes(text, &mut declared);
        codes_of_causes(text, &mut declared);
    }
    assert!(declared.len() > 70, "{declared:?}");
    let cases: Vec<Case> = [
        crate::access::cases(),
        crate::service::cases(),
        crate::proof::cases(),
        crate::network::cases(),
        crate::egress::cases(),
        crate::gateway::cases(),
        crate::outside::cases(),
        crate::identity::cases(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let reasons: BTreeMap<&str, &str> = UNSETTLED.iter().copied().collect();
    let settled: BTreeSet<&str> = cases.iter().map(|case| case.code).collect();
    let both: Vec<_> = settled
        .iter()
        .filter(|code| reasons.contains_key(*code))
        .collect();
    let missing: Vec<_> = declared
        .iter()
        .filter(|code| !settled.contains(code.as_str()) && !reasons.contains_key(code.as_str()))
        .collect();
    let gone: Vec<_> = settled
        .iter()
        .chain(reasons.keys())
        .filter(|code| !declared.contains(**code))
        .collect();
    assert!(missing.is_empty(), "without a case: {missing:#?}");
    assert!(gone.is_empty(), "declared nowhere: {gone:#?}");
    assert!(
        both.is_empty(),
        "settled, and with a reason why not: {both:#?}"
    );
}
