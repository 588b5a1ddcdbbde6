//! One unknown and its answer.

use serde_json::{Value as Json, json};
use sightline::analysis::{Analysis, Options, analyse};
use sightline::graph::Node;
use sightline::input::RawFile;
use sightline::reachability::{Path, Question, find_opened};
use sightline::report::report_value;

/// What is asked of a review.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    /// The verdict about a door: the last name of its resource, and the door's.
    Door(&'static str, &'static str),
    /// Whether a door takes a mode as proof: the resource's last name, the door's, the mode.
    Proof(&'static str, &'static str, &'static str),
    /// What gets out from a resource, by its last name.
    Egress(&'static str),
    /// Whether code where the caller stands gets past a door by what identities it runs as: the
    /// resource's last name, the door's.
    Inside(&'static str, &'static str),
    /// Whether the caller gets at what a resource holds, by its last name.
    Data(&'static str),
}

/// A review that leaves something open, and the file that settles it.
pub(crate) struct Case {
    /// The code of what is open.
    pub(crate) code: &'static str,
    /// The files, by name. The answer takes the place of the one that has its name.
    pub(crate) files: Vec<(&'static str, Json)>,
    /// The name of the answer's file, and what is in it.
    pub(crate) answer: (&'static str, Json),
    /// Where the caller stands.
    pub(crate) from: &'static str,
    /// The question.
    pub(crate) asked: Asked,
    /// The word that is true once it is settled.
    pub(crate) want: &'static str,
    /// Whether what proves it stands in another file than the answer: the answer tells only which
    /// of the statements there count.
    pub(crate) proved_elsewhere: bool,
}

/// The name of the template of a case.
pub(crate) const TEMPLATE: &str = "a.json";
/// The name of an answer that stands beside it.
pub(crate) const ANSWER: &str = "z.json";

/// A case of one template with `resources`, asked about a door from the internet.
pub(crate) fn case(
    code: &'static str,
    resources: Json,
    door: (&'static str, &'static str),
) -> Case {
    Case {
        code,
        files: vec![(TEMPLATE, template(resources))],
        answer: (ANSWER, Json::Null),
        from: "internet",
        asked: Asked::Door(door.0, door.1),
        want: "",
        proved_elsewhere: false,
    }
}

impl Case {
    /// Settled by `answer`, which makes `want` true.
    pub(crate) fn settled_by(mut self, answer: Json, want: &'static str) -> Self {
        self.answer.1 = answer;
        self.want = want;
        self
    }

    /// With the answer in place of the template, where what is written is wrong in itself.
    pub(crate) fn corrected_by(mut self, resources: Json, want: &'static str) -> Self {
        self.answer = (TEMPLATE, template(resources));
        self.want = want;
        self
    }

    pub(crate) fn from(mut self, from: &'static str) -> Self {
        self.from = from;
        self
    }

    pub(crate) fn proved_elsewhere(mut self) -> Self {
        self.proved_elsewhere = true;
        self
    }

    pub(crate) fn asked(mut self, asked: Asked) -> Self {
        self.asked = asked;
        self
    }

    pub(crate) fn beside(mut self, name: &'static str, file: Json) -> Self {
        self.files.push((name, file));
        self
    }

    /// With a resource that the template names and does not declare.
    pub(crate) fn referring(mut self, kind: &str, name: &str) -> Self {
        let whole = &mut self.files[0].1;
        let mut resources = json!({});
        for (at, one) in whole["resources"].as_array().unwrap().iter().enumerate() {
            resources[format!("resource{at}")] = one.clone();
        }
        resources["named"] =
            json!({ "existing": true, "type": kind, "apiVersion": "2023-09-01", "name": name });
        whole["resources"] = resources;
        whole["languageVersion"] = json!("2.0");
        self
    }

    /// With these parameters in the template.
    pub(crate) fn parameters(mut self, parameters: Json) -> Self {
        self.files[0].1["parameters"] = parameters;
        self
    }

    /// What is wrong with the case.
    pub(crate) fn problem(&self) -> Option<String> {
        let before = self.review(&self.files);
        let (codes, word, _) = self.answer_in(&before)?;
        let open = [
            "conditional",
            "undetermined",
            "perhaps",
            "unknown",
            "filtered",
            "open",
        ];
        let mut problems = Vec::new();
        if !codes.contains(&self.code.to_owned()) || !open.contains(&&*word) {
            problems.push(format!("before: {word} by {codes:?}"));
        }
        let mut files = self.files.clone();
        files.retain(|(name, _)| *name != self.answer.0);
        files.push(self.answer.clone());
        let after = self.review(&files);
        match self.answer_in(&after) {
            None if self.want == "gone" => {}
            None => problems.push("after: nothing to ask about".to_owned()),
            Some((codes, word, cited)) => {
                if word != self.want {
                    problems.push(format!("after: {word} by {codes:?}, not {}", self.want));
                }
                if codes.contains(&self.code.to_owned()) {
                    problems.push(format!("after: still open by {codes:?}"));
                }
                // Of a way that is not there nothing is cited.
                if !self.proved_elsewhere
                    && word != "none"
                    && !cited.iter().any(|file| file == self.answer.0)
                {
                    problems.push(format!("after: evidence in {cited:?} only"));
                }
            }
        }
        (!problems.is_empty()).then(|| {
            format!(
                "{} {:?}\n    {}",
                self.code,
                self.asked,
                problems.join("\n    ")
            )
        })
    }

    fn review(&self, files: &[(&'static str, Json)]) -> Analysis {
        let files = files
            .iter()
            .map(|(name, text)| RawFile::new(*name, serde_json::to_vec_pretty(text).unwrap()));
        let options = Options {
            from: (self.from != "internet").then(|| self.from.to_owned()),
            as_named: true,
            ..Options::default()
        };
        let analysis = analyse(files.collect(), &options);
        assert!(analysis.from.is_ok(), "{} {:?}", self.code, analysis.from);
        analysis
    }

    /// The codes of what is open, the word that answers, and the files that the answer cites.
    fn answer_in(&self, analysis: &Analysis) -> Option<(Vec<String>, String, Vec<String>)> {
        if let Asked::Data(name) = self.asked {
            return Some(self.data_in(analysis, name));
        }
        if let Asked::Inside(name, door) = self.asked {
            return Some(self.inside_in(analysis, (name, door)));
        }
        if let Asked::Proof(name, door, mode) = self.asked {
            return Some(self.proof_in(analysis, (name, door), mode));
        }
        let report = report_value(analysis);
        let find = |list: &str, name: &str, door: Option<&str>| {
            report[list].as_array()?.iter().find(|one| {
                one["name"].as_str().unwrap().rsplit('/').next() == Some(name)
                    && door.is_none_or(|door| one["door"] == door)
            })
        };
        let (one, word) = match self.asked {
            Asked::Egress(name) | Asked::Data(name) => (find("egress", name, None), "egress"),
            Asked::Door(name, door) | Asked::Inside(name, door) | Asked::Proof(name, door, _) => {
                (find("exposures", name, Some(door)), "verdict")
            }
        };
        if one.is_none() && self.want == "gone" {
            return None;
        }
        let Some(one) = one else {
            let known: Vec<String> = report["exposures"]
                .as_array()
                .into_iter()
                .flatten()
                .chain(report["egress"].as_array().into_iter().flatten())
                .map(|one| format!("{} {}", one["name"], one["door"]))
                .collect();
            panic!("{}: {:?} is not among {known:?}", self.code, self.asked);
        };
        let codes = one["unknowns"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|unknown| unknown["code"].as_str().unwrap().to_owned())
            .collect();
        let mut cited = Vec::new();
        collect_files(one, &mut cited);
        Some((codes, one[word].as_str()?.to_owned(), cited))
    }

    fn proof_in(
        &self,
        analysis: &Analysis,
        (name, door): (&str, &str),
        mode: &str,
    ) -> (Vec<String>, String, Vec<String>) {
        let exposure = analysis.exposures.iter().find(|exposure| {
            let resource = analysis.resource_of(exposure).unwrap();
            resource.short_name() == name && analysis.door_name(exposure) == door
        });
        let Some(exposure) = exposure else {
            panic!("{}: no door {door} of {name}", self.code);
        };
        let authentication = &analysis.model.doors[exposure.door].door.authentication;
        let evidence: Vec<_> = authentication
            .accepted
            .iter()
            .filter(|(accepted, _)| accepted.as_str() == mode)
            .map(|(_, evidence)| evidence)
            .collect();
        let doubts = authentication.uncertain.iter();
        let codes: Vec<String> = doubts
            .filter(|(uncertain, _)| uncertain.as_str() == mode)
            .map(|(_, doubt)| doubt.code.to_owned())
            .collect();
        let word = match (evidence.is_empty(), codes.is_empty()) {
            (false, _) => "accepted",
            (true, false) => "perhaps",
            (true, true) => "refused",
        };
        let cited = evidence
            .iter()
            .filter_map(|one| Some(analysis.locate(one.span)?.file.to_owned()));
        (codes, word.to_owned(), cited.collect())
    }
}

impl Case {
    /// The same about the ways past a door that identities give.
    fn inside_in(
        &self,
        analysis: &Analysis,
        (name, door): (&str, &str),
    ) -> (Vec<String>, String, Vec<String>) {
        let exposure = analysis.exposures.iter().find(|exposure| {
            let resource = analysis.resource_of(exposure).unwrap();
            resource.short_name() == name && analysis.door_name(exposure) == door
        });
        let Some(exposure) = exposure else {
            panic!("{}: no door {door} of {name}", self.code);
        };
        judged(analysis, &exposure.inner_paths)
    }

    /// The same about what a resource holds.
    fn data_in(&self, analysis: &Analysis, name: &str) -> (Vec<String>, String, Vec<String>) {
        let mut named = analysis.inventory.iter();
        let found = named.find(|(_, resource)| resource.short_name() == name);
        let Some((index, _)) = found else {
            panic!("{}: no resource {name}", self.code);
        };
        let question = Question::from_foothold(analysis.from.clone().unwrap());
        let (_, trails) = find_opened(&analysis.model, &question);
        let node = analysis.model.find(&Node::Data(index));
        let paths = node.map_or_else(Vec::new, |node| {
            trails.paths_to(&analysis.model, &question, node)
        });
        judged(analysis, &paths)
    }
}

/// What `paths` come to.
fn judged(analysis: &Analysis, paths: &[Path]) -> (Vec<String>, String, Vec<String>) {
    let sure = paths.iter().filter(|path| path.is_sure());
    let hops = sure.clone().flat_map(|path| &path.hops);
    let cited = hops
        .flat_map(|hop| &hop.evidence)
        .filter_map(|one| Some(analysis.locate(one.span)?.file.to_owned()))
        .collect();
    if sure.count() > 0 {
        return (Vec::new(), "certain".to_owned(), cited);
    }
    let doubts = paths.iter().flat_map(|path| &path.doubts);
    let codes = doubts.map(|doubt| doubt.code.to_owned()).collect();
    let word = if paths.is_empty() { "none" } else { "perhaps" };
    (codes, word.to_owned(), cited)
}

/// The files of all evidence in `value`; what is still open is none.
fn collect_files(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                match value {
                    Json::String(file) if name == "file" => found.push(file.clone()),
                    _ if name.to_ascii_lowercase().ends_with("unknowns") => {}
                    _ => collect_files(value, found),
                }
            }
        }
        Json::Array(items) => {
            for one in items {
                collect_files(one, found);
            }
        }
        _ => {}
    }
}

/// Fails with everything that is wrong with `cases`.
pub(crate) fn check(cases: &[Case]) {
    let problems: Vec<String> = cases.iter().filter_map(Case::problem).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// A template with `resources`.
pub(crate) fn template(resources: Json) -> Json {
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": resources,
    })
}

/// An export with `resources`: a parameter is named as exports name them.
pub(crate) fn export(resources: Json) -> Json {
    let mut whole = template(resources);
    whole["parameters"] =
        json!({ "storageAccounts_acct_name": { "defaultValue": "acct", "type": "String" } });
    whole["variables"] = json!({});
    whole
}

/// A resource.
pub(crate) fn resource(kind: &str, name: &str, properties: Json) -> Json {
    json!({
        "type": kind, "apiVersion": "2023-09-01", "name": name, "location": "westeurope",
        "properties": properties,
    })
}

/// `resource` with another member.
pub(crate) fn with(mut resource: Json, member: &str, value: Json) -> Json {
    resource[member] = value;
    resource
}

const SUBSCRIPTION: &str = "/subscriptions/11111111-1111-1111-1111-111111111111";

/// The identifier, as Azure's answers write it, of a resource in group `real`.
pub(crate) fn real(kind: &str, name: &str) -> String {
    let (provider, kinds) = kind.split_once('/').unwrap();
    let path: Vec<String> = kinds
        .split('/')
        .zip(name.split('/'))
        .map(|(kind, name)| format!("{kind}/{name}"))
        .collect();
    format!(
        "{SUBSCRIPTION}/resourceGroups/real/providers/{provider}/{}",
        path.join("/")
    )
}

/// What `az resource show` answers about a resource.
pub(crate) fn shown(kind: &str, name: &str, properties: Json) -> Json {
    json!({
        "id": real(kind, name), "type": kind, "name": name.rsplit('/').next(),
        "location": "westeurope", "properties": properties,
    })
}

/// The expression of the identifier of a resource in the same group.
pub(crate) fn id(kind: &str, names: &str) -> String {
    let names: Vec<String> = names.split('/').map(|name| format!("'{name}'")).collect();
    format!("[resourceId('{kind}', {})]", names.join(", "))
}

/// The identifier of a resource in another group.
pub(crate) fn elsewhere(kind: &str, name: &str) -> String {
    real(kind, name).replace("resourceGroups/real", "resourceGroups/other")
}

pub(crate) const NETWORK: &str = "Microsoft.Network/virtualNetworks";
pub(crate) const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";
pub(crate) const GROUP: &str = "Microsoft.Network/networkSecurityGroups";
pub(crate) const ADDRESS: &str = "Microsoft.Network/publicIPAddresses";
pub(crate) const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
pub(crate) const MACHINE: &str = "Microsoft.Compute/virtualMachines";
pub(crate) const STORAGE: &str = "Microsoft.Storage/storageAccounts";

/// A network 10.0.0.0/16 with subnets, each its name and further properties.
pub(crate) fn network(name: &str, subnets: &[(&str, Json)]) -> Json {
    let subnets: Vec<Json> = subnets
        .iter()
        .enumerate()
        .map(|(at, (name, more))| {
            let mut properties = json!({ "addressPrefix": format!("10.0.{at}.0/24") });
            for (name, value) in more.as_object().unwrap() {
                properties[name] = value.clone();
            }
            json!({ "name": name, "properties": properties })
        })
        .collect();
    let properties = json!({
        "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] }, "subnets": subnets,
    });
    resource(NETWORK, name, properties)
}

/// A machine on a subnet of `net`, with further properties of its interface's configuration and of
/// the interface: the interface and the machine.
pub(crate) fn machine(name: &str, subnet: &str, configuration: Json, more: Json) -> Vec<Json> {
    let mut ip = json!({ "subnet": { "id": id(SUBNET, &format!("net/{subnet}")) } });
    for (name, value) in configuration.as_object().unwrap() {
        ip[name] = value.clone();
    }
    let mut properties = json!({ "ipConfigurations": [{ "name": "c", "properties": ip }] });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    let nic = format!("{name}-nic");
    vec![
        resource(INTERFACE, &nic, properties),
        resource(
            MACHINE,
            name,
            json!({ "networkProfile": { "networkInterfaces": [{ "id": id(INTERFACE, &nic) }] } }),
        ),
    ]
}

/// A firewall with the public address 20.1.1.1, with what its configuration and it have more.
pub(crate) fn firewall(configuration: Json, more: Json) -> Vec<Json> {
    let mut own = json!({
        "subnet": { "id": id(SUBNET, "net/AzureFirewallSubnet") },
        "publicIPAddress": { "id": id(ADDRESS, "front") },
    });
    for (name, value) in configuration.as_object().unwrap() {
        own[name] = value.clone();
    }
    let mut properties = json!({
        "sku": { "name": "AZFW_VNet", "tier": "Standard" },
        "ipConfigurations": [{ "name": "c", "properties": own }],
    });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    let address = json!({ "publicIPAllocationMethod": "Static", "ipAddress": "20.1.1.1" });
    vec![
        resource("Microsoft.Network/azureFirewalls", "fw", properties),
        with(
            resource(ADDRESS, "front", address),
            "sku",
            json!({ "name": "Standard" }),
        ),
    ]
}

/// A public address of the SKU.
pub(crate) fn public_address(name: &str, sku: &str) -> Json {
    let address = resource(
        ADDRESS,
        name,
        json!({ "publicIPAllocationMethod": "Static" }),
    );
    with(address, "sku", json!({ "name": sku }))
}

/// A security group with rules, each `[priority, access, direction, source, destination, port]`.
pub(crate) fn group(name: &str, rules: &[Json]) -> Json {
    let rules: Vec<Json> = rules.iter().map(rule).collect();
    resource(GROUP, name, json!({ "securityRules": rules }))
}

fn rule(rule: &Json) -> Json {
    json!({ "name": format!("rule{}", rule[0]), "properties": {
        "priority": rule[0], "access": rule[1], "direction": rule[2], "protocol": "*",
        "sourceAddressPrefix": rule[3], "sourcePortRange": "*",
        "destinationAddressPrefix": rule[4], "destinationPortRange": rule[5],
    } })
}

/// A storage account.
pub(crate) fn storage(name: &str, properties: Json) -> Json {
    let account = resource(STORAGE, name, properties);
    with(
        with(account, "kind", json!("StorageV2")),
        "sku",
        json!({ "name": "Standard_LRS" }),
    )
}

/// A machine `vm` with a public address, behind `group` on its subnet.
pub(crate) fn behind(group: Json) -> Json {
    let mut all = vec![
        network(
            "net",
            &[(
                "a",
                json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } }),
            )],
        ),
        public_address("ip", "Standard"),
    ];
    all.extend(machine(
        "vm",
        "a",
        json!({ "publicIPAddress": { "id": id(ADDRESS, "ip") } }),
        json!({}),
    ));
    if !group.is_null() {
        all.push(group);
    }
    json!(all)
}
