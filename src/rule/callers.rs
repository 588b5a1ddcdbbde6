//! What calls a model.

use super::exposed::internet_reaches;
use super::host::resource_at;
use super::property::secret::app_settings;
use super::{Answer, Context, Scene};
use crate::evidence::Evidence;
use crate::network::identity::Power;
use crate::resource::{Inventory, ResourceIndex};

/// Types that people talk to and that hand on what they say.
pub(super) const FRONTS: [&str; 4] = [
    "Microsoft.Web/sites",
    "Microsoft.Web/sites/slots",
    "Microsoft.App/containerApps",
    "Microsoft.ApiManagement/service",
];

/// What a right over a model is for.
const USES: [Power; 2] = [Power::UseData, Power::ListKeys];

/// Whether `front` calls `target`: by a right of its identity, by a setting that names the target's
/// address or asks for its key, or by a backend with its address.
pub(super) fn calls(context: &Context<'_>, front: ResourceIndex, target: ResourceIndex) -> Answer {
    let by_right = context.rights.over(context.inventory, front, target, &USES);
    by_right
        .or(|| by_setting(context, front, target))
        .or(|| by_backend(context, front, target))
}

fn by_setting(context: &Context<'_>, front: ResourceIndex, target: ResourceIndex) -> Answer {
    let Some(resource) = context.inventory.get(front) else {
        return Answer::No;
    };
    let scene = Scene::new(context, front, resource);
    let settings = app_settings(&scene);
    let naming = settings
        .iter()
        .find(|setting| resource_at(context, setting.value, resource.file) == Some(target));
    match naming {
        Some(setting) => Answer::yes(Evidence::stated(
            setting.span,
            format!("{} of `{}` names it", setting.name, resource.name),
        )),
        None => Answer::No,
    }
}

fn by_backend(context: &Context<'_>, front: ResourceIndex, target: ResourceIndex) -> Answer {
    let Some(gateway) = context.inventory.get(front) else {
        return Answer::No;
    };
    for (segment, property) in [("backends", "url"), ("apis", "serviceUrl")] {
        for (_, backend) in context.inventory.child_resources(gateway, segment) {
            let address = backend.properties().at(property);
            if resource_at(context, address, backend.file) == Some(target) {
                let says = format!("`{}` leads to it", backend.name);
                return Answer::yes(Evidence::stated(address.span(), says));
            }
        }
    }
    Answer::No
}

/// Whether something that people talk to from the internet calls `target`: an app, a gateway, or
/// the code behind a bot.
pub(super) fn public_front_calls(context: &Context<'_>, target: ResourceIndex) -> Answer {
    Answer::any(
        fronts(context.inventory)
            .map(|front| calls(context, front, target).and(|| internet_reaches(context, front))),
    )
}

/// Everything that people can talk to.
pub(super) fn fronts(inventory: &Inventory) -> impl Iterator<Item = ResourceIndex> {
    FRONTS
        .iter()
        .flat_map(|kind| inventory.of_type(kind))
        .filter(|(_, front)| !front.is_not_deployed())
        .map(|(index, _)| index)
}
