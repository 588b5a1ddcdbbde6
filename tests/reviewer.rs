//! What the reviewer lays down, and what becomes of it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::{Value, json};
use sightline::analysis::{Analysis, Options, analyse};
use sightline::input::RawFile;
use sightline::reviewer::{DeviationKind, ReviewerFile};
use sightline::rule::{Status, WaiverState};

/// A vault that is closed and a gateway's storage account that is open, with `access` for the vault.
fn template(access: &str) -> Value {
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [
            {
                "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "secrets",
                "location": "westeurope",
                "tags": {"dataClassification": "restricted"},
                "properties": {
                    "publicNetworkAccess": access,
                    "enableRbacAuthorization": true,
                    "networkAcls": {"defaultAction": if access == "Enabled" { "Allow" } else { "Deny" }}
                }
            },
            {
                "type": "Microsoft.Search/searchServices", "apiVersion": "2023-11-01", "name": "shop",
                "location": "westeurope", "sku": {"name": "standard"},
                "properties": {"publicNetworkAccess": "enabled", "disableLocalAuth": true}
            }
        ]
    })
}

fn review_on(day: &str, access: &str, reviewer: &Value, ignore_waivers: bool) -> Analysis {
    let file = |name: &str, value: &Value| RawFile::new(name, value.to_string().into_bytes());
    let files = vec![
        file("main.json", &template(access)),
        file("sightline.json", reviewer),
    ];
    let options = Options {
        as_of: Some(day.to_owned()),
        ignore_waivers,
        ..Options::default()
    };
    analyse(files, &options)
}

fn review(access: &str, reviewer: &Value) -> Analysis {
    let analysis = review_on("2026-11-25", access, reviewer, false);
    assert!(analysis.rejected.is_empty(), "{:?}", analysis.rejected);
    analysis
}

fn deviations(analysis: &Analysis) -> Vec<(DeviationKind, Status, String)> {
    let all = analysis.reviewed.deviations.iter();
    all.map(|one| {
        let name = one.resource.and_then(|at| analysis.inventory.get(at));
        let name = name.map_or("", |one| &*one.name).to_owned();
        (one.kind, one.status, name)
    })
    .collect()
}

fn with_intent(lines: &Value) -> Value {
    json!({"sightline": 1, "intent": {"expect": lines}})
}

#[test]
fn what_is_meant_to_be_open_is_no_alarm_and_anything_else_is() {
    let intent = with_intent(&json!([{"to": "shop", "reach": "may"}]));
    let closed = review("Disabled", &intent);
    assert_eq!(deviations(&closed), []);
    let alarm = |analysis: &Analysis, rule: &str| {
        let found = analysis.findings.iter().find(|one| one.rule.id == rule);
        found.map(|one| one.waived.is_none())
    };
    assert_eq!(
        alarm(&closed, "SL-SRCH-001"),
        Some(false),
        "it is meant to be open"
    );
    assert_eq!(
        alarm(&closed, "SL-SRCH-004"),
        Some(true),
        "nothing excuses this"
    );
    let open = review("Enabled", &intent);
    let vault = (
        DeviationKind::Unexpected,
        Status::Fail,
        "secrets".to_owned(),
    );
    assert_eq!(deviations(&open), [vault]);
    assert_eq!(alarm(&open, "SL-KV-001"), Some(true));
}

#[test]
fn deviations_are_told_both_ways() {
    for (line, access, want) in [
        (
            json!({"to": "secrets", "reach": "must"}),
            "Disabled",
            Some(DeviationKind::Missing),
        ),
        (json!({"to": "secrets", "reach": "must"}), "Enabled", None),
        (
            json!({"to": "secrets", "reach": "mustNot"}),
            "Enabled",
            Some(DeviationKind::Forbidden),
        ),
        (
            json!({"to": "secrets", "reach": "mustNot"}),
            "Disabled",
            None,
        ),
        (
            json!({"to": "sec*", "reach": "may", "openTo": "listed"}),
            "Enabled",
            Some(DeviationKind::Wider),
        ),
        (
            json!({"to": "sec*", "reach": "may", "ports": "8443"}),
            "Enabled",
            Some(DeviationKind::Wider),
        ),
        (
            json!({"to": "sec*", "reach": "may", "ports": "443"}),
            "Enabled",
            None,
        ),
        (
            json!({"to": "sec*", "reach": "may", "with": ["Cert"]}),
            "Enabled",
            Some(DeviationKind::Wider),
        ),
        (
            json!({"to": "sec*", "reach": "may", "with": ["Entra"]}),
            "Enabled",
            None,
        ),
    ] {
        let intent = with_intent(&json!([line, {"to": "shop", "reach": "may"}]));
        let analysis = review(access, &intent);
        let found = deviations(&analysis).first().map(|one| one.0);
        assert_eq!(found, want, "{line} with {access}");
        assert!(deviations(&analysis).len() <= 1, "{line}");
    }
    let nobody =
        with_intent(&json!([{"to": "shop", "reach": "may"}, {"to": "nobody", "reach": "must"}]));
    let analysis = review("Disabled", &nobody);
    assert_eq!(
        deviations(&analysis),
        [(DeviationKind::Missing, Status::Fail, String::new())]
    );
}

