//! Parameters that are called otherwise in the other version.

use std::collections::BTreeMap;

/// Which parameter of the new version each of the old one is, as far as it showed.
#[derive(Clone, Debug, Default)]
pub(super) struct Renaming {
    forth: BTreeMap<String, String>,
    back: BTreeMap<String, String>,
}

const OPEN: &str = "parameters('";

impl Renaming {
    /// Whether two texts are the same but for the names of parameters in them, in a way that fits
    /// what was learnt before; if so, the names are learnt.
    pub(super) fn unify(&mut self, old: &str, new: &str) -> bool {
        if old.eq_ignore_ascii_case(new) && !old.contains(OPEN) {
            return true;
        }
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.split(OPEN).collect(), new.split(OPEN).collect());
        if old.len() != new.len() {
            return false;
        }
        let mut learnt = Vec::new();
        for (at, (old, new)) in old.iter().zip(&new).enumerate() {
            if at == 0 {
                if !old.eq_ignore_ascii_case(new) {
                    return false;
                }
                continue;
            }
            // Within a text of an expression quotes are doubled, within one of that again.
            let (old, new) = (old.trim_start_matches('\''), new.trim_start_matches('\''));
            let (Some((old_name, old_rest)), Some((new_name, new_rest))) =
                (old.split_once('\''), new.split_once('\''))
            else {
                return false;
            };
            if !old_rest.eq_ignore_ascii_case(new_rest) {
                return false;
            }
            let (old_name, new_name) =
                (old_name.to_ascii_lowercase(), new_name.to_ascii_lowercase());
            let fits = self
                .forth
                .get(&old_name)
                .is_none_or(|known| *known == new_name)
                && self
                    .back
                    .get(&new_name)
                    .is_none_or(|known| *known == old_name);
            if !fits {
                return false;
            }
            learnt.push((old_name, new_name));
        }
        for (old, new) in learnt {
            self.forth.insert(old.clone(), new.clone());
            self.back.insert(new, old);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Renaming;

    #[test]
    fn names_are_learnt_one_to_one() {
        let mut renaming = Renaming::default();
        assert!(renaming.unify("kv-{parameters('a')}", "kv-{parameters('b')}"));
        assert!(renaming.unify("{parameters('A')}", "{parameters('B')}"));
        assert!(!renaming.unify("{parameters('a')}", "{parameters('c')}"));
        assert!(!renaming.unify("{parameters('c')}", "{parameters('b')}"));
        assert!(!renaming.unify("x{parameters('d')}", "y{parameters('d')}"));
        assert!(renaming.unify("Enabled", "enabled"));
        let nested = |name: &str| format!("{{f('{{parameters(''{name}'')}}')}}");
        assert!(renaming.unify(&nested("e"), &nested("g")));
        assert!(!renaming.unify(&nested("e"), &nested("h")));
    }
}
