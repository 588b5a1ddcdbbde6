//! Parts of a reviewer's file that stand in a file of their own.

use crate::value::{Member, Value};

/// What a file is handed over as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Settings and answers.
    Settings,
    /// Waivers.
    Waivers,
    /// Intent.
    Intent,
}

impl Part {
    /// The member of a reviewer's file that holds the part.
    fn member(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Waivers => "waivers",
            Self::Intent => "intent",
        }
    }

    /// `root` as a whole reviewer's file: as it is where it is one, and else as the part in it.
    pub fn within_file(self, root: Value) -> Value {
        let whole = [
            "sightline",
            "settings",
            "waivers",
            "intent",
            "answers",
            "notes",
        ];
        if whole.iter().any(|name| root.get(name).is_some()) {
            return root;
        }
        let span = root.span;
        let member = Member {
            name: self.member().into(),
            name_span: span,
            value: root,
        };
        Value::object(span, vec![member])
    }
}
