//! What a review takes for granted, and what would be otherwise without it.
//!
//! No input shows these things. Most are granted unless a reviewer doubts them, since without them
//! next to nothing could be said; then the ways that rest on one may be there or not. One is
//! granted only where a reviewer says so, since it calls closed what the inputs leave open.

mod way;

use super::egress::find_egress;
use super::{Analysis, Options, model_of};
use crate::evidence::Doubt;
use crate::graph::Model;
use crate::network::{EgressVerdict, Topology};
use crate::reachability::{Question, Verdict, judge, search};
use crate::resource::{Inventory, Places, ResourceIndex};
use std::sync::Arc;

use way::doubt;

/// Something that no input shows and that a review takes for granted, or may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// Health probes of balancers succeed.
    HealthProbes,
    /// No network manager's security admin rules stand before the security groups.
    AdministratorRules,
    /// Nobody on the internet gets in by a peered network that is not in the inputs.
    PeersOutside,
    /// Appliances on a route whose rules no input shows let nothing pass.
    AppliancesOutside,
    /// What is known from experience only holds.
    Experience,
}

impl Assumption {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::HealthProbes,
        Self::AdministratorRules,
        Self::PeersOutside,
        Self::AppliancesOutside,
        Self::Experience,
    ];

    /// Its stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::HealthProbes => "health-probes",
            Self::AdministratorRules => "administrator-rules",
            Self::PeersOutside => "peers-outside",
            Self::AppliancesOutside => "appliances-outside",
            Self::Experience => "experience",
        }
    }

    /// What is taken for granted, as a clause.
    pub fn says(self) -> &'static str {
        match self {
            Self::HealthProbes => {
                "health probes succeed, so that balancers and gateways pass on what they receive"
            }
            Self::AdministratorRules => {
                "no security admin rule of a network manager refuses what reaches a network \
                 interface, or admits it past the security groups"
            }
            Self::PeersOutside => {
                "no peered network outside the inputs, and no firewall in one, lets the internet in"
            }
            Self::AppliancesOutside => {
                "firewalls and appliances on a route whose rules no input shows let nothing pass"
            }
            Self::Experience => "what is known from experience and documented nowhere holds",
        }
    }

    /// Whether it is granted where the reviewer says nothing of it.
    pub fn is_usual(self) -> bool {
        self != Self::AppliancesOutside
    }

    /// Whether there are more ways without it, rather than ways in doubt.
    fn adds_ways(self) -> bool {
        self == Self::PeersOutside
    }

    /// The assumption called `id`.
    pub fn named(id: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|one| one.id().eq_ignore_ascii_case(id))
    }

    fn doubt(self) -> Doubt {
        let outcomes = vec![
            ("it holds".to_owned(), true),
            ("it does not".to_owned(), false),
        ];
        self.doubt_of("", outcomes)
    }

    /// The doubt whether it holds, of which what `about` names hangs on it the other way round.
    fn doubt_that_it_fails(self, about: &str) -> Doubt {
        let outcomes = vec![
            ("it holds".to_owned(), false),
            ("it does not".to_owned(), true),
        ];
        self.doubt_of(about, outcomes)
    }

    fn doubt_of(self, about: &str, outcomes: Vec<(String, bool)>) -> Doubt {
        Doubt::outside(
            "assumption",
            format!("assumption|{}{about}", self.id()),
            format!("it is not granted that {}", self.says()),
            format!("whether {}", self.says()),
            None,
        )
        .with_outcomes(outcomes)
    }
}

impl Options {
    /// Whether the reviewer grants `assumption`.
    pub fn grants(&self, assumption: Assumption) -> bool {
        assumption.is_usual() != self.switched.contains(&assumption)
    }

    /// The assumptions that are usually granted and are not here.
    pub(super) fn doubted(&self) -> impl Iterator<Item = Assumption> {
        let all = Assumption::ALL.into_iter();
        all.filter(|one| one.is_usual() && !self.grants(*one))
    }

    /// The choices with `assumption` granted where it is not, and not where it is.
    fn with_switched(&self, assumption: Assumption) -> Self {
        let mut other = self.clone();
        if !other.switched.remove(&assumption) {
            other.switched.insert(assumption);
        }
        other
    }
}

