//! Why a verdict is what it is, in a word or two.

use super::standing::count_sources;
use crate::analysis::{Analysis, describe_ports};
use crate::evidence::{Doubt, Evidence};
use crate::reachability::{Exposure, OpenTo, Path, Verdict};
use crate::resource::AuthenticationMode as Mode;

/// The longest reason, in characters; a longer one is cut.
const LENGTH: usize = 32;

/// The one word why the door of `exposure` stands as it does: `tcp 22`, `keys accepted`,
/// `public access off`, `firewall`, `parameter ipRules`, `via vm-jump`.
pub fn reason_of(analysis: &Analysis, exposure: &Exposure) -> String {
    let text = match (exposure.verdict, exposure.open_to) {
        (Verdict::Reachable, Some(OpenTo::Listed)) => count_sources(exposure),
        (Verdict::Reachable, Some(OpenTo::AzureTenants)) => "Azure's addresses".to_owned(),
        (Verdict::Reachable, _) => how_open(analysis, exposure),
        (Verdict::Conditional | Verdict::Undetermined, _) => {
            exposure.questions.first().map_or_else(
                || "not in the inputs".to_owned(),
                |one| doubt_word(&one.doubt),
            )
        }
        (Verdict::Blocked, _) => match exposure.inner_paths.first() {
            Some(path) => via(analysis, exposure, path),
            None => exposure.blockers.first().map_or_else(
                || "no way leads there".to_owned(),
                |one| control(&one.evidence),
            ),
        },
    };
    if text.chars().count() > LENGTH {
        let mut short: String = text.chars().take(LENGTH - 1).collect();
        short.push('…');
        short
    } else {
        text
    }
}

/// What stands out at a door that is open to anyone: what it takes as proof, or its ports.
fn how_open(analysis: &Analysis, exposure: &Exposure) -> String {
    let ports = ports_word(exposure);
    if ports != "443" {
        return if ports.starts_with(|one: char| one.is_ascii_digit()) {
            format!("tcp {ports}")
        } else {
            ports
        };
    }
    let door = analysis.model.doors.get(exposure.door);
    let accepts = |wanted: &[Mode]| {
        door.is_some_and(|entry| {
            let mut accepted = entry.door.authentication.accepted.iter();
            accepted.any(|(mode, _)| wanted.contains(mode))
        })
    };
    if accepts(&[Mode::Anonymous, Mode::NetworkOnly]) {
        "no sign-in needed"
    } else if accepts(&[
        Mode::SharedKey,
        Mode::Sas,
        Mode::AdminKey,
        Mode::FunctionKey,
    ]) {
        "keys accepted"
    } else if accepts(&[Mode::Password]) {
        "passwords accepted"
    } else if accepts(&[Mode::Entra]) {
        "Entra sign-in"
    } else {
        "https"
    }
    .to_owned()
}

/// The ports on which something surely arrives, or else may.
pub(super) fn ports_word(exposure: &Exposure) -> String {
    let flows = if exposure.verdict == Verdict::Reachable {
        &exposure.arriving.must
    } else {
        &exposure.arriving.may
    };
    describe_ports(flows)
}

/// The fact on which a decision hangs.
fn doubt_word(doubt: &Doubt) -> String {
    if let Some(name) = quoted(&doubt.why) {
        match doubt.code {
            "parameter-without-value" => return format!("parameter {name}"),
            "missing-file" => return format!("{name} missing"),
            _ => {}
        }
    }
    match doubt.code {
        "runtime-value" => "known to Azure only".to_owned(),
        "key-vault-secret" => "a key vault's secret".to_owned(),
        "new-each-time" => "new each time".to_owned(),
        "conflicting-statements" => "contradiction".to_owned(),
        code => code.replace('-', " "),
    }
}

/// The first text in backticks.
fn quoted(text: &str) -> Option<&str> {
    text.split('`').nth(1).filter(|name| !name.is_empty())
}

/// Through what a stolen identity leads there.
fn via(analysis: &Analysis, exposure: &Exposure, path: &Path) -> String {
    let mut through = path
        .hops
        .iter()
        .filter_map(|hop| analysis.model.resource_of(hop.from))
        .filter(|index| *index != exposure.resource)
        .filter_map(|index| analysis.inventory.get(index));
    match through.next_back() {
        Some(last) => format!("via {}", last.short_name()),
        None => "via a stolen identity".to_owned(),
    }
}

/// What a statement speaks of, and the word for it; the first that fits counts.
const CONTROLS: &[(&[&str], &str)] = &[
    (&["its condition is false"], "not deployed"),
    (&["provisioningstate"], "not running"),
    (
        &[
            "publicnetworkaccess",
            "public network access",
            "public access",
        ],
        "public access off",
    ),
    (
        &[
            "security group",
            "securityrules",
            "security rule",
            "denyallinbound",
            "nsg",
        ],
        "security group",
    ),
    (
        &[
            "networkacls",
            "defaultaction",
            "iprules",
            "ip rules",
            "ipsecurityrestrictions",
            "virtualnetworkrules",
            "firewall",
        ],
        "firewall",
    ),
    (&["perimeter"], "network perimeter"),
    (
        &[
            "no public ip",
            "no public address",
            "nodepublicip",
            "virtual network only",
        ],
        "no public address",
    ),
    (&["network that the service manages"], "managed network"),
    (
        &["private endpoint", "private link", "privatelink"],
        "private endpoint only",
    ),
    (&["ingress"], "internal ingress"),
    (&["route", "routes"], "no route"),
    (&["restrict"], "restrictions"),
    (&["disabled"], "switched off"),
];

/// What kind of control the evidence of a blocker speaks of.
fn control(evidence: &[Evidence]) -> String {
    let Some(first) = evidence.first() else {
        return "closed".to_owned();
    };
    let says = first.says.to_ascii_lowercase();
    let found = CONTROLS
        .iter()
        .find(|(words, _)| words.iter().any(|word| says.contains(word)));
    found.map_or_else(|| first.says.to_string(), |(_, word)| (*word).to_owned())
}
