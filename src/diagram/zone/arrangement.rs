//! Which column of its surroundings everything stands in, and in which order.

use super::cell::{at, put, row};
use super::model::Model;
use crate::diagram::scene::Zone;

/// The columns of each container and of the roots.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrangement {
    /// For each item its columns from left to right, each from top to bottom.
    pub(super) columns: Vec<Vec<Vec<usize>>>,
    /// The zone of each column of the root.
    pub(super) zones: Vec<Zone>,
    /// The column of each item in its container.
    pub(super) column: Vec<usize>,
    /// The place of each item in its column.
    pub(super) row: Vec<usize>,
}

impl Arrangement {
    /// An arrangement without columns.
    pub(super) fn new(model: &Model) -> Self {
        Self {
            columns: vec![Vec::new(); model.root + 2],
            zones: Vec::new(),
            column: vec![0; model.root + 2],
            row: vec![0; model.root + 2],
        }
    }

    /// The columns of `container`.
    pub(super) fn columns(&self, container: usize) -> &[Vec<usize>] {
        row(&self.columns, container)
    }

    /// The column of an item.
    pub(super) fn column(&self, item: usize) -> usize {
        at(&self.column, item)
    }

    /// The place of an item in its column.
    pub(super) fn row(&self, item: usize) -> usize {
        at(&self.row, item)
    }

    /// Gives `container` these columns.
    pub(super) fn set(&mut self, container: usize, columns: Vec<Vec<usize>>) {
        for (column, items) in columns.iter().enumerate() {
            for (place, item) in items.iter().enumerate() {
                put(&mut self.column, *item, column);
                put(&mut self.row, *item, place);
            }
        }
        put(&mut self.columns, container, columns);
    }

    /// Exchanges the places of two items of one container.
    pub(super) fn swap(&mut self, container: usize, one: usize, other: usize) {
        let places = [
            (self.column(one), self.row(one), other),
            (self.column(other), self.row(other), one),
        ];
        for (column, place, item) in places {
            if let Some(slot) = (self.columns.get_mut(container))
                .and_then(|columns| columns.get_mut(column))
                .and_then(|items| items.get_mut(place))
            {
                *slot = item;
            }
            put(&mut self.column, item, column);
            put(&mut self.row, item, place);
        }
    }
}
