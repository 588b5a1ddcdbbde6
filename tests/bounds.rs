//! Templates made to run away. Each ends in an error at its place, and the rest is reviewed.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

mod common;

use common::{errors, evaluate, inputs, template};
use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::diagnostic::Level;
use std::fmt::Write as _;

const OTHER: &str = r#"{"type": "a.b/c", "name": "other", "properties": {"x": "[add(1, 2)]"}}"#;

/// Evaluates a template with these sections, a resource called `bad` with this property, and
/// another resource that must not suffer; returns the error at `needle`.
fn run_away(sections: &str, property: &str, needle: &str) -> String {
    let text = template(&format!(
        r#"{sections}{comma}"resources": [{{"type": "a.b/c", "name": "bad", "properties": {{"x": {property}}}}}, {OTHER}]"#,
        comma = if sections.is_empty() { "" } else { ", " },
    ));
    error_at(&text, needle)
}

fn error_at(text: &str, needle: &str) -> String {
    let inputs = inputs(&[("t.json", text)]);
    let evaluation = evaluate_inputs(&inputs, &Environment::default(), &TypedParameters::new());
    let other = common::resource(&evaluation, "other");
    assert_eq!(common::property(other, &["x"]).as_integer(), Some(3));
    let at = text.find(needle).unwrap();
    let line = |at: usize| text[..at].matches('\n').count();
    let error = evaluation.diagnostics.iter().find(|diagnostic| {
        let start = diagnostic.span.unwrap().start as usize;
        diagnostic.level == Level::Error && line(start) == line(at)
    });
    error
        .unwrap_or_else(|| panic!("no error at `{needle}`: {:?}", evaluation.diagnostics))
        .message
        .clone()
}

#[test]
fn ranges_are_bounded() {
    let message = run_away("", r#""[range(0, 2147483647)]""#, "[range");
    assert!(message.contains("10000"), "{message}");
}

#[test]
fn doubling_variables_end() {
    let mut variables = r#""variables": {"v0": "0123456789""#.to_owned();
    for at in 1..60 {
        let before = at - 1;
        let _ = write!(
            variables,
            r#", "v{at}": "[concat(variables('v{before}'), variables('v{before}'))]""#
        );
    }
    variables.push('}');
    let message = run_away(
        &variables,
        r#""[variables('v59')]""#,
        "[concat(variables('v18')",
    );
    assert!(message.contains("larger than"), "{message}");
}

#[test]
fn doubling_lists_and_objects_end() {
    for make in [
        "createArray(V, V)",
        "concat(array(V), array(V))",
        "createObject('a', V, 'b', V)",
    ] {
        let mut variables = r#""variables": {"v0": "0123456789""#.to_owned();
        for at in 1..40 {
            let call = make.replace('V', &format!("variables('v{}')", at - 1));
            let _ = write!(variables, ",\n\"v{at}\": \"[{call}]\"");
        }
        variables.push('}');
        let text = template(&format!(
            r#"{variables}, "resources": [{{"type": "a.b/c", "name": "bad", "properties": {{"x": "[variables('v39')]"}}}}, {OTHER}]"#
        ));
        let evaluation = evaluate(&[("t.json", &text)]);
        let is_size = |it: &&str| it.contains("larger than") || it.contains("items");
        assert!(
            errors(&evaluation).iter().any(is_size),
            "{make} {:?}",
            errors(&evaluation)
        );
    }
}

#[test]
fn repetition_within_functions_ends() {
    for expression in [
        "[padLeft('x', 2000000000)]",
        "[format('{0,900000}{0,900000}{0,900000}{0,900000}{0,900000}', 'x')]",
        "[replace(padLeft('x', 4000, 'x'), 'x', padLeft('y', 4000))]",
        "[join(range(0, 10000), padLeft('y', 4000))]",
        "[split(padLeft('x', 3000000, ','), ',')]",
        "[map(range(0, 10000), lambda('i', range(0, 10000)))]",
        "[reduce(range(0, 10000), createArray(1), lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a'))))]",
        "[map(range(0, 10000), lambda('i', map(range(0, 10000), lambda('j', 0))))]",
        "[filter(range(0, 10000), lambda('i', greater(length(filter(range(0, 10000), lambda('j', true()))), 0)))]",
        "[sort(range(0, 10000), lambda('a', 'b', greater(length(range(0, 10000)), 5)))]",
        "[uniqueString(padLeft('x', 1000000))]",
    ] {
        run_away("", &format!("\"{expression}\""), &expression[..20]);
    }
}

#[test]
fn cycles_end() {
    run_away(
        r#""variables": {"a": "[variables('b')]", "b": "[variables('a')]"}"#,
        r#""[variables('a')]""#,
        "[variables('a')]\"}",
    );
    run_away(
        r#""parameters": {"a": {"type": "string", "defaultValue": "[parameters('a')]"}}"#,
        r#""[parameters('a')]""#,
        "[parameters('a')]\"}}",
    );
    run_away(
        r#""languageVersion": "2.0", "functions": [{"namespace": "n", "members": {"f": {"parameters": [], "output": {"type": "int", "value": "[n.f()]"}}}}]"#,
        r#""[n.f()]""#,
        "[n.f()]",
    );
}

#[test]
fn deployments_that_wait_for_each_other_end() {
    let one = |name: &str, other: &str| {
        format!(
            r#"{{"type": "Microsoft.Resources/deployments", "name": "{name}", "properties": {{"expressionEvaluationOptions": {{"scope": "inner"}},
            "parameters": {{"x": {{"value": "[reference('{other}').outputs.o.value]"}}}},
            "template": {{"parameters": {{"x": {{"type": "string"}}}}, "resources": [], "outputs": {{"o": {{"type": "string", "value": "[parameters('x')]"}}}}}}}}}}"#
        )
    };
    let text = template(&format!(
        r#""resources": [{}, {}, {OTHER}]"#,
        one("a", "b"),
        one("b", "a")
    ));
    error_at(&text, r#""name": "a""#);
    let text = template(&format!(
        r#""resources": [{OTHER}], "outputs": {{"a": {{"type": "string", "value": "[reference('n').outputs.a.value]"}}}}"#
    ));
    assert!(errors(&evaluate(&[("t.json", &text)])).is_empty());
}

