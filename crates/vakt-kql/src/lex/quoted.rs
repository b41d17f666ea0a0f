//! Strings of every spelling, and typed literals, which are read up to their closing parenthesis.

use super::{Lexer, span};
use crate::syntax::kinds::TokenKind;

impl Lexer<'_> {
    /// A quote, perhaps after `@`; the `h` of a hidden string stands before it.
    pub(super) fn is_string_start(&self, at: usize) -> bool {
        let at = at + usize::from(self.byte(at) == b'@');
        match self.byte(at) {
            b'"' | b'\'' => true,
            quote @ (b'`' | b'~') => self.byte(at + 1) == quote && self.byte(at + 2) == quote,
            _ => false,
        }
    }

    pub(super) fn string(&mut self, start: usize) -> usize {
        let mut at = start + usize::from(matches!(self.byte(start), b'h' | b'H'));
        let verbatim = self.byte(at) == b'@';
        at += usize::from(verbatim);
        let quote = self.byte(at);
        let end = match quote {
            b'`' | b'~' => self.fenced_end(at + 3, quote),
            _ if verbatim => self.verbatim_end(at + 1, quote),
            _ => self.escaped_end(at + 1, quote),
        };
        let end = end.unwrap_or_else(|reached| {
            self.tell_unclosed(start, reached, quote);
            reached
        });
        self.push(TokenKind::String, start, end)
    }

    fn tell_unclosed(&mut self, start: usize, reached: usize, quote: u8) {
        let fenced = matches!(quote, b'`' | b'~');
        let mark = char::from(quote).to_string().repeat(if fenced { 3 } else { 1 });
        let text = self.text_of(start, reached).trim_end();
        let escaped = !fenced && text.ends_with(&format!("\\{mark}"));
        let help = if escaped {
            format!(
                "`\\{mark}` is a quote inside the string; double the backslash, or write `@` before the string"
            )
        } else {
            let mark = if quote == b'`' { mark } else { format!("`{mark}`") };
            format!("add {mark} where the string ends")
        };
        let message = if fenced {
            "the string is not closed"
        } else {
            "the string is not closed on its line"
        };
        let shown = span(start, (start + text.len()).max(start + 1));
        self.problem("KS001", shown, message.to_owned(), &help);
    }

    fn tell_escape(&mut self, at: usize) {
        let next = self.character(at + 1).filter(|next| !next.is_whitespace());
        let shown = next.map_or_else(String::new, String::from);
        let message = format!("`\\{shown}` is no escape");
        let help = "double the backslash, or write `@` before the string";
        self.problem("KS001", span(at, at + 1 + shown.len()), message, help);
    }

    /// Ends at the quote; a doubled quote is one inside. `Err` holds where it broke off.
    fn verbatim_end(&self, mut at: usize, quote: u8) -> Result<usize, usize> {
        loop {
            match self.bytes.get(at) {
                Some(byte) if *byte == quote => {
                    if self.byte(at + 1) != quote {
                        return Ok(at + 1);
                    }
                    at += 2;
                }
                None | Some(b'\r' | b'\n') => return Err(at),
                Some(_) => at += 1,
            }
        }
    }

    /// What is no escape is told once and read as it stands.
    fn escaped_end(&mut self, mut at: usize, quote: u8) -> Result<usize, usize> {
        let mut told = false;
        loop {
            match self.bytes.get(at) {
                Some(byte) if *byte == quote => return Ok(at + 1),
                Some(b'\\') => match self.escape_length(at) {
                    Some(length) => at += length,
                    None => {
                        if !std::mem::replace(&mut told, true) {
                            self.tell_escape(at);
                        }
                        at += 1;
                    }
                },
                None | Some(b'\r' | b'\n') => return Err(at),
                Some(_) => at += 1,
            }
        }
    }

    /// Length of the escape at a backslash: `\n`, `\x41`, `\u0041`, `\U00000041`, `\101`.
    fn escape_length(&self, at: usize) -> Option<usize> {
        let hexadecimal = |count: usize| {
            let digits = self.bytes.get(at + 2..at + 2 + count)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(2 + count)
        };
        let octal = |offset: usize| matches!(self.byte(at + offset), b'0'..=b'7');
        match self.byte(at + 1) {
            b'\\' | b'\'' | b'"' | b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' => Some(2),
            b'x' => hexadecimal(2),
            b'u' => hexadecimal(4),
            b'U' => hexadecimal(8),
            first @ b'0'..=b'7' => Some(match (octal(2), octal(3)) {
                (true, true) if first <= b'3' => 4,
                (true, _) => 3,
                (false, _) => 2,
            }),
            _ => None,
        }
    }

    fn fenced_end(&self, mut at: usize, quote: u8) -> Result<usize, usize> {
        while at < self.bytes.len() {
            if self.byte(at) == quote && self.byte(at + 1) == quote && self.byte(at + 2) == quote {
                return Ok(at + 3);
            }
            at += 1;
        }
        Err(at)
    }

    /// `datetime(…)` and its like. The value is judged where it is used.
    pub(super) fn typed_literal(&mut self, start: usize, open: usize) -> usize {
        let rest = self.bytes.get(open..self.line_end(open)).unwrap_or_default();
        if let Some(index) = rest.iter().position(|byte| *byte == b')') {
            return self.push(TokenKind::TypedLiteral, start, open + index + 1);
        }
        let end = open + rest.len();
        let message = format!("`{}(` is not closed on its line", self.text_of(start, open));
        self.problem("KS001", span(start, end), message, "add `)` after the value");
        self.push(TokenKind::TypedLiteral, start, end)
    }

    fn text_of(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}
