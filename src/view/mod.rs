//! What the screens show: plain rows and cards, made from a finished review.
//!
//! In: the inputs of a run and what was found. Out: owned values that can cross to another thread
//! of the browser, with every text ready to be shown.
//!
//! **Invariant.** A view is small however large the input is: texts are cut around what matters,
//! and lists are handed out by window.

mod appearance;
mod assets;
mod changes;
mod coverage;
mod difference;
mod estate;
mod excerpt;
mod findings;
mod inspector;
mod parameters;
mod passage;
mod paths;
mod phrase;
mod problem;
mod reason;
mod scene;
mod search;
mod secret;
mod selection;
mod source_view;
mod standing;
mod summary;
#[cfg(test)]
mod test_estate;
mod workspace;

pub use appearance::Appearance;
pub use assets::{AssetQuery, AssetRow, AssetSort, AssetWindow, Assets, key_of};
pub use changes::{
    AssumptionRow, ChangesView, CutCard, DeviationRow, IntentView, Switch, SwitchEdit,
};
pub use coverage::{CoverageView, Gap, Level, OpenFact, TypeRow};
pub use difference::{Difference, DoorChange, PropertyRow};
pub use estate::{Estate, EstateFile};
pub use excerpt::{Excerpt, ExcerptLine, excerpt_at};
pub use findings::{FindingQuery, FindingRow, FindingWindow, Findings};
pub use inspector::{
    AuthenticationCard, BlockerCard, Card, Fact, FindingCard, FlowRow, HopCard, PageBlock,
    PageSection, PathCard, PathTab, PlaceRef, QuestionCard, SourcePlace,
};
pub use parameters::{Origin, ParameterRow};
pub use passage::{Ground, Passage, Proof};
pub use paths::{PathQuery, PathRow, PathWindow, Paths};
pub use phrase::{Phrase, phrases};
pub use problem::{Place, Problem, ProblemLevel};
pub use reason::reason_of;
pub use scene::{BUDGET, Layer, SceneOptions, SceneView, TrailStep};
pub use search::{Hit, Hits, SearchIndex, Target};
pub use secret::{MASK, Secrets};
pub use selection::Selection;
pub use source_view::{LineMark, MarkKind, SourceLine, SourceMarks, SourceRow, SourceWindow};
pub use standing::{Outcome, Standing};
pub use summary::{Status, Summary};
pub use workspace::Workspace;
