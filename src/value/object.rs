//! The two containers.

use super::{Text, Value};
use crate::source::Span;

/// A list that remembers whether it holds any template expression.
#[derive(Clone, Debug)]
pub struct Array {
    items: Vec<Value>,
    literal: bool,
    extent: Extent,
}

/// How deep and how large a container is, kept so that both are known without a walk.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    depth: u16,
    weight: usize,
}

impl Extent {
    fn add(&mut self, name: usize, value: &Value) {
        self.depth = self.depth.max(value.depth().saturating_add(1));
        self.weight = self
            .weight
            .saturating_add(name)
            .saturating_add(value.weight() + 1);
    }
}

impl Array {
    /// A list of `items`. O(items).
    pub fn new(items: Vec<Value>) -> Self {
        let mut literal = true;
        let mut extent = Extent {
            depth: 1,
            weight: 2,
        };
        for item in &items {
            literal &= item.is_literal();
            extent.add(0, item);
        }
        Self {
            items,
            literal,
            extent,
        }
    }

    /// The items in order.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// Whether no item holds a template expression.
    pub fn is_literal(&self) -> bool {
        self.literal
    }

    /// The levels of nesting, itself included. O(1).
    pub fn depth(&self) -> u16 {
        self.extent.depth
    }

    /// About the bytes that this takes as compact JSON, shared parts counted each time. O(1).
    pub fn weight(&self) -> usize {
        self.extent.weight
    }
}

/// One named member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name as spelled.
    pub name: Text,
    /// Where the name stands.
    pub name_span: Span,
    /// The value.
    pub value: Value,
}

/// Named members in the order written.
///
/// **Invariant.** No two members have the same spelling; two may differ by case only.
#[derive(Clone, Debug)]
pub struct Object {
    members: Vec<Member>,
    literal: bool,
    extent: Extent,
}

impl Object {
    /// An object of `members`, whose spellings differ. O(members).
    pub fn new(members: Vec<Member>) -> Self {
        // A member called `copy` may be a loop, and a name may itself be an expression.
        let plain = |name: &str| !name.starts_with('[') && !name.eq_ignore_ascii_case("copy");
        let mut literal = true;
        let mut extent = Extent {
            depth: 1,
            weight: 2,
        };
        for member in &members {
            literal &= member.value.is_literal() && plain(&member.name);
            extent.add(member.name.len() + 3, &member.value);
        }
        Self {
            members,
            literal,
            extent,
        }
    }

    /// The members in order.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Whether no name and no value holds a template expression or a copy loop.
    pub fn is_literal(&self) -> bool {
        self.literal
    }

    /// The levels of nesting, itself included. O(1).
    pub fn depth(&self) -> u16 {
        self.extent.depth
    }

    /// About the bytes that this takes as compact JSON, shared parts counted each time. O(1).
    pub fn weight(&self) -> usize {
        self.extent.weight
    }

    /// The value of member `name`: of that very spelling, else the first that differs by case only.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.member(name).map(|member| &member.value)
    }

    /// The member `name`, found as [`Object::get`] does.
    pub fn member(&self, name: &str) -> Option<&Member> {
        let mut near = None;
        for member in &self.members {
            if member.name.len() == name.len() {
                if *member.name == *name {
                    return Some(member);
                }
                if near.is_none() && member.name.eq_ignore_ascii_case(name) {
                    near = Some(member);
                }
            }
        }
        near
    }
}
