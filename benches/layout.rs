//! What a picture costs, beside what carrying its scene from the worker to the page costs.
//!
//! For the seeded graphs: the scene written as JSON and read again, the layout, and the SVG, in
//! turn. Printed are the medians in milliseconds of processor time and, since machines differ, their
//! ratios to the first. The goals, in a browser, are 5, 30 and 200 ms for 200, 1,000 and 5,000
//! boxes.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops where it cannot measure"
)]

#[path = "../tests/diagram/scenes.rs"]
#[allow(dead_code, reason = "the tests have scenes of other kinds too")]
mod scenes;

use rustix::time::{ClockId, clock_gettime};
use sightline::diagram::{LayoutOptions, Scene, SvgOptions, layout_zones, write_svg};
use std::hint::black_box;

const ROUNDS: usize = 7;

fn main() {
    for name in ["g50", "g200", "g1000", "g5000"] {
        let scene = scenes::graph(name);
        let placed = layout_zones(&scene, LayoutOptions::default());
        let mut times = [const { Vec::new() }; 3];
        for _ in 0..ROUNDS {
            times[0].push(measure(|| {
                let text = serde_json::to_string(&scene).unwrap();
                serde_json::from_str::<Scene>(&text).unwrap()
            }));
            times[1].push(measure(|| layout_zones(&scene, LayoutOptions::default())));
            times[2].push(measure(|| {
                write_svg(&scene, &placed, SvgOptions::default())
            }));
        }
        let [carried, layout, svg] = times.map(spread);
        println!(
            "{name:>6}: carrying {}, layout {} ({:.1} times), svg {} ({:.1} times)",
            carried.1,
            layout.1,
            layout.0 / carried.0,
            svg.1,
            svg.0 / carried.0,
        );
    }
}

/// Milliseconds of processor time that `work` takes.
fn measure<T>(work: impl FnOnce() -> T) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        let seconds = f64::from(i32::try_from(time.tv_sec).unwrap());
        seconds * 1e3 + f64::from(i32::try_from(time.tv_nsec).unwrap()) / 1e6
    };
    let start = now();
    black_box(work());
    now() - start
}

/// The median, and a text with the fastest and the slowest.
fn spread(mut times: Vec<f64>) -> (f64, String) {
    times.sort_by(f64::total_cmp);
    let median = times[ROUNDS / 2];
    let text = format!(
        "{median:.2} ms ({:.2} to {:.2})",
        times[0],
        times[ROUNDS - 1]
    );
    (median, text)
}
