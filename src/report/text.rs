//! The review as text to be read in a terminal: verdicts first, then what is to say about them.

mod comparison;
mod cut;
mod intent;

pub use comparison::write_comparison;
pub use cut::write_cut;

use super::plain::harmless;
use crate::analysis::{Analysis, describe_ports, headline, summarise};
use crate::evidence::{Basis, Evidence};
use crate::reachability::{Exposure, OpenTo, Path, Verdict};
use crate::rule::Status;
use std::fmt::Write as _;

/// How text is to be written.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextStyle {
    /// Whether colours are wanted.
    pub colour: bool,
}

/// The whole review.
pub fn write_text(analysis: &Analysis, style: TextStyle) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", style.strong(&headline(analysis)));
    let groups = [
        (Verdict::Reachable, "Reachable"),
        (Verdict::Conditional, "Left open by the template"),
        (Verdict::Undetermined, "Not enough in the inputs"),
        (Verdict::Blocked, "Blocked"),
    ];
    for (verdict, title) in groups {
        let mut members = analysis
            .exposures
            .iter()
            .filter(|one| one.verdict == verdict)
            .peekable();
        if members.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "\n{}", style.strong(title));
        for exposure in members {
            write_exposure(&mut out, analysis, exposure, style);
        }
    }
    write_single_points(&mut out, analysis, style);
    intent::write_deviations(&mut out, analysis, style);
    write_findings(&mut out, analysis, style);
    write_diagnostics(&mut out, analysis);
    harmless(&out, style.colour)
}

/// The paths to every door of the resources called `name` (the full name, its last segment or the
/// identifier, in any case), or what blocks them; `None` where nothing is called so.
pub fn write_trace(analysis: &Analysis, name: &str, style: TextStyle) -> Option<String> {
    let mut out = String::new();
    for exposure in analysis.exposures_called(name) {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", style.strong(&summarise(analysis, exposure)));
        let paths = exposure.paths.iter().chain(&exposure.inner_paths);
        let count = exposure.paths.len() + exposure.inner_paths.len();
        for (at, path) in paths.enumerate() {
            let assumes = if path.assumes_compromise {
                ", if what stands on it is broken into"
            } else {
                ""
            };
            let _ = writeln!(out, "\n  path {} of {count}{assumes}", at + 1);
            write_path(&mut out, analysis, path);
        }
        if !exposure.blockers.is_empty() {
            let _ = writeln!(out, "\n  what blocks it");
            for blocker in &exposure.blockers {
                write_evidence(&mut out, analysis, &blocker.evidence, "    ");
                if blocker.alone {
                    let _ = writeln!(out, "      nothing else does: without it, it is reached");
                }
            }
        }
        for question in &exposure.questions {
            let _ = writeln!(out, "\n  open: {}", question.doubt.why);
            let _ = writeln!(out, "    settled by {}", question.doubt.settle);
            if let Some(command) = &question.doubt.command {
                let _ = writeln!(out, "    {command}");
            }
            for (value, verdict) in &question.if_settled {
                let _ = writeln!(out, "    {value}: {}", verdict.as_str());
            }
        }
    }
    (!out.is_empty()).then(|| harmless(&out, style.colour))
}

fn write_exposure(out: &mut String, analysis: &Analysis, exposure: &Exposure, style: TextStyle) {
    let Some(resource) = analysis.resource_of(exposure) else {
        return;
    };
    let kind = resource
        .kind()
        .map_or(resource.resource_type.as_str(), |kind| kind.display);
    let door = match analysis.door_name(exposure) {
        "main" => String::new(),
        door => format!(" ({door})"),
    };
    let word = match exposure.open_to {
        Some(OpenTo::Anyone) => "anyone",
        Some(OpenTo::AzureTenants) => "any Azure customer",
        Some(OpenTo::Listed) => "listed addresses",
        None => "",
    };
    let name = style.verdict(exposure.verdict, &format!("{}{door}", resource.name));
    let _ = write!(out, "  {name}  {kind}");
    if !word.is_empty() {
        let _ = write!(out, "  open to {word}");
    }
    if exposure.verdict != Verdict::Blocked {
        let _ = write!(out, "  on {}", describe_ports(&exposure.arriving.may));
        let accepted = authentication(analysis, exposure);
        if !accepted.is_empty() {
            let _ = write!(out, "  with {accepted}");
        }
    }
    out.push('\n');
    if let (Verdict::Blocked, Some(blocker)) = (exposure.verdict, exposure.blockers.first()) {
        write_evidence(out, analysis, &blocker.evidence, "      ");
    }
    for hop in exposure.paths.first().iter().flat_map(|path| &path.hops) {
        write_evidence(out, analysis, &hop.evidence, "      ");
    }
    for question in &exposure.questions {
        let doubt = &question.doubt;
        let _ = writeln!(out, "      {}; settled by {}", doubt.why, doubt.settle);
    }
}

