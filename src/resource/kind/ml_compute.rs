//! Computes of ML workspaces.
//!
//! Template reference: `Microsoft.MachineLearningServices/workspaces/computes`.
//! Read: `computeType`, `disableLocalAuth`; of clusters `enableNodePublicIp`, `isolatedNetwork`,
//! `remoteLoginPortPublicAccess`, `subnet`, `userAccountCredentials`; of instances `sshSettings`,
//! `subnet`, `enableNodePublicIp`, `applicationSharingPolicy`; the workspace's `managedNetwork`.
//! Absent: nodes have public addresses; a cluster's SSH port is open without a subnet and closed
//! with one; an instance's is closed.
//! Not modelled: attached computes (Kubernetes, virtual machines, Spark), which answer where they
//! stand; custom applications, which go through the workspace's front.

use super::doubt::{doubt_about, undecided};
use super::firewall::Firewall;
use super::host::region;
use super::ml_workspace::{GROUP, admission_of_workspace};
use super::proof::Proof;
use super::shown::shows;
use super::standing::{Standing, standing_of};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, ServiceSet};
use crate::resource::{
    Authentication, AuthenticationMode, Door, DoorContext, Placement, Reader, Setting,
};
use crate::value::Text;

pub(super) static KINDS: &[Kind] = &[Kind {
    resource_type: "Microsoft.MachineLearningServices/workspaces/computes",
    display: "ML compute",
    icon: "compute",
    zone: Zone::Platform,
    asset: Asset::Compute,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    ..Kind::SHOWN
}];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let compute_type = context.properties().at("computeType").text();
    let is = |word| compute_type.is(word) == Some(true);
    if is("AmlCompute") {
        vec![cluster_door(context)]
    } else if is("ComputeInstance") {
        vec![instance_door(context), apps_door(context)]
    } else if compute_type.is("AmlCompute").is_some() {
        Vec::new()
    } else {
        vec![unknown_door(context, &compute_type)]
    }
}

/// The SSH door of a compute of which it is not known what it is.
fn unknown_door(context: &DoorContext<'_>, compute_type: &Setting<Text>) -> Door {
    let words = ["AmlCompute", "Kubernetes"];
    let closes = |word: &str| {
        !word.eq_ignore_ascii_case("AmlCompute") && !word.eq_ignore_ascii_case("ComputeInstance")
    };
    let doubt = doubt_about(context, compute_type, "computeType", &words, closes);
    let evidence = shows("computeType", compute_type, "no compute");
    let mut proof = Proof::new(context);
    for mode in [AuthenticationMode::SshKey, AuthenticationMode::Password] {
        proof = proof.doubt(mode, doubt.clone());
    }
    door(
        "ssh",
        Vec::new(),
        ServiceSet::tcp(22),
        undecided(context, doubt, &evidence),
        &[],
        proof.finish(),
    )
}

/// SSH to a cluster's nodes. The load balancer in front maps high ports to port 22 of the nodes,
/// which is what a subnet's filters see.
fn cluster_door(context: &DoorContext<'_>) -> Door {
    let own = context.properties().at("properties");
    let mut firewall = Firewall::new(context);
    closed_by_local_auth(&mut firewall);
    let login = own.at("remoteLoginPortPublicAccess").text();
    let subnet = standing_of(context, own, "subnet.id");
    let name = "remoteLoginPortPublicAccess";
    let closes = |word: &str| word.eq_ignore_ascii_case("Disabled");
    let follows_subnet = login.is_absent() || login.is("NotSpecified") == Some(true);
    let shown = shows(name, &login, "closed with a subnet and open without");
    if follows_subnet && let Standing::Subnet(_, span) = &subnet {
        let says = "subnet is set, which closes the SSH port where \
                    remoteLoginPortPublicAccess does not open it";
        firewall.deny_all(Evidence::stated(*span, says));
    } else if follows_subnet && let Standing::Perhaps(doubt, span) = &subnet {
        let evidence = Evidence::stated(*span, "subnet is not known");
        let doubts = vec![(**doubt).clone()];
        firewall.rule(Access::Deny, &AddressSet::all(), doubts, evidence);
    } else {
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            login.satisfies(closes),
            shown.clone(),
            || doubt_about(context, &login, name, &["Enabled", "Disabled"], closes),
        );
    }
    perhaps_in_subnet(&mut firewall, &subnet);
    without_public_address(&mut firewall, own);
    let reported = in_managed_network(&mut firewall, own);
    firewall.allow_all(std::iter::once(shown).chain(reported).collect());
    Door {
        placement: placement(subnet),
        ..door(
            "ssh",
            Vec::new(),
            ServiceSet::tcp(22),
            firewall.finish(),
            &[],
            cluster_authentication(context, own),
        )
    }
}

fn cluster_authentication(context: &DoorContext<'_>, own: Reader<'_>) -> Authentication {
    let mut proof = Proof::new(context);
    if context
        .properties()
        .at("disableLocalAuth")
        .boolean()
        .truth(false)
        == Some(true)
    {
        return proof.finish();
    }
    let credentials = own.at("userAccountCredentials");
    for (mode, name) in [
        (AuthenticationMode::SshKey, "adminUserSshPublicKey"),
        (AuthenticationMode::Password, "adminUserPassword"),
    ] {
        let credential = credentials.at(name).text();
        proof = if credential.is_absent() {
            proof.perhaps(
                mode,
                "credentials-not-shown",
                "which SSH credentials the nodes take is not in the template",
                "the cluster's administrator account",
            )
        } else {
            proof.accept(
                mode,
                Evidence::stated(credential.span(), format!("{name} is set")),
            )
        };
    }
    proof.finish()
}

