//! How a door stands, in words, colour and rank.

use crate::analysis::Analysis;
use crate::diagram::{EdgeStyle, Mark, Tone};
use crate::reachability::{Exposure, OpenTo, Path, Verdict};
use crate::resource::kind::Asset;
use crate::resource::{AuthenticationMode, Resource, Zone};
use serde::{Deserialize, Serialize};

/// Whether a door is reached.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// Some packet is surely admitted.
    Reachable,
    /// What the template names and leaves open can alone settle it.
    Conditional,
    /// What decides is not in the inputs.
    #[default]
    Undetermined,
    /// No packet can be admitted.
    Blocked,
}

impl Outcome {
    /// All outcomes, the most open first.
    pub const ALL: [Self; 4] = [
        Self::Reachable,
        Self::Conditional,
        Self::Undetermined,
        Self::Blocked,
    ];

    /// The outcome of a verdict.
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Reachable => Self::Reachable,
            Verdict::Conditional => Self::Conditional,
            Verdict::Undetermined => Self::Undetermined,
            Verdict::Blocked => Self::Blocked,
        }
    }

    /// The word, with a capital.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reachable => "Reachable",
            Self::Conditional => "Conditional",
            Self::Undetermined => "Undetermined",
            Self::Blocked => "Blocked",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Reachable => "Some packet is surely admitted.",
            Self::Conditional => "A value that the template leaves open can alone settle it.",
            Self::Undetermined => "What decides is not in the inputs.",
            Self::Blocked => "No packet can be admitted.",
        }
    }
}

/// The verdict about one door as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Whether it is reached.
    pub outcome: Outcome,
    /// The colour, which tells to whom it is open as well.
    pub tone: Tone,
    /// The verdict with to whom it is open: `Reachable · anyone`.
    pub text: String,
    /// The same for a box, where the column says nothing: `Open to anyone`.
    pub note: String,
    /// Severity by verdict, width, proof of who is calling, and what is behind the door.
    pub mark: Option<Mark>,
}

impl Standing {
    /// How the door of `exposure` stands.
    pub fn of(analysis: &Analysis, exposure: &Exposure) -> Self {
        let tone = tone_of(exposure);
        let outcome = Outcome::of(exposure.verdict);
        let (text, note) = match tone {
            Tone::Anyone => ("Reachable · anyone".to_owned(), "Open to anyone".to_owned()),
            Tone::Tenants => (
                "Reachable · any Azure customer".to_owned(),
                "Open to Azure".to_owned(),
            ),
            Tone::Listed => (
                "Reachable · listed".to_owned(),
                format!("Open to {}", count_sources(exposure)),
            ),
            _ => (outcome.title().to_owned(), outcome.title().to_owned()),
        };
        Self {
            outcome,
            tone,
            text,
            note,
            mark: mark_of(analysis, exposure),
        }
    }
}

/// The colour of an exposure's verdict.
pub(super) fn tone_of(exposure: &Exposure) -> Tone {
    match (exposure.verdict, exposure.open_to) {
        (Verdict::Reachable, Some(OpenTo::AzureTenants)) => Tone::Tenants,
        (Verdict::Reachable, Some(OpenTo::Listed)) => Tone::Listed,
        (Verdict::Reachable, _) => Tone::Anyone,
        (Verdict::Conditional, _) => Tone::Conditional,
        (Verdict::Undetermined, _) => Tone::Undetermined,
        (Verdict::Blocked, _) => Tone::Blocked,
    }
}

/// The line of a tone.
pub(super) fn style_of(tone: Tone) -> EdgeStyle {
    match tone {
        Tone::Anyone => EdgeStyle::Reachable,
        Tone::Tenants => EdgeStyle::Tenants,
        Tone::Listed => EdgeStyle::Listed,
        Tone::Conditional => EdgeStyle::Conditional,
        Tone::Undetermined => EdgeStyle::Undetermined,
        Tone::Blocked => EdgeStyle::Blocked,
        Tone::Neutral => EdgeStyle::Plumbing,
    }
}

/// Every way to what is behind the door: by the door, worst first, then past it.
pub(super) fn all_paths(exposure: &Exposure) -> impl DoubleEndedIterator<Item = &Path> {
    exposure.paths.iter().chain(&exposure.inner_paths)
}

/// How many senders the template lists: `1 address`, `3 ranges`.
pub(super) fn count_sources(exposure: &Exposure) -> String {
    let listed = exposure.arriving.must.sources().describe();
    let are_single = listed.iter().all(|one| {
        let prefix = one.rsplit_once('/').map(|(_, length)| length);
        prefix.is_none_or(|length| length == "32" || length == "128") && !one.contains('-')
    });
    match (listed.len(), are_single) {
        (1, true) => "1 address".to_owned(),
        (1, false) => "1 range".to_owned(),
        (many, true) => format!("{many} addresses"),
        (many, false) => format!("{many} ranges"),
    }
}

/// How much what is behind a door is worth.
fn worth(analysis: &Analysis, exposure: &Exposure) -> Mark {
    let kind = analysis.resource_of(exposure).and_then(Resource::kind);
    // What only collects logs is no prize, and its door is open nearly everywhere.
    if kind.is_some_and(|kind| kind.zone == Zone::Monitoring) {
        return Mark::Medium;
    }
    match kind.map_or(Asset::None, |kind| kind.asset) {
        Asset::MachineLearning | Asset::Data | Asset::Secret => Mark::Critical,
        Asset::Registry | Asset::Compute => Mark::High,
        Asset::Gateway | Asset::None => Mark::Medium,
    }
}

/// The severity: by whom, then what is behind, one step less where a caller must always prove who
/// he is; or what a stolen identity or key opens, where that is worse. `None` for what is closed.
fn mark_of(analysis: &Analysis, exposure: &Exposure) -> Option<Mark> {
    let worth = worth(analysis, exposure);
    let by_the_door = match (exposure.verdict, exposure.open_to) {
        (Verdict::Reachable, Some(OpenTo::Listed))
        | (Verdict::Conditional | Verdict::Undetermined, _) => Some(2),
        (Verdict::Reachable, Some(OpenTo::AzureTenants)) => Some(1),
        (Verdict::Reachable, _) => Some(0),
        (Verdict::Blocked, _) => None,
    };
    let proven = exposure.verdict == Verdict::Reachable && names_callers(analysis, exposure);
    let by_the_door = by_the_door.map(|steps| steps + u8::from(proven));
    let past_it = match exposure.inner_paths.as_slice() {
        [] => None,
        paths if paths.iter().any(Path::is_sure) => Some(1),
        _ => Some(2),
    };
    let steps = by_the_door.into_iter().chain(past_it).min()?;
    Some((0..steps).fold(worth, |mark, _| match mark {
        Mark::Critical => Mark::High,
        Mark::High => Mark::Medium,
        _ => Mark::Low,
    }))
}

/// Whether each way of signing in at the door tells one caller from another.
fn names_callers(analysis: &Analysis, exposure: &Exposure) -> bool {
    let Some(entry) = analysis.model.doors.get(exposure.door) else {
        return false;
    };
    let authentication = &entry.door.authentication;
    let mut modes = authentication
        .accepted
        .iter()
        .map(|(mode, _)| *mode)
        .chain(authentication.uncertain.iter().map(|(mode, _)| *mode))
        .peekable();
    modes.peek().is_some()
        && modes.all(|mode| {
            matches!(
                mode,
                AuthenticationMode::Entra | AuthenticationMode::Cert | AuthenticationMode::AmlToken
            )
        })
}
