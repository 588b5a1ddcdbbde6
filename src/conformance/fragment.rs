//! Resources as vectors show them: fragments of declarations.

use super::service_door::mode;
use crate::arm::{Environment, evaluate_expression};
use crate::resource::{Presence, Resource, ResourceId, ResourceType};
use crate::source::{FileId, Span};
use crate::value::{Data, Member, Text, Value, read_json};
use serde_json::{Map, Value as Json, json};

/// What stands for the group that holds a fragment.
const GROUP: &str =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/resource-group";

/// How deep the values of a vector are read.
const DEPTH_LIMIT: usize = 64;

/// The resource of a vector with what it holds and what governs it.
pub(super) struct Fragment {
    pub(super) resource: Resource,
    pub(super) children: Vec<Resource>,
    pub(super) governor: Option<Resource>,
}

/// The resources of the vector `line`; `None` where the resource has no type.
pub(super) fn read(line: &Json, environment: &Environment) -> Option<Fragment> {
    let declaration = line.get("resource")?;
    let resource_type = declaration.get("type")?.as_str()?;
    let mut children: Vec<Json> = line
        .get("children")
        .and_then(Json::as_array)
        .cloned()
        .unwrap_or_default();
    children.extend(deployment_on(line, resource_type));
    let mut all: Vec<Json> = vec![complete(declaration, resource_type, None)];
    let name = all
        .first()
        .and_then(|resource| resource.get("name")?.as_str().map(str::to_owned));
    all.extend(
        children
            .iter()
            .filter_map(|child| child_of(child, resource_type, name.as_deref()?)),
    );
    let governor = governor_of(line, resource_type, name.as_deref().unwrap_or_default());
    let has_governor = governor.is_some();
    all.extend(governor);

    let text = Json::Array(all).to_string();
    let value = read_json(FileId::new(0), &text, &mut Vec::new()).ok()?;
    let template = template(&text);
    let settling = Settling {
        template: &template,
        environment,
    };
    let mut resources: Vec<Resource> = value
        .items()
        .iter()
        .filter_map(|item| resource(item, line, &settling))
        .collect();
    let governor = if has_governor { resources.pop() } else { None };
    let mut resources = resources.into_iter();
    Some(Fragment {
        resource: resources.next()?,
        children: resources.collect(),
        governor,
    })
}

/// `declaration` with its full type and a name of as many segments.
fn complete(declaration: &Json, resource_type: &str, name: Option<String>) -> Json {
    let mut members: Map<String, Json> = declaration.as_object().cloned().unwrap_or_default();
    let depth = resource_type.split('/').count().saturating_sub(1);
    let given = members
        .get("name")
        .and_then(Json::as_str)
        .map(str::to_owned);
    let name = name.or(given).unwrap_or_default();
    let mut segments: Vec<&str> = name
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    while segments.len() < depth {
        segments.insert(0, "resource");
    }
    let name = segments.join("/");
    members.insert("name".to_owned(), json!(name));
    members.insert("type".to_owned(), json!(resource_type));
    Json::Object(members)
}

/// The child `child` of a parent of type `parent_type` called `parent_name`: its type and name may
/// be short, as they are inside a parent, or full.
fn child_of(child: &Json, parent_type: &str, parent_name: &str) -> Option<Json> {
    let short = child.get("type")?.as_str()?;
    let is_full = short
        .get(..parent_type.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(parent_type))
        || short.contains('.');
    let full = if is_full {
        short.to_owned()
    } else {
        format!("{parent_type}/{short}")
    };
    let name = child
        .get("name")
        .and_then(Json::as_str)
        .unwrap_or("default");
    let depth = full.split('/').count().saturating_sub(1);
    let name = if name.split('/').count() < depth {
        format!("{parent_name}/{name}")
    } else {
        name.to_owned()
    };
    Some(complete(child, &full, Some(name)))
}

/// The deployment that says on which kind of compute an online endpoint stands.
fn deployment_on(line: &Json, endpoint_type: &str) -> Option<Json> {
    let compute = line.pointer("/context/computeType")?.as_str()?;
    Some(json!({
        "type": format!("{endpoint_type}/deployments"),
        "name": "deployment",
        "properties": { "endpointComputeType": compute },
    }))
}

/// The resource whose properties the context shows: the workspace, account or environment.
fn governor_of(line: &Json, resource_type: &str, name: &str) -> Option<Json> {
    let context = line.get("context")?;
    let parent = resource_type
        .split('/')
        .take(2)
        .collect::<Vec<&str>>()
        .join("/");
    let (governor_type, properties) = [
        ("workspace", "Microsoft.MachineLearningServices/workspaces"),
        ("environment", "Microsoft.App/managedEnvironments"),
        ("account", parent.as_str()),
    ]
    .into_iter()
    .find_map(|(member, governor_type)| {
        let properties = context.get(member).filter(|value| value.is_object())?;
        Some((governor_type, properties))
    })?;
    let name = name.split('/').next().unwrap_or("governor");
    let declaration =
        json!({ "properties": properties, "apiVersion": line.pointer("/resource/apiVersion") });
    Some(complete(&declaration, governor_type, Some(name.to_owned())))
}

fn resource(item: &Value, line: &Json, settling: &Settling<'_>) -> Option<Resource> {
    let resource_type = item.get("type")?.as_str()?;
    let name = item.get("name")?.as_str()?;
    let mut parts = resource_type.split('/');
    let mut path = format!("{GROUP}/providers/{}", parts.next()?);
    for (part, segment) in parts.zip(name.split('/')) {
        for piece in ["/", part, "/", segment] {
            path.push_str(piece);
        }
    }
    Some(Resource {
        id: ResourceId::new(path),
        resource_type: ResourceType::new(resource_type),
        name: Text::from(name),
        file: FileId::new(0),
        span: item.span,
        api_version: item
            .get("apiVersion")
            .and_then(Value::as_str)
            .map(Text::from),
        presence: Presence::Deployed,
        mode: mode(line),
        body: settling.settle(item, DEPTH_LIMIT),
        inline: false,
        deployment: Vec::new(),
        parent: None,
        children: Vec::new(),
    })
}

/// A template that declares, without value, every parameter that `text` names.
fn template(text: &str) -> Value {
    let parameters: Map<String, Json> = text
        .split("parameters('")
        .skip(1)
        .filter_map(|rest| rest.split_once('\''))
        .map(|(name, _)| (name.to_owned(), json!({ "type": "object" })))
        .collect();
    let text = json!({ "parameters": parameters }).to_string();
    let file = FileId::new(0);
    read_json(file, &text, &mut Vec::new()).unwrap_or_else(|_| Value::null(Span::new(file, 0, 0)))
}

/// What the expressions of a vector are evaluated with.
struct Settling<'a> {
    template: &'a Value,
    environment: &'a Environment,
}

impl Settling<'_> {
    /// `value` with the outcome in place of every template expression in it.
    fn settle(&self, value: &Value, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            return Value::null(value.span);
        };
        match &value.data {
            Data::String(text) if text.starts_with('[') => {
                evaluate_expression(value, self.template, &[], self.environment)
                    .0
                    .at(value.span)
            }
            Data::Array(array) => {
                let items = array.items().iter();
                Value::array(
                    value.span,
                    items.map(|item| self.settle(item, depth)).collect(),
                )
            }
            Data::Object(object) => {
                let members = object.members().iter().map(|member| Member {
                    value: self.settle(&member.value, depth),
                    ..member.clone()
                });
                Value::object(value.span, members.collect())
            }
            _ => value.clone(),
        }
    }
}
