//! The bounds of evaluation, counted in steps and bytes, never in time.
//!
//! A step is a function call, a value made by a walk, half a kilobyte made or a whole one looked at.
//! Each resource (its copies together), variable, parameter and output has an allowance of its own,
//! so that one that runs away does not take the rest of the template with it; the run has one for
//! all of them.

use super::failure::Failure;
use crate::source::Span;
use crate::value::Value;
use std::collections::BTreeMap;

/// The most steps that one resource with its copies, variable, parameter or output may take.
const ITEM_STEPS: u64 = 500_000;
/// The most steps that a run may take.
const RUN_STEPS: u64 = 6_000_000;
/// The most bytes, as compact JSON, of one value: Azure's limit of a whole template.
pub(crate) const VALUE_BYTES: usize = 4 * 1024 * 1024;
/// The most items of a list that a function makes.
pub(crate) const ITEMS: usize = 200_000;
/// The most resources of a run, copies counted.
const RESOURCES: usize = 100_000;
/// The most nested deployments of a run, copies counted.
const DEPLOYMENTS: usize = 4_000;
/// The most levels of calls, references and containers that evaluation goes down.
const DEPTH: u32 = 250;
/// The most levels of containers of one value; the JSON reader allows 512.
const VALUE_DEPTH: u16 = 600;

/// The most bytes of all resources of a run.
const BODY_BYTES: usize = 256 * 1024 * 1024;

/// What is left to spend.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    run: u64,
    bodies: usize,
    item: Item,
    depth: u32,
    /// What is left of items that come back, each known by its place.
    left: BTreeMap<Span, Item>,
}

/// The part of a template that steps are counted for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    span: Option<Span>,
    left: u64,
    told: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            run: RUN_STEPS,
            bodies: BODY_BYTES,
            item: Item {
                span: None,
                left: ITEM_STEPS,
                told: false,
            },
            depth: 0,
            left: BTreeMap::new(),
        }
    }
}

impl Budget {
    /// Starts the item at `span` and returns the surrounding one, for [`Budget::leave_item`].
    pub(crate) fn enter_item(&mut self, span: Span) -> Item {
        let item = self.left.get(&span).copied().unwrap_or(Item {
            span: Some(span),
            left: ITEM_STEPS,
            told: false,
        });
        std::mem::replace(&mut self.item, item)
    }

    /// Ends the item and goes back to the surrounding one.
    pub(crate) fn leave_item(&mut self, surrounding: Item) {
        let item = std::mem::replace(&mut self.item, surrounding);
        if let Some(span) = item.span {
            self.left.insert(span, item);
        }
    }

    /// Takes `steps`.
    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), Failure> {
        let steps = steps as u64;
        if self.run < steps {
            self.run = 0;
            return Err(Failure::budget(
                "the templates take more steps to evaluate than one run may take",
            ));
        }
        if self.item.left < steps {
            self.item.left = 0;
            return Err(Failure::budget(format!(
                "this takes more than the {ITEM_STEPS} steps that one part of a template may take"
            )));
        }
        self.run -= steps;
        self.item.left -= steps;
        Ok(())
    }

    /// Takes the steps of looking at `bytes` bytes.
    pub(crate) fn spend_bytes(&mut self, bytes: usize) -> Result<(), Failure> {
        self.spend(bytes / 1024)
    }

    /// Takes the steps of having made `bytes` bytes.
    pub(crate) fn spend_made(&mut self, bytes: usize) -> Result<(), Failure> {
        self.spend(bytes / 512)
    }

    /// Takes the bytes of a resource's body.
    pub(crate) fn spend_body(&mut self, body: &Value) -> Result<(), Failure> {
        let left = self.bodies.checked_sub(body.weight());
        self.bodies = left.ok_or_else(|| {
            Failure::budget(format!(
                "the resources of a run take no more than {} MB",
                BODY_BYTES / 1024 / 1024
            ))
        })?;
        Ok(())
    }

    /// Whether nothing is left for the current item.
    pub(crate) fn is_spent(&self) -> bool {
        self.item.left == 0 || self.run == 0
    }

    /// Whether a failure of the budget is to be told: where the current item is spent, once.
    pub(crate) fn tells(&mut self) -> bool {
        !self.is_spent() || !std::mem::replace(&mut self.item.told, true)
    }

    /// Goes one level down; to be followed by [`Budget::ascend`] where it succeeds.
    pub(crate) fn descend(&mut self) -> Result<(), Failure> {
        if self.depth >= DEPTH {
            return Err(Failure::budget(format!(
                "this depends on more than {DEPTH} levels of other values"
            )));
        }
        self.depth += 1;
        Ok(())
    }

    /// Comes back up.
    pub(crate) fn ascend(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

/// `value`, unless it is larger or deeper than a value may be.
pub(crate) fn admit(value: Value) -> Result<Value, Failure> {
    check_bytes(value.weight())?;
    if value.depth() > VALUE_DEPTH {
        return Err(Failure::budget(format!(
            "the value is nested more than {VALUE_DEPTH} levels deep"
        )));
    }
    Ok(value)
}

/// Refuses more bytes than one value may have.
pub(crate) fn check_bytes(bytes: usize) -> Result<(), Failure> {
    if bytes > VALUE_BYTES {
        return Err(Failure::budget(format!(
            "the value is larger than {} MB",
            VALUE_BYTES / 1024 / 1024
        )));
    }
    Ok(())
}

/// Refuses one more resource than a run may have, where it has `count`.
pub(crate) fn check_resources(count: usize) -> Result<(), Failure> {
    if count < RESOURCES {
        return Ok(());
    }
    Err(Failure::budget(format!(
        "a run takes no more than {RESOURCES} resources"
    )))
}

/// Refuses one more nested deployment than a run may have, where it has `count`.
pub(crate) fn check_deployments(count: usize) -> Result<(), Failure> {
    if count < DEPLOYMENTS {
        return Ok(());
    }
    Err(Failure::budget(format!(
        "the templates have more than {DEPLOYMENTS} nested deployments"
    )))
}

/// Refuses more items than a list may have.
pub(crate) fn check_items(count: usize) -> Result<(), Failure> {
    if count > ITEMS {
        return Err(Failure::budget(format!(
            "the list has more than {ITEMS} items"
        )));
    }
    Ok(())
}
