//! Words of a filter expression.

use super::problem::ODataProblem;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Names, keywords, numbers, dates: everything that is not quoted or punctuation.
    Word(String),
    /// A text in single quotes, quotes removed and doubled quotes halved.
    Text(String),
    Open,
    Close,
    Comma,
    /// End of the expression.
    End,
}

impl Token {
    /// The token in words, for messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Word(word) => format!("`{}`", word.chars().take(64).collect::<String>()),
            Self::Text(text) => format!("text '{}'", text.chars().take(64).collect::<String>()),
            Self::Open => "`(`".into(),
            Self::Close => "`)`".into(),
            Self::Comma => "`,`".into(),
            Self::End => "the end".into(),
        }
    }
}

/// A token and where it starts, in characters counted from 1.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub token: Token,
    pub position: usize,
}

/// Cuts a filter into tokens, ending with [`Token::End`].
pub(super) fn lex(text: &str) -> Result<Vec<Placed>, ODataProblem> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().enumerate().peekable();
    while let Some((index, c)) = rest.next() {
        let position = index + 1;
        let token = match c {
            ' ' | '\t' | '\r' | '\n' => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '\'' => quoted(&mut rest, position)?,
            first => Token::Word(word(first, &mut rest)),
        };
        tokens.push(Placed { token, position });
    }
    tokens.push(Placed { token: Token::End, position: text.chars().count() + 1 });
    Ok(tokens)
}

type Rest<'a> = std::iter::Peekable<std::iter::Enumerate<std::str::Chars<'a>>>;

fn quoted(rest: &mut Rest<'_>, position: usize) -> Result<Token, ODataProblem> {
    let mut text = String::new();
    while let Some((_, c)) = rest.next() {
        if c != '\'' {
            text.push(c);
        } else if rest.next_if(|(_, c)| *c == '\'').is_some() {
            text.push('\'');
        } else {
            return Ok(Token::Text(text));
        }
    }
    Err(ODataProblem::Filter { position, message: "this text has no closing quote".into() })
}

fn word(first: char, rest: &mut Rest<'_>) -> String {
    let mut word = String::from(first);
    let inside = |c: char| !matches!(c, ' ' | '\t' | '\r' | '\n' | '(' | ')' | ',' | '\'');
    while let Some((_, c)) = rest.next_if(|(_, c)| inside(*c)) {
        word.push(c);
    }
    word
}
