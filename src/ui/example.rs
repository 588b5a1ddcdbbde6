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

/// The examples, in the order of the start screen.
pub(super) static EXAMPLES: &[Example] = &[];
