//! Where on the side of a box each line starts or ends.

use super::cell::{add, at, push, put, row};
use super::chain::{Chains, Kind, Leg, Side};
use super::model::Model;

/// The least distance of a port from the upper and lower corners of its box.
const CORNER: i32 = 13;
/// The middle of the ports on a container, in its header.
const HEADER_MIDDLE: i32 = 20;

/// The ports of each item: those on its left side and those on its right side.
pub(super) struct Ports {
    sides: Vec<Vec<usize>>,
}

impl Ports {
    /// The ports of `items` items.
    pub(super) fn new(chains: &Chains, items: usize) -> Self {
        let mut sides = vec![Vec::new(); 2 * items];
        for (place, post) in chains.posts.iter().enumerate() {
            if let Kind::Port(item, side) = post.kind {
                push(
                    &mut sides,
                    2 * item + usize::from(side == Side::Right),
                    place,
                );
            }
        }
        Self { sides }
    }

    /// The height that the ports of `item` need.
    pub(super) fn least_height(&self, item: usize, half: &[i32]) -> i32 {
        let span = |side: usize| {
            let ports = row(&self.sides, 2 * item + side);
            let all: i32 = ports.iter().map(|port| 2 * at(half, *port)).sum();
            all - ends(ports, half)
        };
        2 * CORNER + span(0).max(span(1))
    }

    /// The distance of each port from the top of its item, ordered by the heights `y` of the posts
    /// that their lines go to; other posts get 0.
    pub(super) fn offsets(
        &self,
        model: &Model,
        heights: &[i32],
        chains: &Chains,
        legs: &[Leg],
        (half, y): (&[i32], &[i32]),
    ) -> Vec<i32> {
        let wish = far_heights(chains, legs, y);
        let mut offsets = vec![0; chains.posts.len()];
        for (place, ports) in self.sides.iter().enumerate() {
            let item = place / 2;
            let mut ports = ports.clone();
            ports.sort_by_key(|port| (at(&wish, *port), chains.post(*port).map(|post| post.net)));
            let middle = if model.is_container(item) {
                HEADER_MIDDLE
            } else {
                at(heights, item) / 2
            };
            let span: i32 =
                ports.iter().map(|port| 2 * at(half, *port)).sum::<i32>() - ends(&ports, half);
            // Where there is room, lines keep a little more distance.
            let spare = at(heights, item) - 2 * CORNER - span;
            let steps = super::cell::px(ports.len()) - 1;
            let extra = if steps > 0 && !model.is_container(item) {
                (spare / steps).clamp(0, 4)
            } else {
                0
            };
            let mut offset = middle - i32::midpoint(span, extra * steps.max(0));
            let mut above = None;
            for port in ports {
                offset += above.map_or(0, |above| above + at(half, port) + extra);
                above = Some(at(half, port));
                put(&mut offsets, port, offset);
            }
        }
        offsets
    }
}

/// The half heights of the first and the last port, which may stand over.
fn ends(ports: &[usize], half: &[i32]) -> i32 {
    let end = |port: Option<&usize>| port.map_or(0, |port| at(half, *port));
    end(ports.first()) + end(ports.last())
}

/// For each post the mean height of its neighbours.
fn far_heights(chains: &Chains, legs: &[Leg], y: &[i32]) -> Vec<i32> {
    let mut sum = vec![0i64; chains.posts.len()];
    let mut count = vec![0i64; chains.posts.len()];
    for leg in legs {
        for (here, there) in [(leg.from.0, leg.to.0), (leg.to.0, leg.from.0)] {
            add(&mut sum, here, i64::from(at(y, there)));
            add(&mut count, here, 1);
        }
    }
    let mean = |(sum, count): (&i64, &i64)| i32::try_from(sum / count.max(&1)).unwrap_or(i32::MAX);
    sum.iter().zip(&count).map(mean).collect()
}
