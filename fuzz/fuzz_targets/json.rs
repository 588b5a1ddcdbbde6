//! The JSON reader: whatever the bytes, reading ends without a panic, and every place it gives lies
//! within the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sightline::input::{Inputs, RawFile};
use sightline::value::{Value, pointer_at, value_at};

fuzz_target!(|bytes: &[u8]| {
    let inputs = Inputs::read(vec![RawFile::new("a.json", bytes)]);
    for document in &inputs.documents {
        let length = inputs.sources.get(document.file).map_or(0, |it| it.text().len());
        let mut waiting: Vec<&Value> = vec![&document.whole];
        let mut left = 200;
        while let Some(value) = waiting.pop() {
            assert!(value.span.start <= value.span.end && value.span.end as usize <= length);
            if left > 0 {
                left -= 1;
                let pointer = pointer_at(&document.whole, value.span);
                assert!(value_at(&document.whole, &pointer).is_some(), "{pointer}");
            }
            waiting.extend(value.items());
            waiting.extend(value.members().iter().map(|member| &member.value));
        }
    }
    for diagnostic in &inputs.diagnostics {
        if let Some(span) = diagnostic.span {
            assert!(inputs.sources.locate(span).is_some());
        }
    }
});
