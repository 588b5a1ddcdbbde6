//! Cosmos DB accounts of every interface.
//!
//! Template reference: `Microsoft.DocumentDB/databaseAccounts`.
//! Read: `kind`, `capabilities`, `publicNetworkAccess`, `ipRules` (before API version 2020-04-01 the
//! text `ipRangeFilter`), `isVirtualNetworkFilterEnabled`, `virtualNetworkRules`,
//! `networkAclBypass`, `networkAclBypassResourceIds`, `disableLocalAuth`.
//! Absent: the account is open to every network and takes keys. Subnets listed without
//! `isVirtualNetworkFilterEnabled` leave it undetermined whether they close the rest.
//! Not modelled: the endpoints of further regions, which follow the same settings.

use super::doubt::{doubt_about, undocumented};
use super::firewall::Firewall;
use super::host::{Suffixes, own_host};
use super::proof::Proof;
use super::shown::{either_filled, filled, shows};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, Place, PortSet, Protocol, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Reader, Setting};
use crate::value::Text;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.DocumentDB/databaseAccounts",
        display: "Cosmos DB account",
        icon: "cosmos-db",
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/sqlDatabases",
        "Database",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers",
        "Container",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/throughputSettings",
        "Throughput",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/throughputSettings",
        "Throughput",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/mongodbDatabases",
        "Database",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/mongodbDatabases/collections",
        "Collection",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/cassandraKeyspaces",
        "Keyspace",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/gremlinDatabases",
        "Graph database",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/gremlinDatabases/graphs",
        "Graph",
    ),
    Kind::part("Microsoft.DocumentDB/databaseAccounts/tables", "Table"),
    Kind::modelled_part(
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions",
        "Data role",
    ),
    Kind::modelled_part(
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments",
        "Data role assignment",
    ),
    Kind::part(
        "Microsoft.DocumentDB/databaseAccounts/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

/// How an account speaks.
struct Interface {
    /// The capability that gives it; empty for the native one.
    capability: &'static str,
    hosts: Suffixes,
    first_port: u16,
    group: &'static str,
    /// Whether its data can be reached with Entra tokens.
    takes_entra: bool,
}

static NATIVE: Interface = Interface {
    capability: "",
    hosts: [
        "documents.azure.com",
        "documents.azure.us",
        "documents.azure.cn",
    ],
    first_port: 443,
    group: "Sql",
    takes_entra: true,
};

static INTERFACES: &[Interface] = &[
    Interface {
        capability: "EnableMongo",
        hosts: [
            "mongo.cosmos.azure.com",
            "mongo.cosmos.azure.us",
            "mongo.cosmos.azure.cn",
        ],
        first_port: 10_255,
        group: "MongoDB",
        takes_entra: false,
    },
    Interface {
        capability: "EnableCassandra",
        hosts: [
            "cassandra.cosmos.azure.com",
            "cassandra.cosmos.azure.us",
            "cassandra.cosmos.azure.cn",
        ],
        first_port: 10_350,
        group: "Cassandra",
        takes_entra: false,
    },
    Interface {
        capability: "EnableGremlin",
        hosts: [
            "gremlin.cosmos.azure.com",
            "gremlin.cosmos.azure.us",
            "gremlin.cosmos.azure.cn",
        ],
        first_port: 443,
        group: "Gremlin",
        takes_entra: false,
    },
    Interface {
        capability: "EnableTable",
        hosts: [
            "table.cosmos.azure.com",
            "table.cosmos.azure.us",
            "table.cosmos.azure.cn",
        ],
        first_port: 443,
        group: "Table",
        takes_entra: true,
    },
];

/// The interface of the account: a kind of its own for `MongoDB`, capabilities for the others.
fn interface(context: &DoorContext<'_>) -> &'static Interface {
    let is_mongo = context.kind().is("MongoDB") == Some(true);
    let capabilities = context.properties().at("capabilities").items();
    let has = |name: &str| {
        (is_mongo && name == "EnableMongo")
            || capabilities
                .iter()
                .any(|capability| capability.at("name").text().is(name) == Some(true))
    };
    INTERFACES
        .iter()
        .find(|interface| has(interface.capability))
        .unwrap_or(&NATIVE)
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let interface = interface(context);
    let mut ports = PortSet::single(interface.first_port);
    if interface.group == "Sql" {
        // Direct mode sends callers on to the replicas.
        ports = ports.union(&PortSet::range(10_000, 20_000));
    }
    vec![door(
        "main",
        own_host(context, interface.hosts),
        ServiceSet::of(Protocol::Tcp, ports),
        admission(context),
        &[interface.group],
        authentication(context, interface.takes_entra),
    )]
}

/// "Configure IP firewall in Azure Cosmos DB": open while there is neither an address nor a subnet
/// filter; else the lists alone. Listed instances and, where they may bypass, Azure's services pass.
fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&access);
    let bypass = properties.at("networkAclBypass").text();
    firewall.bypass("networkAclBypass", &bypass, Some(false));
    if firewall.secure(secured) {
        return firewall.finish();
    }
    let instances = properties.at("networkAclBypassResourceIds");
    firewall.named_instances("networkAclBypassResourceIds", instances, "");
    firewall.public_network_access("publicNetworkAccess", &access);
    let (rules, text) = (properties.at("ipRules"), properties.at("ipRangeFilter"));
    firewall.each(rules, "ipRules", |firewall, item| {
        address(firewall, "ipRules", &item.at("ipAddressOrRange").text());
    });
    let written = addresses_of_text(&mut firewall, text);
    let lists = either_filled(filled(rules), written);
    subnet_filter(&mut firewall);
    firewall.refuse_unlisted("ipRules", &lists);
    firewall.allow_all(vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        Evidence::default(
            lists.span(),
            "ipRules is empty, and no subnets are filtered",
        ),
    ]);
    firewall.finish()
}

