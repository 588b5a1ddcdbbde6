//! Web sites, function apps and their slots.
//!
//! Template reference: `Microsoft.Web/sites`, `Microsoft.Web/sites/slots`.
//! Read: `kind`, `publicNetworkAccess`, `siteConfig` and the child `config/web` (the child counts
//! where both say something), `httpsOnly`, `hostingEnvironmentProfile`, `clientCertEnabled`,
//! `clientCertMode`, `ftpsState`, the children `config/authsettingsV2` and `config/authsettings`,
//! `basicPublishingCredentialsPolicies`, `functions` and `hostNameBindings`.
//! Absent: the public side is open unless a private endpoint leads to the app; without rules nobody
//! is refused, with one everybody whom none admits; nobody has to sign in; basic authentication of
//! the advanced tools and of FTP is on.
//! Not modelled: functions' levels of authorization where the functions are not in the inputs;
//! whether access restrictions stand before FTP; `virtualNetworkSubnetId`, which is about the way
//! out.

use super::doubt::{doubt_about, governed_from_outside, undecided};
use super::firewall::Firewall;
use super::host::suffix;
use super::proof::Proof;
use super::shown::{shows, shows_assumed};
use super::{Asset, Coverage, Kind, Zone, door, web_authentication, web_restriction};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, PortSet, Protocol, ServiceSet};
use crate::resource::{
    AuthenticationMode, Door, DoorContext, Governing, Placement, PrivateEndpointState, Reader,
    Resource, Setting,
};
use crate::value::Text;
use std::borrow::Cow;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Web/sites",
        display: "Web app",
        ..SITE
    },
    Kind {
        resource_type: "Microsoft.Web/sites/slots",
        display: "Deployment slot",
        ..SITE
    },
    Kind::modelled_part("Microsoft.Web/sites/config", "App configuration"),
    Kind::modelled_part("Microsoft.Web/sites/slots/config", "Slot configuration"),
    Kind::modelled_part(
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "Publishing credentials policy",
    ),
    Kind::modelled_part(
        "Microsoft.Web/sites/slots/basicPublishingCredentialsPolicies",
        "Publishing credentials policy",
    ),
    Kind::modelled_part("Microsoft.Web/sites/hostNameBindings", "Host name"),
    Kind::modelled_part("Microsoft.Web/sites/slots/hostNameBindings", "Host name"),
    Kind::modelled_part("Microsoft.Web/sites/functions", "Function"),
    Kind::part("Microsoft.Web/sites/functions/keys", "Function key"),
    Kind::part("Microsoft.Web/sites/host/functionKeys", "Function key"),
    Kind::part("Microsoft.Web/sites/deployments", "App deployment"),
    Kind::part("Microsoft.Web/sites/sourcecontrols", "Source control"),
    Kind::part("Microsoft.Web/sites/extensions", "App extension"),
    Kind::part("Microsoft.Web/sites/siteextensions", "App extension"),
    Kind::part("Microsoft.Web/sites/snapshots", "App snapshot"),
    Kind::part("Microsoft.Web/sites/networkConfig", "Network integration"),
    Kind::part(
        "Microsoft.Web/sites/virtualNetworkConnections",
        "Network integration",
    ),
    Kind::part(
        "Microsoft.Web/sites/hybridConnectionNamespaces/relays",
        "Hybrid connection",
    ),
    Kind::part(
        "Microsoft.Web/sites/privateEndpointConnections",
        "Private endpoint connection",
    ),
    Kind::part("Microsoft.Web/serverFarms", "App Service plan"),
    Kind::part("Microsoft.Web/certificates", "App certificate"),
    Kind::part("Microsoft.Web/connections", "API connection"),
    Kind {
        resource_type: "Microsoft.Web/hostingEnvironments",
        display: "App Service Environment",
        icon: "web-app",
        zone: Zone::Network,
        asset: Asset::Compute,
        coverage: Coverage::Modelled,
        ..Kind::SHOWN
    },
];

const SITE: Kind = Kind {
    icon: "web-app",
    zone: Zone::Platform,
    asset: Asset::Compute,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    governed_by: Some(environment),
    ..Kind::SHOWN
};

/// The App Service Environment that hosts an app.
fn environment(site: &Resource) -> Setting<Text> {
    site.properties()
        .path("hostingEnvironmentProfile.id")
        .symbol()
}

