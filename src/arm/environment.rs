//! What stands in for the place that a template is deployed to.

use crate::value::{Text, Value};

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
    /// The resource group's location, or the deployment's at other scopes; `None` where it is not
    /// known.
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
            subscription_id: "11111111-2222-3333-4444-555555555555".into(),
            subscription_name: "Example Subscription".into(),
            tenant_id: "99999999-8888-7777-6666-555555555555".into(),
            resource_group: "rg-example".into(),
            location: Some("westeurope".into()),
            management_group: "mg-example".into(),
            deployment: "main".into(),
            cloud: "AzureCloud".into(),
        }
    }
}

impl Environment {
    /// The environment that `settings` describes, the placeholders for what it leaves out.
    ///
    /// Takes the shape of what the template functions return, `{"subscription":
    /// {"subscriptionId", "displayName", "tenantId"}, "resourceGroup": {"name", "location"},
    /// "tenant": {"tenantId"}, "managementGroup": {"name"}, "deployment": {"name"},
    /// "environment": "AzureCloud"}`, and the short form `{"subscriptionId", "tenantId",
    /// "resourceGroup", "location", "managementGroup", "deployment", "cloud"}`.
    pub fn read(settings: &Value) -> Self {
        let mut environment = Self::default();
        let mut set = |paths: &[&[&str]], field: fn(&mut Self) -> &mut Text| {
            let found = paths
                .iter()
                .filter_map(|path| settings.get_path(path)?.as_str())
                .find(|text| !text.is_empty());
            if let Some(text) = found {
                *field(&mut environment) = text.into();
            }
        };
        set(
            &[
                &["subscription", "subscriptionId"],
                &["subscriptionId"],
                &["subscription"],
            ],
            |it| &mut it.subscription_id,
        );
        set(&[&["subscription", "displayName"]], |it| {
            &mut it.subscription_name
        });
        set(
            &[
                &["tenant", "tenantId"],
                &["subscription", "tenantId"],
                &["tenantId"],
                &["tenant"],
            ],
            |it| &mut it.tenant_id,
        );
        set(&[&["resourceGroup", "name"], &["resourceGroup"]], |it| {
            &mut it.resource_group
        });
        set(
            &[&["managementGroup", "name"], &["managementGroup"]],
            |it| &mut it.management_group,
        );
        set(&[&["deployment", "name"], &["deployment"]], |it| {
            &mut it.deployment
        });
        set(
            &[&["environment", "name"], &["environment"], &["cloud"]],
            |it| &mut it.cloud,
        );
        let location = [&["resourceGroup", "location"][..], &["location"]]
            .iter()
            .find_map(|path| settings.get_path(path));
        match location {
            Some(location) => environment.location = location.as_str().map(Text::from),
            // A group that is named, but not where it is, is not where the placeholder is.
            None if settings.get("resourceGroup").is_some() => environment.location = None,
            None => {}
        }
        environment
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::read_json;

    #[test]
    fn both_forms_are_read() {
        for text in [
            r#"{"subscription": {"subscriptionId": "s"}, "resourceGroup": {"name": "g", "location": "l"}, "environment": "c"}"#,
            r#"{"subscriptionId": "s", "resourceGroup": "g", "location": "l", "cloud": "c"}"#,
        ] {
            let settings = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
            let environment = Environment::read(&settings);
            assert_eq!(&*environment.subscription_id, "s");
            assert_eq!(&*environment.resource_group, "g");
            assert_eq!(environment.location.as_deref(), Some("l"));
            assert_eq!(&*environment.cloud, "c");
            assert_eq!(&*environment.deployment, "main");
        }
    }
}
