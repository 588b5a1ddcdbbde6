//! Copy loops within values: properties, variables and outputs.
//!
//! Loops of resources are unrolled where resources are declared; they share [`Turns`].

use super::context::{Context, CopyIndex, CopyKind, Place};
use super::evaluator::{Evaluator, failed};
use super::failure::Failure;
use super::limit;
use crate::source::Span;
use crate::value::{Data, Member, Text, Unknown, Value};
use std::sync::Arc;

/// How often a loop turns.
#[derive(Clone, Debug)]
pub(crate) enum Turns {
    /// So often.
    Known(u32),
    /// Not to be known.
    Unknown(Arc<Unknown>),
}

/// Whether the value of a member `copy` is a list of loops, and not data of that name.
pub(crate) fn is_loops(value: &Value) -> bool {
    value.as_array().is_some_and(|entries| {
        !entries.is_empty()
            && entries.iter().all(|entry| {
                ["name", "count", "input"]
                    .iter()
                    .all(|name| entry.get(name).is_some())
            })
    })
}

impl Evaluator<'_> {
    /// The turns that `count`, a loop's member of that name, asks for.
    pub(crate) fn turns(&mut self, count: Option<&Value>, context: &Context, at: Span) -> Turns {
        let Some(count) = count else {
            let failure = Failure::new("arm-copy", "the copy loop has no `count`");
            return self.failed_turns(failure, at);
        };
        let value = self.evaluate(count, &context.in_place(Place::Identity));
        match &value.data {
            Data::Unknown(unknown) => Turns::Unknown(Arc::clone(unknown)),
            Data::Integer(turns @ 0..=limit::COPIES) => {
                Turns::Known(u32::try_from(*turns).unwrap_or(0))
            }
            Data::Integer(turns) => {
                let message = format!(
                    "the copy loop's `count` is {turns}, and Azure takes 0 to {}",
                    limit::COPIES
                );
                self.failed_turns(Failure::new("arm-copy", message), count.span)
            }
            _ => {
                let message = format!(
                    "the copy loop's `count` is to be an int, not {}",
                    value.type_name()
                );
                self.failed_turns(Failure::new("arm-copy", message), count.span)
            }
        }
    }

    fn failed_turns(&mut self, failure: Failure, span: Span) -> Turns {
        let value = self.fail(failure, span, &Text::from("copyIndex()"));
        match value.data {
            Data::Unknown(unknown) => Turns::Unknown(unknown),
            _ => Turns::Known(0),
        }
    }

    /// Adds the lists that the loops in `member`, a member `copy`, make.
    pub(crate) fn expand_loops(
        &mut self,
        member: &Member,
        context: &Context,
        members: &mut Vec<Member>,
    ) {
        for entry in member.value.items() {
            let Some(name) = entry.get("name") else {
                continue;
            };
            let name = self.evaluate(name, context);
            let Some(text) = name.as_str() else {
                let failure = Failure::new("arm-copy", "the copy loop's `name` is to be a string");
                self.report_failure(failure, name.span);
                continue;
            };
            let text = Text::from(text);
            let value = self.unroll(&text, entry, CopyKind::Part, context);
            members.push(Member {
                name: text,
                name_span: name.span,
                value,
            });
        }
    }

    /// The list that the loop `entry` called `name` makes: its `input` once for each turn. An
    /// unknown where the number of turns is not known.
    pub(crate) fn unroll(
        &mut self,
        name: &Text,
        entry: &Value,
        kind: CopyKind,
        context: &Context,
    ) -> Value {
        let span = entry.span;
        let Some(input) = entry.get("input") else {
            let failure = Failure::new("arm-copy", format!("copy loop `{name}` has no `input`"));
            return self.fail(failure, span, name);
        };
        let turns = match self.turns(entry.get("count"), context, span) {
            Turns::Known(turns) => turns,
            Turns::Unknown(unknown) => return unknown_list(&unknown, name, span),
        };
        let mut items = Vec::new();
        let mut bytes = 0_usize;
        for turn in 0..turns {
            let index = CopyIndex::Known(turn);
            let inner = context.in_copy(Text::clone(name), index, kind);
            let item = self.evaluate(input, &inner);
            bytes = bytes.saturating_add(item.weight());
            let bound = super::budget::check_bytes(bytes).and_then(|()| self.budget.spend(1));
            if let Err(failure) = bound {
                return self.fail(failure, span, name);
            }
            items.push(item);
        }
        Value::array(span, items)
    }
}

/// The list that a loop of an unknown number of turns makes.
fn unknown_list(count: &Arc<Unknown>, name: &Text, span: Span) -> Value {
    if count.atoms.is_empty() {
        return failed(span, name);
    }
    let symbol = super::symbol::hole(&format!(
        "copy('{}',{}:{},{})",
        super::symbol::escape(name),
        span.file.index(),
        span.start,
        count.symbol
    ));
    let unknown = Unknown::union([&**count], symbol, Text::clone(&count.expression));
    Value::unknown(span, unknown)
}
