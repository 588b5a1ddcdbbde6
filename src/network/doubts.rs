//! Doubts that several parts of networking share.

use crate::evidence::Doubt;
use crate::resource::Resource;
use crate::source::Span;
use std::sync::Arc;

/// Which addresses `resource` has.
pub(super) fn address_space(resource: &Resource, span: Span) -> Arc<Doubt> {
    let name = resource.short_name();
    Arc::new(
        Doubt::outside(
            "address-space",
            format!("address space|{}", resource.id.key()),
            format!("which addresses `{name}` has is not in the inputs"),
            format!("the address space of `{name}`"),
            span,
        )
        .with_command(resource.show_command()),
    )
}

/// What the appliance called `name` lets pass.
pub(super) fn appliance_rules(name: &str, span: Span) -> Doubt {
    Doubt::outside(
        "appliance-rules",
        format!("appliance|{name}|{span:?}"),
        format!("what appliance `{name}` lets pass is not in any template"),
        format!("the rules of appliance `{name}`"),
        span,
    )
}
