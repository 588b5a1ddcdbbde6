//! Vectors of kind `paas`: one resource with what it holds, what governs it and what surrounds it,
//! and a caller who stands at one of its doors.

use super::fragment;
use crate::arm::Environment;
use crate::evidence::Evidence;
use crate::flow::{AddressSet, Bounds, FlowSet, Place, decide_series, parse_prefix};
use crate::input::Mode;
use crate::reachability::{OpenTo, classify};
use crate::resource::{
    AuthenticationMode, Door, DoorContext, Governing, Perimeter, PerimeterMode, Placement, Places,
    PrivateEndpointState, Resource, ResourceId, kind,
};
use crate::source::Span;
use serde_json::{Value as Json, json};

/// The answer to the vector `line`: `id`, `net`, and the ways to prove oneself that are surely and
/// perhaps accepted; `error` where the resource has no type that we know.
pub fn answer(line: &Json, environment: &Environment) -> Json {
    let id = line.get("id").cloned().unwrap_or(Json::Null);
    let Some(fragment) = fragment::read(line, environment) else {
        return json!({ "id": id, "error": "the resource is not understood" });
    };
    let places = Places::default();
    let asked = line.pointer("/context/door").and_then(Json::as_str);
    let Some(doors) = doors_of(&fragment.resource, &fragment, line, &places) else {
        return json!({ "id": id, "error": "the resource's type is not known" });
    };
    let source = line
        .get("source")
        .and_then(Json::as_str)
        .unwrap_or("internet");
    let sender = Sender::read(source);
    let Some(door) = pick(&doors, asked) else {
        // A resource without any door admits nobody; of a door that we do not know nothing is
        // known.
        let net = if asked.is_some() { "unknown" } else { "closed" };
        return json!({ "id": id, "net": net, "auth": [], "authUnknown": [] });
    };
    let net = judge(door, &sender, &places);
    let (sure, maybe) = authentication(door, &sender);
    json!({ "id": id, "net": net, "auth": sure, "authUnknown": maybe })
}

/// Who is calling.
enum Sender {
    /// An arbitrary public address outside Azure.
    Anyone,
    /// These senders, each.
    These(AddressSet),
    /// A Microsoft service with its managed identity.
    Trusted,
    /// The resource of this identifier with its managed identity.
    Named(String),
    /// Nobody that we know.
    NotUnderstood,
}

impl Sender {
    fn read(source: &str) -> Self {
        let place = |place| Self::These(AddressSet::place(place));
        match source {
            "internet" => Self::Anyone,
            "AzureOtherTenant" => place(Place::AzureTenant),
            "AzureSameRegion" => place(Place::AzureTenantSameRegion),
            "AzureFrontDoorOtherProfile" => place(Place::FrontDoor),
            "AzureTrusted" => Self::Trusted,
            _ => match source.strip_prefix("NamedInstance:") {
                Some(id) => Self::Named(id.to_owned()),
                None => parse_prefix(source).map_or(Self::NotUnderstood, Self::These),
            },
        }
    }

    /// The addresses and places it stands for.
    fn addresses(&self, places: &Places) -> AddressSet {
        match self {
            Self::Anyone => AddressSet::internet().subtract(&AddressSet::azure_public()),
            Self::These(addresses) => addresses.clone(),
            Self::Trusted => AddressSet::place(Place::TrustedService),
            Self::Named(id) => {
                // As itself, and as one of those that a listed wildcard stands for.
                let id = ResourceId::new(id.as_str());
                let own = AddressSet::place(places.named_instance(&id));
                own.union(&places.instances_for(&id))
            }
            Self::NotUnderstood => AddressSet::empty(),
        }
    }
}

fn doors_of(
    resource: &Resource,
    fragment: &fragment::Fragment,
    line: &Json,
    places: &Places,
) -> Option<Vec<Door>> {
    let kind = resource.kind()?;
    let governing = match &fragment.governor {
        Some(governor) => Governing::By(Box::new(context(
            governor,
            Vec::new(),
            Governing::Nothing,
            line,
            places,
        ))),
        None => governing_from_outside(resource, kind),
    };
    let children = fragment.children.iter().collect();
    let context = context(resource, children, governing, line, places);
    Some(kind.doors.map_or(Vec::new(), |doors| doors(&context)))
}

/// What governs a resource whose governor the vector does not show.
fn governing_from_outside<'a>(resource: &Resource, kind: &kind::Kind) -> Governing<'a> {
    let named_at = match kind.governed_by {
        Some(governed_by) => {
            let id = governed_by(resource);
            (!id.is_absent()).then(|| id.span())
        }
        None => resource.id.parent().map(|_| resource.span),
    };
    named_at.map_or(Governing::Nothing, Governing::Outside)
}

