//! Random small estates, in which every pair of a machine and a target is worked out by hand.
//!
//! The oracle knows nothing of graphs, packets or patterns of actions: it holds facts in sets and
//! applies the rules of the reference until nothing new comes up.

use crate::estate::{Estate, machine, network, of, own, role};
use proptest::prelude::*;
use sightline::graph::{Foothold, Node};
use sightline::reachability::{Question, search, search_back};
use std::collections::BTreeSet;

/// What a role gives over what it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gives {
    Blobs,
    Keys,
    /// Of vaults that go by roles.
    Secrets,
    /// On machines.
    Commands,
    /// Identities to machines.
    Attach,
    /// An issuer to identities.
    Trust,
    /// The making of machines.
    Make,
}
use Gives::{Attach, Blobs, Commands, Keys, Make, Secrets, Trust};

/// Roles by their identifiers, with what the oracle knows of them.
const ROLES: [(&str, &[Gives]); 10] = [
    ("acdd72a7-3385-48ef-bd42-f606fba81ae7", &[]),
    ("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", &[Blobs]),
    ("17d1049b-9a84-46fb-8f53-869881c3d3ab", &[Keys]),
    ("4633458b-17de-408a-b874-0445c86b69e6", &[Secrets]),
    (
        "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
        &[Keys, Commands, Make],
    ),
    ("f1a07417-d97a-45cb-824c-7a7467783830", &[Attach]),
    ("e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", &[Trust]),
    (
        "b24988ac-6180-42a0-ab88-20f7382dd24c",
        &[Keys, Commands, Attach, Trust, Make],
    ),
    (
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
        &[Blobs, Keys, Secrets, Commands, Attach, Trust, Make],
    ),
    (
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        &[Blobs, Keys, Secrets, Commands, Attach, Trust],
    ),
];

/// Who lets whom in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Admits {
    Everybody,
    Nobody,
    /// A private endpoint in this network.
    Network(usize),
    /// The listed subnet `a` of network 0, which has a service endpoint.
    Listed,
}

#[derive(Clone, Debug)]
struct Target {
    is_vault: bool,
    takes_keys: bool,
    admits: Admits,
}

/// What an assignment covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Group,
    Target(usize),
    Machine(usize),
    Identity(usize),
}

/// Who holds something: the machine's own identity, or one of the shared ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Machine(usize),
    Shared(usize),
}

#[derive(Clone, Debug)]
struct Plan {
    /// Each machine: its network, whether it stands on subnet `a`, and the shared identities on it.
    machines: Vec<(usize, bool, Vec<usize>)>,
    shared: usize,
    targets: Vec<Target>,
    assignments: Vec<(Who, usize, Over)>,
}

fn plans() -> impl Strategy<Value = Plan> {
    (1_usize..4, 0_usize..3, 1_usize..4).prop_flat_map(|(machines, shared, targets)| {
        let who = prop_oneof![
            (0..machines).prop_map(Who::Machine),
            (0..machines.max(shared)).prop_map(move |n| if n < shared {
                Who::Shared(n)
            } else {
                Who::Machine(0)
            }),
        ];
        let over = prop_oneof![
            1 => Just(Over::Group),
            4 => (0..targets).prop_map(Over::Target),
            2 => (0..machines).prop_map(Over::Machine),
            2 => (0..shared.max(1)).prop_map(move |n| if shared == 0 { Over::Target(0) } else { Over::Identity(n) }),
        ];
        let admits = prop_oneof![
            Just(Admits::Everybody),
            Just(Admits::Nobody),
            (0_usize..2).prop_map(Admits::Network),
            Just(Admits::Listed),
        ];
        let target = (any::<bool>(), any::<bool>(), admits).prop_map(|(is_vault, takes_keys, admits)| Target {
            is_vault,
            takes_keys,
            admits,
        });
        let one = (0_usize..2, any::<bool>(), prop::collection::btree_set(0..shared.max(1), 0..=shared));
        (
            prop::collection::vec(one, machines),
            prop::collection::vec(target, targets),
            prop::collection::vec((who, 0..ROLES.len(), over), 0..7),
        )
            .prop_map(move |(machines, targets, assignments)| Plan {
                machines: machines
                    .into_iter()
                    .map(|(net, a, ids)| (net, a, ids.into_iter().filter(|id| *id < shared).collect()))
                    .collect(),
                shared,
                targets,
                assignments,
            })
    })
}

