//! .NET's number formats, in the invariant culture.

use std::fmt::Write as _;

/// `number` by the standard or custom format `spec`; `None` where there is no such format.
pub(super) fn integer(number: i64, spec: &str) -> Option<String> {
    if spec.is_empty() {
        return Some(number.to_string());
    }
    let Some((letter, precision)) = standard(spec) else {
        return custom(&number.unsigned_abs().to_string(), "", number < 0, spec);
    };
    let digits = number.unsigned_abs().to_string();
    let minus = if number < 0 { "-" } else { "" };
    let pad = |text: String| format!("{text:0>width$}", width = precision.unwrap_or(0));
    Some(match letter {
        'D' | 'd' => format!("{minus}{}", pad(digits)),
        'X' => pad(format!("{number:X}")),
        'x' => pad(format!("{number:x}")),
        'B' | 'b' => pad(format!("{number:b}")),
        'G' | 'g' | 'R' | 'r' => format!("{minus}{digits}"),
        'N' | 'n' => format!(
            "{minus}{}{}",
            grouped(&digits),
            zeros(precision.unwrap_or(2))
        ),
        'F' | 'f' => format!("{minus}{digits}{}", zeros(precision.unwrap_or(2))),
        'C' | 'c' => {
            let text = format!(
                "\u{a4}{}{}",
                grouped(&digits),
                zeros(precision.unwrap_or(2))
            );
            if number < 0 {
                format!("({text})")
            } else {
                text
            }
        }
        'P' | 'p' => {
            let digits = if number == 0 { digits } else { digits + "00" };
            format!(
                "{minus}{}{} %",
                grouped(&digits),
                zeros(precision.unwrap_or(2))
            )
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "as .NET writes exponents of large ints"
        )]
        'E' | 'e' => exponent(number as f64, letter, precision.unwrap_or(6)),
        _ => return None,
    })
}

/// `number` by the standard or custom format `spec`; `None` where there is no such format.
pub(super) fn float(number: f64, spec: &str) -> Option<String> {
    let minus = if number < 0.0 { "-" } else { "" };
    let magnitude = number.abs();
    let rounded = |precision: usize| -> (String, String) {
        let text = format!("{magnitude:.precision$}");
        match text.split_once('.') {
            Some((whole, part)) => (whole.to_owned(), format!(".{part}")),
            None => (text, String::new()),
        }
    };
    let Some((letter, precision)) = standard(spec) else {
        let decimals = decimals_of(spec);
        let (whole, part) = rounded(decimals);
        return custom(&whole, part.trim_start_matches('.'), number < 0.0, spec);
    };
    Some(match letter {
        'F' | 'f' => {
            let (whole, part) = rounded(precision.unwrap_or(2));
            format!("{minus}{whole}{part}")
        }
        'N' | 'n' => {
            let (whole, part) = rounded(precision.unwrap_or(2));
            format!("{minus}{}{part}", grouped(&whole))
        }
        'P' | 'p' => {
            return float(number * 100.0, &format!("N{}", precision.unwrap_or(2)))
                .map(|it| it + " %");
        }
        'E' | 'e' => exponent(number, letter, precision.unwrap_or(6)),
        'G' | 'g' | 'R' | 'r' => float_text(number),
        _ => return None,
    })
}

/// The shortest text that reads as `number` again.
pub(crate) fn float_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-5..1e15).contains(&magnitude) {
        let text = format!("{number:E}");
        let (digits, power) = text.split_once('E').unwrap_or((&text, "0"));
        let (sign, power) = match power.strip_prefix('-') {
            Some(power) => ('-', power),
            None => ('+', power),
        };
        return format!("{digits}E{sign}{power:0>2}");
    }
    number.to_string()
}

/// The letter and precision of a standard format.
fn standard(spec: &str) -> Option<(char, Option<usize>)> {
    let mut characters = spec.chars();
    let letter = characters.next().filter(char::is_ascii_alphabetic)?;
    let rest = characters.as_str();
    if rest.is_empty() {
        return Some((letter, None));
    }
    let digits = rest.len() <= 2 && rest.chars().all(|digit| digit.is_ascii_digit());
    digits.then(|| (letter, rest.parse().ok()))
}

