//! The card of a selection.

use super::fact::Fact;
use super::finding::FindingCard;
use super::path::{BlockerCard, PathCard, PathTab, PlaceRef, place_ref};
use super::question::{AuthenticationCard, FlowRow, QuestionCard};
use crate::analysis::{Landmark, Relation, summarise};
use crate::diagram::Icon;
use crate::reachability::{Exposure, Verdict};
use crate::resource::{Resource, ResourceIndex};
use crate::view::scene::exposures_between;
use crate::view::standing::all_paths;
use crate::view::{
    Appearance, AssetRow, Assets, FindingRow, Findings, Ground, Outcome, Phrase, Selection,
    Standing, key_of, phrases,
};
use serde::{Deserialize, Serialize};

/// Everything that the right panel says about a selection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The name of what is selected.
    pub title: String,
    /// Its type, with file and line.
    pub subtitle: String,
    /// Its picture.
    pub icon: Icon,
    /// The box or frame that stands for it in the picture.
    pub id: String,
    /// The verdict, where a door is shown.
    pub standing: Option<Standing>,
    /// What the verdict means.
    pub meaning: String,
    /// The sentence about it.
    pub sentence: Vec<Phrase>,
    /// The key of the exposure that is shown; empty where none is.
    pub exposure: String,
    /// The doors of the resource, worst first.
    pub doors: Vec<AssetRow>,
    /// The ways to the door, worst first.
    pub paths: Vec<PathTab>,
    /// The way that is shown in full.
    pub path: Option<PathCard>,
    /// What keeps it closed.
    pub blockers: Vec<BlockerCard>,
    /// What is open about it.
    pub questions: Vec<QuestionCard>,
    /// What the door takes as proof of who is calling.
    pub authentication: Vec<AuthenticationCard>,
    /// The host names under which the door answers.
    pub hosts: Vec<String>,
    /// What gets through, or may.
    pub flows: Vec<FlowRow>,
    /// The facts about the resource.
    pub facts: Vec<Fact>,
    /// What stands in it, or what the line of the picture is about.
    pub members: Vec<PlaceRef>,
    /// The rows of the assets that a network, a subnet or a line of the picture concerns.
    pub concerned: Vec<AssetRow>,
    /// The findings about it.
    pub findings: Vec<FindingRow>,
    /// The finding that is selected, in full.
    pub finding: Option<FindingCard>,
}

/// The most rows that a card lists of a kind.
const ROWS: usize = 50;

/// The card of `selection` with path `path` in full; `None` for what is not in the review.
pub(in crate::view) fn card_of(
    ground: Ground<'_>,
    (assets, findings): (&Assets, &Findings),
    selection: &Selection,
    path: usize,
) -> Option<Card> {
    match selection {
        Selection::Exposure(key) => {
            let exposure = ground
                .analysis
                .exposures
                .iter()
                .find(|exposure| key_of(ground.analysis, exposure) == *key)?;
            ground.exposure_card((assets, findings), exposure, path)
        }
        Selection::Resource(id) => {
            let row = assets.of_resource(id).next();
            if let Some(row) = row {
                let selection = Selection::Exposure(row.key.clone());
                return card_of(ground, (assets, findings), &selection, path);
            }
            let mut all = ground.analysis.inventory.iter();
            let (index, resource) =
                all.find(|(_, one)| one.id.as_str().eq_ignore_ascii_case(id))?;
            Some(ground.resource_card((assets, findings), index, resource))
        }
        Selection::Edge { from, to } => Some(ground.edge_card(assets, from, to)),
        Selection::Finding(fingerprint) => {
            let row = findings.find(fingerprint)?;
            let about = Selection::Resource(row.resource.clone());
            let card = card_of(ground, (assets, findings), &about, path);
            Some(Card {
                finding: ground.finding_card(fingerprint),
                ..card.unwrap_or_else(|| Card {
                    title: row.title.clone(),
                    subtitle: format!("{} · {}:{}", row.rule, row.file, row.line),
                    ..Card::default()
                })
            })
        }
    }
}

