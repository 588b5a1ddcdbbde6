//! The firewall that storage accounts, vaults and AI accounts share.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::shown::shows;
use crate::flow::{Access, AccessList, AddressSet};
use crate::resource::DoorContext;

/// What differs between the services that share this firewall.
#[derive(Clone, Copy, Debug)]
pub(super) struct AccountFirewall {
    /// Whether an absent `networkAcls.bypass` admits trusted services.
    pub bypass_when_absent: Option<bool>,
    /// Whether address rules do not see callers in the service's own region.
    pub misses_own_region: bool,
}

impl AccountFirewall {
    /// The list: `publicNetworkAccess`, then, unless `networkAcls.defaultAction` is `Deny`,
    /// everyone; else the lists.
    ///
    /// Trusted services and named instances get in whatever `publicNetworkAccess` says
    /// ("Azure Storage network security overview").
    pub(super) fn of(self, context: &DoorContext<'_>) -> AccessList {
        let properties = context.properties();
        let access = properties.at("publicNetworkAccess").text();
        let acls = properties.at("networkAcls");
        let mut firewall = Firewall::new(context);
        if self.misses_own_region {
            firewall = firewall.missing_own_region();
        }
        let secured = firewall.perimeter(&access);
        firewall.bypass(
            "networkAcls.bypass",
            &acls.at("bypass").text(),
            self.bypass_when_absent,
        );
        if firewall.secure(secured) {
            return firewall.finish();
        }
        firewall.named_instances(
            "networkAcls.resourceAccessRules",
            acls.at("resourceAccessRules"),
            "resourceId",
        );
        firewall.public_network_access("publicNetworkAccess", &access);
        let action = acls.at("defaultAction").text();
        if action.is("Deny") != Some(false) {
            firewall.addresses("networkAcls.ipRules", acls.at("ipRules"), "value");
            let subnets = acls.at("virtualNetworkRules");
            firewall.subnets("networkAcls.virtualNetworkRules", subnets, "id");
        }
        let action_shows = shows("networkAcls.defaultAction", &action, "Allow");
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            action.is("Deny"),
            action_shows.clone(),
            || {
                let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
                let name = "networkAcls.defaultAction";
                doubt_about(context, &action, name, &["Allow", "Deny"], is_deny)
            },
        );
        let mut proofs = vec![
            shows("publicNetworkAccess", &access, "Enabled"),
            action_shows,
        ];
        if access.is_absent() && !action.is_absent() {
            proofs.reverse();
        }
        firewall.allow_all(proofs);
        firewall.finish()
    }
}
