//! Everything that a rule may look at.

use super::host::Hosts;
use super::name_pattern::NamePattern;
use super::neighbour::Neighbours;
use super::relation::Relations;
use super::rights::Rights;
use super::ruling::Ruling;
use super::settings::Settings;
use crate::evidence::{Doubt, Evidence};
use crate::flow::Bounds;
use crate::graph::{EdgeId, Foothold, Model, NodeId};
use crate::input::Document;
use crate::network::Topology;
use crate::reachability::{
    Exposure, OpenTo, Path, Question, Reach, Trails, Verdict, find_trails, search,
};
use crate::resource::{Inventory, Resource, ResourceIndex};
use crate::source::{FileId, Span};
use crate::value::{Text, Value};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// An output of an outermost template.
#[derive(Clone, Debug)]
pub struct Output {
    /// The file.
    pub file: FileId,
    /// The text of the declaration.
    pub span: Span,
    /// The name as spelled.
    pub name: Text,
    /// Whether its type is a secure one.
    pub secure: bool,
    /// The value.
    pub value: Value,
}

/// The estate under review, as rules see it.
#[derive(Debug)]
pub struct Context<'a> {
    /// Every resource.
    pub inventory: &'a Inventory,
    /// Its networks.
    pub topology: &'a Topology,
    /// The estate as places and ways.
    pub model: &'a Model,
    /// How every door stands to the internet.
    pub exposures: &'a [Exposure],
    /// What the reviewer has laid down.
    pub settings: &'a Settings,
    /// The files as written.
    pub documents: &'a [Document],
    /// The outputs of the outermost templates.
    pub outputs: &'a [Output],
    /// How resources hang together.
    pub relations: Relations,
    /// What stands where.
    pub neighbours: Neighbours,
    /// Who may do what.
    pub rights: Rights,
    /// What answers under which name.
    pub hosts: Hosts,
    exposures_of: BTreeMap<ResourceIndex, Vec<usize>>,
    /// The exposures by the resources that their paths go through, once they are asked for.
    exposures_through: OnceCell<BTreeMap<ResourceIndex, Vec<usize>>>,
    /// The workspaces that name each account as their own, once they are asked for.
    workspaces_of: OnceCell<BTreeMap<ResourceIndex, Vec<ResourceIndex>>>,
    /// What arrives where for who breaks into things on the way, once it is asked for.
    breaking_in: OnceCell<Reach>,
    /// The ways of who does, once they are asked for.
    trails: OnceCell<Trails>,
}

impl<'a> Context<'a> {
    /// The context of a review. `exposures` are those to the internet. O(n log n).
    pub fn new(
        inventory: &'a Inventory,
        topology: &'a Topology,
        model: &'a Model,
        exposures: &'a [Exposure],
        settings: &'a Settings,
    ) -> Self {
        let mut exposures_of: BTreeMap<ResourceIndex, Vec<usize>> = BTreeMap::new();
        for (at, exposure) in exposures.iter().enumerate() {
            if exposure.source == Foothold::Internet {
                exposures_of.entry(exposure.resource).or_default().push(at);
            }
        }
        let relations = Relations::build(inventory);
        Self {
            inventory,
            topology,
            model,
            exposures,
            settings,
            documents: &[],
            outputs: &[],
            neighbours: Neighbours::read(inventory, topology, &relations),
            relations,
            rights: Rights::read(inventory),
            hosts: Hosts::read(model),
            exposures_of,
            exposures_through: OnceCell::new(),
            workspaces_of: OnceCell::new(),
            breaking_in: OnceCell::new(),
            trails: OnceCell::new(),
        }
    }

    /// The same with the files as written and the outputs of their templates.
    #[must_use]
    pub fn with_inputs(mut self, documents: &'a [Document], outputs: &'a [Output]) -> Self {
        self.documents = documents;
        self.outputs = outputs;
        self
    }

    /// The same, with what arrives where for the caller of `question` who also breaks into things,
    /// which spares looking for it where the caller is the one that rules ask about.
    #[must_use]
    pub fn with_reach(mut self, question: &Question, reach: &Reach) -> Self {
        if question.from == Foothold::Internet {
            self.breaking_in = OnceCell::from(reach.clone());
        }
        self
    }

    /// What arrives at `node` from the internet for who also breaks into things on the way.
    pub(super) fn arrives_by_breaking_in(&self, node: NodeId) -> Bounds {
        let reach = self
            .breaking_in
            .get_or_init(|| search(self.model, &breaking_in()));
        reach.at(node)
    }

    /// The best way from the internet to `node` for who also breaks into things, of those whose
    /// steps `fits`.
    pub(super) fn way_by_breaking_in(
        &self,
        node: NodeId,
        fits: impl Fn(&[EdgeId]) -> bool,
    ) -> Option<Path> {
        let question = breaking_in();
        let trails = self
            .trails
            .get_or_init(|| find_trails(self.model, &question));
        trails.find_path(self.model, &question, node, fits)
    }

