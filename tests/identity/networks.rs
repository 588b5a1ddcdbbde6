//! A right counts only where the network lets its holder through.

use crate::estate::{
    BLOB_READER, Reached, SYSTEM, account, machine, network, of, own, role, storage,
};

const ENDPOINTS: &str = r#", "serviceEndpoints": [{"service": "Microsoft.Storage"}]"#;

/// How `vm` on subnet `a` of `net` reaches the blobs of `acct`, which has these properties, with
/// more resources.
fn reached(subnet: &str, properties: &str, more: &str) -> Reached {
    reached_with("", subnet, properties, more)
}

fn reached_with(parameters: &str, subnet: &str, properties: &str, more: &str) -> Reached {
    let comma = if more.is_empty() { "" } else { "," };
    let text = [
        network("net", subnet),
        network("far", ""),
        machine("vm", "net", "a", SYSTEM),
        storage(
            "acct",
            &format!(r#""allowSharedKeyAccess": false, {properties}"#),
        ),
        role("[guid('a')]", &account("acct"), &own("vm"), BLOB_READER),
    ]
    .join(",");
    of(parameters, &format!("{text}{comma}{more}")).by_code("vm", "acct")
}

fn private_endpoint(net: &str, group: &str, manual: bool) -> String {
    let list = if manual {
        "manualPrivateLinkServiceConnections"
    } else {
        "privateLinkServiceConnections"
    };
    format!(
        r#"{{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2023-05-01", "name": "pe", "location": "x",
        "properties": {{"subnet": {{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', '{net}', 'b')]"}},
        "{list}": [{{"name": "c", "properties": {{"privateLinkServiceId": "{}", "groupIds": ["{group}"]}}}}]}}}}"#,
        account("acct")
    )
}

const CLOSED: &str = r#""publicNetworkAccess": "Disabled""#;
const DENY: &str = r#""networkAcls": {"bypass": "None", "defaultAction": "Deny"}"#;

#[test]
fn an_open_account_is_reached_by_whoever_gets_out() {
    assert_eq!(
        reached("", r#""publicNetworkAccess": "Enabled""#, ""),
        Reached::Surely
    );
    assert_eq!(reached("", CLOSED, ""), Reached::Not);
    assert_eq!(reached("", DENY, ""), Reached::Not);
    let private = r#", "defaultOutboundAccess": false"#;
    assert_eq!(
        reached(private, r#""publicNetworkAccess": "Enabled""#, ""),
        Reached::Not
    );
}

#[test]
fn a_private_endpoint_lets_in_its_own_network() {
    assert_eq!(
        reached("", CLOSED, &private_endpoint("net", "blob", false)),
        Reached::Surely
    );
    assert_eq!(
        reached("", CLOSED, &private_endpoint("far", "blob", false)),
        Reached::Not
    );
    // Blobs are not files.
    assert_eq!(
        reached("", CLOSED, &private_endpoint("net", "file", false)),
        Reached::Not
    );
    assert_eq!(
        reached("", CLOSED, &private_endpoint("net", "blob", true)),
        Reached::Perhaps
    );
    let peering = |from: &str, to: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "apiVersion": "2023-05-01", "name": "{from}/to-{to}",
            "properties": {{"allowVirtualNetworkAccess": true, "remoteVirtualNetwork": {{"id": "[resourceId('Microsoft.Network/virtualNetworks', '{to}')]"}}}}}}"#
        )
    };
    let both = format!(
        "{}, {}, {}",
        private_endpoint("far", "blob", false),
        peering("net", "far"),
        peering("far", "net")
    );
    assert_eq!(reached("", CLOSED, &both), Reached::Surely);
}

