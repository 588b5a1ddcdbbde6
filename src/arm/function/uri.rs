//! URIs (RFC 3986).

use super::{Body, Function};
use crate::arm::budget::check_bytes;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::value::{Data, Value};
use std::fmt::Write as _;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("buildUri", 1, 1, Body::Deep(build_uri)),
    Function::new("parseUri", 1, 1, Body::Strict(parse_uri)),
    Function::new("uri", 2, 2, Body::Strict(uri)),
    Function::new("uriComponent", 1, 1, Body::Strict(uri_component)),
    Function::new(
        "uriComponentToString",
        1,
        1,
        Body::Strict(uri_component_to_string),
    ),
];

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if keep(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn uri_component(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let text = site.text(arguments, 0)?;
    check_bytes(text.len() * 3)?;
    Ok(site.string(encode(text, is_unreserved)))
}

fn uri_component_to_string(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.string(decode_percent(site.text(arguments, 0)?)))
}

/// `text` with `%XX` decoded and `+` as a space, as .NET's decoder has it.
pub(super) fn decode_percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let decoded = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(decoded) = decoded {
            out.push(decoded);
            at += 3;
        } else {
            out.push(if *byte == b'+' { b' ' } else { *byte });
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The parts of an absolute URI.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    scheme: String,
    user: String,
    host: String,
    port: Option<u16>,
    path: String,
    query: String,
    fragment: String,
}

impl Parts {
    /// The parts of `text`, or `None` where it is no absolute URI with a host.
    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once("://")?;
        let starts = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
        let sound = scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        if !starts || !sound {
            return None;
        }
        let (rest, fragment) = cut(rest, '#');
        let (rest, query) = cut(rest, '?');
        let (authority, path) = cut(rest, '/');
        let (user, host_port) = match authority.rsplit_once('@') {
            Some((user, host)) => (format!("{user}@"), host),
            None => (String::new(), authority),
        };
        let (host, port) = match host_port.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                let port = if port.is_empty() {
                    None
                } else {
                    Some(port.parse().ok()?)
                };
                (host, port)
            }
            _ => (host_port, None),
        };
        if host.is_empty() || host.contains(|part: char| part.is_whitespace() || part == '\\') {
            return None;
        }
        let scheme = scheme.to_ascii_lowercase();
        Some(Self {
            port: port.filter(|port| Some(*port) != default_port(&scheme)),
            scheme,
            user,
            host: host.to_ascii_lowercase(),
            path: if path.is_empty() { "/" } else { path }.to_owned(),
            query: query.to_owned(),
            fragment: fragment.to_owned(),
        })
    }

    fn write(&self) -> String {
        let keep = |byte: u8| is_unreserved(byte) || b"!#$%&'()*+,/:;=?@[]".contains(&byte);
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!(
            "{}://{}{}{port}{}{}{}",
            self.scheme,
            self.user,
            self.host,
            encode(&self.path, keep),
            encode(&self.query, keep),
            encode(&self.fragment, keep)
        )
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

/// `text` before `mark`, and from it on.
fn cut(text: &str, mark: char) -> (&str, &str) {
    text.split_at(text.find(mark).unwrap_or(text.len()))
}

/// `path` without `.` and `..` segments.
fn remove_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    for (at, segment) in segments.iter().enumerate() {
        let is_last = at + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("/{}", kept.join("/"))
}

fn uri(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let base = site.text(arguments, 0)?;
    let relative = site.text(arguments, 1)?.trim();
    check_bytes(3 * (base.len() + relative.len()))?;
    let well_formed = !base.contains(|character: char| character.is_whitespace());
    let base = Parts::parse(base)
        .filter(|_| well_formed)
        .ok_or_else(|| site.failure("the base is no absolute URI"))?;
    if let Some(absolute) = Parts::parse(relative) {
        let mut absolute = absolute;
        absolute.path = remove_dots(&absolute.path);
        return Ok(site.string(absolute.write()));
    }
    if let Some(rest) = relative.strip_prefix("//") {
        let text = format!("{}://{rest}", base.scheme);
        let parts = Parts::parse(&text).ok_or_else(|| site.failure("the result is no URI"))?;
        return Ok(site.string(parts.write()));
    }
    let (rest, fragment) = cut(relative, '#');
    let (path, query) = cut(rest, '?');
    let mut result = Parts {
        fragment: fragment.to_owned(),
        ..base.clone()
    };
    if path.is_empty() {
        if !query.is_empty() {
            query.clone_into(&mut result.query);
        }
    } else {
        query.clone_into(&mut result.query);
        let path = path.replace('\\', "/");
        result.path = if path.starts_with('/') {
            remove_dots(&path)
        } else {
            let (folder, _) = base.path.rsplit_once('/').unwrap_or(("", ""));
            remove_dots(&format!("{folder}/{path}"))
        };
    }
    Ok(site.string(result.write()))
}

fn parse_uri(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let text = site.string_at(arguments, 0)?;
    let parts = Parts::parse(text).ok_or_else(|| site.failure("the text is no absolute URI"))?;
    let port = match parts.port {
        Some(port) => site.integer(i64::from(port)),
        None => site.null(),
    };
    let mut members = vec![
        site.member("scheme", site.string(parts.scheme)),
        site.member("host", site.string(parts.host)),
        site.member("port", port),
    ];
    if parts.path != "/" {
        members.push(site.member("path", site.string(parts.path)));
    }
    if !parts.query.is_empty() {
        members.push(site.member("query", site.string(parts.query)));
    }
    site.object(members)
}

fn build_uri(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let object = site.object_at(arguments, 0)?;
    let text = |name: &str| -> Result<String, Failure> {
        match object.get(name).map(|value| &value.data) {
            None | Some(Data::Null) => Ok(String::new()),
            Some(Data::String(text)) => Ok(text.to_string()),
            Some(_) => Err(site.failure(format!("`{name}` is to be a string"))),
        }
    };
    let (scheme, host) = (text("scheme")?, text("host")?);
    if scheme.is_empty() || host.is_empty() {
        return Err(site.failure("`scheme` and `host` are needed"));
    }
    let port = match object.get("port").map(|value| &value.data) {
        None | Some(Data::Null) => None,
        Some(Data::Integer(port)) => {
            Some(u16::try_from(*port).map_err(|_| site.failure("`port` is to be 0 to 65535"))?)
        }
        Some(_) => return Err(site.failure("`port` is to be an int")),
    };
    let with_mark = |text: String, mark: char| {
        if text.is_empty() || text.starts_with(mark) {
            text
        } else {
            format!("{mark}{text}")
        }
    };
    let path = with_mark(text("path")?, '/');
    let parts = Parts {
        port: port.filter(|port| Some(*port) != default_port(&scheme)),
        scheme,
        user: String::new(),
        host,
        path: if path.is_empty() {
            "/".to_owned()
        } else {
            path
        },
        query: with_mark(text("query")?, '?'),
        fragment: String::new(),
    };
    Ok(site.string(parts.write()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_resolved_as_the_standard_shows() {
        for (path, want) in [
            ("/a/b/c/./../../g", "/a/g"),
            ("/a/../../g", "/g"),
            ("/a/b/..", "/a/"),
            ("/a/.", "/a/"),
            ("/", "/"),
        ] {
            assert_eq!(remove_dots(path), want);
        }
    }

    #[test]
    fn decoding_keeps_what_is_no_escape() {
        assert_eq!(decode_percent("a%20b%zz+%E2%82%AC%"), "a b%zz \u{20ac}%");
    }
}
