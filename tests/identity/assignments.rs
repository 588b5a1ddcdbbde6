//! Role assignments and other rights, in every form that templates write them.

use crate::estate::{
    BLOB_READER, Estate, Reached, SYSTEM, account, machine, network, of, own, role, storage,
};
use sightline::graph::{Foothold, Node};

/// A network, a machine `vm`, an account `acct` without keys and an identity `uai` that the machine
/// carries, with more resources.
fn with(parameters: &str, more: &str) -> Estate {
    let identity = r#""identity": {"type": "SystemAssigned, UserAssigned", "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uai')]": {}}},"#;
    let uai = r#"{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "uai", "location": "x"}"#;
    of(
        parameters,
        &[
            network("net", ""),
            machine("vm", "net", "a", identity),
            storage("acct", r#""allowSharedKeyAccess": false"#),
            uai.to_owned(),
            more.to_owned(),
        ]
        .join(","),
    )
}

/// An assignment with the members given in full.
fn raw(kind: &str, name: &str, more: &str, principal: &str, definition: &str) -> String {
    format!(
        r#"{{"type": "{kind}", "apiVersion": "2022-04-01", "name": "{name}", {more}
        "properties": {{"principalId": "{principal}", "roleDefinitionId": "{definition}"}}}}"#
    )
}

const ASSIGNMENT: &str = "Microsoft.Authorization/roleAssignments";

fn definition() -> String {
    format!("[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{BLOB_READER}')]")
}

fn scope_member(scope: &str) -> String {
    format!(r#""scope": "{scope}","#)
}

#[test]
fn an_assignment_counts_whatever_form_its_scope_has() {
    let vm = own("vm");
    let definition = definition();
    let forms = [
        (
            "an extension with the identifier",
            raw(
                ASSIGNMENT,
                "[guid('a')]",
                &scope_member(&account("acct")),
                &vm,
                &definition,
            ),
        ),
        (
            "an extension with type and name",
            raw(
                ASSIGNMENT,
                "[guid('a')]",
                &scope_member("Microsoft.Storage/storageAccounts/acct"),
                &vm,
                &definition,
            ),
        ),
        (
            "a type nested under the covered one",
            raw(
                "Microsoft.Storage/storageAccounts/providers/roleAssignments",
                "[concat('acct/Microsoft.Authorization/', guid('a'))]",
                "",
                &vm,
                &definition,
            ),
        ),
        (
            "the resource group",
            raw(ASSIGNMENT, "[guid('a')]", "", &vm, &definition),
        ),
        (
            "a name that is left open",
            raw(
                ASSIGNMENT,
                "[guid(parameters('who'), resourceGroup().id)]",
                &scope_member(&account("acct")),
                &vm,
                &definition,
            ),
        ),
        (
            "a part of it",
            raw(
                ASSIGNMENT,
                "[guid('a')]",
                &scope_member(
                    "[resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', 'acct', 'default', 'c')]",
                ),
                &vm,
                &definition,
            ),
        ),
    ];
    for (form, text) in forms {
        let parameters = r#""who": {"type": "string"}"#;
        let got = with(parameters, &text).by_code("vm", "acct");
        assert_eq!(got, Reached::Surely, "{form}");
    }
    let elsewhere = raw(
        ASSIGNMENT,
        "[guid('a')]",
        &scope_member("[resourceId('other', 'Microsoft.Storage/storageAccounts', 'else')]"),
        &vm,
        &definition,
    );
    assert_eq!(with("", &elsewhere).by_code("vm", "acct"), Reached::Not);
}

#[test]
fn an_assignment_stands_within_the_resource_that_it_covers() {
    let child = raw(
        "providers/roleAssignments",
        "[concat('Microsoft.Authorization/', guid('a'))]",
        "",
        &own("vm"),
        &definition(),
    );
    let estate = of(
        "",
        &[
            network("net", ""),
            machine("vm", "net", "a", SYSTEM),
            format!(
                r#"{{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "acct",
                "location": "x", "properties": {{"allowSharedKeyAccess": false}}, "resources": [{child}]}}"#
            ),
        ]
        .join(","),
    );
    assert_eq!(estate.by_code("vm", "acct"), Reached::Surely);
}

