//! Paths hop by hop, and what blocks them.

use crate::analysis::{Analysis, Landmark, Omission, describe_step, outside_name};
use crate::diagram::Icon;
use crate::flow::FlowSet;
use crate::reachability::{Blocker, Hop, Path};
use crate::view::{Appearance, Ground, Phrase, Proof, Switch, phrases};
use serde::{Deserialize, Serialize};

/// An end of a hop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceRef {
    /// What the report calls it: the identifier of its resource, or the word for a foothold.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What people call its type; empty for what is no resource.
    pub kind: String,
    /// Its picture.
    pub icon: Icon,
}

/// One step of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HopCard {
    /// Its number on the path, from 1.
    pub number: usize,
    /// Where it starts.
    pub from: PlaceRef,
    /// Where it ends.
    pub to: PlaceRef,
    /// What kind of step it is, in the word of the report.
    pub step: String,
    /// Why it can be taken.
    pub sentence: Vec<Phrase>,
    /// What proves it.
    pub proofs: Vec<Proof>,
    /// The witness packet as it sets out: `tcp 22 from 203.0.113.10`; empty where none travels.
    pub packet: String,
    /// Whether it is taken only after something was broken into.
    pub after_compromise: bool,
    /// What asks again without it.
    pub leave_out: Option<Switch>,
}

/// A path in full.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PathCard {
    /// Its place among the paths, from 0.
    pub index: usize,
    /// The steps.
    pub hops: Vec<HopCard>,
    /// A packet that takes it: `tcp 22 from 203.0.113.10`.
    pub witness: String,
    /// Whether something on the way is broken into first.
    pub assumes_compromise: bool,
    /// What it hangs on; none where it surely holds.
    pub hangs_on: Vec<String>,
}

/// A path at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PathTab {
    /// The places on it: `Internet → pip-jump → vm-jump`.
    pub title: String,
    /// How many steps it has.
    pub hops: usize,
    /// Whether something on the way is broken into first.
    pub assumes_compromise: bool,
    /// Whether some packet surely takes it.
    pub sure: bool,
}

/// A control that refuses what would otherwise come through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BlockerCard {
    /// Its number, from 1.
    pub number: usize,
    /// Whose setting it is.
    pub owner: PlaceRef,
    /// The way on which it stands.
    pub from: PlaceRef,
    /// Where that way leads.
    pub to: PlaceRef,
    /// What it says.
    pub sentence: Vec<Phrase>,
    /// What proves it, the deciding line first.
    pub proofs: Vec<Proof>,
    /// How many doors of the estate it keeps closed, this one included.
    pub protects: usize,
    /// Whether nothing else does: without it alone the door is reached.
    pub alone: bool,
    /// What asks again without it; `None` where no control but a missing way blocks.
    pub leave_out: Option<Switch>,
}

/// The end that `landmark` is.
pub(in crate::view) fn place_ref(analysis: &Analysis, landmark: Option<Landmark<'_>>) -> PlaceRef {
    match landmark {
        Some(Landmark::Resource(index)) => match analysis.inventory.get(index) {
            Some(resource) => {
                let appearance = Appearance::of(resource);
                PlaceRef {
                    id: resource.id.to_string(),
                    name: resource.short_name().to_owned(),
                    kind: appearance.kind,
                    icon: appearance.icon,
                }
            }
            None => PlaceRef::default(),
        },
        Some(Landmark::Internet) => PlaceRef {
            id: "internet".to_owned(),
            name: "Internet".to_owned(),
            icon: Icon::Internet,
            ..PlaceRef::default()
        },
        Some(Landmark::OnPremises) => PlaceRef {
            id: "on-premises".to_owned(),
            name: "On-premises".to_owned(),
            icon: Icon::OnPremises,
            ..PlaceRef::default()
        },
        Some(Landmark::Outside(id)) => PlaceRef {
            id: id.to_owned(),
            name: outside_name(id),
            kind: "outside the inputs".to_owned(),
            ..PlaceRef::default()
        },
        None => PlaceRef::default(),
    }
}

