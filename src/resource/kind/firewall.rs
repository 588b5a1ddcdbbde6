//! The three ways in which services of the platform admit callers to their public side.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{
    Access, AccessList, AddressSet, Entry, FlowSet, Place, ServiceSet, parse_prefix,
};
use crate::resource::door::{DoorContext, Perimeter, PerimeterMode};
use crate::resource::{Reader, ResourceId, Setting};
use crate::value::Text;

/// Every packet from `sources`.
pub(super) fn from(sources: &AddressSet) -> FlowSet {
    FlowSet::new(sources, ServiceSet::all())
}

/// The entries of a service's firewall as they are put together.
#[derive(Debug, Default)]
pub(super) struct Firewall {
    entries: Vec<Entry>,
}

impl Firewall {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Appends an entry.
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Appends an entry that surely matches everything from `sources`.
    pub(super) fn rule(&mut self, access: Access, sources: &AddressSet, evidence: Evidence) {
        self.push(Entry::exact(access, from(sources), vec![evidence]));
    }

    /// Appends an entry for everything that holds where `holds` is true, and in doubt where it is
    /// `None`.
    pub(super) fn decide(
        &mut self,
        access: Access,
        holds: Option<bool>,
        evidence: impl FnOnce() -> Evidence,
        doubt: impl FnOnce() -> Doubt,
    ) {
        match holds {
            Some(true) => self.rule(access, &AddressSet::all(), evidence()),
            Some(false) => {}
            None => {
                let evidence = vec![evidence()];
                self.push(Entry::doubtful(access, FlowSet::all(), doubt(), evidence));
            }
        }
    }

    /// Refuses everything where the property called `name` says `Disabled` or
    /// `SecuredByPerimeter`; what else it says, or its absence, refuses nothing.
    pub(super) fn public_network_access(&mut self, name: &str, setting: &Setting<Text>) {
        let closes = setting
            .is("Disabled")
            .map(|disabled| disabled || setting.is("SecuredByPerimeter") == Some(true));
        let word = setting.stated().map_or("Disabled", |word| word);
        self.decide(
            Access::Deny,
            closes,
            || Evidence::stated(setting.span(), format!("{name} is {word}")),
            || doubt_about(setting, name, &["Enabled", "Disabled"], "Disabled"),
        );
    }

    /// Admits each address or prefix in the list `rules`, whose items hold it as `field`.
    pub(super) fn address_rules(&mut self, name: &str, rules: Reader<'_>, field: &str) {
        self.each(rules, name, |firewall, item| {
            let value = item.at(field).text();
            firewall.address_rule(Access::Allow, name, &value);
        });
    }

    /// Admits or refuses the address or prefix `value`.
    pub(super) fn address_rule(&mut self, access: Access, name: &str, value: &Setting<Text>) {
        let span = value.span();
        match value {
            Setting::Stated(text, _) => {
                let says = format!("{name} lists {text}");
                match parse_prefix(text) {
                    Some(set) => self.rule(access, &set, Evidence::stated(span, says)),
                    None => self.push(Entry::doubtful(
                        access,
                        from(&AddressSet::internet()),
                        Doubt::outside(
                            "address-not-understood",
                            format!("{text}|address"),
                            format!("`{text}` is no address or prefix"),
                            format!("what `{text}` stands for"),
                            span,
                        ),
                        vec![Evidence::stated(span, says)],
                    )),
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, _) => self.push(Entry::doubtful(
                access,
                from(&AddressSet::internet()),
                Doubt::of(unknown, span, "covers the caller"),
                vec![Evidence::stated(
                    span,
                    format!("{name} lists an address that is not known"),
                )],
            )),
        }
    }

    /// Admits the subnets in the list `rules`, whose items name them as `field`.
    pub(super) fn subnet_rules(
        &mut self,
        context: &DoorContext<'_>,
        name: &str,
        rules: Reader<'_>,
        field: &str,
    ) {
        self.each(rules, name, |firewall, item| {
            if let Setting::Stated(id, span) = item.path(field).symbol() {
                let place = context.places.subnet(&ResourceId::new(Text::clone(&id)));
                let short = ResourceId::new(id).short_name().to_owned();
                let says = format!("{name} lists subnet `{short}`");
                firewall.rule(
                    Access::Allow,
                    &AddressSet::place(place),
                    Evidence::stated(span, says),
                );
            }
        });
    }

    /// Runs `add` on each item of the list `rules`; a list that is not known admits anyone perhaps.
    fn each(&mut self, rules: Reader<'_>, name: &str, mut add: impl FnMut(&mut Self, Reader<'_>)) {
        match rules.list() {
            Setting::Stated(items, _) => items.into_iter().for_each(|item| add(self, item)),
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => self.push(Entry::doubtful(
                Access::Allow,
                from(&AddressSet::internet()),
                Doubt::of(&unknown, span, "covers the caller"),
                vec![Evidence::stated(span, format!("{name} is not known"))],
            )),
        }
    }

