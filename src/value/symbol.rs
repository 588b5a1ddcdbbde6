//! Symbols: how a value is written with what is known of it and holes in braces for the rest.
//!
//! `concat('kv-', parameters('n'))` has the symbol `kv-{parameters('n')}`.
//! Braces and backslashes of known text stand behind a backslash, so a symbol reads in one way only.

/// One part of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Known text, its braces still behind backslashes.
    Text(&'a str),
    /// What stands between the braces of a hole.
    Hole(&'a str),
}

/// The parts of `symbol` in order. O(bytes).
pub fn pieces(symbol: &str) -> Vec<Piece<'_>> {
    let bytes = symbol.as_bytes();
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => {
                if depth == 0 {
                    push(&mut found, Piece::Text, symbol.get(start..at));
                    start = at + 1;
                }
                depth += 1;
            }
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    push(&mut found, Piece::Hole, symbol.get(start..at));
                    start = at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    push(&mut found, Piece::Text, symbol.get(start..));
    found
}

fn push<'a>(
    found: &mut Vec<Piece<'a>>,
    kind: impl Fn(&'a str) -> Piece<'a>,
    text: Option<&'a str>,
) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        found.push(kind(text));
    }
}

/// Part of a symbol as known text.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            out.extend(characters.next());
        } else {
            out.push(character);
        }
    }
    out
}

/// Functions whose result still looks like their first argument.
const SHAPING: [&str; 9] = [
    "toLower",
    "toUpper",
    "trim",
    "replace",
    "substring",
    "take",
    "string",
    "format",
    "padLeft",
];

/// `symbol` for people: an open parameter shows its name alone, a call its function's name, and of
/// a call that merely shapes a text the text: `kv-{n}`, `st{uniqueString}`. O(bytes · nesting).
pub fn display(symbol: &str) -> String {
    let mut shown = String::new();
    display_into(symbol, 0, &mut shown);
    shown
}

fn display_into(symbol: &str, depth: u32, shown: &mut String) {
    for piece in pieces(symbol) {
        match piece {
            Piece::Text(text) => shown.push_str(&unescape(text)),
            Piece::Hole(hole) => display_hole(hole, depth, shown),
        }
    }
}

fn display_hole(hole: &str, depth: u32, shown: &mut String) {
    let parameter = hole
        .split_once("parameters('")
        .filter(|(before, _)| before.is_empty() || before.ends_with(':'))
        .and_then(|(_, rest)| rest.strip_suffix("')"))
        .filter(|name| !name.contains(['\'', '(', '{']));
    let call = hole.split_once('(').map(|(name, rest)| {
        let name = name.rsplit([':', '.']).next().unwrap_or(name);
        (name, rest)
    });
    match (parameter, call) {
        (Some(name), _) => braced(&unescape(name), shown),
        (None, Some((name, arguments))) if SHAPING.contains(&name) && depth < 8 => {
            let first = first_argument(arguments);
            match first
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''))
            {
                Some(text) => shown.push_str(&unescape(&text.replace("''", "'"))),
                None => display_into(first, depth + 1, shown),
            }
        }
        (None, Some((name, _))) => braced(name, shown),
        (None, None) => braced(&unescape(hole), shown),
    }
}

fn braced(text: &str, shown: &mut String) {
    shown.push('{');
    shown.push_str(text);
    shown.push('}');
}

/// The text of `arguments` up to the first comma or closing parenthesis that is in no quotes,
/// braces or parentheses of its own. O(bytes).
fn first_argument(arguments: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, one) in arguments.char_indices() {
        match one {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' | '{' | '[' => depth += 1,
            ',' | ')' if depth == 0 => return arguments.get(..at).unwrap_or(arguments),
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    arguments
}

/// `symbol` split at each `/` of its known text; the parts are of the same form. O(bytes).
pub fn split_segments(symbol: &str) -> Vec<&str> {
    let mut segments = Vec::new();
    let mut start = 0;
    for at in slashes(symbol) {
        segments.extend(symbol.get(start..at));
        start = at + 1;
    }
    segments.extend(symbol.get(start..));
    segments
}

/// Where the known text of `symbol` has a `/`, in bytes. O(bytes).
pub fn slashes(symbol: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, byte) in symbol.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'/' if depth == 0 => found.push(at),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_come_apart_as_they_were_put_together() {
        assert_eq!(
            pieces(r"kv-{parameters('n')}\}-{f({a},'\}')}"),
            [
                Piece::Text("kv-"),
                Piece::Hole("parameters('n')"),
                Piece::Text(r"\}-"),
                Piece::Hole(r"f({a},'\}')"),
            ]
        );
        assert_eq!(unescape(r"a\{b\}\\"), "a{b}\\");
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn open_parameters_show_their_name_alone() {
        assert_eq!(display("kv-{parameters('n')}"), "kv-{n}");
        assert_eq!(display("{b.json:parameters('n')}/x"), "{n}/x");
        assert_eq!(display("{toLower({d:parameters('n')})}-x"), "{n}-x");
        assert_eq!(
            display("{replace(st{toLower({parameters('p')})}x,'-','')}"),
            "st{p}x"
        );
        assert_eq!(
            display("hub-{substring({uniqueString('/a,b',{utcNow('y')})},0,4)}"),
            "hub-{uniqueString}"
        );
        assert_eq!(display("{take('a,b)c',3)}"), "a,b)c");
    }

    #[test]
    fn slashes_within_holes_do_not_split() {
        assert_eq!(split_segments("a/{f('x/y')}b/c"), ["a", "{f('x/y')}b", "c"]);
    }
}