/// The setting `name` of an app's configuration: of its child `config/web` where that has it, else
/// of its own `siteConfig`.
pub(super) fn site_config<'a>(context: &DoorContext<'a>, name: &str) -> Reader<'a> {
    context
        .own_child("config", "web")
        .map(|child| child.properties().at(name))
        .filter(|setting| setting.value().is_some())
        .unwrap_or_else(|| context.properties().at("siteConfig").at(name))
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let placement = placement(context);
    let group = group(context);
    let app = app_name(context);
    let suffixes = [
        "azurewebsites.net",
        "azurewebsites.us",
        "chinacloudsites.cn",
    ];
    let suffix = suffix(context, suffixes);
    let mut hosts = vec![format!("{app}.{suffix}")];
    hosts.extend(
        context
            .own_children("hostNameBindings")
            .map(|binding| binding.short_name().to_owned())
            .filter(|host| !host.eq_ignore_ascii_case(&format!("{app}.{suffix}"))),
    );
    let stands = |door: Door| Door {
        placement: placement.clone(),
        group_ids: vec![group.clone()],
        ..door
    };
    let mut doors = vec![
        stands(door(
            "main",
            hosts,
            web_services(context),
            admission(context, "ipSecurityRestrictions"),
            &[],
            web_authentication::of(context),
        )),
        stands(door(
            "scm",
            vec![format!("{app}.scm.{suffix}")],
            ServiceSet::tcp(443),
            admission(context, "scmIpSecurityRestrictions"),
            &[],
            publishing_proof(context, "scm")
                .always(
                    AuthenticationMode::Entra,
                    "the advanced tools take Entra tokens",
                )
                .finish(),
        )),
    ];
    doors.extend(ftp_door(context).map(|door| Door {
        placement: placement.clone(),
        ..door
    }));
    doors
}

/// The name that an app's host names start with: a slot's holds its app's.
fn app_name(context: &DoorContext<'_>) -> String {
    context.resource.name.replace('/', "-")
}

