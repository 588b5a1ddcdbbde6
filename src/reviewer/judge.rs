//! How the estate differs from the intent.

use super::intent::{Deviation, DeviationKind, Expectation, Intent, Reach};
use crate::evidence::Evidence;
use crate::flow::{FlowSet, ServiceSet};
use crate::graph::Model;
use crate::reachability::{Exposure, OpenTo, Verdict, classify};
use crate::resource::kind::Asset;
use crate::resource::{AuthenticationMode, Inventory, Resource};
use crate::rule::{NamePattern, Severity, Status, without_holes};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// What the intent is held against.
#[derive(Clone, Copy, Debug)]
pub struct Estate<'a> {
    /// Every resource.
    pub inventory: &'a Inventory,
    /// The estate as places and ways.
    pub model: &'a Model,
}

impl<'a> Estate<'a> {
    pub(super) fn resource(&self, exposure: &Exposure) -> Option<&'a Resource> {
        self.inventory.get(exposure.resource)
    }

    pub(super) fn door(&self, exposure: &Exposure) -> &'a str {
        let entry = self.model.doors.get(exposure.door);
        entry.map_or("main", |entry| &entry.door.name)
    }

    /// What people call the door of `exposure`.
    fn title(&self, exposure: &Exposure) -> String {
        let name = self.resource(exposure).map_or("", |one| &*one.name);
        match self.door(exposure) {
            "main" => format!("`{name}`"),
            door => format!("`{name}` ({door})"),
        }
    }
}

/// The deviations of `exposures`, which are those to the foothold called `from`, from the lines of
/// `intent` about that foothold; those forbidden and unexpected first. O(lines · exposures).
pub fn judge(
    estate: Estate<'_>,
    intent: &Intent,
    from: &str,
    exposures: &[Exposure],
) -> Vec<Deviation> {
    let is_closed = intent
        .closed
        .iter()
        .any(|name| name.eq_ignore_ascii_case(from));
    let mut judging = Judging {
        estate,
        intent,
        from,
        deviations: Vec::new(),
    };
    for exposure in exposures {
        judging.forbidden(exposure);
        judging.allowed(exposure, is_closed);
    }
    judging.missing(exposures);
    judging.deviations
}

/// Whether `line` is about the door of `exposure`.
pub(super) fn concerns(estate: Estate<'_>, line: &Expectation, exposure: &Exposure) -> bool {
    let door = estate.door(exposure);
    let resource = estate.resource(exposure);
    resource.is_some_and(|one| NamePattern::new(&line.to).matches(one))
        && line
            .door
            .as_ref()
            .is_none_or(|name| name.eq_ignore_ascii_case(door))
}

struct Judging<'a> {
    estate: Estate<'a>,
    intent: &'a Intent,
    from: &'a str,
    deviations: Vec<Deviation>,
}

/// What is told of one deviation.
struct Told {
    kind: DeviationKind,
    status: Status,
    line: Option<usize>,
    severity: Severity,
    message: String,
}