#[test]
fn copies_of_copies_of_copies_end() {
    let inner = |name: &str, input: &str| {
        format!(r#"{{"copy": [{{"name": "{name}", "count": 800, "input": {input}}}]}}"#)
    };
    let text = template(&format!(
        r#""resources": [{{"type": "a.b/c", "name": "[format('n{{0}}', copyIndex())]", "copy": {{"name": "a", "count": 800}}, "properties": {}}}, {OTHER}]"#,
        inner("b", &inner("c", &inner("d", "\"[copyIndex('d')]\"")))
    ));
    let message = error_at(&text, r#""name": "b""#);
    assert!(
        message.contains("steps") || message.contains("larger"),
        "{message}"
    );
    let text = template(&format!(
        r#""resources": [{{"type": "a.b/c", "name": "x", "copy": {{"name": "a", "count": 801}}}}, {OTHER}]"#
    ));
    assert!(error_at(&text, "801").contains("800"));
}

#[test]
fn copies_of_deployments_within_copies_end() {
    let nest = |inner: &str| {
        format!(
            r#"{{"type": "Microsoft.Resources/deployments", "name": "[format('d{{0}}', copyIndex())]", "copy": {{"name": "d", "count": 800}},
            "properties": {{"expressionEvaluationOptions": {{"scope": "inner"}}, "template": {{"resources": [{inner}]}}}}}}"#
        )
    };
    let deep = nest(&nest(&nest(r#"{"type": "a.b/c", "name": "x"}"#)));
    let text = template(&format!(r#""resources": [{deep}, {OTHER}]"#));
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(!errors(&evaluation).is_empty());
    assert!(
        evaluation.resources.len() < 200_000,
        "{}",
        evaluation.resources.len()
    );
}

#[test]
fn deep_calls_end() {
    let deep = format!("[{}1{}]", "array(".repeat(20_000), ")".repeat(20_000));
    let message = run_away("", &format!("\"{deep}\""), "[array(array(");
    assert!(message.contains("levels deep"), "{message}");
    // Azure takes so many, and so do we.
    let fine = format!("[{}1{}]", "array(".repeat(100), ")".repeat(100));
    let text = template(&format!(
        r#""resources": [{{"type": "a.b/c", "name": "x", "properties": {{"y": "{fine}"}}}}]"#
    ));
    assert!(errors(&evaluate(&[("t.json", &text)])).is_empty());
}

#[test]
fn long_chains_of_variables_end() {
    let mut variables = r#""variables": {"v0": 1"#.to_owned();
    for at in 1..5000 {
        let _ = write!(variables, r#", "v{at}": "[variables('v{}')]""#, at - 1);
    }
    variables.push('}');
    let text = template(&format!(
        r#"{variables}, "resources": [{{"type": "a.b/c", "name": "bad", "properties": {{"x": "[variables('v4999')]"}}}}, {OTHER}]"#
    ));
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(
        errors(&evaluation)[0].contains("levels of other values"),
        "{:?}",
        errors(&evaluation)
    );
}

#[test]
fn values_that_grow_deep_end() {
    let deep = "[".repeat(500) + &"]".repeat(500);
    let mut variables = format!(r#""variables": {{"v0": "[json('{deep}')]""#);
    for at in 1..30 {
        let before = at - 1;
        let (open, close) = ("createArray(".repeat(5), ")".repeat(5));
        let _ = write!(
            variables,
            ",\n\"v{at}\": \"[{open}variables('v{before}'){close}]\""
        );
    }
    variables.push('}');
    let message = run_away(&variables, r#""[string(variables('v29'))]""#, "\"v21\": ");
    assert!(message.contains("levels deep"), "{message}");
}

#[test]
fn deep_json_within_expressions_is_refused() {
    for open in ["[", "{\\\"a\\\":"] {
        let deep = open.repeat(100_000);
        run_away("", &format!("\"[json('{deep}')]\""), "[json(");
    }
}

#[test]
fn deep_alternatives_end() {
    let mut variables = r#""parameters": {"p": {"type": "bool"}}, "variables": {"v0": "[if(parameters('p'), 'a', 'b')]""#.to_owned();
    for at in 1..180 {
        let before = at - 1;
        let _ = write!(
            variables,
            r#", "v{at}": "[if(parameters('p'), createArray(variables('v{before}')), createObject('a', variables('v{before}')))]""#
        );
    }
    variables.push('}');
    let text = template(&format!(
        r#"{variables}, "resources": [{{"type": "a.b/c", "name": "bad", "properties": {{"x": "[variables('v179')]"}}}}, {OTHER}]"#
    ));
    let _ = evaluate(&[("t.json", &text)]);
}

#[test]
fn children_within_children_within_children_end() {
    let mut child = r#"{"type": "t", "name": "n"}"#.to_owned();
    for _ in 0..150 {
        child = format!(r#"{{"type": "t", "name": "n", "resources": [{child}]}}"#);
    }
    let text = template(&format!(
        r#""resources": [{{"type": "a.b/c", "name": "p", "resources": [{child}]}}, {OTHER}]"#
    ));
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(evaluation.resources.iter().any(|it| &*it.name == "other"));
}

#[test]
fn a_run_away_template_takes_nothing_from_the_next_file() {
    let bomb = r#"{"type": "a.b/c", "name": "x", "properties": {"x": "[map(range(0, 10000), lambda('i', map(range(0, 10000), lambda('j', 0))))]"}}"#;
    let bombs = vec![bomb; 40].join(", ");
    let a = template(&format!(r#""resources": [{bombs}]"#));
    let b = template(&format!(r#""resources": [{OTHER}]"#));
    let evaluation = evaluate(&[("a.json", &a), ("b.json", &b)]);
    let other = common::resource(&evaluation, "other");
    assert_eq!(common::property(other, &["x"]).as_integer(), Some(3));
}

#[test]
fn large_values_are_not_compared_again_and_again() {
    let variables = r#""parameters": {"p": {"type": "bool"}}, "variables": {"big": "[padLeft('x', 1000000)]", "other": "[padLeft('y', 1000000)]"}"#;
    let message = run_away(
        variables,
        r#""[map(range(0, 10000), lambda('i', length(if(parameters('p'), variables('big'), variables('other')))))]""#,
        "[map(",
    );
    assert!(message.contains("steps"), "{message}");
}

#[test]
fn thousands_of_unknowns_are_carried_together() {
    let message = run_away(
        r#""languageVersion": "2.0""#,
        r#""[map(range(0, 1000), lambda('j', string(map(range(0, 10000), lambda('i', reference(string(lambdaVariables('i'))).x)))))]""#,
        "[map(",
    );
    assert!(message.contains("steps"), "{message}");
}

#[test]
fn large_values_are_not_declared_again_and_again() {
    let text = template(
        r#""variables": {"big": "[padLeft('x', 3000000)]"}, "resources": [
        {"type": "a.b/c", "name": "[format('n{0}', copyIndex())]", "copy": {"name": "l", "count": 800}, "properties": {"x": "[variables('big')]"}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert!(errors(&evaluation).iter().any(|it| it.contains("256 MB")));
    assert_eq!(evaluation.resources.len(), 800);
}

#[test]
fn diagnostics_do_not_pile_up() {
    let text = template(
        r#""resources": [{"type": "a.b/c", "name": "[format('n{0}', copyIndex())]", "copy": {"name": "l", "count": 800}, "properties": {"x": "[first(5)]"}}]"#,
    );
    let evaluation = evaluate(&[("t.json", &text)]);
    assert_eq!(errors(&evaluation).len(), 1);
    assert_eq!(evaluation.resources.len(), 800);
}
