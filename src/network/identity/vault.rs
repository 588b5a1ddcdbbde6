//! Key vaults: which of their two models of access counts, and access policies.

use super::assignment::presence_doubt;
use super::direct::DirectRight;
use super::power::{Grant, Power, Through};
use super::principal::Principals;
use crate::evidence::{Doubt, Evidence};
use crate::input::Mode;
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::value::Text;

/// The type of key vaults.
pub const VAULT: &str = "Microsoft.KeyVault/vaults";
const POLICIES: &str = "Microsoft.KeyVault/vaults/accessPolicies";
/// From this version on, a vault that is created without a word takes roles ("Prepare for Key Vault
/// API version 2026-02-01 and later").
const ROLES_BY_DEFAULT: &str = "2026-02-01";

/// How a vault decides who may do what.
#[derive(Clone, Debug)]
pub enum VaultAccess {
    /// By role assignments.
    Roles(Evidence),
    /// By its own access policies.
    Policies(Evidence),
    /// It is not known which; the doubt holds where role assignments count.
    Open(Doubt),
}

/// The model of access of the vault `resource`.
///
/// Where `enableRbacAuthorization` is absent, a vault that exists has access policies; one to be
/// deployed has what its API version creates.
pub fn vault_access(resource: &Resource) -> VaultAccess {
    let setting = resource
        .properties()
        .at("enableRbacAuthorization")
        .boolean();
    let span = setting.span();
    match &setting {
        Setting::Stated(true, _) => VaultAccess::Roles(Evidence::stated(
            span,
            "enableRbacAuthorization is true, so role assignments count",
        )),
        Setting::Stated(false, _) => VaultAccess::Policies(Evidence::stated(
            span,
            "enableRbacAuthorization is false, so access policies count",
        )),
        Setting::Absent(_) => {
            let created_with_roles = resource.mode == Mode::Deployment
                && resource
                    .api_version
                    .as_deref()
                    .and_then(|version| version.get(..10))
                    .is_some_and(|date| date >= ROLES_BY_DEFAULT);
            if created_with_roles {
                VaultAccess::Roles(Evidence::default(
                    span,
                    "enableRbacAuthorization is absent, and this API version then takes roles",
                ))
            } else {
                VaultAccess::Policies(Evidence::default(
                    span,
                    "enableRbacAuthorization is absent, so access policies count",
                ))
            }
        }
        Setting::Unknown(unknown, _) => VaultAccess::Open(
            Doubt::of(unknown, span, "is true")
                .with_outcomes(vec![("true".into(), true), ("false".into(), false)]),
        ),
    }
}

/// The rights that access policies give, in order.
pub(super) fn read_policies(
    inventory: &Inventory,
    principals: &Principals<'_>,
) -> Vec<DirectRight> {
    let mut found = Vec::new();
    for (index, vault) in inventory.of_type(VAULT) {
        if vault.is_not_deployed() {
            continue;
        }
        let why = match vault_access(vault) {
            VaultAccess::Roles(_) => continue,
            VaultAccess::Policies(evidence) => Ok(evidence),
            VaultAccess::Open(doubt) => Err(opposite(&doubt)),
        };
        let beside = inventory
            .child_resources(vault, "accessPolicies")
            .filter(|(_, child)| child.resource_type.is(POLICIES))
            .filter(|(_, child)| !child.short_name().eq_ignore_ascii_case("remove"))
            .map(|(_, child)| child);
        for holder in std::iter::once(vault).chain(beside) {
            let list = holder.properties().at("accessPolicies");
            let presence = presence_doubt(holder);
            for policy in list.items() {
                let mut rights = read_policy(index, policy, principals);
                for right in &mut rights {
                    match &why {
                        Ok(evidence) => right.evidence.push(evidence.clone()),
                        Err(doubt) => right.doubts.push(doubt.clone()),
                    }
                    right.doubts.extend(presence.clone());
                }
                found.append(&mut rights);
            }
        }
    }
    found
}

/// The doubt that holds where `doubt` does not.
pub(super) fn opposite(doubt: &Doubt) -> Doubt {
    let mut other = doubt.clone();
    other.key = format!("{}|not", doubt.key).into();
    for (_, holds) in &mut other.outcomes {
        *holds = !*holds;
    }
    other
}

fn read_policy(
    vault: ResourceIndex,
    policy: Reader<'_>,
    principals: &Principals<'_>,
) -> Vec<DirectRight> {
    let kind = Setting::<Text>::Absent(policy.span());
    let Some(holder) = principals.resolve(policy.at("objectId"), &kind) else {
        return Vec::new();
    };
    let permissions = policy.at("permissions");
    let rows = [
        ("secrets", "get", Power::ReadSecrets, "may read secrets"),
        ("secrets", "set", Power::UseData, "may write secrets"),
        ("keys", "decrypt", Power::UseData, "may use keys"),
        ("keys", "unwrapKey", Power::UseData, "may use keys"),
        ("keys", "sign", Power::UseData, "may use keys"),
        ("keys", "get", Power::UseData, "may read public keys"),
        (
            "certificates",
            "import",
            Power::UseData,
            "may write certificates",
        ),
    ];
    let mut found: Vec<DirectRight> = Vec::new();
    for (object, word, power, says) in rows {
        if found.iter().any(|right| right.grant.power == power) {
            continue;
        }
        let list = permissions.at(object);
        let Some((evidence, doubt)) = permits(list, object, word) else {
            continue;
        };
        found.push(DirectRight {
            holder: holder.clone(),
            target: vault,
            grant: Grant {
                power,
                through: Through::Doors(&[]),
                says,
            },
            evidence: vec![evidence],
            doubts: doubt.into_iter().collect(),
        });
    }
    found
}

/// Whether the list of permissions holds `word` or `all`: what proves it and what is in doubt.
fn permits(list: Reader<'_>, object: &str, word: &str) -> Option<(Evidence, Option<Doubt>)> {
    let says = |what: &str| format!("the access policy lists `{what}` for {object}");
    let items = match list.list() {
        Setting::Absent(_) => return None,
        Setting::Unknown(unknown, span) => {
            let doubt = Doubt::of(&unknown, span, &format!("lists {word}"));
            return Some((
                Evidence::stated(span, says("a permission that is left open")),
                Some(doubt),
            ));
        }
        Setting::Stated(items, _) => items,
    };
    let mut open = None;
    for item in items {
        match item.text() {
            Setting::Stated(text, span)
                if text.eq_ignore_ascii_case(word) || text.eq_ignore_ascii_case("all") =>
            {
                return Some((Evidence::stated(span, says(&text)), None));
            }
            Setting::Unknown(unknown, span) => {
                let doubt = Doubt::of(&unknown, span, &format!("is {word}"));
                open.get_or_insert((
                    Evidence::stated(span, says("a permission that is left open")),
                    Some(doubt),
                ));
            }
            _ => {}
        }
    }
    open
}
