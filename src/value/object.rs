//! The two containers.

use super::{Text, Value};
use crate::source::Span;

/// A list that remembers whether it holds any template expression.
#[derive(Clone, Debug)]
pub struct Array {
    items: Vec<Value>,
    literal: bool,
}

impl Array {
    /// A list of `items`. O(items).
    pub fn new(items: Vec<Value>) -> Self {
        let literal = items.iter().all(Value::is_literal);
        Self { items, literal }
    }

    /// The items in order.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// Whether no item holds a template expression.
    pub fn is_literal(&self) -> bool {
        self.literal
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
}

impl Object {
    /// An object of `members`, whose spellings differ. O(members).
    pub fn new(members: Vec<Member>) -> Self {
        // A member called `copy` may be a loop, and a name may itself be an expression.
        let plain = |name: &str| !name.starts_with('[') && !name.eq_ignore_ascii_case("copy");
        let literal = members
            .iter()
            .all(|member| plain(&member.name) && member.value.is_literal());
        Self { members, literal }
    }

    /// The members in order.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Whether no name and no value holds a template expression or a copy loop.
    pub fn is_literal(&self) -> bool {
        self.literal
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
