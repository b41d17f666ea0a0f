//! The values of literals, and the texts of names.

use std::sync::Arc;

use crate::syntax::kinds::{NodeKind, TokenKind};
use crate::syntax::tree::Node;

/// The text of a node that gives or uses a name: `x`, `['x y']`, `{x}`.
pub(crate) fn name_of(node: Node<'_>) -> Arc<str> {
    for (id, token) in node.tokens() {
        match token.kind {
            TokenKind::OpenBracket | TokenKind::OpenBrace => {}
            TokenKind::String => return string_value(node.tree().token_text(id)).into(),
            _ if node.kind() == NodeKind::WildcardName => return node.text().into(),
            _ => return node.tree().token_text(id).into(),
        }
    }
    Arc::from("")
}

/// What a string literal of any spelling says.
pub(crate) fn string_value(text: &str) -> String {
    let text = text.trim_start_matches(['h', 'H']);
    for fence in ["```", "~~~"] {
        if let Some(rest) = text.strip_prefix(fence) {
            return rest.strip_suffix(fence).unwrap_or(rest).to_owned();
        }
    }
    let (verbatim, text) = match text.strip_prefix('@') {
        Some(rest) => (true, rest.trim_start_matches(['h', 'H'])),
        None => (false, text),
    };
    let Some(quote) = text.chars().next() else { return String::new() };
    let inner = text.get(1..).unwrap_or_default();
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    if verbatim {
        let mut doubled = String::from(quote);
        doubled.push(quote);
        return inner.replace(&doubled, quote.encode_utf8(&mut [0; 4]));
    }
    if inner.contains('\\') { unescape(inner) } else { inner.to_owned() }
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(escaped) = rest.next() else { break };
        match escaped {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'a' => out.push('\u{7}'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'v' => out.push('\u{b}'),
            '0'..='7' => out.extend(number(&mut rest, 8, (escaped, 2))),
            'x' => out.extend(number(&mut rest, 16, ('0', 2))),
            'u' => out.extend(number(&mut rest, 16, ('0', 4))),
            'U' => out.extend(number(&mut rest, 16, ('0', 8))),
            other => out.push(other),
        }
    }
    out
}

/// A character by its number: at most so many digits follow the first.
fn number(
    rest: &mut std::str::Chars<'_>,
    radix: u32,
    (first, digits): (char, usize),
) -> Option<char> {
    let mut value = first.to_digit(radix)?;
    for _ in 0..digits {
        let Some(digit) = rest.clone().next().and_then(|next| next.to_digit(radix)) else { break };
        value = value.wrapping_mul(radix).wrapping_add(digit);
        rest.next();
    }
    char::from_u32(value)
}
