//! Which parameter values go to which template.
//!
//! In order, later ones over earlier ones:
//!
//! 1. A parameter file that belongs to a template: in the same folder, and named after it
//!    (`x.parameters.json`, `x.parameters.prod.json`, `x.param.json`, `x-parameters.json` for
//!    `x.json`); or the only parameter file of a folder or archive that holds one template; or one
//!    whose every parameter is declared by that template and by no other.
//!    Where several belong to one template, the plainest name counts and a diagnostic names the
//!    others.
//! 2. Parameter files handed over as such, for every template that declares what they give.
//! 3. Values typed by the reviewer.

use super::evaluation::ParameterSource;
use super::linked_file::{LinkedFile, LinkedFiles};
use super::scope::{Given, GivenContent, members};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::value::{Member, Text, Value, read_json};
use std::collections::BTreeMap;

/// Values for parameters from outside the run's files.
#[derive(Clone, Debug, Default)]
pub struct TypedParameters {
    files: Vec<Value>,
    typed: Vec<Typed>,
}

#[derive(Clone, Debug)]
struct Typed {
    template: Option<String>,
    name: String,
    text: String,
}

impl TypedParameters {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the values of a parameter file, the value `root` of its text, for every template that
    /// declares such parameters. Later files count over earlier ones.
    pub fn add_file(&mut self, root: Value) {
        self.files.push(root);
    }

    /// Takes the values of a parameter file likewise; every other file counts over it.
    pub fn add_fallback(&mut self, root: Value) {
        self.files.insert(0, root);
    }

    /// Takes `text` as the value of parameter `name`: of the template in the file called
    /// `template`, or of every template. A parameter of type string takes the text as it is, any
    /// other type the JSON that it holds.
    pub fn set(&mut self, template: Option<&str>, name: &str, text: &str) {
        self.typed.push(Typed {
            template: template.map(str::to_owned),
            name: name.to_owned(),
            text: text.to_owned(),
        });
    }

    /// The values for the template `root` in the file called `file`, each with its place.
    pub(crate) fn values(
        &self,
        file: &str,
        root: &Value,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<(Text, Span, Given)> {
        let declared = root.get("parameters");
        let mut found = Vec::new();
        for values in &self.files {
            for (name, _, given) in file_values(values) {
                // Meant for several templates: what one does not declare is for another.
                if let Some(declaration) = declared.and_then(|it| it.get(&name)) {
                    let span = declaration.span;
                    found.push((name, span, given.at(span)));
                }
            }
        }
        for typed in &self.typed {
            let elsewhere = typed.template.as_deref().is_some_and(|name| name != file);
            let Some(declaration) = declared.and_then(|it| it.get(&typed.name)) else {
                continue;
            };
            if elsewhere {
                continue;
            }
            let span = declaration.span;
            let base = super::type_definition::base_type(root, declaration);
            let value = if base.ends_with("string") {
                Value::string(span, typed.text.as_str())
            } else {
                match super::json_text::read(&typed.text, span) {
                    Ok(value) => value,
                    Err(why) => {
                        let message =
                            format!("the value typed for `{}` is no JSON: {why}", typed.name);
                        diagnostics.push(Diagnostic::error("arm-parameter", message, span));
                        continue;
                    }
                }
            };
            let given = Given {
                source: ParameterSource::Typed,
                content: GivenContent::Value(value),
            };
            found.push((Text::from(typed.name.as_str()), span, given));
        }
        found
    }

    /// Takes the values in `text`, the text of a parameter file that has no place in the run.
    ///
    /// # Errors
    ///
    /// Why the text is no JSON.
    pub fn add_text(&mut self, text: &str) -> Result<(), String> {
        let file = FileId::new(u32::MAX);
        let root = read_json(file, text, &mut Vec::new()).map_err(|error| error.message)?;
        self.add_file(root);
        Ok(())
    }
}

/// The values that the parameter file `root` gives.
pub(crate) fn file_values(root: &Value) -> Vec<(Text, Span, Given)> {
    let members = root.get("parameters").map_or(&[][..], Value::members);
    members.iter().filter_map(file_value).collect()
}

fn file_value(member: &Member) -> Option<(Text, Span, Given)> {
    let content = if let Some(value) = member.value.get("value") {
        GivenContent::Value(value.clone())
    } else if let Some(reference) = member.value.get("reference") {
        GivenContent::KeyVault(reference.clone())
    } else {
        GivenContent::Expression(member.value.get("expression")?.clone())
    };
    let source = ParameterSource::File;
    let given = Given { source, content };
    Some((Text::clone(&member.name), member.name_span, given))
}

/// For each parameter file, the place of the template it belongs to among the templates of `files`.
pub(crate) fn match_files(
    files: &LinkedFiles,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<usize, usize> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.parameters.iter().enumerate() {
        let matched = by_name(file, &files.templates)
            .or_else(|| by_folder(file, files))
            .or_else(|| by_parameters(file, &files.templates));
        if let Some(template) = matched {
            found.entry(template).or_default().push(at);
        } else {
            let message = format!("no template is found for parameter file `{}`", file.name);
            let span = start_of(&file.root);
            diagnostics.push(Diagnostic::warning("arm-parameter-file", message, span));
        }
    }
    let mut chosen = BTreeMap::new();
    for (template, mut candidates) in found {
        let name = |at: &usize| files.parameters.get(*at).map_or("", |file| &file.name);
        candidates.sort_by_key(|at| (name(at).len(), name(at).to_owned()));
        let Some((first, others)) = candidates.split_first() else {
            continue;
        };
        chosen.insert(*first, template);
        for other in others {
            let message = format!(
                "parameter file `{}` is not used, since `{}` is for the same template",
                name(other),
                name(first)
            );
            let span = files
                .parameters
                .get(*other)
                .map(|file| start_of(&file.root));
            diagnostics.push(Diagnostic::warning("arm-parameter-file", message, span));
        }
    }
    chosen
}

fn start_of(root: &Value) -> Span {
    Span {
        end: root.span.start + 1,
        ..root.span
    }
}

fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('/').unwrap_or(("", name))
}

