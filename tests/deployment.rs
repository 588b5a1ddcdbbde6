//! Templates, against the resources that they are known to expand to.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

mod common;

use common::{errors, evaluate, evaluate_with, inputs, property, resource, template, warnings};
use serde_json::Value as Json;
use sightline::arm::{Condition, Environment, ParameterSource, TypedParameters};
use sightline::arm::{DeclaredResource, evaluate_inputs};
use sightline::value::{Cause, Data, Value, to_json};
use std::fs;

fn is_unknown(json: &Json) -> bool {
    json.get("$unknown").is_some()
}

/// Whether `got` holds all of `want`; null is as good as absent.
fn holds(want: &Json, got: &Json) -> bool {
    match (want, got) {
        _ if is_unknown(want) => is_unknown(got),
        (Json::Object(want), Json::Object(got)) => want.iter().all(|(name, want)| {
            want.is_null() || got.get(name).is_some_and(|got| holds(want, got))
        }),
        (Json::Array(want), Json::Array(got)) => {
            want.len() == got.len() && want.iter().zip(got).all(|(want, got)| holds(want, got))
        }
        _ => want == got,
    }
}

fn without_template(mut want: Json) -> Json {
    if let Some(properties) = want.get_mut("properties").and_then(Json::as_object_mut) {
        properties.retain(|_, value| value != "(nested)");
    }
    want
}

#[test]
fn templates_expand_as_expected() {
    let mut count = 0;
    for entry in fs::read_dir("tests/cases/arm/templates").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".expected.json") else {
            continue;
        };
        let text = fs::read_to_string(path.with_file_name(format!("{stem}.json"))).unwrap();
        let wanted: Json = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let evaluation = evaluate(&[("t.json", &text)]);
        assert!(
            errors(&evaluation).is_empty(),
            "{stem}: {:?}",
            errors(&evaluation)
        );
        let wanted = wanted["resources"].as_array().unwrap();
        assert_eq!(evaluation.resources.len(), wanted.len(), "{stem}");
        for want in wanted {
            let found = evaluation
                .resources
                .iter()
                .find(|got| *got.id == *want["id"].as_str().unwrap());
            let got = found.unwrap_or_else(|| panic!("{stem}: no {}", want["id"]));
            check(stem, &without_template(want.clone()), got);
        }
        count += 1;
    }
    assert_eq!(count, 14);
}

fn check(stem: &str, want: &Json, got: &DeclaredResource) {
    let body = to_json(&got.body);
    assert_eq!(want["type"], *got.resource_type, "{stem}");
    assert_eq!(want["name"], *got.name, "{stem}");
    let path = std::iter::once("main").chain(got.deployment.iter().map(|it| &**it));
    assert_eq!(
        want["deployment"],
        path.collect::<Vec<_>>().join("/"),
        "{stem}"
    );
    let condition = match got.condition {
        Condition::True => Json::Bool(true),
        Condition::False(_) => Json::Bool(false),
        Condition::Unknown(..) => Json::Null,
    };
    assert_eq!(want["condition"], condition, "{stem} {}", got.name);
    assert_eq!(want.get("existing").is_some(), got.existing, "{stem}");
    let index = want.get("copyIndex").and_then(Json::as_u64);
    assert_eq!(index, got.copy_index.map(u64::from), "{stem}");
    let symbol = want.get("symbolicName").and_then(Json::as_str);
    assert_eq!(symbol, got.symbolic_name.as_deref(), "{stem}");
    for part in ["properties", "location", "sku", "kind", "tags", "zones"] {
        let Some(want) = want.get(part) else { continue };
        let null = Json::Null;
        let found = body.get(part).unwrap_or(&null);
        assert!(
            holds(want, found),
            "{stem} {}: {part} is {found}, not {want}",
            got.name
        );
    }
}

/// The text that `value` was made from.
fn text_of<'a>(text: &'a str, value: &Value) -> &'a str {
    &text[value.span.start as usize..value.span.end as usize]
}

