//! Scenes to lay out, and an independent look at layouts.

pub(crate) mod check;
pub(crate) mod reviews;
pub(crate) mod scenes;