    /// The finished list.
    pub(super) fn finish(self) -> AccessList {
        AccessList::new(self.entries)
    }
}

/// The doubt that an unknown setting called `name` casts on the statement that it is `word`, with
/// each of `words` as what it can be.
pub(super) fn doubt_about<T>(
    setting: &Setting<T>,
    name: &str,
    words: &[&str],
    word: &str,
) -> Doubt {
    let outcomes = words
        .iter()
        .map(|one| ((*one).to_owned(), one.eq_ignore_ascii_case(word)))
        .collect();
    match setting.unknown() {
        Some(unknown) => {
            Doubt::of(unknown, setting.span(), &format!("is {word}")).with_outcomes(outcomes)
        }
        None => Doubt::outside(
            "undocumented-default",
            format!("{:?}|{name} is {word}", setting.span()),
            format!("what an absent {name} means is not certain"),
            format!("{name} as Azure reports it"),
            setting.span(),
        )
        .with_outcomes(outcomes),
    }
}

/// The first way (storage, vaults, AI accounts): `publicNetworkAccess`, then, unless
/// `networkAcls.defaultAction` is `Deny`, everyone; else the lists.
///
/// `bypass_default` says whether an absent `networkAcls.bypass` admits trusted services.
/// Trusted services and named instances get in whatever `publicNetworkAccess` says
/// ("Azure Storage network security overview").
pub(super) fn account_firewall(
    context: &DoorContext<'_>,
    bypass_default: Option<bool>,
) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let acls = properties.at("networkAcls");
    let mut firewall = Firewall::new();
    trusted_services(&mut firewall, &acls.at("bypass").text(), bypass_default);
    named_instances(context, &mut firewall, acls.at("resourceAccessRules"));
    if let Some(perimeter) = &context.perimeter
        && perimeter_decides(&mut firewall, perimeter, &access)
    {
        return firewall.finish();
    }
    firewall.public_network_access("publicNetworkAccess", &access);
    let default_action = acls.at("defaultAction").text();
    if default_action.is("Deny") != Some(false) {
        firewall.address_rules("networkAcls.ipRules", acls.at("ipRules"), "value");
        firewall.subnet_rules(
            context,
            "networkAcls.virtualNetworkRules",
            acls.at("virtualNetworkRules"),
            "id",
        );
    }
    default_action_entry(
        &mut firewall,
        "networkAcls.defaultAction",
        &default_action,
        &access,
    );
    firewall.finish()
}

/// Ends a list with its default action: `Deny` where the setting says so, else `Allow`.
pub(super) fn default_action_entry(
    firewall: &mut Firewall,
    name: &str,
    default_action: &Setting<Text>,
    access: &Setting<Text>,
) {
    let evidence = |word: &str| match default_action {
        Setting::Absent(span) => {
            Evidence::default(*span, format!("{name} is absent, which means Allow"))
        }
        _ => Evidence::stated(default_action.span(), format!("{name} is {word}")),
    };
    firewall.decide(
        Access::Deny,
        default_action.is("Deny"),
        || evidence("Deny"),
        || doubt_about(default_action, name, &["Allow", "Deny"], "Deny"),
    );
    let mut proofs = vec![public_access_evidence("publicNetworkAccess", access)];
    proofs.push(evidence("Allow"));
    if access.is_absent() && !default_action.is_absent() {
        proofs.reverse();
    }
    firewall.push(Entry::exact(Access::Allow, FlowSet::all(), proofs));
}

