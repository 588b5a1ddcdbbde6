//! Synapse workspaces.
//!
//! Template reference: `Microsoft.Synapse/workspaces`.
//! Read: `publicNetworkAccess`, `trustedServiceBypassEnabled`, `azureADOnlyAuthentication`, the
//! children `firewallRules`, `azureADOnlyAuthentications` and `administrators`.
//! Absent: nobody is admitted without a rule; passwords are accepted.
//! Not modelled: Spark and Data Explorer pools, which answer at the workspace's development door.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::{own_host, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, Place, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Synapse/workspaces",
        display: "Synapse workspace",
        icon: "synapse",
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::modelled_part(
        "Microsoft.Synapse/workspaces/firewallRules",
        "Synapse firewall rule",
    ),
    Kind::modelled_part(
        "Microsoft.Synapse/workspaces/azureADOnlyAuthentications",
        "Entra only",
    ),
    Kind::modelled_part(
        "Microsoft.Synapse/workspaces/administrators",
        "Synapse administrator",
    ),
    Kind::part("Microsoft.Synapse/workspaces/sqlPools", "SQL pool"),
    Kind::part("Microsoft.Synapse/workspaces/bigDataPools", "Spark pool"),
    Kind::part(
        "Microsoft.Synapse/workspaces/kustoPools",
        "Data Explorer pool",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/kustoPools/databases",
        "Data Explorer database",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/integrationruntimes",
        "Integration runtime",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/managedIdentitySqlControlSettings",
        "Identity settings",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/dedicatedSQLminimalTlsSettings",
        "TLS settings",
    ),
    Kind::part(
        "Microsoft.Synapse/privateLinkHubs",
        "Synapse private link hub",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let admission = admission(context);
    let name = context.resource.short_name();
    let sql = [
        "sql.azuresynapse.net",
        "sql.azuresynapse.usgovcloudapi.net",
        "sql.azuresynapse.azure.cn",
    ];
    let dev = [
        "dev.azuresynapse.net",
        "dev.azuresynapse.usgovcloudapi.net",
        "dev.azuresynapse.azure.cn",
    ];
    let tokens = Proof::new(context).always(
        AuthenticationMode::Entra,
        "the development door takes Entra tokens only",
    );
    vec![
        door(
            "sql",
            own_host(context, sql),
            ServiceSet::tcp(1433),
            admission.clone(),
            &["Sql"],
            authentication(context),
        ),
        door(
            "sql-on-demand",
            vec![format!("{name}-ondemand.{}", suffix(context, sql))],
            ServiceSet::tcp(1433),
            admission.clone(),
            &["SqlOnDemand"],
            authentication(context),
        ),
        door(
            "dev",
            own_host(context, dev),
            ServiceSet::tcp(443),
            admission,
            &["Dev"],
            tokens.finish(),
        ),
    ]
}

fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let trusted = properties.at("trustedServiceBypassEnabled").boolean();
    let name = "trustedServiceBypassEnabled";
    let mut firewall = Firewall::new(context);
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
    firewall.public_network_access("publicNetworkAccess", &access);
    firewall.ranges("firewallRules", "startIpAddress", "endIpAddress");
    firewall.deny_all(Evidence::default(
        properties.span(),
        "no firewallRules of the workspace admits this, and it refuses what none admits",
    ));
    firewall.finish()
}

fn authentication(context: &DoorContext<'_>) -> Authentication {
    let name = "azureADOnlyAuthentication";
    let own = context.properties().at(name).boolean();
    let only = context
        .own_children("azureADOnlyAuthentications")
        .map(|child| child.properties().at(name).boolean())
        .find(|switch| !switch.is_absent())
        .unwrap_or(own);
    Proof::new(context)
        .switch(
            AuthenticationMode::Password,
            name,
            &only,
            false,
            Some(false),
        )
        .always(
            AuthenticationMode::Entra,
            "a workspace always takes Entra tokens",
        )
        .finish()
}
