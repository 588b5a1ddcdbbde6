//! The way of each edge through the gutters, without numbers.
//!
//! A gutter is the space between two columns of a container, or between a column and the border;
//! lines go up and down in gutters only. A post is a place where a line passes from one gutter to
//! the next: a port on the side of a box, or a lane between the things of a column. A leg joins two
//! posts across one gutter. Whatever a line crosses on its way is a gutter or a lane, so no line
//! runs through a box, and only containers around one of its ends are entered.

use super::arrangement::Arrangement;
use super::cell::{at, row};
use super::model::{Link, Model};
use super::net::Nets;
use crate::diagram::scene::Scene;
use std::collections::BTreeMap;

/// The side of a box, or of a gutter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The left one.
    #[default]
    Left,
    /// The right one.
    Right,
}

/// What a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// On a side of a box or a container.
    Port(usize, Side),
    /// Between the things in a column of a container.
    Lane(usize, usize),
    /// The way down to the band below the columns, at the column of a root where it starts.
    Band(usize, usize),
}

/// A place where the lines of a net pass from one gutter to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Post {
    /// What it is.
    pub(super) kind: Kind,
    /// Whose lines pass.
    pub(super) net: usize,
}

/// A piece of a net across one gutter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Leg {
    /// The gutter.
    pub(super) gutter: usize,
    /// The post that it comes from, and the gutter's side that it is on.
    pub(super) from: (usize, Side),
    /// The post that it goes to, and the gutter's side that it is on.
    pub(super) to: (usize, Side),
}

/// The ways of all links.
#[derive(Debug, Default)]
pub(super) struct Chains {
    /// All posts.
    pub(super) posts: Vec<Post>,
    /// The legs of each link from its source to its target.
    pub(super) legs: Vec<Vec<Leg>>,
    /// The number of each container's first gutter; the others follow from left to right.
    pub(super) first_gutter: Vec<usize>,
    /// How many gutters there are.
    pub(super) gutters: usize,
    /// The item of the picture itself.
    pub(super) root: usize,
}

impl Chains {
    /// The ways of all links in `order`.
    pub(super) fn new(scene: &Scene, model: &Model, order: &Arrangement, nets: &Nets) -> Self {
        let mut first_gutter = Vec::with_capacity(model.root + 2);
        let mut gutters = 0;
        for item in 0..model.root + 2 {
            first_gutter.push(gutters);
            if model.is_container(item) {
                gutters += order.columns(item).len() + 1;
            }
        }
        let mut walk = Walk {
            scene,
            model,
            order,
            known: BTreeMap::new(),
            chains: Self {
                first_gutter,
                gutters,
                root: model.root,
                ..Self::default()
            },
        };
        for (link, net) in model.links.iter().zip(&nets.of_link) {
            let legs = walk.link(*link, *net);
            walk.chains.legs.push(legs);
        }
        walk.chains
    }

    /// The post at `place`.
    pub(super) fn post(&self, place: usize) -> Option<Post> {
        self.posts.get(place).copied()
    }

    /// The legs of a link.
    pub(super) fn legs(&self, link: usize) -> &[Leg] {
        row(&self.legs, link)
    }

    /// The legs of all links, each pair of posts once, sorted by gutter.
    pub(super) fn distinct_legs(&self) -> Vec<Leg> {
        let forward = |leg: &Leg| {
            if leg.from.0 <= leg.to.0 {
                *leg
            } else {
                reversed(*leg)
            }
        };
        let mut legs: Vec<Leg> = self.legs.iter().flatten().map(forward).collect();
        legs.sort_unstable_by_key(|leg| (leg.gutter, leg.from.0, leg.to.0));
        legs.dedup();
        legs
    }

    /// The number of the gutter left of `column` of `container`.
    pub(super) fn gutter(&self, container: usize, column: usize) -> usize {
        at(&self.first_gutter, container) + column
    }
}

struct Walk<'a> {
    scene: &'a Scene,
    model: &'a Model,
    order: &'a Arrangement,
    known: BTreeMap<(Kind, usize), usize>,
    chains: Chains,
}

/// The way from one end of a link out of its containers.
struct Exit {
    /// The legs so far, from the inside to the outside.
    legs: Vec<Leg>,
    /// The outermost post.
    post: usize,
    /// The side on which the line is outside.
    side: Side,
}

