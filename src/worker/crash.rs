//! Crashes on request, in builds for tests only: what the page makes of a failing engine.

use super::protocol::InputFile;
use std::hint::black_box;

/// Panics, or exhausts the stack, where a file asks for it.
pub(super) fn crash_on_request(files: &[InputFile]) {
    for file in files {
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(
            !text.contains("crash-test: panic"),
            "the template asked for a panic"
        );
        if text.contains("crash-test: overflow") {
            exhaust_stack(1);
        }
        while text.contains("crash-test: hang") {
            black_box(());
        }
    }
}

fn exhaust_stack(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    if black_box(true) {
        return exhaust_stack(depth + 1) + frame.iter().sum::<u64>();
    }
    depth
}