#[test]
fn a_principal_is_found_whatever_form_it_has() {
    let id = "resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'uai')";
    let forms = [
        own("vm"),
        "[reference(concat(resourceId('Microsoft.Compute/virtualMachines', 'vm'), '/providers/Microsoft.ManagedIdentity/Identities/default'), '2018-11-30').principalId]".to_owned(),
        "[reference('Microsoft.Compute/virtualMachines/vm', '2023-03-01', 'full').identity.principalId]".to_owned(),
        format!("[reference({id}).principalId]"),
        format!("[reference({id}, '2023-01-31', 'Full').properties.principalId]"),
        format!("[reference(resourceId('Microsoft.Compute/virtualMachines', 'vm'), '2023-03-01', 'Full').identity.userAssignedIdentities[{id}].principalId]"),
        "[reference('uai').principalId]".to_owned(),
    ];
    for principal in forms {
        let text = role("[guid('a')]", &account("acct"), &principal, BLOB_READER);
        assert_eq!(
            with("", &text).by_code("vm", "acct"),
            Reached::Surely,
            "{principal}"
        );
    }
    let other = "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'else')).principalId]";
    let text = role("[guid('a')]", &account("acct"), other, BLOB_READER);
    assert_eq!(with("", &text).by_code("vm", "acct"), Reached::Not);
}

