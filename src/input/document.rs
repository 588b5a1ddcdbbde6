//! What a file is.

use super::mode::{Mode, ModeChoice, choose_mode};
use crate::source::{FileId, Span};
use crate::value::{Value, pointer_at};

/// What a file is to the review, read from its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A template.
    Template,
    /// A template's parameter values.
    Parameters,
    /// The reviewer's settings, waivers, answers and intent.
    Reviewer,
    /// The answer of an Azure command that lists resources or role assignments.
    Answer,
    /// Nothing that a review can use, and why.
    Other(String),
}

/// A file that is JSON.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub role: Role,
    /// The whole value of the file.
    pub whole: Value,
    /// The part that counts: the template itself where the file wraps it.
    pub root: Value,
    /// How a template is to be read.
    pub mode: ModeChoice,
}

impl Document {
    /// The document in `file`, whose whole value is `whole`.
    pub fn new(file: FileId, whole: Value) -> Self {
        let (root, wrapped) = unwrap(&whole);
        let role = read_role(&root);
        let mode = match role {
            Role::Answer => ModeChoice {
                mode: Mode::Export,
                because: "Azure answered with it".to_owned(),
            },
            _ => choose_mode(&root, wrapped),
        };
        Self {
            file,
            role,
            whole,
            root,
            mode,
        }
    }

    /// The JSON pointer, into the file as given, of the innermost value that holds `span`.
    pub fn pointer(&self, span: Span) -> String {
        pointer_at(&self.whole, span)
    }
}

/// The schema's last path segment without `#`, in lower case: `deploymenttemplate.json`.
fn schema_name(root: &Value) -> Option<String> {
    let schema = root.get("$schema")?.as_str()?.trim_end_matches('#');
    Some(
        schema
            .rsplit('/')
            .next()
            .unwrap_or(schema)
            .to_ascii_lowercase(),
    )
}

fn looks_like_template(value: &Value) -> bool {
    schema_name(value).is_some_and(|name| name.ends_with("deploymenttemplate.json"))
        || (value.get("resources").is_some_and(|resources| {
            resources.as_array().is_some() || resources.as_object().is_some()
        }) && (value.get("$schema").is_none() || value.get("contentVersion").is_some()))
}

/// The template within the wrappers that Azure's interfaces return: `{"template": …}`,
/// `{"value": …, "errors": …}` and `{"properties": {"template": …}}`, at most three deep.
fn unwrap(whole: &Value) -> (Value, bool) {
    let mut here = whole;
    let mut wrapped = false;
    for _ in 0..3 {
        if looks_like_template(here) {
            break;
        }
        let inner = ["template", "value", "properties"]
            .into_iter()
            .filter_map(|name| here.get(name))
            .find(|inner| {
                looks_like_template(inner)
                    || ["template", "value"]
                        .iter()
                        .any(|name| inner.get(name).is_some())
            });
        let Some(inner) = inner else { break };
        here = inner;
        wrapped = true;
    }
    if looks_like_template(here) {
        (here.clone(), wrapped)
    } else {
        (whole.clone(), false)
    }
}

/// Whether this is an answer of Resource Graph in the form of a table.
fn has_id_column(root: &Value) -> bool {
    root.get_path(&["data", "columns"])
        .map_or(&[][..], Value::items)
        .iter()
        .any(|column| column.get("name").and_then(Value::as_str) == Some("id"))
}

fn read_role(root: &Value) -> Role {
    let schema = schema_name(root);
    let schema = schema.as_deref().unwrap_or("");
    if schema.ends_with("deploymenttemplate.json") {
        return Role::Template;
    }
    if schema.ends_with("deploymentparameters.json") {
        return Role::Parameters;
    }
    if root.get("sightline").is_some() {
        return Role::Reviewer;
    }
    if !schema.is_empty() && !looks_like_template(root) {
        return Role::Other(format!(
            "this is no template: its schema is `{schema}`, not `deploymentTemplate.json`"
        ));
    }
    if looks_like_template(root) {
        return Role::Template;
    }
    let rows = root
        .as_array()
        .or_else(|| root.get("value").or_else(|| root.get("data"))?.as_array())
        .unwrap_or_default();
    if rows
        .iter()
        .any(|row| row.get("id").is_some() && row.get("type").is_some())
        || (root.get("id").is_some() && root.get("type").is_some())
        || has_id_column(root)
    {
        return Role::Answer;
    }
    if let Some(parameters) = root.get("parameters").and_then(Value::as_object)
        && parameters.members().iter().any(|member| {
            member.value.get("value").is_some() || member.value.get("reference").is_some()
        })
    {
        return Role::Parameters;
    }
    let found = match root.as_object() {
        None => format!("the file holds a JSON {}", root.type_name()),
        Some(object) if object.members().is_empty() => "the file holds an empty object".to_owned(),
        Some(object) => {
            let names: Vec<_> = object
                .members()
                .iter()
                .take(4)
                .map(|member| format!("`{}`", member.name))
                .collect();
            format!("the file holds an object with {}", names.join(", "))
        }
    };
    Role::Other(format!("this is no template: {found}, and no `resources`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::read_json;

    fn document(text: &str) -> Document {
        let file = FileId::new(0);
        Document::new(file, read_json(file, text, &mut Vec::new()).unwrap())
    }

    #[test]
    fn roles_are_told_from_content() {
        for (text, want) in [
            (
                r#"{"$schema": "https://x/2015-01-01/deploymentTemplate.json#"}"#,
                Role::Template,
            ),
            (
                r#"{"$schema": "HTTP://X/2018-05-01/subscriptionDeploymentTemplate.json"}"#,
                Role::Template,
            ),
            (
                r#"{"$schema": "https://x/2019-04-01/deploymentParameters.json#", "parameters": {}}"#,
                Role::Parameters,
            ),
            (r#"{"parameters": {"a": {"value": 1}}}"#, Role::Parameters),
            (r#"{"resources": []}"#, Role::Template),
            (r#"{"value": [{"id": "/x", "type": "a/b"}]}"#, Role::Answer),
            (r#"[{"id": "/x", "type": "a/b"}]"#, Role::Answer),
            (r#"{"sightline": 1}"#, Role::Reviewer),
        ] {
            assert_eq!(document(text).role, want, "{text}");
        }
        for text in [
            r#"{"$schema": "https://x/schemas/buildingBlocks.json", "parameters": {"a": {"value": 1}}}"#,
            "[]",
            "{}",
            r#"{"a": 1}"#,
        ] {
            assert!(matches!(document(text).role, Role::Other(_)), "{text}");
        }
    }

    #[test]
    fn wrapped_templates_keep_the_pointers_of_the_file() {
        let text = r#"{"value": {"$schema": "x/deploymentTemplate.json", "resources": [{"type": "a"}]}, "errors": []}"#;
        let document = document(text);
        assert_eq!(document.role, Role::Template);
        let resource = document
            .root
            .get("resources")
            .unwrap()
            .items()
            .first()
            .unwrap()
            .clone();
        assert_eq!(
            document.pointer(resource.get("type").unwrap().span),
            "/value/resources/0/type"
        );
    }
}