/// The addresses in the text of older API versions, with commas between them.
fn addresses_of_text(firewall: &mut Firewall<'_, '_>, text: Reader<'_>) -> Setting<()> {
    match text.text() {
        Setting::Stated(list, span) => {
            for part in list
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                let part = Setting::Stated(Text::from(part), span);
                address(firewall, "ipRangeFilter", &part);
            }
            Setting::Stated((), span)
        }
        Setting::Absent(span) => Setting::Absent(span),
        Setting::Unknown(unknown, span) => {
            let value = Setting::Unknown(unknown.clone(), span);
            firewall.address(Access::Allow, "ipRangeFilter", &value);
            Setting::Unknown(unknown, span)
        }
    }
}

/// Admits an address; `0.0.0.0` stands for everything in Azure's datacentres, whoever's it is.
fn address(firewall: &mut Firewall<'_, '_>, name: &str, value: &Setting<Text>) {
    match value {
        Setting::Stated(text, span) if text.trim() == "0.0.0.0" => {
            let azure = AddressSet::azure_public().union(&AddressSet::place(Place::TrustedService));
            let says = format!("{name} lists 0.0.0.0, which is all of Azure's datacentres");
            firewall.allow(&azure, Evidence::stated(*span, says));
        }
        _ => firewall.address(Access::Allow, name, value),
    }
}

/// Admits the listed subnets, and refuses everyone else where the filter is on.
fn subnet_filter(firewall: &mut Firewall<'_, '_>) {
    let context = firewall.context;
    let name = "isVirtualNetworkFilterEnabled";
    let switch = context.properties().at(name).boolean();
    let rules = context.properties().at("virtualNetworkRules");
    if switch.truth(true) == Some(false) {
        return;
    }
    let lists = filled(rules);
    // Addresses and subnets are listed side by side, so those of the one list still count.
    firewall.subnets("virtualNetworkRules", rules, "id");
    let holds = |word: &str| word.eq_ignore_ascii_case("true");
    if !switch.is_absent() {
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            switch.truth(false),
            shows(name, &switch, "false"),
            || doubt_about(context, &switch, name, &["true", "false"], holds),
        );
    } else if !lists.is_absent() {
        let doubt = undocumented(switch.span(), name)
            .with_outcomes(vec![("true".into(), true), ("false".into(), false)])
            .with_command(context.show_command());
        let evidence = Evidence::stated(lists.span(), "virtualNetworkRules lists subnets");
        firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
    }
}

fn authentication(context: &DoorContext<'_>, takes_entra: bool) -> Authentication {
    let proof = Proof::new(context);
    if takes_entra {
        return proof
            .keys_and_entra(
                AuthenticationMode::SharedKey,
                "the account takes Entra tokens, by data roles of its own",
            )
            .finish();
    }
    let name = "disableLocalAuth";
    let switch = context.properties().at(name).boolean();
    proof
        .switch(
            AuthenticationMode::SharedKey,
            name,
            &switch,
            false,
            Some(false),
        )
        .finish()
}
