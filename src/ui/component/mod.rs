//! Small parts of the page, which take values and know no state.

mod copy_line;
mod empty_state;
mod excerpt_view;
mod icon;
mod problem_card;
mod tabs;

pub use copy_line::CopyLine;
pub use empty_state::EmptyState;
pub use excerpt_view::ExcerptView;
pub use icon::{Icon, IconName};
pub use problem_card::ProblemCard;
pub use tabs::{TabItem, Tabs};
