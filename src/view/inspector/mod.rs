//! The right panel: what is selected, how it is reached or what blocks the way, and where the
//! template says so.

mod card;
mod fact;
mod finding;
mod path;
mod question;

pub use card::Card;
pub use fact::{Fact, SourcePlace};
pub use finding::{FindingCard, PageBlock, PageSection};
pub use path::{BlockerCard, HopCard, PathCard, PathTab, PlaceRef};
pub use question::{AuthenticationCard, FlowRow, QuestionCard};

pub(super) use card::card_of;
