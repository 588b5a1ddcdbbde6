//! What a rule says of a resource, ready to be told.

use super::Context;
use super::declare::Rule;
use super::ruling::Ruling;
use super::severity::Severity;
use super::waiver::Waived;
use super::weigh::weigh;
use crate::evidence::{Doubt, Evidence};
use crate::resource::ResourceIndex;
use crate::source::FileId;
use crate::value::Text;
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;

/// Whether a finding is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The rule fails.
    Fail,
    /// The inputs do not tell whether it does.
    Undetermined,
}

impl Status {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Undetermined => "undetermined",
        }
    }
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// Why that is not what the rule says, as a clause; `None` where it is.
    pub moved: Option<String>,
    /// Whether it is sure.
    pub status: Status,
    /// The resource; `None` where it is about something outside resources.
    pub resource: Option<ResourceIndex>,
    /// The file that it is about.
    pub file: FileId,
    /// What is wrong, or what may be, part by part.
    pub message: String,
    /// The keys of the parts that fail or are open.
    pub parts: Vec<Text>,
    /// What proves it; the first is the line to show.
    pub evidence: Vec<Evidence>,
    /// What is open, and what would settle it.
    pub doubts: Vec<Doubt>,
    /// A number that stays the same when the template is written differently.
    pub fingerprint: String,
    /// Why it is let stand, where it is.
    pub waived: Option<Arc<Waived>>,
}

impl Finding {
    /// The finding that `ruling` of `rule` amounts to; `None` where the rule passes.
    pub(super) fn of(context: &Context<'_>, rule: &'static Rule, ruling: &Ruling) -> Option<Self> {
        let failing = ruling.failing.iter().map(|part| (&part.key, part.severity));
        let open = ruling.open.iter().map(|part| (&part.key, part.severity));
        let (status, told): (_, Vec<_>) = if ruling.failing.is_empty() {
            (Status::Undetermined, open.collect())
        } else {
            (Status::Fail, failing.collect())
        };
        let own = |(_, severity): &(&Text, Option<Severity>)| severity.unwrap_or(rule.severity);
        let base = told.iter().map(own).min()?;
        let (severity, moved) = match context.settings.switch(rule).severity() {
            Some(set) => (set, (set != base).then(|| set_by_reviewer(base))),
            None => weigh(context, rule, ruling.resource, base),
        };
        let doubts = distinct_doubts(ruling);
        let mut evidence = distinct_evidence(ruling);
        if evidence.is_empty() {
            evidence.extend(context.own_place(ruling, status == Status::Fail, &doubts));
        }
        Some(Self {
            rule,
            severity,
            moved,
            status,
            resource: ruling.resource,
            file: context.file_of(ruling),
            message: tell(context.name_of(ruling), ruling),
            parts: told.iter().map(|(key, _)| Text::clone(key)).collect(),
            evidence,
            doubts,
            fingerprint: String::new(),
            waived: None,
        })
    }

    /// What its fingerprint is made of: the rule, the resource's type and name with the holes that
    /// open parameters leave, and what is wrong.
    fn identity(&self, context: &Context<'_>) -> String {
        let mut text = format!("{}|{}", self.rule.id, self.status.as_str());
        if let Some(resource) = self.resource.and_then(|index| context.inventory.get(index)) {
            let _ = write!(text, "|{}", without_holes(resource.id.tail()));
        }
        for part in &self.parts {
            let _ = write!(text, "|{part}");
        }
        text
    }
}

fn set_by_reviewer(base: Severity) -> String {
    format!("set by the reviewer, {} in the catalogue", base.as_str())
}

/// The doubts of all open parts, each once, in order.
fn distinct_doubts(ruling: &Ruling) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for doubt in ruling.open.iter().flat_map(|part| &part.doubts) {
        if !doubts.iter().any(|known| known.key == doubt.key) {
            doubts.push(doubt.clone());
        }
    }
    doubts
}

/// The evidence of all failing parts, each once, in order.
fn distinct_evidence(ruling: &Ruling) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = Vec::new();
    for one in ruling.failing.iter().flat_map(|part| &part.evidence) {
        if !evidence.contains(one) {
            evidence.push(one.clone());
        }
    }
    evidence
}

/// Gives every finding its fingerprint. Findings that nothing tells apart are numbered, so that
/// together they keep the same fingerprints in whatever order they stand.
pub(super) fn number(context: &Context<'_>, findings: &mut [Finding]) {
    let mut seen: IndexMap<String, u32> = IndexMap::new();
    for finding in findings {
        let mut identity = finding.identity(context);
        let count = seen.get(&identity).copied().unwrap_or_default();
        let end = identity.len();
        let _ = write!(identity, "#{count}");
        let digest = Sha256::digest(identity.as_bytes());
        identity.truncate(end);
        seen.insert(identity, count + 1);
        let half = digest.iter().take(16);
        let number = half.fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        finding.fingerprint = format!("{number:032x}");
    }
}

/// The sentence: the resource, then part by part what is wrong and what may be.
fn tell(name: Option<&str>, ruling: &Ruling) -> String {
    let mut text = match name {
        Some(name) => format!("`{name}`: "),
        None => String::new(),
    };
    for (at, part) in ruling.failing.iter().enumerate() {
        if at > 0 {
            text.push_str("; ");
        }
        text.push_str(&part.says);
        let mut says: Vec<&str> = Vec::new();
        for evidence in &part.evidence {
            if !says.contains(&&*evidence.says) {
                says.push(&evidence.says);
            }
        }
        if !says.is_empty() {
            let _ = write!(text, " ({})", says.join(", "));
        }
    }
    for (at, part) in ruling.open.iter().enumerate() {
        if at > 0 || !ruling.failing.is_empty() {
            text.push_str("; ");
        }
        let why = part
            .doubts
            .first()
            .map_or("the inputs do not say", |doubt| &doubt.why);
        let _ = write!(text, "it cannot be told whether {}: {why}", part.says);
    }
    text
}

/// `text` with the content of its holes in braces taken out.
pub fn without_holes(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '{' => {
                if depth == 0 {
                    out.push_str("{}");
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_holes;

    #[test]
    fn holes_are_emptied_whatever_they_name() {
        assert_eq!(without_holes("kv-{parameters('a')}-x{b{c}}"), "kv-{}-x{}");
        assert_eq!(without_holes("plain"), "plain");
    }
}
