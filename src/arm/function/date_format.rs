//! .NET's date formats, in the invariant culture.

use std::fmt::Write as _;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// A moment, written in UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment(pub(super) OffsetDateTime);

/// The moment that `text` tells: `yyyy-MM-dd`, then `T` or a space and `HH:mm[:ss[.f]]`, then `Z` or
/// an offset; also `yyyyMMddTHHmmssZ`, which `utcNow` writes, and `M/d/yyyy [h:mm[:ss] AM]`.
/// Without an offset it is UTC.
pub(super) fn parse(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    if text.contains('/') {
        return parse_american(text);
    }
    let compact = text.len() >= 8 && text.get(..8)?.bytes().all(|digit| digit.is_ascii_digit());
    let (date, rest) = text.split_at_checked(if compact { 8 } else { 10 })?;
    let number = |from: usize, to: usize| -> Option<u16> {
        let digits = date.get(from..to)?;
        let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
        digits.parse().ok().filter(|_| plain)
    };
    let (month, day) = if compact {
        (number(4, 6)?, number(6, 8)?)
    } else {
        if date.get(4..5)? != "-" || date.get(7..8)? != "-" {
            return None;
        }
        (number(5, 7)?, number(8, 10)?)
    };
    let date = calendar_date(number(0, 4)?, month, day)?;
    if rest.is_empty() {
        return Some(PrimitiveDateTime::new(date, Time::MIDNIGHT).assume_utc());
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(end);
    let time = parse_time(time, compact)?;
    let offset = parse_offset(zone.trim())?;
    let moment = PrimitiveDateTime::new(date, time).assume_utc();
    moment.checked_sub(time::Duration::seconds(i64::from(offset.whole_seconds())))
}

fn calendar_date(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    if year == 0 {
        return None;
    }
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}

fn parse_american(text: &str) -> Option<OffsetDateTime> {
    let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = date.split('/').map(|part| part.parse::<u16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let date = calendar_date(year, month, day)?;
    let mut time = Time::MIDNIGHT;
    if !rest.is_empty() {
        let (clock, half) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        let (hour, others) = clock.split_once(':')?;
        let hour: u8 = hour.parse().ok()?;
        let hour = match half.to_ascii_uppercase().as_str() {
            "" => hour,
            "AM" => hour.checked_rem(12)?,
            "PM" => hour.checked_rem(12)? + 12,
            _ => return None,
        };
        time = parse_time(&format!("{hour:02}:{others}"), false)?;
    }
    Some(PrimitiveDateTime::new(date, time).assume_utc())
}

fn parse_time(text: &str, compact: bool) -> Option<Time> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits: String = if compact {
        clock.to_owned()
    } else {
        let parts: Vec<String> = clock.split(':').map(|part| format!("{part:0>2}")).collect();
        parts.concat()
    };
    let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
    if !plain || !matches!(digits.len(), 4 | 6) || fraction.is_empty() {
        return None;
    }
    let number = |at: usize| {
        digits
            .get(at..at + 2)
            .map_or(Some(0), |part| part.parse().ok())
    };
    let nanoseconds: String = format!("{fraction:0<9}").chars().take(9).collect();
    Time::from_hms_nano(
        number(0)?,
        number(2)?,
        number(4)?,
        nanoseconds.parse().ok()?,
    )
    .ok()
}

fn parse_offset(text: &str) -> Option<UtcOffset> {
    if text.is_empty() || text.eq_ignore_ascii_case("z") {
        return Some(UtcOffset::UTC);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let digits = rest.replace(':', "");
    let hours: i8 = digits.get(..2)?.parse().ok()?;
    let minutes: i8 = match digits.get(2..)? {
        "" => 0,
        minutes => minutes.parse().ok()?,
    };
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// `moment` by the standard or custom format `format`; `None` where there is no such format.
pub(super) fn write(moment: Moment, format: &str) -> Option<String> {
    let mut letters = format.chars();
    let pattern = match (letters.next(), letters.next()) {
        (None, _) => "MM/dd/yyyy HH:mm:ss",
        (Some(letter), None) => match letter {
            'd' => "MM/dd/yyyy",
            'D' => "dddd, dd MMMM yyyy",
            'f' => "dddd, dd MMMM yyyy HH:mm",
            'F' | 'U' => "dddd, dd MMMM yyyy HH:mm:ss",
            'g' => "MM/dd/yyyy HH:mm",
            'G' => "MM/dd/yyyy HH:mm:ss",
            'm' | 'M' => "MMMM dd",
            'o' | 'O' => "yyyy-MM-ddTHH:mm:ss.fffffffZ",
            'r' | 'R' => "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
            's' => "yyyy-MM-ddTHH:mm:ss",
            't' => "HH:mm",
            'T' => "HH:mm:ss",
            'u' => "yyyy-MM-dd HH:mm:ssZ",
            'y' | 'Y' => "yyyy MMMM",
            _ => return None,
        },
        _ => format,
    };
    Some(custom(moment.0, pattern))
}

fn custom(moment: OffsetDateTime, pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        match letter {
            '\\' => {
                let escaped = rest.chars().nth(1);
                out.extend(escaped);
                let skipped = 1 + escaped.map_or(0, char::len_utf8);
                rest = rest.get(skipped..).unwrap_or("");
                continue;
            }
            '%' => {
                rest = rest.get(1..).unwrap_or("");
                continue;
            }
            '\'' | '"' => {
                let inner = rest.get(1..).unwrap_or("");
                let end = inner.find(letter).unwrap_or(inner.len());
                out.push_str(inner.get(..end).unwrap_or(""));
                rest = inner.get(end + 1..).unwrap_or("");
                continue;
            }
            _ => {}
        }
        let end = rest.find(|other| other != letter).unwrap_or(rest.len());
        let count = end / letter.len_utf8();
        write_field(
            moment,
            letter,
            count,
            rest.get(..end).unwrap_or(""),
            &mut out,
        );
        rest = rest.get(end..).unwrap_or("");
    }
    out
}

fn write_field(moment: OffsetDateTime, letter: char, count: usize, text: &str, out: &mut String) {
    let number = |value: u32, most: usize| format!("{value:0>width$}", width = count.min(most));
    let month = usize::from(u8::from(moment.month()));
    let month_name = MONTHS.get(month - 1).copied().unwrap_or("");
    let day_name = DAYS
        .get(usize::from(moment.weekday().number_days_from_monday()))
        .copied()
        .unwrap_or("");
    let year = moment.year().unsigned_abs();
    let twelve = match moment.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let written = match (letter, count) {
        ('y', 1 | 2) => number(year % 100, 2),
        ('y', _) => number(year, count),
        ('M', 1 | 2) => number(u32::from(u8::from(moment.month())), 2),
        ('M', 3) => month_name.chars().take(3).collect(),
        ('M', _) => month_name.to_owned(),
        ('d', 1 | 2) => number(u32::from(moment.day()), 2),
        ('d', 3) => day_name.chars().take(3).collect(),
        ('d', _) => day_name.to_owned(),
        ('H', _) => number(u32::from(moment.hour()), 2),
        ('h', _) => number(u32::from(twelve), 2),
        ('m', _) => number(u32::from(moment.minute()), 2),
        ('s', _) => number(u32::from(moment.second()), 2),
        ('f' | 'F', _) => {
            let mut digits: String = format!("{:09}", moment.nanosecond())
                .chars()
                .take(count.min(7))
                .collect();
            if letter == 'F' {
                digits.truncate(digits.trim_end_matches('0').len());
                if digits.is_empty() && out.ends_with('.') {
                    out.pop();
                }
            }
            digits
        }
        ('t', 1) => if moment.hour() < 12 { "A" } else { "P" }.to_owned(),
        ('t', _) => if moment.hour() < 12 { "AM" } else { "PM" }.to_owned(),
        ('K', _) => "Z".repeat(count),
        ('z', 1) => "+0".to_owned(),
        ('z', 2) => "+00".to_owned(),
        ('z', _) => "+00:00".to_owned(),
        ('g', _) => "A.D.".to_owned(),
        _ => text.to_owned(),
    };
    let _ = write!(out, "{written}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_templates_use() {
        for (text, want) in [
            ("2023-05-02T15:16:13Z", Some(1_683_040_573)),
            ("2023-05-02 15:16:13Z", Some(1_683_040_573)),
            ("20230502T151613Z", Some(1_683_040_573)),
            ("2023-05-02T17:16:13+02:00", Some(1_683_040_573)),
            ("2023-05-02T15:16:13.1234567Z", Some(1_683_040_573)),
            ("5/2/2023 3:16:13 PM", Some(1_683_040_573)),
            ("1970-01-01", Some(0)),
            ("2023-02-30", None),
            ("2023-13-01", None),
            ("not a date", None),
            ("", None),
            ("2023-05-02T25:00:00Z", None),
        ] {
            let found = parse(text).map(OffsetDateTime::unix_timestamp);
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_in_dotnet() {
        let moment = Moment(parse("2023-05-02T15:06:13.25Z").unwrap());
        for (format, want) in [
            ("yyyy-MM-ddTHH:mm:ssZ", "2023-05-02T15:06:13Z"),
            ("u", "2023-05-02 15:06:13Z"),
            ("d", "05/02/2023"),
            ("M d", "5 2"),
            ("%d", "2"),
            ("yyMMdd", "230502"),
            (
                "dddd, dd MMMM yyyy hh:mm tt",
                "Tuesday, 02 May 2023 03:06 PM",
            ),
            ("o", "2023-05-02T15:06:13.2500000Z"),
            ("s", "2023-05-02T15:06:13"),
            ("R", "Tue, 02 May 2023 15:06:13 GMT"),
            ("ss.FFF", "13.25"),
            ("yyyy'-x-'MM", "2023-x-05"),
            ("h\\h", "3h"),
        ] {
            assert_eq!(write(moment, format).as_deref(), Some(want), "{format}");
        }
        assert_eq!(write(moment, "Q"), None);
    }
}