/// SSH to an instance.
fn instance_door(context: &DoorContext<'_>) -> Door {
    let own = context.properties().at("properties");
    let mut firewall = Firewall::new(context);
    closed_by_local_auth(&mut firewall);
    let access = own.path("sshSettings.sshPublicAccess").text();
    let name = "sshSettings.sshPublicAccess";
    let closes = |word: &str| !word.eq_ignore_ascii_case("Enabled");
    let shown = shows(name, &access, "Disabled");
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        if access.is_absent() {
            Some(true)
        } else {
            access.satisfies(closes)
        },
        shown.clone(),
        || doubt_about(context, &access, name, &["Disabled", "Enabled"], closes),
    );
    let subnet = standing_of(context, own, "subnet.id");
    perhaps_in_subnet(&mut firewall, &subnet);
    without_public_address(&mut firewall, own);
    let reported = in_managed_network(&mut firewall, own);
    firewall.allow_all(std::iter::once(shown).chain(reported).collect());
    let mut proof = Proof::new(context);
    if context
        .properties()
        .at("disableLocalAuth")
        .boolean()
        .truth(false)
        != Some(true)
    {
        proof = proof.always(
            AuthenticationMode::SshKey,
            "an instance takes SSH keys only",
        );
    }
    Door {
        placement: placement(subnet),
        ..door(
            "ssh",
            Vec::new(),
            ServiceSet::tcp(50_000),
            firewall.finish(),
            &[],
            proof.finish(),
        )
    }
}

/// Notebooks and other applications of an instance, which are reached through the workspace's
/// front and so follow its public side.
fn apps_door(context: &DoorContext<'_>) -> Door {
    let name = context.resource.short_name();
    let region = region(context);
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "an instance's applications take Entra tokens",
    );
    door(
        "apps",
        vec![format!("{name}.{region}.instances.azureml.ms")],
        ServiceSet::tcp(443),
        admission_of_workspace(context),
        &[GROUP],
        proof.finish(),
    )
}

fn placement(subnet: Standing) -> Placement {
    match subnet {
        Standing::Subnet(id, span) => Placement::PublicInSubnet(id, span),
        Standing::NoSubnet | Standing::Perhaps(..) => Placement::Public,
    }
}

/// The rules of a subnet that a compute may stand on may refuse everyone.
fn perhaps_in_subnet(firewall: &mut Firewall<'_, '_>, subnet: &Standing) {
    if let Standing::Perhaps(doubt, span) = subnet {
        let evidence = Evidence::stated(*span, "a subnet's rules may stand before the compute");
        let doubts = vec![(**doubt).clone()];
        firewall.rule(Access::Deny, &AddressSet::all(), doubts, evidence);
    }
}

/// `disableLocalAuth` takes away SSH altogether.
fn closed_by_local_auth(firewall: &mut Firewall<'_, '_>) {
    let context = firewall.context;
    let name = "disableLocalAuth";
    let switch = context.properties().at(name).boolean();
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        switch.truth(false),
        shows(name, &switch, "false"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("true");
            doubt_about(context, &switch, name, &["true", "false"], holds)
        },
    );
}

/// Nodes without public addresses are reached from their own network only, and so are those of an
/// isolated network.
fn without_public_address(firewall: &mut Firewall<'_, '_>, own: Reader<'_>) {
    let context = firewall.context;
    let name = "isolatedNetwork";
    let isolated = own.at(name).boolean();
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        isolated.truth(false),
        shows(name, &isolated, "false"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("true");
            doubt_about(context, &isolated, name, &["true", "false"], holds)
        },
    );
    let name = "enableNodePublicIp";
    let switch = own.at(name).boolean();
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        switch.truth(true).map(|has| !has),
        shows(name, &switch, "true"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("false");
            doubt_about(context, &switch, name, &["true", "false"], holds)
        },
    );
}

/// In a workspace's managed network nodes are not expected to keep public addresses; that is not
/// documented for each kind of node, so it leaves the door undecided, unless the compute reports
/// where it answers. What shows that it answers in public.
fn in_managed_network(firewall: &mut Firewall<'_, '_>, own: Reader<'_>) -> Option<Evidence> {
    let workspace = firewall.context.governor()?;
    let mode = workspace
        .properties()
        .path("managedNetwork.isolationMode")
        .text();
    if mode.is_absent() || mode.is("Disabled") == Some(true) {
        return None;
    }
    let reported = own.at("connectivityEndpoints");
    let public = reported.at("publicIpAddress").text();
    if public.stated().is_some() {
        return Some(shows("publicIpAddress", &public, "null"));
    }
    let private = reported.at("privateIpAddress").text();
    if public.is_absent() && private.stated().is_some() {
        let says = "the compute reports a private address and no public one";
        firewall.deny_all(Evidence::stated(private.span(), says));
        return None;
    }
    let span = mode.span();
    let doubt = Doubt::outside(
        "managed-network-node",
        format!("{span:?}|managed network node"),
        "whether nodes in the workspace's managed network have public addresses is not certain",
        "the compute as Azure reports it",
        span,
    )
    .with_command(firewall.context.show_command());
    let evidence = shows("managedNetwork.isolationMode", &mode, "Disabled");
    firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
    None
}
