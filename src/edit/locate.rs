//! From a remedy to the places of the text that it changes.

use super::ChangeError;
use crate::analysis::Analysis;
use crate::evidence::{Remedy, RemedyValue};
use crate::resource::Resource;
use crate::source::{FileId, Span};
use crate::value::{TextChange, Value, pointer_to, value_at};
use serde_json::Value as Json;

/// A change at one place of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct TextEdit {
    /// The file.
    pub file: FileId,
    /// The JSON pointer into the file as given.
    pub pointer: String,
    /// What to do there.
    pub change: TextChange,
}

/// The places that `remedy` changes: the property's own, and that of the same child where the
/// template states it a second time, as exports do.
pub fn edits_of(analysis: &Analysis, remedy: &Remedy) -> Result<Vec<TextEdit>, ChangeError> {
    let place = analysis.locate(remedy.span).ok_or(ChangeError::NoPlace)?;
    let name = remedy.property.rsplit('.').next().unwrap_or_default();
    let is_named = |pointer: &str| {
        pointer
            .rsplit('/')
            .next()
            .is_some_and(|token| token.eq_ignore_ascii_case(name))
    };
    let pointer = if remedy.is_stated {
        if !is_named(&place.pointer) {
            return Err(ChangeError::Computed(remedy.property.to_string()));
        }
        place.pointer
    } else {
        absent_pointer(analysis, remedy, &place.pointer)?
    };
    let change = TextChange::Set(match &remedy.value {
        RemedyValue::Word(word) => Json::String(word.to_string()),
        RemedyValue::Truth(value) => Json::Bool(*value),
    });
    let file = remedy.span.file;
    let mut edits = vec![TextEdit {
        file,
        pointer: pointer.clone(),
        change: change.clone(),
    }];
    for (file, pointer) in twins(analysis, file, &pointer) {
        edits.push(TextEdit {
            file,
            pointer,
            change: change.clone(),
        });
    }
    Ok(edits)
}

/// What `remedy` changes, in words for people: the property, its old value and the new one.
pub fn describe(remedy: &Remedy) -> (String, String) {
    let new = match &remedy.value {
        RemedyValue::Word(word) => word.to_string(),
        RemedyValue::Truth(value) => value.to_string(),
    };
    (remedy.property.to_string(), new)
}

/// The pointer of a property that is absent: below the nearest value that would hold it.
fn absent_pointer(
    analysis: &Analysis,
    remedy: &Remedy,
    nearest: &str,
) -> Result<String, ChangeError> {
    let whole = whole_of(analysis, remedy.span.file).ok_or(ChangeError::NoPlace)?;
    let holder = value_at(whole, nearest).ok_or(ChangeError::NoPlace)?;
    if holder.as_object().is_none() && !holder.is_null() {
        return Err(ChangeError::Computed(remedy.property.to_string()));
    }
    // Of the property's path, what the nearest value already is, counted from the resource: a
    // template within a template has `properties` of its own further out.
    let names: Vec<&str> = remedy.property.split('.').collect();
    let owner = analysis
        .owner(remedy.span)
        .and_then(|index| analysis.inventory.get(index));
    let base = owner
        .and_then(|owner| analysis.locate(owner.span))
        .map(|place| place.pointer);
    let inner = base
        .as_deref()
        .and_then(|base| nearest.strip_prefix(base))
        .unwrap_or(nearest);
    let tokens: Vec<&str> = inner.split('/').collect();
    let below = tokens
        .iter()
        .position(|token| token.eq_ignore_ascii_case("properties"));
    let (mut pointer, inside) = match below {
        Some(at) => (nearest.to_owned(), tokens.get(at + 1..).unwrap_or_default()),
        None => (pointer_to(nearest, "properties"), &[][..]),
    };
    let known = inside
        .iter()
        .zip(&names)
        .take_while(|(token, name)| token.eq_ignore_ascii_case(name))
        .count();
    for name in names.iter().skip(known) {
        pointer = pointer_to(&pointer, name);
    }
    Ok(pointer)
}

/// The places where the inputs state again what stands at `pointer`: a child inside its parent and
/// beside it.
fn twins(analysis: &Analysis, file: FileId, pointer: &str) -> Vec<(FileId, String)> {
    let Some(whole) = whole_of(analysis, file) else {
        return Vec::new();
    };
    let Some(span) = parent_span(whole, pointer) else {
        return Vec::new();
    };
    let Some(owner) = analysis
        .owner(span)
        .and_then(|index| analysis.inventory.get(index))
    else {
        return Vec::new();
    };
    let Some(base) = analysis.locate(owner.span) else {
        return Vec::new();
    };
    let Some(inner) = pointer.strip_prefix(&base.pointer) else {
        return Vec::new();
    };
    inside_twins(analysis, owner, inner)
        .or_else(|| beside_twin(analysis, owner, inner).map(|twin| vec![twin]))
        .unwrap_or_default()
}

/// For a place inside a child that stands in its parent: the same place of the child beside it.
fn inside_twins(
    analysis: &Analysis,
    owner: &Resource,
    inner: &str,
) -> Option<Vec<(FileId, String)>> {
    let mut tokens = inner.split('/').skip(1);
    let (properties, collection, item) = (tokens.next()?, tokens.next()?, tokens.next()?);
    if !properties.eq_ignore_ascii_case("properties") || item.parse::<usize>().is_err() {
        return None;
    }
    let rest: Vec<&str> = tokens.collect();
    let whole = whole_of(analysis, owner.file)?;
    let base = analysis.locate(owner.span)?.pointer;
    let child = value_at(whole, &format!("{base}/{properties}/{collection}/{item}"))?;
    let name = child.get("name")?.as_str()?;
    let beside = owner
        .children
        .iter()
        .filter_map(|index| analysis.inventory.get(*index))
        .find(|resource| {
            resource
                .resource_type
                .last_segment()
                .eq_ignore_ascii_case(collection)
                && resource.short_name().eq_ignore_ascii_case(name)
                && !resource.inline
        })?;
    let place = analysis.locate(beside.span)?;
    Some(vec![(
        beside.file,
        format!("{}/{}", place.pointer, rest.join("/")),
    )])
}

/// For a place inside a child that stands beside its parent: the same place inside the parent.
fn beside_twin(analysis: &Analysis, owner: &Resource, inner: &str) -> Option<(FileId, String)> {
    let parent = analysis.inventory.get(owner.parent?)?;
    let collection = owner.resource_type.last_segment();
    let base = analysis.locate(parent.span)?.pointer;
    let whole = whole_of(analysis, parent.file)?;
    let declared = value_at(whole, &base)?;
    let (list_name, list) = declared
        .get("properties")?
        .members()
        .iter()
        .find(|member| member.name.eq_ignore_ascii_case(collection))
        .map(|member| (&member.name, &member.value))?;
    let at = list.items().iter().position(|item| {
        let name = item.get("name").and_then(Value::as_str);
        name.is_some_and(|name| name.eq_ignore_ascii_case(owner.short_name()))
    })?;
    Some((
        parent.file,
        format!("{base}/properties/{list_name}/{at}{inner}"),
    ))
}

fn whole_of(analysis: &Analysis, file: FileId) -> Option<&Value> {
    analysis
        .documents
        .iter()
        .find(|document| document.file == file)
        .map(|document| &document.whole)
}

/// The place of the innermost value on the way of `pointer` that is there.
fn parent_span(whole: &Value, pointer: &str) -> Option<Span> {
    let mut here = pointer;
    loop {
        if let Some(value) = value_at(whole, here) {
            return Some(value.span);
        }
        here = here.rsplit_once('/')?.0;
    }
}
