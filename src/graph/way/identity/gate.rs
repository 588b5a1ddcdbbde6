//! What stands between a sender that a right is used from and the far side of a door's network.

use super::control_plane::control_plane;
use super::limit::{Limit, limit};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, Place, ServiceSet};
use crate::graph::Model;
use crate::graph::way::service::{listening, presence_filter};
use crate::network::identity::{
    Carrier, Code, Entrance, service_endpoints, subnet_place, trusted_callers,
};
use crate::resource::{
    Door, Inventory, Placement, Places, Resource, ResourceId, ResourceIndex, Setting,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The filters of doors as senders with an identity meet them, made when first asked for.
pub(super) struct Gates<'a> {
    pub(super) inventory: &'a Inventory,
    places: &'a Places,
    entrances: BTreeMap<ResourceIndex, Vec<Entrance>>,
    made: BTreeMap<usize, Vec<Arc<AccessList>>>,
    control_plane: Arc<AccessList>,
    services: Services<'a>,
}

/// The services that call as somebody, which others know by name.
pub(super) struct Services<'a> {
    /// Their places, by type in lower case.
    by_type: BTreeMap<String, AddressSet>,
    /// Their identifiers, by place in the inventory.
    ids: BTreeMap<ResourceIndex, &'a ResourceId>,
}

impl<'a> Services<'a> {
    /// Those of `carriers`, to be asked for before anything else numbers them: they are numbered
    /// type by type, so that all of one type are one stretch of places, however many they are.
    pub(super) fn number(inventory: &'a Inventory, places: &Places, carriers: &[Carrier]) -> Self {
        let mut types: BTreeMap<String, Vec<&ResourceId>> = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for carrier in carriers {
            if let Some(service) = inventory.get(carrier.resource)
                && carrier.code != Code::Answers
            {
                let kind = service.resource_type.as_str().to_ascii_lowercase();
                types.entry(kind).or_default().push(&service.id);
                ids.insert(carrier.resource, &service.id);
            }
        }
        let by_type = types.into_iter().map(|(kind, ids)| {
            let numbers = ids.iter().map(|id| places.named_instance(id));
            (kind, AddressSet::places(numbers))
        });
        Self {
            by_type: by_type.collect(),
            ids,
        }
    }
}

impl<'a> Gates<'a> {
    pub(super) fn new(
        inventory: &'a Inventory,
        places: &'a Places,
        services: Services<'a>,
        entrances: BTreeMap<ResourceIndex, Vec<Entrance>>,
        outgoing: &BTreeMap<ResourceIndex, Arc<AccessList>>,
    ) -> Self {
        Self {
            inventory,
            places,
            entrances,
            made: BTreeMap::new(),
            control_plane: Arc::new(control_plane(outgoing)),
            services,
        }
    }

    /// The filter of Azure's control plane: it answers at public addresses only, and everybody.
    pub(super) fn control_plane(&self) -> Arc<AccessList> {
        Arc::clone(&self.control_plane)
    }

    /// The filters of the door at `at`, all of them to be passed, in order.
    pub(super) fn of_door(&mut self, model: &Model, at: usize) -> Vec<Arc<AccessList>> {
        if let Some(known) = self.made.get(&at) {
            return known.clone();
        }
        let Some(entry) = model.doors.get(at) else {
            return Vec::new();
        };
        let mut filters = Vec::new();
        if let Some(resource) = self.inventory.get(entry.resource) {
            filters.extend(presence_filter(resource).map(Arc::new));
            filters.push(Arc::new(listening(&entry.door)));
            filters.push(Arc::new(self.front(entry.resource, resource, &entry.door)));
        }
        self.made.insert(at, filters.clone());
        filters
    }

    /// Private ways first, then what the door's own list says of subnets and services, then the
    /// list itself.
    fn front(&self, index: ResourceIndex, resource: &Resource, door: &Door) -> AccessList {
        let mut entries = self.private_ways(index, resource, door);
        entries.extend(self.listed_subnets(resource, door));
        let says = "no private endpoint leads to it from there";
        entries.push(Entry::exact(
            Access::Deny,
            packets(&AddressSet::subnets()),
            vec![Evidence::platform(resource.span, says)],
        ));
        entries.extend(self.named_services(resource, door));
        entries.extend(self.trusted_services(resource, door));
        match &door.placement {
            Placement::Public | Placement::PublicInSubnet(..) => {
                entries.extend(unnumbered(resource, door));
                entries.extend(door.admission.entries().iter().cloned());
            }
            Placement::Subnet(_, span) => entries.push(Entry::exact(
                Access::Deny,
                FlowSet::all(),
                vec![Evidence::stated(
                    *span,
                    "it has an address in the virtual network only",
                )],
            )),
            Placement::ManagedNetwork => entries.push(Entry::exact(
                Access::Deny,
                FlowSet::all(),
                vec![Evidence::platform(
                    resource.span,
                    "it stands in a network that the service manages",
                )],
            )),
        }
        AccessList::new(entries)
    }

