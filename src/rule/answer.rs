//! Three-valued answers that carry their reasons.

use crate::evidence::{Doubt, Evidence};

/// Whether a condition holds of a resource.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It does, and this proves it.
    Yes(Vec<Evidence>),
    /// It does not.
    No,
    /// The inputs do not tell, and this would.
    Open(Vec<Doubt>),
}

impl Answer {
    /// `Yes` with one piece of evidence.
    pub fn yes(evidence: Evidence) -> Self {
        Self::Yes(vec![evidence])
    }

    /// `Open` with one doubt.
    pub fn open(doubt: Doubt) -> Self {
        Self::Open(vec![doubt])
    }

    /// `Yes` with `evidence` where `holds` is true, `No` where it is not.
    pub fn of(holds: bool, evidence: impl FnOnce() -> Evidence) -> Self {
        if holds {
            Self::yes(evidence())
        } else {
            Self::No
        }
    }

    /// Whether it surely holds.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }

    /// Whether it surely does not hold.
    pub fn is_no(&self) -> bool {
        matches!(self, Self::No)
    }

    /// Whether both hold. One that surely does not decides, whatever the other.
    #[must_use]
    pub fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Yes(mut evidence) => match other() {
                Self::Yes(more) => {
                    evidence.extend(more);
                    Self::Yes(evidence)
                }
                rest => rest,
            },
            Self::Open(mut doubts) => match other() {
                Self::No => Self::No,
                Self::Yes(_) => Self::Open(doubts),
                Self::Open(more) => {
                    doubts.extend(more);
                    Self::Open(doubts)
                }
            },
        }
    }

    /// Whether one of them holds. One that surely does decides, whatever the other.
    #[must_use]
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => other(),
            Self::Yes(mut evidence) => {
                if let Self::Yes(more) = other() {
                    evidence.extend(more);
                }
                Self::Yes(evidence)
            }
            Self::Open(mut doubts) => match other() {
                Self::No => Self::Open(doubts),
                Self::Yes(evidence) => Self::Yes(evidence),
                Self::Open(more) => {
                    doubts.extend(more);
                    Self::Open(doubts)
                }
            },
        }
    }

    /// Whether all of `answers` hold.
    pub fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::Yes(Vec::new());
        for answer in answers {
            whole = whole.and(|| answer);
            if whole.is_no() {
                break;
            }
        }
        whole
    }

    /// Whether one of `answers` holds.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        answers
            .into_iter()
            .fold(Self::No, |whole, answer| whole.or(|| answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn sample(kind: u8) -> Answer {
        let span = Span::new(FileId::new(0), 0, 1);
        match kind {
            0 => Answer::No,
            1 => Answer::open(Doubt::outside("x", "x", "x", "x", span)),
            _ => Answer::yes(Evidence::stated(span, "x")),
        }
    }

    fn rank(answer: &Answer) -> u8 {
        match answer {
            Answer::No => 0,
            Answer::Open(_) => 1,
            Answer::Yes(_) => 2,
        }
    }

    #[test]
    fn and_is_the_lesser_and_or_the_greater() {
        for a in 0..3 {
            for b in 0..3 {
                assert_eq!(rank(&sample(a).and(|| sample(b))), a.min(b));
                assert_eq!(rank(&sample(a).or(|| sample(b))), a.max(b));
            }
        }
    }
}
