//! Sightline.
pub mod diagnostic;
pub mod source;
pub mod value;