    fn private_ways(&self, index: ResourceIndex, resource: &Resource, door: &Door) -> Vec<Entry> {
        let mut entries = Vec::new();
        for entrance in self.entrances.get(&index).into_iter().flatten() {
            let leads_here = entrance.group_ids.is_empty()
                || door.group_ids.is_empty()
                || entrance.group_ids.iter().any(|group| {
                    door.group_ids
                        .iter()
                        .any(|own| own.eq_ignore_ascii_case(group))
                });
            if leads_here {
                let set = packets(&entrance.senders);
                let evidence = entrance.evidence.clone();
                let mut entry = Entry::exact(Access::Allow, set, evidence);
                if !entrance.doubts.is_empty() {
                    entry.matches.must = FlowSet::empty();
                    entry.doubts = entrance.doubts.iter().cloned().map(Arc::new).collect();
                }
                entries.push(entry);
            }
        }
        if let Placement::Subnet(id, span) | Placement::PublicInSubnet(id, span) = &door.placement {
            let own = subnet_place(self.inventory, self.places, id, resource.file);
            let says = "it stands on the same subnet";
            entries.push(Entry::exact(
                Access::Allow,
                packets(&AddressSet::place(own)),
                vec![Evidence::stated(*span, says)],
            ));
        }
        entries
    }

    /// The subnets that the door's list names and that have a service endpoint for it.
    fn listed_subnets(&self, resource: &Resource, door: &Door) -> Vec<Entry> {
        let services = service_endpoints(resource);
        let mut entries = Vec::new();
        for place in named(&door.admission) {
            let Place::Subnet(_) = place else { continue };
            let Some(key) = self.places.key(place) else {
                continue;
            };
            let at = self.inventory.find_text(&key, resource.file);
            let found = at.and_then(|index| self.inventory.get(index));
            let own = subnet_place(self.inventory, self.places, &key, resource.file);
            let (endpoint, doubt) = match found {
                Some(subnet) => endpoint_of(subnet, services),
                None => (
                    None,
                    Some(
                        Doubt::outside(
                            "service-endpoint-not-known",
                            format!("{key}|has a service endpoint"),
                            format!("whether subnet `{key}` has a service endpoint is not known"),
                            format!("the service endpoints of subnet `{key}`"),
                            None,
                        )
                        .with_command(ResourceId::new(&*key).show_command()),
                    ),
                ),
            };
            if endpoint.is_none() && doubt.is_none() {
                continue;
            }
            let mut extra: Vec<Evidence> = endpoint.into_iter().collect();
            let doubt = match limit(self.inventory, at, resource) {
                Limit::None => doubt,
                Limit::Lists(evidence) => {
                    extra.extend(evidence);
                    doubt
                }
                Limit::LeavesOut => continue,
                Limit::Open(open) => doubt.or(Some(open)),
            };
            let own = AddressSet::place(own);
            entries.extend(admitted_as(&door.admission, place, &own, &extra, doubt));
        }
        entries
    }

    /// The services that the door's list names, by identifier or by a pattern of one.
    fn named_services(&self, resource: &Resource, door: &Door) -> Vec<Entry> {
        let mut entries = Vec::new();
        for place in named(&door.admission) {
            let Place::NamedInstance(_) = place else {
                continue;
            };
            let Some(key) = self.places.key(place) else {
                continue;
            };
            let is_pattern = key.contains('*');
            let named = self.inventory.find_text(&key, resource.file);
            let meant: Vec<&ResourceId> = if is_pattern {
                let ids = self.services.ids.iter();
                ids.filter(|(index, id)| named == Some(**index) || fits(&key, id))
                    .map(|(_, id)| *id)
                    .collect()
            } else {
                let id = named.and_then(|index| self.services.ids.get(&index));
                id.copied().into_iter().collect()
            };
            for id in meant {
                let own = self.places.named_instance(id);
                if own != place {
                    let own = AddressSet::place(own);
                    entries.extend(admitted_as(&door.admission, place, &own, &[], None));
                }
            }
        }
        entries
    }

    fn trusted_services(&self, resource: &Resource, door: &Door) -> Option<Entry> {
        let own = trusted_callers(resource)
            .iter()
            .filter_map(|kind| self.services.by_type.get(&kind.to_ascii_lowercase()))
            .fold(AddressSet::empty(), |all, places| all.union(places));
        if own.is_empty() {
            return None;
        }
        let says = "the caller is a trusted service to it";
        let extra = [Evidence::platform(resource.span, says)];
        admitted_as(&door.admission, Place::TrustedService, &own, &extra, None)
    }
}

