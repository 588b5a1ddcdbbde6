//! What gets out to the internet from each resource that runs code or calls others.
//!
//! A machine leaves by its interfaces, what stands in a subnet by the subnet, and what a service
//! runs by the service's own network, which some settings of the service close.

use super::exfiltration::{WideRule, of_firewall, of_group};
use super::{
    Egress, EgressSource, EgressVerdict, EgressWay, Fact, Interface, InterfaceConfiguration,
    ManagedNetwork, OutboundTarget, SubnetPurpose, Topology,
};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use std::sync::Arc;

/// What gets out from one resource.
#[derive(Clone, Debug)]
pub struct ResourceEgress {
    /// The resource.
    pub index: ResourceIndex,
    /// How much.
    pub verdict: EgressVerdict,
    /// The ways over the customer's networks, by interface and then as they are tried for a
    /// destination; none where the service's own network carries it.
    pub ways: Vec<EgressWay>,
    /// What decides besides the routes, the deciding line first: rules of security groups, settings
    /// of the service.
    pub evidence: Vec<Evidence>,
    /// Rules that let out to other tenants' instances of a service that takes data.
    pub wide_rules: Vec<WideRule>,
    /// Everything that is open.
    pub doubts: Vec<Arc<Doubt>>,
}

const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";

impl Topology {
    /// What gets out to the internet from the resource at `index`; `None` where it runs nothing and
    /// calls nobody, or nothing is known of what it does.
    pub fn egress_of(&self, inventory: &Inventory, index: ResourceIndex) -> Option<ResourceEgress> {
        let resource = inventory.get(index)?;
        let asked = Asked {
            topology: self,
            inventory,
            index,
            resource,
        };
        match &*resource.resource_type.as_str().to_ascii_lowercase() {
            "microsoft.network/virtualnetworks/subnets" => {
                // What leaves a gateway or a firewall is not what stands in its subnet.
                let purpose = self.subnets.get(&index).map(|subnet| subnet.purpose);
                asked
                    .of_subnet(index)
                    .filter(|_| purpose == Some(SubnetPurpose::Ordinary))
            }
            "microsoft.compute/virtualmachines" | "microsoft.compute/virtualmachinescalesets" => {
                asked.of_machine()
            }
            "microsoft.machinelearningservices/workspaces" => Some(asked.of_workspace(resource)),
            "microsoft.machinelearningservices/workspaces/computes" => Some(asked.of_compute()),
            "microsoft.machinelearningservices/workspaces/onlineendpoints" => {
                Some(asked.of_online_endpoint())
            }
            "microsoft.web/sites" | "microsoft.web/sites/slots" => Some(asked.of_web_site()),
            "microsoft.app/containerapps" | "microsoft.app/jobs" => Some(asked.of_container_app()),
            "microsoft.app/managedenvironments" => Some(asked.of_environment(resource)),
            "microsoft.containerservice/managedclusters" => Some(asked.of_cluster()),
            "microsoft.containerinstance/containergroups" => Some(asked.of_container_group()),
            "microsoft.cognitiveservices/accounts" => {
                Some(asked.of_restricted("restrictOutboundNetworkAccess", "allowedFqdnList"))
            }
            "microsoft.sql/servers" => Some(asked.of_sql_server()),
            "microsoft.synapse/workspaces" => Some(asked.of_synapse()),
            _ => None,
        }
    }
}

/// The resource in question.
pub(super) struct Asked<'a> {
    pub(super) topology: &'a Topology,
    pub(super) inventory: &'a Inventory,
    pub(super) index: ResourceIndex,
    pub(super) resource: &'a Resource,
}

