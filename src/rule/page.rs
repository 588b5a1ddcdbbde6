//! A rule's page: made from the declaration, for every place that shows it.

use super::declare::{DecidedFrom, Responsibility, Rule};
use super::fragment::{
    corrected_fragment, failing_fragment, patch_fragment, write_bicep, write_json,
};
use super::reference::Source;
use super::severity::Follows;
use std::fmt::Write as _;

/// A heading of a page with what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: &'static str,
    /// What stands under it, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; code stands in backticks.
    Prose(String),
    /// A list, each entry with a leading word.
    List(Vec<(String, String)>),
    /// Code in a language: `json`, `bicep` or `sh`.
    Code(&'static str, String),
}

/// The sections of the page about `rule`, in order.
pub fn sections(rule: &Rule) -> Vec<Section> {
    let mut sections = vec![
        prose("What it checks", rule.page.checks),
        prose("Why it matters", rule.page.matters),
        Section {
            heading: "How it decides",
            blocks: vec![Block::List(decisions(rule)), Block::Prose(severity(rule))],
        },
    ];
    if let Some(question) = rule.question {
        sections.push(Section {
            heading: "What is asked",
            blocks: vec![
                Block::Prose(question.asks.to_owned()),
                Block::Prose(format!("What bears it out: {}", question.evidence)),
            ],
        });
    }
    let code = |heading, value: Option<crate::value::Value>| {
        value.map(|value| Section {
            heading,
            blocks: vec![Block::Code("json", write_json(&value))],
        })
    };
    sections.extend(code("A fragment that fails", failing_fragment(rule)));
    sections.extend(code("The same corrected", corrected_fragment(rule)));
    sections.push(remedy(rule));
    sections.push(Section {
        heading: "References",
        blocks: vec![Block::List(references(rule))],
    });
    sections
}

fn prose(heading: &'static str, text: &str) -> Section {
    Section {
        heading,
        blocks: vec![Block::Prose(text.to_owned())],
    }
}

fn decisions(rule: &Rule) -> Vec<(String, String)> {
    [
        ("Pass", rule.page.pass),
        ("Fail", rule.page.fail),
        ("Unknown", rule.page.unknown),
    ]
    .map(|(word, text)| (word.to_owned(), text.to_owned()))
    .to_vec()
}

fn severity(rule: &Rule) -> String {
    let mut text = format!("Severity: {}.", rule.severity.as_str());
    if rule.follows == Follows::Exposure {
        text.push_str(
            " One step milder where nothing on the internet, or only listed addresses, get to the \
             resource; one step worse where anyone does and it is marked sensitive.",
        );
    }
    if rule.responsibility == Responsibility::Platform {
        text.push_str(" The platform sees to it; what is left is to know and to record it.");
    }
    text
}

fn remedy(rule: &Rule) -> Section {
    let mut blocks = vec![Block::Prose(rule.remedy.text.to_owned())];
    let patch = patch_fragment(rule);
    if let Some(patch) = &patch {
        blocks.push(Block::Code("json", write_json(patch)));
    }
    if rule.decided_from != DecidedFrom::Attestation
        && let Some(corrected) = corrected_fragment(rule)
    {
        blocks.push(Block::Code("bicep", write_bicep(&corrected)));
    }
    if !rule.remedy.cli.is_empty() {
        blocks.push(Block::Code("sh", rule.remedy.cli.to_owned()));
    }
    Section {
        heading: "Remedy",
        blocks,
    }
}

/// The benchmark's controls, then the references by source.
fn references(rule: &Rule) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    if !rule.controls.is_empty() {
        let label = "Microsoft cloud security benchmark".to_owned();
        lines.push((label, rule.controls.join(", ")));
    }
    let mut by_source: std::collections::BTreeMap<Source, Vec<String>> =
        std::collections::BTreeMap::new();
    for reference in rule.parsed_references() {
        by_source
            .entry(reference.source)
            .or_default()
            .push(reference.id);
    }
    let named = by_source
        .into_iter()
        .map(|(source, ids)| (source.label().to_owned(), ids.join(", ")));
    lines.extend(named);
    for resource_type in rule.resource_types {
        if let Some(link) = template_reference(resource_type) {
            lines.push(("Template reference".to_owned(), link));
        }
    }
    lines
}

/// The address of Azure's template reference for `resource_type`; `None` for what is no type.
fn template_reference(resource_type: &str) -> Option<String> {
    let (namespace, rest) = resource_type.split_once('/')?;
    if namespace.starts_with('(') {
        return None;
    }
    Some(format!(
        "https://learn.microsoft.com/azure/templates/{}/{}",
        namespace.to_ascii_lowercase(),
        rest.to_ascii_lowercase()
    ))
}

/// The page about `rule` in Markdown.
pub fn markdown(rule: &Rule) -> String {
    let mut out = format!("# {} {}\n\n`{}`\n", rule.id, rule.title, rule.name);
    for section in sections(rule) {
        let _ = write!(out, "\n## {}\n", section.heading);
        for block in section.blocks {
            out.push('\n');
            match block {
                Block::Prose(text) => {
                    let _ = writeln!(out, "{text}");
                }
                Block::List(entries) => {
                    for (word, text) in entries {
                        let _ = writeln!(out, "- **{word}**: {text}");
                    }
                }
                Block::Code(language, text) => {
                    let _ = writeln!(out, "```{language}\n{}\n```", text.trim_end());
                }
            }
        }
    }
    out
}

/// The page about `rule` as plain text of at most `width` columns where words allow.
pub fn plain(rule: &Rule, width: usize) -> String {
    let mut out = format!("{}  {}\n({})\n", rule.id, rule.title, rule.name);
    for section in sections(rule) {
        let _ = write!(out, "\n{}\n", section.heading.to_uppercase());
        for (at, block) in section.blocks.into_iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            match block {
                Block::Prose(text) => wrap(&text.replace('`', ""), "  ", "  ", width, &mut out),
                Block::List(entries) => {
                    for (word, text) in entries {
                        let text = format!("{word}: {text}").replace('`', "");
                        wrap(&text, "  - ", "    ", width, &mut out);
                    }
                }
                Block::Code(_, text) => {
                    for line in text.trim_end().lines() {
                        let _ = writeln!(out, "    {line}");
                    }
                }
            }
        }
    }
    out
}

/// Appends `text` broken between words, the first line behind `first`, the others behind `next`.
fn wrap(text: &str, first: &str, next: &str, width: usize, out: &mut String) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            let _ = writeln!(out, "{line}");
            next.clone_into(&mut line);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    let _ = writeln!(out, "{line}");
}
