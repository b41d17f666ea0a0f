//! Tokens that begin with a digit: numbers, timespans, names and bare GUIDs.

use super::{Lexer, is_word};
use crate::lex::keyword::{Keyword, Place};
use crate::syntax::kinds::TokenKind;

impl Lexer<'_> {
    pub(super) fn number(&mut self, at: usize) -> usize {
        if let Some(end) = self.raw_guid(at) {
            return self.push(TokenKind::RawGuid, at, end);
        }
        if self.text.get(at..).is_some_and(|rest| rest.starts_with("3Dchart"))
            && !is_word(self.byte(at + 7))
        {
            let word = (Keyword::Other, Place::Nowhere);
            return self.push_word(TokenKind::Word, at, at + 7, word);
        }
        let digits = self.digits(at);
        if let Some(end) = self.real_end(digits) {
            return self.push(TokenKind::Real, at, end);
        }
        if let Some(end) = self.timespan_end(digits) {
            return self.push(TokenKind::Timespan, at, end);
        }
        let end = self.word_end(digits);
        if end == digits || self.is_hexadecimal(at, end) {
            return self.push(TokenKind::Integer, at, end);
        }
        self.push(TokenKind::Word, at, end)
    }

    fn digits(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
    }

    /// A fraction, an exponent or both after the digits. `1..2` is a range, `1.` a real.
    fn real_end(&self, digits: usize) -> Option<usize> {
        let mut end = digits;
        if self.byte(end) == b'.' && (self.byte(end + 1) != b'.' || self.byte(end + 2) == b'.') {
            end = self.digits(end + 1);
            end = self.exponent_end(end).unwrap_or(end);
        } else {
            end = self.exponent_end(end)?;
        }
        (!is_word(self.byte(end))).then_some(end)
    }

    fn exponent_end(&self, at: usize) -> Option<usize> {
        if !matches!(self.byte(at), b'e' | b'E') {
            return None;
        }
        let sign = usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
        let end = self.digits(at + 1 + sign);
        (end > at + 1 + sign).then_some(end)
    }

    fn timespan_end(&self, digits: usize) -> Option<usize> {
        let mut unit = digits;
        if self.byte(digits) == b'.' {
            let fraction = self.digits(digits + 1);
            if fraction > digits + 1 {
                unit = fraction;
            }
        }
        let end = self.word_end(unit);
        let word = self.text.get(unit..end)?;
        crate::syntax::units::ticks_of_unit(word).map(|_| end)
    }

    fn is_hexadecimal(&self, at: usize, end: usize) -> bool {
        let Some([b'0', b'x' | b'X', digits @ ..]) = self.bytes.get(at..end) else { return false };
        !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
    }

    /// 8-4-4-4-12 hexadecimal digits.
    pub(super) fn raw_guid(&self, at: usize) -> Option<usize> {
        if self.byte(at + 8) != b'-' {
            return None;
        }
        let text = self.bytes.get(at..at + 36)?;
        let fits = text.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
        fits.then_some(at + 36)
    }
}
