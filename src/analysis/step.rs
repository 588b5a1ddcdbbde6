//! One step of a path in words.

use super::Analysis;
use crate::graph::EdgeKind;
use crate::reachability::Hop;

/// The statements of evidence that a sentence takes up; the rest stands below it.
const STATEMENTS: usize = 2;

/// Why `hop` can be taken, as a sentence without full stop: what kind of step it is, then what its
/// evidence says.
pub fn describe_step(analysis: &Analysis, hop: &Hop) -> String {
    let (from, to) = (analysis.place_name(hop.from), analysis.place_name(hop.to));
    let mut says: Vec<&str> = Vec::new();
    for one in &hop.evidence {
        if !says.contains(&&*one.says) && says.len() < STATEMENTS {
            says.push(&one.says);
        }
    }
    let says = says.join(", and ");
    let lead = match hop.kind {
        EdgeKind::Attach if says.is_empty() => format!("`{to}` belongs to `{from}`"),
        EdgeKind::Filter if says.is_empty() => "nothing stands in the way".to_owned(),
        EdgeKind::Route if says.is_empty() => format!("`{from}` has a route to `{to}`"),
        EdgeKind::Translate if says.is_empty() => format!("`{from}` hands it on to `{to}`"),
        EdgeKind::Authenticate if says.is_empty() => format!("`{to}` lets the caller in"),
        EdgeKind::Absent
        | EdgeKind::Attach
        | EdgeKind::Filter
        | EdgeKind::Route
        | EdgeKind::Translate
        | EdgeKind::Authenticate => String::new(),
        EdgeKind::Proxy => format!("`{from}` asks `{to}` in its own name"),
        EdgeKind::PrivateLink => format!("`{from}` leads to `{to}` by private link"),
        EdgeKind::RunsAs => format!("whoever runs code on `{from}` can act as `{to}`"),
        EdgeKind::HasRole => format!("`{from}` has rights on `{to}`"),
        EdgeKind::ListsKeys => format!("`{from}` may read the keys of `{to}`"),
        EdgeKind::ReadsSecret => format!("`{from}` may read the secrets of `{to}`"),
        EdgeKind::StoredCredential => format!("`{from}` keeps a credential for `{to}`"),
        EdgeKind::Federates => format!("`{to}` trusts tokens of `{from}`"),
        EdgeKind::RunsCodeOn => format!("`{from}` may run code on `{to}`"),
    };
    match (lead.is_empty(), says.is_empty()) {
        (true, _) => says,
        (false, true) => lead,
        (false, false) => format!("{lead}: {says}"),
    }
}
