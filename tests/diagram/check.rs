//! An independent look at a layout: only rectangles and lines, nothing of how they came about.

use sightline::diagram::{BoxPlace, Layout, NodeId, Point, Rect, Scene};
use std::collections::{BTreeMap, BTreeSet};

/// What an area of the picture is taken by.
#[derive(Clone, Debug)]
struct Area {
    rect: Rect,
    what: String,
    /// Edges that may touch its border or run inside: places in the layout's edges.
    friends: BTreeSet<usize>,
    /// Whether a friend may be anywhere in it, not only on its border.
    open: bool,
}

/// Everything that is wrong with a layout.
pub(crate) fn faults(scene: &Scene, layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    nesting(scene, layout, &mut faults);
    let areas = areas(scene, layout);
    let index = Index::new(&areas);
    for (place, edge) in layout.edges.iter().enumerate() {
        if edge.points.len() < 2 {
            faults.push(format!(
                "short: edge {place} has {} points",
                edge.points.len()
            ));
        }
        for (one, other) in edge.points.iter().zip(edge.points.iter().skip(1)) {
            if (one.x == other.x) == (one.y == other.y) {
                faults.push(format!("slanted: edge {place} from {one:?} to {other:?}"));
            }
            for area in index.around(span(*one, *other)) {
                let area = &areas[area];
                let friend = area.friends.contains(&place);
                let hit = if friend {
                    inside(area.rect, *one, *other)
                } else {
                    touches(area.rect, *one, *other)
                };
                if hit && !(friend && area.open) {
                    faults.push(format!(
                        "{} hit: by edge {place} {one:?}-{other:?}, {:?}",
                        area.what, area.rect
                    ));
                }
            }
        }
    }
    labels(layout, &areas, &index, &mut faults);
    ends(scene, layout, &mut faults);
    let whole = Rect::new(0, 0, layout.width, layout.height);
    for area in &areas {
        if !whole.contains(area.rect) {
            faults.push(format!("outside: {} {:?}", area.what, area.rect));
        }
    }
    for edge in &layout.edges {
        for point in &edge.points {
            if !whole.contains(Rect::new(point.x, point.y, 0, 0)) {
                faults.push(format!("outside: {point:?}"));
            }
        }
    }
    faults
}

fn span(one: Point, other: Point) -> Rect {
    let (x, y) = (one.x.min(other.x), one.y.min(other.y));
    Rect::new(x, y, (one.x - other.x).abs(), (one.y - other.y).abs())
}

/// Whether a piece shares a point with the rectangle, borders included.
fn touches(rect: Rect, one: Point, other: Point) -> bool {
    let span = span(one, other);
    span.x <= rect.right()
        && rect.x <= span.right()
        && span.y <= rect.bottom()
        && rect.y <= span.bottom()
}

/// Whether a piece shares a point with the inside of the rectangle.
fn inside(rect: Rect, one: Point, other: Point) -> bool {
    let span = span(one, other);
    span.x < rect.right()
        && rect.x < span.right()
        && span.y < rect.bottom()
        && rect.y < span.bottom()
}

fn nesting<'a>(scene: &'a Scene, layout: &Layout, faults: &mut Vec<String>) {
    let frames: BTreeMap<&NodeId, _> = (layout.containers.iter())
        .map(|place| (&scene.containers[place.container].id, place))
        .collect();
    let mut siblings: BTreeMap<Option<&'a NodeId>, Vec<(Rect, String)>> = BTreeMap::new();
    let mut check = |id: &str, rect: Rect, outer: Option<&'a NodeId>, faults: &mut Vec<String>| {
        let outer = outer.filter(|outer| frames.contains_key(outer));
        if let Some(frame) = outer.and_then(|outer| frames.get(outer)) {
            if !frame.rect.contains(rect) {
                faults.push(format!("containment: {id} {rect:?} in {:?}", frame.rect));
            }
            if frame.header.overlaps(rect) {
                faults.push(format!("header: {id} on {:?}", frame.header));
            }
        }
        siblings
            .entry(outer)
            .or_default()
            .push((rect, id.to_owned()));
    };
    for place in &layout.boxes {
        let one = &scene.boxes[place.scene_box];
        check(&one.id.0, place.rect, one.container.as_ref(), faults);
        for inner in [place.icon, text_rect(place)] {
            if !place.rect.contains(inner) {
                faults.push(format!("text: {} {inner:?} in {:?}", one.id.0, place.rect));
            }
        }
    }
    for place in &layout.containers {
        let one = &scene.containers[place.container];
        check(&one.id.0, place.rect, one.parent.as_ref(), faults);
        for badge in &place.badges {
            if !place.header.contains(badge.rect) {
                faults.push(format!(
                    "badge: {} {:?} in {:?}",
                    one.id.0, badge.rect, place.header
                ));
            }
        }
    }
    for list in siblings.values_mut() {
        list.sort_by_key(|(rect, _)| rect.x);
        for (place, (one, id)) in list.iter().enumerate() {
            for (other, other_id) in list
                .iter()
                .skip(place + 1)
                .take_while(|(other, _)| other.x < one.right())
            {
                if one.overlaps(*other) {
                    faults.push(format!("overlap: {id} {one:?} and {other_id} {other:?}"));
                }
            }
        }
    }
    if layout.boxes.len() != scene.boxes.len() || layout.containers.len() != scene.containers.len()
    {
        faults.push("missing: not everything has a place".to_owned());
    }
}

