//! From tokens to a syntax tree, by recursive descent.

use super::lexer::{Token, tokens};
use super::{Accessor, Call, Expression, Head};

/// The most levels of calls and indices within one expression.
///
/// Azure states no such limit; hand-written and compiled templates stay below 40.
pub const DEPTH_LIMIT: usize = 128;

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The byte within the text where reading stopped.
    pub at: usize,
    /// Lower case, no full stop.
    pub message: String,
}

impl SyntaxError {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
        }
    }
}

/// The expression that `text`, without its outer brackets, holds. O(bytes).
pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        end: text.len(),
    };
    let expression = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => {
            let message = format!("{} follows the end of the expression", describe(token));
            Err(SyntaxError::new(parser.place(), message))
        }
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn place(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.next += 1;
        token
    }

    fn take_mark(&mut self, mark: char) -> bool {
        let found = self.peek() == Some(&Token::Mark(mark));
        if found {
            self.next += 1;
        }
        found
    }

    fn expect_mark(&mut self, mark: char) -> Result<(), SyntaxError> {
        if self.take_mark(mark) {
            Ok(())
        } else {
            Err(self.unexpected(&format!("`{mark}`")))
        }
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        let message = match self.peek() {
            None => format!("the expression ends where {wanted} is expected"),
            Some(token) => format!("{} stands where {wanted} is expected", describe(token)),
        };
        SyntaxError::new(self.place(), message)
    }

    fn expression(&mut self, depth: usize) -> Result<Expression, SyntaxError> {
        if depth >= DEPTH_LIMIT {
            let message = format!("the expression is nested more than {DEPTH_LIMIT} levels deep");
            return Err(SyntaxError::new(self.place(), message));
        }
        let head = match self.peek() {
            Some(Token::Name(_)) => Head::Call(self.call(depth)?),
            Some(Token::String(text)) => {
                let head = Head::String(text.clone());
                self.next += 1;
                head
            }
            Some(Token::Integer(number)) => {
                let head = Head::Integer(*number);
                self.next += 1;
                head
            }
            _ => return Err(self.unexpected("a value")),
        };
        let mut accessors = Vec::new();
        loop {
            if self.take_mark('.') {
                if let Some(Token::Name(name)) = self.take() {
                    accessors.push(Accessor::Member(name));
                } else {
                    self.next = self.next.saturating_sub(1);
                    return Err(self.unexpected("a member's name"));
                }
            } else if self.take_mark('[') {
                accessors.push(Accessor::Index(self.expression(depth + 1)?));
                self.expect_mark(']')?;
            } else {
                return Ok(Expression { head, accessors });
            }
        }
    }

    fn call(&mut self, depth: usize) -> Result<Call, SyntaxError> {
        let place = self.place();
        let Some(Token::Name(mut name)) = self.take() else {
            return Err(self.unexpected("a function's name"));
        };
        let mut namespace = None;
        if let (Some(Token::Mark('.')), Some((_, Token::Name(member)))) =
            (self.peek(), self.tokens.get(self.next + 1))
        {
            namespace = Some(std::mem::replace(&mut name, member.clone()));
            self.next += 2;
        }
        if !self.take_mark('(') {
            let message = format!("`{name}` is not called: parentheses are missing");
            return Err(SyntaxError::new(place, message));
        }
        let mut arguments = Vec::new();
        if !self.take_mark(')') {
            loop {
                arguments.push(self.expression(depth + 1)?);
                if self.take_mark(')') {
                    break;
                }
                if !self.take_mark(',') {
                    return Err(self.unexpected("`,` or `)`"));
                }
            }
        }
        Ok(Call {
            namespace,
            name,
            arguments,
        })
    }
}

fn describe(token: &Token) -> String {
    match token {
        Token::Name(name) => format!("`{name}`"),
        Token::String(text) => format!("the string `{text}`"),
        Token::Integer(number) => format!("`{number}`"),
        Token::Mark(mark) => format!("`{mark}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Text;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_back_reads_the_same() {
        for text in [
            "concat('it''s', ' ok')",
            "variables('o').list[1].deep['a b']",
            "ns.member(-1, f())[g('x').y]",
            "'x'.y",
            "0",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_place_of_a_mistake_is_told() {
        for (text, at) in [
            ("concat('a' 'b')", 11),
            ("concat('a', 'b'", 15),
            ("concat('a", 7),
            ("concat('a'))", 11),
            ("concat('a',)", 11),
            ("concat", 0),
            ("", 0),
            ("f().", 4),
            ("f().1", 4),
            ("f() g()", 4),
            ("1.5", 2),
            ("f(\"x\")", 2),
            ("99999999999999999999", 0),
            ("a.b.c()", 0),
        ] {
            assert_eq!(parse(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded_and_long_chains_are_not_nesting() {
        let deep = format!("{}1{}", "f(".repeat(20_000), ")".repeat(20_000));
        assert!(
            parse(&deep)
                .unwrap_err()
                .message
                .contains("128 levels deep")
        );
        assert!(parse(&format!("f(){}", ".a[0]".repeat(5_000))).is_ok());
    }

    fn any_expression() -> impl Strategy<Value = Expression> {
        let name = "[a-zA-Z_][a-zA-Z0-9_]{0,6}".prop_map(Text::from);
        let leaf = prop_oneof![
            ".{0,8}".prop_map(|text| Expression::from(Head::String(text.into()))),
            any::<i64>().prop_map(|number| Expression::from(Head::Integer(number))),
        ];
        leaf.prop_recursive(5, 40, 4, move |inner| {
            let accessor = prop_oneof![
                name.clone().prop_map(Accessor::Member),
                inner.clone().prop_map(Accessor::Index),
            ];
            let call = (
                proptest::option::of(name.clone()),
                name.clone(),
                proptest::collection::vec(inner, 0..4),
            )
                .prop_map(|(namespace, name, arguments)| {
                    Head::Call(Call {
                        namespace,
                        name,
                        arguments,
                    })
                });
            (call, proptest::collection::vec(accessor, 0..3))
                .prop_map(|(head, accessors)| Expression { head, accessors })
        })
    }

    proptest! {
        #[test]
        fn every_tree_survives_being_written_and_read(expression in any_expression()) {
            prop_assert_eq!(parse(&expression.to_string()).unwrap(), expression);
        }

        #[test]
        fn no_text_makes_reading_panic(text in ".{0,60}") {
            let _ = parse(&text);
        }
    }
}
