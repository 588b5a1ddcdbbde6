//! The only code that touches the browser.

pub(super) mod clipboard;
pub(super) mod files;
pub(super) mod page;
pub(super) mod theme;