#[test]
fn a_literal_identifier_is_matched_where_the_template_shows_it() {
    const ID: &str = "11111111-2222-3333-4444-555555555555";
    let shown = format!(
        r#""identity": {{"type": "SystemAssigned", "principalId": "{}"}},"#,
        ID.to_uppercase()
    );
    let estate = |identity: &str, kind: &str| {
        let assignment = format!(
            r#"{{"type": "{ASSIGNMENT}", "apiVersion": "2022-04-01", "name": "[guid('a')]", "scope": "{}",
            "properties": {{"principalId": "{ID}", "roleDefinitionId": "{BLOB_READER}"{kind}}}}}"#,
            account("acct"),
        );
        of(
            "",
            &[
                network("net", ""),
                machine("vm", "net", "a", identity),
                storage("acct", r#""allowSharedKeyAccess": false"#),
                assignment,
            ]
            .join(","),
        )
    };
    assert_eq!(estate(&shown, "").by_code("vm", "acct"), Reached::Surely);
    // Whose it is, is not told: perhaps the machine's, unless it belongs to a person.
    let unplaced = estate(SYSTEM, r#", "principalType": "ServicePrincipal""#);
    assert_eq!(unplaced.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(
        unplaced.doubts("vm", "acct"),
        ["object-id-not-known", "principal-not-placed"]
    );
    let person = estate(SYSTEM, r#", "principalType": "User""#);
    assert_eq!(person.by_code("vm", "acct"), Reached::Not);
}

#[test]
fn a_role_is_found_whatever_form_it_has() {
    let custom = r#"{"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "[guid('mine')]",
        "properties": {"roleName": "mine", "permissions": [{"actions": [], "notActions": [],
        "dataActions": ["Microsoft.Storage/*/read"], "notDataActions": []}], "assignableScopes": ["[resourceGroup().id]"]}}"#;
    let forms = [
        definition(),
        format!("[resourceId('Microsoft.Authorization/roleDefinitions', '{BLOB_READER}')]"),
        format!(
            "[concat('/subscriptions/', subscription().subscriptionId, '/providers/Microsoft.Authorization/roleDefinitions/', '{BLOB_READER}')]"
        ),
        format!(
            "/providers/microsoft.authorization/roledefinitions/{}",
            BLOB_READER.to_uppercase()
        ),
        BLOB_READER.to_owned(),
        format!("[tenantResourceId('Microsoft.Authorization/roleDefinitions', '{BLOB_READER}')]"),
        "[resourceId('Microsoft.Authorization/roleDefinitions', guid('mine'))]".to_owned(),
        "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid('mine'))]"
            .to_owned(),
    ];
    for form in forms {
        let text = raw(
            ASSIGNMENT,
            "[guid('a')]",
            &scope_member(&account("acct")),
            &own("vm"),
            &form,
        );
        let estate = with("", &format!("{custom}, {text}"));
        assert_eq!(estate.by_code("vm", "acct"), Reached::Surely, "{form}");
    }
    let not_data = custom.replace(
        r#""notDataActions": []"#,
        r#""notDataActions": ["Microsoft.Storage/storageAccounts/blobServices/*"]"#,
    );
    let text = raw(
        ASSIGNMENT,
        "[guid('a')]",
        &scope_member(&account("acct")),
        &own("vm"),
        "[resourceId('Microsoft.Authorization/roleDefinitions', guid('mine'))]",
    );
    // Files can still be read, queues and tables too; blobs cannot.
    let estate = with("", &format!("{not_data}, {text}"));
    assert_eq!(doors(&estate, "vm", "acct"), ["file", "queue", "table"]);
}

/// The doors of `to` past which whoever runs code on `from` surely gets, in order.
fn doors(estate: &Estate, from: &str, to: &str) -> Vec<String> {
    let target = estate.index(to);
    let doors = estate.model.doors.iter().enumerate();
    doors
        .filter(|(_, entry)| entry.resource == target)
        .filter(|(at, _)| {
            let from = Foothold::At(estate.index(from));
            estate.reached(from, &Node::Inside(*at)) == Reached::Surely
        })
        .map(|(_, entry)| entry.door.name.to_string())
        .collect()
}

#[test]
fn what_is_left_open_is_neither_held_nor_absent() {
    let parameters = r#""who": {"type": "string"}, "what": {"type": "string"}, "on": {"type": "bool"}, "one": {"type": "string", "allowedValues": ["Owner", "Reader"]}"#;
    let held = |principal: &str, definition: &str, more: &str| {
        let member = format!("{} {more}", scope_member(&account("acct")));
        raw(ASSIGNMENT, "[guid('a')]", &member, principal, definition)
    };
    let definition = definition();
    let cases = [
        ("who", held("[parameters('who')]", &definition, "")),
        ("what", held(&own("vm"), "[parameters('what')]", "")),
        (
            "whether",
            held(
                &own("vm"),
                &definition,
                r#""condition": "[parameters('on')]","#,
            ),
        ),
        (
            "which of two",
            held(
                &own("vm"),
                "[if(equals(parameters('one'), 'Owner'), '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')]",
                "",
            ),
        ),
    ];
    for (what, text) in cases {
        assert_eq!(
            with(parameters, &text).by_code("vm", "acct"),
            Reached::Perhaps,
            "{what}"
        );
    }
    let narrowed = format!(
        r#"{{"type": "{ASSIGNMENT}", "apiVersion": "2022-04-01", "name": "[guid('a')]", "scope": "{}",
        "properties": {{"principalId": "{}", "roleDefinitionId": "{BLOB_READER}", "conditionVersion": "2.0", "condition": "((!(ActionMatches{{'x'}})))"}}}}"#,
        account("acct"),
        own("vm"),
    );
    let estate = with("", &narrowed);
    assert_eq!(estate.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(estate.doubts("vm", "acct"), ["assignment-condition"]);
    let off = held(&own("vm"), &definition, r#""condition": false,"#);
    assert_eq!(with("", &off).by_code("vm", "acct"), Reached::Not);
    let unheard = role(
        "[guid('a')]",
        &account("acct"),
        &own("vm"),
        "99999999-0000-0000-0000-000000000000",
    );
    let estate = with("", &unheard);
    assert_eq!(estate.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(estate.doubts("vm", "acct"), ["role-not-known"]);
}

const VAULT: &str = "[resourceId('Microsoft.KeyVault/vaults', 'kv')]";

fn vault(version: &str, properties: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.KeyVault/vaults", "apiVersion": "{version}", "name": "kv", "location": "x",
        "properties": {{"tenantId": "[subscription().tenantId]", "sku": {{"family": "A", "name": "standard"}}{properties}}}}}"#
    )
}

