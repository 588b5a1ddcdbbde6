//! Queues and triggers.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Reader;
use crate::rule::prelude::*;

/// SL-DATA-007.
pub(in crate::rule) static MESSAGING_OPEN_OR_KEYED: Rule = Rule {
    id: "SL-DATA-007",
    name: "messaging-open-or-keyed",
    title: "Event Hub or Service Bus open or SAS based",
    topic: Topic::DataPlatform,
    severity: Medium,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.EventHub/namespaces",
        "Microsoft.ServiceBus/namespaces",
    ],
    controls: &["NS-2", "IM-1"],
    references: "azure-policy: 0602787f-9896-402a-a6e1-39ee63ee435e, \
        cbd11fd3-3002-4907-b6c8-579f0e700e13, 5d4e3c65-4873-47be-94f3-6f8b953a3598, \
        cfb11c26-f069-4c14-8e36-56c394dae5af; psrule: Azure.EventHub.Firewall, \
        Azure.EventHub.DisableLocalAuth (AZR-000102), Azure.ServiceBus.DisableLocalAuth \
        (AZR-000178)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an Event Hubs or Service Bus namespace is open to the internet, and \
            whether signatures made with keys open it.",
        matters: "Events feed pipelines and agents. Whoever can post to the queue decides what \
            they do next.",
        pass: "Public access is off on the namespace or its rule set, or the rule set denies by \
            default and has at least one rule; and `disableLocalAuth` is true.",
        fail: "Nothing turns public access off and the rule set does not deny, or denies without \
            any rule, which still lets everyone in; or `disableLocalAuth` is not true.",
        unknown: "The namespace and its rule set contradict each other, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` on the namespace and its rule set, and \
            `disableLocalAuth` to true.",
        edits: &[
            set("properties.publicNetworkAccess", r#""Disabled""#),
            set("properties.disableLocalAuth", "true"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.EventHub/namespaces", "apiVersion": "2024-01-01",
            "name": "events", "sku": {"name": "Standard"},
            "properties": {"publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part("public", "it admits any address", Custom(is_open)),
            part(
                "keys",
                "signatures made with keys are accepted",
                property(
                    "properties.disableLocalAuth",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-DATA-008.
pub(in crate::rule) static LOGIC_APP_OPEN_TRIGGER: Rule = Rule {
    id: "SL-DATA-008",
    name: "logic-app-open-trigger",
    title: "Logic App HTTP trigger open to any address",
    topic: Topic::AppHosting,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Logic/workflows"],
    controls: &["NS-2"],
    references: "psrule: Azure.LogicApp.LimitHTTPTrigger (AZR-000130); owasp-llm: LLM06",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a workflow that starts on an HTTP request takes it from any address.",
        matters: "The address of the trigger holds its own signature: whoever sees it once can \
            run the workflow, as its identity, from anywhere.",
        pass: "`accessControl.triggers` lists addresses or an Entra policy, or nothing starts the \
            workflow by request.",
        fail: "A trigger of type `Request` is there, and `accessControl.triggers` has neither \
            addresses nor an Entra policy; absent means any address.",
        unknown: "The definition or the access control is a parameter.",
    },
    remedy: Remedy {
        text: "List the callers in `accessControl.triggers.allowedCallerIpAddresses`, or ask for \
            an Entra token.",
        edits: &[set(
            "properties.accessControl",
            r#"{"triggers": {"allowedCallerIpAddresses": [{"addressRange": "203.0.113.7/32"}]}}"#,
        )],
        cli: "az resource update --ids <workflow id> --set \
            properties.accessControl.triggers.allowedCallerIpAddresses='[{\"addressRange\":\"203.0.113.7/32\"}]'",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Logic/workflows", "apiVersion": "2019-05-01", "name": "flow",
            "properties": {"definition": {"triggers": {"manual": {"type": "Request",
            "kind": "Http"}}, "actions": {}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "any-address",
            "its trigger takes requests from any address",
            All(&[
                AnyItem(
                    "properties.definition.triggers",
                    &property("type", Is(&["Request"]), Not),
                ),
                property(
                    "properties.accessControl.triggers.allowedCallerIpAddresses",
                    Empty,
                    AbsentHolds,
                ),
                property(
                    "properties.accessControl.triggers.openAuthenticationPolicies.policies",
                    Empty,
                    AbsentHolds,
                ),
            ]),
        )],
    }),
    question: None,
};

/// Whether a namespace admits any address: public access stands on the namespace and on its rule
/// set, and a rule set that denies without any rule still lets everyone in ("Allow access to Azure
/// Event Hubs namespaces from specific IP addresses").
fn is_open(scene: &Scene<'_>) -> Answer {
    let own = scene.properties();
    let rules = scene
        .children("networkRuleSets")
        .next()
        .map(|rules| rules.properties());
    let disabled = property(
        "publicNetworkAccess",
        Is(&["Disabled", "SecuredByPerimeter"]),
        Not,
    );
    let enabled = property("publicNetworkAccess", Is(&["Enabled"]), Not);
    let ask = |condition: &Condition, place: Reader<'_>| condition.ask(&scene.at(place));
    let Some(rules) = rules else {
        return opposite(ask(&disabled, own), own);
    };
    let conflict = ask(&disabled, own)
        .and(|| ask(&enabled, rules))
        .or(|| ask(&enabled, own).and(|| ask(&disabled, rules)));
    if conflict.is_yes() {
        return Answer::open(Doubt::outside(
            "conflicting-statements",
            format!("{}|publicNetworkAccess", scene.resource.id),
            "the namespace and its rule set say different things about public access",
            format!(
                "`publicNetworkAccess` of `{}` as Azure reports it",
                scene.resource.name
            ),
            rules.span(),
        ));
    }
    let closed = ask(&disabled, own)
        .or(|| ask(&disabled, rules))
        .or(|| ask(&NARROWED, rules));
    opposite(closed, rules)
}

/// The rule set denies by default and lists somebody.
const NARROWED: Condition = All(&[
    property("defaultAction", Is(&["Deny"]), Means("Allow")),
    Any(&[
        property("ipRules", Filled, Not),
        property("virtualNetworkRules", Filled, Not),
    ]),
]);

fn opposite(closed: Answer, place: Reader<'_>) -> Answer {
    match closed {
        Answer::Yes(_) => Answer::No,
        Answer::No => Answer::yes(Evidence::stated(
            place.span(),
            "nothing closes its public side",
        )),
        open @ Answer::Open(_) => open,
    }
}
