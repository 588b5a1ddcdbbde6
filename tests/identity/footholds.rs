//! Where somebody starts, what that opens, and who gets to a place.

use crate::estate::{
    BLOB_READER, Estate, Reached, SYSTEM, account, machine, network, of, own, role, storage,
};
use sightline::graph::{EdgeKind, Foothold, FootholdError, Node, parse_foothold};
use sightline::reachability::{Question, Verdict, find_exposures, find_footholds, find_opened};

/// A machine with a public address and an open port, which reads blobs of a closed account that has
/// a private endpoint in its network; an identity that trusts a build pipeline and reads them too.
fn estate() -> Estate {
    let nic = r#"{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-05-01", "name": "ip", "location": "x", "sku": {"name": "Standard"}, "properties": {"publicIPAllocationMethod": "Static"}},
        {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-05-01", "name": "nsg", "location": "x", "properties": {"securityRules": [{"name": "web", "properties": {"direction": "Inbound", "priority": 100, "access": "Allow", "protocol": "Tcp", "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "443"}}]}},
        {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2023-05-01", "name": "web-nic", "location": "x", "properties": {
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"},
            "ipConfigurations": [{"name": "c", "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}, "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}]}},
        {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2023-03-01", "name": "web", "location": "x", "identity": {"type": "SystemAssigned"}, "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'web-nic')]"}]}}}"#;
    let endpoint = format!(
        r#"{{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2023-05-01", "name": "pe", "location": "x",
        "properties": {{"subnet": {{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'b')]"}},
        "privateLinkServiceConnections": [{{"name": "c", "properties": {{"privateLinkServiceId": "{}", "groupIds": ["blob"]}}}}]}}}}"#,
        account("acct")
    );
    let federated = r#"{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "ci", "location": "x"},
        {"type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "apiVersion": "2023-01-31", "name": "ci/gh",
        "properties": {"issuer": "https://token.actions.githubusercontent.com", "subject": "repo:org/app:pull_request", "audiences": ["api://AzureADTokenExchange"]}}"#;
    of(
        "",
        &[
            network("net", ""),
            nic.to_owned(),
            machine("inner", "net", "b", SYSTEM),
            storage("acct", r#""publicNetworkAccess": "Disabled""#),
            storage("open", ""),
            endpoint,
            federated.to_owned(),
            role("[guid('a')]", &account("acct"), &own("web"), BLOB_READER),
            role(
                "[guid('b')]",
                &account("open"),
                "[reference('ci').principalId]",
                BLOB_READER,
            ),
        ]
        .join(","),
    )
}

#[test]
fn from_the_internet_by_a_machine_and_its_identity_to_a_closed_account() {
    let estate = estate();
    let exposures = find_exposures(&estate.model, &Question::internet());
    let of = |name: &str, door: &str| {
        let index = estate.index(name);
        exposures
            .iter()
            .find(|one| one.resource == index && estate.model.doors[one.door].door.name == door)
            .unwrap()
    };
    let blob = of("acct", "blob");
    assert_eq!(blob.verdict, Verdict::Blocked);
    assert!(blob.paths.is_empty());
    let path = &blob.inner_paths[0];
    assert!(path.is_sure() && path.assumes_compromise);
    let kinds: Vec<EdgeKind> = path.hops.iter().map(|hop| hop.kind).collect();
    assert_eq!(
        kinds[kinds.len() - 2..],
        [EdgeKind::RunsAs, EdgeKind::HasRole]
    );
    let places: Vec<_> = path
        .hops
        .iter()
        .filter_map(|hop| estate.model.resource_of(hop.to))
        .filter_map(|index| estate.inventory.get(index))
        .map(|resource| resource.short_name().to_owned())
        .collect();
    assert_eq!(places.first().map(String::as_str), Some("ip"), "{places:?}");
    assert_eq!(places.last().map(String::as_str), Some("acct"));
    assert!(places.contains(&"web".to_owned()));
    let says: Vec<&str> = path
        .hops
        .iter()
        .flat_map(|hop| &hop.evidence)
        .map(|one| &*one.says)
        .collect();
    for wanted in [
        "it has a system-assigned identity",
        "the role `Storage Blob Data Reader` is assigned on `acct`",
        "private endpoint `pe` leads to `acct`",
    ] {
        assert!(says.contains(&wanted), "{wanted}: {says:#?}");
    }
    // Files have no private endpoint and the role gives none.
    assert!(of("acct", "file").inner_paths.is_empty());
    // The open account is reached by anybody, with or without a machine.
    assert_eq!(of("open", "blob").verdict, Verdict::Reachable);
    assert!(of("open", "blob").inner_paths.is_empty());
}

