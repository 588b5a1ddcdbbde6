//! What the fields of a security rule select: addresses by several means, and ports.

use super::service_tag::is_service_tag;
use crate::evidence::Doubt;
use crate::flow::{AddressSet, PortSet, parse_prefix};
use crate::resource::{Reader, ResourceId, Setting};
use crate::source::Span;
use crate::value::{Text, Unknown};
use std::sync::Arc;

/// One way in which an address field selects.
#[derive(Clone, Debug)]
pub enum AddressTerm {
    /// These addresses.
    Addresses(AddressSet),
    /// Those that a service tag stands for.
    Tag(Text),
    /// The members of an application security group.
    Group(ResourceId),
    /// Some of these, if the doubt holds.
    Open(AddressSet, Arc<Doubt>),
}

/// The addresses that one side of a rule selects: those of any of its terms.
#[derive(Clone, Debug, Default)]
pub struct AddressSelector {
    /// The terms, in order, each with its place.
    pub terms: Vec<(AddressTerm, Span)>,
}

/// The ports that one side of a rule selects.
#[derive(Clone, Debug, Default)]
pub struct PortSelector {
    /// Those that it surely selects.
    pub sure: PortSet,
    /// Why it can select any other, where it can.
    pub open: Option<Arc<Doubt>>,
    /// The place of the first text that it was read from.
    pub span: Option<Span>,
}

/// The names of the fields that select one side's addresses.
#[derive(Clone, Copy, Debug)]
pub(super) struct AddressFields {
    pub(super) singular: &'static str,
    pub(super) plural: &'static str,
    pub(super) groups: &'static str,
}

impl AddressSelector {
    /// The selector of `text`, which stands at `span`.
    pub fn of(text: &str, span: Span) -> Self {
        let mut selector = Self::default();
        selector.add_text(text, span);
        selector
    }

    /// Reads one side's fields of a rule's `properties`. A plural list that is empty leaves the
    /// singular field in force, and where both are there either selects.
    pub(super) fn read(properties: Reader<'_>, fields: AddressFields) -> Self {
        let mut selector = Self::default();
        selector.add_setting(&properties.at(fields.singular).text());
        let plural = properties.at(fields.plural);
        match plural.list() {
            Setting::Stated(items, _) => {
                for item in items {
                    selector.add_setting(&item.text());
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => selector.add_unknown(&unknown, span),
        }
        match properties.at(fields.groups).list() {
            Setting::Stated(items, _) => {
                for item in items {
                    match item.id() {
                        Setting::Stated(id, span) => selector
                            .terms
                            .push((AddressTerm::Group(ResourceId::new(id)), span)),
                        Setting::Absent(_) => {}
                        Setting::Unknown(unknown, span) => selector.add_unknown(&unknown, span),
                    }
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => selector.add_unknown(&unknown, span),
        }
        selector
    }

    /// The place of its first term.
    pub fn span(&self) -> Option<Span> {
        self.terms.first().map(|(_, span)| *span)
    }

    fn add_setting(&mut self, setting: &Setting<Text>) {
        match setting {
            Setting::Stated(text, span) => self.add_text(text, *span),
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => self.add_unknown(unknown, *span),
        }
    }

    fn add_text(&mut self, text: &str, span: Span) {
        let term = if text.trim().eq_ignore_ascii_case("Any") {
            AddressTerm::Addresses(AddressSet::all())
        } else if let Some(set) = parse_prefix(text) {
            AddressTerm::Addresses(set)
        } else if is_service_tag(text.trim()) {
            AddressTerm::Tag(text.trim().into())
        } else {
            AddressTerm::Open(
                AddressSet::all(),
                Arc::new(not_understood(text, "address", span)),
            )
        };
        self.terms.push((term, span));
    }

    /// What a value that is not known can select: one of its alternatives where all are addresses,
    /// else anything.
    fn add_unknown(&mut self, unknown: &Unknown, span: Span) {
        let alternatives: Option<Vec<AddressSet>> = unknown
            .alternatives
            .iter()
            .map(|value| parse_prefix(value.as_str()?))
            .collect();
        let doubt = Arc::new(Doubt::of(unknown, span, "covers the address"));
        let term = match alternatives {
            Some(sets) if !sets.is_empty() => {
                let all = sets
                    .iter()
                    .fold(AddressSet::empty(), |all, set| all.union(set));
                AddressTerm::Open(all, doubt)
            }
            _ => AddressTerm::Open(AddressSet::all(), doubt),
        };
        self.terms.push((term, span));
    }
}

impl PortSelector {
    /// Every port.
    pub fn all() -> Self {
        Self {
            sure: PortSet::all(),
            open: None,
            span: None,
        }
    }

    /// Reads the fields `singular` and `plural` of a rule's `properties`; without either it selects
    /// nothing.
    pub(super) fn read(properties: Reader<'_>, singular: &str, plural: &str) -> Self {
        let mut selector = Self::default();
        selector.add(&properties.at(singular).text());
        match properties.at(plural).list() {
            Setting::Stated(items, _) => {
                for item in items {
                    selector.add(&item.text());
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => {
                selector.open = Some(Arc::new(Doubt::of(&unknown, span, "covers the port")));
            }
        }
        selector
    }

    fn add(&mut self, setting: &Setting<Text>) {
        match setting {
            Setting::Stated(text, span) => {
                self.span.get_or_insert(*span);
                let set = if text.trim().eq_ignore_ascii_case("Any") {
                    Some(PortSet::all())
                } else {
                    PortSet::parse(text)
                };
                match set {
                    Some(set) => self.sure = self.sure.union(&set),
                    None => self.open = Some(Arc::new(not_understood(text, "port", *span))),
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => {
                self.span.get_or_insert(*span);
                self.open = Some(Arc::new(Doubt::of(unknown, *span, "covers the port")));
            }
        }
    }
}

fn not_understood(text: &str, what: &str, span: Span) -> Doubt {
    Doubt::outside(
        if what == "port" {
            "port-not-understood"
        } else {
            "address-not-understood"
        },
        format!("{text}|{what}"),
        format!("`{text}` is no {what}"),
        format!("what `{text}` stands for"),
        span,
    )
}
