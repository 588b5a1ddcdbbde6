//! What an API Management gateway takes as proof.

use super::proof::Proof;
use super::shown::shows;
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Authentication, AuthenticationMode, DoorContext, Resource, Setting};
use crate::value::Text;

/// What the gateway of `context` takes, over all its APIs: a subscription key where an API asks for
/// one; nothing where it does not and no policy in sight checks anything.
pub(super) fn of(context: &DoorContext<'_>) -> Authentication {
    let mut proof = Proof::new(context);
    let apis: Vec<&Resource> = context.own_children("apis").collect();
    if apis.is_empty() {
        for mode in [AuthenticationMode::SharedKey, AuthenticationMode::Anonymous] {
            proof = proof.perhaps(
                mode,
                "apis-not-shown",
                "what each API asks for is not in the inputs",
                "the APIs of the service with their policies",
            );
        }
        return proof.finish();
    }
    let service = policies(context, |policy| is_child_of(policy, context.resource));
    let mut seen: Vec<AuthenticationMode> = Vec::new();
    for api in apis {
        let required = api.properties().at("subscriptionRequired").boolean();
        let name = "subscriptionRequired";
        match required.truth(true) {
            Some(true) if !seen.contains(&AuthenticationMode::SharedKey) => {
                seen.push(AuthenticationMode::SharedKey);
                proof = proof.accept(
                    AuthenticationMode::SharedKey,
                    shows(name, &required, "true"),
                );
            }
            Some(true) => {}
            None => {
                if let Some(unknown) = required.unknown() {
                    let doubt = Doubt::of(unknown, required.span(), "is true");
                    proof = proof
                        .doubt(AuthenticationMode::SharedKey, doubt.clone())
                        .doubt(AuthenticationMode::Anonymous, doubt);
                }
            }
            Some(false) => {
                let own = policies(context, |policy| is_child_of(policy, api));
                let shown = shows(name, &required, "true");
                proof = by_policy(proof, service.iter().chain(&own), shown, &mut seen);
            }
        }
    }
    proof.finish()
}

/// The texts of the policies for which `belongs` is true.
fn policies(context: &DoorContext<'_>, belongs: impl Fn(&Resource) -> bool) -> Vec<Setting<Text>> {
    context
        .of_segment("policies")
        .filter(|policy| belongs(policy))
        .map(|policy| {
            let properties = policy.properties();
            match properties.at("value").text() {
                Setting::Absent(_) => properties.at("policyContent").text(),
                text => text,
            }
        })
        .collect()
}

fn is_child_of(policy: &Resource, parent: &Resource) -> bool {
    policy.id.parent().is_some_and(|id| id == parent.id)
}

/// What an API takes that asks for no subscription, by the checks that its policies name.
fn by_policy<'c, 'a, 'p>(
    mut proof: Proof<'c, 'a>,
    policies: impl Iterator<Item = &'p Setting<Text>>,
    shown: Evidence,
    seen: &mut Vec<AuthenticationMode>,
) -> Proof<'c, 'a> {
    let checks = [
        ("validate-jwt", AuthenticationMode::Entra),
        ("validate-azure-ad-token", AuthenticationMode::Entra),
        ("validate-client-certificate", AuthenticationMode::Cert),
        ("check-header", AuthenticationMode::SharedKey),
    ];
    let mut checked = false;
    for policy in policies {
        let found = checks.iter().filter(|(name, _)| {
            policy
                .satisfies(|text| text.to_ascii_lowercase().contains(name))
                .unwrap_or(true)
        });
        for (name, mode) in found {
            checked = true;
            let span = policy.span();
            let doubt = Doubt::outside(
                "policy-check",
                format!("{span:?}|{name}"),
                format!(
                    "a policy may check by `{name}`, and what it lets through is its own affair"
                ),
                "the policy's rules",
                span,
            );
            proof = proof.doubt(*mode, doubt);
        }
    }
    if checked {
        let span = shown.span;
        let doubt = Doubt::outside(
            "policy-check",
            format!("{span:?}|anonymous"),
            "an API asks for no subscription, and a policy may check its callers",
            "the policy's rules",
            span,
        );
        return proof.doubt(AuthenticationMode::Anonymous, doubt);
    }
    if !seen.contains(&AuthenticationMode::Anonymous) {
        seen.push(AuthenticationMode::Anonymous);
        proof = proof.accept(AuthenticationMode::Anonymous, shown);
    }
    proof
}
