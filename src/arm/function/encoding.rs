//! Base 64 and data URIs.

use super::conversion;
use super::uri::decode_percent;
use super::{Body, Function};
use crate::arm::budget::check_bytes;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::json_text;
use crate::arm::site::Site;
use crate::arm::symbol;
use crate::value::{Data, Value};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base64", 1, 1, Body::Strict(base64)),
    Function::new("base64ToJson", 1, 1, Body::Strict(base64_to_json)),
    Function::new("base64ToString", 1, 1, Body::Strict(base64_to_string)),
    Function::new("dataUri", 1, 1, Body::Deep(data_uri)),
    Function::new("dataUriToString", 1, 1, Body::Strict(data_uri_to_string)),
];

fn encode(text: &str) -> Result<String, Failure> {
    check_bytes(text.len() / 3 * 4)?;
    Ok(STANDARD.encode(text))
}

/// Bytes that are no UTF-8 become replacement characters, and white space counts nothing, as in
/// .NET.
fn decode(site: &Site<'_>, text: &str) -> Result<String, Failure> {
    let text: String = text.split_ascii_whitespace().collect();
    match STANDARD.decode(text) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => {
            Err(site.failure(format!("no base 64: {}", error.to_string().to_lowercase())))
        }
    }
}

fn base64(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.string(encode(site.text(arguments, 0)?)?))
}

fn base64_to_string(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.string(decode(site, site.text(arguments, 0)?)?))
}

fn base64_to_json(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    conversion::read(site, &decode(site, site.text(arguments, 0)?)?)
}

/// Azure's engine writes `charset=utf-8`, whatever its documentation shows.
fn data_uri(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let (kind, text) = match arguments.first().map(|value| &value.data) {
        Some(Data::String(text)) => ("text/plain", text.to_string()),
        Some(Data::Null) => ("text/plain", String::new()),
        Some(Data::Array(_) | Data::Object(_)) => (
            "application/json",
            arguments.first().map(json_text::write).unwrap_or_default(),
        ),
        _ => (
            "application/json",
            arguments.first().map(symbol::of_part).unwrap_or_default(),
        ),
    };
    let encoded = encode(&text)?;
    Ok(site.string(format!("data:{kind};charset=utf-8;base64,{encoded}")))
}

/// `data:[type][;charset=…][;base64],data`, UTF-8 only.
fn data_uri_to_string(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let text = site.text(arguments, 0)?;
    let is_data = text
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    let content = text.get(5..).filter(|_| is_data);
    let Some((head, content)) = content.and_then(|content| content.split_once(',')) else {
        return Err(site.failure("the text is no data URI"));
    };
    let mut words = head.split(';').skip(1);
    let mut is_base64 = false;
    if head.split(';').skip(1).any(|word| word.trim().is_empty()) {
        return Err(site.failure("the text is no data URI"));
    }
    for word in &mut words {
        if word.eq_ignore_ascii_case("base64") {
            is_base64 = true;
        } else if let Some((name, charset)) = word.split_once('=')
            && name.eq_ignore_ascii_case("charset")
            && !["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|known| charset.eq_ignore_ascii_case(known))
        {
            return Err(site.failure(format!("the character set `{charset}` is not supported")));
        }
    }
    Ok(site.string(if is_base64 {
        decode(site, content)?
    } else {
        decode_percent(content)
    }))
}