fn authentication(analysis: &Analysis, exposure: &Exposure) -> String {
    let Some(entry) = analysis.model.doors.get(exposure.door) else {
        return String::new();
    };
    let mut modes: Vec<_> = entry
        .door
        .authentication
        .accepted
        .iter()
        .map(|(mode, _)| *mode)
        .collect();
    modes.sort_unstable();
    modes.dedup();
    modes
        .iter()
        .map(|mode| mode.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn write_path(out: &mut String, analysis: &Analysis, path: &Path) {
    for (at, hop) in path.hops.iter().enumerate() {
        let (from, to) = (analysis.place_name(hop.from), analysis.place_name(hop.to));
        let _ = writeln!(out, "  {}. {from} -> {to}", at + 1);
        write_evidence(out, analysis, &hop.evidence, "       ");
    }
    if let Some((sender, protocol, port)) = path.admitted.witness() {
        let protocol = protocol.as_str().to_ascii_lowercase();
        let _ = writeln!(out, "     for example {protocol} {port} from {sender}");
    }
}

fn write_evidence(out: &mut String, analysis: &Analysis, evidence: &[Evidence], indent: &str) {
    for one in evidence {
        let Some((file, position)) = analysis.sources.locate(one.span) else {
            continue;
        };
        let mark = match one.basis {
            Basis::Stated => "",
            Basis::Default => " (default)",
            Basis::Platform => " (platform)",
            Basis::Assumed => " (assumed)",
        };
        let (line, column) = (position.line, position.column);
        let says = &one.says;
        let _ = writeln!(out, "{indent}{file}:{line}:{column}  {says}{mark}");
    }
}

/// The most single points of protection that are listed.
const POINT_LIMIT: usize = 20;

/// The controls of which each alone keeps something closed.
fn write_single_points(out: &mut String, analysis: &Analysis, style: TextStyle) {
    let points = analysis.single_points();
    if points.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style.strong("Single points of protection"));
    for point in points.iter().take(POINT_LIMIT) {
        let mut names: Vec<&str> = point
            .protects
            .iter()
            .filter_map(|exposure| analysis.resource_of(exposure))
            .map(|resource| &*resource.name)
            .collect();
        names.dedup();
        let more = names.len().saturating_sub(3);
        names.truncate(3);
        let mut shown = format!("`{}`", names.join("`, `"));
        if more > 0 {
            let _ = write!(shown, " and {more} more");
        }
        let place = analysis.locate(point.evidence.span).map(|place| {
            let (line, column) = (place.position.line, place.position.column);
            format!("{}:{line}:{column}", place.file)
        });
        let place = place.unwrap_or_default();
        let _ = writeln!(
            out,
            "  {place}  {} keeps {shown} closed alone",
            point.evidence.says
        );
    }
    if points.len() > POINT_LIMIT {
        let _ = writeln!(out, "  and {} more", points.len() - POINT_LIMIT);
    }
}

/// The findings, sure ones first, by severity.
fn write_findings(out: &mut String, analysis: &Analysis, style: TextStyle) {
    let (waived, standing): (Vec<_>, Vec<_>) = analysis
        .findings
        .iter()
        .partition(|finding| finding.waived.is_some());
    if !standing.is_empty() {
        let _ = writeln!(out, "\n{}", style.strong("Findings"));
    }
    for finding in standing {
        let mut word = finding.severity.as_str().to_owned();
        if finding.status == Status::Undetermined {
            word.push('?');
        }
        let _ = writeln!(out, "  {word:<10}{}  {}", finding.rule.id, finding.message);
        let place = finding
            .evidence
            .first()
            .and_then(|one| analysis.sources.locate(one.span));
        if let Some((file, position)) = place {
            let (line, column) = (position.line, position.column);
            let _ = writeln!(out, "            {file}:{line}:{column}");
        }
        if let Some(moved) = &finding.moved {
            let _ = writeln!(out, "            {moved}");
        }
    }
    intent::write_waived(out, analysis, &waived);
}

fn write_diagnostics(out: &mut String, analysis: &Analysis) {
    let mut counts = std::collections::BTreeMap::new();
    for diagnostic in &analysis.diagnostics {
        *counts.entry(diagnostic.level).or_insert(0_usize) += 1;
    }
    if counts.is_empty() {
        return;
    }
    let words: Vec<String> = counts
        .iter()
        .map(|(level, count)| {
            let plural = if *count == 1 { "" } else { "s" };
            format!("{count} {}{plural}", level.as_str())
        })
        .collect();
    let _ = writeln!(out, "\nAbout the inputs: {}", words.join(", "));
}

impl TextStyle {
    fn strong(self, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn verdict(self, verdict: Verdict, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match verdict {
            Verdict::Reachable => 31,
            Verdict::Conditional => 34,
            Verdict::Undetermined => 35,
            Verdict::Blocked => 32,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
