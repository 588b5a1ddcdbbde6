//! Namespaces of Event Hubs, Service Bus and Relay.
//!
//! Template reference: `Microsoft.EventHub/namespaces`, `Microsoft.ServiceBus/namespaces`,
//! `Microsoft.Relay/namespaces`.
//! Read: `sku.name`, `publicNetworkAccess`, `disableLocalAuth`, and of the child
//! `networkRuleSets/default` `publicNetworkAccess`, `defaultAction`, `ipRules`,
//! `virtualNetworkRules`, `trustedServiceAccessEnabled`.
//! Absent: the namespace is open; `defaultAction` means Allow from API version 2021-06-01 on and
//! Deny before; trusted services have no way of their own.
//! Not modelled: which queue, topic or hub a policy's key opens.

use super::doubt::{deployment_doubt, doubt_about};
use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::{Filled, either_filled, filled, shows};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Place, PortSet, Protocol, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, Reader, Resource, Setting};
use crate::value::Text;

pub(super) static KINDS: &[Kind] = &[
    namespace(
        "Microsoft.EventHub/namespaces",
        "Event Hubs namespace",
        "event-hub",
    ),
    namespace(
        "Microsoft.ServiceBus/namespaces",
        "Service Bus namespace",
        "service-bus",
    ),
    namespace(
        "Microsoft.Relay/namespaces",
        "Relay namespace",
        "service-bus",
    ),
    Kind::modelled_part(
        "Microsoft.EventHub/namespaces/networkRuleSets",
        "Network rules",
    ),
    Kind::modelled_part(
        "Microsoft.ServiceBus/namespaces/networkRuleSets",
        "Network rules",
    ),
    Kind::modelled_part(
        "Microsoft.Relay/namespaces/networkRuleSets",
        "Network rules",
    ),
    Kind::part("Microsoft.EventHub/namespaces/eventhubs", "Event hub"),
    Kind::part(
        "Microsoft.EventHub/namespaces/eventhubs/consumergroups",
        "Consumer group",
    ),
    Kind::part(
        "Microsoft.EventHub/namespaces/eventhubs/authorizationRules",
        "Access policy",
    ),
    Kind::part(
        "Microsoft.EventHub/namespaces/AuthorizationRules",
        "Access policy",
    ),
    Kind::part("Microsoft.EventHub/namespaces/schemagroups", "Schema group"),
    Kind::part("Microsoft.ServiceBus/namespaces/queues", "Queue"),
    Kind::part("Microsoft.ServiceBus/namespaces/topics", "Topic"),
    Kind::part(
        "Microsoft.ServiceBus/namespaces/topics/subscriptions",
        "Subscription",
    ),
    Kind::part(
        "Microsoft.ServiceBus/namespaces/AuthorizationRules",
        "Access policy",
    ),
    Kind::part(
        "Microsoft.Relay/namespaces/hybridConnections",
        "Hybrid connection",
    ),
    Kind::part(
        "Microsoft.EventHub/namespaces/privateEndpointConnections",
        "Private endpoint connection",
    ),
    Kind::part(
        "Microsoft.ServiceBus/namespaces/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

const fn namespace(resource_type: &'static str, display: &'static str, icon: &'static str) -> Kind {
    Kind {
        resource_type,
        display,
        icon,
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    }
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let is_hub = context
        .resource
        .resource_type
        .is("Microsoft.EventHub/namespaces");
    let mut ports = PortSet::single(443).union(&PortSet::range(5671, 5672));
    // Kafka is not spoken in the basic tier.
    if is_hub && context.sku().is("Basic") != Some(true) {
        ports = ports.union(&PortSet::single(9093));
    }
    let proof = Proof::new(context).keys_and_entra(
        AuthenticationMode::Sas,
        "a namespace always takes Entra tokens",
    );
    vec![door(
        "main",
        own_host(
            context,
            [
                "servicebus.windows.net",
                "servicebus.usgovcloudapi.net",
                "servicebus.chinacloudapi.cn",
            ],
        ),
        ServiceSet::of(Protocol::Tcp, ports),
        admission(context),
        &["namespace"],
        proof.finish(),
    )]
}

fn admission(context: &DoorContext<'_>) -> AccessList {
    let own = context.properties().at("publicNetworkAccess").text();
    let child = context.own_child("networkRuleSets", "default");
    let rules = child.map_or(Reader::missing(context.properties().span()), |child| {
        child.properties()
    });
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&own);
    let trusted = rules.at("trustedServiceAccessEnabled").boolean();
    let name = "trustedServiceAccessEnabled";
    firewall.decide(
        Access::Allow,
        &AddressSet::place(Place::TrustedService),
        trusted.truth(false),
        shows(name, &trusted, "false"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("true");
            doubt_about(context, &trusted, name, &["true", "false"], holds)
        },
    );
    if firewall.secure(secured) {
        return firewall.finish();
    }
    let theirs = rules.at("publicNetworkAccess").text();
    access(&mut firewall, &own, &theirs);
    if let Some(child) = child.filter(|_| has_rules(context)) {
        rule_set(&mut firewall, child);
    }
    let proof = if own.is_absent() { &theirs } else { &own };
    firewall.allow_all(vec![shows("publicNetworkAccess", proof, "Enabled")]);
    firewall.finish()
}

/// Which tiers have network rules: every one but Basic for Event Hubs, Premium for Service Bus.
fn has_rules(context: &DoorContext<'_>) -> bool {
    let sku = context.sku();
    if context
        .resource
        .resource_type
        .is("Microsoft.ServiceBus/namespaces")
    {
        sku.is_absent() || sku.is("Premium") != Some(false)
    } else {
        sku.is("Basic") != Some(true)
    }
}

/// `publicNetworkAccess` stands on the namespace and on its rules. Where both state it and one
/// closes while the other does not, it is undecided which counts.
fn access(firewall: &mut Firewall<'_, '_>, own: &Setting<Text>, theirs: &Setting<Text>) {
    let name = "publicNetworkAccess";
    let closes =
        |setting: &Setting<Text>| setting.satisfies(|word| !word.eq_ignore_ascii_case("Enabled"));
    if own.is_absent() || theirs.is_absent() || closes(own) == closes(theirs) {
        firewall.public_network_access(name, own);
        firewall.public_network_access(name, theirs);
        return;
    }
    let span = own.span();
    let mut doubt = Doubt::outside(
        "conflicting-access",
        format!("{span:?}|conflicting {name}"),
        "publicNetworkAccess of the namespace and of its network rules contradict each other",
        "one publicNetworkAccess",
        span,
    )
    .with_outcomes(vec![("Enabled".into(), false), ("Disabled".into(), true)])
    .with_command(firewall.context.show_command());
    for setting in [own, theirs] {
        if let Some(unknown) = setting.unknown() {
            doubt = Doubt::of(unknown, setting.span(), "is Disabled");
        }
    }
    let evidence = shows(name, own, "Enabled");
    firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
}

/// The rules. "Allow access to Azure Event Hubs namespaces from specific IP addresses or ranges":
/// without any rule everyone passes even where the default action is Deny, and with Allow the rules
/// are not enforced.
fn rule_set(firewall: &mut Firewall<'_, '_>, child: &Resource) {
    let context = firewall.context;
    let rules = child.properties();
    let action = rules.at("defaultAction").text();
    let name = "defaultAction";
    let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
    let denied_when_absent = child
        .api_version
        .as_deref()
        .and_then(|version| version.get(..10))
        .is_some_and(|date| date < "2021-06-01");
    let denies = if action.is_absent() {
        Some(denied_when_absent)
    } else {
        action.satisfies(is_deny)
    };
    if denies == Some(false) {
        return;
    }
    let (addresses, subnets) = (rules.at("ipRules"), rules.at("virtualNetworkRules"));
    firewall.addresses("ipRules", addresses, "ipMask");
    firewall.subnets("virtualNetworkRules", subnets, "subnet.id");
    let lists: Filled = either_filled(filled(addresses), filled(subnets));
    let mut doubts: Vec<Doubt> = deployment_doubt(child).into_iter().collect();
    match &lists {
        Setting::Absent(_) => return,
        Setting::Stated(..) => {}
        Setting::Unknown(unknown, span) => {
            doubts.push(Doubt::of(unknown, *span, "is not empty"));
        }
    }
    if denies.is_none() {
        doubts.push(doubt_about(
            context,
            &action,
            name,
            &["Allow", "Deny"],
            is_deny,
        ));
    }
    let when_absent = if denied_when_absent { "Deny" } else { "Allow" };
    let evidence: Evidence = shows(name, &action, when_absent);
    firewall.rule(Access::Deny, &AddressSet::all(), doubts, evidence);
}
