//! The house: who may use whom, how long things may get, and words that have no place.
//!
//! The order of the rooms is read from the map in `src/lib.rs`. Code of tests is exempt.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::Visit;

const FILE_LINES: usize = 400;
/// Files that were over the limit when it was drawn: they may shrink, and leave this list then.
const OVER_FILE_LINES: &[(&str, usize)] = &[];
const FUNCTION_LINES: usize = 60;
const COMPONENT_LINES: usize = 120;

/// Rooms that show what was found; the language and the graph are behind `analysis` for them.
const SHOWING: &[&str] = &["report", "view", "ui"];
const BEHIND_ANALYSIS: &[&str] = &["arm", "graph"];
/// Rooms that may use the system that they run on.
const FACES: &[&str] = &["worker", "ui", "cli"];

struct SourceFile {
    path: PathBuf,
    text: String,
    syntax: syn::File,
}

impl SourceFile {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut syntax =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        syntax.items.retain(|item| !is_for_tests(attributes(item)));
        Self { path, text, syntax }
    }

    /// The room that the file is in: its first folder, or its own name.
    fn room(&self) -> String {
        let below = self.path.strip_prefix("src").unwrap();
        let first = below.components().next().unwrap();
        Path::new(first.as_os_str())
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned()
    }

    fn is_in_a_room(&self) -> bool {
        !matches!(self.room().as_str(), "lib" | "bin")
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn sources() -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(SourceFile::read(path));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 20, "the sources were not found");
    files
}

/// The rooms in order, from the map in `src/lib.rs`; rooms side by side share a place.
fn map() -> BTreeMap<String, usize> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let text: String = lib
        .lines()
        .map(|line| line.trim_start_matches("//!"))
        .skip_while(|line| line.trim() != "```text")
        .skip(1)
        .take_while(|line| line.trim() != "```")
        .collect();
    text.split("->")
        .enumerate()
        .flat_map(|(place, rooms)| {
            rooms
                .split('|')
                .map(move |room| (room.trim().to_owned(), place))
        })
        .collect()
}

/// The rooms that `tokens` name after `crate::`, whether in a `use`, a path or a macro.
fn rooms_named(tokens: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        if let TokenTree::Group(group) = tree {
            rooms_named(group.stream(), found);
        }
        let is_crate = matches!(tree, TokenTree::Ident(name) if name == "crate");
        let is_path = |offset: usize| matches!(trees.get(at + offset), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
        if !is_crate || !is_path(1) || !is_path(2) {
            continue;
        }
        match trees.get(at + 3) {
            Some(TokenTree::Ident(room)) => found.push(room.to_string()),
            Some(TokenTree::Group(group)) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let starts = inner
                    .split(|tree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ','));
                found.extend(
                    starts
                        .filter_map(|part| part.first())
                        .map(ToString::to_string),
                );
            }
            _ => {}
        }
    }
}

/// The rooms that `file` names, each once, without its own.
fn uses(file: &SourceFile) -> Vec<String> {
    let mut found = Vec::new();
    for item in &file.syntax.items {
        rooms_named(item.to_token_stream(), &mut found);
    }
    found.sort();
    found.dedup();
    found.retain(|room| *room != file.room());
    found
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn nothing_imports_to_its_right() {
    let map = map();
    let mut problems = Vec::new();
    for file in sources().iter().filter(|file| file.is_in_a_room()) {
        let room = file.room();
        let Some(own) = map.get(&room) else {
            problems.push(format!(
                "{}: the map has no room `{room}`",
                file.path.display()
            ));
            continue;
        };
        for used in uses(file) {
            let Some(place) = map.get(&used) else {
                continue;
            };
            let behind =
                SHOWING.contains(&room.as_str()) && BEHIND_ANALYSIS.contains(&used.as_str());
            if place >= own || behind {
                problems.push(format!("{}: `{room}` uses `{used}`", file.path.display()));
            }
        }
    }
    report(&problems);
}

#[test]
fn every_room_of_the_library_is_on_the_map() {
    let map = map();
    let lib = SourceFile::read(PathBuf::from("src/lib.rs"));
    let missing: Vec<String> = lib
        .syntax
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        })
        .filter(|room| !map.contains_key(room))
        .collect();
    report(&missing);
}

