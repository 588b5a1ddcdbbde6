//! Address prefixes as ARM states them: one as a text, several as a list.

use super::AddressBounds;
use crate::evidence::Doubt;
use crate::flow::{AddressSet, parse_prefix};
use crate::resource::{Reader, Setting};
use crate::value::Text;
use std::sync::Arc;

/// The addresses of the prefixes in the texts at `readers`, each a text or a list of texts. What is
/// not known can be any of `otherwise`.
pub(super) fn read_prefixes(readers: &[Reader<'_>], otherwise: &AddressSet) -> AddressBounds {
    let mut bounds = AddressBounds::default();
    for reader in readers {
        let is_list = reader
            .value()
            .is_some_and(|value| value.as_array().is_some());
        let items = if is_list {
            reader.items()
        } else {
            vec![*reader]
        };
        for item in items {
            add_prefix(&mut bounds, &item.text(), otherwise);
        }
    }
    bounds
}

fn add_prefix(bounds: &mut AddressBounds, text: &Setting<Text>, otherwise: &AddressSet) {
    match text {
        Setting::Absent(_) => {}
        Setting::Stated(text, span) => match (text.trim().parse(), parse_prefix(text)) {
            (Ok(net), _) => bounds.add_prefix(net),
            (_, Some(set)) => bounds.add(&set),
            (_, None) => bounds.add_doubtful(
                otherwise.clone(),
                Arc::new(Doubt::outside(
                    "address-not-understood",
                    format!("{text}|address"),
                    format!("`{text}` is no address prefix"),
                    format!("what `{text}` stands for"),
                    *span,
                )),
            ),
        },
        Setting::Unknown(unknown, span) => {
            let known: Option<Vec<AddressSet>> = unknown
                .alternatives
                .iter()
                .map(|value| parse_prefix(value.as_str()?))
                .collect();
            let set = match known {
                Some(sets) if !sets.is_empty() => sets
                    .iter()
                    .fold(AddressSet::empty(), |all, set| all.union(set)),
                _ => otherwise.clone(),
            };
            let doubt = Doubt::of(unknown, *span, "covers the address");
            bounds.add_doubtful(set, Arc::new(doubt));
        }
    }
}
