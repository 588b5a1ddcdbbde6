//! Small parts of the page, which take values and know no state.

mod copy_line;
mod empty_state;
mod excerpt_view;
mod icon;
mod mark_view;
mod modal;
mod phrase_view;
mod problem_card;
mod proof_view;
mod resource_icon;
mod search_field;
mod tabs;
mod toggle_row;
mod virtual_table;

pub use copy_line::CopyLine;
pub use empty_state::EmptyState;
pub use excerpt_view::ExcerptView;
pub use icon::{Icon, IconName};
pub use mark_view::{MarkView, StandingView, mark_class, tone_class};
pub use modal::Modal;
pub use phrase_view::{PhraseView, in_backticks};
pub use problem_card::ProblemCard;
pub use proof_view::ProofView;
pub use resource_icon::ResourceIcon;
pub use search_field::SearchField;
pub use tabs::{TabItem, Tabs};
pub use toggle_row::{Toggle, ToggleRow};
pub use virtual_table::{RowKind, TableWindow, VirtualTable};
