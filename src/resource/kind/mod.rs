//! What we know of each resource type, one file a kind.
//!
//! A kind's file says what the type is to the review, which properties are read, what their absence
//! means by API version and mode, on which hosts and ports it answers, and what is not modelled.
//! A type without a file is shown, never dropped.

mod account_firewall;
mod api_management;
mod api_management_proof;
mod app_configuration;
mod automation;
mod bot_service;
mod cognitive_account;
mod container_app;
mod container_app_sign_in;
mod container_group;
mod container_registry;
mod cosmos_account;
mod coupling;
mod data_factory;
mod databricks;
mod dns;
mod doubt;
mod event_grid;
mod firewall;
mod firewall_children;
mod flexible_server;
mod host;
mod identity;
mod iot_hub;
mod key_vault;
mod kusto;
mod logic_app;
mod managed_cluster;
mod messaging_namespace;
mod ml_batch_endpoint;
mod ml_compute;
mod ml_online_endpoint;
mod ml_registry;
mod ml_workspace;
mod monitor_store;
mod monitoring;
mod network;
mod network_edge;
mod perimeter;
mod plain_service;
mod proof;
mod purview;
mod redis;
mod search_service;
mod shown;
mod signalr;
mod sql_audit;
mod sql_server;
mod standing;
mod static_site;
mod storage_account;
mod storage_container;
mod storage_protocol;
mod stored_credential;
mod synapse;
mod virtual_machine;
mod web_authentication;
mod web_restriction;
mod web_site;

pub use coupling::couplings;
pub use key_vault::{PermissionModel, permission_model};

use super::{Authentication, Door, DoorContext, Placement, Setting};
use crate::flow::{AccessList, ServiceSet};
use crate::value::Text;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

/// The zone of the picture that a kind belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Gateways, firewalls, public addresses.
    Edge,
    /// Virtual networks and what stands in them.
    Network,
    /// AI services and the platform around them.
    Platform,
    /// Storage and databases.
    Data,
    /// Identities and role assignments.
    Identity,
    /// Logs, alerts, policies.
    Monitoring,
    /// Nothing to draw: rules, settings, children.
    Hidden,
}

/// How much of a kind the review understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Everything that bears on reachability.
    Modelled,
    /// Some of it; the kind's file says what is missing.
    Partial,
    /// It is listed and drawn, and nothing more.
    Shown,
}

impl Coverage {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Modelled => "modelled",
            Self::Partial => "partial",
            Self::Shown => "shown",
        }
    }
}

/// What a kind holds, for ranking what is worth protecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asset {
    /// Models and the workspaces around them.
    MachineLearning,
    /// Data.
    Data,
    /// Secrets, keys and certificates.
    Secret,
    /// Images and packages.
    Registry,
    /// Something that runs code.
    Compute,
    /// Something that only passes traffic on.
    Gateway,
    /// Nothing of its own.
    None,
}

/// One resource type.
#[derive(Debug)]
pub struct Kind {
    /// The full type.
    pub resource_type: &'static str,
    /// What people call it: "Storage account".
    pub display: &'static str,
    /// The drawing that stands for it, a key of the diagram's icons.
    pub icon: &'static str,
    /// Where it is drawn.
    pub zone: Zone,
    /// What it holds.
    pub asset: Asset,
    /// How much of it is understood.
    pub coverage: Coverage,
    /// Its doors; `None` for a kind that has none of its own.
    pub doors: Option<fn(&DoorContext<'_>) -> Vec<Door>>,
    /// The identifier of the resource that governs one of these, where it is not the parent.
    pub governed_by: Option<fn(&super::Resource) -> Setting<Text>>,
}

impl Kind {
    /// A kind that is listed and drawn, and nothing more.
    const SHOWN: Self = Self {
        resource_type: "",
        display: "",
        icon: "generic",
        zone: Zone::Platform,
        asset: Asset::None,
        coverage: Coverage::Shown,
        doors: None,
        governed_by: None,
    };

    /// A part of another resource that bears on nothing the review decides.
    const fn part(resource_type: &'static str, display: &'static str) -> Self {
        Self {
            resource_type,
            display,
            zone: Zone::Hidden,
            ..Self::SHOWN
        }
    }

    /// A part of another resource whose settings are read with those of the whole.
    const fn modelled_part(resource_type: &'static str, display: &'static str) -> Self {
        Self {
            coverage: Coverage::Modelled,
            ..Self::part(resource_type, display)
        }
    }
}

/// A door at a service's public front.
fn door(
    name: impl Into<Cow<'static, str>>,
    hosts: Vec<String>,
    services: ServiceSet,
    admission: impl Into<Arc<AccessList>>,
    group_ids: &[&'static str],
    authentication: Authentication,
) -> Door {
    Door {
        name: name.into(),
        hosts,
        services,
        placement: Placement::Public,
        admission: admission.into(),
        group_ids: group_ids
            .iter()
            .map(|group| Cow::Borrowed(*group))
            .collect(),
        authentication,
    }
}

/// Every kind, file by file.
static FILES: &[&[Kind]] = &[
    api_management::KINDS,
    app_configuration::KINDS,
    automation::KINDS,
    bot_service::KINDS,
    cognitive_account::KINDS,
    container_app::KINDS,
    container_group::KINDS,
    container_registry::KINDS,
    cosmos_account::KINDS,
    data_factory::KINDS,
    databricks::KINDS,
    dns::KINDS,
    event_grid::KINDS,
    flexible_server::KINDS,
    identity::KINDS,
    iot_hub::KINDS,
    key_vault::KINDS,
    kusto::KINDS,
    logic_app::KINDS,
    managed_cluster::KINDS,
    messaging_namespace::KINDS,
    ml_batch_endpoint::KINDS,
    ml_compute::KINDS,
    ml_online_endpoint::KINDS,
    ml_registry::KINDS,
    ml_workspace::KINDS,
    monitor_store::KINDS,
    monitoring::KINDS,
    network::KINDS,
    network_edge::KINDS,
    plain_service::KINDS,
    purview::KINDS,
    redis::KINDS,
    search_service::KINDS,
    signalr::KINDS,
    sql_audit::KINDS,
    sql_server::KINDS,
    static_site::KINDS,
    storage_account::KINDS,
    storage_container::KINDS,
    synapse::KINDS,
    virtual_machine::KINDS,
    web_site::KINDS,
];

/// Every kind, sorted by type in lower case.
static SORTED: LazyLock<Vec<&'static Kind>> = LazyLock::new(|| {
    let mut kinds: Vec<&'static Kind> = FILES.iter().copied().flatten().collect();
    kinds.sort_by(|a, b| compare(a.resource_type, b.resource_type));
    kinds
});