/// What shows that public access is on: the stated word, or the default.
pub(super) fn public_access_evidence(name: &str, access: &Setting<Text>) -> Evidence {
    match access {
        Setting::Absent(span) => {
            Evidence::default(*span, format!("{name} is absent, which means Enabled"))
        }
        Setting::Stated(word, span) => Evidence::stated(*span, format!("{name} is {word}")),
        Setting::Unknown(_, span) => Evidence::stated(*span, format!("{name} is not known")),
    }
}

/// Admits trusted services where `bypass` names `AzureServices`.
pub(super) fn trusted_services(
    firewall: &mut Firewall,
    bypass: &Setting<Text>,
    default: Option<bool>,
) {
    let admitted = match bypass {
        Setting::Stated(words, _) => Some(
            words
                .split(',')
                .any(|word| word.trim().eq_ignore_ascii_case("AzureServices")),
        ),
        Setting::Absent(_) => default,
        Setting::Unknown(..) => None,
    };
    let trusted = from(&AddressSet::place(Place::TrustedService));
    let evidence = match bypass {
        Setting::Absent(span) => Evidence::assumed(
            *span,
            "bypass is absent, which means that trusted Azure services pass",
        ),
        _ => Evidence::stated(bypass.span(), "bypass lets trusted Azure services pass"),
    };
    match admitted {
        Some(true) => firewall.push(Entry::exact(Access::Allow, trusted, vec![evidence])),
        Some(false) => firewall.push(Entry::exact(Access::Deny, trusted, vec![evidence])),
        None => {
            let doubt = doubt_about(
                bypass,
                "bypass",
                &["None", "AzureServices"],
                "AzureServices",
            );
            firewall.push(Entry::doubtful(
                Access::Allow,
                trusted.clone(),
                doubt,
                vec![evidence.clone()],
            ));
            firewall.push(Entry::exact(Access::Deny, trusted, vec![evidence]));
        }
    }
}

/// Admits the resources that the list `rules` names.
fn named_instances(context: &DoorContext<'_>, firewall: &mut Firewall, rules: Reader<'_>) {
    for item in rules.items() {
        if let Setting::Stated(id, span) = item.at("resourceId").symbol() {
            let id = ResourceId::new(id);
            let place = AddressSet::place(context.places.named_instance(&id));
            let says = format!("resourceAccessRules lists `{}`", id.short_name());
            firewall.rule(Access::Allow, &place, Evidence::stated(span, says));
        }
    }
}

/// Puts a perimeter's decision in front; whether nothing behind it counts any more.
///
/// Per "Transition to a network security perimeter": enforced, only the perimeter's rules count;
/// learning, they count beside the resource's own, and alone where public access is off.
fn perimeter_decides(
    firewall: &mut Firewall,
    perimeter: &Perimeter,
    access: &Setting<Text>,
) -> bool {
    let span = perimeter.span;
    let says = "the network security perimeter's inbound rules admit it";
    firewall.rule(
        Access::Allow,
        &perimeter.inbound,
        Evidence::stated(span, says),
    );
    if let Some((addresses, doubt)) = &perimeter.inbound_doubt {
        let evidence = vec![Evidence::stated(span, says)];
        firewall.push(Entry::doubtful(
            Access::Allow,
            from(addresses),
            doubt.clone(),
            evidence,
        ));
    }
    let refuses = "the network security perimeter is enforced and no rule of it admits this";
    match perimeter.access_mode {
        PerimeterMode::Enforced => {
            firewall.rule(
                Access::Deny,
                &AddressSet::all(),
                Evidence::stated(span, refuses),
            );
            true
        }
        PerimeterMode::Learning | PerimeterMode::Audit => {
            access.is("SecuredByPerimeter") == Some(true) && {
                let says = "publicNetworkAccess is SecuredByPerimeter and no rule admits this";
                firewall.rule(
                    Access::Deny,
                    &AddressSet::all(),
                    Evidence::stated(access.span(), says),
                );
                true
            }
        }
        PerimeterMode::Unknown => {
            let doubt = Doubt::outside(
                "perimeter-mode",
                format!("{span:?}|perimeter enforced"),
                "the access mode of the network security perimeter's association is not known",
                "the association's accessMode",
                span,
            )
            .with_outcomes(vec![("Learning".into(), false), ("Enforced".into(), true)]);
            let evidence = vec![Evidence::stated(span, refuses)];
            firewall.push(Entry::doubtful(
                Access::Deny,
                FlowSet::all(),
                doubt,
                evidence,
            ));
            false
        }
    }
}
