//! The only code that touches the browser.

pub(super) mod clipboard;
pub(super) mod files;
pub(super) mod keys;
pub(super) mod page;
pub(super) mod pointer;
pub(super) mod scroll;
pub(super) mod theme;
