//! Secrets: unknowns in the stead of values that are never to be shown.
//!
//! The values stay in the run, by symbol, so that conditions on them can be settled.

use super::evaluator::Evaluator;
use super::symbol;
use super::type_definition::{DEPTH, chain, facet, is_secure};
use crate::value::{Atom, Cause, Data, Member, Text, Unknown, Value};

impl Evaluator<'_> {
    /// `value` of type `node` with every secret in it behind an unknown of symbol `symbol` and what
    /// is taken from it.
    pub(crate) fn hide_secrets(
        &mut self,
        root: &Value,
        node: &Value,
        value: Value,
        atom: &Atom,
        symbol: &str,
    ) -> Value {
        self.hide(root, node, value, atom, symbol, 0)
    }

    fn hide(
        &mut self,
        root: &Value,
        node: &Value,
        value: Value,
        atom: &Atom,
        symbol: &str,
        depth: u32,
    ) -> Value {
        if value.is_null() || depth >= DEPTH {
            return value;
        }
        if is_secure(root, node) {
            return self.hide_whole(value, atom, symbol);
        }
        if !mentions_secure(root, node, depth) {
            return value;
        }
        let step = |name: &str| Atom {
            path: [atom.path.clone(), vec![name.into()]].concat(),
            ..atom.clone()
        };
        match &value.data {
            Data::Object(object) => {
                let declared = facet(root, node, "properties");
                let additional = facet(root, node, "additionalProperties");
                let mut members: Vec<Member> = Vec::new();
                for member in object.members() {
                    let kind = declared.and_then(|known| known.get(&member.name));
                    let mut member = member.clone();
                    if let Some(kind) = kind.or(additional) {
                        let symbol = symbol::of_access(symbol, &symbol::escape(&member.name));
                        let atom = step(&member.name);
                        member.value =
                            self.hide(root, kind, member.value, &atom, &symbol, depth + 1);
                    }
                    members.push(member);
                }
                Value::object(value.span, members)
            }
            Data::Array(array) => {
                let prefix = facet(root, node, "prefixItems");
                let rest = facet(root, node, "items");
                let mut items = Vec::new();
                for (at, item) in array.items().iter().enumerate() {
                    let kind = prefix.and_then(|prefix| prefix.items().get(at)).or(rest);
                    items.push(match kind {
                        Some(kind) => {
                            let key = format!("[{at}]");
                            let symbol = symbol::of_access(symbol, &key);
                            self.hide(root, kind, item.clone(), &step(&key), &symbol, depth + 1)
                        }
                        None => item.clone(),
                    });
                }
                Value::array(value.span, items)
            }
            _ => value,
        }
    }

    /// The secret unknown in the stead of `value`.
    pub(crate) fn hide_whole(&mut self, value: Value, atom: &Atom, symbol: &str) -> Value {
        let span = value.span;
        if let Some(unknown) = value.as_unknown() {
            let mut unknown = (**unknown).clone();
            unknown.secret = true;
            unknown.alternatives = Vec::new();
            return Value::unknown(span, unknown);
        }
        let atom = Atom {
            cause: Cause::Parameter,
            ..atom.clone()
        };
        let mut unknown = Unknown::of(atom, "");
        unknown.symbol = Text::from(symbol);
        unknown.secret = true;
        self.secrets.insert(Text::from(symbol), value);
        Value::unknown(span, unknown)
    }
}

/// Whether the type has secrets in it anywhere.
fn mentions_secure(root: &Value, node: &Value, depth: u32) -> bool {
    let mut waiting = vec![(node, depth)];
    let mut left = 2000_u32;
    while let Some((node, depth)) = waiting.pop() {
        if is_secure(root, node) {
            return true;
        }
        left = left.saturating_sub(1);
        if depth >= DEPTH || left == 0 {
            continue;
        }
        for node in chain(root, node) {
            let members = node.get("properties").map_or(&[][..], Value::members);
            waiting.extend(members.iter().map(|member| (&member.value, depth + 1)));
            let prefix = node.get("prefixItems").map_or(&[][..], Value::items);
            waiting.extend(prefix.iter().map(|kind| (kind, depth + 1)));
            for name in ["items", "additionalProperties"] {
                waiting.extend(node.get(name).map(|kind| (kind, depth + 1)));
            }
        }
    }
    false
}

/// A secret unknown in the stead of `value`, which nothing leads back from.
pub(crate) fn hidden(value: &Value) -> Value {
    let atom = Atom {
        cause: Cause::Parameter,
        refers_to: "a secure value".into(),
        path: Vec::new(),
        span: Some(value.span),
    };
    let mut unknown = Unknown::of(atom, "");
    let place = format!("secret({}:{})", value.span.file.index(), value.span.start);
    unknown.symbol = symbol::hole(&place).into();
    unknown.secret = true;
    Value::unknown(value.span, unknown)
}