fn context<'a>(
    resource: &'a Resource,
    descendants: Vec<&'a Resource>,
    governing: Governing<'a>,
    line: &Json,
    places: &'a Places,
) -> DoorContext<'a> {
    let flag = |pointer: &str| line.pointer(pointer).and_then(Json::as_bool) == Some(true);
    let private_endpoint = if flag("/context/hasPrivateEndpoint") {
        let says = "an approved private endpoint leads to it";
        PrivateEndpointState::Approved(Evidence::stated(resource.span, says))
    } else {
        PrivateEndpointState::None
    };
    DoorContext {
        resource,
        descendants,
        governing,
        private_endpoint,
        perimeter: line
            .pointer("/context/nsp")
            .filter(|nsp| !nsp.is_null())
            .map(|nsp| perimeter(nsp, resource.span)),
        mode: mode(line),
        places,
    }
}

/// How the vector is to be read.
pub(super) fn mode(line: &Json) -> Mode {
    match line.pointer("/context/mode").and_then(Json::as_str) {
        Some("export") => Mode::Export,
        _ => Mode::Deployment,
    }
}

fn perimeter(nsp: &Json, span: Span) -> Perimeter {
    let access_mode = match nsp.get("accessMode") {
        None | Some(Json::Null) => PerimeterMode::Learning,
        Some(word) => match word.as_str() {
            Some(word) if word.eq_ignore_ascii_case("Learning") => PerimeterMode::Learning,
            Some(word) if word.eq_ignore_ascii_case("Enforced") => PerimeterMode::Enforced,
            Some(word) if word.eq_ignore_ascii_case("Audit") => PerimeterMode::Audit,
            _ => PerimeterMode::Unknown,
        },
    };
    let inbound = nsp
        .get("inboundPrefixes")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|prefix| parse_prefix(prefix.as_str()?))
        .fold(AddressSet::empty(), |set, prefix| set.union(&prefix));
    Perimeter {
        access_mode,
        span,
        inbound,
        inbound_doubt: None,
        inbound_span: None,
    }
}

/// The door called `asked`; without a name, or for `main`, the one called `main`, else the first.
fn pick<'d>(doors: &'d [Door], asked: Option<&str>) -> Option<&'d Door> {
    let called = |name: &str| {
        doors
            .iter()
            .find(|door| door.name.eq_ignore_ascii_case(name))
    };
    match asked {
        Some(name) if !name.eq_ignore_ascii_case("main") => called(name),
        _ => called("main").or_else(|| doors.first()),
    }
}

fn judge(door: &Door, sender: &Sender, places: &Places) -> &'static str {
    let packets = FlowSet::new(&sender.addresses(places), door.services.clone());
    let allowed = match door.placement {
        Placement::Public => decide_series(&[&door.admission], &packets).allowed,
        // The subnet's filters are not in the vector.
        Placement::PublicInSubnet(..) => Bounds {
            must: FlowSet::empty(),
            may: decide_series(&[&door.admission], &packets).allowed.may,
        },
        Placement::Subnet(..) | Placement::ManagedNetwork => Bounds::empty(),
    };
    let admits = |flows: &FlowSet| match sender {
        Sender::Anyone => classify(flows) == Some(OpenTo::Anyone),
        _ => !flows.is_empty(),
    };
    match (admits(&allowed.must), admits(&allowed.may)) {
        (true, _) => "open",
        (false, false) => "closed",
        (false, true) => "unknown",
    }
}

/// The modes that the sender can use: a trusted service and a named instance come with a managed
/// identity and nothing else.
fn authentication(door: &Door, sender: &Sender) -> (Vec<&'static str>, Vec<&'static str>) {
    let usable = |mode: AuthenticationMode| match sender {
        Sender::Trusted | Sender::Named(_) => {
            matches!(
                mode,
                AuthenticationMode::Entra | AuthenticationMode::Anonymous
            )
        }
        _ => true,
    };
    let words = |modes: Vec<AuthenticationMode>| {
        let mut words: Vec<&'static str> = Vec::new();
        for mode in modes.into_iter().filter(|mode| usable(*mode)) {
            if !words.contains(&mode.as_str()) {
                words.push(mode.as_str());
            }
        }
        words
    };
    let accepted = words(
        door.authentication
            .accepted
            .iter()
            .map(|(mode, _)| *mode)
            .collect(),
    );
    let mut uncertain = words(
        door.authentication
            .uncertain
            .iter()
            .map(|(mode, _)| *mode)
            .collect(),
    );
    uncertain.retain(|word| !accepted.contains(word));
    (accepted, uncertain)
}
