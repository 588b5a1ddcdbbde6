//! What evaluation costs, beside what reading the same bytes costs.
//!
//! A template of 10,000 resources without expressions is read by `jsonc-parser` and evaluated by
//! this crate, in turn. The ratio of the medians is printed; it is to be at most 1.5.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and stops where it cannot measure"
)]

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use rustix::time::{ClockId, clock_gettime};
use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::input::{Inputs, RawFile};
use std::fmt::Write as _;
use std::hint::black_box;

const RESOURCES: usize = 10_000;
const ROUNDS: usize = 11;

/// An estate in the style of an export with literal names.
fn template() -> String {
    let mut text = String::from(
        r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {}, "variables": {}, "resources": ["#,
    );
    for at in 0..RESOURCES {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}
    {{
      "type": "Microsoft.Network/networkSecurityGroups",
      "apiVersion": "2023-09-01",
      "name": "nsg-{at}",
      "location": "westeurope",
      "tags": {{ "environment": "production", "owner": "team-{owner}" }},
      "properties": {{
        "securityRules": [
          {{
            "name": "allow-https",
            "properties": {{
              "protocol": "Tcp", "sourcePortRange": "*", "destinationPortRange": "443",
              "sourceAddressPrefix": "10.{high}.{low}.0/24", "destinationAddressPrefix": "*",
              "access": "Allow", "priority": 100, "direction": "Inbound",
              "sourcePortRanges": [], "destinationPortRanges": [], "sourceAddressPrefixes": [], "destinationAddressPrefixes": []
            }}
          }},
          {{
            "name": "deny-all",
            "properties": {{
              "protocol": "*", "sourcePortRange": "*", "destinationPortRange": "*",
              "sourceAddressPrefix": "*", "destinationAddressPrefix": "*",
              "access": "Deny", "priority": 4096, "direction": "Inbound"
            }}
          }}
        ]
      }}
    }}"#,
            owner = at % 17,
            high = at / 256 % 256,
            low = at % 256,
        );
    }
    text.push_str("]}");
    text
}

/// Milliseconds of processor time that `work` takes, its result dropped afterwards.
fn measure<T>(work: impl FnOnce() -> T) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        Ok::<_, std::num::TryFromIntError>(
            f64::from(i32::try_from(time.tv_sec)?) * 1e3
                + f64::from(i32::try_from(time.tv_nsec)?) / 1e6,
        )
    };
    let start = now().unwrap();
    let result = black_box(work());
    let end = now().unwrap();
    drop(result);
    end - start
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn main() {
    let text = template();
    let inputs = Inputs::read(vec![RawFile::new("t.json", text.as_bytes())]);
    let (environment, typed) = (Environment::default(), TypedParameters::new());
    let mut reading = Vec::new();
    let mut evaluating = Vec::new();
    for _ in 0..ROUNDS {
        reading.push(measure(|| {
            parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default())
        }));
        evaluating.push(measure(|| evaluate_inputs(&inputs, &environment, &typed)));
    }
    let (read, evaluated) = (median(&mut reading), median(&mut evaluating));
    let spread = |times: &[f64]| {
        let ends = times.first().zip(times.last());
        ends.map_or_else(String::new, |(least, most)| {
            format!("{least:.1} to {most:.1}")
        })
    };
    println!(
        "{RESOURCES} literal resources, {} KB, {ROUNDS} rounds",
        text.len() / 1000
    );
    println!(
        "  jsonc-parser reads in {read:.1} ms ({})",
        spread(&reading)
    );
    println!(
        "  evaluation takes {evaluated:.1} ms ({})",
        spread(&evaluating)
    );
    println!(
        "  evaluation / reading: {:.2} (to be at most 1.5)",
        evaluated / read
    );
}