#[test]
fn a_vault_goes_by_roles_or_by_policies_and_never_by_both() {
    let policy = format!(
        r#", "accessPolicies": [{{"tenantId": "x", "objectId": "{}", "permissions": {{"secrets": ["Get", "list"]}}}}]"#,
        own("vm")
    );
    let reader = role(
        "[guid('a')]",
        VAULT,
        &own("vm"),
        "4633458b-17de-408a-b874-0445c86b69e6",
    );
    let contributor = role(
        "[guid('b')]",
        VAULT,
        &own("vm"),
        "f25e0fa2-a7c8-4377-a976-54943a77a395",
    );
    let roles = r#", "enableRbacAuthorization": true"#;
    let cases = [
        ("2023-07-01", roles.to_owned(), &reader, Reached::Surely),
        (
            "2023-07-01",
            format!("{roles}{policy}"),
            &String::new(),
            Reached::Not,
        ),
        ("2023-07-01", roles.to_owned(), &contributor, Reached::Not),
        (
            "2023-07-01",
            policy.clone(),
            &String::new(),
            Reached::Surely,
        ),
        ("2023-07-01", String::new(), &reader, Reached::Not),
        ("2023-07-01", String::new(), &contributor, Reached::Surely),
        // A vault made from this version on takes roles.
        ("2026-02-01", policy.clone(), &String::new(), Reached::Not),
        ("2026-02-01", String::new(), &reader, Reached::Surely),
    ];
    for (version, properties, assignment, want) in cases {
        let comma = if assignment.is_empty() { "" } else { "," };
        let text = format!("{}{comma}{assignment}", vault(version, &properties));
        let got = with("", &text).by_code("vm", "kv");
        assert_eq!(got, want, "{version} {properties} {assignment}");
    }
    let beside = format!(
        r#"{}, {{"type": "Microsoft.KeyVault/vaults/accessPolicies", "apiVersion": "2023-07-01", "name": "kv/add",
        "properties": {{"accessPolicies": [{{"tenantId": "x", "objectId": "[reference('uai').principalId]", "permissions": {{"keys": ["all"]}}}}]}}}}"#,
        vault("2023-07-01", "")
    );
    assert_eq!(with("", &beside).by_code("vm", "kv"), Reached::Surely);
    let open = format!(
        "{}, {reader}",
        vault(
            "2023-07-01",
            r#", "enableRbacAuthorization": "[parameters('on')]""#
        )
    );
    let parameters = r#""on": {"type": "bool"}"#;
    assert_eq!(
        with(parameters, &open).by_code("vm", "kv"),
        Reached::Perhaps
    );
}

