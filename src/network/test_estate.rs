//! Small estates for tests.

use super::Topology;
use crate::arm::{Condition, DeclaredResource, Evaluation};
use crate::flow::{AddressSet, parse_prefix};
use crate::input::Inputs;
use crate::resource::{Inventory, ResourceIndex};
use crate::source::FileId;
use crate::value::{Text, read_json};

/// The identifier of a resource of `resource_type` called `name`.
pub(super) fn id(resource_type: &str, name: &str) -> String {
    let mut segments = resource_type.split('/');
    let namespace = segments.next().unwrap_or_default();
    let start = format!("/subscriptions/s/resourceGroups/g/providers/{namespace}");
    segments
        .zip(name.split('/'))
        .fold(start, |id, (kind, name)| format!("{id}/{kind}/{name}"))
}

/// The resources in the JSON array `text`, in which `@Type:name` stands for an identifier.
pub(super) fn inventory(text: &str) -> Inventory {
    let text = expand(text);
    let file = FileId::new(0);
    let list = read_json(file, &text, &mut Vec::new()).unwrap();
    let resources = list.items().iter().map(|body| {
        let word = |name: &str| Text::from(body.get(name).and_then(|one| one.as_str()).unwrap());
        let (resource_type, name) = (word("type"), word("name"));
        DeclaredResource {
            file,
            span: body.span,
            id: id(&resource_type, &name).into(),
            resource_type,
            name,
            name_unknown: None,
            scope: "/subscriptions/s/resourceGroups/g".into(),
            api_version: Some("2024-05-01".into()),
            condition: Condition::True,
            existing: false,
            symbolic_name: None,
            copy_index: None,
            deployment: Vec::new(),
            body: body.clone(),
        }
    });
    let evaluation = Evaluation {
        resources: resources.collect(),
        ..Evaluation::default()
    };
    Inventory::build(&Inputs::default(), &evaluation)
}

/// Replaces `@Type:name` by the identifier.
fn expand(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split("\"@");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (named, rest) = part.split_once('"').unwrap();
        let (kind, name) = named.split_once(':').unwrap();
        let kind = if kind.contains('.') {
            kind.to_owned()
        } else {
            format!("Microsoft.Network/{kind}")
        };
        out.extend(["\"", &id(&kind, name), "\"", rest]);
    }
    out
}

/// The topology of `text` with the inventory behind it.
pub(super) fn estate(text: &str) -> (Inventory, Topology) {
    let inventory = inventory(text);
    let topology = Topology::read(&inventory);
    (inventory, topology)
}

/// The resource of `Microsoft.Network/<kind>` called `name`.
pub(super) fn find(inventory: &Inventory, kind: &str, name: &str) -> ResourceIndex {
    let kind = if kind.contains('.') {
        kind.to_owned()
    } else {
        format!("Microsoft.Network/{kind}")
    };
    inventory
        .find_text(&id(&kind, name), FileId::new(0))
        .unwrap()
}

/// The addresses in `text`.
pub(super) fn set(text: &str) -> AddressSet {
    parse_prefix(text).unwrap()
}
