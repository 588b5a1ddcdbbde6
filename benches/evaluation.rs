//! What evaluation costs, beside what reading the same bytes costs.
//!
//! A template of 10,000 resources without expressions is read by `jsonc-parser` and evaluated by
//! this crate, in turn. The ratio of the medians is printed; it is to be at most 1.5.

#![allow(
    clippy::print_stdout,
    reason = "a measurement prints, and stops where it cannot measure"
)]

mod harness;

use harness::Times;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::input::{Inputs, RawFile};
use std::fmt::Write as _;

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

fn main() {
    let text = template();
    let inputs = Inputs::read(vec![RawFile::new("t.json", text.as_bytes())]);
    let (environment, typed) = (Environment::default(), TypedParameters::new());
    let mut reading = Times::new();
    let mut evaluating = Times::new();
    for _ in 0..ROUNDS {
        reading.run(|| parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default()));
        evaluating.run(|| evaluate_inputs(&inputs, &environment, &typed));
    }
    let (read, evaluated) = (reading.median(), evaluating.median());
    println!(
        "{RESOURCES} literal resources, {} KB, {ROUNDS} rounds",
        text.len() / 1000
    );
    println!(
        "  jsonc-parser reads in {read:.1} ms ({})",
        reading.spread()
    );
    println!(
        "  evaluation takes {evaluated:.1} ms ({})",
        evaluating.spread()
    );
    println!(
        "  evaluation / reading: {:.2} (to be at most 1.5)",
        evaluated / read
    );
}
