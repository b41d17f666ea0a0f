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
        let mark = if matches!(quote, b'`' | b'~') {
            char::from(quote).to_string().repeat(3)
        } else {
            char::from(quote).to_string()
        };
        let (message, help) = if self.byte(reached) == b'\\' {
            let next = self.character(reached + 1).map_or_else(String::new, String::from);
            let message = format!("`\\{}` is no escape, so the string ends here", next.trim_end());
            (message, format!("double the backslash, or write `@` before the string's {mark}"))
        } else {
            let message = "the string is not closed on its line".to_owned();
            (message, format!("add {mark} where the string ends"))
        };
        let at = if self.byte(reached) == b'\\' { reached } else { start };
        self.problem("KS001", span(at, reached.max(at + 1).min(self.text.len())), message, &help);
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

    fn escaped_end(&self, mut at: usize, quote: u8) -> Result<usize, usize> {
        loop {
            match self.bytes.get(at) {
                Some(byte) if *byte == quote => return Ok(at + 1),
                Some(b'\\') => at += self.escape_length(at).ok_or(at)?,
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
