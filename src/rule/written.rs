//! Templates as written, before anything is evaluated.

use crate::input::{Document, Role};
use crate::value::Value;

/// Every template in `documents`: those of the files, and those that nested deployments hold, each
/// after the one around it.
pub(super) fn templates(documents: &[Document]) -> Vec<&Value> {
    let mut found = Vec::new();
    let roots = documents
        .iter()
        .filter(|document| document.role == Role::Template);
    let mut waiting: Vec<&Value> = roots.map(|document| &document.root).collect();
    waiting.reverse();
    while let Some(template) = waiting.pop() {
        found.push(template);
        let mut inner = Vec::new();
        let mut resources: Vec<&Value> = children(template);
        while let Some(resource) = resources.pop() {
            resources.extend(children(resource));
            inner.extend(resource.get_path(&["properties", "template"]));
        }
        waiting.extend(inner);
    }
    found
}

/// The resources that a template or a resource holds, in a list or by symbolic name.
fn children(holder: &Value) -> Vec<&Value> {
    let Some(resources) = holder.get("resources") else {
        return Vec::new();
    };
    let named = resources.members().iter().map(|member| &member.value);
    resources.items().iter().chain(named).collect()
}

/// Whether the parameter or output `declaration` of `template` has a secure type, its own or that
/// of the definition it refers to.
pub(super) fn is_secure(template: &Value, declaration: &Value) -> bool {
    let own = declaration.get("type").and_then(Value::as_str);
    let referred = || {
        let name = declaration.get("$ref")?.as_str()?.rsplit('/').next()?;
        template.get_path(&["definitions", name, "type"])?.as_str()
    };
    own.or_else(referred).is_some_and(|kind| {
        kind.eq_ignore_ascii_case("secureString") || kind.eq_ignore_ascii_case("secureObject")
    })
}
