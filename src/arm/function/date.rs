//! Dates and times, without a clock.

use super::date_format::{self, Moment};
use super::{Body, Function};
use crate::arm::context::Place;
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::arm::symbol;
use crate::value::{Atom, Cause, Text, Unknown, Value};
use time::{Duration, OffsetDateTime};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("dateTimeAdd", 2, 3, Body::Strict(date_time_add)),
    Function::new(
        "dateTimeFromEpoch",
        1,
        1,
        Body::Strict(date_time_from_epoch),
    ),
    Function::new("dateTimeToEpoch", 1, 1, Body::Strict(date_time_to_epoch)),
    Function::new("newGuid", 0, 0, Body::Open(new_guid)),
    Function::new("utcNow", 0, 1, Body::Open(utc_now)),
];

/// How dates are written where no format is given.
const ROUND: &str = "yyyy-MM-ddTHH:mm:ssZ";

fn read(site: &Site<'_>, arguments: &[Value]) -> Result<OffsetDateTime, Failure> {
    let text = site.string_at(arguments, 0)?;
    date_format::parse(text).ok_or_else(|| site.failure(format!("`{text}` is no date and time")))
}

/// A year is 365 days and a month 30, as documented.
fn date_time_add(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let base = read(site, arguments)?;
    let text = site.string_at(arguments, 1)?;
    let duration = parse_duration(text)
        .ok_or_else(|| site.failure(format!("`{text}` is no ISO 8601 duration")))?;
    let format = match arguments.get(2) {
        None => ROUND,
        Some(_) => site.string_at(arguments, 2)?,
    };
    let moment = base
        .checked_add(duration)
        .filter(|moment| moment.year() >= 1)
        .ok_or_else(|| site.failure("the date leaves the calendar"))?;
    let text = date_format::write(Moment(moment), format)
        .ok_or_else(|| site.failure(format!("`{format}` is no date format")))?;
    Ok(site.string(text))
}

fn date_time_to_epoch(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.integer(read(site, arguments)?.unix_timestamp()))
}

fn date_time_from_epoch(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let seconds = site.integer_at(arguments, 0)?;
    let moment = OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .filter(|moment| moment.year() >= 1)
        .ok_or_else(|| site.failure("the date leaves the calendar"))?;
    let text = date_format::write(Moment(moment), ROUND);
    Ok(site.string(text.unwrap_or_default()))
}

/// `[-]PnYnMnDTnHnMnS`; seconds may have decimals. Weeks are not in the grammar.
fn parse_duration(text: &str) -> Option<Duration> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let rest = rest.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (rest, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let day = 86_400;
    let mut total = Duration::ZERO;
    for (part, units) in [
        (date, [('Y', 365 * day), ('M', 30 * day), ('D', day)]),
        (time, [('H', 3600), ('M', 60), ('S', 1)]),
    ] {
        let mut rest = part;
        let mut units = units.into_iter();
        while !rest.is_empty() {
            let end = rest.find(|mark: char| !mark.is_ascii_digit() && mark != '.')?;
            let (number, after) = rest.split_at(end);
            let unit = after.chars().next()?;
            let (_, seconds) = units.find(|(name, _)| *name == unit)?;
            total = total.checked_add(amount(number, seconds, unit == 'S')?)?;
            rest = after.get(1..)?;
        }
    }
    if negative {
        Duration::ZERO.checked_sub(total)
    } else {
        Some(total)
    }
}

fn amount(number: &str, seconds: i64, decimals: bool) -> Option<Duration> {
    let (whole, part) = match number.split_once('.') {
        Some((whole, part)) if decimals && !part.is_empty() => (whole, part),
        Some(_) => return None,
        None => (number, "0"),
    };
    let whole: i64 = whole.parse().ok()?;
    let nanoseconds: String = format!("{part:0<9}").chars().take(9).collect();
    let whole = Duration::seconds(whole.checked_mul(seconds)?);
    whole.checked_add(Duration::nanoseconds(nanoseconds.parse().ok()?))
}

fn new_guid(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    differs(site, arguments)
}

fn utc_now(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    if !arguments.is_empty() {
        site.text(arguments, 0)?;
    }
    differs(site, arguments)
}

/// A value that each deployment has its own of. The place tells calls apart.
fn differs(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    if site.context.place != Place::ParameterDefault {
        return Err(Failure::place(format!(
            "`{}` stands only in a parameter's default, not in {}",
            site.name,
            site.context.place.describe()
        )));
    }
    let call = symbol::of_call(site.name, arguments);
    let call = call.trim_matches(['{', '}']);
    let span = site.span();
    let atom = Atom {
        cause: Cause::NonDeterministic,
        refers_to: format!("{}()", site.name).into(),
        path: Vec::new(),
        span: Some(span),
    };
    let mut unknown = Unknown::of(atom, Text::clone(&site.context.text));
    let place = format!("{}:{}:{call}", span.file.index(), span.start);
    unknown.symbol = symbol::hole(&place).into();
    Ok(Value::unknown(span, unknown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_documented() {
        let day = 86_400;
        for (text, want) in [
            ("P3Y", Some(3 * 365 * day)),
            ("-P9D", Some(-9 * day)),
            ("PT1H", Some(3600)),
            ("P1Y2M3DT4H5M6S", Some(428 * day + 14_706)),
            ("P1M", Some(30 * day)),
            ("PT1.5S", Some(1)),
            ("P", None),
            ("PT", None),
            ("P1H", None),
            ("P1W", None),
            ("P1D2Y", None),
            ("3D", None),
            ("P1.5D", None),
            ("PD", None),
        ] {
            let found = parse_duration(text).map(Duration::whole_seconds);
            assert_eq!(found, want, "{text}");
        }
    }
}
