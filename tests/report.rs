//! The forms of the report: that each is what it says, for every template at hand, and that no name
//! in a template acts in any of them.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::{Value, json};
use sightline::analysis::{Analysis, Options, analyse};
use sightline::diagram::{LayoutOptions, Scene, SvgOptions, layout_zones, write_svg};
use sightline::input::RawFile;
use sightline::report::{
    Baseline, DocumentOptions, Report, TextStyle, write_csv, write_dot, write_drawio, write_html,
    write_markdown, write_mermaid, write_sarif, write_text,
};
use sightline::view::{SceneOptions, Workspace};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn templates() -> Vec<RawFile> {
    let mut files = Vec::new();
    for folder in [
        "public/examples",
        "../shared/corpus",
        "../shared/corpus/odd",
    ] {
        if !Path::new(folder).is_dir() {
            eprintln!("SKIPPED: {folder} is not beside the repository");
            continue;
        }
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "json") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                files.push(RawFile::new(name, fs::read(path).unwrap()));
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn review(file: RawFile) -> Analysis {
    let options = Options {
        as_of: Some("2026-11-25".to_owned()),
        ..Options::default()
    };
    analyse(vec![file], &options)
}

fn scene(analysis: Analysis) -> Scene {
    Workspace::new(analysis)
        .scene(&SceneOptions::default())
        .scene
}

fn read_json(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A schema that takes nothing which it does not name.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.contains_key("properties") {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
            members.values_mut().for_each(strict);
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

fn check(validator: &jsonschema::Validator, value: &Value, name: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

fn check_html(text: &str, name: &str) {
    let page = scraper::Html::parse_document(text);
    assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
    for element in page.tree.values().filter_map(scraper::Node::as_element) {
        let forbidden = [
            "script",
            "img",
            "iframe",
            "object",
            "link",
            "form",
            "foreignObject",
        ];
        assert!(
            !forbidden.contains(&element.name()),
            "{name}: {}",
            element.name()
        );
        for (attribute, value) in element.attrs() {
            let acts = attribute.starts_with("on") || attribute == "style";
            assert!(!acts, "{name}: {attribute}");
            assert!(
                attribute != "href" || value.starts_with('#'),
                "{name}: {value}"
            );
        }
    }
}

fn check_markdown(text: &str, name: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                assert_eq!(&*html, "<!-- -->", "{name}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                panic!("{name}: {dest_url}")
            }
            _ => {}
        }
    }
}

fn check_csv(text: &str, name: &str) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            let first = cell.trim_start().chars().next();
            assert!(
                !first.is_some_and(|one| "=+-@".contains(one)),
                "{name}: {cell}"
            );
        }
    }
}

/// No letter that is not seen, and no line that a name broke open.
fn check_seen(text: &str, name: &str) {
    for letter in text.chars() {
        let hidden = (letter.is_control() && letter != '\n' && letter != '\r')
            || ('\u{202a}'..='\u{202e}').contains(&letter)
            || ('\u{2066}'..='\u{2069}').contains(&letter)
            || ('\u{200b}'..='\u{200f}').contains(&letter);
        assert!(!hidden, "{name}: {letter:?}");
    }
}

fn check_mermaid(text: &str, name: &str) {
    let mut open = 0;
    for line in text.lines().skip_while(|line| *line != "flowchart LR") {
        let words = line.trim_start();
        match words.split(' ').next().unwrap() {
            "subgraph" => open += 1,
            "end" => open -= 1,
            _ => {}
        }
        // A label is between two quotes and holds none.
        assert!(words.matches('"').count() % 2 == 0, "{name}: {line}");
        assert!(words.matches('"').count() <= 2, "{name}: {line}");
    }
    assert_eq!(open, 0, "{name}");
}

fn check_dot(text: &str, name: &str) {
    let (mut depth, mut quoted, mut escaped) = (0_i32, false, false);
    for letter in text.chars() {
        match (quoted, escaped, letter) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, _, '"') => quoted = !quoted,
            (false, _, '{') => depth += 1,
            (false, _, '}') => depth -= 1,
            _ => assert!(!quoted || letter != '\n', "{name}: a quote is not closed"),
        }
    }
    assert!(!quoted && depth == 0, "{name}");
}

