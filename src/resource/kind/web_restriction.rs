//! Access restrictions of web sites.
//!
//! "App Service access restrictions": rules by priority, those of the same priority in the order
//! written; what none matches is admitted without rules and refused with any, unless the default
//! action says otherwise. The advanced tools have rules of their own or use the site's.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::shown::{filled, shows};
use super::web_site::site_config;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, Place, parse_prefix};
use crate::resource::{Reader, ResourceId, Setting};
use crate::source::Span;
use crate::value::Text;
use std::net::Ipv4Addr;

/// Appends the rules called `rules` with their default; `proof` shows that the app is open at all.
pub(super) fn restrict(firewall: &mut Firewall<'_, '_>, rules: &'static str, proof: Evidence) {
    let context = firewall.context;
    let mut name = rules;
    if rules.starts_with("scm") {
        let switch = site_config(context, "scmIpSecurityRestrictionsUseMain").boolean();
        match switch.truth(false) {
            Some(true) => name = "ipSecurityRestrictions",
            Some(false) => {}
            None => {
                let words = ["true", "false"];
                let shown = "scmIpSecurityRestrictionsUseMain";
                let doubt = doubt_about(context, &switch, shown, &words, |word| word == "true");
                let evidence = shows(shown, &switch, "false");
                firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
            }
        }
    }
    let list = site_config(context, name);
    for item in by_priority(firewall, list, name) {
        rule(firewall, item, name);
    }
    unmatched(firewall, name, list, proof);
}

/// The rules by priority. A list or a priority that is not known leaves everything undecided.
fn by_priority<'a>(
    firewall: &mut Firewall<'_, 'a>,
    list: Reader<'a>,
    name: &str,
) -> Vec<Reader<'a>> {
    let mut items: Vec<(i64, Reader<'a>)> = Vec::new();
    firewall.each(list, name, |firewall, item| {
        let priority = item.at("priority").integer();
        if let Setting::Unknown(unknown, span) = &priority {
            let doubt = Doubt::of(unknown, *span, "puts another rule first");
            let evidence = Evidence::stated(*span, "priority is not known");
            for access in [Access::Deny, Access::Allow] {
                let doubts = vec![doubt.clone()];
                firewall.rule(access, &AddressSet::all(), doubts, evidence.clone());
            }
        }
        items.push((priority.known_or(i64::MAX).unwrap_or(i64::MAX), item));
    });
    items.sort_by_key(|(priority, _)| *priority);
    items.into_iter().map(|(_, item)| item).collect()
}

/// What none of the rules matches.
fn unmatched(firewall: &mut Firewall<'_, '_>, name: &str, list: Reader<'_>, proof: Evidence) {
    let context = firewall.context;
    let shown = format!("{name}DefaultAction");
    let action = site_config(context, &shown).text();
    if action.is_absent() {
        let lists = filled(list);
        if let Setting::Stated((), span) = lists {
            let says = format!("{name} holds a rule, so whom none of them admits is refused");
            firewall.deny_all(Evidence::default(span, says));
        } else {
            firewall.refuse_unlisted(name, &lists);
        }
        let says = format!("{name} holds no rule");
        firewall.allow_all(vec![proof, Evidence::default(list.span(), says)]);
        return;
    }
    let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        action.satisfies(is_deny),
        shows(&shown, &action, "Allow"),
        || doubt_about(context, &action, &shown, &["Allow", "Deny"], is_deny),
    );
    firewall.allow_all(vec![proof, shows(&shown, &action, "Allow")]);
}

fn rule(firewall: &mut Firewall<'_, '_>, item: Reader<'_>, name: &str) {
    let action = item.at("action").text();
    let access = match action.is("Deny") {
        Some(true) => Access::Deny,
        Some(false) => Access::Allow,
        None => {
            // Either way the rule is the first to match, so both are entered.
            let span = action.span();
            if let Some(unknown) = action.unknown() {
                let doubt = Doubt::of(unknown, span, "is Deny");
                add(firewall, item, name, Access::Deny, vec![doubt]);
            }
            Access::Allow
        }
    };
    add(firewall, item, name, access, Vec::new());
}

fn add(
    firewall: &mut Firewall<'_, '_>,
    item: Reader<'_>,
    name: &str,
    access: Access,
    mut doubts: Vec<Doubt>,
) {
    let headers = Headers::read(item);
    if let Setting::Stated(id, span) = item.at("vnetSubnetResourceId").symbol() {
        let id = ResourceId::new(id);
        let place = AddressSet::place(firewall.context.places.subnet(&id));
        doubts.extend(headers.doubt());
        let says = format!("{name} names subnet `{}`", id.display_name());
        firewall.rule(access, &place, doubts, Evidence::stated(span, says));
        return;
    }
    let address = item.at("ipAddress").text();
    let is_tag = item.at("tag").text().is("ServiceTag") == Some(true);
    let Setting::Stated(text, span) = &address else {
        firewall.address(access, name, &address);
        return;
    };
    for part in text.split(',').map(str::trim) {
        let evidence = Evidence::stated(*span, format!("{name} names {part}"));
        let mut doubts = doubts.clone();
        let sources = if is_tag {
            tag(firewall, part, *span, &headers, &mut doubts)
        } else {
            doubts.extend(headers.doubt());
            addresses(part, &item.at("subnetMask").text(), *span, &mut doubts)
        };
        firewall.rule(access, &sources, doubts, evidence);
    }
}

