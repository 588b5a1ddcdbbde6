//! Tokens.

use super::SyntaxError;
use crate::value::Text;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Name(Text),
    String(Text),
    Integer(i64),
    /// One of `( ) [ ] , .`
    Mark(char),
}

/// The tokens of `text`, each with the byte it starts at. O(bytes).
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        let token = match character {
            _ if character.is_whitespace() => continue,
            '(' | ')' | '[' | ']' | ',' | '.' => Token::Mark(character),
            '\'' => {
                let mut content = String::new();
                loop {
                    match rest.next() {
                        None => return Err(SyntaxError::new(at, "a string is not closed")),
                        Some((_, '\'')) if rest.next_if(|(_, next)| *next == '\'').is_some() => {
                            content.push('\'');
                        }
                        Some((_, '\'')) => break,
                        Some((_, other)) => content.push(other),
                    }
                }
                Token::String(content.into())
            }
            '-' | '0'..='9' => {
                let mut digits = String::from(character);
                while let Some((_, digit)) = rest.next_if(|(_, next)| next.is_ascii_digit()) {
                    digits.push(digit);
                }
                let number = digits.parse().map_err(|_| {
                    SyntaxError::new(at, format!("`{digits}` is no whole number of 64 bits"))
                })?;
                Token::Integer(number)
            }
            _ if starts_name(character) => {
                let mut name = String::from(character);
                while let Some((_, next)) = rest.next_if(|(_, next)| continues_name(*next)) {
                    name.push(next);
                }
                Token::Name(name.into())
            }
            _ => {
                let message = format!("`{character}` has no meaning here");
                return Err(SyntaxError::new(at, message));
            }
        };
        found.push((at, token));
    }
    Ok(found)
}

fn starts_name(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | '$')
}

fn continues_name(character: char) -> bool {
    starts_name(character) || character.is_numeric()
}