/// The codes of the doubts about what appliances let pass.
const APPLIANCE_DOUBTS: [&str; 6] = [
    "appliance",
    "appliance-outside",
    "appliance-rules",
    "egress-through-device",
    "firewall-policy-outside",
    "next-hop-outside",
];

/// Lays down in `topology` what is granted only where the reviewer says so.
pub(super) fn settle(topology: &mut Topology, options: &Options) {
    if options.grants(Assumption::AppliancesOutside) {
        topology.refuse_unseen_appliances();
    }
}

/// Adds to `model` the ways that are there without what the reviewer does not grant. What stands
/// behind them may be broken into, so they come before the ways from there.
pub(super) fn add_ways(
    model: &mut Model,
    estate: (&Inventory, &Topology, &Places),
    options: &Options,
) {
    for assumption in options.doubted().filter(|one| one.adds_ways()) {
        doubt(model, estate, assumption);
    }
}

/// Makes the ways of `model` doubtful that rest on what the reviewer does not grant; whether there
/// are any.
pub(super) fn doubt_ways(
    model: &mut Model,
    estate: (&Inventory, &Topology, &Places),
    options: &Options,
) -> bool {
    let casting = options.doubted().filter(|one| !one.adds_ways());
    let found: Vec<bool> = casting.map(|one| doubt(model, estate, one)).collect();
    found.contains(&true)
}

/// An assumption with what becomes of the review without it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The assumption.
    pub assumption: Assumption,
    /// Whether the reviewer grants it.
    pub granted: bool,
    /// The doors that would stand otherwise: of those granted without it, of others with it.
    pub flips: Vec<Flip>,
    /// What would get out otherwise, for what is granted only where the reviewer says so.
    pub egress: Vec<(ResourceIndex, EgressVerdict)>,
}

/// A door that hangs on an assumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// Its place in the exposures.
    pub at: usize,
    /// How it would stand; where that is open, undetermined.
    pub verdict: Verdict,
}

impl Analysis {
    /// Everything that the review takes for granted or could, with what would be otherwise. About
    /// one search for each that is granted, and one model for each that was switched.
    pub fn assumptions(&self) -> Vec<Standing> {
        let all = Assumption::ALL.into_iter();
        all.map(|assumption| self.standing(assumption)).collect()
    }

    fn standing(&self, assumption: Assumption) -> Standing {
        let granted = self.options.grants(assumption);
        let mut standing = Standing {
            assumption,
            granted,
            flips: Vec::new(),
            egress: Vec::new(),
        };
        let Ok(foothold) = self.from.clone() else {
            return standing;
        };
        let question = Question::from_foothold(foothold);
        if granted && assumption.is_usual() {
            let mut model = self.model.clone();
            let estate = (&self.inventory, &self.topology, &self.places);
            if doubt(&mut model, estate, assumption) {
                standing.flips = self.flips(&model, &question);
            }
        } else if granted || assumption.is_usual() || self.leads_to_appliances() {
            let other = self.options.with_switched(assumption);
            let mut topology = Topology::read(&self.inventory);
            settle(&mut topology, &other);
            let (model, ..) = model_of((&self.inventory, &topology, &self.places), &other);
            standing.flips = self.flips(&model, &question);
            if !assumption.is_usual() {
                standing.egress = self.egress_flips(&topology);
            }
        }
        standing
    }

    /// The doors that stand otherwise in `model`.
    fn flips(&self, model: &Model, question: &Question) -> Vec<Flip> {
        let reach = search(model, question);
        let exposures = self.exposures.iter().enumerate();
        exposures
            .filter_map(|(at, one)| {
                // Places have other numbers in another model.
                let node = model.find(self.model.node(one.node)?)?;
                let verdict = judge(&reach.at(node), false);
                (verdict != judge(&one.arriving, false)).then_some(Flip { at, verdict })
            })
            .collect()
    }

    /// What gets out otherwise in the networks that `topology` tells.
    fn egress_flips(&self, topology: &Topology) -> Vec<(ResourceIndex, EgressVerdict)> {
        let other = find_egress(&self.inventory, topology).into_iter();
        other
            .map(|(index, egress)| (index, egress.verdict))
            .filter(|(index, verdict)| {
                let own = self.egress.get(index);
                own.is_some_and(|own| own.verdict != *verdict)
            })
            .collect()
    }

