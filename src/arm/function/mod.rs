//! The template functions, one family a file.
//!
//! Each family has a table of its functions: name, number of arguments, implementation.
//! To add one: a line in the table, a function, and vectors in the tests.
//!
//! Source of names and behaviour: "ARM template functions".

mod array;
mod cidr;
mod comparison;
mod conversion;
mod date;
mod date_format;
mod deployment;
mod encoding;
mod lambda;
mod logical;
mod number_format;
mod numeric;
mod object;
mod resource;
mod runtime;
mod string;
mod text_case;
mod uri;

pub(crate) use number_format::float_text;
pub(crate) use resource::provider_path;

use super::evaluator::Evaluator;
use super::expression::Expression;
use super::failure::{Failure, Outcome};
use super::site::Site;
use crate::value::{Text, Value};

/// A template function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function {
    name: &'static str,
    least: usize,
    most: usize,
    /// What it does.
    pub(crate) body: Body,
    /// Writes the symbol of its result on arguments that are not all known; `None` where the plain
    /// `{name(arguments)}` is right.
    pub(crate) symbol: Option<WriteSymbol>,
}

/// Writes the symbol of a call on arguments that are not all known.
type WriteSymbol = fn(&Site<'_>, &[Value]) -> Option<Text>;

/// What a function does, and what it needs for it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body {
    /// Needs arguments that are known; what they hold may be unknown.
    Strict(fn(&Site<'_>, &[Value]) -> Outcome),
    /// Needs arguments that are known throughout.
    Deep(fn(&Site<'_>, &[Value]) -> Outcome),
    /// Takes arguments as they come.
    Open(fn(&mut Evaluator<'_>, &Site<'_>, &[Value]) -> Outcome),
    /// Evaluates its arguments itself, and perhaps not all of them.
    Lazy(fn(&mut Evaluator<'_>, &Site<'_>, &[Expression]) -> Outcome),
}

/// Any number of arguments.
const ANY: usize = usize::MAX;

impl Function {
    const fn new(name: &'static str, least: usize, most: usize, body: Body) -> Self {
        Self {
            name,
            least,
            most,
            body,
            symbol: None,
        }
    }

    const fn with_symbol(mut self, symbol: WriteSymbol) -> Self {
        self.symbol = Some(symbol);
        self
    }

    /// The name for messages and symbols: as documented, or, of the `list…` family, as `spelled`.
    pub(crate) fn display_name<'a>(&self, spelled: &'a str) -> &'a str
    where
        'static: 'a,
    {
        if self.name == runtime::LIST.name {
            spelled
        } else {
            self.name
        }
    }

    /// Refuses a call with `count` arguments where it takes more or fewer.
    pub(crate) fn check_count(&self, site: &Site<'_>, count: usize) -> Result<(), Failure> {
        if (self.least..=self.most).contains(&count) {
            return Ok(());
        }
        let wanted = match (self.least, self.most) {
            (0, 0) => "no arguments".to_owned(),
            (1, 1) => "1 argument".to_owned(),
            (least, most) if least == most => format!("{least} arguments"),
            (least, ANY) => format!("at least {least}"),
            (least, most) => format!("{least} to {most} arguments"),
        };
        Err(Failure::argument(format!(
            "`{}` takes {wanted}, not {count}",
            site.name
        )))
    }
}

static FAMILIES: &[&[Function]] = &[
    array::FUNCTIONS,
    cidr::FUNCTIONS,
    comparison::FUNCTIONS,
    conversion::FUNCTIONS,
    date::FUNCTIONS,
    deployment::FUNCTIONS,
    encoding::FUNCTIONS,
    lambda::FUNCTIONS,
    logical::FUNCTIONS,
    numeric::FUNCTIONS,
    object::FUNCTIONS,
    resource::FUNCTIONS,
    runtime::FUNCTIONS,
    string::FUNCTIONS,
    uri::FUNCTIONS,
];

/// The function called `name`, in any case. O(functions).
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    let named = FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .find(|function| function.name.eq_ignore_ascii_case(name));
    let is_list = name
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("list"));
    named.or(is_list.then_some(&runtime::LIST))
}

/// Whether a call of `name` in a symbol is a fact of its own, and not made from its arguments.
pub(crate) fn is_fact(name: &str) -> bool {
    name == "parameters" || runtime::is_runtime(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_taken_twice() {
        let mut names: Vec<_> = FAMILIES
            .iter()
            .flat_map(|family| family.iter())
            .map(|function| function.name.to_ascii_lowercase())
            .collect();
        names.sort();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(count > 100, "{count}");
    }

    #[test]
    fn any_name_that_starts_with_list_is_one_of_a_family() {
        assert!(find("listKeys").is_some());
        assert!(find("LISTADMINKEYS").is_some());
        assert!(find("lis").is_none());
        assert!(find("nosuch").is_none());
    }
}