fn by_name(file: &LinkedFile, templates: &[LinkedFile]) -> Option<usize> {
    let (folder, name) = split(&file.name);
    let name = name.to_ascii_lowercase();
    let fits = |template: &&LinkedFile| {
        let (other_folder, other) = split(&template.name);
        let stem = other.to_ascii_lowercase();
        let stem = stem.strip_suffix(".json").unwrap_or(&stem);
        let rest = name.strip_prefix(stem);
        folder.eq_ignore_ascii_case(other_folder)
            && rest.is_some_and(|rest| {
                [".parameters", ".param", "-parameters", "_parameters"]
                    .iter()
                    .any(|word| rest.starts_with(word))
            })
    };
    // The longest stem: `a.b.parameters.json` is for `a.b.json`, not for `a.json`.
    let best = templates
        .iter()
        .filter(fits)
        .max_by_key(|it| it.name.len())?;
    templates.iter().position(|it| it.file == best.file)
}

fn by_folder(file: &LinkedFile, files: &LinkedFiles) -> Option<usize> {
    let (folder, _) = split(&file.name);
    let is_here = |other: &&LinkedFile| split(&other.name).0.eq_ignore_ascii_case(folder);
    let mut templates = files.templates.iter().filter(is_here);
    let template = templates.next()?;
    let only = templates.next().is_none() && files.parameters.iter().filter(is_here).count() == 1;
    if only && declares_any(file, template) {
        files
            .templates
            .iter()
            .position(|it| it.file == template.file)
    } else {
        None
    }
}

fn by_parameters(file: &LinkedFile, templates: &[LinkedFile]) -> Option<usize> {
    let mut fitting = templates
        .iter()
        .enumerate()
        .filter(|(_, template)| declares_all(file, template));
    let (found, _) = fitting.next()?;
    fitting.next().is_none().then_some(found)
}

fn declares_any(file: &LinkedFile, template: &LinkedFile) -> bool {
    let mut given = members(&file.root, "parameters").iter();
    let declared = template.root.get("parameters");
    given.any(|member| declared.is_some_and(|declared| declared.get(&member.name).is_some()))
}

fn declares_all(file: &LinkedFile, template: &LinkedFile) -> bool {
    let given = file.root.get("parameters").map_or(&[][..], Value::members);
    let declared = template.root.get("parameters");
    !given.is_empty()
        && given
            .iter()
            .all(|member| declared.is_some_and(|declared| declared.get(&member.name).is_some()))
}
