//! The selected path in the picture.

use super::cast::Cast;
use super::line::Lines;
use super::way::{add_way, segments};
use crate::diagram::{EdgeStyle, NodeId};
use crate::reachability::{Exposure, Path};
use crate::view::standing::{style_of, tone_of};
use serde::{Deserialize, Serialize};

/// One hop of the selected path, and where it is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrailStep {
    /// Its number, from 1, as everywhere.
    pub hop: u32,
    /// The identifier of where it starts, as the report has it.
    pub from: String,
    /// The identifier of where it ends.
    pub to: String,
    /// The same in words: `hop 2 of 4: pip-jump to vm-jump`.
    pub text: String,
    /// The boxes and frames that it touches: more than one where a line shows it.
    pub boxes: Vec<NodeId>,
}

/// Draws `path`, numbers its lines, and returns its hops in order.
pub(super) fn follow(
    cast: &Cast<'_>,
    exposure: &Exposure,
    path: &Path,
    lines: &mut Lines,
) -> Vec<TrailStep> {
    let analysis = cast.analysis;
    add_way(cast, exposure, path, lines);
    let style = if !path.assumes_compromise {
        style_of(tone_of(exposure))
    } else if path.is_sure() {
        EdgeStyle::Reachable
    } else {
        EdgeStyle::Undetermined
    };
    let count = path.hops.len();
    let mut steps: Vec<TrailStep> = path
        .hops
        .iter()
        .zip(1_u32..)
        .map(|(hop, number)| TrailStep {
            hop: number,
            from: analysis.place_id(hop.from),
            to: analysis.place_id(hop.to),
            text: format!(
                "hop {number} of {count}: {} to {}",
                analysis.place_name(hop.from),
                analysis.place_name(hop.to)
            ),
            boxes: Vec::new(),
        })
        .collect();
    for segment in segments(cast, path) {
        let numbers = segment.hops.iter().filter_map(|at| steps.get(*at));
        let numbers: Vec<u32> = numbers.map(|step| step.hop).collect();
        let texts: Vec<String> = segment
            .hops
            .iter()
            .filter_map(|at| Some(steps.get(*at)?.text.clone()))
            .collect();
        let (from, to) = (segment.from.clone(), segment.to.clone());
        let line = lines.add(from, to, style, texts.join("; "));
        if let Some(first) = numbers.first() {
            line.number(*first);
        }
        for at in segment.hops {
            if let Some(step) = steps.get_mut(at) {
                for end in [&segment.from, &segment.to] {
                    if !step.boxes.contains(end) {
                        step.boxes.push(end.clone());
                    }
                }
            }
        }
    }
    steps
}