    /// The exposures of the doors of `resource`, in order; none for one without doors.
    pub fn exposures_of(&self, resource: ResourceIndex) -> Vec<&'a Exposure> {
        let places = self
            .exposures_of
            .get(&resource)
            .map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter_map(|at| self.exposures.get(*at))
            .collect()
    }

    /// The exposures that have a path through `resource`, in order.
    pub fn exposures_through(&self, resource: ResourceIndex) -> impl Iterator<Item = &'a Exposure> {
        let through = self.exposures_through.get_or_init(|| {
            let mut through: BTreeMap<ResourceIndex, Vec<usize>> = BTreeMap::new();
            for (at, exposure) in self.exposures.iter().enumerate() {
                let hops = exposure.paths.iter().flat_map(|path| &path.hops);
                let places = hops.flat_map(|hop| [hop.from, hop.to]);
                for index in places.filter_map(|node| self.model.resource_of(node)) {
                    let known = through.entry(index).or_default();
                    if known.last() != Some(&at) {
                        known.push(at);
                    }
                }
            }
            through
        });
        let places = through.get(&resource).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.exposures.get(*at))
    }

    /// The workspaces that name the storage account `account` as their own, in order, those that
    /// are not deployed as well.
    pub fn workspaces_of(&self, account: ResourceIndex) -> &[ResourceIndex] {
        let workspaces = self.workspaces_of.get_or_init(|| {
            let mut workspaces: BTreeMap<ResourceIndex, Vec<ResourceIndex>> = BTreeMap::new();
            let all = self
                .inventory
                .of_type("Microsoft.MachineLearningServices/workspaces");
            for (index, workspace) in all {
                let named = workspace.properties().at("storageAccount").symbol();
                let named = named.stated();
                let account = named.and_then(|id| self.inventory.find_text(id, workspace.file));
                if let Some(account) = account {
                    workspaces.entry(account).or_default().push(index);
                }
            }
            workspaces
        });
        workspaces.get(&account).map_or(&[], Vec::as_slice)
    }

    /// The exposures of `resource`, or of the nearest resource above it that has doors.
    pub fn exposures_around(
        &self,
        resource: ResourceIndex,
    ) -> Option<(ResourceIndex, Vec<&'a Exposure>)> {
        let mut here = Some(resource);
        while let Some(index) = here {
            let exposures = self.exposures_of(index);
            if !exposures.is_empty() {
                return Some((index, exposures));
            }
            here = self.inventory.get(index)?.parent;
        }
        None
    }

    /// The widest exposure of `resource` that is surely open, with to whom.
    pub fn open_door(&self, resource: ResourceIndex) -> Option<(&'a Exposure, OpenTo)> {
        self.exposures_of(resource)
            .into_iter()
            .filter(|exposure| exposure.verdict == Verdict::Reachable)
            .map(|exposure| (exposure, exposure.open_to.unwrap_or(OpenTo::Anyone)))
            .min_by_key(|(_, open_to)| *open_to)
    }

    /// Whether the reviewer, or a tag `dataClassification`, marks `resource` or one above it as
    /// holding sensitive data.
    pub fn is_sensitive(&self, resource: ResourceIndex) -> bool {
        let mut here = self.inventory.get(resource);
        while let Some(resource) = here {
            if self.is_marked(resource) {
                return true;
            }
            here = resource
                .parent
                .and_then(|parent| self.inventory.get(parent));
        }
        false
    }

    fn is_marked(&self, resource: &Resource) -> bool {
        let settings = self.settings;
        let mut named = settings.sensitive.iter();
        if named.any(|mark| NamePattern::new(mark).matches(resource)) {
            return true;
        }
        let tags = resource.reader().path("tags");
        let says = |name: &str, words: &[String]| {
            let tag = tags.at(name).text();
            tag.stated().is_some_and(|value| {
                words
                    .iter()
                    .any(|word| NamePattern::new(word).matches_text(value))
            })
        };
        says("dataClassification", &settings.sensitive_classifications)
            || settings
                .sensitive_tags
                .iter()
                .any(|(name, words)| says(name, words))
    }

    /// The name of the resource that `ruling` is about.
    pub(super) fn name_of(&self, ruling: &Ruling) -> Option<&str> {
        let resource = self.inventory.get(ruling.resource?)?;
        Some(&resource.name)
    }

    /// The file that `ruling` is about.
    pub(super) fn file_of(&self, ruling: &Ruling) -> FileId {
        let resource = ruling.resource.and_then(|index| self.inventory.get(index));
        resource
            .map(|resource| resource.file)
            .or(ruling.file)
            .unwrap_or(FileId::new(0))
    }

    /// The place to show for a ruling that brings no evidence: that of its first doubt, or the
    /// resource itself.
    pub(super) fn own_place(
        &self,
        ruling: &Ruling,
        sure: bool,
        doubts: &[Doubt],
    ) -> Option<Evidence> {
        let doubt = doubts.first().filter(|_| !sure);
        let resource = ruling.resource.and_then(|index| self.inventory.get(index));
        let span = doubt
            .and_then(|doubt| doubt.span)
            .or(resource.map(|resource| resource.span))?;
        Some(match (doubt, resource) {
            (Some(doubt), _) => Evidence::stated(span, doubt.why.clone()),
            (None, Some(resource)) => {
                Evidence::stated(span, format!("`{}` is declared here", resource.name))
            }
            (None, None) => return None,
        })
    }
}

/// What the internet reaches, breaking into things on the way.
fn breaking_in() -> Question {
    Question::internet().breaking_in()
}
