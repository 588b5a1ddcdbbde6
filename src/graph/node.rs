//! Places of the model.

use crate::resource::ResourceIndex;
use crate::value::Text;

/// Where a caller can stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Foothold {
    /// Anywhere with a public address.
    Internet,
    /// At a public address of Azure's, which any customer can rent.
    AzureTenant,
    /// On the networks behind the estate's gateways.
    OnPremises,
    /// In or at a resource: a subnet, a machine, an identity.
    At(ResourceIndex),
    /// Holding a token of the identity of a resource.
    Identity(ResourceIndex),
    /// Being somebody outside the inputs, by what tells who.
    Principal(Text),
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
    /// Past a door's authentication, by the door's place in [`super::Model::doors`].
    Inside(usize),
    /// What a resource holds.
    Data(ResourceIndex),
    /// A key of a resource.
    Key(ResourceIndex),
    /// The credentials for others that a resource keeps.
    Stored(ResourceIndex),
    /// Running code on a resource.
    Code(ResourceIndex),
    /// An identity that code runs as.
    Identity(ResourceIndex),
    /// A role over everything in a scope: the keys of the scope and of the role.
    Role(Text, Text),
    /// Something outside the inputs, by its identifier.
    External(Text),
}

impl Node {
    /// The resource that the place belongs to; that of a door is known to the model.
    pub fn resource(&self) -> Option<ResourceIndex> {
        match self {
            Self::Resource(index)
            | Self::Part(index, _)
            | Self::Data(index)
            | Self::Key(index)
            | Self::Stored(index)
            | Self::Code(index)
            | Self::Identity(index) => Some(*index),
            Self::Source(_)
            | Self::Door(_)
            | Self::Inside(_)
            | Self::Role(..)
            | Self::External(_) => None,
        }
    }
}