/// Every picture of `scene`: each parses, and holds nothing hidden.
fn check_pictures(scene: &Scene, name: &str) {
    let layout = layout_zones(scene, LayoutOptions::default());
    let options = SvgOptions {
        legend: true,
        ..SvgOptions::default()
    };
    let svg = write_svg(scene, &layout, options);
    let drawio = write_drawio(scene, &layout);
    let (mermaid, dot) = (write_mermaid(scene), write_dot(scene));
    for text in [&svg, &drawio, &mermaid, &dot] {
        check_seen(text, name);
    }
    check_mermaid(&mermaid, name);
    check_dot(&dot, name);
    let svg = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{name}: {error}"));
    let shapes = [
        "svg", "g", "rect", "path", "text", "title", "desc", "tspan", "circle", "line",
    ];
    for element in svg.descendants().filter(roxmltree::Node::is_element) {
        assert!(
            shapes.contains(&element.tag_name().name()),
            "{name}: {element:?}"
        );
    }
    check_drawio(&drawio, name);
}

/// Every cell's parent and ends come before it.
fn check_drawio(text: &str, name: &str) {
    let file = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut known = BTreeSet::new();
    for cell in file.descendants().filter(|one| one.has_tag_name("mxCell")) {
        let ends = ["parent", "source", "target"].map(|end| cell.attribute(end));
        for end in ends.into_iter().flatten() {
            assert!(known.contains(end), "{name}: {end}");
        }
        assert!(
            known.insert(cell.attribute("id").unwrap().to_owned()),
            "{name}"
        );
        let style = cell.attribute("style").unwrap_or("html=0");
        assert!(style.contains("html=0"), "{name}: {style}");
    }
}

#[test]
fn every_form_is_what_it_says_for_every_template() {
    let mut sarif = read_json("tests/cases/report/sarif/sarif-2.1.0.schema.json");
    // As published, the pattern of languages, of which none is written, is no regular expression.
    for definition in ["run", "toolComponent"] {
        sarif["definitions"][definition]["properties"]["language"] = json!(false);
    }
    let sarif = jsonschema::validator_for(&sarif).unwrap();
    let mut own = read_json("docs/report.schema.json");
    strict(&mut own);
    let own = jsonschema::validator_for(&own).unwrap();
    for file in templates() {
        let name = file.name.clone();
        let analysis = review(file);
        let report = Report::of(&analysis, None);
        check(
            &own,
            &serde_json::from_str(&report.json(false)).unwrap(),
            &name,
        );
        check_html(&write_html(&report, &DocumentOptions::default()), &name);
        check_markdown(&write_markdown(&report, &DocumentOptions::default()), &name);
        let reports = [report];
        let text = write_sarif(&reports, "infra");
        check(&sarif, &serde_json::from_str(&text).unwrap(), &name);
        check_csv(&write_csv(&reports), &name);
        check_seen(&write_text(&analysis, TextStyle::default()), &name);
        let scene = scene(analysis);
        check_pictures(&scene, &name);
    }
}

const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "a\u{202e}b\u{2066}c\u{200f}",
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(1)",
    "`x`|y` [z](http://example.org)",
    "]]></text></svg>",
    "line\r\nbreak\ttab",
    "\u{1b}[31m\u{7}\u{9b}bell",
    "&amp;&#60;' or \"",
    "end\"] --> x",
    "\\\"; } digraph { \\",
];