#[test]
fn a_listed_subnet_takes_a_service_endpoint() {
    let listed = |subnet: &str| {
        format!(
            r#""networkAcls": {{"bypass": "None", "defaultAction": "Deny", "virtualNetworkRules": [
            {{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', '{subnet}')]", "action": "Allow"}}]}}"#
        )
    };
    assert_eq!(reached(ENDPOINTS, &listed("a"), ""), Reached::Surely);
    assert_eq!(reached("", &listed("a"), ""), Reached::Not);
    assert_eq!(reached(ENDPOINTS, &listed("b"), ""), Reached::Not);
    let other = r#", "serviceEndpoints": [{"service": "Microsoft.KeyVault"}]"#;
    assert_eq!(reached(other, &listed("a"), ""), Reached::Not);
}

#[test]
fn a_listed_address_has_to_be_the_one_it_leaves_by() {
    let gateway = |address: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-05-01", "name": "out", "location": "x",
            "sku": {{"name": "Standard"}}, "properties": {{"publicIPAllocationMethod": "Static"{address}}}}},
            {{"type": "Microsoft.Network/natGateways", "apiVersion": "2023-05-01", "name": "nat", "location": "x",
            "properties": {{"publicIpAddresses": [{{"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'out')]"}}]}}}}"#
        )
    };
    let subnet =
        r#", "natGateway": {"id": "[resourceId('Microsoft.Network/natGateways', 'nat')]"}"#;
    let listed = r#""networkAcls": {"bypass": "None", "defaultAction": "Deny", "ipRules": [{"value": "20.1.2.3"}]}"#;
    let at = |address: &str| format!(r#", "ipAddress": "{address}""#);
    assert_eq!(
        reached(subnet, listed, &gateway(&at("20.1.2.3"))),
        Reached::Surely
    );
    assert_eq!(
        reached(subnet, listed, &gateway(&at("20.1.2.4"))),
        Reached::Not
    );
    assert_eq!(reached(subnet, listed, &gateway("")), Reached::Perhaps);
}

