//! Text to tokens: one pass over the bytes, nothing is copied. Blanks and comments are what is
//! between two tokens.

pub(crate) mod keyword;
mod number;
mod quoted;
mod words;

use keyword::{Keyword, Keywords, Place};

use crate::diagnostic::{PROBLEMS_COUNT_MAX, Problem, Severity, Stage};
use crate::syntax::kinds::TokenKind;
use crate::syntax::tree::{Span, Token};

/// What the grammar looks at, beside the token of the same place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) kind: TokenKind,
    pub(crate) word: Keyword,
    pub(crate) place: Place,
}

/// All tokens of a text; the last is the end of it.
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<Token>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the tokens of a text, at most so many: the last is where reading ended.
pub(crate) fn lex(text: &str, count_max: usize) -> Lexed {
    let room = count_max.min(text.len() / 5) + 8;
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        keywords: Keywords::get(),
        bad: None,
        bad_end: None,
        lexed: Lexed {
            tokens: Vec::with_capacity(room),
            marks: Vec::with_capacity(room),
            problems: Vec::new(),
        },
    };
    let mut at = 0;
    loop {
        at = lexer.skip_trivia(at);
        if at >= text.len() || lexer.lexed.tokens.len() > count_max {
            break;
        }
        at = lexer.token(at);
    }
    lexer.tell_bad();
    lexer.push(TokenKind::EndOfText, text.len(), text.len());
    lexer.lexed
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    keywords: &'static Keywords,
    /// Characters side by side that begin nothing.
    bad: Option<Span>,
    /// Where the last of them ended.
    bad_end: Option<u32>,
    lexed: Lexed,
}

const fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$'
}

/// Which bytes words are made of.
#[expect(
    clippy::indexing_slicing,
    reason = "the index is below the length by the loop's condition"
)]
static WORD_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        bytes[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    bytes
};

