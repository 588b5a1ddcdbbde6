//! What stands in for the place that a template is deployed to.

use crate::value::Text;

/// The scope of a deployment, as the template's functions report it.
///
/// The defaults are placeholders that no real subscription has; a reviewer can set real ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The subscription's identifier, a GUID.
    pub subscription_id: Text,
    /// The subscription's display name.
    pub subscription_name: Text,
    /// The tenant's identifier, a GUID.
    pub tenant_id: Text,
    /// The resource group's name.
    pub resource_group: Text,
    /// The resource group's location; `None` where it is not known.
    pub location: Option<Text>,
    /// The management group's name.
    pub management_group: Text,
    /// The deployment's name.
    pub deployment: Text,
    /// The cloud: `AzureCloud`, `AzureUSGovernment` or `AzureChinaCloud`.
    pub cloud: Text,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            subscription_id: "00000000-0000-0000-0000-000000000000".into(),
            subscription_name: "subscription".into(),
            tenant_id: "00000000-0000-0000-0000-000000000000".into(),
            resource_group: "resource-group".into(),
            location: None,
            management_group: "management-group".into(),
            deployment: "deployment".into(),
            cloud: "AzureCloud".into(),
        }
    }
}
