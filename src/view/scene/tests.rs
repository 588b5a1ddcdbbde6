//! Pictures of the bundled examples and of small templates.

use super::*;
use crate::view::test_estate::{EXAMPLES, Estate};
use std::collections::BTreeMap;

fn view(estate: &Estate, options: &SceneOptions) -> SceneView {
    let findings = Findings::default();
    let assets = Assets::new(&estate.analysis, &findings);
    scene_of(&estate.analysis, &assets, &findings, options)
}

fn all_layers() -> SceneOptions {
    SceneOptions {
        layers: Layer::ALL.into(),
        ..SceneOptions::default()
    }
}

fn selecting(estate: &Estate, exposure: &Exposure) -> SceneOptions {
    let key = key_of(&estate.analysis, exposure);
    SceneOptions {
        selection: Some(Selection::Exposure(key)),
        ..SceneOptions::default()
    }
}

/// Everything that a scene must hold to whatever it shows.
fn check_whole(scene: &Scene) {
    let mut ids: Vec<&NodeId> = scene
        .boxes
        .iter()
        .map(|one| &one.id)
        .chain(scene.containers.iter().map(|one| &one.id))
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "identities differ");
    for edge in &scene.edges {
        assert!(
            ids.contains(&&edge.from) && ids.contains(&&edge.to),
            "{edge:?}"
        );
        assert_ne!(edge.from, edge.to);
        assert!(!edge.description.is_empty());
    }
    for holder in scene
        .boxes
        .iter()
        .filter_map(|one| one.container.as_ref())
        .chain(
            scene
                .containers
                .iter()
                .filter_map(|one| one.parent.as_ref()),
        )
    {
        assert!(
            scene.containers.iter().any(|one| one.id == *holder),
            "{holder:?}"
        );
    }
    for one in &scene.boxes {
        assert!(one.description.contains(&one.kind), "{}", one.description);
        assert!(!one.title.is_empty());
    }
    assert!(
        scene
            .containers
            .iter()
            .all(|one| !one.description.is_empty())
    );
}

#[test]
fn every_edge_has_its_ends_and_every_box_its_frame() {
    for name in EXAMPLES {
        let estate = Estate::example(name);
        check_whole(&view(&estate, &SceneOptions::default()).scene);
        check_whole(&view(&estate, &all_layers()).scene);
        for exposure in &estate.analysis.exposures {
            check_whole(&view(&estate, &selecting(&estate, exposure)).scene);
        }
    }
}

#[test]
fn the_worst_path_of_every_door_can_be_followed_by_ids() {
    let mut followed = 0;
    for name in EXAMPLES {
        let estate = Estate::example(name);
        for exposure in &estate.analysis.exposures {
            let SceneView {
                scene, trail, lit, ..
            } = view(&estate, &selecting(&estate, exposure));
            let Some(path) = all_paths(exposure).next() else {
                assert!(trail.is_empty());
                continue;
            };
            assert_eq!(trail.len(), path.hops.len());
            for (step, hop) in trail.iter().zip(&path.hops) {
                assert_eq!(step.from, estate.analysis.place_id(hop.from));
                assert_eq!(step.to, estate.analysis.place_id(hop.to));
                assert!(!step.boxes.is_empty(), "{}", step.text);
                for pair in step.boxes.windows(2) {
                    let is_drawn = scene.edges.iter().any(|edge| {
                        edge.from == pair[0] && edge.to == pair[1] && edge.hop.is_some()
                    });
                    assert!(is_drawn, "{name}: {} {pair:?}", step.text);
                }
                assert!(step.boxes.iter().all(|id| lit.contains(id)));
            }
            for pair in trail.windows(2) {
                let (before, after) = (&pair[0].boxes, &pair[1].boxes);
                assert!(after.iter().any(|id| before.last() == Some(id)), "{pair:?}");
            }
            assert_eq!(trail[0].boxes[0], NodeId::from("internet"));
            followed += 1;
        }
    }
    assert!(followed > 10, "only {followed} paths");
}

