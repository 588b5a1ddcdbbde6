//! The read-only commands that tell what the inputs leave open.

use super::{Resource, ResourceId};
use crate::arm::Environment;

impl Resource {
    /// The command that shows this resource as Azure reports it.
    ///
    /// Where the inputs do not tell in which subscription it lies, the command looks it up by type
    /// and name.
    pub fn show_command(&self) -> String {
        self.id.show_command()
    }

    /// The command that lists the connections of private endpoints to this resource.
    pub fn list_connections_command(&self) -> String {
        format!(
            "az network private-endpoint-connection list --id {} -o json",
            self.id.command_argument()
        )
    }
}

impl ResourceId {
    /// The command that shows the resource of this identifier as Azure reports it, as
    /// [`Resource::show_command`].
    pub fn show_command(&self) -> String {
        format!("az resource show --ids {} -o json", self.command_argument())
    }

    /// The identifier as an argument: itself, or the command that finds it.
    fn command_argument(&self) -> String {
        let placeholder = Environment::default().subscription_id;
        let id = self.as_str();
        let is_placed = id
            .strip_prefix("/subscriptions/")
            .is_some_and(|rest| !rest.starts_with(&*placeholder));
        if is_placed && !id.contains('{') {
            return quote(id);
        }
        let top = self.top();
        let (Some(kind), Some(name)) = (top.resource_type(), top.name()) else {
            return quote(id);
        };
        let below = id.get(top.as_str().len()..).unwrap_or("");
        let find = if name.contains('{') {
            format!("az resource list --resource-type {kind} --query \"[].id\" -o tsv")
        } else {
            format!(
                "az resource list --resource-type {kind} --name {name} --query \"[].id\" -o tsv"
            )
        };
        format!("\"$({find}){below}\"")
    }

    /// The identifier of the top-level resource that holds this one.
    fn top(&self) -> Self {
        let mut top = self.clone();
        while let Some(parent) = top.parent() {
            top = parent;
        }
        top
    }
}

fn quote(id: &str) -> String {
    if id.contains([' ', '(', ')', '$', '\'', '"']) {
        format!("'{}'", id.replace('\'', "'\\''"))
    } else {
        id.to_owned()
    }
}