/// An open account, vault and network that are called `name`, and a reviewer who writes it too.
fn hostile(name: &str) -> Analysis {
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": name,
             "location": name, "sku": {"name": "Standard_LRS"}, "kind": "StorageV2",
             "properties": {"publicNetworkAccess": "Enabled", "networkAcls": {"defaultAction": "Allow"}}},
            {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": name,
             "location": "westeurope", "properties": {"publicNetworkAccess": name}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": name,
             "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                "subnets": [{"name": name, "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
        ]
    });
    let reviewer = json!({
        "sightline": 1,
        "waivers": [{"rule": "SL-STG-003", "resource": "*", "reason": "intended", "text": name, "owner": name}],
        "intent": {"expect": [{"id": name, "to": name, "reach": "mustNot", "why": name}]},
        "notes": [{"about": name, "text": name, "by": name}]
    });
    let file = |name: String, value: Value| RawFile::new(name, value.to_string().into_bytes());
    let files = vec![
        file(format!("{name}.json"), template),
        file("reviewer.json".to_owned(), reviewer),
    ];
    analyse(files, &Options::default())
}

#[test]
fn no_name_acts_in_any_form() {
    for name in HOSTILE {
        let analysis = hostile(name);
        assert!(analysis.exposures.len() > 3, "{name:?}");
        assert!(!analysis.reviewed.deviations.is_empty(), "{name:?}");
        let report = Report::of(&analysis, None);
        let html = write_html(&report, &DocumentOptions::default());
        check_html(&html, name);
        check_seen(&html, name);
        let markdown = write_markdown(&report, &DocumentOptions::default());
        check_markdown(&markdown, name);
        check_seen(&markdown, name);
        let reports = [report];
        let csv = write_csv(&reports);
        check_csv(&csv, name);
        check_seen(&csv, name);
        let sarif: Value = serde_json::from_str(&write_sarif(&reports, "")).unwrap();
        for result in sarif["runs"][0]["results"].as_array().unwrap() {
            check_seen(result["message"]["text"].as_str().unwrap(), name);
        }
        check_seen(&write_text(&analysis, TextStyle::default()), name);
        check_pictures(&scene(analysis), name);
    }
}

#[test]
fn a_report_is_its_own_baseline() {
    let analysis = hostile("kv-prod");
    let report = Report::of(&analysis, None);
    let (json, sarif) = (report.json(true), write_sarif(&[report], ""));
    for text in [json, sarif] {
        let baseline = Baseline::read(&text).unwrap();
        let again: Value =
            serde_json::from_str(&Report::of(&analysis, Some(&baseline)).json(false)).unwrap();
        for finding in again["findings"].as_array().unwrap() {
            assert_eq!(finding["baselineState"], "unchanged");
        }
    }
}

#[test]
fn pseudonyms_leave_no_name_and_are_the_same_every_time() {
    let secret = "contoso-ledger";
    let report = |name: &str| Report::of(&hostile(name), None).with_pseudonyms();
    let (one, again) = (report(secret), report(secret));
    assert_eq!(one.json(false), again.json(false));
    for text in [
        one.json(false),
        write_markdown(&one, &DocumentOptions::default()),
        write_csv(std::slice::from_ref(&one)),
        write_sarif(std::slice::from_ref(&one), ""),
    ] {
        assert!(!text.to_lowercase().contains(secret), "{text}");
    }
    let plain = Report::of(&hostile(secret), None);
    let hidden = plain.hide_names(scene(hostile(secret)));
    assert!(!write_dot(&hidden).contains(secret));
    assert_eq!(hidden.edges.len(), scene(hostile(secret)).edges.len());
    assert!(plain.json(false).contains(secret));
}

#[test]
fn sarif_tells_waivers_paths_and_places() {
    let report = Report::of(&hostile("shop"), None);
    let sarif: Value = serde_json::from_str(&write_sarif(&[report], "infra")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().find(|one| one["ruleId"] == rule).unwrap();
    let waived = of("SL-STG-003");
    assert_eq!(waived["suppressions"][0]["kind"], "external");
    let place = &waived["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "infra/shop.json");
    assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
    let steps = &waived["codeFlows"][0]["threadFlows"][0]["locations"];
    assert!(!steps.as_array().unwrap().is_empty());
    assert_eq!(of("intent/forbidden")["kind"], "fail");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let index = waived["ruleIndex"].as_u64().unwrap();
    assert_eq!(rules[usize::try_from(index).unwrap()]["id"], "SL-STG-003");
}