/// Where the door's list lets in single public addresses, a caller from an address of Azure's that
/// is not known may have one of them.
fn unnumbered(resource: &Resource, door: &Door) -> Option<Entry> {
    let decide = |senders: &AddressSet| door.admission.decide(&packets(senders), &[]);
    let azure = AddressSet::place(Place::AzureTenant);
    let numbered = AddressSet::internet().subtract(&AddressSet::azure_public());
    let listed = decide(&numbered).allowed;
    if listed.may.is_empty() || !decide(&azure).allowed.must.is_empty() {
        return None;
    }
    let name = resource.short_name();
    let doubt = Doubt::outside(
        "egress-address-not-known",
        format!("{}|{}|lists the caller's address", resource.id.key(), door.name),
        format!("whether the caller's public address is one that `{name}` lists is not known"),
        "the public address from which the caller calls out",
        resource.span,
    )
    .with_command(
        "az graph query -q \"resources | where type =~ 'microsoft.network/publicipaddresses'\" -o json",
    );
    let evidence = door
        .admission
        .deciding(&packets(&numbered), Access::Allow)
        .into_iter()
        .flat_map(|entry| entry.evidence.iter().cloned())
        .collect();
    Some(Entry::doubtful(
        Access::Allow,
        packets(&azure),
        doubt,
        evidence,
    ))
}

pub(super) fn packets(senders: &AddressSet) -> FlowSet {
    FlowSet::new(senders, ServiceSet::all())
}

/// The places that the entries of `list` name one by one, in order.
fn named(list: &AccessList) -> Vec<Place> {
    let mut places = Vec::new();
    for entry in list.entries() {
        for place in entry.matches.may.sources().named_places() {
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// Entries that let `own` pass as `list` lets `place` pass, with `extra` as further proof and
/// `doubt` as a further doubt.
pub(in crate::graph) fn admitted_as(
    list: &AccessList,
    place: Place,
    own: &AddressSet,
    extra: &[Evidence],
    doubt: Option<Doubt>,
) -> Option<Entry> {
    let asked = packets(&AddressSet::place(place));
    let decision = list.decide(&asked, &[]);
    if decision.allowed.may.is_empty() {
        return None;
    }
    let mut evidence: Vec<Evidence> = list
        .deciding(&asked, Access::Allow)
        .into_iter()
        .flat_map(|entry| entry.evidence.iter().cloned())
        .collect();
    evidence.extend(extra.iter().cloned());
    let mut doubts: Vec<Arc<Doubt>> = doubt.into_iter().map(Arc::new).collect();
    if decision.allowed.must.is_empty() {
        doubts.extend(list.doubts(&asked).into_iter().cloned());
    }
    let set = packets(own);
    let mut entry = Entry::exact(Access::Allow, set, evidence);
    if !doubts.is_empty() {
        entry.matches.must = FlowSet::empty();
        entry.doubts = doubts;
    }
    Some(entry)
}

/// The service endpoint of `subnet` for one of `services`, or why it may have one.
pub(in crate::graph) fn endpoint_of(
    subnet: &Resource,
    services: &[&str],
) -> (Option<Evidence>, Option<Doubt>) {
    let list = subnet.properties().at("serviceEndpoints");
    if let Setting::Unknown(unknown, span) = list.list() {
        return (None, Some(Doubt::of(&unknown, span, "holds the service")));
    }
    let mut doubt = None;
    for item in list.items() {
        let service = item.at("service").text();
        if let Some(unknown) = service.unknown() {
            doubt = Some(Doubt::of(unknown, service.span(), "is the service"));
        }
        if services.iter().any(|one| service.is(one) == Some(true)) {
            let says = format!(
                "subnet `{}` has a service endpoint for it",
                subnet.short_name()
            );
            return (Some(Evidence::stated(service.span(), says)), None);
        }
    }
    (None, doubt)
}

/// Whether the pattern `key`, in which a segment can be `*`, names `id`.
fn fits(key: &str, id: &ResourceId) -> bool {
    if !key.contains('*') {
        return false;
    }
    let (pattern, own): (Vec<&str>, Vec<&str>) =
        (key.split('/').collect(), id.key().split('/').collect());
    // The subscription and the group of a template are stand-ins, so they fit any.
    pattern.len() == own.len()
        && pattern
            .iter()
            .zip(&own)
            .enumerate()
            .all(|(at, (wanted, found))| *wanted == "*" || wanted == found || at == 2 || at == 4)
}
