//! Values as plain JSON.

use super::{Data, Value};
use serde_json::{Map, Number, json};

/// `value` as JSON without places; an unknown becomes
/// `{"$unknown": {"refersTo": …, "expression": …}}`, and one that is secret says only that.
pub fn to_json(value: &Value) -> serde_json::Value {
    match &value.data {
        Data::Null => serde_json::Value::Null,
        Data::Bool(value) => json!(value),
        Data::Integer(value) => json!(value),
        Data::Float(value) => Number::from_f64(*value).map_or(serde_json::Value::Null, Into::into),
        Data::String(text) => json!(&**text),
        Data::Array(array) => array.items().iter().map(to_json).collect(),
        Data::Object(object) => {
            let mut members = Map::new();
            for member in object.members() {
                members.insert(member.name.to_string(), to_json(&member.value));
            }
            serde_json::Value::Object(members)
        }
        Data::Unknown(unknown) => {
            let mut about = Map::new();
            about.insert("refersTo".into(), json!(unknown.refers_to()));
            about.insert("expression".into(), json!(&*unknown.expression));
            if unknown.secret {
                about.insert("secret".into(), json!(true));
            }
            json!({ "$unknown": about })
        }
    }
}
