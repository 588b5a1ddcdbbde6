//! The finished review: read-only data that every later stage sees.
//!
//! In: the files and what the reviewer chose. Out: an [`Analysis`]. Reports, pictures and screens
//! read it and nothing behind it.

mod assumption;
mod cut;
mod egress;
mod location;
mod omission;
mod options;
mod origin;
mod parameter;
mod place;
mod placement;
mod protection;
mod reviewed;
mod step;
mod summary;

pub use assumption::{Assumption, Flip, Standing};
pub use cut::{TargetCut, cut_together};
pub use egress::{egress_next_hop, egress_source, summarise_egress};
pub use location::{Location, Locator};
pub use omission::Omission;
pub use options::Options;
pub use parameter::ValueOrigin;
pub use place::{Landmark, outside_name};
pub use placement::{End, Placement, Reference, Relation};
pub use protection::SinglePoint;
pub use reviewed::Reviewed;
pub use step::describe_step;
pub use summary::{describe_ports, headline, summarise};

use crate::arm::{self, Evaluation};
use crate::diagnostic::Diagnostic;
use crate::evidence::Doubt;
use crate::graph::{
    Foothold, FootholdError, Model, Node, add_private_ways, add_ways_out, build_model,
    list_footholds, parse_foothold,
};
use crate::input::{Document, Inputs, RawFile, Rejected, Role};
use crate::network::{ResourceEgress, Topology};
use crate::reachability::{
    Exposure, Question, Reach, Verdict, find_exposures, find_guesses, search, search_further,
};
use crate::resource::kind::Asset;
use crate::resource::{AuthenticationMode, Inventory, Places, Resource, ResourceIndex};
use crate::reviewer::Reviewer;
use crate::rule::{self, Context, Finding, Output, Tally};
use crate::source::{FileId, Sources, Span};
use crate::value::{Value, value_at};
use cut::find_cuts;
use egress::find_egress;
use origin::Origins;
use reviewed::{Found, choose, put_to_use};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A review.
#[derive(Debug)]
pub struct Analysis {
    /// The texts.
    pub sources: Sources,
    /// What is in them.
    pub documents: Vec<Document>,
    /// The files that could not be used.
    pub rejected: Vec<Rejected>,
    /// The declared parameters and outputs; its resources are those of the inventory.
    pub evaluation: Evaluation,
    /// Every resource once.
    pub inventory: Inventory,
    /// Numbers for senders without an address.
    pub places: Places,
    /// Where resources stand in the networks, for pictures and panels.
    pub placement: Placement,
    /// The estate as places and ways.
    pub model: Model,
    /// Where the caller stands, or why the reviewer's words for it name no place.
    pub from: Result<Foothold, FootholdError>,
    /// How every door stands to the chosen foothold, worst first.
    pub exposures: Vec<Exposure>,
    /// What gets out to the internet, of every resource that runs something or calls others.
    pub egress: BTreeMap<ResourceIndex, ResourceEgress>,
    /// What is wrong, worst first.
    pub findings: Vec<Finding>,
    /// How every rule fared, for what a finding does not tell.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// The fewest changes that close what is worth protecting and open, in the order of exposures.
    pub cuts: Vec<TargetCut>,
    /// What became of the reviewer's waivers and intent.
    pub reviewed: Reviewed,
    /// The choices of the review, those of the reviewer's files included.
    pub options: Options,
    /// What the networks are.
    pub topology: Topology,
    /// What is to say about the inputs and our coverage.
    pub diagnostics: Vec<Diagnostic>,
    locator: Locator,
}

/// The most notes about what no input tells of the rights in the estate.
const NOTES_LIMIT: usize = 20;

/// What is open about the rights in the estate, with the command that tells.
fn note(doubt: &Arc<Doubt>) -> Diagnostic {
    let message = match &doubt.command {
        Some(command) => format!("{}; `{command}` tells {}", doubt.why, doubt.settle),
        None => doubt.why.clone(),
    };
    Diagnostic::note(doubt.code, message, doubt.span)
}

/// The review of `files`.
///
/// Pure: the same files and options give the same analysis. Cost is about linear in the bytes.
pub fn analyse(files: Vec<RawFile>, options: &Options) -> Analysis {
    let inputs = if options.as_named {
        Inputs::read_as_named(files)
    } else {
        Inputs::read(files)
    };
    analyse_inputs(inputs, options)
}