#[test]
fn a_foothold_is_named_by_a_word_a_name_or_an_identifier() {
    let estate = estate();
    let parse = |text: &str| parse_foothold(text, &estate.inventory, &estate.model);
    let web = estate.index("web");
    let identifier = estate
        .inventory
        .get(web)
        .unwrap()
        .id
        .as_str()
        .to_uppercase();
    let cases = [
        ("internet", Foothold::Internet),
        ("Azure", Foothold::AzureTenant),
        ("on-premises", Foothold::OnPremises),
        ("web", Foothold::At(web)),
        ("machine:web", Foothold::At(web)),
        ("identity:web", Foothold::Identity(web)),
        ("net/a", Foothold::At(estate.index("net/a"))),
        ("subnet:a", Foothold::At(estate.index("net/a"))),
        ("ci", Foothold::At(estate.index("ci"))),
        ("key:open", Foothold::KeyOf(estate.index("open"))),
        (&identifier, Foothold::At(web)),
        (
            "repo:org/app:pull_request",
            Foothold::Principal(
                "https://token.actions.githubusercontent.com repo:org/app:pull_request".into(),
            ),
        ),
    ];
    for (text, want) in cases {
        assert_eq!(parse(text), Ok(want), "{text}");
    }
    assert_eq!(
        parse("nobody"),
        Err(FootholdError::Unknown("nobody".into()))
    );
    assert_eq!(
        parse("identity:open").unwrap_err().to_string(),
        "`open` has no identity"
    );
}

#[test]
fn every_foothold_opens_what_it_should() {
    let estate = estate();
    let open = |from: Foothold, name: &str| estate.reached(from, &Node::Data(estate.index(name)));
    let (web, inner, ci) = (
        estate.index("web"),
        estate.index("inner"),
        estate.index("ci"),
    );
    assert_eq!(open(Foothold::At(web), "acct"), Reached::Surely);
    assert_eq!(open(Foothold::At(inner), "acct"), Reached::Not);
    // A token of the machine's is no way into its network.
    assert_eq!(open(Foothold::Identity(web), "acct"), Reached::Not);
    assert_eq!(open(Foothold::Identity(ci), "open"), Reached::Surely);
    assert_eq!(open(Foothold::At(ci), "open"), Reached::Surely);
    let pipeline = parse_foothold(
        "repo:org/app:pull_request",
        &estate.inventory,
        &estate.model,
    );
    assert_eq!(open(pipeline.unwrap(), "open"), Reached::Surely);
    assert_eq!(
        open(Foothold::KeyOf(estate.index("open")), "open"),
        Reached::Surely
    );
    assert_eq!(
        open(Foothold::KeyOf(estate.index("acct")), "acct"),
        Reached::Not
    );
    let question = Question::from_foothold(Foothold::At(web));
    let (opened, trails) = find_opened(&estate.model, &question);
    let data = estate.node(&Node::Data(estate.index("acct"))).unwrap();
    let found = opened.iter().find(|one| one.node == data).unwrap();
    assert_eq!(found.verdict, Verdict::Reachable);
    let paths = trails.paths_to(&estate.model, &question, data);
    assert_eq!(paths.len(), 1);
    assert!(!paths[0].assumes_compromise);
}

#[test]
fn a_place_knows_who_gets_to_it() {
    let estate = estate();
    let who = |name: &str, with_compromise: bool| -> Vec<Foothold> {
        let data = estate.node(&Node::Data(estate.index(name))).unwrap();
        find_footholds(&estate.model, data, with_compromise)
            .into_iter()
            .map(|one| one.from)
            .collect()
    };
    let (web, ci) = (estate.index("web"), estate.index("ci"));
    assert_eq!(who("acct", false), [Foothold::At(web)]);
    let broken = who("acct", true);
    assert!(broken.contains(&Foothold::Internet) && broken.contains(&Foothold::AzureTenant));
    assert!(broken.contains(&Foothold::At(web)));
    let open = who("open", false);
    assert!(open.contains(&Foothold::Identity(ci)));
    assert!(open.contains(&Foothold::KeyOf(estate.index("open"))));
    // A static website may be switched on, which no template shows; nothing else is left open.
    let data = estate.node(&Node::Data(estate.index("open"))).unwrap();
    let surely: Vec<Foothold> = find_footholds(&estate.model, data, false)
        .into_iter()
        .filter(|one| !one.through.must.is_empty())
        .map(|one| one.from)
        .collect();
    assert!(!surely.contains(&Foothold::Internet));
}

#[test]
fn who_holds_a_key_is_asked_what_lies_behind_the_door() {
    let estate = estate();
    let key = Foothold::KeyOf(estate.index("open"));
    let exposures = find_exposures(&estate.model, &Question::from_foothold(key));
    let verdict = |name: &str| {
        let index = estate.index(name);
        exposures
            .iter()
            .find(|one| one.resource == index && estate.model.doors[one.door].door.name == "blob")
            .unwrap()
            .verdict
    };
    assert_eq!(verdict("open"), Verdict::Reachable);
    assert_eq!(verdict("acct"), Verdict::Blocked);
}