/// Where a box's first line is, at the width that it was measured with.
fn text_rect(place: &BoxPlace) -> Rect {
    let width = sightline::diagram::text::Font::TITLE.width_px(&place.title.text);
    let x = match place.title.anchor {
        sightline::diagram::Anchor::Start => place.title.at.x,
        sightline::diagram::Anchor::Middle => place.title.at.x - width / 2,
        sightline::diagram::Anchor::End => place.title.at.x - width,
    };
    Rect::new(x, place.title.at.y - 10, width, 12)
}

fn areas(scene: &Scene, layout: &Layout) -> Vec<Area> {
    let ends: Vec<[&str; 2]> = (layout.edges.iter())
        .map(|place| &scene.edges[place.edge])
        .map(|edge| [edge.from.0.as_str(), edge.to.0.as_str()])
        .collect();
    let mut edges_of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (place, ends) in ends.iter().enumerate() {
        for end in ends {
            edges_of.entry(end).or_default().insert(place);
        }
    }
    let of = |id: &str| edges_of.get(id).cloned().unwrap_or_default();
    let mut areas = Vec::new();
    // The edges that end in each container or in something in it.
    let mut within: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let parents: BTreeMap<&str, Option<&str>> = (scene.containers.iter())
        .map(|one| {
            (
                one.id.0.as_str(),
                one.parent.as_ref().map(|id| id.0.as_str()),
            )
        })
        .collect();
    let boxes = scene.boxes.iter().map(|one| {
        (
            one.id.0.as_str(),
            one.container.as_ref().map(|id| id.0.as_str()),
        )
    });
    let frames = scene
        .containers
        .iter()
        .map(|one| (one.id.0.as_str(), Some(one.id.0.as_str())));
    for (id, outer) in boxes.chain(frames) {
        let mut outer = outer;
        while let Some(frame) = outer {
            within.entry(frame).or_default().extend(of(id));
            outer = parents.get(frame).copied().flatten();
        }
    }
    for place in &layout.boxes {
        let id = scene.boxes[place.scene_box].id.0.as_str();
        areas.push(Area {
            rect: place.rect,
            what: "box".into(),
            friends: of(id),
            open: false,
        });
    }
    for place in &layout.containers {
        let id = scene.containers[place.container].id.0.as_str();
        let friends = within.get(id).cloned().unwrap_or_default();
        areas.push(Area {
            rect: place.rect,
            what: "foreign container".into(),
            friends,
            open: true,
        });
        areas.push(Area {
            rect: place.header.grown(-1),
            what: "header".into(),
            friends: BTreeSet::new(),
            open: false,
        });
    }
    for zone in &layout.zones {
        for line in &zone.heading {
            let width = sightline::diagram::text::Font::HEADING.width_px(&line.text);
            let x = if line.anchor == sightline::diagram::Anchor::Middle {
                line.at.x - width / 2
            } else {
                line.at.x
            };
            let rect = Rect::new(x, line.at.y - 9, width, 11);
            areas.push(Area {
                rect,
                what: "heading".into(),
                friends: BTreeSet::new(),
                open: false,
            });
        }
    }
    areas
}

fn labels(layout: &Layout, areas: &[Area], index: &Index, faults: &mut Vec<String>) {
    let own = layout
        .edges
        .iter()
        .enumerate()
        .filter_map(|(place, edge)| Some((edge.label.as_ref()?.rect, vec![place])));
    let shared = layout
        .bundles
        .iter()
        .filter_map(|bundle| Some((bundle.label.as_ref()?.rect, bundle.edges.clone())));
    let pills: Vec<(Rect, Vec<usize>)> = own.chain(shared).collect();
    let pill_areas: Vec<Area> = (pills.iter())
        .map(|(rect, edges)| Area {
            rect: *rect,
            what: "label".into(),
            friends: edges.iter().copied().collect(),
            open: true,
        })
        .collect();
    let pill_index = Index::new(&pill_areas);
    for (place, (rect, _)) in pills.iter().enumerate() {
        for other in pill_index.around(*rect) {
            if other != place && pills[other].0.overlaps(*rect) {
                faults.push(format!("labels overlap: {rect:?} {:?}", pills[other].0));
            }
        }
        for area in index.around(*rect) {
            if areas[area].what != "foreign container" && areas[area].rect.overlaps(*rect) {
                faults.push(format!(
                    "label on {}: {rect:?} {:?}",
                    areas[area].what, areas[area].rect
                ));
            }
        }
    }
    for (place, edge) in layout.edges.iter().enumerate() {
        for (one, other) in edge.points.iter().zip(edge.points.iter().skip(1)) {
            for pill in pill_index.around(span(*one, *other)) {
                let area = &pill_areas[pill];
                if touches(area.rect, *one, *other) && !area.friends.contains(&place) {
                    faults.push(format!(
                        "label hit: {:?} by edge {place} {one:?}-{other:?}",
                        area.rect
                    ));
                }
            }
        }
    }
}