#[test]
fn routes_and_security_groups_keep_callers_in() {
    let open = r#""publicNetworkAccess": "Enabled""#;
    let table = |hop: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/routeTables", "apiVersion": "2023-05-01", "name": "rt", "location": "x",
            "properties": {{"routes": [{{"name": "all", "properties": {{"addressPrefix": "0.0.0.0/0", {hop}}}}}]}}}}"#
        )
    };
    let subnet = r#", "routeTable": {"id": "[resourceId('Microsoft.Network/routeTables', 'rt')]"}"#;
    assert_eq!(
        reached(subnet, open, &table(r#""nextHopType": "None""#)),
        Reached::Not
    );
    let device = r#""nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.9.9.9""#;
    assert_eq!(reached(subnet, open, &table(device)), Reached::Perhaps);
    assert_eq!(
        reached(subnet, open, &table(r#""nextHopType": "Internet""#)),
        Reached::Surely
    );
    let group = |destination: &str, access: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-05-01", "name": "nsg", "location": "x",
            "properties": {{"securityRules": [{{"name": "r", "properties": {{"direction": "Outbound", "priority": 100, "access": "{access}",
            "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "{destination}", "destinationPortRange": "*"}}}}]}}}}"#
        )
    };
    let subnet = r#", "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"}"#;
    assert_eq!(
        reached(subnet, open, &group("Internet", "Deny")),
        Reached::Not
    );
    assert_eq!(
        reached(subnet, open, &group("8.8.8.8", "Deny")),
        Reached::Perhaps
    );
    assert_eq!(reached(subnet, open, &group("*", "Allow")), Reached::Surely);
    let private = format!(
        "{}, {}",
        group("Internet", "Deny"),
        private_endpoint("net", "blob", false)
    );
    assert_eq!(reached(subnet, CLOSED, &private), Reached::Surely);
    let shut = format!(
        "{}, {}",
        group("*", "Deny"),
        private_endpoint("net", "blob", false)
    );
    assert_eq!(reached(subnet, CLOSED, &shut), Reached::Not);
}

/// How the search service reaches the account that lets in what `acls` says.
fn search_reaches(acls: &str) -> Reached {
    let text = [
        r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2023-11-01", "name": "find", "location": "x",
        "identity": {"type": "SystemAssigned"}, "sku": {"name": "basic"}, "properties": {}}"#
            .to_owned(),
        storage("acct", &format!(r#""allowSharedKeyAccess": false, "networkAcls": {{"defaultAction": "Deny", {acls}}}"#)),
        role(
            "[guid('a')]",
            &account("acct"),
            "[reference(resourceId('Microsoft.Search/searchServices', 'find'), '2023-11-01', 'Full').identity.principalId]",
            BLOB_READER,
        ),
    ];
    of("", &text.join(",")).by_code("find", "acct")
}

#[test]
fn services_pass_as_trusted_or_by_name() {
    assert_eq!(
        search_reaches(r#""bypass": "AzureServices""#),
        Reached::Surely
    );
    assert_eq!(search_reaches(r#""bypass": "None""#), Reached::Not);
    let listed = |id: &str| {
        search_reaches(&format!(
            r#""bypass": "None", "resourceAccessRules": [{{"tenantId": "[subscription().tenantId]", "resourceId": "{id}"}}]"#
        ))
    };
    assert_eq!(
        listed("[resourceId('Microsoft.Search/searchServices', 'find')]"),
        Reached::Surely
    );
    assert_eq!(
        listed(
            "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/real/providers/Microsoft.Search/searchServices/find"
        ),
        Reached::Surely
    );
    assert_eq!(
        listed(
            "[concat('/subscriptions/', subscription().subscriptionId, '/resourceGroups/*/providers/Microsoft.Search/searchServices/*')]"
        ),
        Reached::Surely
    );
    assert_eq!(
        listed("[resourceId('Microsoft.Search/searchServices', 'other')]"),
        Reached::Not
    );
    // A machine is no service, whatever its role.
    assert_eq!(
        reached(
            "",
            r#""networkAcls": {"bypass": "AzureServices", "defaultAction": "Deny"}"#,
            ""
        ),
        Reached::Not
    );
}

#[test]
fn code_in_a_managed_network_gets_to_the_workspaces_own_resources() {
    let estate = |mode: &str| {
        let text = [
            storage(
                "acct",
                &format!(r#""allowSharedKeyAccess": false, {CLOSED}"#),
            ),
            storage(
                "other",
                &format!(r#""allowSharedKeyAccess": false, {CLOSED}"#),
            ),
            format!(
                r#"{{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-04-01", "name": "ws", "location": "x",
                "identity": {{"type": "SystemAssigned"}}, "properties": {{"storageAccount": "{}", "managedNetwork": {{"isolationMode": "{mode}"}}}}}},
                {{"type": "Microsoft.MachineLearningServices/workspaces/computes", "apiVersion": "2024-04-01", "name": "ws/cluster", "location": "x",
                "identity": {{"type": "SystemAssigned"}}, "properties": {{"computeType": "AmlCompute", "properties": {{}}}}}}"#,
                account("acct")
            ),
            role("[guid('a')]", &account("acct"), CLUSTER, BLOB_READER),
            role("[guid('b')]", &account("other"), CLUSTER, BLOB_READER),
        ];
        of("", &text.join(","))
    };
    for mode in ["AllowInternetOutbound", "AllowOnlyApprovedOutbound"] {
        let estate = estate(mode);
        assert_eq!(
            estate.by_code("ws/cluster", "acct"),
            Reached::Surely,
            "{mode}"
        );
        assert_eq!(
            estate.by_code("ws/cluster", "other"),
            Reached::Not,
            "{mode}"
        );
    }
    assert_eq!(
        estate("Disabled").by_code("ws/cluster", "acct"),
        Reached::Not
    );
}

const CLUSTER: &str = "[reference(resourceId('Microsoft.MachineLearningServices/workspaces/computes', 'ws', 'cluster'), '2024-04-01', 'Full').identity.principalId]";
