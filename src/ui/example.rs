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
        "ml-workspace-exposed.json",
        "ML workspace, exposed",
        "A workspace, its endpoint and its storage as they are after clicking through"
    ),
    example!(
        "ml-workspace-fixed.json",
        "ML workspace, fixed",
        "The same workload behind private endpoints, to compare"
    ),
    example!(
        "hub-spoke-private-ai.json",
        "Private assistant in hub and spoke",
        "OpenAI and search behind a firewall, with Bastion for the operators"
    ),
    example!(
        "storage-identity-path.json",
        "Storage on selected networks",
        "The firewall holds, and an identity on an exposed machine goes round it"
    ),
    example!(
        "open-parameters.json",
        "Export with open parameters",
        "What can be said when the deciding values are not in the template"
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
