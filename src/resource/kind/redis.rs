//! Redis caches, classic and enterprise.
//!
//! Template reference: `Microsoft.Cache/Redis`, `Microsoft.Cache/redisEnterprise`.
//! Read: `subnetId`, `publicNetworkAccess`, the children `firewallRules`, `enableNonSslPort`,
//! `disableAccessKeyAuthentication`, `redisConfiguration`; of enterprise caches
//! `publicNetworkAccess` and the databases' `port` and `accessKeysAuthentication`.
//! Absent: a cache is open to every network on its TLS port and takes keys. An enterprise cache
//! with a private endpoint and no `publicNetworkAccess` is undetermined.
//! Not modelled: users and access policies inside the cache.

use super::doubt::{deployment_doubt, doubt_about, perhaps_refused, undocumented};
use super::firewall::Firewall;
use super::host::{own_host, region};
use super::proof::Proof;
use super::shown::shows;
use super::standing::{Standing, standing};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, PortSet, Protocol, ServiceSet};
use crate::resource::{
    Authentication, AuthenticationMode, Door, DoorContext, Placement, PrivateEndpointState,
};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Cache/Redis",
        display: "Redis cache",
        doors: Some(cache_doors),
        ..CACHE
    },
    Kind {
        resource_type: "Microsoft.Cache/redisEnterprise",
        display: "Redis Enterprise",
        doors: Some(enterprise_doors),
        ..CACHE
    },
    Kind::modelled_part("Microsoft.Cache/Redis/firewallRules", "Redis firewall rule"),
    Kind::modelled_part(
        "Microsoft.Cache/redisEnterprise/databases",
        "Redis database",
    ),
    Kind::part(
        "Microsoft.Cache/Redis/accessPolicyAssignments",
        "Redis access policy",
    ),
    Kind::part("Microsoft.Cache/Redis/linkedServers", "Linked cache"),
];

const CACHE: Kind = Kind {
    icon: "redis",
    zone: Zone::Data,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

fn cache_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let properties = context.properties();
    let plain = properties.at("enableNonSslPort").boolean();
    let mut ports = PortSet::single(6380);
    if plain.truth(false) != Some(false) {
        ports = ports.union(&PortSet::single(6379));
    }
    let (placement, admission) = match standing(context, "subnetId") {
        Standing::Subnet(id, span) => {
            let says = "a cache in a virtual network admits what its subnet lets through";
            let open = AccessList::open(vec![Evidence::platform(span, says)]);
            (Placement::Subnet(id, span), open)
        }
        Standing::NoSubnet => (Placement::Public, cache_admission(context)),
        Standing::Perhaps(doubt, span) => {
            let evidence = Evidence::stated(span, "subnetId may take the cache off the internet");
            let open = cache_admission(context);
            let list = perhaps_refused(context, &open, *doubt, &evidence);
            (Placement::Public, list)
        }
    };
    vec![Door {
        placement,
        ..door(
            "main",
            own_host(
                context,
                [
                    "redis.cache.windows.net",
                    "redis.cache.usgovcloudapi.net",
                    "redis.cache.chinacloudapi.cn",
                ],
            ),
            ServiceSet::of(Protocol::Tcp, ports),
            admission,
            &["redisCache"],
            cache_authentication(context),
        )
    }]
}

/// Without a rule everyone is admitted, with any the rules alone.
fn cache_admission(context: &DoorContext<'_>) -> AccessList {
    let access = context.properties().at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    firewall.ranges("firewallRules", "startIP", "endIP");
    refuse_beside_rules(&mut firewall, "firewallRules");
    firewall.allow_all(vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        Evidence::default(
            context.properties().span(),
            "the cache has no firewallRules",
        ),
    ]);
    firewall.finish()
}