/// The review of `inputs`, for a caller that wants to look at them before.
pub fn analyse_inputs(inputs: Inputs, options: &Options) -> Analysis {
    let (mut inputs, chosen, reviewer) = prepare(inputs, options);
    let options = &chosen;
    let mut evaluation = arm::evaluate_inputs(&inputs, &options.environment, &options.parameters);
    let mut diagnostics = std::mem::take(&mut inputs.diagnostics);
    diagnostics.append(&mut evaluation.diagnostics);
    let inventory = Inventory::build(&inputs, &evaluation);
    evaluation.resources = Vec::new();
    let mut topology = Topology::read(&inventory);
    assumption::settle(&mut topology, options);
    let places = Places::default();
    let (model, from, reach) = model_of((&inventory, &topology, &places), options);
    let foothold = from.as_ref().map_or(Foothold::Internet, Clone::clone);
    let question = Question::from_foothold(foothold.clone());
    diagnostics.extend(find_guesses(&model).iter().take(NOTES_LIMIT).map(note));
    let mut exposures = find_exposures(&model, &question);
    exposures.sort_by_key(|exposure| (rank(&inventory, &model, exposure), exposure.door));
    let placement = Placement::read(&inventory);
    let asked = (&question, &reach);
    let cuts = find_cuts(&inventory, &model, asked, &exposures, &inputs.documents);
    let mut egress = find_egress(&inventory, &topology);
    if let Some(origins) = Origins::of(&inputs.documents, &evaluation, &topology.service_tags) {
        origins.cite(&mut exposures);
        origins.cite_egress(egress.values_mut());
    }
    let locator = Locator::new(&inputs.documents, &inventory);
    let outputs = outputs(&evaluation);
    let context = Context::new(&inventory, &topology, &model, &exposures, &options.settings)
        .with_inputs(&inputs.documents, &outputs)
        .with_reach(&question, &reach);
    let mut ruled = rule::review(&context);
    let found = Found::of(&context, &places, &foothold);
    let outcome = put_to_use(
        &found,
        reviewer,
        options,
        &mut ruled.findings,
        &mut diagnostics,
    );
    Analysis {
        sources: inputs.sources,
        documents: inputs.documents,
        rejected: inputs.rejected,
        evaluation,
        inventory,
        places,
        placement,
        model,
        from,
        exposures,
        egress,
        findings: ruled.findings,
        tallies: ruled.tallies,
        reviewed: outcome,
        cuts,
        options: chosen,
        topology,
        diagnostics,
        locator,
    }
}

/// The inputs, and the choices that count: the reviewer's files' and over them `options`.
fn prepare(mut inputs: Inputs, options: &Options) -> (Inputs, Options, Reviewer) {
    if let Some(mode) = options.mode {
        inputs.override_mode(mode);
    }
    let mut rejected = Vec::new();
    let (chosen, reviewer) = choose(&inputs, options, &mut rejected);
    inputs.rejected.append(&mut rejected);
    (inputs, chosen, reviewer)
}

/// The estate as places and ways with what the reviewer does not grant in doubt, and where the
/// caller stands; with what arrives where for a caller who breaks in.
fn model_of(
    estate: (&Inventory, &Topology, &Places),
    options: &Options,
) -> (Model, Result<Foothold, FootholdError>, Reach) {
    let mut model = build_model(estate.0, estate.1, estate.2);
    assumption::add_ways(&mut model, estate, options);
    let from = match &options.from {
        None => Ok(Foothold::Internet),
        Some(text) => parse_foothold(text, estate.0, &model),
    };
    let foothold = from.as_ref().map_or(Foothold::Internet, Clone::clone);
    let question = Question::from_foothold(foothold);
    let mut reach = open_footholds(&mut model, estate, &question);
    if assumption::doubt_ways(&mut model, estate, options) {
        reach = search(&model, &question.breaking_in());
    }
    (model, from, reach)
}

/// How often in a row somebody breaks into a machine and goes on from there.
const BREAK_IN_ROUNDS: usize = 4;

