//! The endpoints of Azure's clouds, as `environment()` tells them.
//!
//! Source: "Deployment functions for ARM templates", `environment`; the public cloud's values are
//! from its example, the others' from the same endpoints of those clouds.

/// One of Azure's clouds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cloud {
    pub(crate) name: &'static str,
    pub(crate) endpoints: &'static [(&'static str, &'static str)],
    pub(crate) login_endpoint: &'static str,
    pub(crate) audiences: &'static [&'static str],
    pub(crate) suffixes: &'static [(&'static str, &'static str)],
}

const ALIASES: &str = "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json";

static CLOUDS: &[Cloud] = &[
    Cloud {
        name: "AzureCloud",
        endpoints: &[
            ("gallery", "https://gallery.azure.com/"),
            ("graph", "https://graph.windows.net/"),
            ("portal", "https://portal.azure.com"),
            ("graphAudience", "https://graph.windows.net/"),
            ("activeDirectoryDataLake", "https://datalake.azure.net/"),
            ("batch", "https://batch.core.windows.net/"),
            ("media", "https://rest.media.azure.net"),
            ("sqlManagement", "https://management.core.windows.net:8443/"),
            ("vmImageAliasDoc", ALIASES),
            ("resourceManager", "https://management.azure.com/"),
        ],
        login_endpoint: "https://login.microsoftonline.com/",
        audiences: &[
            "https://management.core.windows.net/",
            "https://management.azure.com/",
        ],
        suffixes: &[
            ("acrLoginServer", ".azurecr.io"),
            (
                "azureDatalakeAnalyticsCatalogAndJob",
                "azuredatalakeanalytics.net",
            ),
            ("azureDatalakeStoreFileSystem", "azuredatalakestore.net"),
            ("azureFrontDoorEndpointSuffix", "azurefd.net"),
            ("keyvaultDns", ".vault.azure.net"),
            ("sqlServerHostname", ".database.windows.net"),
            ("storage", "core.windows.net"),
        ],
    },
    Cloud {
        name: "AzureUSGovernment",
        endpoints: &[
            ("gallery", "https://gallery.usgovcloudapi.net/"),
            ("graph", "https://graph.windows.net/"),
            ("portal", "https://portal.azure.us"),
            ("graphAudience", "https://graph.windows.net/"),
            ("batch", "https://batch.core.usgovcloudapi.net/"),
            ("media", "https://rest.media.usgovcloudapi.net"),
            (
                "sqlManagement",
                "https://management.core.usgovcloudapi.net:8443/",
            ),
            ("vmImageAliasDoc", ALIASES),
            ("resourceManager", "https://management.usgovcloudapi.net/"),
        ],
        login_endpoint: "https://login.microsoftonline.us/",
        audiences: &[
            "https://management.core.usgovcloudapi.net/",
            "https://management.usgovcloudapi.net/",
        ],
        suffixes: &[
            ("acrLoginServer", ".azurecr.us"),
            ("azureFrontDoorEndpointSuffix", "azurefd.us"),
            ("keyvaultDns", ".vault.usgovcloudapi.net"),
            ("sqlServerHostname", ".database.usgovcloudapi.net"),
            ("storage", "core.usgovcloudapi.net"),
        ],
    },
    Cloud {
        name: "AzureChinaCloud",
        endpoints: &[
            ("gallery", "https://gallery.chinacloudapi.cn/"),
            ("graph", "https://graph.chinacloudapi.cn/"),
            ("portal", "https://portal.azure.cn"),
            ("graphAudience", "https://graph.chinacloudapi.cn/"),
            ("batch", "https://batch.chinacloudapi.cn/"),
            ("media", "https://rest.media.chinacloudapi.cn"),
            (
                "sqlManagement",
                "https://management.core.chinacloudapi.cn:8443/",
            ),
            ("vmImageAliasDoc", ALIASES),
            ("resourceManager", "https://management.chinacloudapi.cn/"),
        ],
        login_endpoint: "https://login.chinacloudapi.cn/",
        audiences: &[
            "https://management.core.chinacloudapi.cn/",
            "https://management.chinacloudapi.cn/",
        ],
        suffixes: &[
            ("acrLoginServer", ".azurecr.cn"),
            ("keyvaultDns", ".vault.azure.cn"),
            ("sqlServerHostname", ".database.chinacloudapi.cn"),
            ("storage", "core.chinacloudapi.cn"),
        ],
    },
];

static PUBLIC: Cloud = Cloud {
    name: "AzureCloud",
    endpoints: &[],
    login_endpoint: "",
    audiences: &[],
    suffixes: &[],
};

/// The cloud called `name`, in any case; the public one where there is none of that name.
pub(crate) fn find(name: &str) -> &'static Cloud {
    CLOUDS
        .iter()
        .find(|cloud| cloud.name.eq_ignore_ascii_case(name))
        .or(CLOUDS.first())
        .unwrap_or(&PUBLIC)
}
