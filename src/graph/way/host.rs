//! What host names lead to.

use crate::evidence::Doubt;
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::network::{Fact, Reference, TrafficEndpoint, TrafficManager};
use crate::resource::ResourceIndex;
use crate::value::Text;
use crate::value::symbol;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many profiles of Traffic Manager stand for one another in a row ("Nested Traffic Manager
/// Profiles" has ten levels).
const NESTED_PROFILES: usize = 10;

/// The doors by the host names under which they answer.
pub(in crate::graph) struct Hosts {
    by_name: BTreeMap<String, Vec<Led>>,
}

/// A door that a name leads to.
#[derive(Clone, Debug)]
pub(in crate::graph) struct Led {
    /// Its place in the model.
    pub(in crate::graph) door: usize,
    /// Why the name may not lead there.
    pub(in crate::graph) doubt: Option<Arc<Doubt>>,
}

impl Hosts {
    /// The host names of every door in `model`, and the names that Traffic Manager answers with
    /// those.
    pub(in crate::graph) fn of(model: &Model, estate: &Estate<'_>) -> Self {
        let mut by_name: BTreeMap<String, Vec<Led>> = BTreeMap::new();
        for (at, entry) in model.doors.iter().enumerate() {
            for host in &entry.door.hosts {
                by_name
                    .entry(host.to_ascii_lowercase())
                    .or_default()
                    .push(Led {
                        door: at,
                        doubt: None,
                    });
            }
        }
        let mut hosts = Self { by_name };
        let profiles = &estate.topology.traffic_managers;
        if profiles.is_empty() {
            return hosts;
        }
        let doors = model.doors.iter().enumerate();
        let main: BTreeMap<ResourceIndex, usize> = doors
            .filter(|(_, entry)| &*entry.door.name == "main")
            .map(|(at, entry)| (entry.resource, at))
            .collect();
        // A profile may answer with another one's name.
        let endpoints = profiles.values().flat_map(|profile| &profile.endpoints);
        let mut targets = endpoints.filter_map(|one| one.resource.as_ref()?.resource());
        let is_nested = targets.any(|target| profiles.contains_key(&target));
        for _ in 0..if is_nested { NESTED_PROFILES } else { 1 } {
            for profile in profiles.values() {
                hosts.add_profile(model, estate, &main, profile);
            }
        }
        hosts
    }

    /// Adds the name of a profile, which leads where the names lead that it answers with.
    fn add_profile(
        &mut self,
        model: &Model,
        estate: &Estate<'_>,
        main: &BTreeMap<ResourceIndex, usize>,
        profile: &TrafficManager,
    ) {
        let Some(name) = &profile.host_name else {
            return;
        };
        let mut led: Vec<Led> = Vec::new();
        for endpoint in &profile.endpoints {
            let mut doubt = None;
            let mut is_off = false;
            for fact in [&profile.enabled, &endpoint.enabled] {
                match fact {
                    Fact::Known(true) => {}
                    Fact::Known(false) => is_off = true,
                    Fact::Open(open) => doubt = Some(Arc::clone(open)),
                }
            }
            if is_off {
                continue;
            }
            for one in self.answered(model, estate, main, endpoint) {
                if led.iter().all(|known| known.door != one.door) {
                    led.push(Led {
                        doubt: one.doubt.or_else(|| doubt.clone()),
                        ..one
                    });
                }
            }
        }
        if !led.is_empty() {
            let name = symbol::display(name).to_ascii_lowercase();
            self.by_name.insert(name, led);
        }
    }

    /// The doors that an endpoint of a profile stands for.
    fn answered(
        &self,
        model: &Model,
        estate: &Estate<'_>,
        main: &BTreeMap<ResourceIndex, usize>,
        endpoint: &TrafficEndpoint,
    ) -> Vec<Led> {
        let Some(index) = endpoint.resource.as_ref().and_then(Reference::resource) else {
            let target = endpoint.target.as_ref();
            return target.map_or_else(Vec::new, |name| self.find(model, estate, name));
        };
        if let Some(nested) = estate.topology.traffic_managers.get(&index) {
            let name = nested.host_name.as_ref();
            return name.map_or_else(Vec::new, |name| self.find(model, estate, name));
        }
        let led = main.get(&index).map(|door| Led {
            door: *door,
            doubt: None,
        });
        led.into_iter().collect()
    }

    /// The doors that `name` leads to: those of that host name, or, where a run-time function asks
    /// a resource for its name, that resource's.
    pub(in crate::graph) fn find(
        &self,
        model: &Model,
        estate: &Estate<'_>,
        name: &Text,
    ) -> Vec<Led> {
        let shown = symbol::display(name).to_ascii_lowercase();
        if let Some(doors) = self.by_name.get(shown.trim_end_matches('/')) {
            return doors.clone();
        }
        let lower = name.to_ascii_lowercase();
        if !lower.contains("reference(") {
            return Vec::new();
        }
        let asked: Vec<usize> = (0..model.doors.len())
            .filter(|at| {
                let entry = model.doors.get(*at);
                let owner = entry.and_then(|entry| estate.inventory.get(entry.resource));
                owner.is_some_and(|owner| lower.contains(&**owner.id.key()))
            })
            .collect();
        // `primaryEndpoints.blob` asks for one door of several.
        let named: Vec<usize> = asked
            .iter()
            .copied()
            .filter(|at| {
                let door = model.doors.get(*at).map_or("", |entry| &entry.door.name);
                lower.contains(&format!(".{door}"))
            })
            .collect();
        let led = if named.is_empty() { asked } else { named };
        led.into_iter()
            .map(|door| Led { door, doubt: None })
            .collect()
    }
}
