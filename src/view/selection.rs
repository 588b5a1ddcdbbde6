//! What is selected, by names that outlive a review.

use serde::{Deserialize, Serialize};

/// Something that can be selected, in any panel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Selection {
    /// A door, by the key of its row in the table of assets.
    Exposure(String),
    /// A resource, a network or a subnet, by its identifier.
    Resource(String),
    /// A line of the picture, by the boxes or containers at its ends.
    Edge {
        /// Where it starts.
        from: String,
        /// Where it ends.
        to: String,
    },
    /// A finding, by its fingerprint.
    Finding(String),
}
