//! What settings show: the evidence that they give, and whether lists hold anything.

use crate::evidence::{Evidence, Remedy, RemedyValue};
use crate::resource::{Reader, Setting};
use std::fmt::Display;
use std::sync::Arc;

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

/// The properties that close a door, by the last part of their names: the value that does, and how
/// much it disrupts.
const CLOSING: [(&str, &str, u8); 6] = [
    ("publicNetworkAccess", "Disabled", 3),
    ("publicNetworkAccessForIngestion", "Disabled", 3),
    ("publicNetworkAccessForQuery", "Disabled", 3),
    ("defaultAction", "Deny", 2),
    ("sshPublicAccess", "Disabled", 2),
    ("remoteLoginPortPublicAccess", "Disabled", 2),
];

/// The change of the property called `name` that closes what it opens.
pub(super) fn closing<T: Display>(name: &str, setting: &Setting<T>) -> Option<Remedy> {
    let last = name.rsplit('.').next().unwrap_or(name);
    let (_, word, cost) = CLOSING.iter().find(|(known, _, _)| *known == last)?;
    // Some services spell their words in lower case.
    let lower = setting.stated().is_some_and(|value| {
        value
            .to_string()
            .starts_with(|first: char| first.is_ascii_lowercase())
    });
    let word = if lower {
        word.to_ascii_lowercase()
    } else {
        (*word).to_owned()
    };
    Some(Remedy {
        span: setting.span(),
        is_stated: !setting.is_absent(),
        property: name.into(),
        value: RemedyValue::Word(word.into()),
        cost: *cost,
    })
}

/// What a setting called `name` says, or that its absence means `when_absent`.
pub(super) fn shows<T: Display>(name: &str, setting: &Setting<T>, when_absent: &str) -> Evidence {
    let mut shown = says(name, setting, when_absent);
    shown.remedy = closing(name, setting).map(Arc::new);
    shown
}

fn says<T: Display>(name: &str, setting: &Setting<T>, when_absent: &str) -> Evidence {
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