#[test]
fn a_waiver_holds_to_its_day_and_not_for_an_audit() {
    let waiver = json!({"sightline": 1, "waivers": [{
        "rule": "SL-SRCH-001", "resource": "shop", "reason": "accepted-risk", "text": "a shop",
        "owner": "ana", "expires": "2026-11-25"
    }]});
    let stands = |analysis: &Analysis| {
        let mut findings = analysis.findings.iter();
        findings.any(|one| one.rule.id == "SL-SRCH-001" && one.waived.is_some())
    };
    for (day, audit, holds, state) in [
        ("2026-11-25", false, true, WaiverState::Active),
        ("2026-11-26", false, false, WaiverState::Expired),
        ("2026-11-25", true, false, WaiverState::Ignored),
    ] {
        let analysis = review_on(day, "Disabled", &waiver, audit);
        assert_eq!(stands(&analysis), holds, "{day}");
        assert_eq!(analysis.reviewed.waivers[0].1, state);
    }
}

#[test]
fn rules_are_switched_off_and_weighed_by_the_reviewer() {
    let severity = |settings: Value| {
        let file = json!({"sightline": 1, "settings": settings});
        let analysis = review("Disabled", &file);
        let mut findings = analysis.findings.iter();
        let found = findings.find(|one| one.rule.id == "SL-SRCH-001");
        found.map(|one| one.severity.as_str())
    };
    assert_eq!(severity(json!({})), Some("high"));
    assert_eq!(
        severity(json!({"rules": {"SL-SRCH-001": "low"}})),
        Some("low")
    );
    assert_eq!(severity(json!({"rules": {"sl-srch-001": "off"}})), None);
}

#[test]
fn what_is_wrong_in_the_file_is_told_at_its_place_and_left_out() {
    for (file, says) in [
        (json!({"sightline": 2}), "no version"),
        (
            json!({"sightline": 1, "setings": {}}),
            "unknown member `setings`",
        ),
        (
            json!({"sightline": 1, "settings": {"rules": {"SL-X-1": "off"}}}),
            "no rule `SL-X-1`",
        ),
        (
            json!({"sightline": 1, "settings": {"rules": {"SL-KV-001": "out"}}}),
            "unknown variant `out`",
        ),
        (
            json!({"sightline": 1, "waivers": [{"rule": "SL-KV-001", "reason": "intended", "text": "x", "owner": "y"}]}),
            "names a finding",
        ),
        (
            json!({"sightline": 1, "waivers": [{"rule": "SL-KV-001", "resource": "*", "reason": "intended", "text": " ", "owner": "y"}]}),
            "says why",
        ),
        (
            json!({"sightline": 1, "intent": {"expect": [{"to": "x", "reach": "may", "ports": "http"}]}}),
            "no list of ports",
        ),
    ] {
        let analysis = review_on("2026-11-25", "Disabled", &file, false);
        let told: Vec<_> = analysis
            .rejected
            .iter()
            .map(|one| &one.diagnostic)
            .collect();
        assert_eq!(told.len(), 1, "{file}");
        assert!(told[0].message.contains(says), "{}", told[0].message);
        assert!(told[0].span.is_some());
        assert!(analysis.reviewed.waivers.is_empty());
    }
}

#[test]
fn a_file_that_is_saved_is_read_as_it_was() {
    let file = json!({
        "sightline": 1,
        "waivers": [{"rule": "SL-KV-001", "resource": "*", "reason": "deferred", "text": "x", "owner": "y"}],
        "intent": {"expect": [{"to": "shop", "reach": "may", "ports": "443"}]},
        "notes": [{"about": "shop", "text": "ask the owner"}]
    });
    let form: ReviewerFile = serde_json::from_value(file.clone()).unwrap();
    let saved: Value = serde_json::from_str(&form.write()).unwrap();
    let again: ReviewerFile = serde_json::from_value(saved.clone()).unwrap();
    assert_eq!(form, again);
    let (one, other) = (review("Enabled", &file), review("Enabled", &saved));
    assert_eq!(deviations(&one), deviations(&other));
    assert_eq!(other.reviewed.notes.len(), 1);
}
