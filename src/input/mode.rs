//! Whether a template is a picture of what runs or a plan of what shall be.

use crate::value::Value;

/// How a template is to be read, which decides what an absent property means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Azure wrote it from running resources.
    Export,
    /// Someone wrote it to be deployed.
    Deployment,
}

impl Mode {
    /// The word of the report: `export` or `deployment`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Deployment => "deployment",
        }
    }
}

/// A mode and the sign that decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeChoice {
    /// The mode.
    pub mode: Mode,
    /// Why, as a clause: "its parameters are named as exports name them".
    pub because: String,
}

/// The mode of template `root`, which stood in one of Azure's answers where `wrapped`.
///
/// Exports name parameters `<type>_<resource>_name` or `…_externalid`, write read-only properties,
/// and have neither variables nor outputs. A compiler's mark means a deployment.
pub(super) fn choose_mode(root: &Value, wrapped: bool) -> ModeChoice {
    let choice = |mode, because: &str| ModeChoice {
        mode,
        because: because.to_owned(),
    };
    if wrapped {
        return choice(Mode::Export, "it stands in the answer of Azure's export");
    }
    if root.get_path(&["metadata", "_generator"]).is_some() {
        return choice(Mode::Deployment, "a compiler wrote it");
    }
    let resources: Vec<&Value> = match root.get("resources") {
        Some(resources) if resources.as_object().is_some() => {
            return choice(Mode::Deployment, "its resources have symbolic names");
        }
        Some(resources) => resources.items().iter().collect(),
        None => Vec::new(),
    };
    let types: Vec<&str> = resources
        .iter()
        .filter_map(|resource| resource.get("type")?.as_str()?.rsplit('/').next())
        .collect();
    let parameters = root.get("parameters").map_or(&[][..], Value::members);
    let named_by_export = parameters.iter().any(|parameter| {
        let name = &*parameter.name;
        name.ends_with("_externalid")
            || name
                .strip_suffix("_name")
                .and_then(|stem| stem.split_once('_'))
                .is_some_and(|(segment, _)| {
                    types.iter().any(|last| last.eq_ignore_ascii_case(segment))
                })
    });
    if named_by_export {
        return choice(
            Mode::Export,
            "its parameters are named as exports name them",
        );
    }
    let empty = |name: &str| {
        root.get(name)
            .is_none_or(|value| value.members().is_empty())
    };
    let read_only = resources.iter().any(|resource| holds_read_only(resource));
    if empty("variables") && empty("outputs") && read_only {
        return choice(
            Mode::Export,
            "it holds read-only properties and no variables",
        );
    }
    choice(Mode::Deployment, "nothing in it marks an export")
}

/// Whether `resource` holds a property that only Azure itself writes.
fn holds_read_only(resource: &Value) -> bool {
    const NAMES: [&str; 5] = [
        "provisioningState",
        "resourceGuid",
        "etag",
        "uniqueId",
        "createdTime",
    ];
    resource.get("etag").is_some()
        || resource
            .get("properties")
            .is_some_and(|properties| NAMES.iter().any(|name| properties.get(name).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::read_json;

    #[test]
    fn the_sign_decides() {
        for (text, want) in [
            (
                r#"{"parameters": {"sites_x_name": {}}, "resources": [{"type": "Microsoft.Web/sites"}]}"#,
                Mode::Export,
            ),
            (
                r#"{"parameters": {"a_externalid": {}}, "resources": []}"#,
                Mode::Export,
            ),
            (
                r#"{"parameters": {"vm_name": {}}, "resources": [{"type": "Microsoft.Web/sites"}]}"#,
                Mode::Deployment,
            ),
            (
                r#"{"variables": {}, "resources": [{"type": "a/b", "properties": {"provisioningState": "Succeeded"}}]}"#,
                Mode::Export,
            ),
            (
                r#"{"metadata": {"_generator": {}}, "parameters": {"sites_x_name": {}}, "resources": [{"type": "Microsoft.Web/sites"}]}"#,
                Mode::Deployment,
            ),
            (r#"{"resources": []}"#, Mode::Deployment),
        ] {
            let root = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
            assert_eq!(choose_mode(&root, false).mode, want, "{text}");
        }
    }
}
