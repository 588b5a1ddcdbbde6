//! The fewest changes that close what is open.

use super::{Block, Cell, Table, code, short_name};
use crate::report::form::Report;
use serde_json::Value as Json;

pub(super) fn changes(report: &Report) -> Vec<Block> {
    let groups = report.cuts.iter().filter(|cut| !cut.changes.is_empty());
    let mut blocks: Vec<Block> = groups
        .map(|cut| {
            let names: Vec<String> = cut.closes.iter().map(|id| code(short_name(id))).collect();
            let rows = cut.changes.iter().map(|change| {
                vec![
                    Cell::plain(code(short_name(&change.resource))),
                    Cell::plain(code(&change.pointer)),
                    Cell::plain(value(&change.from)),
                    Cell::plain(value(&change.to)),
                ]
            });
            let table = Table {
                columns: &["Resource", "Property", "From", "To"],
                rows: rows.collect(),
            };
            let mut inner = vec![Block::Table(table)];
            if !cut.optimal {
                let says = "Fewer changes may do: the search was cut short.";
                inner.push(Block::Prose(says.to_owned()));
            }
            Block::Group(format!("To close {}", names.join(", ")), inner)
        })
        .collect();
    if blocks.is_empty() && !report.exposures.is_empty() {
        let says = "Nothing that holds models or data is open in a way that a change of one \
                    property in the inputs would close.";
        blocks.push(Block::Prose(says.to_owned()));
    }
    blocks
}

fn value(value: &Json) -> String {
    match value {
        Json::Null => "absent".to_owned(),
        Json::String(text) => code(text),
        other => code(&other.to_string()),
    }
}
