//! What the program's exit codes mean.

/// Done.
pub const DONE: u8 = 0;
/// A finding at or above the chosen level.
pub const FINDING: u8 = 1;
/// Wrong usage.
pub const USAGE: u8 = 2;
/// An input could not be read or is no template.
pub const UNREADABLE: u8 = 3;
