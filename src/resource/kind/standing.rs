//! Whether a resource stands on a subnet of the customer's.

use crate::evidence::Doubt;
use crate::resource::{DoorContext, Reader, Setting};
use crate::source::Span;
use crate::value::{Data, Value};

/// Where a resource stands, by the property that names its subnet.
#[derive(Debug)]
pub(super) enum Standing {
    /// On none.
    NoSubnet,
    /// On the subnet with this identifier, named at the place.
    Subnet(String, Span),
    /// On one, or on none.
    Perhaps(Box<Doubt>, Span),
}

/// Where the resource of `context` stands by the property at `path` in its `properties`.
///
/// A parameter that names the subnet names one, even without a value; an object of which nothing is
/// known, or a value that can be nothing, may or may not.
pub(super) fn standing(context: &DoorContext<'_>, path: &str) -> Standing {
    standing_of(context, context.properties(), path)
}

/// As [`standing`], for the property at `path` in `start`.
pub(super) fn standing_of(context: &DoorContext<'_>, start: Reader<'_>, path: &str) -> Standing {
    let perhaps = |reader: Reader<'_>| {
        let unknown = reader.value()?.as_unknown()?;
        let doubt = Doubt::of(unknown, reader.span(), "names a subnet")
            .with_command(context.show_command());
        Some(Standing::Perhaps(Box::new(doubt), reader.span()))
    };
    let mut reader = start;
    for name in path.split('.') {
        if let Some(perhaps) = perhaps(reader) {
            return perhaps;
        }
        reader = reader.at(name);
    }
    let can_be_nothing =
        reader
            .text()
            .alternatives()
            .iter()
            .any(|value: &Value| match &value.data {
                Data::Null => true,
                Data::String(text) => text.is_empty(),
                _ => false,
            });
    match reader.symbol() {
        Setting::Stated(id, span) if !can_be_nothing => Standing::Subnet(id.to_string(), span),
        Setting::Absent(_) => Standing::NoSubnet,
        _ => perhaps(reader).unwrap_or(Standing::NoSubnet),
    }
}

/// Whether there surely is something at `reader`: `None` where its value is not known.
pub(super) fn is_set(reader: Reader<'_>) -> Option<bool> {
    match reader.value() {
        None => Some(false),
        Some(value) if value.as_unknown().is_some() => None,
        Some(_) => Some(true),
    }
}
