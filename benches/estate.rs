//! What a review costs, beside what reading the same text costs, for estates of growing size.
//!
//! `serde_json` reads each text into a `Value` and this crate reviews it, in turn. Printed are the
//! ratio of the two, what doubling the estate multiplies the review by, and the memory that a
//! resource takes at the peak. Arguments choose the sizes, by numbers of resources; `--peak N`
//! only reviews one of N and says how much memory it took; `--write N` prints the template.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement prints, and looks at its own process"
)]

mod generator;
mod harness;

use generator::write_estate;
use harness::Times;
use sightline::analysis::{Analysis, Options, analyse};
use sightline::input::RawFile;
use std::process::Command;

const SIZES: [usize; 5] = [20, 1_000, 5_000, 10_000, 20_000];
const ROUNDS: usize = 7;

fn review(text: &str) -> Analysis {
    let file = RawFile::new("estate.json", text.as_bytes());
    analyse(vec![file], &Options::default())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = arguments.iter().filter_map(|it| it.parse().ok()).collect();
    let has = |word: &str| arguments.iter().any(|it| it == word);
    let first = numbers.first().copied().unwrap_or(1_000);
    if has("--write") {
        println!("{}", write_estate(first));
    } else if has("--peak") {
        print_peak(first);
    } else if has("--once") {
        println!("{} doors", review(&write_estate(first)).exposures.len());
    } else if numbers.is_empty() {
        compare(&SIZES);
    } else {
        compare(&numbers);
    }
}

fn compare(sizes: &[usize]) {
    println!(
        "resources     bytes    read ms  review ms  review/read   growth  KB/resource at peak"
    );
    let mut before: Option<(usize, f64)> = None;
    for size in sizes {
        let text = write_estate(*size);
        let (mut reading, mut reviewing) = (Times::new(), Times::new());
        let mut resources = 0;
        for _ in 0..ROUNDS {
            reading.run(|| serde_json::from_str::<serde_json::Value>(&text));
            reviewing.run(|| {
                let analysis = review(&text);
                resources = analysis.inventory.resources().len();
                analysis
            });
        }
        let growth = before.map_or_else(String::new, |(last, time)| {
            let (times, sizes) = (reviewing.median() / time, ratio(resources, last));
            format!("{times:.1} for {sizes:.1}")
        });
        println!(
            "{resources:>9} {:>9} {:>10.1} {:>10.1} {:>12.1} {growth:>8}  {}",
            text.len(),
            reading.median(),
            reviewing.median(),
            reviewing.median() / reading.median(),
            peak(*size),
        );
        println!(
            "          read {} ms, review {} ms, of {ROUNDS} rounds",
            reading.spread(),
            reviewing.spread()
        );
        before = Some((resources, reviewing.median()));
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    let part = |number: usize| u32::try_from(number).map_or(f64::NAN, f64::from);
    part(a) / part(b)
}

/// What `--peak` prints, run in a process of its own.
fn peak(size: usize) -> String {
    let run = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["--peak", &size.to_string()])
            .output()
    });
    run.map_or_else(
        |_| "-".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}

fn print_peak(size: usize) {
    let text = write_estate(size);
    let before = kilobytes("VmRSS:");
    let analysis = review(&text);
    let after = kilobytes("VmHWM:");
    let resources = analysis.inventory.resources().len();
    match before.zip(after) {
        Some((before, after)) => println!("{:.1}", ratio(after.saturating_sub(before), resources)),
        None => println!("-"),
    }
}

/// A line of the process's status, where the system keeps one.
fn kilobytes(line: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix(line))?;
    line.split_whitespace().next()?.parse().ok()
}
