//! What every zone layout keeps, whatever the scene.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

mod diagram;

use diagram::{check, reviews, scenes};
use sightline::diagram::{Layout, LayoutOptions, Scene, layout_zones};

fn layout(scene: &Scene) -> Layout {
    layout_zones(scene, LayoutOptions::default())
}

/// Panics where anything in the picture is where it must not be.
fn assert_sound(name: &str, scene: &Scene) -> Layout {
    let layout = layout(scene);
    let faults = check::faults(scene, &layout);
    let first: Vec<&String> = faults.iter().take(5).collect();
    assert!(
        faults.is_empty(),
        "{name}: {} faults: {first:#?}",
        faults.len()
    );
    layout
}

#[test]
fn random_scenes_have_nothing_on_top_of_anything_else() {
    for size in [0, 1, 2, 5, 12, 30, 60] {
        for seed in 0..12 {
            let scene = scenes::random(seed, size);
            let layout = assert_sound(&format!("{size} boxes, seed {seed}"), &scene);
            let shared = check::shared_pieces(&layout);
            assert_eq!(shared, [""; 0], "{size} boxes, seed {seed}");
        }
    }
    for seed in 0..3 {
        assert_sound(
            &format!("200 boxes, seed {seed}"),
            &scenes::random(seed, 200),
        );
    }
}

#[test]
fn seeded_graphs_have_nothing_on_top_of_anything_else_and_few_crossings() {
    // What elkjs reaches on the same graphs.
    for (name, most) in [("g50", None), ("g200", Some(2736)), ("g1000", None)] {
        let scene = scenes::graph(name);
        let layout = assert_sound(name, &scene);
        let crossings = check::crossings(&scene, &layout);
        assert!(
            most.is_none_or(|most| crossings < most),
            "{name}: {crossings} crossings"
        );
    }
}

#[test]
fn the_picture_of_200_resources_is_as_wide_as_a_screen() {
    let layout = layout(&scenes::graph("g200"));
    let ratio = f64::from(layout.width) / f64::from(layout.height);
    assert!(
        (1.0..2.4).contains(&ratio),
        "{} x {}",
        layout.width,
        layout.height
    );
}

#[test]
fn the_same_scene_gives_the_same_numbers() {
    for scene in [scenes::graph("g200"), scenes::random(7, 60)] {
        let once = serde_json::to_string(&layout(&scene)).unwrap();
        let again = serde_json::to_string(&layout(&scene.clone())).unwrap();
        assert_eq!(once, again);
    }
}

#[test]
fn pictures_of_reviews_have_nothing_on_top_of_anything_else() {
    let mut files = reviews::templates("public/examples");
    assert_eq!(files.len(), 5);
    let corpus = reviews::templates("../shared/corpus");
    if corpus.is_empty() {
        eprintln!("SKIPPED: the corpus is not beside the repository");
    }
    files.extend(corpus);
    for path in files {
        for (name, scene) in reviews::scenes(&path) {
            let layout = assert_sound(&name, &scene);
            assert_eq!(check::shared_pieces(&layout), [""; 0], "{name}");
        }
    }
}
