//! The zone layout: nested boxes in columns with a fixed reading order, and lines in the gutters.
//!
//! In order: number the scene ([`model`]), measure it ([`size`]), choose how many columns
//! everything gets ([`wrap`]), find an order with short lines and few crossings ([`order`]), find
//! the way of each line through gutters and lanes ([`net`], [`chain`], [`lane`]), then heights
//! ([`vertical`]), tracks ([`track`]), widths ([`horizontal`]), and the finished numbers
//! ([`draw`], [`compose`], [`path`], [`label`]).
//!
//! Lines never run through a box, a header or a container that holds neither of their ends, by
//! construction: they go up and down between columns only, and pass a column in a lane.

mod align;
mod arrangement;
mod board;
mod caption;
mod cell;
mod chain;
mod compose;
mod crossing;
mod draw;
mod estimate;
mod horizontal;
mod label;
mod lane;
mod model;
mod net;
mod nudge;
mod order;
mod path;
mod port;
mod size;
mod track;
mod vertical;
mod wrap;

use self::arrangement::Arrangement;
use self::cell::at;
use self::chain::Chains;
use self::estimate::Frames;
use self::model::Model;
use self::net::Nets;
use self::nudge::{Extents, Nudge};
use self::path::Tracks;
use self::port::Ports;
use self::size::Sizes;
use self::vertical::Levels;
use super::layout::Layout;
use super::scene::{EdgeStyle, Scene};

/// What a layout is asked for.
#[derive(Clone, Copy, Debug)]
pub struct LayoutOptions<'a> {
    /// The layout that was shown before, to keep everything in it where it is.
    pub previous: Option<&'a Layout>,
    /// The wished width of the picture for a height of 100.
    pub aspect: i32,
}

impl Default for LayoutOptions<'_> {
    fn default() -> Self {
        Self {
            previous: None,
            aspect: 140,
        }
    }
}

/// The zone layout of `scene`.
///
/// Deterministic: the same scene and options give the same numbers. Every box and container of the
/// scene has a place; an edge with an end that is not in the scene has none.
/// Takes about n log n steps for n boxes and edges, with a constant that buys few crossings.
pub fn layout_zones(scene: &Scene, options: LayoutOptions<'_>) -> Layout {
    let model = Model::new(scene);
    let sizes = Sizes::new(scene, &model);
    let mut order = wrap::wrap(scene, &model, &sizes, options.aspect);
    let headers = estimate::headers(scene, &model, &sizes, &order);
    let ground = order::Ground {
        model: &model,
        sizes: &sizes,
        headers: &headers,
    };
    order::improve(ground, &mut order);
    Engine {
        scene,
        model,
        sizes,
        order,
        headers,
    }
    .layout()
}

/// A scene whose order is settled.
struct Engine<'a> {
    scene: &'a Scene,
    model: Model,
    sizes: Sizes,
    order: Arrangement,
    headers: Vec<i32>,
}

impl Engine<'_> {
    fn layout(mut self) -> Layout {
        let nets = Nets::new(&self.model);
        let chains = Chains::new(self.scene, &self.model, &self.order, &nets);
        let legs = chains.distinct_legs();
        let captions = caption::plan(self.scene, &self.model, &nets, &chains);
        let half = caption::half_heights(&captions, chains.posts.len());
        let mut levels = self.levels(&nets, &chains, &legs, &half);
        let tracks = self.tracks(&chains, &legs, &half, &mut levels);
        let plan = horizontal::Plan {
            scene: self.scene,
            model: &self.model,
            sizes: &self.sizes,
            order: &self.order,
            chains: &chains,
            captions: &captions,
            tracks: &tracks.count,
        };
        let extents = plan.spans();
        self.draw(plan, levels, &tracks, &extents, &nets)
    }

    /// The heights of everything.
    fn levels(
        &mut self,
        nets: &Nets,
        chains: &Chains,
        legs: &[chain::Leg],
        half: &[i32],
    ) -> Levels {
        let items = self.model.root + 2;
        let ports = Ports::new(chains, items);
        for item in 0..self.model.boxes {
            let least = ports.least_height(item, half);
            cell::raise(&mut self.sizes.height, item, least);
        }
        let frames = Frames::new(&self.model, &self.sizes, &self.headers, &self.order);
        let (middles, _) = estimate::middles(&self.model, &frames, &self.order, None, 4);
        let lanes = lane::choose(&self.model, &self.order, &frames, &middles, chains, legs);
        let style = |net| {
            let link = nets
                .links(net)
                .first()
                .and_then(|link| self.model.links.get(*link));
            link.map(|link| link.style).unwrap_or_default()
        };
        let styles: Vec<EdgeStyle> = (0..nets.links.len()).map(style).collect();
        let plan = vertical::Plan {
            model: &self.model,
            order: &self.order,
            headers: &self.headers,
            chains,
            legs,
            lanes: &lanes,
            half,
            styles: &styles,
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a picture is smaller than 2^31 pixels"
        )]
        let guess: Vec<i32> = lanes.wish.iter().map(|wish| *wish as i32).collect();
        let heights = &self.sizes.height;
        let offsets = ports.offsets(&self.model, heights, chains, legs, (half, &guess));
        let mut levels = plan.levels(heights, offsets);
        let offsets = ports.offsets(&self.model, heights, chains, legs, (half, &levels.post));
        plan.realign(&mut levels, &offsets);
        levels
    }

    /// The tracks of all lines, with ports moved where lines would run over each other.
    fn tracks(
        &self,
        chains: &Chains,
        legs: &[chain::Leg],
        half: &[i32],
        levels: &mut Levels,
    ) -> Tracks {
        let extents = ItemExtents {
            model: &self.model,
            order: &self.order,
            headers: &self.headers,
            top: &levels.top,
            height: &levels.height,
        };
        let posts = (&mut *levels.post, half);
        Tracks::new(chains, &mut Nudge::new(chains, legs, posts, &extents))
    }
}

/// Where items begin and end.
struct ItemExtents<'a> {
    model: &'a Model,
    order: &'a Arrangement,
    headers: &'a [i32],
    top: &'a [i32],
    height: &'a [i32],
}

impl Extents for ItemExtents<'_> {
    fn side(&self, item: usize) -> (i32, i32) {
        if self.model.is_container(item) {
            let top = at(self.top, item);
            (top, top + at(self.headers, item))
        } else {
            self.whole(item)
        }
    }

    fn whole(&self, item: usize) -> (i32, i32) {
        let top = at(self.top, item);
        (top, top + at(self.height, item))
    }

    fn column(&self, container: usize, column: usize) -> Option<&[usize]> {
        // In a grid the lanes of one net keep one height through all columns.
        let columns = (!self.model.is_grid(container)).then(|| self.order.columns(container))?;
        columns.get(column).map(Vec::as_slice)
    }
}
