//! Answers of Azure's own commands, as statements about resources.
//!
//! In: the documents whose role is an answer. Out: the resources that their rows state, in the form
//! in which templates declare them, so that the inventory joins the two and every value keeps its
//! place in the answer's file.
//!
//! Taken are the rows of `az role assignment list`, `az role definition list`,
//! `az network private-endpoint-connection list`, `az resource show`, `az resource list`, of the
//! `show` and `list` of `az network`, which lay properties flat, and of a Resource Graph query, and
//! the list of `az network list-service-tags`: as a list, as one object, below `value` or `data`, or
//! as a table with `columns` and `rows`.
//!
//! **Invariant.** An answer is what Azure reports, so its rows are deployed and nothing in it is an
//! expression.

mod row;

use crate::arm::DeclaredResource;
use crate::input::{Inputs, Role};
use crate::value::{Member, Value};

/// The resources that the answers among `inputs` state, in order. O(bytes).
pub fn read_answers(inputs: &Inputs) -> Vec<DeclaredResource> {
    inputs
        .documents
        .iter()
        .filter(|document| document.role == Role::Answer)
        .flat_map(|document| rows(&document.root))
        .filter_map(|row| row::read(&row))
        .collect()
}

/// The rows of an answer: those of its list or table, or the answer itself.
fn rows(root: &Value) -> Vec<Value> {
    let inner = root.get("data").or_else(|| root.get("value"));
    let list = root.as_array().or_else(|| inner.and_then(Value::as_array));
    if let Some(list) = list {
        return list.to_vec();
    }
    match inner {
        Some(inner) if inner.get("columns").is_some() => table(inner),
        _ => vec![root.clone()],
    }
}

/// The rows of a table, each with the names of its columns.
fn table(table: &Value) -> Vec<Value> {
    let columns = table.get("columns").map_or(&[][..], Value::items);
    let rows = table.get("rows").map_or(&[][..], Value::items);
    rows.iter()
        .map(|row| {
            let members = columns
                .iter()
                .zip(row.items())
                .filter_map(|(column, value)| {
                    let name = column.get("name")?;
                    Some(Member {
                        name: name.as_str()?.into(),
                        name_span: name.span,
                        value: value.clone(),
                    })
                });
            Value::object(row.span, members.collect())
        })
        .collect()
}
