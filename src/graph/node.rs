//! Places of the model.

use crate::resource::ResourceIndex;
use crate::value::Text;

/// Where a caller can stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Foothold {
    /// Anywhere with a public address.
    Internet,
    /// On the networks behind the estate's gateways.
    OnPremises,
    /// In or at a resource: a subnet, a machine, an identity.
    At(ResourceIndex),
    /// Holding a key of a resource.
    KeyOf(ResourceIndex),
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// Where a caller starts.
    Source(Foothold),
    /// A resource as a whole: a public address, a gateway, a machine, a private endpoint, a subnet.
    Resource(ResourceIndex),
    /// A part of a resource that has ways of its own: a load balancer's frontend, an interface of a
    /// scale set. The text tells the parts apart.
    Part(ResourceIndex, Text),
    /// A door of a resource, by its place in [`super::Model::doors`].
    Door(usize),
    /// An identity that code runs as.
    Identity(ResourceIndex),
    /// Something outside the inputs, by its identifier.
    External(Text),
}

impl Node {
    /// The resource that the place belongs to; a door's is known to the model.
    pub fn resource(&self) -> Option<ResourceIndex> {
        match self {
            Self::Resource(index) | Self::Part(index, _) | Self::Identity(index) => Some(*index),
            Self::Source(_) | Self::Door(_) | Self::External(_) => None,
        }
    }
}
