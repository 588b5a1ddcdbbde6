//! What the reviewer lays down, put to use in a review.

use super::assumption::{add_ways, doubt_ways};
use super::{Options, open_footholds};
use crate::diagnostic::Diagnostic;
use crate::graph::{Foothold, Model, build_model, parse_foothold};
use crate::input::{Inputs, Rejected, Role};
use crate::network::Topology;
use crate::reachability::{Exposure, Question, find_exposures};
use crate::resource::{Inventory, Places};
use crate::reviewer::{
    Deviation, Estate, Intent, Note, Reach, Reviewer, judge, mark_intended, read_reviewer,
};
use crate::rule::{Context, Finding, NamePattern, Settings, Waiver, WaiverState};

/// What became of what the reviewer laid down.
#[derive(Clone, Debug, Default)]
pub struct Reviewed {
    /// The waivers, each with what has become of it.
    pub waivers: Vec<(Waiver, WaiverState)>,
    /// Who is meant to reach what.
    pub intent: Intent,
    /// How the estate differs from that, the worst first.
    pub deviations: Vec<Deviation>,
    /// What was noted about resources.
    pub notes: Vec<Note>,
}

/// The choices that count: those of the reviewer's files among `inputs`, and over them `options`.
/// A file of which part is wrong is reported to `rejected`.
pub(super) fn choose(
    inputs: &Inputs,
    options: &Options,
    rejected: &mut Vec<Rejected>,
) -> (Options, Reviewer) {
    let mut reviewer = Reviewer::default();
    let files = inputs.documents.iter();
    for document in files.filter(|one| one.role == Role::Reviewer) {
        let Some(source) = inputs.sources.get(document.file) else {
            continue;
        };
        let (found, problems) = read_reviewer(&document.root, source);
        reviewer.add(found);
        rejected.extend(problems.into_iter().map(|diagnostic| Rejected {
            file: source.name().to_string(),
            diagnostic,
        }));
    }
    let mut chosen = options.clone();
    if let (Some(settings), true) = (
        reviewer.settings.take(),
        options.settings == Settings::default(),
    ) {
        chosen.settings = settings;
    }
    if let Some(values) = reviewer.parameters.take() {
        chosen.parameters.add_fallback(values);
    }
    let environment = &mut chosen.environment;
    if let (Some(cloud), "AzureCloud") = (&chosen.settings.cloud, &*environment.cloud) {
        environment.cloud = cloud.as_str().into();
    }
    reviewer.add(options.reviewer.clone());
    (chosen, reviewer)
}

/// The estate and what was found in it.
pub(super) struct Found<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) topology: &'a Topology,
    pub(super) places: &'a Places,
    pub(super) model: &'a Model,
    /// Where the caller stands, and how the doors stand to it.
    pub(super) chosen: (&'a Foothold, &'a [Exposure]),
}

impl<'a> Found<'a> {
    /// What `context` holds, for a caller that stands at `foothold`.
    pub(super) fn of(context: &Context<'a>, places: &'a Places, foothold: &'a Foothold) -> Self {
        Self {
            inventory: context.inventory,
            topology: context.topology,
            places,
            model: context.model,
            chosen: (foothold, context.exposures),
        }
    }
}

/// Holds the estate against the intent, and marks the findings that may stand. What of the
/// reviewer's word is about nothing is told to `diagnostics`.
pub(super) fn put_to_use(
    found: &Found<'_>,
    reviewer: Reviewer,
    options: &Options,
    findings: &mut [Finding],
    diagnostics: &mut Vec<Diagnostic>,
) -> Reviewed {
    let (intent, waivers) = (reviewer.intent, reviewer.waivers);
    let deviations = hold_against(found, &intent, options, findings, diagnostics);
    let states = if options.ignore_waivers {
        vec![WaiverState::Ignored; waivers.len()]
    } else {
        Waiver::apply(
            &waivers,
            findings,
            found.inventory,
            options.as_of.as_deref(),
        )
    };
    for (waiver, state) in waivers.iter().zip(&states) {
        // Of some of more, the others may be what it is about.
        if options.as_named && *state == WaiverState::Unused {
            continue;
        }
        diagnostics.extend(warn_of(waiver, *state));
    }
    Reviewed {
        waivers: waivers.into_iter().zip(states).collect(),
        intent,
        deviations,
        notes: reviewer.notes,
    }
}

fn warn_of(waiver: &Waiver, state: WaiverState) -> Option<Diagnostic> {
    let (file, at) = &waiver.place;
    let place = format!("{file}:{}:{}", at.line, at.column);
    let rule = &waiver.rule;
    match state {
        WaiverState::Active | WaiverState::Ignored => None,
        WaiverState::Expired => {
            let day = waiver.expires.as_deref().unwrap_or_default();
            let message = format!("the waiver of `{rule}` at {place} held until {day}");
            Some(Diagnostic::warning("waiver-expired", message, None))
        }
        WaiverState::Unused => {
            let message = format!("the waiver of `{rule}` at {place} is about no finding");
            Some(Diagnostic::warning("waiver-unused", message, None))
        }
    }
}

fn hold_against(
    found: &Found<'_>,
    intent: &Intent,
    options: &Options,
    findings: &mut [Finding],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Deviation> {
    if intent.is_empty() {
        return Vec::new();
    }
    let estate = Estate {
        inventory: found.inventory,
        model: found.model,
    };
    let mut deviations = Vec::new();
    for name in intent.footholds() {
        let foothold = match parse_foothold(name, found.inventory, found.model) {
            Ok(foothold) => foothold,
            Err(error) => {
                let message = format!("the intent speaks of a place that is not there: {error}");
                diagnostics.push(Diagnostic::warning("intent-place", message, None));
                continue;
            }
        };
        let asked;
        let exposures = if foothold == *found.chosen.0 {
            found.chosen.1
        } else {
            asked = expose(found, &foothold, options);
            &asked
        };
        let judged = judge(estate, intent, name, exposures);
        if foothold == Foothold::Internet && !options.ignore_waivers {
            mark_intended(estate, intent, exposures, &judged, findings);
        }
        deviations.extend(judged);
    }
    if !options.as_named {
        warn_of_names(found.inventory, intent, diagnostics);
    }
    deviations.sort_by_key(|one| (one.status, one.severity, one.kind));
    deviations
}

/// Lines about what is not there: a misspelt name allows nothing and forbids nothing.
fn warn_of_names(inventory: &Inventory, intent: &Intent, diagnostics: &mut Vec<Diagnostic>) {
    let lines = intent.expectations.iter();
    for line in lines.filter(|line| line.reach != Reach::Must) {
        let pattern = NamePattern::new(&line.to);
        if !inventory.resources().iter().any(|one| pattern.matches(one)) {
            let (file, at) = &line.place;
            let message = format!(
                "nothing is called `{}`, of which the intent speaks at {file}:{}:{}",
                line.to, at.line, at.column
            );
            diagnostics.push(Diagnostic::warning("intent-name", message, None));
        }
    }
}

/// How every door stands to `foothold`.
fn expose(found: &Found<'_>, foothold: &Foothold, options: &Options) -> Vec<Exposure> {
    // Ways of another foothold must not change the answers about the chosen one.
    let mut model = build_model(found.inventory, found.topology, found.places);
    let question = Question::from_foothold(foothold.clone());
    let estate = (found.inventory, found.topology, found.places);
    add_ways(&mut model, estate, options);
    open_footholds(&mut model, estate, &question);
    doubt_ways(&mut model, estate, options);
    find_exposures(&model, &question)
}
