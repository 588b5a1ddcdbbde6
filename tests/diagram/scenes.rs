//! The seeded graphs, and random scenes with everything that a scene can have.

use serde_json::Value;
use sightline::diagram::{
    Badge, Container, ContainerKind, Edge, EdgeStyle, Icon, Mark, NodeId, Scene, SceneBox, Zone,
};

/// The scene of a seeded graph.
pub(crate) fn graph(name: &str) -> Scene {
    let path = format!(
        "{}/tests/cases/layout/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let value: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let zone = |one: &Value| Zone::COLUMNS[one["zone"].as_u64().unwrap() as usize];
    let parent = |one: &Value| one["parent"].as_str().map(NodeId::from);
    Scene {
        boxes: (value["nodes"].as_array().unwrap().iter())
            .map(|one| SceneBox {
                id: one["id"].to_string().into(),
                title: format!("resource-{}", one["id"]),
                note: "Blocked".into(),
                container: parent(one),
                zone: zone(one),
                ..SceneBox::default()
            })
            .collect(),
        containers: (value["groups"].as_array().unwrap().iter())
            .map(|one| Container {
                id: one["id"].as_str().unwrap().into(),
                title: one["id"].as_str().unwrap().into(),
                kind: match parent(one) {
                    Some(_) => ContainerKind::Subnet,
                    None => ContainerKind::VirtualNetwork,
                },
                parent: parent(one),
                zone: zone(one),
                ..Container::default()
            })
            .collect(),
        edges: (value["edges"].as_array().unwrap().iter())
            .map(|one| Edge {
                from: one[0].to_string().into(),
                to: one[1].to_string().into(),
                ..Edge::default()
            })
            .collect(),
        ..Scene::default()
    }
}

/// A row of numbers that look random and are always the same.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const WORDS: [&str; 8] = [
    "vm",
    "storage-account-prod-westeurope-001",
    "kv",
    "mlw-training",
    "agw",
    "id-prod",
    "oai",
    "x",
];
const MARKS: [Mark; 4] = [Mark::Critical, Mark::High, Mark::Medium, Mark::Undetermined];
const LABELS: [&str; 6] = [
    "",
    "",
    "",
    "443",
    "tcp 22",
    "443 · 2 addresses and more than fits",
];

/// A scene of `size` boxes with nested networks, a band, docked boxes, ghosts, badges, labels, and
/// edges of all styles between boxes and containers.
pub(crate) fn random(seed: u64, size: usize) -> Scene {
    let mut numbers = Numbers::new(seed + 1);
    let mut scene = Scene::default();
    let networks = 1 + size / 60;
    for network in 0..networks {
        containers(&mut scene, &mut numbers, network);
    }
    let subnets: Vec<NodeId> = (scene.containers.iter())
        .map(|one| one.id.clone())
        .collect();
    let icons: Vec<Icon> = Icon::all().collect();
    for place in 0..size {
        let zone = numbers.pick(&[
            Zone::Outside,
            Zone::Edge,
            Zone::Network,
            Zone::Network,
            Zone::Network,
            Zone::Network,
            Zone::Network,
            Zone::Platform,
            Zone::Platform,
            Zone::Data,
            Zone::Band,
        ]);
        let zone = if zone == Zone::Outside && place % 4 != 0 {
            Zone::Data
        } else {
            zone
        };
        let inside = zone == Zone::Network && numbers.chance(95);
        scene.boxes.push(SceneBox {
            id: format!("box-{place}").into(),
            title: format!("{}-{place}", numbers.pick(&WORDS)),
            note: numbers
                .pick(&["", "Blocked", "Open to anyone", "Open to 14 listed hosts"])
                .into(),
            icon: numbers.pick(&icons),
            container: inside.then(|| subnets[numbers.below(subnets.len())].clone()),
            zone,
            docked: inside && numbers.chance(15),
            ghost: numbers.chance(5),
            mark: numbers.chance(20).then(|| numbers.pick(&MARKS)),
            kind: numbers.pick(&WORDS).into(),
            ..SceneBox::default()
        });
    }
    edges(&mut scene, &mut numbers, size);
    scene
}

fn containers(scene: &mut Scene, numbers: &mut Numbers, network: usize) {
    let id = NodeId::from(format!("vnet-{network}"));
    scene.containers.push(Container {
        id: id.clone(),
        kind: ContainerKind::VirtualNetwork,
        zone: Zone::Network,
        title: format!("vnet-{network}"),
        prefix: "10.20.0.0/16".into(),
        mark: numbers.chance(20).then_some(Mark::High),
        ..Container::default()
    });
    for subnet in 0..=numbers.below(5) {
        let managed = numbers.chance(10);
        let badges = numbers.below(4);
        scene.containers.push(Container {
            id: format!("snet-{network}-{subnet}").into(),
            kind: if managed {
                ContainerKind::ManagedNetwork
            } else {
                ContainerKind::Subnet
            },
            parent: (!managed).then(|| id.clone()),
            zone: Zone::Network,
            title: format!("snet-{}-{subnet}", numbers.pick(&WORDS)),
            prefix: if managed {
                String::new()
            } else {
                format!("10.20.{subnet}.0/24")
            },
            subtitle: if managed {
                "Microsoft-managed".into()
            } else {
                String::new()
            },
            badges: (0..badges)
                .map(|place| Badge {
                    text: ["NSG 4 rules", "route 0/0", "NAT"][place].into(),
                    ..Badge::default()
                })
                .collect(),
            ..Container::default()
        });
    }
}

fn edges(scene: &mut Scene, numbers: &mut Numbers, size: usize) {
    let ids: Vec<NodeId> = scene.boxes.iter().map(|one| one.id.clone()).collect();
    let frames: Vec<NodeId> = scene.containers.iter().map(|one| one.id.clone()).collect();
    for place in 0..size + size / 5 {
        let frame = numbers.chance(4);
        // A few services are used by many.
        let to = if numbers.chance(30) {
            numbers.below(3.min(size))
        } else {
            numbers.below(size)
        };
        scene.edges.push(Edge {
            from: ids[numbers.below(size)].clone(),
            to: if frame {
                frames[numbers.below(frames.len())].clone()
            } else {
                ids[to].clone()
            },
            style: numbers.pick(&EdgeStyle::ALL),
            label: numbers.pick(&LABELS).into(),
            count: numbers.below(4) as u32,
            hop: (place < 3).then_some(place as u32 + 1),
            ..Edge::default()
        });
    }
}
