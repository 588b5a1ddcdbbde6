//! PostgreSQL, MySQL and `MariaDB` servers, flexible and single, and clusters with their manners.
//!
//! Template reference: `Microsoft.DBforPostgreSQL/flexibleServers`,
//! `Microsoft.DBforMySQL/flexibleServers`, `…/servers`, `Microsoft.DBforMariaDB/servers`,
//! `Microsoft.DBforPostgreSQL/serverGroupsv2`, `Microsoft.DocumentDB/mongoClusters`.
//! Read: `network.delegatedSubnetResourceId`, `network.publicNetworkAccess` (single servers and
//! clusters: `publicNetworkAccess`), the children `firewallRules`, `virtualNetworkRules`,
//! `administrators` and `configurations`, `authConfig`.
//! Absent: nobody is admitted without a rule; passwords are accepted, Entra tokens are not unless
//! an administrator shows them.
//! Not modelled: single servers' redirection; roles inside the database.

use super::doubt::{doubt_about, perhaps_refused};
use super::host::{Suffixes, own_host};
use super::proof::Proof;
use super::shown::shows;
use super::sql_server::rules_only;
use super::standing::{Standing, standing};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{AccessList, PortSet, Protocol, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Placement};

pub(super) static KINDS: &[Kind] = &[
    server(
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "PostgreSQL server",
    ),
    server("Microsoft.DBforMySQL/flexibleServers", "MySQL server"),
    server(
        "Microsoft.DBforPostgreSQL/servers",
        "PostgreSQL single server",
    ),
    server("Microsoft.DBforMySQL/servers", "MySQL single server"),
    server("Microsoft.DBforMariaDB/servers", "MariaDB server"),
    server(
        "Microsoft.DBforPostgreSQL/serverGroupsv2",
        "PostgreSQL cluster",
    ),
    server("Microsoft.DocumentDB/mongoClusters", "MongoDB cluster"),
    Kind::modelled_part(
        "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforMySQL/flexibleServers/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforPostgreSQL/servers/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforPostgreSQL/servers/virtualNetworkRules",
        "Subnet rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforMySQL/servers/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforMySQL/servers/virtualNetworkRules",
        "Subnet rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforMariaDB/servers/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforPostgreSQL/serverGroupsv2/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DocumentDB/mongoClusters/firewallRules",
        "Firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.DBforPostgreSQL/flexibleServers/administrators",
        "Entra administrator",
    ),
    Kind::modelled_part(
        "Microsoft.DBforMySQL/flexibleServers/administrators",
        "Entra administrator",
    ),
    Kind::modelled_part(
        "Microsoft.DBforMySQL/flexibleServers/configurations",
        "Server parameter",
    ),
    Kind::part(
        "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
        "Server parameter",
    ),
    Kind::part(
        "Microsoft.DBforPostgreSQL/flexibleServers/databases",
        "Database",
    ),
    Kind::part("Microsoft.DBforMySQL/flexibleServers/databases", "Database"),
    Kind::part("Microsoft.DBforPostgreSQL/servers/databases", "Database"),
    Kind::part("Microsoft.DBforMySQL/servers/databases", "Database"),
];

const fn server(resource_type: &'static str, display: &'static str) -> Kind {
    Kind {
        resource_type,
        display,
        icon: "sql",
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    }
}

