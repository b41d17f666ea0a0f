//! The values of literals.

use std::borrow::Cow;

use super::moments::{datetime_ticks, timespan_ticks};
use super::strings::string_text;
use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::{Node, Token};
use crate::types::ScalarType;

/// The value of a Literal or CompoundString.
#[derive(Clone, Debug, PartialEq)]
pub enum LiteralValue<'t> {
    /// `int(null)`
    Null(ScalarType),
    /// `true`, `bool(1)`
    Bool(bool),
    /// `int(5)`
    Int(i32),
    /// `5`, `0xFF`, `long(5)`
    Long(i64),
    /// `1.5`, `real(nan)`
    Real(f64),
    /// `decimal(1.5)`: the text in the parentheses.
    Decimal(&'t str),
    /// Any string.
    String(Cow<'t, str>),
    /// Ticks of 100 ns since the year 1.
    Datetime(i64),
    /// Ticks of 100 ns.
    Timespan(i64),
    /// 16 bytes, the first digit in the highest bits.
    Guid(u128),
    /// A literal of this type whose text is no value of it: `int(x)`, `datetime(soon)`.
    Malformed(ScalarType),
}

impl LiteralValue<'_> {
    /// Its type.
    pub const fn scalar_type(&self) -> ScalarType {
        match self {
            Self::Null(of) | Self::Malformed(of) => *of,
            Self::Bool(_) => ScalarType::Bool,
            Self::Int(_) => ScalarType::Int,
            Self::Long(_) => ScalarType::Long,
            Self::Real(_) => ScalarType::Real,
            Self::Decimal(_) => ScalarType::Decimal,
            Self::String(_) => ScalarType::String,
            Self::Datetime(_) => ScalarType::Datetime,
            Self::Timespan(_) => ScalarType::Timespan,
            Self::Guid(_) => ScalarType::Guid,
        }
    }
}

/// The value of a Literal or CompoundString node; `None` for any other node.
pub fn literal_value<'t>(node: Node<'t>) -> Option<LiteralValue<'t>> {
    if node.kind() == NodeKind::CompoundString {
        return Some(LiteralValue::String(string_text(node)));
    }
    if node.kind() != NodeKind::Literal {
        return None;
    }
    let mut tokens = node.tokens().map(|(_, token)| token);
    let first = tokens.next()?;
    let Some(number) = tokens.next() else { return Some(unsigned(node, first)) };
    let value = unsigned(node, number);
    if first.kind != TokenKind::Minus {
        return Some(value);
    }
    Some(match value {
        LiteralValue::Malformed(ScalarType::Long) if node.text() == "-9223372036854775808" => {
            LiteralValue::Long(i64::MIN)
        }
        LiteralValue::Long(value) => LiteralValue::Long(value.wrapping_neg()),
        LiteralValue::Real(value) => LiteralValue::Real(-value),
        LiteralValue::Timespan(value) => LiteralValue::Timespan(value.wrapping_neg()),
        other => other,
    })
}

fn unsigned<'t>(node: Node<'t>, token: Token) -> LiteralValue<'t> {
    let text = node.tree().slice(token.span);
    match token.kind {
        TokenKind::String => LiteralValue::String(string_text(node)),
        TokenKind::Bool => LiteralValue::Bool(text.eq_ignore_ascii_case("true")),
        TokenKind::Integer => {
            parse_long(text).map_or(LiteralValue::Malformed(ScalarType::Long), LiteralValue::Long)
        }
        TokenKind::Real => {
            text.parse().map_or(LiteralValue::Malformed(ScalarType::Real), LiteralValue::Real)
        }
        TokenKind::Timespan => timespan_ticks(text)
            .map_or(LiteralValue::Malformed(ScalarType::Timespan), LiteralValue::Timespan),
        TokenKind::RawGuid => {
            parse_guid(text).map_or(LiteralValue::Malformed(ScalarType::Guid), LiteralValue::Guid)
        }
        TokenKind::TypedLiteral => typed(text),
        _ => LiteralValue::Malformed(ScalarType::Unknown),
    }
}

/// `type(value)`.
fn typed(text: &str) -> LiteralValue<'_> {
    let (word, value) = text.split_once('(').unwrap_or((text, ""));
    let value = value.strip_suffix(')').unwrap_or(value).trim();
    let of = ScalarType::parse(word).unwrap_or(ScalarType::Unknown);
    if value.eq_ignore_ascii_case("null") || value.is_empty() {
        return LiteralValue::Null(of);
    }
    let read = match of {
        ScalarType::Bool => parse_bool(value).map(LiteralValue::Bool),
        ScalarType::Int => parse_int(value).map(LiteralValue::Int),
        ScalarType::Long => parse_long(value).map(LiteralValue::Long),
        ScalarType::Real => parse_real(value).map(LiteralValue::Real),
        ScalarType::Decimal => is_decimal(value).then_some(LiteralValue::Decimal(value)),
        ScalarType::Datetime => datetime_ticks(unquote(value)).map(LiteralValue::Datetime),
        ScalarType::Timespan => timespan_ticks(unquote(value)).map(LiteralValue::Timespan),
        ScalarType::Guid => parse_guid(unquote(value)).map(LiteralValue::Guid),
        _ => None,
    };
    read.unwrap_or(LiteralValue::Malformed(of))
}

fn unquote(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text).trim()
}

fn parse_bool(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => parse_long(text).map(|number| number != 0),
    }
}

fn parse_int(text: &str) -> Option<i32> {
    match hexadecimal(text) {
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(u32::cast_signed),
        None => text.parse().ok(),
    }
}

fn parse_long(text: &str) -> Option<i64> {
    match hexadecimal(text) {
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(u64::cast_signed),
        None => text.parse().ok(),
    }
}

fn hexadecimal(text: &str) -> Option<&str> {
    text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))
}

fn parse_real(text: &str) -> Option<f64> {
    match text.to_ascii_lowercase().as_str() {
        "nan" => Some(f64::NAN),
        "inf" | "+inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        lower if lower.contains(['n', 'i']) => None,
        lower => lower.parse().ok(),
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.parse::<f64>().is_ok()
}

/// With or without dashes, in braces or parentheses or bare.
fn parse_guid(text: &str) -> Option<u128> {
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let dashed = inner.len() == 36
        && inner.char_indices().all(|(at, c)| (c == '-') == matches!(at, 8 | 13 | 18 | 23));
    if !dashed && inner.len() != 32 {
        return None;
    }
    let digits: String = inner.chars().filter(|digit| *digit != '-').collect();
    let plain = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    plain.then(|| u128::from_str_radix(&digits, 16).ok()).flatten()
}