#[test]
fn values_know_the_text_that_made_them() {
    let text = template(
        r#""variables": {"acls": {"defaultAction": "Deny", "ipRules": [{"value": "1.2.3.4"}]}, "tls": "TLS1_2"},
        "resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "st",
            "properties": {"networkAcls": "[variables('acls')]", "minimumTlsVersion": "[variables('tls')]",
                "both": "[createObject('a', variables('acls').ipRules[0], 'b', 1)]",
                "first": "[variables('acls').ipRules[0].value]", "plain": {"x": true}}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    let storage = resource(&evaluation, "st");
    let at = |path: &[&str]| text_of(&text, property(storage, path)).to_owned();
    assert_eq!(at(&["networkAcls"]), "\"[variables('acls')]\"");
    assert_eq!(at(&["networkAcls", "defaultAction"]), "\"Deny\"");
    assert_eq!(at(&["minimumTlsVersion"]), "\"[variables('tls')]\"");
    assert_eq!(at(&["first"]), "\"[variables('acls').ipRules[0].value]\"");
    assert_eq!(at(&["both", "a", "value"]), "\"1.2.3.4\"");
    assert_eq!(
        at(&["both", "b"]),
        "\"[createObject('a', variables('acls').ipRules[0], 'b', 1)]\""
    );
    assert_eq!(at(&["plain", "x"]), "true");
}

#[test]
fn literal_parts_are_shared() {
    let text = template(
        r#""resources": [{"type": "a.b/c", "name": "[toLower('N')]", "properties": {"x": {"y": [1]}}}]"#,
    );
    let inputs = inputs(&[("t.json", &text)]);
    let evaluation = evaluate_inputs(&inputs, &Environment::default(), &TypedParameters::new());
    let written = inputs.documents[0].root.get("resources").unwrap().items()[0].get("properties");
    let Data::Object(written) = &written.unwrap().data else {
        panic!()
    };
    let Data::Object(declared) = &evaluation.resources[0].body.get("properties").unwrap().data
    else {
        panic!()
    };
    assert!(std::sync::Arc::ptr_eq(written, declared));
}

const OPEN: &str = r#""parameters": {"n": {"type": "string"}}, "resources": [
    {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[concat('kv-', parameters('n'))]"},
    {"type": "Microsoft.KeyVault/vaults/secrets", "apiVersion": "2023-07-01", "name": "[format('kv-{0}/{1}', parameters('n'), 's')]",
        "properties": {"vault": "[resourceId('Microsoft.KeyVault/vaults', format('kv-{0}', parameters('n')))]",
            "uri": "[reference(resourceId('Microsoft.KeyVault/vaults', concat('kv-', parameters('n')))).vaultUri]"}}]"#;

#[test]
fn open_parameters_leave_holes_by_which_resources_find_each_other() {
    let text = template(OPEN);
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(errors(&evaluation).is_empty());
    let vault = resource(&evaluation, "kv-{n}");
    assert!(
        vault
            .id
            .ends_with("/providers/Microsoft.KeyVault/vaults/kv-{parameters('n')}")
    );
    let unknown = vault.name_unknown.as_ref().unwrap();
    assert_eq!(&*unknown.symbol, "kv-{parameters('n')}");
    assert!(unknown.is_left_open());
    let secret = resource(&evaluation, "kv-{n}/s");
    let named = property(secret, &["vault"]).as_unknown().unwrap().clone();
    assert_eq!(named.symbol, vault.id);
    let uri = property(secret, &["uri"]).as_unknown().unwrap().clone();
    let asked = &uri.atoms[0];
    assert_eq!((asked.cause, &asked.refers_to), (Cause::Runtime, &vault.id));
    assert_eq!(asked.path, ["vaultUri".into()]);
    assert_eq!(&*uri.expression, property_text(&text, "uri"));
}

/// The string written for member `name`.
fn property_text<'a>(text: &'a str, name: &str) -> &'a str {
    let start = text.find(&format!("\"{name}\": \"")).unwrap() + name.len() + 5;
    let rest = &text[start..];
    &rest[..rest.find('"').unwrap()]
}