#[test]
fn databases_have_roles_and_administrators_of_their_own() {
    let cosmos = |more: &str| {
        format!(
            r#"{{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2023-04-15", "name": "cdb", "location": "x",
            "properties": {{"databaseAccountOfferType": "Standard", "locations": [], "disableLocalAuth": true}}}} {more}"#
        )
    };
    let assigned = |definition: &str| {
        cosmos(&format!(
            r#", {{"type": "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "apiVersion": "2023-04-15",
            "name": "[concat('cdb/', guid('a'))]", "properties": {{"principalId": "{}", "scope": "[resourceId('Microsoft.DocumentDB/databaseAccounts', 'cdb')]",
            "roleDefinitionId": "[resourceId('Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions', 'cdb', '{definition}')]"}}}}"#,
            own("vm")
        ))
    };
    let reader = assigned("00000000-0000-0000-0000-000000000001");
    assert_eq!(with("", &reader).by_code("vm", "cdb"), Reached::Surely);
    let other = assigned("12345678-0000-0000-0000-000000000001");
    assert_eq!(with("", &other).by_code("vm", "cdb"), Reached::Perhaps);
    assert_eq!(with("", &cosmos("")).by_code("vm", "cdb"), Reached::Not);
    let contributor = format!(
        ", {}",
        role(
            "[guid('a')]",
            "[resourceId('Microsoft.DocumentDB/databaseAccounts', 'cdb')]",
            &own("vm"),
            "5bd9cd88-fe45-4216-938b-f97437e15450"
        )
    );
    // It may write data roles, and so give itself one.
    assert_eq!(
        with("", &cosmos(&contributor)).by_code("vm", "cdb"),
        Reached::Surely
    );
    let server = format!(
        r#"{{"type": "Microsoft.Sql/servers", "apiVersion": "2022-05-01-preview", "name": "sql", "location": "x",
        "properties": {{"publicNetworkAccess": "Enabled", "administrators": {{"azureADOnlyAuthentication": true, "principalType": "Application", "sid": "{}"}}}}}},
        {{"type": "Microsoft.Sql/servers/firewallRules", "apiVersion": "2022-05-01-preview", "name": "sql/azure", "properties": {{"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}}}}"#,
        own("vm")
    );
    assert_eq!(with("", &server).by_code("vm", "sql"), Reached::Surely);
}

#[test]
fn a_key_opens_what_takes_keys_and_nothing_else() {
    let operator = role(
        "[guid('a')]",
        &account("keys"),
        &own("vm"),
        "81a9662b-bebf-436f-a333-f67b29880f12",
    );
    for (properties, want) in [
        ("", Reached::Surely),
        (r#""allowSharedKeyAccess": true"#, Reached::Surely),
        (r#""allowSharedKeyAccess": false"#, Reached::Not),
        (
            r#""allowSharedKeyAccess": "[parameters('on')]""#,
            Reached::Perhaps,
        ),
        (r#""publicNetworkAccess": "Disabled""#, Reached::Not),
    ] {
        let text = format!("{}, {operator}", storage("keys", properties));
        let got = with(r#""on": {"type": "bool"}"#, &text).by_code("vm", "keys");
        assert_eq!(got, want, "{properties}");
    }
}

#[test]
fn rights_lead_on_from_identity_to_code_to_identity() {
    let other = machine("other", "net", "b", SYSTEM);
    let other_reads = role("[guid('a')]", &account("acct"), &own("other"), BLOB_READER);
    let contributor = role(
        "[guid('b')]",
        "[resourceId('Microsoft.Compute/virtualMachines', 'other')]",
        &own("vm"),
        "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    );
    let text = format!("{other}, {other_reads}");
    assert_eq!(with("", &text).by_code("vm", "acct"), Reached::Not);
    let text = format!("{text}, {contributor}");
    assert_eq!(with("", &text).by_code("vm", "acct"), Reached::Surely);
    // Signing in takes a way to the machine besides.
    let login = contributor.replace(
        "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
        "1c0163c0-47e6-4577-8991-ea5c82e286e4",
    );
    let text = format!("{other}, {other_reads}, {login}");
    let estate = with("", &text);
    assert_eq!(estate.by_code("vm", "acct"), Reached::Perhaps);
    assert_eq!(estate.doubts("vm", "acct"), ["sign-in-way-not-known"]);
}

#[test]
fn an_identity_is_taken_by_who_may_attach_it_or_have_it_trust_an_issuer() {
    let spare = r#"{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "spare", "location": "x"}"#;
    let spare_reads = role(
        "[guid('a')]",
        &account("acct"),
        "[reference('spare').principalId]",
        BLOB_READER,
    );
    let id = "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'spare')]";
    let operator = role(
        "[guid('b')]",
        id,
        &own("vm"),
        "f1a07417-d97a-45cb-824c-7a7467783830",
    );
    let contributor = role(
        "[guid('b')]",
        id,
        &own("vm"),
        "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
    );
    let maker = raw(
        ASSIGNMENT,
        "[guid('c')]",
        "",
        &own("vm"),
        "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    );
    let base = format!("{spare}, {spare_reads}");
    let reached = |more: &str| with("", &format!("{base}{more}")).by_code("vm", "acct");
    assert_eq!(reached(""), Reached::Not);
    assert_eq!(reached(&format!(", {contributor}")), Reached::Surely);
    // Attaching takes a machine to attach it to.
    assert_eq!(reached(&format!(", {operator}")), Reached::Not);
    assert_eq!(reached(&format!(", {operator}, {maker}")), Reached::Surely);
}

#[test]
fn who_may_assign_roles_may_do_anything() {
    for (guid, want) in [
        ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", Reached::Surely),
        ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", Reached::Surely),
        ("f58310d9-a9f6-439a-9e8d-f62e7b41a168", Reached::Surely),
        ("b24988ac-6180-42a0-ab88-20f7382dd24c", Reached::Not),
        ("acdd72a7-3385-48ef-bd42-f606fba81ae7", Reached::Not),
        // Only roles of vaults.
        ("8b54135c-b56d-4d72-a534-26097cfdc8d8", Reached::Not),
    ] {
        let text = raw(ASSIGNMENT, "[guid('a')]", "", &own("vm"), guid);
        assert_eq!(with("", &text).by_code("vm", "acct"), want, "{guid}");
    }
}

#[test]
fn pods_act_as_the_kubelets_and_as_what_trusts_their_cluster() {
    let cluster = r#"{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2023-05-01", "name": "aks", "location": "x",
        "identity": {"type": "SystemAssigned"}, "properties": {"dnsPrefix": "a", "oidcIssuerProfile": {"enabled": true}, "agentPoolProfiles": [{"name": "p", "count": 1}]}}"#;
    let kubelet = role(
        "[guid('a')]",
        &account("acct"),
        "[reference(resourceId('Microsoft.ContainerService/managedClusters', 'aks'), '2023-05-01').identityProfile.kubeletidentity.objectId]",
        BLOB_READER,
    );
    let control = role(
        "[guid('a')]",
        &account("acct"),
        "[reference(resourceId('Microsoft.ContainerService/managedClusters', 'aks'), '2023-05-01', 'Full').identity.principalId]",
        BLOB_READER,
    );
    let at_cluster = |more: &str| with("", &format!("{cluster}, {more}")).by_code("aks", "acct");
    assert_eq!(at_cluster(&kubelet), Reached::Surely);
    // The cluster's own identity belongs to its control plane.
    assert_eq!(at_cluster(&control), Reached::Not);
    let federated = format!(
        r#"{{"type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "apiVersion": "2023-01-31", "name": "uai/pods",
        "properties": {{"issuer": "[reference(resourceId('Microsoft.ContainerService/managedClusters', 'aks'), '2023-05-01').oidcIssuerProfile.issuerURL]",
        "subject": "system:serviceaccount:n:s", "audiences": ["api://AzureADTokenExchange"]}}}}, {}"#,
        role(
            "[guid('b')]",
            &account("acct"),
            "[reference('uai').principalId]",
            BLOB_READER
        )
    );
    assert_eq!(at_cluster(&federated), Reached::Surely);
}

#[test]
fn a_cluster_can_refuse_commands_and_its_own_certificate() {
    let reached = |action: &str, switches: &str| {
        let definition = format!(
            r#"{{"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01", "name": "[guid('mine')]",
            "properties": {{"roleName": "mine", "permissions": [{{"actions": ["Microsoft.ContainerService/managedClusters/{action}"],
            "notActions": [], "dataActions": [], "notDataActions": []}}], "assignableScopes": ["[resourceGroup().id]"]}}}}"#
        );
        let cluster = format!(
            r#"{{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-05-01", "name": "aks",
            "location": "x", "properties": {{{switches}}}}}"#
        );
        let assignment = raw(
            ASSIGNMENT,
            "[guid('a')]",
            &scope_member("[resourceId('Microsoft.ContainerService/managedClusters', 'aks')]"),
            &own("vm"),
            "[resourceId('Microsoft.Authorization/roleDefinitions', guid('mine'))]",
        );
        let estate = with(
            r#""off": {"type": "bool"}"#,
            &[definition, cluster, assignment].join(","),
        );
        let code = Node::Code(estate.index("aks"));
        estate.reached(Foothold::At(estate.index("vm")), &code)
    };
    let command =
        |value: &str| format!(r#""apiServerAccessProfile": {{"disableRunCommand": {value}}}"#);
    let certificate = |value: &str| format!(r#""disableLocalAccounts": {value}"#);
    let (run, list) = ("runcommand/action", "listClusterAdminCredential/action");
    for (action, switches, want) in [
        (run, String::new(), Reached::Surely),
        (run, command("false"), Reached::Surely),
        (run, command("true"), Reached::Not),
        (run, command(r#""[parameters('off')]""#), Reached::Perhaps),
        (run, certificate("true"), Reached::Surely),
        (list, certificate("false"), Reached::Surely),
        (list, certificate("true"), Reached::Not),
        (list, command("true"), Reached::Surely),
        // Who may change the cluster takes the switches back.
        (
            "*",
            [command("true"), certificate("true")].join(","),
            Reached::Surely,
        ),
    ] {
        assert_eq!(reached(action, &switches), want, "{action} {switches}");
    }
}
