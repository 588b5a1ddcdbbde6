//! One rule of a network security group.
//!
//! Template reference: `Microsoft.Network/networkSecurityGroups/securityRules`.
//! A rule that states something Azure would refuse (no direction, a priority out of 100 to 4096)
//! is kept, in doubt: whether and how it is in force is not known.

use super::selector::{AddressFields, AddressSelector, PortSelector};
use super::{AddressTerm, Fact};
use crate::evidence::{Doubt, Evidence, Remedy, RemedyValue};
use crate::flow::{Access, AddressSet, Protocol};
use crate::resource::{Inventory, Presence, Reader, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// Which way packets go, seen from the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To it.
    Inbound,
    /// From it.
    Outbound,
}

/// One rule, read.
#[derive(Clone, Debug)]
pub struct SecurityRule {
    /// The name.
    pub name: Text,
    /// The text of the rule; for one of Azure's defaults, that of its group.
    pub span: Span,
    /// Whether Azure appends it to every group.
    pub is_default: bool,
    /// The direction.
    pub direction: Fact<Direction>,
    /// The place in the order: a lower number comes first.
    pub priority: Fact<i64>,
    /// What it does.
    pub access: Fact<Access>,
    /// The protocols: `None` is every one.
    pub protocol: Fact<Option<Protocol>>,
    /// Where the packets come from.
    pub source: AddressSelector,
    /// From which ports.
    pub source_ports: PortSelector,
    /// Where they go.
    pub destination: AddressSelector,
    /// To which ports.
    pub destination_ports: PortSelector,
    /// Why it may not be in force at all; it is where all of these hold.
    pub doubts: Vec<Arc<Doubt>>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// The priorities that Azure takes ("Network security groups").
const PRIORITIES: std::ops::RangeInclusive<i64> = 100..=4096;

const SOURCE: AddressFields = AddressFields {
    singular: "sourceAddressPrefix",
    plural: "sourceAddressPrefixes",
    groups: "sourceApplicationSecurityGroups",
};
const DESTINATION: AddressFields = AddressFields {
    singular: "destinationAddressPrefix",
    plural: "destinationAddressPrefixes",
    groups: "destinationApplicationSecurityGroups",
};

impl SecurityRule {
    /// Reads the rule called `name` from its `properties`; `span` is the text of the whole rule.
    pub fn read(name: &Text, properties: Reader<'_>, span: Span, presence: &Presence) -> Self {
        let mut doubts = Vec::new();
        if let Presence::Unknown(at, unknown) = presence {
            doubts.push(Arc::new(Doubt::of(unknown, *at, "is true")));
        }
        let word = |field: &str| properties.at(field).text();
        let invalid = |field: &str, span: Span| {
            Arc::new(Doubt::outside(
                "invalid-rule",
                format!("{span:?}|{name}|{field}"),
                format!("security rule `{name}` states no valid {field}"),
                format!("the {field} of security rule `{name}` as Azure reports it"),
                span,
            ))
        };
        let direction = choice(
            &word("direction"),
            &[
                ("Inbound", Direction::Inbound),
                ("Outbound", Direction::Outbound),
            ],
            |span| invalid("direction", span),
        );
        let access_word = word("access");
        let access = choice(
            &access_word,
            &[("Allow", Access::Allow), ("Deny", Access::Deny)],
            |span| invalid("access", span),
        );
        let mut priority = Fact::of(&properties.at("priority").integer(), i64::MIN, "is lowest");
        let priority_span = properties.at("priority").span();
        match priority {
            Fact::Known(i64::MIN) => priority = Fact::Open(invalid("priority", priority_span)),
            Fact::Known(number) if !PRIORITIES.contains(&number) => {
                doubts.push(invalid("priority", priority_span));
            }
            _ => {}
        }
        let source = AddressSelector::read(properties, SOURCE);
        let destination = AddressSelector::read(properties, DESTINATION);
        let destination_ports =
            PortSelector::read(properties, "destinationPortRange", "destinationPortRanges");
        let mut rule = Self {
            protocol: protocol(&word("protocol"), |span| invalid("protocol", span)),
            source_ports: PortSelector::read(properties, "sourcePortRange", "sourcePortRanges"),
            source,
            destination,
            destination_ports,
            evidence: Vec::new(),
            is_default: false,
            name: Text::clone(name),
            span,
            direction,
            priority,
            access,
            doubts,
        };
        rule.evidence = rule.prove(access_word.span());
        rule
    }

    /// The same rule, which names application security groups as the resources of `inventory` spell
    /// themselves.
    #[must_use]
    pub(super) fn with_own_ids(mut self, inventory: &Inventory) -> Self {
        for selector in [&mut self.source, &mut self.destination] {
            for (term, span) in &mut selector.terms {
                if let AddressTerm::Group(id) = term {
                    *id = inventory.own_id(id.clone(), span.file);
                }
            }
        }
        self
    }

    /// The line that says what the rule does, then the lines that say to what.
    fn prove(&self, access: Span) -> Vec<Evidence> {
        let verb = match self.access {
            Fact::Known(Access::Allow) => "access of security rule `{}` is Allow",
            Fact::Known(Access::Deny) => "access of security rule `{}` is Deny",
            Fact::Open(_) => "access of security rule `{}` is not known",
        };
        let mut proof = Evidence::stated(access, verb.replace("{}", &self.name));
        if matches!(self.access, Fact::Known(Access::Allow)) {
            proof = proof.with_remedy(Remedy {
                span: access,
                is_stated: true,
                property: "access".into(),
                value: RemedyValue::Word("Deny".into()),
                cost: 1,
            });
        }
        let mut out = vec![proof];
        let ends = match self.direction {
            Fact::Known(Direction::Outbound) => (self.destination.span(), "destination"),
            _ => (self.source.span(), "source"),
        };
        if let (Some(span), side) = ends {
            out.push(Evidence::stated(
                span,
                format!("{side} address of security rule `{}`", self.name),
            ));
        }
        if let Some(span) = self.destination_ports.span {
            let says = format!("destination port of security rule `{}`", self.name);
            out.push(Evidence::stated(span, says));
        }
        out
    }

