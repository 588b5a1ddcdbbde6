//! Answers of Azure's commands settle what templates leave open.

use crate::common::template;
use crate::estate::{Estate, Reached, account, estate, machine, network, storage};
use sightline::graph::{Foothold, Node};
use sightline::resource::Setting;

const SUBSCRIPTION: &str = "11111111-1111-1111-1111-111111111111";
const PRINCIPAL: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

fn real(kind: &str, name: &str) -> String {
    format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/real/providers/{kind}/{name}")
}

/// An export of the resources: a parameter is named as exports name them.
fn export(resources: &str) -> String {
    template(&format!(
        r#""parameters": {{"virtualMachines_vm_name": {{"defaultValue": "vm", "type": "String"}}}}, "variables": {{}}, "resources": [{resources}]"#
    ))
}

/// A machine that an export shows with its identity, beside an open account without keys.
fn exported(identity: &str, more: &str) -> String {
    let identity = format!(r#""identity": {{"type": "SystemAssigned"{identity}}},"#);
    let subnet = r#", "defaultOutboundAccess": true"#;
    export(&format!(
        "{}, {}, {}{more}",
        network("net", subnet),
        machine("vm", "net", "a", &identity),
        storage(
            "acct",
            r#""allowSharedKeyAccess": false, "publicNetworkAccess": "Enabled""#
        )
    ))
}

/// `az role assignment list --all`, which lays the properties flat.
fn listed(principal: &str, scope: &str) -> String {
    format!(
        r#"[{{"condition": null, "createdOn": "2024-01-01T00:00:00+00:00", "description": null,
        "id": "{scope}/providers/Microsoft.Authorization/roleAssignments/12121212-0000-0000-0000-000000000000",
        "name": "12121212-0000-0000-0000-000000000000", "principalId": "{principal}", "principalName": "{PRINCIPAL}",
        "principalType": "ServicePrincipal",
        "roleDefinitionId": "/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        "roleDefinitionName": "Storage Blob Data Reader", "scope": "{scope}", "type": "Microsoft.Authorization/roleAssignments"}}]"#
    )
}

fn shown() -> String {
    format!(r#", "principalId": "{PRINCIPAL}", "tenantId": "{SUBSCRIPTION}""#)
}

/// Whether some way from code on the machine to the account cites the file numbered `file`.
fn cites(estate: &Estate, file: usize) -> bool {
    let paths = estate.paths(
        Foothold::At(estate.index("vm")),
        &Node::Data(estate.index("acct")),
    );
    paths
        .iter()
        .flat_map(|path| &path.hops)
        .flat_map(|hop| &hop.evidence)
        .any(|one| one.span.file.index() == file)
}

#[test]
fn role_assignments_that_an_export_lacks_are_settled_by_their_list() {
    let template = exported(&shown(), "");
    let alone = estate(&[("t.json", &template)]);
    assert_eq!(alone.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(
        alone.doubts("vm", "acct"),
        ["role-assignments-not-exported"]
    );
    let doubt = alone
        .paths(
            Foothold::At(alone.index("vm")),
            &Node::Data(alone.index("acct")),
        )
        .remove(0)
        .doubts
        .remove(0);
    assert_eq!(
        doubt.command.as_deref(),
        Some("az role assignment list --all -o json")
    );
    let scope = real("Microsoft.Storage/storageAccounts", "acct");
    let held = listed(PRINCIPAL, &scope);
    let settled = estate(&[("t.json", &template), ("a.json", &held)]);
    assert_eq!(settled.by_code("vm", "acct"), Reached::Surely);
    assert!(cites(&settled, 0), "the answer is the first file by name");
    let others = listed("99999999-9999-9999-9999-999999999999", &scope);
    let settled = estate(&[("t.json", &template), ("a.json", &others)]);
    assert_eq!(settled.by_code("vm", "acct"), Reached::Not);
}

#[test]
fn the_scope_of_an_answer_is_placed_by_the_rows_that_it_covers() {
    let template = exported(&shown(), "");
    let group = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/real");
    let held = listed(PRINCIPAL, &group);
    let alone = estate(&[("t.json", &template), ("a.json", &held)]);
    assert_eq!(alone.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(alone.doubts("vm", "acct"), ["scope-not-placed"]);
    let row = format!(
        r#"{{"id": "{}", "type": "microsoft.storage/storageaccounts", "name": "acct", "location": "x", "properties": {{}}}}"#,
        real("Microsoft.Storage/storageAccounts", "acct")
    );
    let placed = estate(&[("t.json", &template), ("a.json", &held), ("b.json", &row)]);
    assert_eq!(placed.by_code("vm", "acct"), Reached::Surely);
}

#[test]
fn whose_identity_it_is_is_settled_by_the_resource() {
    let template = exported("", "");
    let scope = real("Microsoft.Storage/storageAccounts", "acct");
    let held = listed(PRINCIPAL, &scope);
    let open = estate(&[("t.json", &template), ("a.json", &held)]);
    assert_eq!(open.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(
        open.doubts("vm", "acct"),
        ["object-id-not-known", "principal-not-placed"]
    );
    let row = |principal: &str| {
        format!(
            r#"{{"id": "{}", "type": "Microsoft.Compute/virtualMachines", "name": "vm", "location": "x",
            "identity": {{"type": "SystemAssigned", "principalId": "{principal}", "tenantId": "t"}}, "properties": {{}}}}"#,
            real("Microsoft.Compute/virtualMachines", "vm")
        )
    };
    let settled = estate(&[
        ("t.json", &template),
        ("a.json", &held),
        ("b.json", &row(PRINCIPAL)),
    ]);
    assert_eq!(settled.by_code("vm", "acct"), Reached::Surely);
    let other = row("99999999-9999-9999-9999-999999999999");
    let settled = estate(&[("t.json", &template), ("a.json", &held), ("b.json", &other)]);
    assert_eq!(settled.by_code("vm", "acct"), Reached::Not);
}

#[test]
fn the_approval_of_a_private_endpoint_is_settled_by_the_services_connections() {
    let endpoint = format!(
        r#"{{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2023-05-01", "name": "pe", "location": "x",
        "properties": {{"subnet": {{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'b')]"}},
        "manualPrivateLinkServiceConnections": [{{"name": "c", "properties": {{"privateLinkServiceId": "{}", "groupIds": ["blob"]}}}}]}}}}"#,
        account("acct")
    );
    let text = template(&format!(
        r#""resources": [{}, {}, {}, {endpoint}, {}]"#,
        network("net", ""),
        machine("vm", "net", "a", crate::estate::SYSTEM),
        storage(
            "acct",
            r#""allowSharedKeyAccess": false, "publicNetworkAccess": "Disabled""#
        ),
        crate::estate::role(
            "[guid('a')]",
            &account("acct"),
            &crate::estate::own("vm"),
            crate::estate::BLOB_READER
        )
    ));
    assert_eq!(
        estate(&[("t.json", &text)]).by_code("vm", "acct"),
        Reached::Perhaps
    );
    let answer = |state: &str| {
        format!(
            r#"[{{"id": "{}/privateEndpointConnections/pe.0123", "name": "pe.0123", "resourceGroup": "real",
            "properties": {{"privateEndpoint": {{"id": "{}"}}, "provisioningState": "Succeeded",
            "privateLinkServiceConnectionState": {{"status": "{state}", "description": "", "actionsRequired": "None"}}}},
            "type": "Microsoft.Storage/storageAccounts/privateEndpointConnections"}}]"#,
            real("Microsoft.Storage/storageAccounts", "acct"),
            real("Microsoft.Network/privateEndpoints", "pe")
        )
    };
    for (state, want) in [
        ("Approved", Reached::Surely),
        ("Pending", Reached::Not),
        ("Rejected", Reached::Not),
    ] {
        let settled = estate(&[("t.json", &text), ("z.json", &answer(state))]);
        assert_eq!(settled.by_code("vm", "acct"), want, "{state}");
    }
}