fn zeros(count: usize) -> String {
    if count == 0 {
        String::new()
    } else {
        format!(".{}", "0".repeat(count))
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn exponent(number: f64, letter: char, precision: usize) -> String {
    let text = format!("{number:.precision$E}");
    let (digits, power) = text.split_once('E').unwrap_or((&text, "0"));
    let (sign, power) = match power.strip_prefix('-') {
        Some(power) => ('-', power),
        None => ('+', power),
    };
    format!("{digits}{letter}{sign}{power:0>3}")
}

fn decimals_of(spec: &str) -> usize {
    let section = spec.split(';').next().unwrap_or(spec);
    section.split_once('.').map_or(0, |(_, part)| {
        part.chars()
            .filter(|mark| matches!(mark, '0' | '#'))
            .count()
    })
}

/// A custom format: `0` and `#` are digits, `,` between digits groups, `.` the point, `%` a
/// hundredfold, quotes and backslash literal text, `;` sections for other signs.
fn custom(whole: &str, part: &str, negative: bool, spec: &str) -> Option<String> {
    let is_zero = whole.chars().chain(part.chars()).all(|digit| digit == '0');
    let (section, minus) = section(spec, negative, is_zero)?;
    let (before, after) = section.split_once('.').unwrap_or((section, ""));
    let digits = |text: &str| {
        text.chars()
            .filter(|mark| matches!(mark, '0' | '#'))
            .count()
    };
    let groups = before
        .trim_matches(|mark| !matches!(mark, '0' | '#' | ','))
        .contains(',');
    let percent = section.contains('%');
    let mut whole = whole.trim_start_matches('0').to_owned();
    if percent && !whole.is_empty() {
        whole.push_str("00");
    }
    let least = before
        .find('0')
        .map_or(0, |first| digits(before.get(first..).unwrap_or("")));
    let mut number = format!("{whole:0>least$}");
    if groups {
        number = grouped(&number);
    }
    let mut out = String::from(minus);
    let mut written = false;
    let mut marks = before.chars();
    while let Some(mark) = marks.next() {
        match mark {
            '0' | '#' | ',' => {
                if !written {
                    out.push_str(&number);
                    written = true;
                }
            }
            _ => literal(mark, &mut marks, &mut out),
        }
    }
    let decimals = digits(after);
    let least = after
        .rfind('0')
        .map_or(0, |last| digits(after.get(..=last).unwrap_or("")));
    let mut shown: String = format!("{part:0<decimals$}")
        .chars()
        .take(decimals)
        .collect();
    while shown.len() > least && shown.ends_with('0') {
        shown.pop();
    }
    if !shown.is_empty() {
        let _ = write!(out, ".{shown}");
    }
    let mut marks = after.chars();
    while let Some(mark) = marks.next() {
        if !matches!(mark, '0' | '#' | ',') {
            literal(mark, &mut marks, &mut out);
        }
    }
    Some(out)
}

/// The section of a custom format that a number's sign asks for, and the sign that is still to write.
fn section(spec: &str, negative: bool, is_zero: bool) -> Option<(&str, &'static str)> {
    let sections: Vec<&str> = spec.split(';').collect();
    match (sections.as_slice(), negative, is_zero) {
        ([_, _, third, ..], _, true) if !third.is_empty() => Some((third, "")),
        ([_, second, ..], true, false) if !second.is_empty() => Some((second, "")),
        ([first, ..], true, false) => Some((first, "-")),
        ([first, ..], _, _) => Some((first, "")),
        ([], _, _) => None,
    }
}

fn literal(mark: char, marks: &mut std::str::Chars<'_>, out: &mut String) {
    match mark {
        '\\' => out.extend(marks.next()),
        '\'' | '"' => out.extend(marks.by_ref().take_while(|next| *next != mark)),
        _ => out.push(mark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_formats_are_as_in_dotnet() {
        for (number, spec, want) in [
            (8_175_133, "N0", "8,175,133"),
            (8_175_133, "N", "8,175,133.00"),
            (-1234, "N1", "-1,234.0"),
            (7, "D3", "007"),
            (-7, "D3", "-007"),
            (255, "X", "FF"),
            (255, "x4", "00ff"),
            (-1, "X", "FFFFFFFFFFFFFFFF"),
            (5, "F2", "5.00"),
            (12, "P0", "1,200 %"),
            (1234, "E2", "1.23E+003"),
            (5, "B", "101"),
            (12, "", "12"),
            (12, "G", "12"),
        ] {
            assert_eq!(
                integer(number, spec).as_deref(),
                Some(want),
                "{number} {spec}"
            );
        }
        assert_eq!(integer(1, "Q"), None);
    }

    #[test]
    fn custom_formats_are_as_in_dotnet() {
        for (number, spec, want) in [
            (7, "000", "007"),
            (1234, "#,##0", "1,234"),
            (1234, "0.00", "1234.00"),
            (-5, "000", "-005"),
            (0, "#", ""),
            (5, "0 'GB'", "5 GB"),
            (-5, "0;(0)", "(5)"),
            (0, "0;(0);zero", "zero"),
        ] {
            assert_eq!(
                integer(number, spec).as_deref(),
                Some(want),
                "{number} {spec}"
            );
        }
        assert_eq!(float(1.5, "0.00").as_deref(), Some("1.50"));
        assert_eq!(float(1.5, "0.##").as_deref(), Some("1.5"));
    }

    #[test]
    fn floats_are_written_shortest() {
        for (number, want) in [
            (3.0, "3"),
            (1.5, "1.5"),
            (1e20, "1E+20"),
            (1.5e-7, "1.5E-07"),
        ] {
            assert_eq!(float_text(number), want);
        }
    }
}
