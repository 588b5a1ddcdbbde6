//! The line that says what the picture includes.

use super::cast::{Cast, Hidden, Role};
use super::frame::plural;
use super::{Layer, SceneOptions};
use crate::diagram::{NodeId, Scene};
use std::collections::BTreeSet;

/// What is shown and what is hidden, with counts.
pub(super) fn includes(cast: &Cast<'_>, scene: &Scene, options: &SceneOptions) -> String {
    let total = cast.analysis.inventory.resources().len();
    let boxes: BTreeSet<&NodeId> = scene.boxes.iter().map(|one| &one.id).collect();
    let (mut drawn, mut idle) = (0, 0);
    for (index, _, role) in cast.iter() {
        match role {
            Role::Frame => drawn += 1,
            Role::Box(_) if cast.node(index).is_some_and(|id| boxes.contains(&id)) => drawn += 1,
            Role::Box(_) => idle += 1,
            Role::In(_) | Role::Hidden(_) => {}
        }
    }
    let mut shown = vec!["doors and the ways to them"];
    for (is_on, word) in [
        (options.shows(Layer::Network), "networks"),
        (options.shows(Layer::Identity), "identities"),
        (options.shows(Layer::Egress), "ways out"),
        (options.shows(Layer::Monitoring), "monitoring"),
        (options.shows(Layer::Dns), "private DNS"),
    ] {
        if is_on {
            shown.push(word);
        }
    }
    let mut text = format!(
        "Shows {drawn} of {}: {}.",
        plural(total, "resource"),
        shown.join(", ")
    );
    let mut words: Vec<String> = cast
        .hidden()
        .into_iter()
        .map(|(reason, count)| match reason {
            Hidden::Badge => format!("{count} on headers"),
            Hidden::Identity => format!("{count} identity"),
            Hidden::Monitoring => format!("{count} monitoring"),
            Hidden::Dns => format!("{count} DNS"),
            Hidden::Egress => format!("{count} NAT"),
            Hidden::NotDeployed => format!("{count} not deployed"),
            Hidden::Part => format!("{count} parts and settings"),
        })
        .collect();
    if idle > 0 {
        words.push(format!("{idle} without ways"));
    }
    if !words.is_empty() {
        text.push_str(" Hidden: ");
        text.push_str(&words.join(", "));
        text.push('.');
    }
    text
}
