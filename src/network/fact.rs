//! Facts that the inputs may leave open.

use crate::evidence::Doubt;
use crate::resource::Setting;
use std::sync::Arc;

/// A fact, or why it is open.
#[derive(Clone, Debug)]
pub enum Fact<T> {
    /// It is known.
    Known(T),
    /// It is not, and why.
    Open(Arc<Doubt>),
}

impl<T> Fact<T> {
    /// The fact, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Open(_) => None,
        }
    }

    /// Why it is open, where it is.
    pub fn doubt(&self) -> Option<&Arc<Doubt>> {
        match self {
            Self::Known(_) => None,
            Self::Open(doubt) => Some(doubt),
        }
    }

    /// The fact that `setting` states, or that its absence means; open where it is unknown, as a
    /// doubt about the statement called `about`.
    pub fn of(setting: &Setting<T>, absent: T, about: &str) -> Self
    where
        T: Clone,
    {
        match setting {
            Setting::Stated(value, _) => Self::Known(value.clone()),
            Setting::Absent(_) => Self::Known(absent),
            Setting::Unknown(unknown, span) => {
                Self::Open(Arc::new(Doubt::of(unknown, *span, about)))
            }
        }
    }
}
