//! Kubernetes clusters.
//!
//! Template reference: `Microsoft.ContainerService/managedClusters`.
//! Read: `apiServerAccessProfile`, `disableLocalAccounts`, `aadProfile`, `agentPoolProfiles`,
//! `addonProfiles`, `ingressProfile`.
//! Absent: the API server is public and open to every network, and the static administrator's
//! certificate works.
//! Not modelled: what the workloads themselves open. Their load balancers are made at run time in a
//! group of their own, so nothing here says that a cluster's workloads are closed; an ingress that
//! the template switches on is a door that stays undetermined.

use super::doubt::{doubt_about, undecided};
use super::firewall::Firewall;
use super::host::{region, suffix};
use super::proof::Proof;
use super::shown::{filled, shows};
use super::standing::is_set;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Placement, Setting};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.ContainerService/managedClusters",
        display: "Kubernetes cluster",
        icon: "kubernetes",
        zone: Zone::Platform,
        asset: Asset::Compute,
        coverage: Coverage::Partial,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::modelled_part(
        "Microsoft.ContainerService/managedClusters/agentPools",
        "Node pool",
    ),
    Kind::part(
        "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
        "Maintenance window",
    ),
    Kind::part(
        "Microsoft.KubernetesConfiguration/extensions",
        "Cluster extension",
    ),
    Kind::part(
        "Microsoft.KubernetesConfiguration/fluxConfigurations",
        "Cluster configuration",
    ),
    Kind {
        resource_type: "Microsoft.Kubernetes/connectedClusters",
        display: "Connected cluster",
        icon: "kubernetes",
        zone: Zone::Platform,
        asset: Asset::Compute,
        ..Kind::SHOWN
    },
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let mut doors = vec![server_door(context)];
    doors.extend(ingress_door(context));
    doors
}

fn server_door(context: &DoorContext<'_>) -> Door {
    let profile = context.properties().at("apiServerAccessProfile");
    let suffix = suffix(
        context,
        [
            "azmk8s.io",
            "cx.aks.containerservice.azure.us",
            "cx.prod.service.azk8s.cn",
        ],
    );
    let prefix = context.properties().at("dnsPrefix").symbol();
    let prefix = prefix.stated().map_or("{prefix}", |prefix| prefix);
    let private = profile.at("enablePrivateCluster").boolean();
    let (placement, admission) = if private.truth(false) == Some(true) {
        let says = "enablePrivateCluster is true, so the API server has a private address only";
        let closed = Evidence::stated(private.span(), says);
        match node_subnet(context) {
            Some(subnet) => (
                Placement::Subnet(subnet, private.span()),
                AccessList::open(vec![closed]),
            ),
            None => (Placement::Public, AccessList::closed(vec![closed])),
        }
    } else {
        (Placement::Public, admission(context))
    };
    Door {
        placement,
        ..door(
            "main",
            vec![format!(
                "{prefix}-{{hash}}.hcp.{}.{suffix}",
                region(context)
            )],
            ServiceSet::tcp(443),
            admission,
            &["management"],
            authentication(context),
        )
    }
}

/// The subnet in which a private API server or else the nodes stand.
fn node_subnet(context: &DoorContext<'_>) -> Option<String> {
    let properties = context.properties();
    let own = properties.path("apiServerAccessProfile.subnetId").symbol();
    if let Setting::Stated(id, _) = own {
        return Some(id.to_string());
    }
    properties
        .at("agentPoolProfiles")
        .items()
        .iter()
        .find_map(|pool| {
            pool.at("vnetSubnetID")
                .symbol()
                .stated()
                .map(ToString::to_string)
        })
}

fn admission(context: &DoorContext<'_>) -> AccessList {
    let profile = context.properties().at("apiServerAccessProfile");
    let name = "apiServerAccessProfile.enablePrivateCluster";
    let private = profile.at("enablePrivateCluster").boolean();
    let mut firewall = Firewall::new(context);
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        private.truth(false),
        shows(name, &private, "false"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("true");
            doubt_about(context, &private, name, &["true", "false"], holds)
        },
    );
    let ranges = profile.at("authorizedIPRanges");
    let name = "apiServerAccessProfile.authorizedIPRanges";
    firewall.addresses(name, ranges, "");
    firewall.refuse_unlisted(name, &filled(ranges));
    firewall.allow_all(vec![
        Evidence::default(
            ranges.span(),
            format!("{name} is empty, which means everyone"),
        ),
        shows("enablePrivateCluster", &private, "false"),
    ]);
    firewall.finish()
}

fn authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let name = "disableLocalAccounts";
    let local = properties.at(name).boolean();
    let proof =
        Proof::new(context).switch(AuthenticationMode::Cert, name, &local, false, Some(false));
    let profile = properties.at("aadProfile");
    let proof = match (is_set(profile), local.truth(false)) {
        (Some(true), _) => proof.accept(
            AuthenticationMode::Entra,
            Evidence::stated(profile.span(), "aadProfile lets Entra tokens in"),
        ),
        (_, Some(true)) => proof.switch(AuthenticationMode::Entra, name, &local, true, Some(false)),
        (Some(false), _) => proof,
        (None, _) => proof.perhaps(
            AuthenticationMode::Entra,
            "profile-not-known",
            "whether the cluster takes Entra tokens hangs on aadProfile, which is not known",
            "aadProfile of the cluster",
        ),
    };
    proof.finish()
}

/// The door of an ingress that the template switches on. Where it listens is decided in the
/// cluster.
fn ingress_door(context: &DoorContext<'_>) -> Option<Door> {
    let properties = context.properties();
    let switch = [
        "ingressProfile.webAppRouting.enabled",
        "addonProfiles.httpApplicationRouting.enabled",
        "addonProfiles.ingressApplicationGateway.enabled",
    ]
    .into_iter()
    .map(|path| properties.path(path).boolean())
    .find(|switch| switch.truth(false) != Some(false))?;
    let span = switch.span();
    let doubt = Doubt::outside(
        "cluster-ingress",
        format!("{span:?}|cluster ingress"),
        "where the cluster's ingress listens is decided in the cluster",
        "the services and ingresses of the cluster",
        span,
    )
    .with_command("kubectl get service,ingress --all-namespaces --output json");
    let evidence = Evidence::stated(span, "the template switches an ingress on");
    let proof = Proof::new(context).perhaps(
        AuthenticationMode::Anonymous,
        "application-decides",
        "what the workloads take as proof is not in the template",
        "the workloads behind the ingress",
    );
    Some(door(
        "ingress",
        Vec::new(),
        ServiceSet::tcp(443).union(&ServiceSet::tcp(80)),
        undecided(context, doubt, &evidence),
        &[],
        proof.finish(),
    ))
}
