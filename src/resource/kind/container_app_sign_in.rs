//! What a container app's main door takes as proof.

use super::doubt::{deployment_doubt, doubt_about, undocumented};
use super::proof::Proof;
use super::shown::shows;
use crate::evidence::Evidence;
use crate::resource::{Authentication, AuthenticationMode, DoorContext, Reader, Resource};

/// What the app of `context` takes: a client certificate where its ingress requires one, a sign-in
/// where its settings require that, nothing otherwise.
pub(super) fn of(context: &DoorContext<'_>, ingress: Reader<'_>) -> Authentication {
    let proof = Proof::new(context);
    let certificates = ingress.at("clientCertificateMode").text();
    if certificates.is("Require") == Some(true) {
        let shown = shows("ingress.clientCertificateMode", &certificates, "Ignore");
        return proof.accept(AuthenticationMode::Cert, shown).finish();
    }
    let Some(settings) = context.own_children("authConfigs").next() else {
        let says = "no authConfigs, so nobody has to sign in";
        let evidence = Evidence::default(context.properties().span(), says);
        return proof
            .accept(AuthenticationMode::Anonymous, evidence)
            .finish();
    };
    signed_in(proof, settings).finish()
}

/// What the settings `settings` of an app leave to its callers.
fn signed_in<'c, 'a>(proof: Proof<'c, 'a>, settings: &Resource) -> Proof<'c, 'a> {
    let context = proof.context();
    let properties = settings.properties();
    let enabled = properties.path("platform.enabled").boolean();
    let name = "globalValidation.unauthenticatedClientAction";
    let action = properties.path(name).text();
    let is_open = |word: &str| word.eq_ignore_ascii_case("AllowAnonymous");
    if enabled.truth(true) == Some(false) {
        let shown = shows("platform.enabled", &enabled, "true");
        return proof.accept(AuthenticationMode::Anonymous, shown);
    }
    let shown = shows(name, &action, "RedirectToLoginPage");
    if action.satisfies(is_open) == Some(true) {
        return proof.accept(AuthenticationMode::Anonymous, shown);
    }
    let doubt = if enabled.truth(true).is_none() {
        let holds = |word: &str| word.eq_ignore_ascii_case("true");
        let words = ["true", "false"];
        Some(doubt_about(
            context,
            &enabled,
            "platform.enabled",
            &words,
            holds,
        ))
    } else if action.is_absent() {
        Some(undocumented(action.span(), name))
    } else if action.satisfies(is_open).is_none() {
        let words = ["RedirectToLoginPage", "AllowAnonymous"];
        Some(doubt_about(context, &action, name, &words, |word| {
            !is_open(word)
        }))
    } else {
        deployment_doubt(settings)
    };
    let proof = match doubt {
        Some(doubt) => proof
            .doubt(AuthenticationMode::Entra, doubt.clone())
            .doubt(AuthenticationMode::Anonymous, doubt),
        None => proof.accept(AuthenticationMode::Entra, shown),
    };
    let excepted = properties.path("globalValidation.excludedPaths");
    if excepted.items().is_empty() {
        return proof;
    }
    proof.perhaps(
        AuthenticationMode::Anonymous,
        "excluded-paths",
        "some paths are let through without signing in",
        "what the application serves on the excluded paths",
    )
}
