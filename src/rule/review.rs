//! All rules over the whole estate.

use super::attestation::{AnswerWord, questions};
use super::declare::{Check, PropertyCheck, Rule};
use super::finding::{self, Finding, Status};
use super::ruling::Ruling;
use super::scene::Scene;
use super::settings::RuleSwitch;
use super::{Answer, Context, all, graph};
use crate::evidence::Doubt;
use crate::resource::{Presence, Resource, ResourceIndex};
use crate::source::FileId;
use std::collections::BTreeMap;

/// How often a rule was asked, and with what outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Resources that it fails.
    pub fail: usize,
    /// Resources that it passes.
    pub pass: usize,
    /// Resources for which the inputs do not tell.
    pub undetermined: usize,
}

/// What all rules say.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// The findings, the worst first.
    pub findings: Vec<Finding>,
    /// For each rule that was asked of anything, how it went.
    pub tallies: BTreeMap<&'static str, Tally>,
}

/// The findings of all rules: sure ones first, then by severity, rule and resource.
pub fn check_all(context: &Context<'_>) -> Vec<Finding> {
    review(context).findings
}

/// What all rules say of the estate. Each rule looks at the resources of its types only, so that
/// the cost is linear in resources and in the rules about each.
pub fn review(context: &Context<'_>) -> Review {
    let mut review = Review::default();
    let asked = |rule: &&&Rule| context.settings.switch(rule) != RuleSwitch::Off;
    for rule in all().iter().filter(asked) {
        for ruling in check(context, rule) {
            note(context, &mut review, rule, &ruling);
        }
    }
    for (rule, _) in questions() {
        if context.settings.switch(rule) == RuleSwitch::Off {
            continue;
        }
        if let Some(ruling) = answered(context, rule) {
            note(context, &mut review, rule, &ruling);
        }
    }
    for rule in all()
        .iter()
        .filter(asked)
        .filter(|rule| matches!(rule.check, Check::Undecided))
    {
        for ruling in graph::undecided::sum_up(context, &review.findings) {
            note(context, &mut review, rule, &ruling);
        }
    }
    review.findings.sort_by(|a, b| {
        let key = |finding: &Finding| {
            (
                finding.status,
                finding.severity,
                finding.rule.id,
                finding.file,
                finding.resource,
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.parts.cmp(&b.parts))
    });
    finding::number(context, &mut review.findings);
    review
}

/// What the reviewer's answer to the question of `rule` amounts to; nothing where there is none.
fn answered(context: &Context<'_>, rule: &Rule) -> Option<Ruling> {
    let attested = context.settings.answers.get(rule.id)?;
    let mut ruling = Ruling::about_file(FileId::new(0));
    if attested.answer == AnswerWord::NotApplicable {
        return None;
    }
    if attested.answer == AnswerWord::No {
        let note = attested.note.as_ref();
        let says = note.map_or_else(
            || "the reviewer answers no".to_owned(),
            |note| format!("the reviewer answers no: {note}"),
        );
        ruling.judge("answer", says, Answer::Yes(Vec::new()));
    }
    Some(ruling)
}

fn note(context: &Context<'_>, review: &mut Review, rule: &'static Rule, ruling: &Ruling) {
    if ruling.skipped {
        return;
    }
    let tally = review.tallies.entry(rule.id).or_default();
    match Finding::of(context, rule, ruling) {
        None => tally.pass += 1,
        Some(finding) => {
            match finding.status {
                Status::Fail => tally.fail += 1,
                Status::Undetermined => tally.undetermined += 1,
            }
            review.findings.push(finding);
        }
    }
}

/// What `rule` says of each resource that it is about, in order.
pub fn check(context: &Context<'_>, rule: &'static Rule) -> Vec<Ruling> {
    match rule.check {
        Check::Property(check) => {
            rulings(context, rule, &|scene, ruling| check.judge(scene, ruling))
        }
        Check::Resource(check) => rulings(context, rule, &check),
        Check::Estate(check) => check(context),
        Check::Undecided | Check::Answer => Vec::new(),
    }
}

/// A check of one resource.
type ResourceCheck<'c> = &'c dyn Fn(&Scene<'_>, &mut Ruling);

/// The rulings of a check that looks at one resource at a time.
fn rulings(context: &Context<'_>, rule: &Rule, check: ResourceCheck<'_>) -> Vec<Ruling> {
    let mut found = Vec::new();
    let mut look = |index: ResourceIndex, resource: &Resource| {
        let doubt = match &resource.presence {
            Presence::Deployed => None,
            // What another template deploys is judged there.
            Presence::NotDeployed(_) | Presence::Existing => return,
            Presence::Unknown(span, unknown) => Some(Doubt::of(unknown, *span, "is false")),
        };
        let scene = Scene::new(context, index, resource);
        let mut ruling = Ruling::about(index);
        check(&scene, &mut ruling);
        if let Some(doubt) = doubt {
            ruling.weaken(&doubt);
        }
        if !ruling.skipped {
            found.push(ruling);
        }
    };
    if rule.is_about_any_type() {
        for (index, resource) in context.inventory.iter() {
            look(index, resource);
        }
        return found;
    }
    for resource_type in rule.resource_types {
        for (index, resource) in context.inventory.of_type(resource_type) {
            look(index, resource);
        }
    }
    found
}

impl PropertyCheck {
    pub(super) fn judge(&self, scene: &Scene<'_>, ruling: &mut Ruling) {
        let applies = self.applies.ask(scene);
        let doubts = match applies {
            Answer::No => {
                ruling.skip();
                return;
            }
            Answer::Yes(_) => Vec::new(),
            Answer::Open(doubts) => doubts,
        };
        let mut asked = false;
        for part in self.parts {
            let about = |resource_type: &&str| scene.resource.resource_type.is(resource_type);
            if !part.types.is_empty() && !part.types.iter().any(about) {
                continue;
            }
            asked = true;
            let answer = match part.when.ask(scene) {
                Answer::Yes(_) if !doubts.is_empty() => Answer::Open(doubts.clone()),
                Answer::Open(more) if !doubts.is_empty() => {
                    Answer::Open(doubts.iter().cloned().chain(more).collect())
                }
                answer => answer,
            };
            ruling.judge_at(part.key, part.says, part.severity, answer);
        }
        if !asked {
            ruling.skip();
        }
    }
}
