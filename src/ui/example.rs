//! The bundled examples: templates written for this project in the style of Azure's exports.

/// An example.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct Example {
    /// Its title.
    pub(in crate::ui) title: &'static str,
    /// What it shows.
    pub(in crate::ui) shows: &'static str,
    /// The name of its file.
    pub(in crate::ui) file: &'static str,
    /// The template.
    pub(in crate::ui) text: &'static str,
    /// The intent: who is meant to reach what in it.
    pub(in crate::ui) intent: &'static str,
}

/// The name under which an example's intent is opened beside it.
pub(in crate::ui) const INTENT_FILE: &str = "intent.json";

/// The example in the file `public/examples/$file`.
macro_rules! example {
    ($file:literal, $title:literal, $shows:literal) => {
        Example {
            title: $title,
            shows: $shows,
            file: $file,
            text: include_str!(concat!("../../public/examples/", $file)),
            intent: include_str!(concat!("../../public/examples/intent/", $file)),
        }
    };
}

/// The examples, in the order of the start screen.
pub(in crate::ui) static EXAMPLES: &[Example] = &[
    example!(
        "exposed-workspace.json",
        "ML workspace, exposed",
        "A workspace with its endpoint, storage and models, as left by the first clicks"
    ),
    example!(
        "exposed-workspace-fixed.json",
        "ML workspace, fixed",
        "The same workload behind private endpoints, to compare with the exposed one"
    ),
    example!(
        "private-hub-and-spoke.json",
        "Private assistant in hub and spoke",
        "Models, search and data behind a gateway and a firewall"
    ),
    example!(
        "storage-selected-networks.json",
        "Storage on selected networks",
        "The firewall holds, and an identity on an exposed machine goes round it"
    ),
    example!(
        "open-parameters.json",
        "Export with open parameters",
        "What can be said where the deciding values are not in the template"
    ),
];

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, INTENT_FILE};
    use crate::input::{Inputs, Mode, RawFile, Role};

    #[test]
    fn every_example_reads_as_an_export_without_a_remark() {
        for example in EXAMPLES {
            let file = RawFile::new(example.file, example.text.as_bytes());
            let intent = RawFile::new(INTENT_FILE, example.intent.as_bytes());
            let inputs = Inputs::read(vec![file, intent]);
            assert!(inputs.rejected.is_empty() && inputs.diagnostics.is_empty());
            let of_role = |role: Role| inputs.documents.iter().find(|one| one.role == role);
            let template = of_role(Role::Template).unwrap();
            assert_eq!(template.mode.mode, Mode::Export, "{}", example.file);
            assert!(of_role(Role::Reviewer).is_some(), "{}", example.file);
        }
    }
}
