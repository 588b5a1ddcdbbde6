//! Where a service answers, whom it lets in, and what a caller must show.

use super::{Places, Reader, Resource, Setting};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, AddressSet, ServiceSet};
use crate::input::Mode;
use crate::source::Span;
use crate::value::Text;
use std::borrow::Cow;
use std::sync::Arc;

/// One door of a resource: a listener with its own name, ports, admission and authentication.
#[derive(Clone, Debug)]
pub struct Door {
    /// `main`, or the part of the service that it belongs to: `blob`, `scm`, `ssh`.
    pub name: Cow<'static, str>,
    /// The host names under which it answers, with holes in braces for what is not known.
    pub hosts: Vec<String>,
    /// The protocols and ports on which it answers.
    pub services: ServiceSet,
    /// Where it stands.
    pub placement: Placement,
    /// Whom its public side lets through to authentication: senders with a public address and
    /// places without one. What comes by a private endpoint does not pass here.
    pub admission: Arc<AccessList>,
    /// The private link groups whose endpoints lead to this door, be they endpoints to the resource
    /// itself, to the one that holds it or to the one that governs it.
    pub group_ids: Vec<Cow<'static, str>>,
    /// What a caller must show.
    pub authentication: Authentication,
}

/// Where a door stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// At the service's public front; security groups and routes do not matter.
    Public,
    /// In the customer's network, on the subnet with this identifier, with a public address of its
    /// own: the subnet's filters apply.
    PublicInSubnet(String, Span),
    /// In the customer's network, on the subnet with this identifier, without a public address.
    Subnet(String, Span),
    /// In a network that the service keeps for itself.
    ManagedNetwork,
}

/// A way to prove who is calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthenticationMode {
    /// None is needed.
    Anonymous,
    /// A key of the account.
    SharedKey,
    /// A shared access signature.
    Sas,
    /// A user name and password.
    Password,
    /// An administration or query key.
    AdminKey,
    /// A function key.
    FunctionKey,
    /// A token of Microsoft Entra ID.
    Entra,
    /// A client certificate.
    Cert,
    /// An SSH key.
    SshKey,
    /// A token of an ML workspace.
    AmlToken,
    /// A personal access token.
    Pat,
    /// Being on the right network is enough.
    NetworkOnly,
}

impl AuthenticationMode {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 12] = [
        Self::Anonymous,
        Self::SharedKey,
        Self::Sas,
        Self::Password,
        Self::AdminKey,
        Self::FunctionKey,
        Self::Entra,
        Self::Cert,
        Self::SshKey,
        Self::AmlToken,
        Self::Pat,
        Self::NetworkOnly,
    ];

    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "Anonymous",
            Self::SharedKey => "SharedKey",
            Self::Sas => "SAS",
            Self::Password => "Password",
            Self::AdminKey => "AdminKey",
            Self::FunctionKey => "FunctionKey",
            Self::Entra => "Entra",
            Self::Cert => "Cert",
            Self::SshKey => "SshKey",
            Self::AmlToken => "AMLToken",
            Self::Pat => "PAT",
            Self::NetworkOnly => "NetworkOnly",
        }
    }
}

/// What a door accepts as proof.
#[derive(Clone, Debug, Default)]
pub struct Authentication {
    /// The modes that it surely accepts, each with what proves it.
    pub accepted: Vec<(AuthenticationMode, Evidence)>,
    /// The modes that it may accept, each with why that is open.
    pub uncertain: Vec<(AuthenticationMode, Doubt)>,
}

impl Authentication {
    /// Nothing accepted yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also surely accepts `mode`.
    pub fn accept(&mut self, mode: AuthenticationMode, evidence: Evidence) {
        self.accepted.push((mode, evidence));
    }

    /// May also accept `mode`.
    pub fn doubt(&mut self, mode: AuthenticationMode, doubt: Doubt) {
        self.uncertain.push((mode, doubt));
    }

    /// Accepts `mode` where `accepted` is true, may where it is `None`, with the evidence or doubt
    /// made only when needed.
    pub fn decide(
        &mut self,
        mode: AuthenticationMode,
        accepted: Option<bool>,
        evidence: impl FnOnce() -> Evidence,
        doubt: impl FnOnce() -> Doubt,
    ) {
        match accepted {
            Some(true) => self.accept(mode, evidence()),
            Some(false) => {}
            None => self.doubt(mode, doubt()),
        }
    }
}

/// Whether a private endpoint leads to a resource, which flips some services' defaults.
#[derive(Clone, Debug)]
pub enum PrivateEndpointState {
    /// None is in the inputs.
    None,
    /// One does, by an approved or automatic connection.
    Approved(Evidence),
    /// One may: its connection waits for approval, or its presence is not known.
    Unknown(Box<Doubt>),
}