#[test]
fn what_is_shown_and_hidden_is_everything() {
    for name in EXAMPLES {
        let estate = Estate::example(name);
        let total = estate.analysis.inventory.resources().len();
        let text = view(&estate, &SceneOptions::default()).scene.includes;
        let (head, hidden) = text.split_once(" Hidden: ").unwrap_or((&text, ""));
        let number = |text: &str| {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().unwrap()
        };
        let shown = number(head.strip_prefix("Shows ").unwrap());
        let hidden: usize = hidden
            .split(", ")
            .filter(|one| !one.is_empty())
            .map(number)
            .sum();
        assert_eq!(shown + hidden, total, "{name}: {text}");
    }
}

#[test]
fn the_same_review_gives_the_same_bytes() {
    for name in EXAMPLES {
        let write = || serde_json::to_string(&view(&Estate::example(name), &all_layers())).unwrap();
        assert_eq!(write(), write());
    }
}

fn boxes_by_title(scene: &Scene) -> BTreeMap<&str, &crate::diagram::SceneBox> {
    let boxes = scene.boxes.iter();
    boxes.map(|one| (one.title.as_str(), one)).collect()
}

#[test]
fn things_stand_where_their_properties_say() {
    let estate = Estate::example("private-hub-and-spoke");
    let SceneView { scene, .. } = view(&estate, &SceneOptions::default());
    let boxes = boxes_by_title(&scene);
    let container = |title: &str| {
        let id = boxes.get(title).unwrap().container.as_ref();
        id.map(|id| scene.containers.iter().find(|one| one.id == *id).unwrap())
    };
    let subnet = container("vm-app").unwrap();
    assert_eq!(
        (subnet.title.as_str(), subnet.prefix.as_str()),
        ("snet-app", "10.11.1.0/24")
    );
    let parent = subnet.parent.as_ref().unwrap();
    let network = scene
        .containers
        .iter()
        .find(|one| one.id == *parent)
        .unwrap();
    assert_eq!(network.title, "vnet-spoke");
    assert!(
        subnet
            .badges
            .iter()
            .any(|badge| badge.text == "NSG 2 rules")
    );
    assert!(subnet.badges.iter().any(|badge| badge.text == "route 0/0"));
    assert!(boxes.get("pe-blob").unwrap().docked);
    assert_eq!(container("pe-blob").unwrap().title, "snet-endpoints");
    assert_eq!(
        boxes.get("agw-assist").unwrap().zone,
        crate::diagram::Zone::Edge
    );
    // The hub comes first, and what is no part of the picture is not in it.
    assert_eq!(scene.containers.first().unwrap().title, "vnet-hub");
    assert!(
        !boxes
            .keys()
            .any(|title| title.starts_with("nic-") || title.starts_with("nsg-"))
    );
    let link = scene
        .edges
        .iter()
        .find(|edge| edge.from == boxes.get("pe-blob").unwrap().id);
    assert_eq!(link.unwrap().to, boxes.get("stassist").unwrap().id);
}

#[test]
fn layers_come_and_go() {
    let estate = Estate::example("private-hub-and-spoke");
    let zones = |options: &SceneOptions| {
        let scene = view(&estate, options).scene;
        let of = |kind: &str| scene.boxes.iter().filter(|one| one.kind == kind).count();
        (of("Private DNS zone"), of("Log Analytics workspace"))
    };
    assert_eq!(zones(&SceneOptions::default()), (0, 0));
    let (names, logs) = zones(&all_layers());
    assert_eq!((names, logs), (5, 1));
}

