//! From a span to the file, pointer, line and column that name it.

use crate::input::Document;
use crate::resource::{Inventory, ResourceIndex};
use crate::source::{FileId, Position, Sources, Span};
use std::collections::BTreeMap;

/// A place as reports name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The JSON pointer into the file as given.
    pub pointer: String,
    /// The line and column where it starts.
    pub position: Position,
    /// The bytes.
    pub span: Span,
}

/// Which document holds a file, and which resource a stretch of it.
#[derive(Debug, Default)]
pub struct Locator {
    documents: BTreeMap<FileId, usize>,
    /// Declarations by file and start; of those that start together the longest first.
    declarations: Vec<(Span, ResourceIndex)>,
}

impl Locator {
    /// The index of `documents` and of the resources in `inventory`.
    pub fn new(documents: &[Document], inventory: &Inventory) -> Self {
        let mut declarations: Vec<(Span, ResourceIndex)> = inventory
            .iter()
            .map(|(index, resource)| (resource.span, index))
            .collect();
        declarations.sort_by_key(|(span, index)| {
            (span.file, span.start, std::cmp::Reverse(span.end), *index)
        });
        let documents = documents
            .iter()
            .enumerate()
            .map(|(at, document)| (document.file, at))
            .collect();
        Self {
            documents,
            declarations,
        }
    }

    /// Where `span` stands.
    pub fn locate<'a>(
        &self,
        sources: &'a Sources,
        documents: &[Document],
        span: Span,
    ) -> Option<Location<'a>> {
        let (file, position) = sources.locate(span)?;
        let document = self
            .documents
            .get(&span.file)
            .and_then(|at| documents.get(*at));
        let pointer = document
            .map(|document| document.pointer(span))
            .unwrap_or_default();
        Some(Location {
            file,
            pointer,
            position,
            span,
        })
    }

    /// The resource whose declaration holds `span`, the innermost one; of a loop's resources, which
    /// share their text, the first.
    pub fn owner(&self, span: Span) -> Option<ResourceIndex> {
        let end = self.declarations.partition_point(|(declared, _)| {
            (declared.file, declared.start) <= (span.file, span.start)
        });
        let holding = self.declarations.get(..end)?.iter().rev();
        let innermost = holding
            .take_while(|(declared, _)| declared.file == span.file)
            .find(|(declared, _)| declared.contains(span))?;
        let key = |span: &Span| (span.file, span.start, std::cmp::Reverse(span.end));
        let first = self
            .declarations
            .partition_point(|(declared, _)| key(declared) < key(&innermost.0));
        self.declarations.get(first).map(|(_, index)| *index)
    }
}