/// Lines of functions that hold code: neither blank nor comment.
struct Functions<'a> {
    file: &'a SourceFile,
    problems: &'a mut Vec<String>,
}

impl Functions<'_> {
    fn check(&mut self, attributes: &[syn::Attribute], name: &syn::Ident, block: &syn::Block) {
        let is_component = attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("component"));
        let limit = if is_component {
            COMPONENT_LINES
        } else {
            FUNCTION_LINES
        };
        let (first, last) = (block.span().start().line, block.span().end().line);
        let lines = self
            .file
            .text
            .lines()
            .skip(first)
            .take(last.saturating_sub(first + 1));
        let count = lines
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("//"))
            .count();
        if count > limit {
            self.problems.push(format!(
                "{}:{first}: `{name}` has {count} lines, more than {limit}",
                self.file.path.display()
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check(&function.attrs, &function.sig.ident, &function.block);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check(&function.attrs, &function.sig.ident, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
}

#[test]
fn files_and_functions_stay_short() {
    let mut problems = Vec::new();
    for file in sources() {
        let ends = file.syntax.items.iter().map(|item| item.span().end().line);
        let lines = ends.max().unwrap_or(0);
        let path = file.path.to_string_lossy();
        let over = OVER_FILE_LINES.iter().find(|(over, _)| *over == path);
        let limit = over.map_or(FILE_LINES, |(_, limit)| *limit);
        if lines > limit {
            problems.push(format!(
                "{path}: {lines} lines without tests, more than {limit}"
            ));
        }
        if over.is_some() && lines <= FILE_LINES {
            problems.push(format!(
                "{path}: {lines} lines, no longer over: take it off the list"
            ));
        }
        let mut functions = Functions {
            file: &file,
            problems: &mut problems,
        };
        functions.visit_file(&file.syntax);
    }
    report(&problems);
}

/// Whether `needle` stands in `line` other than as the end of a longer word.
fn has_word(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | '-'))
    })
}

#[test]
fn words_that_have_no_place_are_not_there() {
    let mut problems = Vec::new();
    for file in sources() {
        let room = file.room();
        let is_face = FACES.contains(&room.as_str()) || !file.is_in_a_room();
        let code_ends = file
            .syntax
            .items
            .iter()
            .map(|item| item.span().end().line)
            .max();
        for (number, line) in file.text.lines().enumerate().take(code_ends.unwrap_or(0)) {
            if line.trim_start().starts_with("//") {
                continue;
            }
            let mut forbid = |word: &str, why: &str, wrong: bool| {
                if wrong && has_word(line, word) {
                    let path = file.path.display();
                    problems.push(format!("{path}:{}: `{word}`: {why}", number + 1));
                }
            };
            forbid("HashMap", "its order differs from run to run", true);
            forbid("HashSet", "its order differs from run to run", true);
            forbid(
                "style=",
                "the page's policy blocks it; use a class or `style:name=`",
                room == "ui",
            );
            forbid(
                "graph[",
                "it panics where the node is gone",
                room != "graph",
            );
            for system in [
                "std::fs",
                "std::env",
                "std::time",
                "std::thread",
                "std::process",
            ] {
                forbid(system, "the engine knows no system", !is_face);
            }
        }
    }
    report(&problems);
}

#[test]
fn the_check_itself_sees_what_it_should() {
    let text = "use crate::{a::B, c}; fn f() { crate::d::e(); view! { {crate::g::h} } }";
    let mut found = Vec::new();
    rooms_named(text.parse().unwrap(), &mut found);
    assert_eq!(found, ["a", "c", "d", "g"]);
    assert!(has_word("<p style=\"x\">", "style="));
    assert!(!has_word("<p style:left=x font-style=y>", "style="));
    assert!(has_word("std::collections::HashMap", "HashMap"));
}
