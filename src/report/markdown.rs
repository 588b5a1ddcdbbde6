//! The review in Markdown, for a pull request.

use super::document::{Block, Document, DocumentOptions, Table};
use super::form::Report;
use super::plain::plain;
use std::fmt::{self, Display, Formatter, Write};

/// The most rows of one table, entries of one list and groups of one section: comments on pull
/// requests have a limit. What is left out is counted.
const ROW_LIMIT: usize = 60;

/// The document about `report` in Markdown as GitHub and Azure DevOps read it.
pub fn write_markdown(report: &Report, options: &DocumentOptions) -> String {
    let document = Document::of(report, options);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# {}\n\n{}",
        Escaped(&document.title),
        Escaped(&document.lead)
    );
    for (section, blocks) in &document.sections {
        if blocks.iter().all(|block| matches!(block, Block::Picture)) {
            continue;
        }
        let _ = writeln!(out, "\n## {}", section.title());
        write_blocks(&mut out, blocks);
    }
    out
}

fn write_blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks.iter().take(ROW_LIMIT) {
        match block {
            Block::Prose(text) => {
                let _ = writeln!(out, "\n{}", Escaped(text));
            }
            Block::List(items) => {
                out.push('\n');
                for item in items.iter().take(ROW_LIMIT) {
                    let _ = writeln!(out, "- {}", Escaped(item));
                }
                write_rest(out, items.len());
            }
            Block::Table(table) => write_table(out, table),
            Block::Group(heading, inner) => {
                let _ = writeln!(out, "\n### {}", Escaped(heading));
                // A group holds no groups.
                for block in inner {
                    match block {
                        Block::Table(table) => write_table(out, table),
                        other => write_blocks(out, std::slice::from_ref(other)),
                    }
                }
            }
            Block::Picture => {}
        }
    }
    write_rest(out, blocks.len());
}

fn write_table(out: &mut String, table: &Table) {
    let _ = writeln!(out, "\n| {} |", table.columns.join(" | "));
    let _ = writeln!(out, "|{}", " --- |".repeat(table.columns.len()));
    for row in table.rows.iter().take(ROW_LIMIT) {
        out.push('|');
        for cell in row {
            let text = Escaped(&cell.text);
            let _ = match cell.tone {
                Some(_) => write!(out, " **{text}** |"),
                None => write!(out, " {text} |"),
            };
        }
        out.push('\n');
    }
    write_rest(out, table.rows.len());
}

fn write_rest(out: &mut String, count: usize) {
    if count > ROW_LIMIT {
        let _ = writeln!(out, "\n{} more are left out here.", count - ROW_LIMIT);
    }
}

/// A text of ours in which names stand in backticks, harmless in Markdown: nothing but code in
/// backticks is marked up, and nobody is called by `@`.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let text = plain(self.0);
        // Where backticks do not pair, a name holds one, and none of them marks code.
        let pairs = text.matches('`').count().is_multiple_of(2);
        for (at, part) in text.split('`').enumerate() {
            if at > 0 {
                formatter.write_str(if pairs { "`" } else { "\\`" })?;
            }
            if pairs && at % 2 == 1 {
                // A table is cut into cells before code is looked for.
                formatter.write_str(&part.replace('|', "\\|"))?;
                continue;
            }
            for letter in part.chars() {
                match letter {
                    '&' => formatter.write_str("&amp;")?,
                    '<' => formatter.write_str("&lt;")?,
                    '>' => formatter.write_str("&gt;")?,
                    '@' => formatter.write_str("@<!-- -->")?,
                    // A leading number and full stop, dash or plus begin a list only at a line's
                    // start, where none of our texts has them.
                    '\\' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '!' => {
                        formatter.write_char('\\')?;
                        formatter.write_char(letter)?;
                    }
                    // Written out, an address becomes a link by itself.
                    ':' if part.contains("://") => formatter.write_str("&#58;")?,
                    other => formatter.write_char(other)?,
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    #[test]
    fn nothing_of_a_hostile_name_is_marked_up() {
        for (text, want) in [
            ("`a|b`: *x* <img>", "`a\\|b`: \\*x\\* &lt;img&gt;"),
            ("a`b", "a\\`b"),
            ("[x](http://y) @team", "\\[x\\](http&#58;//y) @<!-- -->team"),
            ("a\nb\u{202e}", "a b&lt;U+202E&gt;"),
        ] {
            assert_eq!(Escaped(text).to_string(), want);
        }
    }
}
