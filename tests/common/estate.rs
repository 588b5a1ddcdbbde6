//! An estate from the text of a template, as tests need it.

use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::graph::{Model, build_model};
use sightline::input::{Document, Inputs, Mode, RawFile};
use sightline::network::Topology;
use sightline::reachability::{Exposure, Question, find_exposures};
use sightline::resource::{Inventory, Places};
use sightline::rule::Output;

/// Everything that a rule's context is made of.
pub(crate) struct Estate {
    pub(crate) inventory: Inventory,
    pub(crate) topology: Topology,
    pub(crate) model: Model,
    pub(crate) exposures: Vec<Exposure>,
    pub(crate) documents: Vec<Document>,
    pub(crate) outputs: Vec<Output>,
}

impl Estate {
    /// The estate of one template, read in `mode`.
    pub(crate) fn of(template: &str, mode: Mode) -> Self {
        let mut inputs = Inputs::read(vec![RawFile::new("template.json", template.as_bytes())]);
        for document in &mut inputs.documents {
            document.mode.mode = mode;
        }
        let evaluation = evaluate_inputs(
            &inputs,
            &Environment::default(),
            &TypedParameters::default(),
        );
        let outputs = evaluation.outputs.iter().map(|output| Output {
            file: output.file,
            span: output.span,
            name: output.name.clone(),
            secure: output.secure,
            value: output.value.clone(),
        });
        let inventory = Inventory::build(&inputs, &evaluation);
        let places = Places::default();
        let topology = Topology::read(&inventory);
        let model = build_model(&inventory, &topology, &places);
        let exposures = find_exposures(&model, &Question::internet());
        Self {
            inventory,
            topology,
            model,
            exposures,
            outputs: outputs.collect(),
            documents: inputs.documents,
        }
    }
}