/// Adds the ways within networks that the caller of `question` has, and those from every machine
/// that is reached and may be broken into, until no further one is. Returns what then arrives
/// where, for a caller who breaks in.
fn open_footholds(
    model: &mut Model,
    estate: (&Inventory, &Topology, &Places),
    question: &Question,
) -> Reach {
    add_private_ways(model, estate, std::slice::from_ref(&question.from));
    add_ways_out(model, estate, &question.from);
    let broken_into = question.breaking_in();
    let mut known: BTreeSet<ResourceIndex> = BTreeSet::new();
    let mut reach = search(model, &broken_into);
    for _ in 0..BREAK_IN_ROUNDS {
        let doors = (0..model.doors.len()).filter_map(|at| model.find(&Node::Door(at)));
        let reached: Vec<Foothold> = doors
            .filter(|node| reach.gets_to(*node))
            .filter_map(|node| model.resource_of(node))
            .filter(|index| estate.1.has_interfaces(*index) && known.insert(*index))
            .map(Foothold::At)
            .collect();
        if reached.is_empty() {
            break;
        }
        let before = model.edge_count();
        add_private_ways(model, estate, &reached);
        search_further(model, &broken_into, &mut reach, before);
    }
    reach
}

/// The declared outputs as rules see them.
fn outputs(evaluation: &Evaluation) -> Vec<Output> {
    let outputs = evaluation.outputs.iter();
    outputs
        .map(|output| Output {
            file: output.file,
            span: output.span,
            name: output.name.clone(),
            secure: output.secure,
            value: output.value.clone(),
        })
        .collect()
}

/// The order in which exposures are told: the widest open first, the surely closed last; among
/// equals what needs no proof, then what is worth the most.
fn rank(inventory: &Inventory, model: &Model, exposure: &Exposure) -> (Verdict, u8, bool, Asset) {
    let width = exposure.open_to.map_or(3, |open_to| open_to as u8);
    let resource = inventory.get(exposure.resource);
    let asset = resource
        .and_then(Resource::kind)
        .map_or(Asset::None, |kind| kind.asset);
    let accepted = model
        .doors
        .get(exposure.door)
        .map(|entry| &entry.door.authentication.accepted);
    let anonymous = accepted.is_some_and(|modes| {
        modes
            .iter()
            .any(|(mode, _)| *mode == AuthenticationMode::Anonymous)
    });
    (
        exposure.verdict,
        width,
        !(anonymous && asset != Asset::None),
        asset,
    )
}

impl Analysis {
    /// Whether any of the inputs was a template, so that there is something to review.
    pub fn has_template(&self) -> bool {
        self.documents
            .iter()
            .any(|document| matches!(document.role, Role::Template | Role::Answer))
    }

    /// The name of the first file of the inputs; empty where there is none.
    pub fn first_file(&self) -> &str {
        let first = self.sources.iter().next();
        first.map_or("", |(_, file)| file.name())
    }

    /// Where `span` stands, as people and programs name places.
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        self.locator.locate(&self.sources, &self.documents, span)
    }

    /// The resource whose declaration holds `span`, the innermost one.
    pub fn owner(&self, span: Span) -> Option<ResourceIndex> {
        self.locator.owner(span)
    }

    /// The value as written at `pointer` of `file`.
    pub fn value_at(&self, file: FileId, pointer: &str) -> Option<&Value> {
        let document = self
            .documents
            .iter()
            .find(|document| document.file == file)?;
        value_at(&document.whole, pointer)
    }

    /// The exposures of the resources called `name`: the full name, its last segment, or the
    /// identifier, in any case.
    pub fn exposures_called<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Exposure> {
        self.exposures.iter().filter(move |exposure| {
            self.resource_of(exposure).is_some_and(|resource| {
                resource.name.eq_ignore_ascii_case(name)
                    || resource.short_name().eq_ignore_ascii_case(name)
                    || resource.id.as_str().eq_ignore_ascii_case(name)
            })
        })
    }

    /// The places that the caller of a review can start from, in the words of `--from`; `limit` at
    /// the most.
    pub fn footholds(&self, limit: usize) -> Vec<String> {
        list_footholds(&self.inventory, &self.model, limit)
    }

    /// The resource of an exposure.
    pub fn resource_of(&self, exposure: &Exposure) -> Option<&Resource> {
        self.inventory.get(exposure.resource)
    }

    /// The name of an exposure's door.
    pub fn door_name(&self, exposure: &Exposure) -> &str {
        self.model
            .doors
            .get(exposure.door)
            .map_or("main", |entry| &entry.door.name)
    }
}
