//! One row of an answer.

use crate::arm::{Condition, DeclaredResource};
use crate::value::{Array, Atom, Cause, Data, Member, Text, Unknown, Value};
use std::sync::Arc;

/// The members of a row that say how a resource is configured. The rest names it or its place.
const KEPT: [&str; 10] = [
    "location",
    "properties",
    "identity",
    "kind",
    "sku",
    "tags",
    "zones",
    "plan",
    "extendedLocation",
    "managedBy",
];

/// The members besides those that name a resource or its place and say nothing of how it is
/// configured. A row that has others and no `properties` lays its properties flat beside the name, as
/// `az network ... show` and `az role assignment list` do.
const NAMING: [&str; 13] = [
    "apiVersion",
    "changedTime",
    "createdTime",
    "etag",
    "id",
    "name",
    "provisioningState",
    "resourceGroup",
    "resourceGuid",
    "subscriptionId",
    "systemData",
    "tenantId",
    "type",
];

/// How deep the parts of a flat row are looked for.
const DEPTH_LIMIT: usize = 8;

/// The resource that `row` states; `None` for a row without identifier.
pub(super) fn read(row: &Value) -> Option<DeclaredResource> {
    let id = row.get("id")?.as_str()?;
    let (scope, resource_type, names) = take_apart(id)?;
    // The identifier's own spelling of the type is as good as the row's, which may be folded.
    let resource_type: Text = resource_type.into();
    Some(DeclaredResource {
        file: row.span.file,
        span: row.span,
        name: names.into(),
        name_unknown: None,
        id: id.into(),
        scope: scope.into(),
        api_version: row
            .get("apiVersion")
            .and_then(Value::as_str)
            .map(Text::from),
        condition: Condition::True,
        existing: false,
        symbolic_name: None,
        copy_index: None,
        deployment: Vec::new(),
        body: body(row, id),
        resource_type,
    })
}

/// The scope, the full type and the full name in an identifier. `None` where it is none.
fn take_apart(id: &str) -> Option<(String, String, String)> {
    const MARK: &str = "/providers/";
    let trimmed = id.trim_end_matches('/');
    let at = trimmed.to_ascii_lowercase().rfind(MARK)?;
    let (scope, rest) = (trimmed.get(..at)?, trimmed.get(at + MARK.len()..)?);
    let mut segments = rest.split('/');
    let mut resource_type = segments.next()?.to_owned();
    let mut names: Vec<&str> = Vec::new();
    while let (Some(kind), Some(name)) = (segments.next(), segments.next()) {
        resource_type.push('/');
        resource_type.push_str(kind);
        names.push(name);
    }
    (!names.is_empty()).then(|| (scope.to_owned(), resource_type, names.join("/")))
}

/// The declaration that a template would hold.
fn body(row: &Value, id: &str) -> Value {
    let mut members: Vec<Member> = row
        .members()
        .iter()
        .filter(|member| {
            KEPT.iter()
                .any(|name| member.name.eq_ignore_ascii_case(name))
        })
        .filter(|member| !member.value.is_null())
        .cloned()
        .collect();
    let has_properties = members
        .iter()
        .any(|member| member.name.eq_ignore_ascii_case("properties"));
    if !has_properties {
        members.push(Member {
            name: "properties".into(),
            name_span: row.span,
            value: if is_flat(row) {
                raised(row, 0)
            } else {
                left_out(row, id)
            },
        });
    }
    Value::object(row.span, members)
}

fn is_flat(row: &Value) -> bool {
    let is_one_of = |names: &[&str], member: &Member| {
        names
            .iter()
            .any(|name| member.name.eq_ignore_ascii_case(name))
    };
    let is_told = row.get("properties").is_some();
    let mut members = row.members().iter();
    !is_told && members.any(|one| !is_one_of(&KEPT, one) && !is_one_of(&NAMING, one))
}

/// `value` with `properties` in each of its parts, which a flat row lays flat as well: a part has an
/// identifier and a name of its own. Below [`DEPTH_LIMIT`] nothing is changed.
fn raised(value: &Value, depth: usize) -> Value {
    if depth > DEPTH_LIMIT {
        return value.clone();
    }
    match &value.data {
        Data::Array(list) => {
            let items = list.items().iter().map(|item| part(item, depth)).collect();
            Value::new(value.span, Data::Array(Arc::new(Array::new(items))))
        }
        Data::Object(_) => {
            let members = value.members().iter().map(|member| Member {
                value: part(&member.value, depth),
                ..member.clone()
            });
            Value::object(value.span, members.collect())
        }
        _ => value.clone(),
    }
}