/// The private link group of an app, or of one of its slots.
fn group(context: &DoorContext<'_>) -> Cow<'static, str> {
    if context
        .resource
        .resource_type
        .last_segment()
        .eq_ignore_ascii_case("slots")
    {
        Cow::Owned(format!("sites-{}", context.resource.short_name()))
    } else {
        Cow::Borrowed("sites")
    }
}

fn web_services(context: &DoorContext<'_>) -> ServiceSet {
    let https_only = context.properties().at("httpsOnly").boolean();
    if https_only.truth(false) == Some(true) {
        ServiceSet::tcp(443)
    } else {
        ServiceSet::tcp(443).union(&ServiceSet::tcp(80))
    }
}

/// In an App Service Environment an app stands on that one's subnet.
fn placement(context: &DoorContext<'_>) -> Placement {
    let Some(environment) = context.governor() else {
        return Placement::Public;
    };
    let properties = environment.properties();
    let subnet = properties.path("virtualNetwork.id").symbol();
    let mode = properties.at("internalLoadBalancingMode").text();
    let is_internal = |word: &str| !word.eq_ignore_ascii_case("None") && word != "0";
    match (subnet, mode.satisfies(is_internal)) {
        (Setting::Stated(id, _), Some(true)) => Placement::Subnet(id.to_string(), mode.span()),
        (Setting::Stated(id, span), _) => Placement::PublicInSubnet(id.to_string(), span),
        (_, Some(true)) => Placement::ManagedNetwork,
        _ => Placement::Public,
    }
}

/// Whom the app and then its rules called `rules` let in.
fn admission(context: &DoorContext<'_>, rules: &'static str) -> AccessList {
    if let Governing::Outside(span) = context.governing {
        return governed_from_outside(context, "the App Service Environment", span);
    }
    let mut firewall = Firewall::new(context);
    refuse_if_internal(&mut firewall);
    let proof = app_access(&mut firewall);
    web_restriction::restrict(&mut firewall, rules, proof);
    firewall.finish()
}

/// Refuses the internet if the environment turns out to be internal, where it does not tell.
fn refuse_if_internal(firewall: &mut Firewall<'_, '_>) {
    let Some(environment) = firewall.context.governor() else {
        return;
    };
    let mode = environment
        .properties()
        .at("internalLoadBalancingMode")
        .text();
    if let Setting::Unknown(unknown, span) = &mode {
        let doubt = Doubt::of(unknown, *span, "is internal");
        let says = "internalLoadBalancingMode of the environment is not known";
        firewall.rule(
            Access::Deny,
            &AddressSet::internet(),
            vec![doubt.with_command(environment.show_command())],
            Evidence::stated(*span, says),
        );
    }
}

/// Refuses everyone where the app's own switch does, and gives what shows that it does not.
///
/// "App Service access restrictions", app access: where the switch is not set, access is on unless
/// a private endpoint exists, which turns it off.
fn app_access(firewall: &mut Firewall<'_, '_>) -> Evidence {
    let context = firewall.context;
    let name = "publicNetworkAccess";
    let own = context.properties().at(name).text();
    let access = if own.is_absent() {
        site_config(context, name).text()
    } else {
        own
    };
    if !access.is_absent() {
        firewall.public_network_access(name, &access);
        return shows(name, &access, "Enabled");
    }
    let span = context.properties().at(name).span();
    let closes =
        "publicNetworkAccess is absent, which means Disabled once a private endpoint exists";
    match &context.private_endpoint {
        PrivateEndpointState::Approved(endpoint) => firewall.push(Entry::exact(
            Access::Deny,
            FlowSet::all(),
            vec![Evidence::default(span, closes), endpoint.clone()],
        )),
        PrivateEndpointState::Unknown(doubt) => firewall.rule(
            Access::Deny,
            &AddressSet::all(),
            vec![(**doubt).clone()],
            Evidence::default(span, closes),
        ),
        PrivateEndpointState::None => {}
    }
    Evidence::default(
        span,
        "publicNetworkAccess is absent, which means Enabled while no private endpoint exists",
    )
}

/// FTP, where it is not switched off.
fn ftp_door(context: &DoorContext<'_>) -> Option<Door> {
    let state = site_config(context, "ftpsState").text();
    if state.is("Disabled") == Some(true) {
        return None;
    }
    let mut firewall = Firewall::new(context);
    let proof = app_access(&mut firewall);
    let rules = site_config(context, "ipSecurityRestrictions");
    if rules.items().is_empty() && rules.list().unknown().is_none() {
        firewall.allow_all(vec![shows("ftpsState", &state, "that FTP answers"), proof]);
    } else {
        let span = rules.span();
        let doubt = Doubt::outside(
            "restrictions-before-ftp",
            format!("{span:?}|restrictions before FTP"),
            "whether access restrictions stand before FTP is not documented",
            "ftpsState, which can switch FTP off",
            span,
        )
        .with_command(context.show_command());
        let evidence = Evidence::stated(span, "ipSecurityRestrictions may stand before FTP");
        for entry in undecided(context, doubt, &evidence).entries() {
            firewall.push(entry.clone());
        }
    }
    let ports = PortSet::single(21)
        .union(&PortSet::single(990))
        .union(&PortSet::range(10_001, 10_300));
    Some(door(
        "ftp",
        vec!["{stamp}.ftp.azurewebsites.windows.net".to_owned()],
        ServiceSet::of(Protocol::Tcp, ports),
        firewall.finish(),
        &[],
        publishing_proof(context, "ftp").finish(),
    ))
}

/// The password of the publishing profile, unless the policy called `name` turns it off.
fn publishing_proof<'c, 'a>(context: &'c DoorContext<'a>, name: &str) -> Proof<'c, 'a> {
    let policy = context.own_child("basicPublishingCredentialsPolicies", name);
    let allow = policy.map_or(Setting::Absent(context.properties().span()), |policy| {
        policy.properties().at("allow").boolean()
    });
    let shown = format!("basicPublishingCredentialsPolicies/{name}.allow");
    let proof = Proof::new(context);
    match allow.truth(true) {
        Some(true) => proof.accept(
            AuthenticationMode::Password,
            shows_assumed(&shown, &allow, "true"),
        ),
        Some(false) => proof,
        None => {
            let holds = |word: &str| word.eq_ignore_ascii_case("true");
            proof.doubt(
                AuthenticationMode::Password,
                doubt_about(context, &allow, &shown, &["true", "false"], holds),
            )
        }
    }
}
