//! The names under which services answer, in each of Azure's clouds.

use crate::resource::DoorContext;

/// The suffixes of a service's names in the public, the government and the China cloud.
pub(super) type Suffixes = [&'static str; 3];

/// The region of the resource as host names spell it, `{region}` where it is not known.
pub(super) fn region(context: &DoorContext<'_>) -> String {
    let location = context.declaration().at("location").text();
    location.stated().map_or("{region}".to_owned(), |text| {
        text.to_ascii_lowercase().replace(' ', "")
    })
}

/// The suffix of `suffixes` that belongs to the cloud of the resource's region.
pub(super) fn suffix(context: &DoorContext<'_>, suffixes: Suffixes) -> &'static str {
    let [public, government, china] = suffixes;
    let region = region(context);
    if region.starts_with("usgov") || region.starts_with("usdod") {
        government
    } else if region.starts_with("china") {
        china
    } else {
        public
    }
}

/// `<name>.<suffix>` for the resource's own name.
pub(super) fn own_host(context: &DoorContext<'_>, suffixes: Suffixes) -> Vec<String> {
    let name = context.resource.short_name();
    vec![format!("{name}.{}", suffix(context, suffixes))]
}