    /// Whether anything hangs on what no input shows of appliances.
    fn leads_to_appliances(&self) -> bool {
        let is_one = |doubt: &Arc<Doubt>| APPLIANCE_DOUBTS.contains(&doubt.code);
        let on_ways = self.model.edges().any(|(.., edge)| {
            let entries = edge.all_filters().flat_map(|filter| filter.entries());
            edge.doubt.iter().any(is_one) || entries.flat_map(|one| &one.doubts).any(is_one)
        });
        on_ways
            || self
                .egress
                .values()
                .any(|egress| egress.doubts.iter().any(is_one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::input::RawFile;
    use std::collections::BTreeSet;

    const EXAMPLE: &str = include_str!("../../../public/examples/storage-selected-networks.json");

    /// A spoke whose hub, with the firewall that its routes lead to, is not in the inputs: two
    /// machines, one of which a security group closes.
    const SPOKE: &str = r#"{
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [
        {"type": "Microsoft.Network/routeTables", "apiVersion": "2024-05-01", "name": "routes", "properties": {"routes": [
            {"name": "all", "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.4"}},
            {"name": "b", "properties": {"addressPrefix": "10.1.2.0/24", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.4"}}]}},
        {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01", "name": "closed", "properties": {"securityRules": [
            {"name": "none", "properties": {"priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "*"}}]}},
        {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "spoke", "properties": {
            "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]},
            "subnets": [
                {"name": "a", "properties": {"addressPrefix": "10.1.1.0/24", "routeTable": {"id": "[resourceId('Microsoft.Network/routeTables', 'routes')]"}}},
                {"name": "b", "properties": {"addressPrefix": "10.1.2.0/24"}}],
            "virtualNetworkPeerings": [{"name": "hub", "properties": {
                "remoteVirtualNetwork": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub"},
                "peeringState": "Connected", "allowVirtualNetworkAccess": true, "allowForwardedTraffic": true,
                "remoteAddressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}]}},
        {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "front", "sku": {"name": "Standard"}, "properties": {"publicIPAllocationMethod": "Static"}},
        {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01", "name": "nic-a", "properties": {"ipConfigurations": [{"name": "c", "properties": {"privateIPAddress": "10.1.1.4", "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'spoke', 'a')]"}}}]}},
        {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01", "name": "nic-b", "properties": {
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'closed')]"},
            "ipConfigurations": [{"name": "c", "properties": {"privateIPAddress": "10.1.2.4", "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'front')]"}, "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'spoke', 'b')]"}}}]}},
        {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01", "name": "nic-c", "properties": {"ipConfigurations": [{"name": "c", "properties": {"privateIPAddress": "10.1.2.5", "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'spoke', 'b')]"}}}]}},
        {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm-a", "properties": {"osProfile": {"linuxConfiguration": {}}, "networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'nic-a')]"}]}}},
        {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm-b", "properties": {"osProfile": {"linuxConfiguration": {}}, "networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'nic-b')]"}]}}},
        {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm-c", "properties": {"osProfile": {"linuxConfiguration": {}}, "networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'nic-c')]"}]}}}
        ]}"#;

    fn review(text: &str, from: Option<&str>, switched: &[Assumption]) -> Analysis {
        let options = Options {
            switched: switched.iter().copied().collect(),
            from: from.map(str::to_owned),
            ..Options::default()
        };
        analyse(vec![RawFile::new("a.json", text.as_bytes())], &options)
    }

    fn key(analysis: &Analysis, at: usize) -> (String, String) {
        let one = &analysis.exposures[at];
        let name = &analysis.resource_of(one).unwrap().name;
        (name.to_string(), analysis.door_name(one).to_owned())
    }

    /// How every door stands, by its key.
    fn verdicts(analysis: &Analysis) -> BTreeSet<((String, String), Verdict)> {
        let all = 0..analysis.exposures.len();
        let verdict = |at: usize| match analysis.exposures[at].verdict {
            Verdict::Conditional => Verdict::Undetermined,
            other => other,
        };
        all.map(|at| (key(analysis, at), verdict(at))).collect()
    }

    fn standing(analysis: &Analysis, assumption: Assumption) -> Standing {
        let mut all = analysis.assumptions().into_iter();
        all.find(|one| one.assumption == assumption).unwrap()
    }

    #[test]
    fn what_would_flip_is_what_flips_when_it_is_switched() {
        let estates = [
            (EXAMPLE, None),
            (SPOKE, None),
            (SPOKE, Some("vm-a")),
            (SPOKE, Some("vm-c")),
        ];
        let mut flipped = BTreeSet::new();
        for (text, from) in estates {
            let usual = review(text, from, &[]);
            let before = verdicts(&usual);
            for assumption in Assumption::ALL {
                let switched = review(text, from, &[assumption]);
                let after = verdicts(&switched);
                let there = standing(&usual, assumption);
                let back = standing(&switched, assumption);
                assert_eq!(there.granted, assumption.is_usual());
                assert_ne!(back.granted, assumption.is_usual());
                let told = |analysis: &Analysis, flips: &[Flip]| -> BTreeSet<_> {
                    let flips = flips.iter();
                    flips
                        .map(|one| (key(analysis, one.at), one.verdict))
                        .collect()
                };
                let wanted: BTreeSet<_> = after.difference(&before).cloned().collect();
                assert_eq!(
                    told(&usual, &there.flips),
                    wanted,
                    "{assumption:?} {from:?}"
                );
                let wanted: BTreeSet<_> = before.difference(&after).cloned().collect();
                assert_eq!(
                    told(&switched, &back.flips),
                    wanted,
                    "{assumption:?} {from:?}"
                );
                let egress = usual
                    .egress
                    .iter()
                    .filter(|(index, one)| switched.egress[*index].verdict != one.verdict);
                assert_eq!(
                    there.egress.len(),
                    egress.count(),
                    "{assumption:?} {from:?}"
                );
                if !there.flips.is_empty() {
                    flipped.insert(assumption);
                }
            }
        }
        for assumption in [
            Assumption::AdministratorRules,
            Assumption::PeersOutside,
            Assumption::AppliancesOutside,
        ] {
            assert!(
                flipped.contains(&assumption),
                "nothing hung on {assumption:?}"
            );
        }
    }

    fn verdict(analysis: &Analysis, name: &str) -> Verdict {
        let mut all = analysis.exposures_called(name);
        all.next().unwrap().verdict
    }

    #[test]
    fn an_administrator_may_admit_what_a_group_refuses() {
        let usual = review(SPOKE, None, &[]);
        assert_eq!(verdict(&usual, "vm-b"), Verdict::Blocked);
        let doubted = review(SPOKE, None, &[Assumption::AdministratorRules]);
        assert_eq!(verdict(&doubted, "vm-b"), Verdict::Undetermined);
        assert_eq!(verdict(&doubted, "vm-a"), Verdict::Blocked);
    }

    #[test]
    fn a_peer_outside_may_let_the_internet_in() {
        let usual = review(SPOKE, None, &[]);
        assert_eq!(verdict(&usual, "vm-a"), Verdict::Blocked);
        let doubted = review(SPOKE, None, &[Assumption::PeersOutside]);
        assert_eq!(verdict(&doubted, "vm-a"), Verdict::Undetermined);
        assert_eq!(verdict(&doubted, "vm-b"), Verdict::Blocked);
    }

    #[test]
    fn an_appliance_outside_is_open_until_it_is_taken_to_refuse() {
        let usual = review(SPOKE, Some("vm-a"), &[]);
        assert_eq!(verdict(&usual, "vm-c"), Verdict::Undetermined);
        let refused = review(SPOKE, Some("vm-a"), &[Assumption::AppliancesOutside]);
        assert_eq!(verdict(&refused, "vm-c"), Verdict::Blocked);
        let blockers = refused
            .exposures_called("vm-c")
            .flat_map(|one| &one.blockers);
        let mut says = blockers.flat_map(|one| &one.evidence).map(|one| &*one.says);
        assert!(says.any(|one| one.contains("taken to let nothing pass")));
        let egress = |analysis: &Analysis| {
            let machine = analysis.exposures_called("vm-a").next().unwrap().resource;
            analysis.egress[&machine].verdict
        };
        assert_eq!(egress(&usual), EgressVerdict::Unknown);
        assert_eq!(egress(&refused), EgressVerdict::Closed);
    }

    #[test]
    fn ids_name_assumptions() {
        for one in Assumption::ALL {
            assert_eq!(Assumption::named(one.id()), Some(one));
        }
        assert_eq!(Assumption::named("nothing"), None);
    }
}
