//! From the inventory to the model.

use super::way::service;
use super::{Foothold, Model, Node};
use crate::resource::{Inventory, Places};

/// The model of all resources in `inventory`.
/// Ways are added in the order of resources, so that the same inventory gives the same model.
pub fn build_model(inventory: &Inventory, places: &Places) -> Model {
    let mut model = Model::new();
    model.add_node(Node::Source(Foothold::Internet));
    model.add_node(Node::Source(Foothold::OnPremises));
    service::add_doors(&mut model, inventory, places);
    model
}