/// What differs between the engines: host names, ports and private link group.
fn engine(context: &DoorContext<'_>) -> (Suffixes, PortSet, &'static str) {
    let resource_type = &context.resource.resource_type;
    let is = |word: &str| resource_type.as_str().to_ascii_lowercase().contains(word);
    if is("mongoclusters") {
        let hosts = [
            "mongocluster.cosmos.azure.com",
            "mongocluster.cosmos.azure.us",
            "mongocluster.cosmos.azure.cn",
        ];
        (hosts, PortSet::single(10_260), "MongoCluster")
    } else if is("postgresql") {
        let hosts = [
            "postgres.database.azure.com",
            "postgres.database.usgovcloudapi.net",
            "postgres.database.chinacloudapi.cn",
        ];
        let group = if is("servergroupsv2") {
            "coordinator"
        } else {
            "postgresqlServer"
        };
        (
            hosts,
            PortSet::single(5432).union(&PortSet::single(6432)),
            group,
        )
    } else if is("mysql") {
        let hosts = [
            "mysql.database.azure.com",
            "mysql.database.usgovcloudapi.net",
            "mysql.database.chinacloudapi.cn",
        ];
        (hosts, PortSet::single(3306), "mysqlServer")
    } else {
        let hosts = [
            "mariadb.database.azure.com",
            "mariadb.database.usgovcloudapi.net",
            "mariadb.database.chinacloudapi.cn",
        ];
        (hosts, PortSet::single(3306), "mariadbServer")
    }
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let (hosts, ports, group) = engine(context);
    let is_flexible = context
        .resource
        .resource_type
        .last_segment()
        .eq_ignore_ascii_case("flexibleServers");
    let subnet = standing(context, "network.delegatedSubnetResourceId");
    let (placement, admission) = match subnet {
        Standing::Subnet(id, span) => {
            let says = "a server in a virtual network admits what its subnet lets through";
            let open = AccessList::open(vec![Evidence::platform(span, says)]);
            (Placement::Subnet(id, span), open)
        }
        Standing::Perhaps(doubt, span) if is_flexible => {
            let says = "network may take the server off the internet";
            let evidence = Evidence::stated(span, says);
            let open = rules_only(context, "network.publicNetworkAccess");
            let list = perhaps_refused(context, &open, *doubt, &evidence);
            (Placement::Public, list)
        }
        _ if is_flexible => (
            Placement::Public,
            rules_only(context, "network.publicNetworkAccess"),
        ),
        _ => (
            Placement::Public,
            rules_only(context, "publicNetworkAccess"),
        ),
    };
    vec![Door {
        placement,
        ..door(
            "main",
            own_host(context, hosts),
            ServiceSet::of(Protocol::Tcp, ports),
            admission,
            &[group],
            authentication(context),
        )
    }]
}

fn authentication(context: &DoorContext<'_>) -> Authentication {
    let config = context.properties().at("authConfig");
    let (password, entra) = (
        config.at("passwordAuth").text(),
        config.at("activeDirectoryAuth").text(),
    );
    let is_off = |word: &str| word.eq_ignore_ascii_case("Disabled");
    let is_on = |word: &str| word.eq_ignore_ascii_case("Enabled");
    let words = ["Enabled", "Disabled"];
    let entra_only = context
        .own_child("configurations", "aad_auth_only")
        .map(|child| child.properties().at("value").text())
        .filter(|value| value.is("ON") == Some(true));
    let mut proof = Proof::new(context);
    let accepts_passwords = match &entra_only {
        Some(_) => Some(false),
        None => password.satisfies(is_off).map(|off| !off),
    };
    proof = match accepts_passwords {
        Some(true) => proof.accept(
            AuthenticationMode::Password,
            shows("authConfig.passwordAuth", &password, "Enabled"),
        ),
        Some(false) => proof,
        None => proof.doubt(
            AuthenticationMode::Password,
            doubt_about(
                context,
                &password,
                "authConfig.passwordAuth",
                &words,
                |word| !is_off(word),
            ),
        ),
    };
    let administrator = context.own_children("administrators").next();
    proof = match (entra.satisfies(is_on), administrator) {
        (Some(true), _) => proof.accept(
            AuthenticationMode::Entra,
            shows("authConfig.activeDirectoryAuth", &entra, "Disabled"),
        ),
        (None, _) => proof.doubt(
            AuthenticationMode::Entra,
            doubt_about(
                context,
                &entra,
                "authConfig.activeDirectoryAuth",
                &words,
                is_on,
            ),
        ),
        (Some(false), Some(child)) if entra.is_absent() => proof.accept(
            AuthenticationMode::Entra,
            Evidence::stated(child.span, "the server has an Entra administrator"),
        ),
        (Some(false), _) => proof,
    };
    proof.finish()
}
