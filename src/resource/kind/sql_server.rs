//! SQL servers and managed instances.
//!
//! Template reference: `Microsoft.Sql/servers`, `Microsoft.Sql/managedInstances`.
//! Read: `publicNetworkAccess`, the children `firewallRules`, `virtualNetworkRules`,
//! `azureADOnlyAuthentications` and `administrators`, and `administrators`; of instances
//! `subnetId`, `publicDataEndpointEnabled`.
//! Absent: nobody is admitted without a rule; passwords are accepted; an instance has no public
//! data endpoint.
//! Not modelled: firewall rules that a database keeps for itself, which no template shows; ports
//! 11000 to 11999, to which callers inside Azure are sent on.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::{Suffixes, own_host, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::standing::is_set;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Placement, Setting};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Sql/servers",
        display: "SQL server",
        doors: Some(server_doors),
        ..SQL
    },
    Kind {
        resource_type: "Microsoft.Sql/managedInstances",
        display: "SQL managed instance",
        doors: Some(instance_doors),
        ..SQL
    },
    Kind {
        icon: "sql",
        asset: Asset::Data,
        ..Kind::modelled_part("Microsoft.Sql/servers/databases", "SQL database")
    },
    Kind {
        icon: "sql",
        asset: Asset::Data,
        ..Kind::modelled_part("Microsoft.Sql/managedInstances/databases", "SQL database")
    },
    Kind::modelled_part("Microsoft.Sql/servers/firewallRules", "SQL firewall rule"),
    Kind::modelled_part(
        "Microsoft.Sql/servers/virtualNetworkRules",
        "SQL subnet rule",
    ),
    Kind::modelled_part("Microsoft.Sql/servers/administrators", "SQL administrator"),
    Kind::modelled_part(
        "Microsoft.Sql/servers/azureADOnlyAuthentications",
        "Entra only",
    ),
    Kind::part(
        "Microsoft.Sql/servers/outboundFirewallRules",
        "SQL outbound rule",
    ),
    Kind::part("Microsoft.Sql/servers/elasticPools", "Elastic pool"),
    Kind::part("Microsoft.Sql/servers/failoverGroups", "Failover group"),
    Kind::part(
        "Microsoft.Sql/servers/connectionPolicies",
        "Connection policy",
    ),
    Kind::part("Microsoft.Sql/servers/keys", "SQL encryption key"),
    Kind::part(
        "Microsoft.Sql/servers/encryptionProtector",
        "SQL encryption",
    ),
    Kind::part(
        "Microsoft.Sql/servers/privateEndpointConnections",
        "Private endpoint connection",
    ),
    Kind::part(
        "Microsoft.SqlVirtualMachine/sqlVirtualMachines",
        "SQL virtual machine",
    ),
];

const SQL: Kind = Kind {
    icon: "sql",
    zone: Zone::Data,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

const SUFFIXES: Suffixes = [
    "database.windows.net",
    "database.usgovcloudapi.net",
    "database.chinacloudapi.cn",
];

fn server_doors(context: &DoorContext<'_>) -> Vec<Door> {
    vec![door(
        "main",
        own_host(context, SUFFIXES),
        ServiceSet::tcp(1433),
        rules_only(context, "publicNetworkAccess"),
        &["sqlServer"],
        authentication(context),
    )]
}

/// A server that admits its rules only: `publicNetworkAccess`, at the path `name`, then address
/// ranges and subnets, and nobody else.
pub(super) fn rules_only(context: &DoorContext<'_>, name: &str) -> AccessList {
    let access = context.properties().path(name).text();
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&access);
    if firewall.secure(secured) {
        return firewall.finish();
    }
    firewall.public_network_access(name, &access);
    firewall.ranges("firewallRules", "startIpAddress", "endIpAddress");
    firewall.subnet_children("virtualNetworkRules", "virtualNetworkSubnetId");
    firewall.deny_all(Evidence::default(
        context.properties().span(),
        "no firewallRules of the server admits this, and it refuses what none admits",
    ));
    firewall.finish()
}

/// Passwords, unless Entra alone is allowed; Entra where the server has an administrator of that
/// kind, which a template need not show.
pub(super) fn authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let name = "azureADOnlyAuthentication";
    let own = properties
        .path("administrators.azureADOnlyAuthentication")
        .boolean();
    let only = context
        .own_children("azureADOnlyAuthentications")
        .map(|child| child.properties().at(name).boolean())
        .find(|switch| !switch.is_absent())
        .unwrap_or(own);
    let proof = Proof::new(context).switch(
        AuthenticationMode::Password,
        name,
        &only,
        false,
        Some(false),
    );
    let administrator = context
        .own_children("administrators")
        .next()
        .map(|child| child.span)
        .or_else(|| {
            let own = properties.at("administrators");
            (is_set(own) == Some(true)).then(|| own.span())
        });
    let proof = match administrator {
        _ if only.truth(false) == Some(true) => {
            proof.accept(AuthenticationMode::Entra, shows(name, &only, "false"))
        }
        Some(span) => proof.accept(
            AuthenticationMode::Entra,
            Evidence::stated(span, "the server has an Entra administrator"),
        ),
        None => proof.perhaps(
            AuthenticationMode::Entra,
            "entra-administrator",
            "whether the server has an Entra administrator is not in the inputs",
            "the server's Entra administrator",
        ),
    };
    proof.finish()
}

/// An instance stands on its subnet; its public data endpoint, where it has one, on port 3342.
fn instance_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let properties = context.properties();
    let name = context.resource.short_name();
    let suffix = suffix(context, SUFFIXES);
    let private = match properties.at("subnetId").symbol() {
        Setting::Stated(id, span) => Placement::Subnet(id.to_string(), span),
        _ => Placement::ManagedNetwork,
    };
    let main = Door {
        placement: private.clone(),
        ..door(
            "main",
            vec![format!("{name}.{{zone}}.{suffix}")],
            ServiceSet::tcp(1433),
            AccessList::open(vec![Evidence::platform(
                properties.span(),
                "an instance admits what its subnet lets through",
            )]),
            &["managedInstance"],
            authentication(context),
        )
    };
    let shown = "publicDataEndpointEnabled";
    let switch = properties.at(shown).boolean();
    if switch.truth(false) == Some(false) {
        return vec![main];
    }
    let mut firewall = Firewall::new(context);
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        switch.truth(false).map(|on| !on),
        shows(shown, &switch, "false"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("false");
            doubt_about(context, &switch, shown, &["true", "false"], holds)
        },
    );
    firewall.allow_all(vec![shows(shown, &switch, "false")]);
    let public = Door {
        placement: match private {
            Placement::Subnet(id, span) => Placement::PublicInSubnet(id, span),
            _ => Placement::Public,
        },
        ..door(
            "public",
            vec![format!("{name}.public.{{zone}}.{suffix}")],
            ServiceSet::tcp(3342),
            firewall.finish(),
            &[],
            authentication(context),
        )
    };
    vec![main, public]
}
