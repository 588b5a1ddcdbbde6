//! A resource's own facts.

use crate::analysis::End;
use crate::resource::kind::Coverage;
use crate::resource::{Presence, Resource, ResourceIndex};
use crate::source::Span;
use crate::view::{Appearance, Ground};
use serde::{Deserialize, Serialize};

/// A place in a file, to jump to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourcePlace {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 code units.
    pub column: u32,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// What it is: `Location`.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Whether the value is code or an identifier.
    pub code: bool,
    /// Where the template says so.
    pub place: Option<SourcePlace>,
}

fn fact(label: &str, value: impl Into<String>, code: bool, place: Option<SourcePlace>) -> Fact {
    Fact {
        label: label.to_owned(),
        value: value.into(),
        code,
        place,
    }
}

/// What a coverage means.
fn coverage_words(coverage: Option<Coverage>) -> &'static str {
    match coverage {
        Some(Coverage::Modelled) => "modelled: all that bears on reachability is read",
        Some(Coverage::Partial) => "partly modelled",
        Some(Coverage::Shown) => "shown only",
        None => "not recognised: listed and drawn, not analysed",
    }
}

impl Ground<'_> {
    /// The line and column of `span`.
    pub(in crate::view) fn place(self, span: Span) -> Option<SourcePlace> {
        let (file, position) = self.analysis.sources.locate(span)?;
        Some(SourcePlace {
            file: file.to_owned(),
            line: position.line,
            column: position.column,
        })
    }

    /// The facts about the resource at `index`.
    pub(super) fn facts(self, index: ResourceIndex, resource: &Resource) -> Vec<Fact> {
        let declared = self.place(resource.span);
        let mut facts = vec![
            fact("Type", resource.resource_type.as_str(), true, None),
            fact("Identifier", resource.id.as_str(), true, None),
        ];
        if let Some(place) = &declared {
            let value = format!("{}:{}", place.file, place.line);
            facts.push(fact("Declared in", value, true, declared.clone()));
        }
        if !resource.deployment.is_empty() {
            let names = resource.deployment.join(" / ");
            facts.push(fact("Nested in", names, true, None));
        }
        facts.extend(self.presence(resource));
        let coverage = resource.kind().map(|kind| kind.coverage);
        facts.push(fact("Coverage", coverage_words(coverage), false, None));
        if let Some(version) = &resource.api_version {
            facts.push(fact("API version", &**version, true, None));
        }
        for (label, path) in [
            ("Location", "location"),
            ("Kind", "kind"),
            ("SKU", "sku.name"),
            ("Identity", "identity.type"),
        ] {
            let setting = resource.reader().path(path).symbol();
            let is_secret = self.secrets.touches(setting.span());
            if let (Some(value), false) = (setting.stated(), is_secret) {
                facts.push(fact(label, &**value, true, self.place(setting.span())));
            }
        }
        facts.extend(self.standing_in(index));
        facts
    }

    fn presence(self, resource: &Resource) -> Option<Fact> {
        match &resource.presence {
            Presence::Deployed => None,
            Presence::Existing => Some(fact(
                "Deployment",
                "named as existing, not deployed here",
                false,
                None,
            )),
            Presence::NotDeployed(span) => Some(fact(
                "Deployment",
                "not deployed: its condition is false",
                false,
                self.place(*span),
            )),
            Presence::Unknown(span, unknown) => {
                let value = format!("deployed if {}", unknown.refers_to());
                Some(fact("Deployment", value, false, self.place(*span)))
            }
        }
    }

    /// The subnets that the resource has addresses in.
    fn standing_in(self, index: ResourceIndex) -> Vec<Fact> {
        let subnets = self.analysis.placement.subnets(index);
        let words = subnets.iter().map(|end| match end {
            End::Resource(subnet) => {
                let name = self.analysis.inventory.get(*subnet).map(|one| &one.name);
                fact("Subnet", name.map_or("", |name| name), true, None)
            }
            End::Outside(id) => {
                let name = id.name().unwrap_or_else(|| id.to_string());
                fact("Subnet", format!("{name}, outside the inputs"), true, None)
            }
        });
        words.collect()
    }

    /// The kind of the resource in a word, with its file and line: the second line of a card.
    pub(super) fn subtitle(self, resource: &Resource) -> String {
        let kind = Appearance::of(resource).kind;
        match self.place(resource.span) {
            Some(place) => format!("{kind} · {}:{}", place.file, place.line),
            None => kind,
        }
    }
}
