//! Pseudonyms in place of names.

use super::form::Report;
use crate::diagram::Scene;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The shortest name that is replaced wherever it stands; shorter ones would be found in words.
const SHORTEST: usize = 3;
/// Names that Azure gives, which tell nothing.
const OF_THE_PLATFORM: [&str; 8] = [
    "default",
    "AzureFirewallSubnet",
    "GatewaySubnet",
    "AzureBastionSubnet",
    "RouteServerSubnet",
    "main",
    "subscriptions",
    "resourceGroups",
];

impl Report {
    /// The same report with every resource's, group's and subscription's name replaced by a
    /// pseudonym, in identifiers, sentences and evidence alike. A pseudonym is made from the name
    /// alone, so it stays the same from review to review, and cannot be turned back without
    /// guessing the name. Fingerprints are replaced likewise, since they are made from names.
    #[must_use]
    pub fn with_pseudonyms(self) -> Self {
        let names = Names::of(&self);
        let Ok(mut whole) = serde_json::to_value(&self) else {
            return self;
        };
        names.replace_in(&mut whole);
        serde_json::from_value(whole).unwrap_or(self)
    }
}

impl Report {
    /// `scene`, a picture of what the report is about, with the same pseudonyms.
    #[must_use]
    pub fn hide_names(&self, scene: Scene) -> Scene {
        let names = Names::of(self);
        let Ok(mut whole) = serde_json::to_value(&scene) else {
            return scene;
        };
        names.replace_in(&mut whole);
        serde_json::from_value(whole).unwrap_or(scene)
    }
}

/// Members that hold words of Azure's or our own and no names.
const OWN_WORDS: [&str; 13] = [
    "type", "rule", "question", "tool", "severity", "status", "kind", "style", "tone", "icon",
    "zone", "mark", "change",
];

/// Names with their pseudonyms, the longest first.
struct Names(Vec<(String, String)>);

impl Names {
    fn of(report: &Report) -> Self {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut add = |name: &str, kind: &str| {
            let known = OF_THE_PLATFORM
                .iter()
                .any(|one| one.eq_ignore_ascii_case(name));
            if name.chars().count() >= SHORTEST && !known {
                let key = name.to_lowercase();
                let word = pseudonym(kind, &key);
                names.entry(key).or_insert(word);
            }
        };
        for resource in &report.resources {
            let kind = resource
                .resource_type
                .rsplit('/')
                .next()
                .unwrap_or("resource");
            for part in resource.name.split('/') {
                add(part, kind);
            }
            add_scope(&resource.id, &mut add);
        }
        let hops = report.exposures.iter().flat_map(|one| &one.paths);
        for hop in hops.flat_map(|path| &path.hops) {
            add_scope(&hop.from, &mut add);
            add_scope(&hop.to, &mut add);
        }
        for input in &report.inputs {
            add(&input.file, "file");
        }
        let mut names: Vec<(String, String)> = names.into_iter().collect();
        names.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), name.clone()));
        Self(names)
    }

    /// The recursion is as deep as the report's form.
    fn replace_in(&self, value: &mut Json) {
        match value {
            Json::String(text) => *text = self.replace(text),
            Json::Array(items) => items.iter_mut().for_each(|item| self.replace_in(item)),
            Json::Object(members) => {
                for (name, member) in members.iter_mut() {
                    match (name.as_str(), &mut *member) {
                        (name, _) if OWN_WORDS.contains(&name) => {}
                        ("fingerprint", Json::String(text)) => *text = digest(text, 32),
                        _ => self.replace_in(member),
                    }
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }

    /// `text` with every name in it replaced where it stands by itself: not within a longer word.
    fn replace(&self, text: &str) -> String {
        let lower = text.to_lowercase();
        if lower.len() != text.len() {
            // Where case changes lengths, places do not agree; such texts are replaced as lower.
            return self.replace_lower(&lower, &lower);
        }
        self.replace_lower(text, &lower)
    }

    fn replace_lower(&self, text: &str, lower: &str) -> String {
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut found: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
        for (name, word) in &self.0 {
            for (at, _) in lower.match_indices(name.as_str()) {
                let end = at + name.len();
                let free = !taken.iter().any(|(from, to)| at < *to && *from < end);
                if free && stands_alone(lower, at, end) {
                    taken.insert((at, end));
                    found.insert(at, (end, word));
                }
            }
        }
        let mut out = String::with_capacity(text.len());
        let mut here = 0;
        for (at, (end, word)) in found {
            out.push_str(text.get(here..at).unwrap_or_default());
            out.push_str(word);
            here = end;
        }
        out.push_str(text.get(here..).unwrap_or_default());
        out
    }
}

/// The names of the subscription and the group in an identifier.
fn add_scope(id: &str, add: &mut impl FnMut(&str, &str)) {
    let parts: Vec<&str> = id.split('/').collect();
    for pair in parts.windows(2) {
        if let [word, name] = pair {
            match word.to_ascii_lowercase().as_str() {
                "subscriptions" => add(name, "subscription"),
                "resourcegroups" => add(name, "group"),
                _ => {}
            }
        }
    }
}

fn stands_alone(text: &str, at: usize, end: usize) -> bool {
    let before = text.get(..at).and_then(|part| part.chars().next_back());
    let behind = text.get(end..).and_then(|part| part.chars().next());
    let is_word =
        |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || one == '-');
    !is_word(before) && !is_word(behind)
}

fn pseudonym(kind: &str, name: &str) -> String {
    let kind = kind.strip_suffix('s').unwrap_or(kind);
    format!("{}-{}", kind.to_lowercase(), digest(name, 8))
}

fn digest(text: &str, length: usize) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).fold(
        String::new(),
        |mut out, digit| {
            out.extend(char::from_digit(u32::from(digit), 16));
            out
        },
    );
    hex.chars().take(length).collect()
}