impl<'a> Judging<'a> {
    /// The lines about the foothold, each with its number.
    fn lines(&self) -> impl Iterator<Item = (usize, &'a Expectation)> + use<'a> {
        let from = self.from;
        let lines = self.intent.expectations.iter().enumerate();
        lines.filter(move |(_, line)| line.from.eq_ignore_ascii_case(from))
    }

    fn add(&mut self, exposure: &Exposure, told: Told) {
        let line = told.line.and_then(|at| self.intent.expectations.get(at));
        let resource = self.estate.resource(exposure);
        let door = self.estate.door(exposure).to_owned();
        let tail = resource.map_or("", |one| one.id.tail());
        self.deviations.push(Deviation {
            kind: told.kind,
            severity: line.and_then(|one| one.severity).unwrap_or(told.severity),
            status: told.status,
            expectation: told.line,
            from: self.from.to_owned(),
            resource: Some(exposure.resource),
            fingerprint: fingerprint(told.kind, self.from, tail, &door),
            door,
            message: told.message,
            evidence: proof(exposure, resource),
        });
    }

    /// Lines that say that something must not be reached.
    fn forbidden(&mut self, exposure: &Exposure) {
        for (at, line) in self
            .lines()
            .filter(|(_, line)| line.reach == Reach::MustNot)
        {
            if !concerns(self.estate, line, exposure) {
                continue;
            }
            let Some(status) = arrives(exposure, &line.services) else {
                continue;
            };
            let name = self.estate.title(exposure);
            let verb = match status {
                Status::Fail => "reaches",
                Status::Undetermined => "may reach",
            };
            let mut message = format!("`{}` {verb} {name}, which it must not", self.from);
            add_reason(&mut message, line);
            let told = Told {
                kind: DeviationKind::Forbidden,
                status,
                line: Some(at),
                severity: Severity::High,
                message,
            };
            self.add(exposure, told);
        }
    }

    /// Lines that allow: what nobody meant, and what goes beyond them.
    fn allowed(&mut self, exposure: &Exposure, is_closed: bool) {
        if exposure.verdict == Verdict::Blocked {
            return;
        }
        let lines: Vec<(usize, &Expectation)> = self
            .lines()
            .filter(|(_, line)| line.reach != Reach::MustNot)
            .filter(|(_, line)| concerns(self.estate, line, exposure))
            .collect();
        let Some((first, _)) = lines.first().copied() else {
            let named = self
                .lines()
                .any(|(_, line)| concerns(self.estate, line, exposure));
            if is_closed && !named {
                self.unexpected(exposure);
            }
            return;
        };
        let mut excess = None;
        if is_closed {
            let beyond = |flows: &FlowSet| beyond(flows, &lines);
            excess = beyond(&exposure.arriving.must)
                .map(|how| (Status::Fail, how))
                .or_else(|| {
                    let how = beyond(&exposure.arriving.may)?;
                    Some((Status::Undetermined, how))
                });
        }
        let excess = excess.or_else(|| self.unmeant_proof(exposure, &lines));
        if let Some((status, how)) = excess {
            let name = self.estate.title(exposure);
            let verb = match status {
                Status::Fail => "is",
                Status::Undetermined => "may be",
            };
            let told = Told {
                kind: DeviationKind::Wider,
                status,
                line: Some(first),
                severity: Severity::Medium,
                message: format!(
                    "{name} {verb} open wider than meant to `{}`: {how}",
                    self.from
                ),
            };
            self.add(exposure, told);
        }
    }

    fn unexpected(&mut self, exposure: &Exposure) {
        let name = self.estate.title(exposure);
        let (status, verb) = match exposure.verdict {
            Verdict::Reachable => (Status::Fail, "reaches"),
            _ => (Status::Undetermined, "may reach"),
        };
        let asset = self.estate.resource(exposure).and_then(Resource::kind);
        let severity = match asset.map(|kind| kind.asset) {
            Some(Asset::MachineLearning | Asset::Data | Asset::Secret | Asset::Registry) => {
                Severity::High
            }
            _ => Severity::Medium,
        };
        let told = Told {
            kind: DeviationKind::Unexpected,
            status,
            line: None,
            severity,
            message: format!(
                "`{}` {verb} {name}, and no line of the intent allows it",
                self.from
            ),
        };
        self.add(exposure, told);
    }

    /// What the door takes as proof that no line allows.
    fn unmeant_proof(
        &self,
        exposure: &Exposure,
        lines: &[(usize, &Expectation)],
    ) -> Option<(Status, String)> {
        let mut meant: Vec<AuthenticationMode> = Vec::new();
        for (_, line) in lines {
            meant.extend(line.with.as_ref()?);
        }
        let door = &self.estate.model.doors.get(exposure.door)?.door;
        let takes = &door.authentication;
        let is_unmeant = |mode: &AuthenticationMode| !meant.contains(mode);
        let accepted = takes.accepted.iter().map(|(mode, _)| *mode);
        let uncertain = takes.uncertain.iter().map(|(mode, _)| *mode);
        let tell = |mode: AuthenticationMode| format!("it takes {} as proof", mode.as_str());
        let sure = accepted.into_iter().find(is_unmeant);
        if let (Some(mode), Verdict::Reachable) = (sure, exposure.verdict) {
            return Some((Status::Fail, tell(mode)));
        }
        let open = sure.or_else(|| uncertain.into_iter().find(is_unmeant))?;
        Some((Status::Undetermined, tell(open)))
    }

    /// Lines that say that something must be reached, and nothing is.
    fn missing(&mut self, exposures: &[Exposure]) {
        for (at, line) in self.lines().filter(|(_, line)| line.reach == Reach::Must) {
            let meant: Vec<&Exposure> = exposures
                .iter()
                .filter(|one| concerns(self.estate, line, one))
                .collect();
            let statuses = || meant.iter().filter_map(|one| arrives(one, &line.services));
            if statuses().any(|status| status == Status::Fail) {
                continue;
            }
            let (status, verb) = if statuses().next().is_some() {
                (Status::Undetermined, "may not reach")
            } else {
                (Status::Fail, "does not reach")
            };
            let nearest = meant.iter().min_by_key(|one| one.verdict).copied();
            let told = |name: &str| {
                let mut message = format!("`{}` {verb} {name}, which it must", self.from);
                add_reason(&mut message, line);
                Told {
                    kind: DeviationKind::Missing,
                    status,
                    line: Some(at),
                    severity: Severity::Medium,
                    message,
                }
            };
            if let Some(exposure) = nearest {
                let name = self.estate.title(exposure);
                self.add(exposure, told(&name));
                continue;
            }
            let told = told(&format!("`{}`: nothing called so has such a door", line.to));
            self.deviations.push(Deviation {
                kind: told.kind,
                severity: line.severity.unwrap_or(told.severity),
                status,
                expectation: Some(at),
                from: self.from.to_owned(),
                resource: None,
                door: line.door.clone().unwrap_or_default(),
                fingerprint: fingerprint(told.kind, self.from, &line.to, ""),
                message: format!(
                    "`{}` must reach `{}`, and nothing called so has such a door",
                    self.from, line.to
                ),
                evidence: Vec::new(),
            });
        }
    }
}

/// Whether something of `services` gets to the door: surely, perhaps, or not (`None`).
fn arrives(exposure: &Exposure, services: &ServiceSet) -> Option<Status> {
    if exposure.verdict == Verdict::Blocked {
        return None;
    }
    let meets = |flows: &FlowSet| !flows.services().intersect(services).is_empty();
    if meets(&exposure.arriving.must) {
        return Some(Status::Fail);
    }
    meets(&exposure.arriving.may).then_some(Status::Undetermined)
}

/// What of `flows` is beyond all `lines`, in words; `None` where nothing is.
fn beyond(flows: &FlowSet, lines: &[(usize, &Expectation)]) -> Option<String> {
    let mut rest = flows.services();
    let mut width = None;
    for (_, line) in lines {
        let covered = flows.map_services(|services| services.intersect(&line.services));
        match classify(&covered) {
            Some(open_to) if open_to < line.open_to => width = Some(open_to),
            _ => rest = rest.subtract(&line.services),
        }
    }
    if rest.is_empty() {
        return None;
    }
    Some(match width {
        Some(OpenTo::Anyone) => "anyone gets there".to_owned(),
        Some(_) => "any customer of Azure gets there".to_owned(),
        None => {
            let ports: Vec<String> = rest
                .parts()
                .map(|(protocol, ports)| format!("{} {ports}", protocol.as_str()))
                .collect();
            format!("also on {}", ports.join(", "))
        }
    })
}

fn add_reason(message: &mut String, line: &Expectation) {
    if !line.why.is_empty() {
        let _ = write!(message, " ({})", line.why);
    }
}

/// What proves how the door stands: what decides on its first path, or its first blocker.
fn proof(exposure: &Exposure, resource: Option<&Resource>) -> Vec<Evidence> {
    let hops = exposure.paths.first().map_or(&[][..], |path| &path.hops);
    let last = hops.iter().rev().find(|hop| !hop.evidence.is_empty());
    let blocker = exposure.blockers.first();
    let mut evidence = last
        .map(|hop| hop.evidence.clone())
        .or_else(|| blocker.map(|one| one.evidence.clone()))
        .unwrap_or_default();
    if let (true, Some(resource)) = (evidence.is_empty(), resource) {
        let says = format!("`{}` is declared here", resource.name);
        evidence.push(Evidence::stated(resource.span, says));
    }
    evidence
}

fn fingerprint(kind: DeviationKind, from: &str, resource: &str, door: &str) -> String {
    let from = from.to_ascii_lowercase();
    let identity = format!(
        "{}|{from}|{}|{door}",
        kind.as_str(),
        without_holes(resource)
    );
    let digest = Sha256::digest(identity.as_bytes());
    digest.iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
