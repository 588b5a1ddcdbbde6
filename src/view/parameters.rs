//! The declared parameters: where their values come from, and what hangs on them.

use super::Ground;
use super::inspector::SourcePlace;
use super::secret::MASK;
use crate::analysis::{Analysis, ValueOrigin};
use crate::value::{Value, to_json};
use serde::{Deserialize, Serialize};

/// Where a value comes from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// Nowhere: it is open.
    #[default]
    Missing,
    /// The reviewer typed it.
    Typed,
    /// A parameter file.
    File,
    /// A key vault's secret.
    KeyVault,
    /// The template's default.
    Default,
}

impl Origin {
    /// The words for it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Missing => "no value",
            Self::Typed => "typed here",
            Self::File => "parameter file",
            Self::KeyVault => "key vault",
            Self::Default => "default",
        }
    }
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParameterRow {
    /// The file that declares it.
    pub file: String,
    /// The name as spelled.
    pub name: String,
    /// The type as spelled.
    pub type_name: String,
    /// Whether its value is a secret, which is never shown.
    pub secure: bool,
    /// What its metadata say.
    pub description: String,
    /// Where the value comes from.
    pub origin: Origin,
    /// The value as JSON, cut where it is long; empty where there is none, masked where it is a
    /// secret.
    pub value: String,
    /// The default as written, likewise.
    pub default_value: String,
    /// The values that it may take, as JSON, where the template says so.
    pub choices: Vec<String>,
    /// How many verdicts hang on it.
    pub verdicts: usize,
    /// The keys of exposures that hang on it, at most [`ParameterRow::KEYS`].
    pub exposures: Vec<String>,
    /// Where it is declared.
    pub place: Option<SourcePlace>,
}

/// The longest value that is shown, in characters.
const LENGTH: usize = 200;
/// The most choices that are shown.
const CHOICES: usize = 40;

impl ParameterRow {
    /// The most keys that a row lists.
    pub const KEYS: usize = 24;

    /// The parameters of the review behind `ground`: those on which most verdicts hang first, then
    /// those without a value, then as declared. O(parameters · open questions).
    pub(super) fn all(ground: Ground<'_>) -> Vec<Self> {
        let analysis = ground.analysis;
        let mut rows: Vec<Self> = analysis
            .parameters()
            .map(|(parameter, origin)| {
                let keys = hanging_on(analysis, &parameter.name);
                let secure = parameter.secure;
                let show = |value: &Value| {
                    if secure || ground.secrets.touches(value.span) {
                        MASK.to_owned()
                    } else {
                        shown(value)
                    }
                };
                let value = match origin {
                    ValueOrigin::Missing => String::new(),
                    _ => show(&parameter.value),
                };
                Self {
                    file: ground
                        .place(parameter.span)
                        .map_or_else(String::new, |place| place.file),
                    name: parameter.name.to_string(),
                    type_name: parameter.type_name.to_string(),
                    secure,
                    description: parameter.description.as_deref().unwrap_or("").to_owned(),
                    origin: origin_of(origin),
                    value,
                    default_value: parameter
                        .default_value
                        .as_ref()
                        .map_or_else(String::new, show),
                    choices: parameter
                        .allowed_values
                        .iter()
                        .take(CHOICES)
                        .map(show)
                        .collect(),
                    verdicts: keys.len(),
                    exposures: keys.into_iter().take(Self::KEYS).collect(),
                    place: ground.place(parameter.span),
                }
            })
            .collect();
        rows.sort_by_key(|row| {
            (
                std::cmp::Reverse(row.verdicts),
                row.origin != Origin::Missing,
            )
        });
        rows
    }
}

fn origin_of(origin: ValueOrigin) -> Origin {
    match origin {
        ValueOrigin::Missing => Origin::Missing,
        ValueOrigin::Typed => Origin::Typed,
        ValueOrigin::File => Origin::File,
        ValueOrigin::KeyVault => Origin::KeyVault,
        ValueOrigin::Default => Origin::Default,
    }
}

/// The keys of exposures with a question that names the parameter `name`.
fn hanging_on(analysis: &Analysis, name: &str) -> Vec<String> {
    let hole = format!("parameters('{}')", name.to_ascii_lowercase());
    let exposures = analysis.exposures.iter();
    exposures
        .filter(|exposure| {
            let mut questions = exposure.questions.iter();
            questions.any(|one| one.doubt.key.to_ascii_lowercase().contains(&hole))
        })
        .map(|exposure| super::key_of(analysis, exposure))
        .collect()
}

/// A value as JSON, cut where it is long; what is not known in it is said by what it refers to.
fn shown(value: &Value) -> String {
    if let Some(unknown) = value.as_unknown() {
        return unknown.symbol.to_string();
    }
    let mut has_secret = false;
    value.for_each_unknown(&mut |_, unknown| has_secret |= unknown.secret);
    if has_secret {
        return MASK.to_owned();
    }
    let text = to_json(value).to_string();
    match text.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::Estate;
    use super::*;
    use crate::input::RawFile;

    #[test]
    fn those_that_verdicts_hang_on_come_first() {
        let estate = Estate::example("open-parameters");
        let rows = ParameterRow::all(estate.ground());
        assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.verdicts)));
        let first = rows.first().unwrap();
        assert!(
            first.verdicts > 0 && first.origin == Origin::Missing,
            "{first:?}"
        );
        assert_eq!(rows.len(), estate.analysis.parameters().count());
    }

    #[test]
    fn secure_values_are_masked_whatever_their_origin() {
        let template = r#"{"$schema": "https://x/2019-04-01/deploymentTemplate.json#", "parameters": {
            "word": {"type": "securestring"}, "other": {"type": "securestring", "defaultValue": "hunter2"},
            "plain": {"type": "string", "defaultValue": "shown", "allowedValues": ["shown", "more"]}}, "resources": []}"#;
        let values = r#"{"$schema": "https://x/2019-04-01/deploymentParameters.json#", "parameters": {"word": {"value": "hunter3"}}}"#;
        let estate = Estate::of(vec![
            RawFile::new("t.json", template.as_bytes()),
            RawFile::new("v.json", values.as_bytes()),
        ]);
        let rows = ParameterRow::all(estate.ground());
        let text = serde_json::to_string(&rows).unwrap();
        assert!(!text.contains("hunter"), "{text}");
        let find = |name: &str| rows.iter().find(|row| row.name == name).unwrap();
        assert_eq!(find("word").origin, Origin::File);
        assert_eq!(find("word").value, MASK);
        assert_eq!(find("other").default_value, MASK);
        assert_eq!(find("plain").value, "\"shown\"");
        assert_eq!(find("plain").choices, ["\"shown\"", "\"more\""]);
    }
}
