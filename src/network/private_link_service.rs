//! Private link services: a load balancer offered to private endpoints elsewhere.
//!
//! Template reference: `Microsoft.Network/privateLinkServices`.
//! What comes in is sent on from addresses of the service's own subnet, so filters behind see the
//! virtual network ("What is Azure Private Link service?").

use super::{Fact, PartReference, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// A private link service, read.
#[derive(Clone, Debug)]
pub struct PrivateLinkService {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// The frontends of the load balancer behind it.
    pub frontends: Vec<PartReference>,
    /// The subnets whose addresses it sends from.
    pub subnets: Vec<Reference>,
    /// Who may ask for a connection.
    pub visibility: Audience,
    /// Whose connections need no approval.
    pub auto_approval: Audience,
}

/// A set of subscriptions.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The subscriptions; `*` for every one.
    pub subscriptions: Vec<Text>,
    /// Why there may be others, where there may.
    pub open: Option<Arc<Doubt>>,
    /// The place.
    pub span: Span,
}

impl Audience {
    /// Whether it is everyone.
    pub fn is_everyone(&self) -> Fact<bool> {
        match (
            self.subscriptions.iter().any(|one| &**one == "*"),
            &self.open,
        ) {
            (true, _) => Fact::Known(true),
            (false, Some(doubt)) => Fact::Open(Arc::clone(doubt)),
            (false, None) => Fact::Known(false),
        }
    }

    /// What shows it, of the property called `name`.
    pub fn evidence(&self, name: &str) -> Evidence {
        if self.subscriptions.is_empty() {
            Evidence::stated(self.span, format!("{name} lists nobody"))
        } else {
            let list = self.subscriptions.join(", ");
            Evidence::stated(self.span, format!("{name} lists {list}"))
        }
    }
}

/// The type of a private link service.
pub(super) const PRIVATE_LINK_SERVICE: &str = "Microsoft.Network/privateLinkServices";

impl PrivateLinkService {
    /// Reads the private link service at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let configurations = properties.at("ipConfigurations").items();
        Some(Self {
            index,
            span: resource.span,
            frontends: PartReference::read_list(
                inventory,
                resource.file,
                properties.at("loadBalancerFrontendIpConfigurations"),
            ),
            subnets: configurations
                .iter()
                .map(|item| item.path("properties.subnet"))
                .filter_map(|named| Reference::read(inventory, resource.file, named))
                .collect(),
            visibility: audience(properties.path("visibility.subscriptions")),
            auto_approval: audience(properties.path("autoApproval.subscriptions")),
        })
    }
}

fn audience(list: Reader<'_>) -> Audience {
    let items = list.items();
    let open = match list.list() {
        Setting::Unknown(unknown, span) => {
            Some(Arc::new(Doubt::of(&unknown, span, "lists everyone")))
        }
        _ => None,
    };
    Audience {
        subscriptions: items
            .iter()
            .filter_map(|item| item.symbol().stated().cloned())
            .collect(),
        open,
        span: list.span(),
    }
}
