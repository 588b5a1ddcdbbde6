//! From settled heights, tracks and widths to the finished layout.

use super::caption::Owner;
use super::cell::{self, at, put};
use super::chain::{self, Chains};
use super::compose::{COLUMNS_TOP, Composer, ZONE_PADDING};
use super::net::Nets;
use super::path::{Tracks, Ways};
use super::vertical::Levels;
use super::{Engine, horizontal, label, model, size};
use crate::diagram::layout::{BundlePlace, EdgePlace, Layout, Point, Rect, Slot};

impl Engine<'_> {
    /// The finished layout.
    pub(super) fn draw(
        &self,
        plan: horizontal::Plan<'_>,
        mut levels: Levels,
        tracks: &Tracks,
        spans: &horizontal::Spans,
        nets: &Nets,
    ) -> Layout {
        let has_columns = !self.model.children(self.model.root).is_empty();
        let bottom = if has_columns {
            COLUMNS_TOP + at(&levels.height, self.model.root) - size::PADDING + ZONE_PADDING
        } else {
            0
        };
        for y in levels.post.iter_mut().chain(&mut levels.top) {
            *y += COLUMNS_TOP;
        }
        let mut ways = Ways {
            chains: plan.chains,
            tracks,
            levels: &levels,
            spans,
            corridor: Vec::new(),
        };
        let corridor = ways.corridor(nets.links.len(), bottom + 14);
        let corridor_lines = std::mem::take(&mut ways.corridor);
        let band_top = bottom + corridor + if has_columns { 26 } else { 12 };
        let down = band_top + ZONE_PADDING - COLUMNS_TOP;
        self.lower_band(&mut levels, plan.chains, down);
        let ways = Ways {
            chains: plan.chains,
            tracks,
            levels: &levels,
            spans,
            corridor: corridor_lines,
        };
        let rects = self.rects(&levels, spans);
        let in_band = at(&levels.height, self.model.band) - size::PADDING;
        let band = Rect::new(12, band_top, 0, in_band + 2 * ZONE_PADDING);
        let mut layout = self.panels(&rects, spans.whole, has_columns.then_some(bottom), band);
        layout.slots = self.slots(&levels);
        self.draw_edges(&ways, plan, nets, &mut layout);
        layout
    }

    /// The picture with its panels, frames and boxes. The columns, if there are any, end at `bottom`;
    /// `band` is the panel below them, without its width.
    fn panels(
        &self,
        rects: &[Rect],
        least_width: i32,
        bottom: Option<i32>,
        mut band: Rect,
    ) -> Layout {
        let composer = Composer {
            scene: self.scene,
            model: &self.model,
            order: &self.order,
            rects,
            headers: &self.headers,
        };
        let mut zones = bottom.map_or_else(Vec::new, |bottom| composer.zones(bottom));
        let right = zones.iter().map(|zone| zone.rect.right() + 12).max();
        let width = least_width.max(right.unwrap_or(0));
        let mut height = bottom.unwrap_or(0) + 12;
        if !self.model.children(self.model.band).is_empty() {
            band.width = width - 24;
            zones.push(composer.band(band));
            height = band.bottom() + 12;
        }
        Layout {
            width,
            height,
            zones,
            containers: composer.containers(),
            boxes: composer.boxes(),
            ..Layout::default()
        }
    }

    /// Moves what is in the band, and the lines' ends in it, below the columns.
    fn lower_band(&self, levels: &mut Levels, chains: &Chains, down: i32) {
        let in_band = |item: usize| self.model.parent(self.model.top(item)) == self.model.band;
        for item in 0..self.model.root {
            if in_band(item) {
                cell::add(&mut levels.top, item, down);
            }
        }
        for (place, post) in chains.posts.iter().enumerate() {
            let below = match post.kind {
                chain::Kind::Port(item, _) => in_band(item),
                chain::Kind::Lane(item, _) => {
                    item == self.model.band || (!self.model.is_root(item) && in_band(item))
                }
                chain::Kind::Band(..) => false,
            };
            if below {
                cell::add(&mut levels.post, place, down);
            }
        }
    }

    fn rects(&self, levels: &Levels, spans: &horizontal::Spans) -> Vec<Rect> {
        let rect = |item| Rect {
            x: at(&spans.left, item),
            y: at(&levels.top, item),
            width: at(&spans.width, item),
            height: at(&levels.height, item),
        };
        (0..self.model.root).map(rect).collect()
    }

    fn draw_edges(
        &self,
        ways: &Ways<'_>,
        plan: horizontal::Plan<'_>,
        nets: &Nets,
        layout: &mut Layout,
    ) {
        let mut bundle_of = vec![None; nets.links.len()];
        for (net, links) in nets
            .links
            .iter()
            .enumerate()
            .filter(|(_, links)| links.len() > 1)
        {
            put(&mut bundle_of, net, Some(layout.bundles.len()));
            let edges = || links.iter().filter_map(|link| self.model.links.get(*link));
            let count = |link: &model::Link| {
                self.scene
                    .edges
                    .get(link.edge)
                    .map_or(1, |edge| edge.count.max(1))
            };
            layout.bundles.push(BundlePlace {
                // Links are in the order of the scene's edges, and so are the edges drawn.
                edges: links.clone(),
                count: edges().map(count).sum(),
                label: None,
            });
        }
        for (place, link) in self.model.links.iter().enumerate() {
            let net = at(&nets.of_link, place);
            layout.edges.push(EdgePlace {
                edge: link.edge,
                points: ways.points(place, net),
                marker: Point::default(),
                label: None,
                bundle: at(&bundle_of, net),
                backwards: self.shares_target_only(nets.links(net)),
            });
        }
        let mut pills = Vec::new();
        for caption in plan.captions {
            let Some(label) = label::place(caption, ways, plan) else {
                continue;
            };
            pills.push(label.rect);
            match caption.owner {
                Owner::Link(link) => {
                    if let Some(edge) = layout.edges.get_mut(link) {
                        edge.label = Some(label);
                    }
                }
                Owner::Net(net) => {
                    let bundle =
                        at(&bundle_of, net).and_then(|bundle| layout.bundles.get_mut(bundle));
                    if let Some(bundle) = bundle {
                        bundle.label = Some(label);
                    }
                }
            }
        }
        for edge in &mut layout.edges {
            edge.marker = label::marker(&edge.points, &pills);
        }
    }

    fn shares_target_only(&self, links: &[usize]) -> bool {
        let all = || links.iter().filter_map(|link| self.model.links.get(*link));
        let first = all().next().copied().unwrap_or_default();
        all().all(|link| link.to == first.to) && all().any(|link| link.from != first.from)
    }

    fn slots(&self, levels: &Levels) -> Vec<Slot> {
        let ids = (self.scene.boxes.iter().map(|one| &one.id))
            .chain(self.scene.containers.iter().map(|one| &one.id));
        let mut slots: Vec<Slot> = (ids.enumerate())
            .map(|(item, id)| Slot {
                id: id.clone(),
                column: u32::try_from(self.order.column(item)).unwrap_or(0),
                row: u32::try_from(self.order.row(item)).unwrap_or(0),
                y: at(&levels.top, item),
            })
            .collect();
        slots.sort_by(|one, other| one.id.cmp(&other.id));
        slots.dedup_by(|one, other| one.id == other.id);
        slots
    }
}