/// Refuses everyone left where there is a child whose type ends in `segment`.
fn refuse_beside_rules(firewall: &mut Firewall<'_, '_>, segment: &str) {
    let context = firewall.context;
    let says = format!("{segment} say who may come in, and refuse everyone else");
    let certain = context
        .of_segment(segment)
        .find(|rule| deployment_doubt(rule).is_none());
    if let Some(rule) = certain {
        firewall.deny_all(Evidence::stated(rule.span, says));
        return;
    }
    for rule in context.of_segment(segment) {
        let doubts: Vec<Doubt> = deployment_doubt(rule).into_iter().collect();
        let evidence = Evidence::stated(rule.span, says.clone());
        firewall.rule(Access::Deny, &AddressSet::all(), doubts, evidence);
    }
}

fn cache_authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let name = "disableAccessKeyAuthentication";
    let keys = properties.at(name).boolean();
    let configuration = properties.at("redisConfiguration");
    let entra = configuration.at("aad-enabled").boolean();
    let open = configuration.at("authnotrequired").boolean();
    let mut proof = Proof::new(context).switch(
        AuthenticationMode::SharedKey,
        name,
        &keys,
        false,
        Some(false),
    );
    proof = if keys.truth(false) == Some(true) {
        proof.switch(AuthenticationMode::Entra, name, &keys, true, Some(false))
    } else {
        proof.switch(
            AuthenticationMode::Entra,
            "redisConfiguration.aad-enabled",
            &entra,
            true,
            Some(false),
        )
    };
    proof
        .switch(
            AuthenticationMode::Anonymous,
            "redisConfiguration.authnotrequired",
            &open,
            true,
            Some(false),
        )
        .finish()
}

fn enterprise_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let database = context.own_children("databases").next();
    let port = database
        .and_then(|database| database.properties().at("port").integer().known_or(10_000))
        .and_then(|port| u16::try_from(port).ok())
        .unwrap_or(10_000);
    let name = context.resource.short_name();
    let region = region(context);
    vec![door(
        "main",
        vec![
            format!("{name}.{region}.redis.azure.net"),
            format!("{name}.{region}.redisenterprise.cache.azure.net"),
        ],
        ServiceSet::tcp(port),
        enterprise_admission(context),
        &["redisEnterprise"],
        enterprise_authentication(context),
    )]
}

fn enterprise_admission(context: &DoorContext<'_>) -> AccessList {
    let name = "publicNetworkAccess";
    let access = context.properties().at(name).text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access(name, &access);
    if access.is_absent() {
        match &context.private_endpoint {
            PrivateEndpointState::Approved(endpoint) => {
                let doubt = undocumented(access.span(), name).with_command(context.show_command());
                let all = AddressSet::all();
                firewall.rule(Access::Deny, &all, vec![doubt], endpoint.clone());
            }
            PrivateEndpointState::Unknown(doubt) => {
                let evidence = shows(name, &access, "Enabled without a private endpoint");
                let all = AddressSet::all();
                firewall.rule(Access::Deny, &all, vec![(**doubt).clone()], evidence);
            }
            PrivateEndpointState::None => {}
        }
    }
    firewall.allow_all(vec![shows(name, &access, "Enabled")]);
    firewall.finish()
}

fn enterprise_authentication(context: &DoorContext<'_>) -> Authentication {
    let Some(database) = context.own_children("databases").next() else {
        return Proof::new(context)
            .perhaps(
                AuthenticationMode::SharedKey,
                "database-not-shown",
                "what the cache takes stands on its database, which is not in the inputs",
                "the cache's database",
            )
            .finish();
    };
    let name = "accessKeysAuthentication";
    let keys = database.properties().at(name).text();
    let is_on = |word: &str| word.eq_ignore_ascii_case("Enabled");
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "an enterprise cache can take Entra tokens",
    );
    let proof = match keys.satisfies(is_on) {
        Some(true) => proof.accept(AuthenticationMode::SharedKey, shows(name, &keys, "Enabled")),
        Some(false) if keys.is_absent() => proof.doubt(
            AuthenticationMode::SharedKey,
            undocumented(keys.span(), name),
        ),
        Some(false) => proof,
        None => proof.doubt(
            AuthenticationMode::SharedKey,
            doubt_about(context, &keys, name, &["Enabled", "Disabled"], is_on),
        ),
    };
    proof.finish()
}