#[test]
fn an_unknown_setting_is_settled_by_the_resource_with_its_place_there() {
    let text = template(&format!(
        r#""parameters": {{"access": {{"type": "string"}}}}, "resources": [{}]"#,
        storage("acct", r#""publicNetworkAccess": "[parameters('access')]""#)
    ));
    let read = |estate: &Estate| {
        let resource = estate.inventory.get(estate.index("acct")).unwrap();
        resource.properties().at("publicNetworkAccess").text()
    };
    assert!(read(&estate(&[("t.json", &text)])).is_unknown());
    let row = format!(
        r#"{{"data": [{{"id": "{}", "type": "microsoft.storage/storageaccounts", "properties": {{"publicNetworkAccess": "Disabled"}}}}]}}"#,
        real("Microsoft.Storage/storageAccounts", "acct")
    );
    let settled = estate(&[("t.json", &text), ("z.json", &row)]);
    match read(&settled) {
        Setting::Stated(word, span) => {
            assert_eq!(&*word, "Disabled");
            assert_eq!(span.file.index(), 1);
        }
        other => panic!("{other:?}"),
    }
    // What the two say differently stays open, with both places.
    let stated = text.replace("[parameters('access')]", "Enabled");
    assert!(read(&estate(&[("t.json", &stated), ("z.json", &row)])).is_unknown());
}

#[test]
fn rows_of_resource_graph_stand_in_place_of_a_template() {
    let rows = format!(
        r#"{{"count": 4, "data": [
        {{"id": "{net}", "type": "microsoft.network/virtualnetworks", "name": "net", "location": "x", "properties": {{"addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}},
            "subnets": [{{"id": "{net}/subnets/a", "name": "a", "properties": {{"addressPrefix": "10.0.1.0/24", "defaultOutboundAccess": true}}}}]}}}},
        {{"id": "{nic}", "type": "microsoft.network/networkinterfaces", "name": "nic", "properties": {{"ipConfigurations": [{{"name": "c", "properties": {{"subnet": {{"id": "{net}/subnets/a"}}}}}}]}}}},
        {{"id": "{vm}", "type": "microsoft.compute/virtualmachines", "name": "vm", "identity": {{"type": "SystemAssigned", "principalId": "{PRINCIPAL}"}}, "properties": {{"networkProfile": {{"networkInterfaces": [{{"id": "{nic}"}}]}}}}}},
        {{"id": "{acct}", "type": "microsoft.storage/storageaccounts", "name": "acct", "properties": {{"publicNetworkAccess": "Enabled", "allowSharedKeyAccess": false}}}}],
        "skip_token": null, "total_records": 4}}"#,
        net = real("Microsoft.Network/virtualNetworks", "net"),
        nic = real("Microsoft.Network/networkInterfaces", "nic"),
        vm = real("Microsoft.Compute/virtualMachines", "vm"),
        acct = real("Microsoft.Storage/storageAccounts", "acct"),
    );
    let group = format!("/subscriptions/{SUBSCRIPTION}/resourceGroups/real");
    let held = listed(PRINCIPAL, &group);
    let estate = estate(&[("rows.json", &rows), ("roles.json", &held)]);
    assert_eq!(estate.by_code("vm", "acct"), Reached::Surely);
}
