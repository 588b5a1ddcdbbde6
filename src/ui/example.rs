//! The bundled examples: templates written for this project in the style of Azure's exports.

/// An example.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    /// Its title.
    pub(super) title: &'static str,
    /// What it shows.
    pub(super) shows: &'static str,
    /// The name of its file.
    pub(super) file: &'static str,
    /// The template.
    pub(super) text: &'static str,
}

/// The example in the file `public/examples/$file`.
macro_rules! example {
    ($file:literal, $title:literal, $shows:literal) => {
        Example {
            title: $title,
            shows: $shows,
            file: $file,
            text: include_str!(concat!("../../public/examples/", $file)),
        }
    };
}

/// The examples, in the order of the start screen.
pub(super) static EXAMPLES: &[Example] = &[
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
    use super::EXAMPLES;
    use crate::input::{Inputs, Mode, RawFile, Role};

    #[test]
    fn every_example_reads_as_an_export_without_a_remark() {
        for example in EXAMPLES {
            let file = RawFile::new(example.file, example.text.as_bytes());
            let inputs = Inputs::read(vec![file]);
            assert!(inputs.rejected.is_empty() && inputs.diagnostics.is_empty());
            let document = inputs.documents.first().unwrap();
            assert_eq!(document.role, Role::Template, "{}", example.file);
            assert_eq!(document.mode.mode, Mode::Export, "{}", example.file);
        }
    }
}
