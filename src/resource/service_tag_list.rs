//! What Azure answers about the addresses of its service tags, which are no resources.

use super::{Inventory, Reader};
use crate::arm::DeclaredResource;

/// The type under which it answers.
const SERVICE_TAGS: &str = "Microsoft.Network/serviceTags";

impl Inventory {
    /// Keeps `stated` where it is a list of service tags; whether it is.
    pub(super) fn take_service_tags(&mut self, stated: &DeclaredResource) -> bool {
        let is_list = stated.resource_type.eq_ignore_ascii_case(SERVICE_TAGS);
        if is_list {
            self.service_tag_lists.push(stated.body.clone());
        }
        is_list
    }

    /// Readers of the items in the lists of service tags, in order.
    pub fn service_tags(&self) -> impl Iterator<Item = Reader<'_>> {
        self.service_tag_lists
            .iter()
            .flat_map(|list| Reader::new(list).path("properties.values").items())
    }
}
