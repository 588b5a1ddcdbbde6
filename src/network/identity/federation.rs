//! Federated credentials: whose tokens are taken for an identity.

use super::assignment::presence_doubt;
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Resource, ResourceIndex, Setting};
use crate::value::{Cause, Text};

/// Whose tokens a credential takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Issuer {
    /// A cluster of the estate: whoever runs code on it as the service account.
    Cluster(ResourceIndex),
    /// An issuer outside: its address and the subject, which may hold a wildcard.
    Outside(Text),
}

/// A federated credential of a user-assigned identity.
#[derive(Clone, Debug)]
pub struct Federation {
    /// The identity.
    pub identity: ResourceIndex,
    /// Whose tokens it takes.
    pub issuer: Issuer,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may not hold; all of them have to fall its way.
    pub doubts: Vec<Doubt>,
}

const CREDENTIAL: &str =
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
const CLUSTER: &str = "Microsoft.ContainerService/managedClusters";
/// The host of clusters' issuers.
const CLUSTER_HOST: &str = ".oic.prod-aks.azure.com";

/// The federated credentials of the inputs, in order.
pub fn read_federations(inventory: &Inventory) -> Vec<Federation> {
    let mut found = Vec::new();
    for (_, resource) in inventory.of_type(CREDENTIAL) {
        if resource.is_not_deployed() {
            continue;
        }
        let Some(identity) = resource.parent.or_else(|| {
            let parent = resource.id.parent()?;
            inventory.find(&parent, resource.file)
        }) else {
            continue;
        };
        let subject = resource.properties().at("subject").symbol();
        let says = match subject.stated() {
            Some(subject) => format!("the credential takes tokens whose subject is `{subject}`"),
            None => "the credential takes tokens of this issuer".to_owned(),
        };
        let stated = Evidence::stated(subject.span(), says);
        let presence: Vec<Doubt> = presence_doubt(resource).into_iter().collect();
        for (issuer, doubt, proof) in issuers(inventory, resource) {
            found.push(Federation {
                identity,
                issuer,
                evidence: std::iter::once(stated.clone()).chain(proof).collect(),
                doubts: presence.iter().cloned().chain(doubt).collect(),
            });
        }
    }
    found
}

/// Who the issuer of the credential `resource` may be, each with what is in doubt about it and what
/// ties the credential to it.
fn issuers(
    inventory: &Inventory,
    resource: &Resource,
) -> Vec<(Issuer, Option<Doubt>, Option<Evidence>)> {
    let properties = resource.properties();
    let issuer = properties.at("issuer");
    let subject = properties.at("subject").symbol();
    let subject = subject.stated().map_or("", |subject| subject);
    let outside = |address: &str| Issuer::Outside(format!("{address} {subject}").trim().into());
    match issuer.text() {
        Setting::Absent(_) => Vec::new(),
        Setting::Unknown(unknown, span) => {
            let cluster = unknown
                .atoms
                .first()
                .filter(|atom| atom.cause == Cause::Runtime && unknown.atoms.len() == 1)
                .and_then(|atom| inventory.find_text(&atom.refers_to, resource.file));
            match cluster {
                Some(index) => vec![(Issuer::Cluster(index), None, None)],
                None => vec![(
                    outside(&unknown.symbol),
                    Some(Doubt::of(&unknown, span, "is an issuer")),
                    None,
                )],
            }
        }
        Setting::Stated(address, span) => {
            let same = |own: &str| own.trim_end_matches('/') == address.trim_end_matches('/');
            let mut found = Vec::new();
            for (index, cluster) in inventory.of_type(CLUSTER) {
                match cluster
                    .properties()
                    .path("oidcIssuerProfile.issuerURL")
                    .text()
                {
                    Setting::Stated(own, at) if same(&own) => {
                        let says = format!("this is the issuer of `{}`", cluster.name);
                        let proof = Evidence::stated(at, says);
                        return vec![(Issuer::Cluster(index), None, Some(proof))];
                    }
                    Setting::Stated(..) => {}
                    _ if address.contains(CLUSTER_HOST) => {
                        let doubt = Doubt::outside(
                            "cluster-issuer-not-known",
                            format!("{address}|is {}", cluster.id.key()),
                            format!(
                                "the inputs do not tell whether `{address}` is the issuer of `{}`",
                                cluster.name
                            ),
                            format!("the issuer address of cluster `{}`", cluster.name),
                            span,
                        );
                        let doubt = doubt.with_command(cluster.show_command());
                        found.push((Issuer::Cluster(index), Some(doubt), None));
                    }
                    _ => {}
                }
            }
            found.push((outside(&address), None, None));
            found
        }
    }
}
