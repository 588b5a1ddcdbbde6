//! Many templates, each on its own, on all processors.

use crate::analysis::{Analysis, Options, analyse};
use crate::input::{RawFile, shorten};
use indicatif::{ProgressBar, ProgressStyle};
use std::io;
use std::thread;

/// How many reviews a processor does before their results are written: they are held until then.
const SHARE: usize = 4;
/// The fewest templates for which progress is shown.
const WORTH_SHOWING: usize = 20;
/// The stack of a thread that reviews, in bytes: as much as the program's own.
const STACK: usize = 8 << 20;

/// Hands the review of each of `files` to `add`, in their order.
///
/// # Errors
///
/// The first of `add`, after which nothing more is reviewed.
pub(super) fn review_each(
    mut files: Vec<RawFile>,
    options: &Options,
    quiet: bool,
    add: &mut impl FnMut(Analysis) -> io::Result<()>,
) -> io::Result<()> {
    shorten(&mut files);
    let options = Options {
        as_named: true,
        ..options.clone()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let progress = progress(files.len(), quiet);
    while !files.is_empty() {
        let rest = files.split_off(files.len().min(threads * SHARE));
        let batch = std::mem::replace(&mut files, rest);
        let count = batch.len();
        review_batch(batch, &options, threads)
            .into_iter()
            .try_for_each(&mut *add)?;
        progress.inc(u64::try_from(count).unwrap_or(0));
    }
    progress.finish_and_clear();
    Ok(())
}

/// The bar on standard error; none where that is no terminal, quiet is wanted or little is to do.
fn progress(count: usize, quiet: bool) -> ProgressBar {
    if quiet || count < WORTH_SHOWING {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(count).unwrap_or(0));
    match ProgressStyle::with_template("{bar:30} {pos} of {len} templates") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The reviews of `batch`, in its order.
fn review_batch(batch: Vec<RawFile>, options: &Options, threads: usize) -> Vec<Analysis> {
    let mut shares: Vec<Vec<(usize, RawFile)>> = (0..threads).map(|_| Vec::new()).collect();
    for (at, file) in batch.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(at % threads) {
            share.push((at, file));
        }
    }
    let review = |share: Vec<(usize, RawFile)>| -> Vec<(usize, Analysis)> {
        let reviewed = share.into_iter();
        reviewed
            .map(|(at, file)| (at, analyse(vec![file], options)))
            .collect()
    };
    let review = &review;
    let mut done: Vec<(usize, Analysis)> = thread::scope(|scope| {
        let mut done = Vec::new();
        let mut running = Vec::new();
        for share in shares.into_iter().filter(|share| !share.is_empty()) {
            let kept = share.clone();
            let builder = thread::Builder::new().stack_size(STACK);
            match builder.spawn_scoped(scope, move || review(share)) {
                Ok(thread) => running.push(thread),
                // Where there are no threads to have, this one does the work.
                Err(_) => done.extend(review(kept)),
            }
        }
        for thread in running {
            match thread.join() {
                Ok(reviews) => done.extend(reviews),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, analysis)| analysis).collect()
}