    /// One of the rules that Azure appends to the group at `span`.
    pub(super) fn default(default: &DefaultRule, span: Span) -> Self {
        let selector = |text: &str| match text {
            "*" => AddressSelector {
                terms: vec![(AddressTerm::Addresses(AddressSet::all()), span)],
            },
            tag => AddressSelector::of(tag, span),
        };
        let verb = match default.access {
            Access::Allow => "admits",
            Access::Deny => "refuses",
        };
        Self {
            name: default.name.into(),
            span,
            is_default: true,
            direction: Fact::Known(default.direction),
            priority: Fact::Known(default.priority),
            access: Fact::Known(default.access),
            protocol: Fact::Known(None),
            source: selector(default.source),
            source_ports: PortSelector::all(),
            destination: selector(default.destination),
            destination_ports: PortSelector::all(),
            doubts: Vec::new(),
            evidence: vec![Evidence::platform(
                span,
                format!(
                    "default rule `{}` {verb} what no security rule names",
                    default.name
                ),
            )],
        }
    }

    /// Whether it can be in force for packets in `direction`.
    pub fn is_for(&self, direction: Direction) -> bool {
        self.direction.known().is_none_or(|own| *own == direction)
    }

    /// The selector of the far end in `direction`, and that of the near end.
    pub(super) fn ends(&self, direction: Direction) -> (&AddressSelector, &AddressSelector) {
        match direction {
            Direction::Inbound => (&self.source, &self.destination),
            Direction::Outbound => (&self.destination, &self.source),
        }
    }
}

/// One of the rules that every group ends with.
pub(super) struct DefaultRule {
    pub(super) direction: Direction,
    pub(super) priority: i64,
    pub(super) name: &'static str,
    pub(super) source: &'static str,
    pub(super) destination: &'static str,
    pub(super) access: Access,
}

const fn rule(
    direction: Direction,
    priority: i64,
    name: &'static str,
    ends: (&'static str, &'static str),
    access: Access,
) -> DefaultRule {
    DefaultRule {
        direction,
        priority,
        name,
        source: ends.0,
        destination: ends.1,
        access,
    }
}

/// The default rules ("Network security groups", default security rules).
pub(super) const DEFAULT_RULES: [DefaultRule; 6] = {
    use Access::{Allow, Deny};
    use Direction::{Inbound, Outbound};
    let network = ("VirtualNetwork", "VirtualNetwork");
    [
        rule(Inbound, 65000, "AllowVnetInBound", network, Allow),
        rule(
            Inbound,
            65001,
            "AllowAzureLoadBalancerInBound",
            ("AzureLoadBalancer", "*"),
            Allow,
        ),
        rule(Inbound, 65500, "DenyAllInBound", ("*", "*"), Deny),
        rule(Outbound, 65000, "AllowVnetOutBound", network, Allow),
        rule(
            Outbound,
            65001,
            "AllowInternetOutBound",
            ("*", "Internet"),
            Allow,
        ),
        rule(Outbound, 65500, "DenyAllOutBound", ("*", "*"), Deny),
    ]
};

/// The one of `words` that `setting` states in any case; `invalid` where it states none.
fn choice<T: Copy>(
    setting: &Setting<Text>,
    words: &[(&str, T)],
    invalid: impl Fn(Span) -> Arc<Doubt>,
) -> Fact<T> {
    let outcomes = |doubt: Doubt| {
        let named = words.iter().enumerate();
        doubt.with_outcomes(
            named
                .map(|(at, (word, _))| ((*word).into(), at == 0))
                .collect(),
        )
    };
    match setting {
        Setting::Stated(text, span) => words
            .iter()
            .find(|(word, _)| text.trim().eq_ignore_ascii_case(word))
            .map_or_else(
                || Fact::Open(invalid(*span)),
                |(_, value)| Fact::Known(*value),
            ),
        Setting::Absent(span) => Fact::Open(invalid(*span)),
        Setting::Unknown(unknown, span) => {
            let about = words.first().map_or("", |(word, _)| word);
            let doubt = Doubt::of(unknown, *span, &format!("is {about}"));
            Fact::Open(Arc::new(outcomes(doubt)))
        }
    }
}

fn protocol(
    setting: &Setting<Text>,
    invalid: impl Fn(Span) -> Arc<Doubt>,
) -> Fact<Option<Protocol>> {
    match setting {
        Setting::Stated(text, _) if matches!(text.trim(), "*") => Fact::Known(None),
        Setting::Stated(text, _) if text.trim().eq_ignore_ascii_case("Any") => Fact::Known(None),
        Setting::Stated(text, span) => Protocol::parse(text)
            .map_or_else(|| Fact::Open(invalid(*span)), |one| Fact::Known(Some(one))),
        Setting::Absent(span) => Fact::Open(invalid(*span)),
        Setting::Unknown(unknown, span) => {
            Fact::Open(Arc::new(Doubt::of(unknown, *span, "covers the protocol")))
        }
    }
}