#[test]
fn parameters_of_one_name_in_two_templates_are_two_facts() {
    let text = template(OPEN);
    let evaluation = evaluate(&[("a.json", &text), ("b.json", &text)]);
    let ids: Vec<_> = evaluation.resources.iter().map(|it| &it.id).collect();
    assert_eq!(ids.len(), 4);
    assert_ne!(ids[0], ids[2]);
    assert_eq!(evaluation.resources[0].name, evaluation.resources[2].name);
}

#[test]
fn what_a_template_allows_is_kept_as_alternatives() {
    let text = template(
        r#""parameters": {"access": {"type": "string", "allowedValues": ["Enabled", "Disabled"]}, "deny": {"type": "bool"}},
        "resources": [{"type": "a.b/c", "name": "x", "properties": {
            "access": "[parameters('access')]",
            "is": "[equals(parameters('access'), 'Enabled')]",
            "never": "[equals(parameters('access'), 'Other')]",
            "acls": "[if(parameters('deny'), createObject('defaultAction', 'Deny'), null())]",
            "action": "[if(parameters('deny'), createObject('defaultAction', 'Deny'), createObject('defaultAction', 'Allow')).defaultAction]",
            "lower": "[toLower(if(parameters('deny'), 'DENY', 'Allow'))]",
            "same": "[if(parameters('deny'), 'x', 'x')]",
            "one": "[if(parameters('deny'), 'x', div(1, 0))]"}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(errors(&evaluation).is_empty(), "{:?}", errors(&evaluation));
    let it = resource(&evaluation, "x");
    let alternatives = |name: &str| -> Vec<Json> {
        let value = property(it, &[name]);
        value
            .as_unknown()
            .unwrap_or_else(|| panic!("{name}"))
            .alternatives
            .iter()
            .map(to_json)
            .collect()
    };
    assert_eq!(alternatives("access"), ["Enabled", "Disabled"]);
    assert_eq!(alternatives("is"), [true, false]);
    assert_eq!(property(it, &["never"]).as_bool(), Some(false));
    assert_eq!(
        alternatives("acls"),
        [serde_json::json!({"defaultAction": "Deny"}), Json::Null]
    );
    assert_eq!(alternatives("action"), ["Deny", "Allow"]);
    assert_eq!(alternatives("lower"), ["deny", "allow"]);
    assert_eq!(property(it, &["same"]).as_str(), Some("x"));
    // The other side fails, so that only this one can be deployed.
    assert_eq!(property(it, &["one"]).as_str(), Some("x"));
}

#[test]
fn conditions_and_counts_that_hang_on_open_values_leave_resources_in_doubt() {
    let text = template(
        r#""parameters": {"on": {"type": "bool"}, "n": {"type": "int"}}, "resources": [
        {"type": "a.b/c", "name": "x", "condition": "[parameters('on')]"},
        {"type": "a.b/c", "name": "[format('y{0}', copyIndex())]", "copy": {"name": "l", "count": "[parameters('n')]"}},
        {"type": "a.b/c", "name": "z", "properties": {"copy": [{"name": "items", "count": "[parameters('n')]", "input": 1}]}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(errors(&evaluation).is_empty());
    assert_eq!(evaluation.resources.len(), 3);
    for resource in &evaluation.resources[..2] {
        assert!(
            matches!(resource.condition, Condition::Unknown(..)),
            "{}",
            resource.name
        );
    }
    let items = property(resource(&evaluation, "z"), &["items"]);
    assert!(items.as_unknown().unwrap().is_left_open());
}

#[test]
fn secrets_leave_no_trace() {
    let text = template(
        r#""parameters": {"given": {"type": "securestring"}, "typed": {"type": "SecureString"},
            "default": {"type": "securestring", "defaultValue": "hunter2"}, "object": {"type": "secureObject", "defaultValue": {"a": "hunter2"}}},
        "resources": [{"type": "a.b/c", "name": "x", "properties": {
            "given": "[parameters('given')]", "typed": "[concat('p-', parameters('typed'))]", "default": "[parameters('default')]",
            "part": "[parameters('object').a]", "each": "[createArray(parameters('object'))]", "key": "[listKeys('y', '2020-01-01').keys[0].value]",
            "text": "[string(parameters('object'))]", "number": "[int(parameters('default'))]", "empty": "[empty(parameters('default'))]"}},
          {"type": "Microsoft.Resources/deployments", "name": "d", "properties": {"expressionEvaluationOptions": {"scope": "inner"},
            "parameters": {"pw": {"value": "hunter2"}, "config": {"value": {"user": "me", "pw": "hunter2"}}, "vault": {"reference": {"keyVault": {"id": "/v"}, "secretName": "s"}}},
            "template": {"languageVersion": "2.0", "parameters": {"pw": {"type": "securestring"}, "vault": {"type": "securestring"},
                "config": {"type": "object", "properties": {"user": {"type": "string"}, "pw": {"type": "securestring"}}}},
              "resources": {"r": {"type": "a.b/c", "name": "y", "properties": {"pw": "[parameters('pw')]", "config": "[parameters('config')]", "vault": "[parameters('vault')]"}}},
              "outputs": {"o": {"type": "securestring", "value": "hunter2"}}}}}],
        "outputs": {"o": {"type": "securestring", "value": "hunter2"}, "p": {"type": "string", "value": "[reference('d').outputs.o.value]"}}"#,
    );
    let parameters = r#"{"$schema": "x/deploymentParameters.json#", "parameters": {"given": {"value": "hunter2"}}}"#;
    let mut typed = TypedParameters::new();
    typed.set(None, "typed", "hunter2");
    let evaluation = evaluate_with(
        &[("t.json", &text), ("t.parameters.json", parameters)],
        &typed,
    );
    let everything = format!("{evaluation:?}");
    assert!(!everything.contains("hunter2"), "{everything}");
    assert_eq!(
        errors(&evaluation),
        ["`int`: does not take the value of a secure parameter"]
    );
    let it = resource(&evaluation, "x");
    for name in ["given", "typed", "default", "part", "key", "text"] {
        assert!(property(it, &[name]).as_unknown().unwrap().secret, "{name}");
    }
    // What settles a condition tells too little to be kept back.
    assert_eq!(property(it, &["empty"]).as_bool(), Some(false));
    let nested = resource(&evaluation, "y");
    assert_eq!(property(nested, &["config", "user"]).as_str(), Some("me"));
    assert!(
        property(nested, &["config", "pw"])
            .as_unknown()
            .unwrap()
            .secret
    );
    let vault = property(nested, &["vault"]).as_unknown().unwrap().clone();
    assert_eq!(
        (vault.atoms[0].cause, vault.refers_to()),
        (Cause::KeyVaultSecret, "/v/secrets/s")
    );
    let sources: Vec<_> = evaluation.parameters.iter().map(|it| it.source).collect();
    assert_eq!(
        sources,
        [
            ParameterSource::File,
            ParameterSource::Typed,
            ParameterSource::Default,
            ParameterSource::Default
        ]
    );
}

#[test]
fn outputs_of_nested_deployments_are_followed() {
    let text = template(
        r#""resources": [
        {"type": "a.b/c", "name": "x", "properties": {
            "byName": "[reference('net').outputs.subnet.value]",
            "byId": "[reference(resourceId('Microsoft.Resources/deployments', 'net'), '2022-09-01').outputs.Subnet.value]",
            "full": "[reference('net', '2022-09-01', 'Full').properties.outputs.subnet.value]",
            "loop": "[reference('net').outputs.names.value[1]]",
            "missing": "[reference('net').outputs.nope.value]",
            "linked": "[reference('far').outputs.id.value]"}},
        {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "net", "properties": {"mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"v": {"value": "vnet"}},
            "template": {"parameters": {"v": {"type": "string"}}, "resources": [],
              "outputs": {"subnet": {"type": "string", "value": "[resourceId('Microsoft.Network/virtualNetworks/subnets', parameters('v'), 'default')]"},
                "names": {"type": "array", "copy": {"count": 2, "input": "[format('n{0}', copyIndex())]"}}}}}},
        {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "far", "properties": {"mode": "Incremental",
            "templateLink": {"uri": "https://example.org/templates/far.json"}}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert_eq!(errors(&evaluation), ["the deployment has no output `nope`"]);
    assert_eq!(
        warnings(&evaluation),
        ["the linked template `https://example.org/templates/far.json` is not among the files"]
    );
    let it = resource(&evaluation, "x");
    for name in ["byName", "byId", "full"] {
        let id = property(it, &[name])
            .as_str()
            .unwrap_or_else(|| panic!("{name}"));
        assert!(
            id.ends_with("/virtualNetworks/vnet/subnets/default"),
            "{id}"
        );
    }
    assert_eq!(property(it, &["loop"]).as_str(), Some("n1"));
    let linked = property(it, &["linked"]).as_unknown().unwrap().clone();
    assert_eq!(linked.atoms[0].cause, Cause::MissingFile);
}

#[test]
fn linked_templates_are_taken_from_the_other_files() {
    let main = template(
        r#""parameters": {"_artifactsLocation": {"type": "string"}, "sas": {"type": "securestring"}}, "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "a", "properties": {"templateLink": {"relativePath": "nested/a.json"}, "parameters": {"n": {"value": "one"}}}},
        {"type": "Microsoft.Resources/deployments", "name": "b", "properties": {
            "templateLink": {"uri": "[concat(parameters('_artifactsLocation'), '/nested/b.json', parameters('sas'))]"},
            "parametersLink": {"uri": "https://example.org/nested/b.values.json"}}}]"#,
    );
    let a = template(
        r#""parameters": {"n": {"type": "string"}}, "resources": [{"type": "a.b/c", "name": "[parameters('n')]"}]"#,
    );
    let b = template(
        r#""parameters": {"n": {"type": "string"}}, "resources": [{"type": "a.b/c", "name": "[parameters('n')]"}]"#,
    );
    let values =
        r#"{"$schema": "x/deploymentParameters.json#", "parameters": {"n": {"value": "[two]"}}}"#;
    let evaluation = evaluate(&[
        ("x/main.json", &main),
        ("x/nested/a.json", &a),
        ("x/nested/b.json", &b),
        ("x/nested/b.values.json", values),
    ]);
    assert!(errors(&evaluation).is_empty(), "{:?}", errors(&evaluation));
    let names: Vec<_> = evaluation.resources.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["a", "one", "b", "[two]"]);
    assert_eq!(&*evaluation.resources[1].deployment[0], "a");
    assert_eq!(evaluation.resources[1].file.index(), 1);
}

#[test]
fn templates_that_link_in_a_ring_end() {
    let one = |other: &str| {
        template(&format!(
            r#""resources": [{{"type": "Microsoft.Resources/deployments", "name": "d", "properties": {{"templateLink": {{"relativePath": "{other}"}}}}}}]"#
        ))
    };
    let evaluation = evaluate(&[("a.json", &one("b.json")), ("b.json", &one("a.json"))]);
    assert!(!errors(&evaluation).is_empty());
    assert!(!evaluation.resources.is_empty());
}

#[test]
fn parameter_files_go_to_the_templates_they_belong_to() {
    let template_of = |name: &str| {
        template(&format!(
            r#""parameters": {{"{name}": {{"type": "string"}}}}, "resources": [{{"type": "a.b/c", "name": "[parameters('{name}')]"}}]"#
        ))
    };
    let values = |name: &str, value: &str| {
        format!(
            r#"{{"$schema": "x/deploymentParameters.json#", "parameters": {{"{name}": {{"value": "{value}"}}}}}}"#
        )
    };
    for (files, want) in [
        // By name, though both templates declare it.
        (
            vec![
                ("a.json", template_of("n")),
                ("b.json", template_of("n")),
                ("b.parameters.json", values("n", "v")),
            ],
            vec!["{n}", "v"],
        ),
        // The portal's folder.
        (
            vec![
                ("one/template.json", template_of("n")),
                ("one/parameters.json", values("n", "v")),
                ("two/template.json", template_of("n")),
            ],
            vec!["v", "{n}"],
        ),
        // By what they declare.
        (
            vec![
                ("a.json", template_of("n")),
                ("b.json", template_of("m")),
                ("values.json", values("m", "v")),
            ],
            vec!["{n}", "v"],
        ),
        // For none in particular: it is said, and not used.
        (
            vec![
                ("a.json", template_of("n")),
                ("b.json", template_of("n")),
                ("values.json", values("n", "v")),
            ],
            vec!["{n}", "{n}"],
        ),
    ] {
        let files: Vec<_> = files
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let evaluation = evaluate(&files);
        let names: Vec<_> = evaluation.resources.iter().map(|it| &*it.name).collect();
        assert_eq!(names, want, "{files:?}");
        let unused = warnings(&evaluation)
            .iter()
            .any(|it| it.starts_with("no template is found"));
        assert_eq!(
            unused,
            want == ["{n}", "{n}"],
            "{:?}",
            warnings(&evaluation)
        );
    }
}

#[test]
fn typed_values_win_and_are_read_by_type() {
    let text = template(
        r#""parameters": {"s": {"type": "string", "defaultValue": "d"}, "b": {"type": "bool"}, "o": {"type": "object"}, "bad": {"type": "int"}},
        "resources": [{"type": "a.b/c", "name": "[parameters('s')]", "properties": {"b": "[parameters('b')]", "x": "[parameters('o').x]"}}]"#,
    );
    let mut typed = TypedParameters::new();
    typed.set(None, "S", "[literal]");
    typed.set(Some("t.json"), "b", "true");
    typed.set(Some("other.json"), "b", "false");
    typed.set(None, "o", r#"{"x": 1}"#);
    typed.set(None, "bad", "{");
    let evaluation = evaluate_with(&[("t.json", &text)], &typed);
    let it = resource(&evaluation, "[literal]");
    assert_eq!(property(it, &["b"]).as_bool(), Some(true));
    assert_eq!(property(it, &["x"]).as_integer(), Some(1));
    assert!(errors(&evaluation)[0].starts_with("the value typed for `bad` is no JSON"));
}

#[test]
fn symbolic_loops_are_referred_to_whole_and_by_element() {
    let text = template(
        r#""languageVersion": "2.0", "resources": {
        "user": {"type": "a.b/c", "name": "x", "properties": {"second": "[reference('loop[1]').id]", "all": "[references('loop')]", "keys": "[listKeys('loop[0]', '2020-01-01').k]"}},
        "loop": {"type": "a.b/d", "name": "[format('n{0}', copyIndex())]", "copy": {"name": "loop", "count": 2}},
        "parent::child": {"type": "a.b/c/e", "name": "x/y", "properties": {"id": "[reference('user').z]"}}}"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(errors(&evaluation).is_empty());
    let it = resource(&evaluation, "x");
    let refers_to = |value: &Value| value.as_unknown().unwrap().refers_to().to_owned();
    assert!(refers_to(property(it, &["second"])).ends_with("/a.b/d/n1"));
    assert!(refers_to(property(it, &["keys"])).ends_with("/a.b/d/n0"));
    let all = property(it, &["all"]).items();
    assert!(refers_to(&all[1]).ends_with("/a.b/d/n1"));
    assert!(refers_to(property(resource(&evaluation, "x/y"), &["id"])).ends_with("/a.b/c/x"));
}

#[test]
fn a_condition_reaches_what_a_deployment_holds_but_not_children() {
    let text = template(
        r#""resources": [
        {"type": "a.b/c", "name": "p", "condition": false, "resources": [{"type": "d", "name": "q"}]},
        {"type": "Microsoft.Resources/deployments", "name": "d", "condition": "[false()]", "properties": {"template": {"resources": [
            {"type": "a.b/c", "name": "r", "properties": {"bad": "[first(5)]"}}]}}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(
        errors(&evaluation).is_empty(),
        "what is not deployed does no harm"
    );
    let deployed: Vec<_> = evaluation
        .resources
        .iter()
        .filter(|it| matches!(it.condition, Condition::True))
        .map(|it| &*it.name)
        .collect();
    assert_eq!(deployed, ["p/q"]);
}

#[test]
fn a_resource_declared_twice_is_said() {
    let one = r#"{"type": "a.b/c", "name": "x"}"#;
    let text = template(&format!(r#""resources": [{one}, {one}]"#));
    assert_eq!(
        warnings(&evaluate(&[("t.json", &text)])),
        ["resource `x` is declared more than once"]
    );
}

#[test]
fn extension_resources_stand_below_what_they_extend() {
    let text = template(
        r#""resources": [
        {"type": "Microsoft.Authorization/locks", "name": "l", "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'st')]"},
        {"type": "Microsoft.Authorization/locks", "name": "m", "scope": "[format('Microsoft.Storage/storageAccounts/{0}', 'st')]"},
        {"type": "Microsoft.Storage/storageAccounts/providers/locks", "name": "st/Microsoft.Authorization/n"}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    let group = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-example";
    for (resource, name) in evaluation.resources.iter().zip(["l", "m", "n"]) {
        assert_eq!(
            *resource.id,
            format!(
                "{group}/providers/Microsoft.Storage/storageAccounts/st/providers/Microsoft.Authorization/locks/{name}"
            )
        );
    }
}

#[test]
fn bicep_parameter_files_may_take_values_from_outside() {
    let text = template(
        r#""parameters": {"n": {"type": "string"}}, "resources": [{"type": "a.b/c", "name": "x", "properties": {"n": "[parameters('n')]"}}]"#,
    );
    let values = r#"{"$schema": "x/deploymentParameters.json#", "externalInputDefinitions": {"in_0": {"kind": "sys.cli"}},
        "parameters": {"n": {"expression": "[concat('v-', externalInputs('in_0'))]"}}}"#;
    let evaluation = evaluate(&[("t.json", &text), ("t.parameters.json", values)]);
    assert!(errors(&evaluation).is_empty(), "{:?}", errors(&evaluation));
    let unknown = property(resource(&evaluation, "x"), &["n"])
        .as_unknown()
        .unwrap()
        .clone();
    assert_eq!(unknown.refers_to(), "externalInputs('in_0')");
}

/// The messages about what resources wait for.
fn about_waiting(resources: &str) -> Vec<String> {
    let text = template(&format!(r#""resources": {resources}"#));
    let evaluation = evaluate(&[("t.json", &text)]);
    let told = evaluation.diagnostics.iter();
    told.filter(|one| matches!(&*one.code, "arm-dependency" | "arm-circular-dependency"))
        .map(|one| one.message.clone())
        .collect()
}

fn waiting(name: &str, more: &str, depends_on: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "{name}", {more}
            "properties": {{}}, "dependsOn": [{depends_on}]}}"#
    )
}

#[test]
fn what_is_waited_for_is_named_in_every_way_that_azure_takes() {
    let ways = [
        "\"a\"",
        "\"Microsoft.Web/sites/a\"",
        "\"[resourceId('Microsoft.Web/sites', 'a')]\"",
        "\"[concat('Microsoft.Web/sites/', 'a')]\"",
        "\"many\"",
        "\"[resourceId('Microsoft.Web/sites', 'm1')]\"",
        "\"[reference('elsewhere').id]\"",
    ];
    for way in ways {
        let all = [
            waiting("a", "", ""),
            waiting(
                "[concat('m', copyIndex())]",
                r#""copy": {"name": "many", "count": 2},"#,
                "",
            ),
            waiting("b", "", way),
        ];
        let told = about_waiting(&format!("[{}]", all.join(",")));
        assert_eq!(told, Vec::<String>::new(), "{way}");
    }
}

#[test]
fn waiting_for_what_is_not_declared_or_in_a_circle_is_told() {
    let told = about_waiting(&format!("[{}]", waiting("a", "", r#""gone""#)));
    assert_eq!(
        told,
        ["`gone` is waited for, and this template does not declare it"]
    );
    let told = about_waiting(&format!("[{}]", waiting("a", "", r#""a""#)));
    assert_eq!(told, ["`a` depends on itself"]);
    let circle = [
        waiting("a", "", r#""Microsoft.Web/sites/c""#),
        waiting("b", "", r#""a""#),
        waiting("c", "", r#""b""#),
        waiting("d", "", r#""a""#),
    ];
    let told = about_waiting(&format!("[{}]", circle.join(",")));
    assert_eq!(told, ["`a`, `b`, `c` depend on each other in a circle"]);
    let looped = [
        waiting(
            "[concat('m', copyIndex())]",
            r#""copy": {"name": "many", "count": 2},"#,
            r#""b""#,
        ),
        waiting("b", "", r#""many""#),
    ];
    let told = about_waiting(&format!("[{}]", looped.join(",")));
    assert_eq!(told, ["`m0`, `m1`, `b` depend on each other in a circle"]);
    let family = [
        waiting(
            "a",
            "",
            r#""[resourceId('Microsoft.Web/sites/slots', 'a', 's')]""#,
        ),
        waiting("a/s", "", r#""a""#)
            .replace("Microsoft.Web/sites\"", "Microsoft.Web/sites/slots\""),
    ];
    let told = about_waiting(&format!("[{}]", family.join(",")));
    assert_eq!(told, Vec::<String>::new(), "exports do so");
    let open = [
        waiting("[parameters('x')]", "", ""),
        waiting("b", "", r#""perhaps""#),
    ];
    assert_eq!(
        about_waiting(&format!("[{}]", open.join(","))),
        Vec::<String>::new()
    );
    let skipped = waiting("a", r#""condition": false,"#, r#""gone""#);
    assert_eq!(about_waiting(&format!("[{skipped}]")), Vec::<String>::new());
}

#[test]
fn more_locations_than_azure_takes_are_told() {
    let deployments = |count: usize| {
        let one = |at: usize| {
            format!(
                r#"{{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01",
                    "name": "d{at}", "location": "Region {at}",
                    "properties": {{"mode": "Incremental", "template": {{"resources": []}}}}}}"#
            )
        };
        let all: Vec<String> = (0..count).chain(0..3).map(one).collect();
        let text = format!(
            r#"{{"$schema": "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
                "contentVersion": "1.0.0.0", "resources": [{}]}}"#,
            all.join(",")
        );
        let evaluation = evaluate(&[("t.json", &text)]);
        let told = evaluation.diagnostics.into_iter();
        told.filter(|one| one.code == "arm-limit")
            .map(|one| one.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(deployments(10), Vec::<String>::new());
    assert_eq!(
        deployments(11),
        ["the template deploys to 11 locations, and Azure takes 10"]
    );
}
