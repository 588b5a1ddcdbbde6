//! Reports that do not tell in which order a template lists things.

use serde_json::Value;
use sightline::analysis::{Options, analyse};
use sightline::input::RawFile;
use sightline::report::report_value;

/// The report about `template`, in which lines are left out and pointers name what they lead through
/// instead of counting it.
pub(crate) fn unplaced_report(template: &Value) -> Value {
    let text = serde_json::to_vec(template).unwrap();
    let files = vec![RawFile::new("t.json", text)];
    let mut report = report_value(&analyse(files, &Options::default()));
    unplace(&mut report, template);
    report
}

fn unplace(value: &mut Value, template: &Value) {
    match value {
        Value::Object(members) => {
            members.remove("line");
            members.remove("column");
            for (name, value) in members {
                match value {
                    Value::String(pointer) if name == "pointer" => {
                        *pointer = name_by_name(pointer, template);
                    }
                    _ => unplace(value, template),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| unplace(item, template)),
        _ => {}
    }
}

/// `pointer` with the type and name of each item that has a name, in place of its number.
fn name_by_name(pointer: &str, template: &Value) -> String {
    let mut here = Some(template);
    let steps = pointer.split('/').skip(1).map(|step| {
        let in_list = here.is_some_and(Value::is_array);
        let spelled = step.replace("~1", "/").replace("~0", "~");
        let next = here.and_then(|value| match value {
            Value::Array(items) => items.get(spelled.parse::<usize>().ok()?),
            _ => value.get(&spelled),
        });
        here = next;
        match next
            .filter(|_| in_list)
            .map(|item| (item.get("type"), item.get("name")))
        {
            Some((kind, Some(name))) => format!("{kind:?} {name}"),
            _ => spelled,
        }
    });
    steps.collect::<Vec<_>>().join("/")
}

/// Turns every list of `template` whose order means nothing, its resources and rules, by `turn`, and
/// every second one round.
pub(crate) fn turn_lists(template: &mut Value, turn: usize) {
    match template {
        Value::Object(members) => {
            for (name, value) in members {
                if let Value::Array(items) = value
                    && matches!(&**name, "resources" | "securityRules" | "routes")
                    && !items.is_empty()
                {
                    let by = turn % items.len();
                    items.rotate_left(by);
                    if turn % 2 == 1 {
                        items.reverse();
                    }
                }
                turn_lists(value, turn);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| turn_lists(item, turn)),
        _ => {}
    }
}