fn part(value: &Value, depth: usize) -> Value {
    let raised = raised(value, depth + 1);
    let is_part = ["id", "name"].iter().all(|name| value.get(name).is_some());
    if !is_part || value.get("properties").is_some() {
        return raised;
    }
    let mut members = raised.members().to_vec();
    members.push(Member {
        name: "properties".into(),
        name_span: value.span,
        value: raised,
    });
    Value::object(value.span, members)
}

/// What a list leaves out is not known, and not absent.
fn left_out(row: &Value, id: &str) -> Value {
    let atom = Atom {
        cause: Cause::Runtime,
        refers_to: id.into(),
        path: vec!["properties".into()],
        span: Some(row.span),
    };
    Value::unknown(row.span, Unknown::of(atom, ""))
}

#[cfg(test)]
mod tests {
    use super::super::read_answers;
    use crate::input::{Inputs, Mode, RawFile};

    fn read(text: &str) -> Vec<(String, String, Option<String>)> {
        let inputs = Inputs::read(vec![RawFile::new("a.json", text.as_bytes())]);
        assert!(inputs.rejected.is_empty(), "{:?}", inputs.rejected);
        assert_eq!(inputs.documents[0].mode.mode, Mode::Export);
        read_answers(&inputs)
            .iter()
            .map(|resource| {
                let access = resource
                    .body
                    .get_path(&["properties", "publicNetworkAccess"])
                    .and_then(|value| value.as_str());
                (
                    resource.resource_type.to_string(),
                    resource.name.to_string(),
                    access.map(str::to_owned),
                )
            })
            .collect()
    }

    #[test]
    fn every_form_of_an_answer_gives_its_rows() {
        let row = r#"{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a", "type": "microsoft.storage/storageaccounts", "properties": {"publicNetworkAccess": "Disabled"}}"#;
        let want = [(
            "Microsoft.Storage/storageAccounts".to_owned(),
            "a".to_owned(),
            Some("Disabled".to_owned()),
        )];
        let id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";
        let table = format!(
            r#"{{"data": {{"columns": [{{"name": "id"}}, {{"name": "type"}}, {{"name": "properties"}}], "rows": [["{id}", "x/y", {{"publicNetworkAccess": "Disabled"}}]]}}}}"#
        );
        for text in [
            row.to_owned(),
            format!("[{row}]"),
            format!(r#"{{"value": [{row}]}}"#),
            format!(r#"{{"count": 1, "data": [{row}], "skip_token": null}}"#),
            table,
        ] {
            assert_eq!(read(&text), want, "{text}");
        }
    }

    #[test]
    fn a_flat_row_is_raised_with_its_parts() {
        let text = r#"[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n",
            "name": "n", "type": "x", "tags": null, "enableIPForwarding": true,
            "ipConfigurations": [{"id": "/x/ipConfigurations/c", "name": "c", "privateIPAddress": "10.0.0.4",
                "subnet": {"id": "/y", "resourceGroup": "g"}}]}]"#;
        let inputs = Inputs::read(vec![RawFile::new("a.json", text.as_bytes())]);
        let found = read_answers(&inputs);
        let body = &found[0].body;
        let forwards = body.get_path(&["properties", "enableIPForwarding"]);
        assert_eq!(forwards.and_then(crate::value::Value::as_bool), Some(true));
        let list = body.get_path(&["properties", "ipConfigurations"]).unwrap();
        let own = list.items()[0].get_path(&["properties", "privateIPAddress"]);
        assert_eq!(own.and_then(|value| value.as_str()), Some("10.0.0.4"));
        let subnet = list.items()[0].get_path(&["properties", "subnet", "id"]);
        assert_eq!(subnet.and_then(|value| value.as_str()), Some("/y"));
    }

    #[test]
    fn what_a_list_leaves_out_is_not_known() {
        let text = r#"[{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a", "type": "x", "properties": null}]"#;
        let inputs = Inputs::read(vec![RawFile::new("a.json", text.as_bytes())]);
        let found = read_answers(&inputs);
        let properties = found[0].body.get("properties").unwrap();
        assert!(properties.as_unknown().is_some());
    }
}