impl<'a> Asked<'a> {
    pub(super) fn said(&self, verdict: EgressVerdict, evidence: Evidence) -> ResourceEgress {
        ResourceEgress {
            index: self.index,
            verdict,
            ways: Vec::new(),
            evidence: vec![evidence],
            wide_rules: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// Everything gets out, since nothing of the customer's is in the way.
    pub(super) fn free(&self, span: crate::source::Span, says: &'static str) -> ResourceEgress {
        self.said(EgressVerdict::Open, Evidence::default(span, says))
    }

    pub(super) fn open(&self, evidence: Evidence, doubt: Doubt) -> ResourceEgress {
        ResourceEgress {
            doubts: vec![Arc::new(doubt)],
            ..self.said(EgressVerdict::Unknown, evidence)
        }
    }

    fn over(&self, egress: Egress) -> ResourceEgress {
        let firewalls = egress.ways.iter().filter_map(|way| match way.source {
            EgressSource::Firewall(index) => self.topology.firewalls.get(&index),
            _ => None,
        });
        ResourceEgress {
            index: self.index,
            verdict: egress.verdict,
            wide_rules: firewalls.flat_map(of_firewall).collect(),
            ways: egress.ways,
            evidence: egress.rules,
            doubts: egress.doubts,
        }
    }

    fn of_subnet(&self, subnet: ResourceIndex) -> Option<ResourceEgress> {
        let topology = self.topology;
        let egress = topology.egress_of_subnet(subnet)?;
        let subnet = topology.subnets.get(&subnet);
        let group = topology.group_at(subnet.and_then(|one| one.network_security_group.as_ref()));
        let mut over = self.over(egress);
        add_wide(&mut over, of_group(&group, subnet));
        Some(over)
    }

    fn of_machine(&self) -> Option<ResourceEgress> {
        let topology = self.topology;
        let attached = topology.machines.iter();
        let interfaces = attached
            .filter(|(_, machine)| **machine == self.index)
            .map(|(interface, _)| interface)
            .chain([&self.index])
            .filter_map(|owner| topology.interfaces.get(owner))
            .flatten();
        let all = interfaces.flat_map(|interface| {
            let configurations = interface.configurations.iter();
            configurations.map(|configuration| self.of_interface(interface, configuration))
        });
        any(all)
    }

    fn of_interface(
        &self,
        interface: &Interface,
        configuration: &InterfaceConfiguration,
    ) -> ResourceEgress {
        let topology = self.topology;
        let mut over = self.over(topology.egress_of_interface(interface, configuration));
        let subnet = topology.subnet(configuration.subnet.as_ref());
        let own = topology.group_at(interface.network_security_group.as_ref());
        let around = topology.subnet_group_at(configuration.subnet.as_ref());
        // What both let out has to be let out by each.
        let wide = match (of_group(&own, subnet), of_group(&around, subnet)) {
            (own, around) if around.is_empty() => own,
            (own, around) if own.is_empty() => around,
            (mut own, around) => {
                own.extend(around);
                own
            }
        };
        add_wide(&mut over, wide);
        over
    }

    /// By the subnet whose identifier stands at `place`.
    pub(super) fn by_subnet(&self, place: Reader<'_>) -> ResourceEgress {
        let id = place.symbol();
        let found = id
            .stated()
            .and_then(|id| self.inventory.find_text(id, self.resource.file));
        found
            .and_then(|index| self.of_subnet(index))
            .unwrap_or_else(|| self.outside(place))
    }

    pub(super) fn outside(&self, place: Reader<'_>) -> ResourceEgress {
        let name = &self.resource.name;
        let doubt = Doubt::outside(
            "egress-outside",
            format!("{}|egress", self.resource.id),
            format!("what `{name}` may call is decided outside the inputs"),
            format!("the template of the network that `{name}` calls through"),
            place.span(),
        );
        let says = "it calls through something outside the inputs";
        self.open(Evidence::stated(place.span(), says), doubt)
    }

    fn of_compute(&self) -> ResourceEgress {
        let subnet = self.resource.properties().path("properties.subnet.id");
        if subnet.value().is_some() {
            return self.by_subnet(subnet);
        }
        self.by_workspace("it stands in no network, so that it may call anywhere")
    }

    fn of_online_endpoint(&self) -> ResourceEgress {
        let resource = self.resource;
        let deployments = resource.children.iter();
        let settings: Vec<Setting<_>> = deployments
            .filter_map(|child| self.inventory.get(*child))
            .filter(|child| is_child(child, "deployments"))
            .map(|child| child.properties().at("egressPublicNetworkAccess").text())
            .collect();
        let is_closed = |setting: &Setting<_>| setting.is("Disabled") == Some(true);
        if let Some(first) = settings.first().filter(|_| settings.iter().all(is_closed)) {
            let says = "egressPublicNetworkAccess is Disabled";
            return self.said(EgressVerdict::Closed, Evidence::stated(first.span(), says));
        }
        self.by_workspace("its containers may call anywhere")
    }

    /// By the managed network of the workspace above it; where there is none, `free` says what that
    /// means.
    fn by_workspace(&self, free: &'static str) -> ResourceEgress {
        match self.governing_workspace() {
            Some((index, workspace)) => self
                .of_managed_network(index)
                .unwrap_or_else(|| self.free(workspace.span, free)),
            None => self.outside(self.resource.reader()),
        }
    }

    /// The workspace above the resource; of a project its hub, whose network it shares.
    fn governing_workspace(&self) -> Option<(ResourceIndex, &'a Resource)> {
        let mut id = self.resource.id.parent()?;
        let (index, workspace) = loop {
            let found = self.inventory.find(&id, self.resource.file);
            let found = found.and_then(|index| Some((index, self.inventory.get(index)?)));
            match found.filter(|(_, one)| one.resource_type.is(WORKSPACE)) {
                Some(found) => break found,
                None => id = id.parent()?,
            }
        };
        self.hub_of(index, workspace)
    }

    fn hub_of(
        &self,
        index: ResourceIndex,
        workspace: &'a Resource,
    ) -> Option<(ResourceIndex, &'a Resource)> {
        if workspace.reader().at("kind").text().is("Project") != Some(true) {
            return Some((index, workspace));
        }
        let hub = workspace.properties().at("hubResourceId").symbol();
        let index = self.inventory.find_text(hub.stated()?, workspace.file)?;
        Some((index, self.inventory.get(index)?))
    }

    /// By the managed network of the workspace at `workspace`, where it has one.
    fn of_managed_network(&self, workspace: ResourceIndex) -> Option<ResourceEgress> {
        let network = ManagedNetwork::read(self.inventory, workspace)?;
        let verdict = network.egress()?;
        let mut said = self.said(verdict, network.evidence.clone());
        if let Fact::Open(doubt) = &network.isolation {
            said.doubts.push(Arc::clone(doubt));
        }
        if verdict != EgressVerdict::Open {
            for rule in &network.rules {
                said.evidence.extend(rule.evidence.iter().cloned());
                if let OutboundTarget::Unknown(doubt) = &rule.target {
                    let workspace = self.inventory.get(workspace).unwrap_or(self.resource);
                    let doubt = Doubt::clone(doubt).with_command(workspace.show_command());
                    said.doubts.push(Arc::new(doubt));
                }
            }
            said.wide_rules = network.wide_rules();
        }
        Some(said)
    }

    fn of_workspace(&self, workspace: &'a Resource) -> ResourceEgress {
        let Some((index, governing)) = self.hub_of(self.index, workspace) else {
            return self.outside(workspace.properties().at("hubResourceId"));
        };
        if let Some(managed) = self.of_managed_network(index) {
            return managed;
        }
        let computes = workspace.children.iter().copied();
        let is_compute = |index: &ResourceIndex| {
            let found = self.inventory.get(*index);
            found.is_some_and(|one| is_child(one, "computes"))
        };
        let computes = computes.filter(is_compute);
        let all = any(computes.filter_map(|index| self.topology.egress_of(self.inventory, index)));
        match all {
            Some(all) => ResourceEgress {
                index: self.index,
                ..all
            },
            None => self.free(
                governing.span,
                "it has no managed network, so that what it runs may call anywhere",
            ),
        }
    }
}

/// Whether `child`, which is deployed, is one of the `segment` of its parent.
fn is_child(child: &Resource, segment: &str) -> bool {
    let own = child.resource_type.last_segment();
    own.eq_ignore_ascii_case(segment) && !child.is_not_deployed()
}

fn add_wide(egress: &mut ResourceEgress, rules: Vec<WideRule>) {
    if egress.verdict != EgressVerdict::Closed {
        egress.wide_rules.extend(rules);
    }
}

/// What gets out where any of several ways will do: as much as the widest lets out. `None` where
/// there is none.
pub(super) fn any(all: impl Iterator<Item = ResourceEgress>) -> Option<ResourceEgress> {
    let width = |verdict: EgressVerdict| match verdict {
        EgressVerdict::Open => 3,
        EgressVerdict::Unknown => 2,
        EgressVerdict::Filtered => 1,
        EgressVerdict::Closed => 0,
    };
    all.reduce(|one, other| {
        // What decides comes first.
        let (mut first, second) = if width(other.verdict) > width(one.verdict) {
            (other, one)
        } else {
            (one, other)
        };
        first.ways.extend(second.ways);
        first.evidence.extend(second.evidence);
        first.wide_rules.extend(second.wide_rules);
        first.doubts.extend(second.doubts);
        first
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find};
    use super::*;

    /// What gets out of the resource of the type and name in an estate of `resources`.
    fn egress(resources: &str, kind: &str, name: &str) -> ResourceEgress {
        let (inventory, topology) = estate(&format!("[{resources}]"));
        let index = find(&inventory, kind, name);
        topology.egress_of(&inventory, index).unwrap()
    }

    const WORKSPACES: &str = "Microsoft.MachineLearningServices/workspaces";

    fn workspace(network: &str, more: &str) -> String {
        format!(
            r#"{{"type": "Microsoft.MachineLearningServices/workspaces", "name": "ml",
                "properties": {{{network}}}}},
            {{"type": "Microsoft.MachineLearningServices/workspaces/computes", "name": "ml/ci",
                "properties": {{"computeType": "ComputeInstance", "properties": {{}}}}}} {more}"#
        )
    }

    #[test]
    fn a_managed_network_decides_for_its_workspace_and_computes() {
        let approved = workspace(
            r#""managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound", "outboundRules": {
                "all-storage": {"type": "FQDN", "destination": "*.blob.core.windows.net"},
                "own": {"type": "FQDN", "destination": "packages.contoso.com"},
                "tag": {"type": "ServiceTag", "destination":
                    {"serviceTag": "Storage.WestEurope", "protocol": "TCP", "portRanges": "443"}}}}"#,
            "",
        );
        for (kind, name) in [("workspaces", "ml"), ("workspaces/computes", "ml/ci")] {
            let kind = kind.replace("workspaces", WORKSPACES);
            let found = egress(&approved, &kind, name);
            assert_eq!(found.verdict, EgressVerdict::Filtered);
            let wide: Vec<&str> = found.wide_rules.iter().map(|one| &*one.name).collect();
            assert_eq!(wide, ["all-storage", "tag"]);
        }
        let open = workspace(
            r#""managedNetwork": {"isolationMode": "AllowInternetOutbound"}"#,
            "",
        );
        assert_eq!(egress(&open, WORKSPACES, "ml").verdict, EgressVerdict::Open);
        let none = workspace("", "");
        assert_eq!(egress(&none, WORKSPACES, "ml").verdict, EgressVerdict::Open);
    }

    #[test]
    fn a_project_shares_the_network_of_its_hub() {
        let hub = workspace(
            r#""managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}"#,
            r#", {"type": "Microsoft.MachineLearningServices/workspaces", "name": "p",
                "kind": "Project", "properties": {"hubResourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/ml"}}"#,
        );
        let found = egress(&hub, WORKSPACES, "p");
        assert_eq!(found.verdict, EgressVerdict::Filtered);
    }

    #[test]
    fn a_tag_that_holds_every_account_is_wide_unless_a_policy_limits_it() {
        let net = |more: &str| {
            format!(
                r#"{{"type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {{
                "addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}}, "subnets": [
                {{"name": "a", "properties": {{"addressPrefix": "10.0.1.0/24",
                    "defaultOutboundAccess": true,
                    "networkSecurityGroup": {{"id": "@networkSecurityGroups:g"}} {more}}}}}]}}}},
                {{"type": "Microsoft.Network/networkSecurityGroups", "name": "g", "properties": {{
                "securityRules": [{}, {}]}}}}"#,
                rule("storage", 100, "Allow", "Storage.WestEurope"),
                rule("rest", 200, "Deny", "Internet"),
            )
        };
        let kind = "Microsoft.Network/virtualNetworks/subnets";
        let wide = egress(&net(""), kind, "net/a");
        assert_eq!(wide.verdict, EgressVerdict::Filtered);
        assert_eq!(&*wide.wide_rules[0].name, "storage");
        assert_eq!(&*wide.wide_rules[0].destination, "Storage.WestEurope");
        let limited = net(r#", "serviceEndpoints": [{"service": "Microsoft.Storage"}],
                "serviceEndpointPolicies": [{"id": "@serviceEndpointPolicies:p"}]"#);
        assert!(egress(&limited, kind, "net/a").wide_rules.is_empty());
        // Without a service endpoint the policy has nothing to say.
        let idle = net(r#", "serviceEndpointPolicies": [{"id": "@serviceEndpointPolicies:p"}]"#);
        assert!(!egress(&idle, kind, "net/a").wide_rules.is_empty());
    }

    fn rule(name: &str, priority: u32, access: &str, to: &str) -> String {
        format!(
            r#"{{"name": "{name}", "properties": {{"priority": {priority}, "direction": "Outbound",
                "access": "{access}", "protocol": "*", "sourceAddressPrefix": "*",
                "sourcePortRange": "*", "destinationPortRange": "*",
                "destinationAddressPrefix": "{to}"}}}}"#
        )
    }

    #[test]
    fn an_account_held_to_names_calls_only_those() {
        let account = |more: &str| {
            format!(
                r#"{{"type": "Microsoft.CognitiveServices/accounts", "name": "ai",
                    "properties": {{{more}}}}}"#
            )
        };
        let verdict = |more: &str| {
            egress(&account(more), "Microsoft.CognitiveServices/accounts", "ai").verdict
        };
        assert_eq!(verdict(""), EgressVerdict::Open);
        let switch = r#""restrictOutboundNetworkAccess": true"#;
        assert_eq!(verdict(switch), EgressVerdict::Closed);
        let names = format!(r#"{switch}, "allowedFqdnList": ["contoso.com"]"#);
        assert_eq!(verdict(&names), EgressVerdict::Filtered);
    }
}
