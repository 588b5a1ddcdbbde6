//! The finished review: read-only data that every later stage sees.
//!
//! In: the files and what the reviewer chose. Out: an [`Analysis`]. Reports, pictures and screens
//! read it and nothing behind it.

mod location;
mod options;
mod place;
mod summary;

pub use location::{Location, Locator};
pub use options::Options;
pub use summary::{describe_ports, headline, summarise};

use crate::arm::{self, Evaluation};
use crate::diagnostic::Diagnostic;
use crate::graph::{Model, build_model};
use crate::input::{Document, Inputs, RawFile, Rejected, Role};
use crate::network::Topology;
use crate::reachability::{Exposure, Question, Verdict, find_exposures};
use crate::resource::{Inventory, Places, Resource, ResourceIndex};
use crate::source::{Sources, Span};

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
    /// The estate as places and ways.
    pub model: Model,
    /// How every door stands to the chosen foothold, worst first.
    pub exposures: Vec<Exposure>,
    /// What is to say about the inputs and our coverage.
    pub diagnostics: Vec<Diagnostic>,
    /// The day of the review, `YYYY-MM-DD`, where the face gave one.
    pub as_of: Option<String>,
    locator: Locator,
}

/// The review of `files`.
///
/// Pure: the same files and options give the same analysis. Cost is about linear in the bytes.
pub fn analyse(files: Vec<RawFile>, options: &Options) -> Analysis {
    let mut inputs = Inputs::read(files);
    if let Some(mode) = options.mode {
        inputs.override_mode(mode);
    }
    let mut evaluation = arm::evaluate_inputs(&inputs, &options.environment, &options.parameters);
    let mut diagnostics = std::mem::take(&mut inputs.diagnostics);
    diagnostics.append(&mut evaluation.diagnostics);
    let inventory = Inventory::build(&inputs, &evaluation);
    evaluation.resources = Vec::new();
    let topology = Topology::read(&inventory);
    let places = Places::default();
    let model = build_model(&inventory, &topology, &places);
    let mut exposures = find_exposures(&model, &Question::internet());
    exposures.sort_by_key(|exposure| (rank(exposure), exposure.door));
    let locator = Locator::new(&inputs.documents, &inventory);
    Analysis {
        sources: inputs.sources,
        documents: inputs.documents,
        rejected: inputs.rejected,
        evaluation,
        inventory,
        places,
        model,
        exposures,
        diagnostics,
        as_of: options.as_of.clone(),
        locator,
    }
}

/// The order in which exposures are told: the widest open first, the surely closed last.
fn rank(exposure: &Exposure) -> (Verdict, u8) {
    let width = exposure.open_to.map_or(3, |open_to| open_to as u8);
    (exposure.verdict, width)
}

impl Analysis {
    /// Whether any of the inputs was a template, so that there is something to review.
    pub fn has_template(&self) -> bool {
        self.documents
            .iter()
            .any(|document| matches!(document.role, Role::Template | Role::Answer))
    }

    /// Where `span` stands, as people and programs name places.
    pub fn locate(&self, span: Span) -> Option<Location<'_>> {
        self.locator.locate(&self.sources, &self.documents, span)
    }

    /// The resource whose declaration holds `span`, the innermost one.
    pub fn owner(&self, span: Span) -> Option<ResourceIndex> {
        self.locator.owner(span)
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
