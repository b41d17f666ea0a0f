//! What string literals say: prefixes, quotes and escapes taken off.

use std::borrow::Cow;
use std::str::Chars;

use crate::syntax::kinds::TokenKind;
use crate::syntax::tree::{Node, TokenId, Tree};

/// What one String token says.
pub fn string_value(tree: &Tree, token: TokenId) -> Cow<'_, str> {
    undress(tree.token_text(token))
}

/// What all String tokens directly in a node say, joined: a Literal, a CompoundString, a name in
/// brackets.
pub fn string_text<'t>(node: Node<'t>) -> Cow<'t, str> {
    let mut strings = node.tokens().filter(|(_, token)| token.kind == TokenKind::String);
    let Some((first, _)) = strings.next() else { return Cow::Borrowed("") };
    let mut text = string_value(node.tree(), first);
    for (id, _) in strings {
        text.to_mut().push_str(&string_value(node.tree(), id));
    }
    text
}

fn undress(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix(['h', 'H']).unwrap_or(text);
    let (verbatim, text) = match text.strip_prefix('@') {
        Some(text) => (true, text),
        None => (false, text),
    };
    for fence in ["```", "~~~"] {
        if let Some(inner) = text.strip_prefix(fence) {
            return Cow::Borrowed(inner.strip_suffix(fence).unwrap_or(inner));
        }
    }
    let Some(quote) = text.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
        return Cow::Borrowed(text);
    };
    let inner = text.get(1..).unwrap_or_default();
    let inner = inner.strip_suffix(quote).unwrap_or(inner);
    if verbatim && inner.contains(quote) {
        let doubled = format!("{quote}{quote}");
        return Cow::Owned(inner.replace(&doubled, &quote.to_string()));
    }
    if verbatim || !inner.contains('\\') {
        Cow::Borrowed(inner)
    } else {
        Cow::Owned(unescape(inner))
    }
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        let Some(escaped) = rest.next() else { break };
        plain.push(match escaped {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'x' => unicode(&mut rest, 2),
            'u' => utf16(&mut rest),
            'U' => unicode(&mut rest, 8),
            '0'..='7' => octal(&mut rest, escaped),
            other => other,
        });
    }
    plain
}

fn hexadecimal(rest: &mut Chars<'_>, digits: usize) -> u32 {
    (0..digits).fold(0, |value, _| {
        let digit = rest.next().and_then(|digit| digit.to_digit(16)).unwrap_or(0);
        value << 4 | digit
    })
}

fn unicode(rest: &mut Chars<'_>, digits: usize) -> char {
    char::from_u32(hexadecimal(rest, digits)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// `\u` holds one UTF-16 unit; two halves that follow each other are one character.
fn utf16(rest: &mut Chars<'_>) -> char {
    let first = hexadecimal(rest, 4);
    let mut ahead = rest.clone();
    if (0xd800..0xdc00).contains(&first) && ahead.next() == Some('\\') && ahead.next() == Some('u')
    {
        let second = hexadecimal(&mut ahead, 4);
        if (0xdc00..0xe000).contains(&second) {
            *rest = ahead;
            let value = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
    }
    char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// One to three octal digits, at most `\377`.
fn octal(rest: &mut Chars<'_>, first: char) -> char {
    let mut value = first.to_digit(8).unwrap_or(0);
    for _ in 0..2 {
        let Some(digit) = rest.clone().next().and_then(|next| next.to_digit(8)) else { break };
        if value * 8 + digit > 0o377 {
            break;
        }
        value = value * 8 + digit;
        rest.next();
    }
    char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)
}