#[test]
fn a_private_endpoint_in_an_outside_network_stands_in_its_frame() {
    let estate = Estate::template(
        r#"{"resources": [{"type": "Microsoft.Network/privateEndpoints", "name": "pe", "apiVersion": "2023-04-01", "properties": {
            "subnet": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/far/subnets/b"},
            "privateLinkServiceConnections": [{"properties": {"groupIds": ["vault"], "privateLinkServiceId":
                "/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv"}}]}}]}"#,
    );
    let SceneView { scene, .. } = view(&estate, &SceneOptions::default());
    check_whole(&scene);
    let boxes = boxes_by_title(&scene);
    let vault = boxes.get("kv").unwrap();
    assert!(vault.ghost && vault.kind == "Key vault");
    assert_eq!(vault.zone, crate::diagram::Zone::Data);
    let titles: Vec<&str> = scene
        .containers
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    assert_eq!(titles, ["b", "far"]);
    assert_eq!(
        boxes.get("pe").unwrap().container,
        Some(scene.containers[0].id.clone())
    );
}

fn many_accounts(count: usize) -> Estate {
    let accounts: Vec<String> = (0..count)
        .map(|at| {
            let default = if at % 3 == 0 { "Allow" } else { "Deny" };
            format!(
                r#"{{"type": "Microsoft.Storage/storageAccounts", "name": "st{at}", "apiVersion": "2023-01-01", "properties": {{
                    "publicNetworkAccess": "Enabled", "networkAcls": {{"defaultAction": "{default}"}}}}}}"#
            )
        })
        .collect();
    Estate::template(&format!(r#"{{"resources": [{}]}}"#, accounts.join(",")))
}

fn stands_for(scene: &Scene) -> u32 {
    scene.boxes.iter().map(|one| one.stands_for).sum()
}

#[test]
fn too_much_to_see_becomes_groups_that_can_be_opened() {
    let estate = many_accounts(BUDGET + 30);
    let whole = view(&estate, &SceneOptions::default());
    check_whole(&whole.scene);
    assert_eq!(whole.scene.boxes.len(), 2);
    let group = whole.collapsed.first().unwrap().clone();
    let one = whole
        .scene
        .boxes
        .iter()
        .find(|one| one.id == group)
        .unwrap();
    assert_eq!(one.title, "150 × Storage account");
    assert_eq!(one.note, "50 of 150: Open to anyone");
    assert_eq!(stands_for(&whole.scene), 151);
    assert_eq!(whole.scene.edges.len(), 1);
    assert_eq!(whole.scene.edges[0].count, 50);

    let options = SceneOptions {
        expanded: [group.clone()].into(),
        ..SceneOptions::default()
    };
    let open = view(&estate, &options);
    check_whole(&open.scene);
    assert_eq!(open.scene.boxes.len(), 151);
    assert_eq!(open.opened, std::slice::from_ref(&group));

    let exposure = estate.analysis.exposures.first().unwrap();
    let lit = view(&estate, &selecting(&estate, exposure));
    check_whole(&lit.scene);
    assert_eq!(
        lit.scene.boxes.len(),
        3,
        "the selected one stands out of its group"
    );
    assert_eq!(stands_for(&lit.scene), 151);
}

#[test]
fn a_frame_that_is_collapsed_stands_for_what_it_holds() {
    let estate = Estate::example("private-hub-and-spoke");
    let open = view(&estate, &SceneOptions::default());
    let spoke = open
        .scene
        .containers
        .iter()
        .find(|one| one.title == "vnet-spoke")
        .unwrap();
    let endpoints = open
        .scene
        .containers
        .iter()
        .find(|one| one.title == "snet-endpoints")
        .unwrap();
    for (id, boxes, frames) in [(&endpoints.id, 5, 1), (&spoke.id, 6, 3)] {
        let options = SceneOptions {
            collapsed: [id.clone()].into(),
            ..SceneOptions::default()
        };
        let closed = view(&estate, &options);
        check_whole(&closed.scene);
        assert_eq!(
            closed.scene.containers.len(),
            open.scene.containers.len() - frames
        );
        assert_eq!(closed.scene.boxes.len(), open.scene.boxes.len() - boxes + 1);
        assert_eq!(stands_for(&closed.scene), stands_for(&open.scene));
        assert_eq!(closed.collapsed, std::slice::from_ref(id));
    }
}
