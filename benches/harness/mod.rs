//! Measuring: processor time of two or more works, run in turn, and the ratio of their medians.

use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;

/// Milliseconds of processor time, each of one run.
pub(crate) struct Times(Vec<f64>);

impl Times {
    /// No run yet.
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Runs `work` once; its result is dropped outside the measurement.
    pub(crate) fn run<T>(&mut self, work: impl FnOnce() -> T) {
        let start = now();
        let result = black_box(work());
        let end = now();
        drop(result);
        self.0.push(end - start);
        self.0.sort_by(f64::total_cmp);
    }

    /// The middle one.
    pub(crate) fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The least and the most, in words.
    pub(crate) fn spread(&self) -> String {
        let ends = self.0.first().zip(self.0.last());
        ends.map_or_else(String::new, |(least, most)| {
            format!("{least:.1} to {most:.1}")
        })
    }
}

/// Milliseconds of processor time that this process has had.
pub(crate) fn now() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = i32::try_from(time.tv_sec).map_or(f64::NAN, f64::from);
    let rest = i32::try_from(time.tv_nsec).map_or(f64::NAN, f64::from);
    seconds * 1e3 + rest / 1e6
}