/// The order of two types, in any case.
fn compare(a: &str, b: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    a.bytes().map(lower).cmp(b.bytes().map(lower))
}

/// The kind of `resource_type`, in any case. `None` for a type that we do not know. O(log kinds).
pub fn find(resource_type: &str) -> Option<&'static Kind> {
    let at = SORTED
        .binary_search_by(|kind| compare(kind.resource_type, resource_type))
        .ok()?;
    SORTED.get(at).copied()
}

/// Every kind that we know, sorted by type.
pub fn all() -> &'static [&'static Kind] {
    &SORTED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Doubt, Evidence};
    use crate::flow::FlowSet;
    use crate::input::Mode;
    use crate::resource::{
        Governing, Places, Presence, PrivateEndpointState, Resource, ResourceId, ResourceType,
    };
    use crate::source::FileId;
    use crate::value::{Atom, Cause, Member, Unknown, Value, read_json};

    /// The resource of type `resource_type` that `text` declares.
    pub(super) fn resource_of(resource_type: &str, text: &str) -> Resource {
        let body = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
        Resource {
            id: ResourceId::new(format!("/x/providers/{resource_type}/one")),
            resource_type: ResourceType::new(resource_type),
            name: "one".into(),
            file: FileId::new(0),
            span: body.span,
            api_version: Some("2024-01-01".into()),
            presence: Presence::Deployed,
            mode: Mode::Deployment,
            body,
            inline: false,
            deployment: Vec::new(),
            parent: None,
            children: Vec::new(),
        }
    }

    fn resource(kind: &Kind, text: &str, mode: Mode) -> Resource {
        Resource {
            mode,
            ..resource_of(kind.resource_type, text)
        }
    }

    /// The surroundings of `resource`, with what governs it outside the inputs.
    pub(super) fn context_of<'a>(resource: &'a Resource, places: &'a Places) -> DoorContext<'a> {
        DoorContext {
            resource,
            descendants: Vec::new(),
            governing: Governing::Outside(resource.span),
            private_endpoint: PrivateEndpointState::None,
            perimeter: None,
            mode: resource.mode,
            places,
        }
    }

    /// `resource` with properties of which nothing is known.
    fn unknown(mut resource: Resource) -> Resource {
        let span = resource.span;
        let atom = Atom {
            cause: Cause::Parameter,
            refers_to: "parameters('all')".into(),
            path: Vec::new(),
            span: None,
        };
        let member = Member {
            name: "properties".into(),
            name_span: span,
            value: Value::unknown(span, Unknown::of(atom, "")),
        };
        resource.body = Value::object(span, vec![member]);
        resource
    }

    fn sentence(text: &str) -> bool {
        !text.is_empty() && !text.ends_with('.') && !text.contains("  ")
    }

    fn check_evidence(evidence: &Evidence) {
        assert!(sentence(&evidence.says), "{evidence:?}");
    }

    fn check_doubt(doubt: &Doubt) {
        assert!(sentence(&doubt.why) && sentence(&doubt.settle), "{doubt:?}");
        let kebab = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        assert!(doubt.code.bytes().all(kebab), "{doubt:?}");
    }

    fn check_door(door: &Door) {
        assert!(!door.services.is_empty(), "{door:?}");
        for entry in door.admission.entries() {
            assert!(!entry.evidence.is_empty(), "{door:?}");
            entry.evidence.iter().for_each(check_evidence);
            entry.doubts.iter().for_each(|doubt| check_doubt(doubt));
            assert_eq!(
                entry.doubts.is_empty(),
                entry.matches.must == entry.matches.may
            );
        }
        // Nothing is refused without an entry that says why.
        let last = door.admission.entries().last().unwrap();
        assert_eq!(last.matches.must, FlowSet::all(), "{door:?}");
        for (_, evidence) in &door.authentication.accepted {
            check_evidence(evidence);
        }
        for (_, doubt) in &door.authentication.uncertain {
            check_doubt(doubt);
        }
    }

    #[test]
    fn every_door_says_why_it_opens_and_closes() {
        let mut count = 0;
        for kind in all() {
            let Some(doors) = kind.doors else { continue };
            for mode in [Mode::Deployment, Mode::Export] {
                for text in [r#"{"properties": {}}"#, "{}"] {
                    let plain = resource(kind, text, mode);
                    for resource in [plain.clone(), unknown(plain)] {
                        let places = Places::default();
                        let context = context_of(&resource, &places);
                        let doors = doors(&context);
                        let mut names: Vec<_> = doors.iter().map(|door| &door.name).collect();
                        names.sort();
                        names.dedup();
                        assert_eq!(names.len(), doors.len(), "{}", kind.resource_type);
                        doors.iter().for_each(check_door);
                        count += doors.len();
                    }
                }
            }
        }
        assert!(count > 500, "{count}");
    }
}