/// A packet in words; empty for none.
fn packet_words(packets: &FlowSet) -> String {
    let Some((sender, protocol, port)) = packets.witness() else {
        return String::new();
    };
    let protocol_word = protocol.as_str().to_ascii_lowercase();
    if protocol.has_ports() {
        format!("{protocol_word} {port} from {sender}")
    } else {
        format!("{protocol_word} from {sender}")
    }
}

impl Ground<'_> {
    /// The path at `index` in full.
    pub(super) fn path_card(self, path: &Path, index: usize) -> PathCard {
        let hops = path.hops.iter().enumerate();
        PathCard {
            index,
            hops: hops.map(|(at, hop)| self.hop_card(hop, at + 1)).collect(),
            witness: packet_words(&path.admitted),
            assumes_compromise: path.assumes_compromise,
            hangs_on: path.doubts.iter().map(|doubt| doubt.why.clone()).collect(),
        }
    }

    fn hop_card(self, hop: &Hop, number: usize) -> HopCard {
        let analysis = self.analysis;
        HopCard {
            number,
            from: place_ref(analysis, analysis.landmark(hop.from)),
            to: place_ref(analysis, analysis.landmark(hop.to)),
            step: hop.kind.as_str().to_owned(),
            sentence: phrases(&describe_step(analysis, hop)),
            proofs: self.proofs(&hop.evidence),
            packet: if hop.kind.is_identity() {
                String::new()
            } else {
                packet_words(&hop.packet)
            },
            after_compromise: hop.after_compromise,
            leave_out: Some(self.without_step(hop)),
        }
    }

    /// Leaving out the step `hop`.
    fn without_step(self, hop: &Hop) -> Switch {
        let from = self.analysis.place_name(hop.from);
        let to = self.analysis.place_name(hop.to);
        let label = format!("the step from `{from}` to `{to}` left out");
        Switch::leaving_out(label, Omission::step(&from, &to))
    }

    /// Leaving out the control `blocker`.
    fn without_control(self, blocker: &Blocker) -> Option<Switch> {
        let omission = self.analysis.control_of(blocker)?;
        let says = blocker.evidence.first()?.says.replace('`', "");
        Some(Switch::leaving_out(format!("`{says}` ignored"), omission))
    }

    /// The path at a glance.
    pub(in crate::view) fn path_tab(self, path: &Path) -> PathTab {
        let analysis = self.analysis;
        let mut names: Vec<String> = Vec::new();
        let first = path.hops.first().map(|hop| hop.from);
        for node in first.into_iter().chain(path.hops.iter().map(|hop| hop.to)) {
            let name = analysis.place_name(node);
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
        PathTab {
            title: names.join(" → "),
            hops: path.hops.len(),
            assumes_compromise: path.assumes_compromise,
            sure: path.is_sure(),
        }
    }

    /// The control `blocker`.
    pub(super) fn blocker_card(self, blocker: &Blocker, number: usize) -> BlockerCard {
        let analysis = self.analysis;
        let owner = analysis
            .owner_of_blocker(blocker)
            .and_then(|resource| analysis.inventory.find(&resource.id, resource.file));
        let ends = analysis.model.ends(blocker.edge);
        let says = blocker.evidence.first().map_or("", |one| &*one.says);
        let rely = analysis.exposures.iter().filter(|exposure| {
            let mut others = exposure.blockers.iter();
            others.any(|other| other.evidence.first() == blocker.evidence.first())
        });
        BlockerCard {
            number,
            owner: place_ref(analysis, owner.map(Landmark::Resource)),
            from: place_ref(analysis, ends.and_then(|(from, _)| analysis.landmark(from))),
            to: place_ref(analysis, ends.and_then(|(_, to)| analysis.landmark(to))),
            sentence: phrases(says),
            proofs: self.proofs(&blocker.evidence),
            protects: rely.count(),
            alone: blocker.alone,
            leave_out: self.without_control(blocker),
        }
    }
}
