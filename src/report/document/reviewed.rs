//! What the reviewer laid down.

use super::{Block, Cell, Table, Tone, code, counted, place, short_name};
use crate::report::form::Report;
use crate::rule::AnswerWord;

pub(super) fn intent(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !report.intent.is_empty() {
        let rows = report.intent.iter().map(|line| {
            let held = if line.holds {
                Cell::toned("holds", Tone::Blocked)
            } else {
                Cell::toned("does not hold", Tone::High)
            };
            let reach = format!(
                "{} {} reach {}",
                code(&line.source),
                line.reach,
                code(&line.to)
            );
            vec![Cell::plain(reach), held, Cell::plain(line.why.clone())]
        });
        blocks.push(Block::Table(Table {
            columns: &["Line", "In the estate", "Why"],
            rows: rows.collect(),
        }));
    }
    if !report.deviations.is_empty() {
        let rows = report.deviations.iter().map(|one| {
            vec![
                Cell::severity(&one.severity, &one.status),
                Cell::plain(one.kind.clone()),
                Cell::plain(one.message.clone()),
                Cell::plain(one.evidence.first().map(place).unwrap_or_default()),
            ]
        });
        let table = Table {
            columns: &["Severity", "Deviation", "What differs", "Line"],
            rows: rows.collect(),
        };
        blocks.push(Block::Group(
            "Deviations".to_owned(),
            vec![Block::Table(table)],
        ));
    }
    blocks
}

pub(super) fn answers(report: &Report) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut open = 0;
    for asked in &report.attestations {
        let Some(answer) = &asked.answer else {
            open += 1;
            continue;
        };
        let word = match answer.answer {
            AnswerWord::Yes => Cell::toned("yes", Tone::Blocked),
            AnswerWord::No => Cell::toned("no", Tone::High),
            AnswerWord::NotApplicable => Cell::plain("not applicable"),
        };
        let who = [&answer.by, &answer.on];
        let who: Vec<&str> = who.into_iter().flatten().map(String::as_str).collect();
        rows.push(vec![
            Cell::plain(asked.question.clone()),
            word,
            Cell::plain(who.join(", ")),
            Cell::plain(answer.note.clone().unwrap_or_default()),
        ]);
    }
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            columns: &["Question", "Answer", "By", "Note"],
            rows,
        }));
    }
    if open > 0 {
        let words = counted(open, "question is", "questions are");
        blocks.push(Block::Prose(format!("{words} not answered.")));
    }
    blocks
}

pub(super) fn waivers(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !report.waivers.is_empty() {
        let rows = report.waivers.iter().map(|waiver| {
            let about = match (&waiver.resource, &waiver.fingerprint) {
                (Some(name), _) => code(name),
                (None, Some(fingerprint)) => code(fingerprint),
                (None, None) => String::new(),
            };
            let tone = match waiver.state.as_str() {
                "active" => Tone::Note,
                _ => Tone::Medium,
            };
            vec![
                Cell::plain(waiver.rule.clone()),
                Cell::plain(about),
                Cell::plain(format!("{}: {}", waiver.reason, waiver.text)),
                Cell::plain(waiver.owner.clone()),
                Cell::plain(waiver.expires.clone().unwrap_or_default()),
                Cell::toned(waiver.state.clone(), tone),
            ]
        });
        blocks.push(Block::Table(Table {
            columns: &["Rule", "About", "Why", "Owner", "Until", "State"],
            rows: rows.collect(),
        }));
    }
    let intended: Vec<String> = report
        .findings
        .iter()
        .filter(|one| one.waiver.as_ref().is_some_and(|waiver| waiver.by_intent))
        .map(|one| format!("{} {}", one.rule, one.message))
        .collect();
    if !intended.is_empty() {
        let list = Block::List(intended);
        blocks.push(Block::Group("Meant to be so".to_owned(), vec![list]));
    }
    if !report.notes.is_empty() {
        let notes = report.notes.iter().map(|note| {
            let who = [&note.by, &note.on];
            let who: Vec<&str> = who.into_iter().flatten().map(String::as_str).collect();
            let who = if who.is_empty() {
                String::new()
            } else {
                format!(" ({})", who.join(", "))
            };
            format!("{}: {}{who}", code(short_name(&note.about)), note.text)
        });
        blocks.push(Block::Group(
            "Notes".to_owned(),
            vec![Block::List(notes.collect())],
        ));
    }
    blocks
}
