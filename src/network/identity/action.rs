//! Patterns of actions, as role definitions write them.
//!
//! "Understand Azure role definitions": `*` stands for any characters, slashes included; case does
//! not matter; what `notActions` match is taken away from the same definition's `actions` again.

/// Whether `pattern` covers the one action `action`. O(pattern · action) at worst.
pub(super) fn covers(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.as_bytes(), action.as_bytes());
    let (mut at, mut here) = (0, 0);
    // Where the last star stood, and how much of the action it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(at), action.get(here)) {
            (Some(b'*'), _) => {
                star = Some((at, here));
                at += 1;
            }
            (Some(wanted), Some(found)) if wanted.eq_ignore_ascii_case(found) => {
                at += 1;
                here += 1;
            }
            (None, None) => return true,
            (_, found) => {
                let Some((stood, taken)) = star else {
                    return false;
                };
                if found.is_none() {
                    return false;
                }
                star = Some((stood, taken + 1));
                at = stood + 1;
                here = taken + 1;
            }
        }
    }
}

/// Whether `pattern` covers some action that starts with `prefix`.
pub(super) fn meets(pattern: &str, prefix: &str) -> bool {
    let head = pattern.split('*').next().unwrap_or(pattern);
    let starts = |text: &str, start: &str| {
        text.get(..start.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    if starts(head, prefix) {
        return true;
    }
    // The star takes what is left of the prefix.
    head.len() < pattern.len() && starts(prefix, head)
}

/// Whether `pattern` covers every action that starts with `prefix`.
pub(super) fn covers_all(pattern: &str, prefix: &str) -> bool {
    // Only what ends in a star covers endings of every kind; the rest of it has to take the prefix.
    pattern.ends_with('*') && covers(pattern, prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by the definition, one character at a time.
    fn slow(pattern: &[u8], action: &[u8]) -> bool {
        match pattern.split_first() {
            None => action.is_empty(),
            Some((b'*', rest)) => (0..=action.len()).any(|taken| slow(rest, &action[taken..])),
            Some((first, rest)) => action
                .split_first()
                .is_some_and(|(own, left)| own == first && slow(rest, left)),
        }
    }

    proptest! {
        #[test]
        fn patterns_cover_what_the_definition_says(pattern in "[ab*]{0,7}", action in "[ab]{0,8}") {
            prop_assert_eq!(covers(&pattern, &action), slow(pattern.as_bytes(), action.as_bytes()));
        }

        /// All endings of up to four letters stand for every ending: the patterns are as short.
        #[test]
        fn prefixes_are_met_and_covered_as_their_actions_are(pattern in "[ab*]{0,4}", prefix in "[ab]{0,4}") {
            let mut endings = vec![String::new()];
            for length in 0..4 {
                let longer: Vec<String> = endings
                    .iter()
                    .filter(|ending| ending.len() == length)
                    .flat_map(|ending| [format!("{ending}a"), format!("{ending}b")])
                    .collect();
                endings.extend(longer);
            }
            let covered: Vec<bool> = endings
                .iter()
                .map(|ending| covers(&pattern, &format!("{prefix}{ending}")))
                .collect();
            prop_assert_eq!(meets(&pattern, &prefix), covered.iter().any(|one| *one));
            if covers_all(&pattern, &prefix) {
                prop_assert!(covered.iter().all(|one| *one));
            }
        }
    }

    #[test]
    fn case_does_not_matter_and_a_star_takes_slashes() {
        let action = "Microsoft.Storage/storageAccounts/listKeys/action";
        for pattern in [
            "*",
            "Microsoft.Storage/*",
            "microsoft.storage/*/ACTION",
            "*/listkeys/*",
            action,
        ] {
            assert!(covers(pattern, action), "{pattern}");
        }
        for pattern in [
            "",
            "*/read",
            "Microsoft.Storage/storageAccounts",
            "Microsoft.Storage/*/write",
        ] {
            assert!(!covers(pattern, action), "{pattern}");
        }
    }
}
