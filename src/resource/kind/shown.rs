//! What settings show: the evidence that they give, and whether lists hold anything.

use crate::evidence::Evidence;
use crate::resource::{Reader, Setting};
use std::fmt::Display;

/// Whether lists hold anything: stated where one does, absent where all are empty.
pub(super) type Filled = Setting<()>;

/// Whether the list `rules` holds anything.
pub(super) fn filled(rules: Reader<'_>) -> Filled {
    match rules.list() {
        Setting::Stated(items, span) if items.is_empty() => Setting::Absent(span),
        Setting::Stated(_, span) => Setting::Stated((), span),
        Setting::Absent(span) => Setting::Absent(span),
        Setting::Unknown(unknown, span) => Setting::Unknown(unknown, span),
    }
}

/// Whether either of two lists holds anything.
pub(super) fn either_filled(first: Filled, second: Filled) -> Filled {
    match (&first, &second) {
        (Setting::Absent(_), Setting::Stated(..) | Setting::Unknown(..))
        | (Setting::Unknown(..), Setting::Stated(..)) => second,
        _ => first,
    }
}

/// What a setting called `name` says, or that its absence means `when_absent`.
pub(super) fn shows<T: Display>(name: &str, setting: &Setting<T>, when_absent: &str) -> Evidence {
    match setting {
        Setting::Stated(value, span) => Evidence::stated(*span, format!("{name} is {value}")),
        Setting::Absent(span) => Evidence::default(
            *span,
            format!("{name} is absent, which means {when_absent}"),
        ),
        Setting::Unknown(_, span) => Evidence::stated(*span, format!("{name} is not known")),
    }
}

/// As [`shows`], for a default that is known from experience only.
pub(super) fn shows_assumed<T: Display>(
    name: &str,
    setting: &Setting<T>,
    when_absent: &str,
) -> Evidence {
    let shown = shows(name, setting, when_absent);
    if setting.is_absent() {
        Evidence::assumed(shown.span, shown.says)
    } else {
        shown
    }
}