/// Every edge starts and ends on the border of its ends.
fn ends(scene: &Scene, layout: &Layout, faults: &mut Vec<String>) {
    let mut rects: BTreeMap<&str, Rect> = BTreeMap::new();
    for place in &layout.containers {
        rects.insert(&scene.containers[place.container].id.0, place.rect);
    }
    for place in &layout.boxes {
        rects.insert(&scene.boxes[place.scene_box].id.0, place.rect);
    }
    for place in &layout.edges {
        let edge = &scene.edges[place.edge];
        for (point, id) in [
            (place.points.first(), &edge.from),
            (place.points.last(), &edge.to),
        ] {
            let rect = rects[id.0.as_str()];
            let on_border = point.is_some_and(|point| {
                (point.x == rect.x || point.x == rect.right())
                    && point.y > rect.y
                    && point.y < rect.bottom()
            });
            if !on_border {
                faults.push(format!("end: {point:?} of {} at {rect:?}", edge.from.0));
            }
        }
    }
}

type Pieces = BTreeMap<(bool, i32), Vec<(i32, i32, usize)>>;

/// Pairs of edges that are in no bundle together and share a piece of a line.
pub(crate) fn shared_pieces(layout: &Layout) -> Vec<String> {
    // By direction and place: the two ends of each piece, and its edge.
    let mut pieces: Pieces = BTreeMap::new();
    for (place, edge) in layout.edges.iter().enumerate() {
        for (one, other) in edge.points.iter().zip(edge.points.iter().skip(1)) {
            let span = span(*one, *other);
            let (key, low, high) = if one.x == other.x {
                ((true, one.x), span.y, span.bottom())
            } else {
                ((false, one.y), span.x, span.right())
            };
            pieces.entry(key).or_default().push((low, high, place));
        }
    }
    let bundle = |place: usize| {
        layout.edges[place]
            .bundle
            .map_or(place + layout.bundles.len(), |bundle| bundle)
    };
    let mut shared = Vec::new();
    for (key, list) in &mut pieces {
        list.sort_unstable();
        for (place, one) in list.iter().enumerate() {
            for other in list
                .iter()
                .skip(place + 1)
                .take_while(|other| other.0 < one.1)
            {
                if bundle(one.2) != bundle(other.2) {
                    shared.push(format!("{key:?} {one:?} {other:?}"));
                }
            }
        }
    }
    shared
}

/// Crossings of straight lines from middle to middle between edges with no common end.
pub(crate) fn crossings(scene: &Scene, layout: &Layout) -> usize {
    let middles: BTreeMap<&str, (i64, i64)> = (layout.boxes.iter())
        .map(|place| {
            let rect = place.rect;
            let middle = (
                i64::from(2 * rect.x + rect.width),
                i64::from(2 * rect.y + rect.height),
            );
            (scene.boxes[place.scene_box].id.0.as_str(), middle)
        })
        .collect();
    let lines: Vec<_> = (scene.edges.iter())
        .filter_map(|edge| {
            let ends = (edge.from.0.as_str(), edge.to.0.as_str());
            Some((ends, *middles.get(ends.0)?, *middles.get(ends.1)?))
        })
        .collect();
    let side = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
        ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum()
    };
    let mut count = 0;
    for (place, (ends, a, b)) in lines.iter().enumerate() {
        for (other_ends, c, d) in lines.iter().skip(place + 1) {
            let apart = ends.0 != other_ends.0
                && ends.0 != other_ends.1
                && ends.1 != other_ends.0
                && ends.1 != other_ends.1;
            if apart
                && side(*a, *b, *c) * side(*a, *b, *d) < 0
                && side(*c, *d, *a) * side(*c, *d, *b) < 0
            {
                count += 1;
            }
        }
    }
    count
}

/// Finds the areas near a rectangle without looking at all of them.
struct Index {
    cells: BTreeMap<(i32, i32), Vec<usize>>,
}

const CELL: i32 = 160;

impl Index {
    fn new(areas: &[Area]) -> Self {
        let mut cells: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
        for (place, area) in areas.iter().enumerate() {
            for cell in Self::cells(area.rect) {
                cells.entry(cell).or_default().push(place);
            }
        }
        Self { cells }
    }

    fn cells(rect: Rect) -> impl Iterator<Item = (i32, i32)> {
        let columns = rect.x.div_euclid(CELL)..=rect.right().div_euclid(CELL);
        columns.flat_map(move |x| {
            (rect.y.div_euclid(CELL)..=rect.bottom().div_euclid(CELL)).map(move |y| (x, y))
        })
    }

    fn around(&self, rect: Rect) -> BTreeSet<usize> {
        let lists = Self::cells(rect).filter_map(|cell| self.cells.get(&cell));
        lists.flatten().copied().collect()
    }
}