impl Ground<'_> {
    fn exposure_card(
        self,
        (assets, findings): (&Assets, &Findings),
        exposure: &Exposure,
        path: usize,
    ) -> Option<Card> {
        let analysis = self.analysis;
        let resource = analysis.resource_of(exposure)?;
        let door = analysis
            .model
            .doors
            .get(exposure.door)
            .map(|entry| &entry.door);
        let authentication = door.map(|door| &door.authentication);
        let accepted = authentication.iter().flat_map(|all| &all.accepted);
        let uncertain = authentication.iter().flat_map(|all| &all.uncertain);
        let flows = if exposure.verdict == Verdict::Reachable {
            &exposure.arriving.must
        } else {
            &exposure.arriving.may
        };
        let blockers = exposure.blockers.iter().enumerate();
        Some(Card {
            standing: Some(Standing::of(analysis, exposure)),
            meaning: Outcome::of(exposure.verdict).meaning().to_owned(),
            sentence: phrases(&summarise(analysis, exposure)),
            exposure: key_of(analysis, exposure),
            paths: all_paths(exposure)
                .map(|path| self.path_tab(path))
                .collect(),
            path: all_paths(exposure)
                .nth(path)
                .map(|one| self.path_card(one, path)),
            blockers: blockers
                .map(|(at, one)| self.blocker_card(one, at + 1))
                .collect(),
            questions: exposure
                .questions
                .iter()
                .map(|one| self.question_card(one))
                .collect(),
            authentication: accepted
                .map(|(mode, evidence)| self.accepted_card(*mode, evidence))
                .chain(uncertain.map(|(mode, doubt)| self.uncertain_card(*mode, doubt)))
                .collect(),
            hosts: door.map_or_else(Vec::new, |door| door.hosts.clone()),
            flows: FlowRow::of(flows),
            ..self.resource_card((assets, findings), exposure.resource, resource)
        })
    }

    fn resource_card(
        self,
        (assets, findings): (&Assets, &Findings),
        index: ResourceIndex,
        resource: &Resource,
    ) -> Card {
        let id = resource.id.as_str();
        let members = self.members(index);
        let concerned = members
            .iter()
            .flat_map(|member| assets.of_resource(&member.id));
        let sentence = if resource.kind().is_none() {
            "This type is not analysed; it is listed and drawn, and nothing more."
        } else {
            ""
        };
        Card {
            title: resource.name.to_string(),
            subtitle: self.subtitle(resource),
            icon: Appearance::of(resource).icon,
            id: id.to_owned(),
            sentence: phrases(sentence),
            doors: assets.of_resource(id).take(ROWS).cloned().collect(),
            facts: self.facts(index, resource),
            concerned: concerned.take(ROWS).cloned().collect(),
            findings: findings.of_resource(id).take(ROWS).cloned().collect(),
            members,
            ..Card::default()
        }
    }

    /// What has an address in the subnet or network at `index`, machines in place of interfaces.
    fn members(self, index: ResourceIndex) -> Vec<PlaceRef> {
        let placement = &self.analysis.placement;
        let inventory = &self.analysis.inventory;
        let children = inventory.get(index).map_or(&[][..], |one| &one.children);
        let mut found: Vec<ResourceIndex> = Vec::new();
        for subnet in std::iter::once(&index).chain(children) {
            for holder in placement.naming(*subnet, Relation::Subnet) {
                let machine = placement.naming(holder, Relation::NetworkInterface).next();
                let member = machine.unwrap_or(holder);
                if !found.contains(&member) {
                    found.push(member);
                }
            }
        }
        let members = found.into_iter().take(ROWS);
        members
            .map(|member| place_ref(self.analysis, Some(Landmark::Resource(member))))
            .collect()
    }

    /// The doors whose ways run between the boxes `from` and `to`.
    fn edge_card(self, assets: &Assets, from: &str, to: &str) -> Card {
        let analysis = self.analysis;
        let ends = [from, to].map(|id| self.end(id));
        let [start, end] = &ends;
        let between = exposures_between(analysis, &from.into(), &to.into());
        let rows = between
            .into_iter()
            .filter_map(|exposure| assets.find(&key_of(analysis, exposure)));
        Card {
            title: format!("{} → {}", start.name, end.name),
            subtitle: "line of the picture".to_owned(),
            concerned: rows.take(ROWS).cloned().collect(),
            members: ends.to_vec(),
            ..Card::default()
        }
    }

    /// The box or frame called `id` in the picture.
    fn end(self, id: &str) -> PlaceRef {
        let landmark = match id {
            "internet" => Landmark::Internet,
            "on-premises" => Landmark::OnPremises,
            _ => {
                let mut all = self.analysis.inventory.iter();
                let found = all.find(|(_, one)| one.id.as_str().eq_ignore_ascii_case(id));
                found.map_or(Landmark::Outside(id), |(index, _)| {
                    Landmark::Resource(index)
                })
            }
        };
        place_ref(self.analysis, Some(landmark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Evidence;
    use crate::view::Proof;
    use crate::view::test_estate::{EXAMPLES, Estate};

    fn cards(estate: &Estate) -> Vec<(&Exposure, Card)> {
        let findings = Findings::default();
        let assets = Assets::new(&estate.analysis, &findings);
        let exposures = estate.analysis.exposures.iter();
        exposures
            .map(|exposure| {
                let selection = Selection::Exposure(key_of(&estate.analysis, exposure));
                let card = card_of(estate.ground(), (&assets, &findings), &selection, 0);
                (exposure, card.unwrap())
            })
            .collect()
    }

    /// Whether the excerpt shows the property that decides, read straight from the text.
    fn check_proof(estate: &Estate, evidence: &Evidence, proof: &Proof) {
        let file = estate.analysis.sources.get(evidence.span.file).unwrap();
        let written = file.slice(evidence.span).lines().next().unwrap();
        let passage = &proof.passage;
        let lines = &passage.excerpt.lines;
        let line = lines.iter().find(|line| line.number == passage.line);
        let line = line.unwrap_or_else(|| panic!("{}: the line is not shown", proof.says));
        let marked = line.marked.as_deref().unwrap();
        assert!(
            format!("{marked}{}", line.after).contains(written),
            "{written} in {line:?}"
        );
        let name = passage
            .pointer
            .rsplit('/')
            .next()
            .unwrap()
            .replace("~1", "/");
        if name.parse::<usize>().is_err() {
            let shown: Vec<&str> = lines
                .iter()
                .filter_map(|line| line.marked.as_deref())
                .collect();
            assert!(
                shown.concat().contains(&format!("\"{name}\"")),
                "{name} in {shown:?}"
            );
        }
        assert!(lines.len() <= 10);
    }

    #[test]
    fn every_hop_and_blocker_shows_the_line_that_decides() {
        let mut hops = 0;
        for name in EXAMPLES {
            let estate = Estate::example(name);
            for (exposure, card) in cards(&estate) {
                let count = exposure.paths.len() + exposure.inner_paths.len();
                assert_eq!(card.paths.len(), count);
                assert_eq!(card.blockers.len(), exposure.blockers.len());
                assert_eq!(card.questions.len(), exposure.questions.len());
                let path = all_paths(exposure).next().map(|path| path.hops.as_slice());
                let shown = card.path.as_ref().map(|path| path.hops.as_slice());
                for (hop, card) in path
                    .unwrap_or_default()
                    .iter()
                    .zip(shown.unwrap_or_default())
                {
                    assert_eq!(card.to.id, estate.analysis.place_id(hop.to));
                    assert!(!card.sentence.is_empty());
                    assert!(card.packet.is_empty() || !hop.kind.is_identity());
                    let mut all: Vec<&Evidence> = Vec::new();
                    for one in &hop.evidence {
                        if !all.contains(&one) {
                            all.push(one);
                        }
                    }
                    assert_eq!(all.len(), card.proofs.len());
                    for (evidence, proof) in all.into_iter().zip(&card.proofs) {
                        check_proof(&estate, evidence, proof);
                        hops += 1;
                    }
                }
                for (blocker, card) in exposure.blockers.iter().zip(&card.blockers) {
                    assert!(card.protects >= 1 && !card.owner.name.is_empty());
                    let deciding = blocker.evidence.first().unwrap();
                    check_proof(&estate, deciding, card.proofs.first().unwrap());
                }
            }
        }
        assert!(hops > 20, "only {hops} hops");
    }

    #[test]
    fn an_open_question_says_what_each_answer_means() {
        let estate = Estate::example("open-parameters");
        let mut asked = 0;
        for (_, card) in cards(&estate) {
            for question in card.questions {
                assert!(!question.settle.is_empty() && question.passage.is_some());
                asked += question.outcomes.len();
            }
        }
        assert!(asked >= 2);
    }

    #[test]
    fn resources_networks_and_lines_have_cards() {
        let estate = Estate::example("private-hub-and-spoke");
        let findings = Findings::default();
        let assets = Assets::new(&estate.analysis, &findings);
        let card =
            |selection: &Selection| card_of(estate.ground(), (&assets, &findings), selection, 0);
        let id = |name: &str| {
            let mut all = estate.analysis.inventory.resources().iter();
            all.find(|one| one.short_name() == name)
                .unwrap()
                .id
                .to_string()
        };
        let subnet = card(&Selection::Resource(id("snet-endpoints"))).unwrap();
        assert_eq!(subnet.members.len(), 5);
        assert!(subnet.standing.is_none() && subnet.facts.len() > 3);
        let network = card(&Selection::Resource(id("vnet-spoke"))).unwrap();
        let names: Vec<&str> = network
            .members
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        assert!(
            names.contains(&"vm-app") && !names.contains(&"nic-app"),
            "{names:?}"
        );
        // A resource with a door shows the door.
        let vault = card(&Selection::Resource(id("kv-assist"))).unwrap();
        assert!(vault.standing.is_some() && !vault.authentication.is_empty());
        let (from, to) = (id("pe-vault"), id("kv-assist"));
        let line = card(&Selection::Edge { from, to }).unwrap();
        assert_eq!(line.title, "pe-vault → kv-assist");
        assert_eq!(card(&Selection::Resource("/nowhere".to_owned())), None);
    }

    #[test]
    fn a_line_knows_the_doors_whose_ways_run_along_it() {
        let estate = Estate::example("exposed-workspace");
        let findings = Findings::default();
        let assets = Assets::new(&estate.analysis, &findings);
        for row in assets
            .rows()
            .iter()
            .filter(|row| row.paths == 1 && row.door.is_none())
        {
            let (from, to) = ("internet".to_owned(), row.resource.clone());
            let selection = Selection::Edge { from, to };
            let card = card_of(estate.ground(), (&assets, &findings), &selection, 0).unwrap();
            assert!(
                card.concerned.iter().any(|one| one.key == row.key),
                "{}",
                row.name
            );
        }
    }
}
