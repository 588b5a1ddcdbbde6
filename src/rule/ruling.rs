//! What a rule finds about one resource.

use super::answer::Answer;
use super::severity::Severity;
use crate::evidence::{Doubt, Evidence};
use crate::resource::ResourceIndex;
use crate::source::FileId;
use crate::value::Text;
use std::borrow::Cow;

/// What one rule says about one resource: it fails where any part does, is undetermined where no
/// part fails and some are open, and passes otherwise.
#[derive(Clone, Debug, Default)]
pub struct Ruling {
    /// The resource; `None` for what stands outside resources, such as a parameter.
    pub resource: Option<ResourceIndex>,
    /// The file, where there is no resource.
    pub file: Option<FileId>,
    /// What is surely wrong.
    pub failing: Vec<Failing>,
    /// What may be wrong.
    pub open: Vec<OpenPart>,
    /// Whether the rule has nothing to say here after all.
    pub skipped: bool,
}

/// A part that fails.
#[derive(Clone, Debug)]
pub struct Failing {
    /// What tells it from other parts; goes into the fingerprint.
    pub key: Text,
    /// The clause of the message.
    pub says: Cow<'static, str>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// How much it matters, where that differs from the rule.
    pub severity: Option<Severity>,
}

/// A part that cannot be decided.
#[derive(Clone, Debug)]
pub struct OpenPart {
    /// As for a part that fails.
    pub key: Text,
    /// The clause that would be true if it failed.
    pub says: Cow<'static, str>,
    /// What is open.
    pub doubts: Vec<Doubt>,
    /// How much it would matter.
    pub severity: Option<Severity>,
}

impl Ruling {
    /// Nothing said yet about `resource`.
    pub fn about(resource: ResourceIndex) -> Self {
        Self {
            resource: Some(resource),
            ..Self::default()
        }
    }

    /// Nothing said yet about what stands in `file` outside its resources.
    pub fn about_file(file: FileId) -> Self {
        Self {
            file: Some(file),
            ..Self::default()
        }
    }

    /// Adds the part `key`, which fails where `answer` is yes.
    pub fn judge(&mut self, key: &str, says: impl Into<Cow<'static, str>>, answer: Answer) {
        self.judge_at(key, says, None, answer);
    }

    /// The same with a severity of its own.
    pub fn judge_at(
        &mut self,
        key: &str,
        says: impl Into<Cow<'static, str>>,
        severity: Option<Severity>,
        answer: Answer,
    ) {
        match answer {
            Answer::Yes(evidence) => self.failing.push(Failing {
                key: key.into(),
                says: says.into(),
                evidence,
                severity,
            }),
            Answer::No => {}
            Answer::Open(doubts) => self.open.push(OpenPart {
                key: key.into(),
                says: says.into(),
                doubts,
                severity,
            }),
        }
    }

    /// Takes back everything: the rule is not about this resource.
    pub fn skip(&mut self) {
        self.skipped = true;
    }

    /// Turns what surely fails into what may, because of `doubt`.
    pub fn weaken(&mut self, doubt: &Doubt) {
        for failing in std::mem::take(&mut self.failing) {
            self.open.push(OpenPart {
                key: failing.key,
                says: failing.says,
                doubts: vec![doubt.clone()],
                severity: failing.severity,
            });
        }
    }
}