/// The network security perimeter that a resource is associated with.
#[derive(Clone, Debug)]
pub struct Perimeter {
    /// `Learning`, `Enforced` or `Audit`.
    pub access_mode: PerimeterMode,
    /// The place of the association.
    pub span: Span,
    /// The public addresses that its inbound rules admit.
    pub inbound: AddressSet,
    /// What of `inbound` is in doubt.
    pub inbound_doubt: Option<(AddressSet, Doubt)>,
    /// The first place that states an inbound rule.
    pub inbound_span: Option<Span>,
}

/// What a perimeter does with traffic that its rules do not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerimeterMode {
    /// It falls back to the resource's own rules and records.
    Learning,
    /// It refuses.
    Enforced,
    /// It records only.
    Audit,
    /// It is not known which.
    Unknown,
}

/// Everything besides its own declaration that decides how a resource's doors stand.
#[derive(Debug)]
pub struct DoorContext<'a> {
    /// The resource.
    pub resource: &'a Resource,
    /// The resources that it holds, at any depth.
    pub descendants: Vec<&'a Resource>,
    /// The resource whose settings govern this one: the workspace of an endpoint, the hub of a
    /// project, the environment of a container app; by default the one that holds it.
    pub governing: Governing<'a>,
    /// Whether a private endpoint leads to it.
    pub private_endpoint: PrivateEndpointState,
    /// The network security perimeter around it.
    pub perimeter: Option<Perimeter>,
    /// How its template is to be read.
    pub mode: Mode,
    /// Numbers for senders without an address.
    pub places: &'a Places,
}

/// The resource that governs another.
#[derive(Debug)]
pub enum Governing<'a> {
    /// Nothing governs it.
    Nothing,
    /// This one does, with everything that decides how its own doors stand.
    By(Box<DoorContext<'a>>),
    /// Something outside the inputs does; the place that names it.
    Outside(Span),
}

impl<'a> DoorContext<'a> {
    /// The resource that governs this one, where it is in the inputs.
    pub fn governor(&self) -> Option<&DoorContext<'a>> {
        match &self.governing {
            Governing::By(context) => Some(context),
            Governing::Nothing | Governing::Outside(_) => None,
        }
    }

    /// A reader of the whole declaration.
    pub fn declaration(&self) -> Reader<'a> {
        self.resource.reader()
    }

    /// The `kind` of the declaration, such as `OpenAI`, `functionapp` or `Project`.
    pub fn kind(&self) -> Setting<Text> {
        self.declaration().at("kind").text()
    }

    /// The `sku.name` of the declaration.
    pub fn sku(&self) -> Setting<Text> {
        self.declaration().path("sku.name").text()
    }

    /// The read-only command that shows the resource as Azure has it.
    pub fn show_command(&self) -> String {
        format!("az resource show --ids {}", self.resource.id)
    }

    /// A reader of the resource's `properties`.
    pub fn properties(&self) -> Reader<'a> {
        self.resource.properties()
    }

    /// The descendants whose full type is `resource_type` in any case.
    pub fn of_type(&self, resource_type: &str) -> impl Iterator<Item = &'a Resource> {
        self.descendants
            .iter()
            .copied()
            .filter(move |child| child.resource_type.is(resource_type))
    }

    /// The direct and further descendants whose type ends in `segment`, in any case: those of
    /// sites and of slots, of servers and of flexible servers alike.
    pub fn of_segment<'s>(
        &'s self,
        segment: &'s str,
    ) -> impl Iterator<Item = &'a Resource> + use<'s, 'a> {
        self.descendants.iter().copied().filter(move |child| {
            child
                .resource_type
                .last_segment()
                .eq_ignore_ascii_case(segment)
        })
    }

    /// The resource's own children of type `<own type>/<segment>`, not those of its children.
    pub fn own_children<'s>(
        &'s self,
        segment: &'s str,
    ) -> impl Iterator<Item = &'a Resource> + use<'s, 'a> {
        let own = self.resource.resource_type.as_str().len();
        self.of_segment(segment)
            .filter(move |child| child.resource_type.as_str().len() == own + 1 + segment.len())
    }

    /// The own child of type `<own type>/<segment>` whose last name is `name`, in any case.
    pub fn own_child(&self, segment: &str, name: &str) -> Option<&'a Resource> {
        self.own_children(segment)
            .find(|child| child.short_name().eq_ignore_ascii_case(name))
    }

    /// Whether the resource's API version is `version` (a date) or newer. `None` where it has none
    /// or the two differ by a preview suffix only.
    pub fn api_version_at_least(&self, version: &str) -> Option<bool> {
        let own = self.resource.api_version.as_deref()?;
        let date = |text: &str| text.get(..10).map(str::to_owned);
        let (own, wanted) = (date(own)?, date(version)?);
        Some(own >= wanted)
    }
}