/// The addresses that `part` names; what it can mean, with a doubt, where that is not certain.
fn addresses(part: &str, mask: &Setting<Text>, span: Span, doubts: &mut Vec<Doubt>) -> AddressSet {
    if part.eq_ignore_ascii_case("Any") {
        return AddressSet::all();
    }
    if part.eq_ignore_ascii_case("AnyVnets") {
        // Any subnet with a service endpoint: nobody who comes from the internet.
        doubts.push(Doubt::outside(
            "any-service-endpoint",
            "any subnet with a service endpoint",
            "the rule stands for any subnet that has a service endpoint",
            "whether the caller's subnet has one for Microsoft.Web",
            span,
        ));
        return AddressSet::all()
            .subtract(&AddressSet::internet())
            .subtract(&AddressSet::place(Place::TrustedService));
    }
    let masked = mask
        .stated()
        .and_then(|mask| mask.parse::<Ipv4Addr>().ok())
        .filter(|_| !part.contains('/'))
        .map(|mask| format!("{part}/{}", mask.to_bits().count_ones()));
    parse_prefix(masked.as_deref().unwrap_or(part)).unwrap_or_else(|| {
        doubts.push(Doubt::outside(
            "address-not-understood",
            format!("{part}|address"),
            format!("`{part}` is no address or prefix"),
            format!("what `{part}` stands for"),
            span,
        ));
        AddressSet::internet()
    })
}

/// Who comes from the service tag `name`.
///
/// Front Door's tag holds all its profiles, whoever's they are; a filter on `X-Azure-FDID` leaves
/// the profiles that it names, each a named instance. Other tags are some part of Azure.
fn tag(
    firewall: &Firewall<'_, '_>,
    name: &str,
    span: Span,
    headers: &Headers,
    doubts: &mut Vec<Doubt>,
) -> AddressSet {
    if name.eq_ignore_ascii_case("AzureFrontDoor.Backend") {
        if !headers.front_doors.is_empty() {
            return headers
                .front_doors
                .iter()
                .fold(AddressSet::empty(), |set, id| {
                    let place = firewall.context.places.named_instance(&front_door(id));
                    set.union(&AddressSet::place(place))
                });
        }
        doubts.extend(headers.doubt());
        return AddressSet::place(Place::FrontDoor);
    }
    doubts.extend(headers.doubt());
    if name.eq_ignore_ascii_case("AzureCloud") {
        return AddressSet::azure_public().union(&AddressSet::place(Place::TrustedService));
    }
    if name.eq_ignore_ascii_case("Internet") {
        return AddressSet::internet();
    }
    doubts.push(Doubt::outside(
        "service-tag",
        format!("{}|service tag", name.to_ascii_lowercase()),
        format!("which addresses service tag `{name}` holds is not in the inputs"),
        format!("the addresses of service tag `{name}`"),
        span,
    ));
    AddressSet::azure_public().union(&AddressSet::place(Place::TrustedService))
}

/// The name under which the Front Door profile with the identifier `id`, which it sends as
/// `X-Azure-FDID`, is listed.
pub(super) fn front_door(id: &str) -> ResourceId {
    ResourceId::new(format!("x-azure-fdid/{}", id.to_ascii_lowercase()))
}

/// What a rule asks of a request's headers.
struct Headers {
    span: Span,
    /// The identifiers of Front Door profiles.
    front_doors: Vec<Text>,
    /// Whether it asks anything at all.
    any: bool,
}

impl Headers {
    fn read(item: Reader<'_>) -> Self {
        let headers = item.at("headers");
        let is_set = |reader: Reader<'_>| match reader.list() {
            Setting::Stated(items, _) => !items.is_empty(),
            Setting::Absent(_) => false,
            Setting::Unknown(..) => true,
        };
        let names = [
            "x-azure-fdid",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-fd-healthprobe",
        ];
        let front_doors = headers
            .at("x-azure-fdid")
            .items()
            .iter()
            .filter_map(|id| id.symbol().stated().cloned())
            .collect();
        Self {
            span: headers.span(),
            front_doors,
            any: names.iter().any(|name| is_set(headers.at(name))),
        }
    }

    /// Whether a request has such headers: a caller can write them as well as a proxy.
    fn doubt(&self) -> Option<Doubt> {
        self.any.then(|| {
            Doubt::outside(
                "header-filter",
                format!("{:?}|headers", self.span),
                "the rule asks for headers, which a caller who knows them can send",
                "whether the headers' values are secret",
                self.span,
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::read_json;

    #[test]
    fn an_old_mask_is_read_as_a_prefix() {
        let value = read_json(
            crate::source::FileId::new(0),
            r#"{"subnetMask": "255.255.255.0"}"#,
            &mut Vec::new(),
        )
        .unwrap();
        let mask = Reader::new(&value).at("subnetMask").text();
        let mut doubts = Vec::new();
        let set = addresses("198.51.100.0", &mask, value.span, &mut doubts);
        assert_eq!(set, parse_prefix("198.51.100.0/24").unwrap());
        assert!(doubts.is_empty());
    }
}