impl Plan {
    fn template(&self) -> Estate {
        let endpoints = r#", "serviceEndpoints": [{"service": "Microsoft.Storage"}, {"service": "Microsoft.KeyVault"}]"#;
        let mut resources = vec![network("net0", endpoints), network("net1", "")];
        for (at, (net, is_a, shared)) in self.machines.iter().enumerate() {
            let listed: Vec<String> = shared
                .iter()
                .map(|id| format!(r#""[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id{id}')]": {{}}"#))
                .collect();
            let identity = if listed.is_empty() {
                r#""identity": {"type": "SystemAssigned"},"#.to_owned()
            } else {
                format!(
                    r#""identity": {{"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": {{{}}}}},"#,
                    listed.join(",")
                )
            };
            let subnet = if *is_a { "a" } else { "b" };
            resources.push(machine(
                &format!("vm{at}"),
                &format!("net{net}"),
                subnet,
                &identity,
            ));
        }
        for id in 0..self.shared {
            resources.push(format!(
                r#"{{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "id{id}", "location": "x"}}"#
            ));
        }
        for (at, target) in self.targets.iter().enumerate() {
            resources.push(declare(at, target));
        }
        for (at, (who, given, over)) in self.assignments.iter().enumerate() {
            let principal = match who {
                Who::Machine(n) => own(&format!("vm{n}")),
                Who::Shared(n) => format!("[reference('id{n}').principalId]"),
            };
            let scope = match over {
                Over::Group => "[resourceGroup().id]".to_owned(),
                Over::Target(n) => id_of(*n, &self.targets[*n]),
                Over::Machine(n) => {
                    format!("[resourceId('Microsoft.Compute/virtualMachines', 'vm{n}')]")
                }
                Over::Identity(n) => format!(
                    "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id{n}')]"
                ),
            };
            resources.push(role(
                &format!("[guid('{at}')]"),
                &scope,
                &principal,
                ROLES[*given].0,
            ));
        }
        of("", &resources.join(","))
    }

    fn lets_in(&self, machine: usize, target: usize) -> bool {
        let (net, is_a, _) = &self.machines[machine];
        match self.targets[target].admits {
            Admits::Everybody => true,
            Admits::Nobody => false,
            Admits::Network(own) => own == *net,
            Admits::Listed => *net == 0 && *is_a,
        }
    }

    /// The targets that whoever runs code on `start` gets at.
    fn opened(&self, start: usize) -> BTreeSet<usize> {
        let mut code = BTreeSet::from([start]);
        // An identity with the machine from which its holder sends.
        let mut held: BTreeSet<(Who, usize)> = BTreeSet::new();
        let mut opened = BTreeSet::new();
        loop {
            let before = (code.len(), held.len(), opened.len());
            for machine in &code {
                held.insert((Who::Machine(*machine), *machine));
                for id in &self.machines[*machine].2 {
                    held.insert((Who::Shared(*id), *machine));
                }
            }
            for (who, from) in held.clone() {
                let makes = self
                    .assignments
                    .iter()
                    .any(|(holder, given, _)| *holder == who && ROLES[*given].1.contains(&Make));
                for (holder, given, over) in &self.assignments {
                    if *holder != who {
                        continue;
                    }
                    let gives = |what: Gives| ROLES[*given].1.contains(&what);
                    for (at, target) in self.targets.iter().enumerate() {
                        if *over != Over::Group && *over != Over::Target(at) {
                            continue;
                        }
                        let right = if target.is_vault {
                            gives(Secrets)
                        } else {
                            gives(Blobs) || (gives(Keys) && target.takes_keys)
                        };
                        if right && self.lets_in(from, at) {
                            opened.insert(at);
                        }
                    }
                    for at in 0..self.machines.len() {
                        if gives(Commands) && (*over == Over::Group || *over == Over::Machine(at)) {
                            code.insert(at);
                        }
                    }
                    for at in 0..self.shared {
                        let covered = *over == Over::Group || *over == Over::Identity(at);
                        if covered && (gives(Trust) || (gives(Attach) && makes)) {
                            held.insert((Who::Shared(at), from));
                        }
                    }
                }
            }
            if before == (code.len(), held.len(), opened.len()) {
                return opened;
            }
        }
    }
}

fn name_of(at: usize, target: &Target) -> String {
    format!("{}{at}", if target.is_vault { "kv" } else { "acct" })
}

fn id_of(at: usize, target: &Target) -> String {
    let kind = if target.is_vault {
        "Microsoft.KeyVault/vaults"
    } else {
        "Microsoft.Storage/storageAccounts"
    };
    format!("[resourceId('{kind}', '{}')]", name_of(at, target))
}

fn declare(at: usize, target: &Target) -> String {
    let name = name_of(at, target);
    let network = match target.admits {
        Admits::Everybody => r#""publicNetworkAccess": "Enabled""#.to_owned(),
        Admits::Nobody | Admits::Network(_) => r#""publicNetworkAccess": "Disabled""#.to_owned(),
        Admits::Listed => r#""networkAcls": {"bypass": "None", "defaultAction": "Deny", "virtualNetworkRules": [{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net0', 'a')]"}]}"#.to_owned(),
    };
    let own = if target.is_vault {
        format!(
            r#"{{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "{name}", "location": "x",
            "properties": {{"tenantId": "x", "sku": {{"family": "A", "name": "standard"}}, "enableRbacAuthorization": true, {network}}}}}"#
        )
    } else {
        format!(
            r#"{{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "{name}", "location": "x",
            "properties": {{"allowSharedKeyAccess": {}, {network}}}}}"#,
            target.takes_keys
        )
    };
    let Admits::Network(net) = target.admits else {
        return own;
    };
    let group = if target.is_vault { "vault" } else { "blob" };
    format!(
        r#"{own}, {{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2023-05-01", "name": "pe{at}", "location": "x",
        "properties": {{"subnet": {{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net{net}', 'b')]"}},
        "privateLinkServiceConnections": [{{"name": "c", "properties": {{"privateLinkServiceId": "{}", "groupIds": ["{group}"]}}}}]}}}}"#,
        id_of(at, target)
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_opens_what_the_rules_open(plan in plans()) {
        let estate = plan.template();
        for start in 0..plan.machines.len() {
            let from = Foothold::At(estate.index(&format!("vm{start}")));
            let reach = search(&estate.model, &Question::from_foothold(from));
            let opened = plan.opened(start);
            for (at, target) in plan.targets.iter().enumerate() {
                let data = estate.node(&Node::Data(estate.index(&name_of(at, target))));
                let bounds = data.map(|node| reach.at(node)).unwrap_or_default();
                prop_assert_eq!(!bounds.must.is_empty(), opened.contains(&at), "vm{} {}", start, at);
                // Nothing is left open here.
                prop_assert_eq!(!bounds.may.is_empty(), opened.contains(&at), "vm{} {}", start, at);
            }
        }
    }

    #[test]
    fn the_search_back_agrees_with_the_search(plan in plans(), with_compromise in any::<bool>()) {
        let estate = plan.template();
        let ask = |from: Foothold| Question {
            with_compromise,
            ..Question::from_foothold(from)
        };
        let mut footholds = vec![Foothold::Internet, Foothold::AzureTenant];
        for start in 0..plan.machines.len() {
            let index = estate.index(&format!("vm{start}"));
            footholds.extend([Foothold::At(index), Foothold::Identity(index)]);
        }
        for (at, target) in plan.targets.iter().enumerate() {
            let index = estate.index(&name_of(at, target));
            let Some(data) = estate.node(&Node::Data(index)) else { continue };
            let back = search_back(&estate.model, &ask(Foothold::Internet), data);
            for from in &footholds {
                let question = ask(from.clone());
                let there = search(&estate.model, &question).at(data);
                let start = estate.model.source(from).unwrap();
                let here = back.at(start);
                prop_assert_eq!(!there.must.is_empty(), here.must.meets(&question.packets), "{:?}", from);
                prop_assert_eq!(!there.may.is_empty(), here.may.meets(&question.packets), "{:?}", from);
            }
        }
    }
}