impl Walk<'_> {
    fn post(&mut self, kind: Kind, net: usize) -> usize {
        let new = self.chains.posts.len();
        let post = *self.known.entry((kind, net)).or_insert(new);
        if post == new {
            self.chains.posts.push(Post { kind, net });
        }
        post
    }

    fn link(&mut self, link: Link, net: usize) -> Vec<Leg> {
        let outer = self.meeting(link.from, link.to);
        let (from, to) = match outer {
            Some(_) => (link.from, link.to),
            None => return self.across_to_band(link, net),
        };
        let outer = outer.unwrap_or(self.model.root);
        let (first, last) = (self.child(outer, from), self.child(outer, to));
        let (start, end) = (self.order.column(first), self.order.column(last));
        let (leave, enter) = match start.cmp(&end) {
            std::cmp::Ordering::Less => (Side::Right, Side::Left),
            std::cmp::Ordering::Greater => (Side::Left, Side::Right),
            std::cmp::Ordering::Equal => {
                let side = self.turning_side(outer, start);
                (side, side)
            }
        };
        let mut exit = self.exit(from, first, leave, net);
        let entry = self.exit(to, last, enter, net);
        self.cross(&mut exit, outer, start, end, net);
        let gutter = self
            .chains
            .gutter(outer, end + usize::from(enter == Side::Right));
        let mut legs = exit.legs;
        legs.push(Leg {
            gutter,
            from: (exit.post, facing(exit.side)),
            to: (entry.post, facing(entry.side)),
        });
        legs.extend(entry.legs.into_iter().rev().map(reversed));
        legs
    }

    /// Legs over all columns strictly between `start` and `end`.
    fn cross(&mut self, exit: &mut Exit, outer: usize, start: usize, end: usize, net: usize) {
        let between: Vec<usize> = match exit.side {
            Side::Right => (start + 1..end).collect(),
            Side::Left => (end + 1..start).rev().collect(),
        };
        for column in between {
            let lane = self.post(Kind::Lane(outer, column), net);
            let gutter = self
                .chains
                .gutter(outer, column + usize::from(exit.side == Side::Left));
            exit.legs.push(Leg {
                gutter,
                from: (exit.post, facing(exit.side)),
                to: (lane, facing(opposite(exit.side))),
            });
            exit.post = lane;
        }
    }

    /// The way from `item` to the outside of `last`, an item around it or itself.
    fn exit(&mut self, item: usize, last: usize, side: Side, net: usize) -> Exit {
        let mut exit = Exit {
            legs: Vec::new(),
            post: self.post(Kind::Port(item, side), net),
            side,
        };
        let mut inner = item;
        while inner != last && !self.model.is_root(inner) {
            let container = self.model.parent(inner);
            let column = self.order.column(inner);
            match side {
                Side::Right => {
                    let columns = self.order.columns(container).len();
                    self.cross(&mut exit, container, column, columns, net);
                }
                // One more than the first column, so that column 0 is crossed too.
                Side::Left => self.cross_to_left_border(&mut exit, container, column, net),
            }
            inner = container;
        }
        exit
    }

    fn cross_to_left_border(&mut self, exit: &mut Exit, container: usize, from: usize, net: usize) {
        for column in (0..from).rev() {
            let lane = self.post(Kind::Lane(container, column), net);
            exit.legs.push(Leg {
                gutter: self.chains.gutter(container, column + 1),
                from: (exit.post, Side::Right),
                to: (lane, Side::Left),
            });
            exit.post = lane;
        }
    }

    /// The side on which a line turns that joins two things of one column.
    ///
    /// The last column's right border may be taken by docked boxes, and lines right of the data
    /// would widen the picture.
    fn turning_side(&self, outer: usize, column: usize) -> Side {
        let last = column + 1 == self.order.columns(outer).len();
        let docked = |item: &usize| self.scene.boxes.get(*item).is_some_and(|one| one.docked);
        let taken =
            (self.order.columns(outer).get(column)).is_some_and(|items| items.iter().any(docked));
        if last && (taken || (outer == self.model.root && column > 0)) {
            Side::Left
        } else {
            Side::Right
        }
    }

    /// The way between a column of the picture and the band.
    fn across_to_band(&mut self, link: Link, net: usize) -> Vec<Leg> {
        let down = self.model.parent(self.model.top(link.to)) == self.model.band;
        let (above, below) = if down {
            (link.from, link.to)
        } else {
            (link.to, link.from)
        };
        let top = self.model.top(above);
        let column = self.order.column(top);
        let columns = self.order.columns(self.model.root).len();
        let side = if column > 0 && column + 1 == columns {
            Side::Left
        } else {
            Side::Right
        };
        let mut exit = self.exit(above, top, side, net);
        let gutter = column + usize::from(side == Side::Right);
        let turn = self.post(Kind::Band(self.model.root, gutter), net);
        exit.legs.push(Leg {
            gutter: self.chains.gutter(self.model.root, gutter),
            from: (exit.post, facing(side)),
            to: (turn, Side::Right),
        });
        let top = self.model.top(below);
        let entry = self.exit(below, top, Side::Left, net);
        let column = self.order.column(top);
        let turn_below = self.post(Kind::Band(self.model.band, column), net);
        exit.legs.push(Leg {
            gutter: self.chains.gutter(self.model.band, column),
            from: (turn_below, Side::Left),
            to: (entry.post, Side::Right),
        });
        exit.legs.extend(entry.legs.into_iter().rev().map(reversed));
        if down {
            exit.legs
        } else {
            exit.legs.into_iter().rev().map(reversed).collect()
        }
    }

    /// The innermost container around both items; none where one is in the band and one is not.
    fn meeting(&self, one: usize, other: usize) -> Option<usize> {
        let mut outer = self.model.parent(one);
        while !self.model.contains(outer, other) {
            if self.model.is_root(outer) {
                return None;
            }
            outer = self.model.parent(outer);
        }
        Some(outer)
    }

    /// The item directly in `outer` that is or contains `item`.
    fn child(&self, outer: usize, mut item: usize) -> usize {
        while self.model.parent(item) != outer && !self.model.is_root(item) {
            item = self.model.parent(item);
        }
        item
    }
}

/// The gutter's side on which something stands that is left by `side`.
fn facing(side: Side) -> Side {
    opposite(side)
}

fn opposite(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
    }
}

fn reversed(leg: Leg) -> Leg {
    Leg {
        from: leg.to,
        to: leg.from,
        ..leg
    }
}