fn is_word(byte: u8) -> bool {
    WORD_BYTES.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Whether a keyword of several parts may begin with this word.
fn may_continue(word: &str, next: u8) -> bool {
    match next {
        b'-' => true,
        b'.' => word == "hint",
        _ => word == "matches",
    }
}

fn span(start: usize, end: usize) -> Span {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(small(start), small(end))
}

/// The beginning of a text, with what terminals would obey written out.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars().take(20) {
        if character.is_control() {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

impl Lexer<'_> {
    /// The byte at a place, 0 after the end.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) -> usize {
        self.push_word(kind, start, end, (Keyword::No, Place::Anywhere))
    }

    fn push_word(
        &mut self,
        kind: TokenKind,
        start: usize,
        end: usize,
        (word, place): (Keyword, Place),
    ) -> usize {
        self.lexed.tokens.push(Token { kind, span: span(start, end) });
        self.lexed.marks.push(Mark { kind, word, place });
        end
    }

    fn problem(&mut self, code: &'static str, at: Span, message: String, help: &str) {
        if self.lexed.problems.len() >= PROBLEMS_COUNT_MAX {
            return;
        }
        let (severity, stage, help) = (Severity::Error, Stage::Parse, help.to_owned());
        self.lexed.problems.push(Problem { code, severity, stage, span: at, message, help });
    }

    fn skip_trivia(&self, mut at: usize) -> usize {
        loop {
            match self.byte(at) {
                b' ' | b'\t' | b'\r' | b'\n' | 0x0c => at += 1,
                b'/' if self.byte(at + 1) == b'/' => at = self.line_end(at + 2),
                0x80.. => match self.character(at) {
                    Some(character) if is_blank(character) => at += character.len_utf8(),
                    _ => return at,
                },
                _ => return at,
            }
        }
    }

    /// The next line break, or the end.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let breaks = |(index, byte): &(usize, &u8)| match byte {
            b'\r' | b'\n' => true,
            0xe2 => {
                rest.get(index + 1) == Some(&0x80)
                    && matches!(rest.get(index + 2), Some(0xa8 | 0xa9))
            }
            _ => false,
        };
        rest.iter().enumerate().find(breaks).map_or(self.bytes.len(), |(index, _)| at + index)
    }

    fn character(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    /// Reads one token and gives where it ends.
    fn token(&mut self, at: usize) -> usize {
        let byte = self.byte(at);
        match byte {
            b'h' | b'H' if self.is_string_start(at + 1) => self.string(at),
            _ if is_word_start(byte) => self.word(at),
            b'0'..=b'9' => self.number(at),
            b'"' | b'\'' => self.string(at),
            b'`' | b'~' | b'@' if self.is_string_start(at) => self.string(at),
            b'!' => self.bang(at),
            b'#' => self.push(TokenKind::Directive, at, self.line_end(at)),
            _ => match self.punctuation(at) {
                Some((kind, length)) => self.push(kind, at, at + length),
                None => self.bad(at),
            },
        }
    }

    fn punctuation(&self, at: usize) -> Option<(TokenKind, usize)> {
        use TokenKind as T;
        let next = self.byte(at + 1);
        Some(match (self.byte(at), next) {
            (b'(', _) => (T::OpenParen, 1),
            (b')', _) => (T::CloseParen, 1),
            (b'[', _) => (T::OpenBracket, 1),
            (b']', _) => (T::CloseBracket, 1),
            (b'{', _) => (T::OpenBrace, 1),
            (b'}', _) => (T::CloseBrace, 1),
            (b'|', _) => (T::Bar, 1),
            (b',', _) => (T::Comma, 1),
            (b'.', b'.') => (T::DotDot, 2),
            (b'.', _) => (T::Dot, 1),
            (b'+', _) => (T::Plus, 1),
            (b'-', _) => (T::Minus, 1),
            (b'*', _) => (T::Star, 1),
            (b'/', _) => (T::Slash, 1),
            (b'%', _) => (T::Percent, 1),
            (b'<', b'=') => (T::LessEqual, 2),
            (b'<', b'|') => (T::LessBar, 2),
            (b'<', b'>') => (T::LessGreater, 2),
            (b'<', _) => (T::Less, 1),
            (b'>', b'=') => (T::GreaterEqual, 2),
            (b'>', _) => (T::Greater, 1),
            (b'=', b'=') => (T::EqualEqual, 2),
            (b'=', b'>') => (T::FatArrow, 2),
            (b'=', b'~') => (T::EqualTilde, 2),
            (b'=', _) => (T::Equal, 1),
            (b':', _) => (T::Colon, 1),
            (b';', _) => (T::Semicolon, 1),
            (b'@', _) => (T::At, 1),
            (b'?', _) => (T::Question, 1),
            _ => return None,
        })
    }

    /// `!=`, `!~`, `!has`, `!in~`, or a lonely one.
    fn bang(&mut self, at: usize) -> usize {
        match self.byte(at + 1) {
            b'=' => return self.push(TokenKind::BangEqual, at, at + 2),
            b'~' => return self.push(TokenKind::BangTilde, at, at + 2),
            next if !is_word(next) => return self.push(TokenKind::Bang, at, at + 1),
            _ => {}
        }
        let mut end = self.word_end(at + 1);
        if self.byte(end) == b'~' && !is_word(self.byte(end + 1)) {
            end += 1;
        }
        let mut found = self.text.get(at..end).and_then(|word| self.keywords.find(word));
        if found.is_none() && self.byte(end - 1) == b'~' {
            end -= 1;
            found = self.text.get(at..end).and_then(|word| self.keywords.find(word));
        }
        match found {
            Some(word) => self.push_word(TokenKind::SignedWord, at, end, word),
            None => self.bad(at),
        }
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len())
    }

    fn word(&mut self, at: usize) -> usize {
        let end = self.word_end(at + 1);
        let text = self.text.get(at..end).unwrap_or_default();
        let first = self.byte(at);
        if first.is_ascii_lowercase() || first == b'_' {
            match self.byte(end) {
                next @ (b'-' | b'.' | b' ') if may_continue(text, next) => {
                    if let Some(end) = self.compound(at, end) {
                        return end;
                    }
                }
                b'(' if is_literal_type(text) => return self.typed_literal(at, end),
                b'~' if text == "in" && !is_word(self.byte(end + 1)) => {
                    let word = (Keyword::InOperator, Place::Nowhere);
                    return self.push_word(TokenKind::SignedWord, at, end + 1, word);
                }
                _ => {}
            }
            if let Some(word) = self.keywords.find(text) {
                return self.push_word(TokenKind::Word, at, end, word);
            }
        }
        if matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE") {
            return self.push(TokenKind::Bool, at, end);
        }
        if let Some(end) = self.raw_guid(at) {
            return self.push(TokenKind::RawGuid, at, end);
        }
        self.push(TokenKind::Word, at, end)
    }

    /// A keyword of several parts. Glued to more letters it is none, and its first part is a name.
    fn compound(&mut self, at: usize, first_end: usize) -> Option<usize> {
        let (text, word, place) = self.keywords.find_compound(self.text.get(at..)?)?;
        let end = at + text.len();
        if is_word(self.byte(end)) {
            return Some(self.push(TokenKind::Word, at, first_end));
        }
        Some(self.push_word(TokenKind::DashedWord, at, end, (word, place)))
    }

    fn bad(&mut self, at: usize) -> usize {
        let end = at + self.character(at).map_or(1, char::len_utf8);
        let here = span(at, end);
        match &mut self.bad {
            Some(bad) if bad.end == here.start => bad.end = here.end,
            _ => {
                self.tell_bad();
                self.bad = Some(here);
            }
        }
        self.push(TokenKind::Bad, at, end)
    }

    fn tell_bad(&mut self) {
        let Some(bad) = self.bad.take() else { return };
        let between = self.bad_end.replace(bad.end).map(|end| Span::new(end, bad.start));
        let between = between.and_then(|between| self.text.get(between.range()));
        if between.is_some_and(|between| !between.contains('\n')) {
            return;
        }
        let text = self.text.get(bad.range()).unwrap_or_default();
        let shown = shown(text);
        let help = if text.contains(['\u{201c}', '\u{201d}', '\u{201e}']) {
            "replace the curly quotes by straight ones, `\"`"
        } else if text.contains(['\u{2018}', '\u{2019}']) {
            "replace the curly quotes by straight ones, `'`"
        } else if text.contains(['\u{2013}', '\u{2014}']) {
            "replace the long dash by `-`"
        } else if text.contains('&') {
            "write `and`, or `or` for what was `||`"
        } else if text.contains('!') {
            "write `not(…)`, or one of the operators that begin with `!`, as `!has`"
        } else if text.contains('\\') {
            "write paths in strings, with each `\\` doubled or `@` before the quote"
        } else {
            "put text into quotes, and names with such characters into `['…']`"
        };
        self.problem("KS002", bad, format!("`{shown}` means nothing here"), help);
    }
}

/// Types whose literals are read as one token up to the closing parenthesis.
fn is_literal_type(word: &str) -> bool {
    matches!(
        word,
        "long"
            | "int64"
            | "int"
            | "int32"
            | "real"
            | "double"
            | "decimal"
            | "bool"
            | "datetime"
            | "date"
            | "time"
            | "timespan"
            | "guid"
    )
}

/// Blanks beyond ASCII, the byte order mark and the space of no width among them.
fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'
            ..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}
