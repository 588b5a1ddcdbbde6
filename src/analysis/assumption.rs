//! What a review takes for granted, and what would be open without it.
//!
//! No input shows these things, and without them next to nothing could be said. A reviewer who
//! does not grant one doubts it: then the ways that rest on it may be there or not.

use super::Analysis;
use crate::evidence::{Basis, Doubt};
use crate::graph::{Edge, EdgeKind, Model, NodeId};
use crate::reachability::{Question, Verdict, search};
use crate::resource::{Inventory, Resource};
use std::sync::Arc;

/// Something that is taken for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// Health probes of balancers succeed.
    HealthProbes,
    /// No network manager's security admin rules stand before the security groups.
    AdministratorRules,
    /// What is known from experience only holds.
    Experience,
}

impl Assumption {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [
        Self::HealthProbes,
        Self::AdministratorRules,
        Self::Experience,
    ];

    /// Its stable name for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::HealthProbes => "health-probes",
            Self::AdministratorRules => "administrator-rules",
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
                "no security admin rule of a network manager refuses what reaches a network interface"
            }
            Self::Experience => "what is known from experience and documented nowhere holds",
        }
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
        Doubt::outside(
            "assumption",
            format!("assumption|{}", self.id()),
            format!("it is not granted that {}", self.says()),
            format!("whether {}", self.says()),
            None,
        )
        .with_outcomes(outcomes)
    }

    /// Whether the way `edge` rests on it.
    fn carries(self, estate: (&Inventory, &Model), ends: (NodeId, NodeId), edge: &Edge) -> bool {
        let resource = |node| -> Option<&Resource> { estate.0.get(estate.1.resource_of(node)?) };
        match self {
            Self::HealthProbes => {
                matches!(edge.kind, EdgeKind::Proxy | EdgeKind::Translate)
                    && resource(ends.0).is_some_and(|one| is_one_of(one, &BALANCERS))
            }
            Self::AdministratorRules => {
                !edge.kind.is_identity()
                    && estate.1.resource_of(ends.0) != estate.1.resource_of(ends.1)
                    && resource(ends.1).is_some_and(|one| is_one_of(one, &[INTERFACE]))
            }
            Self::Experience => edge.evidence.iter().any(|one| one.basis == Basis::Assumed),
        }
    }
}

const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
/// What asks its backends for their health.
const BALANCERS: [&str; 6] = [
    "Microsoft.Network/loadBalancers",
    "Microsoft.Network/applicationGateways",
    "Microsoft.Network/frontDoors",
    "Microsoft.Network/trafficManagerProfiles",
    "Microsoft.Cdn/profiles",
    "Microsoft.Cdn/profiles/afdEndpoints",
];

fn is_one_of(resource: &Resource, types: &[&str]) -> bool {
    types.iter().any(|one| resource.resource_type.is(one))
}

/// An assumption with what becomes of the review without it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The assumption.
    pub assumption: Assumption,
    /// Whether the reviewer grants it.
    pub granted: bool,
    /// The places in the exposures of those that are surely reached and would not be without it;
    /// none where it is not granted, since they are not reached then.
    pub flips: Vec<usize>,
}

/// Makes the ways of `model` that rest on `assumption` doubtful; whether there are any.
pub(super) fn doubt(model: &mut Model, inventory: &Inventory, assumption: Assumption) -> bool {
    let ways: Vec<_> = model
        .edges()
        .filter(|(_, from, to, edge)| assumption.carries((inventory, model), (*from, *to), edge))
        .map(|(id, ..)| id)
        .collect();
    let cast = Arc::new(assumption.doubt());
    for id in &ways {
        model.doubt_edge(*id, &cast);
    }
    !ways.is_empty()
}

impl Analysis {
    /// Everything that the review takes for granted, with what would be open without it. About one
    /// search for each.
    pub fn assumptions(&self) -> Vec<Standing> {
        let all = Assumption::ALL.into_iter();
        all.map(|assumption| {
            let granted = !self.options.doubted.contains(&assumption);
            Standing {
                assumption,
                granted,
                flips: if granted {
                    self.flips(assumption)
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
    }

    fn flips(&self, assumption: Assumption) -> Vec<usize> {
        let mut model = self.model.clone();
        let Ok(foothold) = self.from.clone() else {
            return Vec::new();
        };
        if !doubt(&mut model, &self.inventory, assumption) {
            return Vec::new();
        }
        let reach = search(&model, &Question::from_foothold(foothold));
        let exposures = self.exposures.iter().enumerate();
        exposures
            .filter(|(_, one)| one.verdict == Verdict::Reachable)
            .filter(|(_, one)| reach.at(one.node).must.is_empty())
            .map(|(at, _)| at)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Options, analyse};
    use crate::input::RawFile;

    fn review(doubted: &[Assumption]) -> Analysis {
        let text = include_bytes!("../../public/examples/storage-selected-networks.json");
        let options = Options {
            doubted: doubted.iter().copied().collect(),
            ..Options::default()
        };
        analyse(vec![RawFile::new("a.json", &text[..])], &options)
    }

    #[test]
    fn what_would_flip_is_what_flips_when_it_is_doubted() {
        let granted = review(&[]);
        for standing in granted.assumptions() {
            assert!(standing.granted);
            let doubted = review(&[standing.assumption]);
            let key = |analysis: &Analysis, at: usize| {
                let one = &analysis.exposures[at];
                (one.resource, analysis.door_name(one).to_owned())
            };
            let mut told: Vec<_> = standing.flips.iter().map(|at| key(&granted, *at)).collect();
            let verdict = |at: usize| {
                let wanted = key(&granted, at);
                let mut all = 0..doubted.exposures.len();
                let found = all.find(|at| key(&doubted, *at) == wanted).unwrap();
                doubted.exposures[found].verdict
            };
            let mut flipped: Vec<_> = (0..granted.exposures.len())
                .filter(|at| granted.exposures[*at].verdict == Verdict::Reachable)
                .filter(|at| verdict(*at) != Verdict::Reachable)
                .map(|at| key(&granted, at))
                .collect();
            told.sort();
            flipped.sort();
            assert_eq!(told, flipped, "{:?}", standing.assumption);
            if standing.assumption == Assumption::AdministratorRules {
                assert!(!told.is_empty(), "the jump host is behind an interface");
            }
            assert!(
                !doubted.assumptions().iter().any(|one| {
                    one.assumption == standing.assumption && (one.granted || !one.flips.is_empty())
                }),
                "{:?}",
                standing.assumption
            );
        }
    }

    #[test]
    fn ids_name_assumptions() {
        for one in Assumption::ALL {
            assert_eq!(Assumption::named(one.id()), Some(one));
        }
        assert_eq!(Assumption::named("nothing"), None);
    }
}
