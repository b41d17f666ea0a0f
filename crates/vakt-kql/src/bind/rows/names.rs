//! Names of columns that are values: `project-by-names dynamic(["a", "b*"])`.

use std::sync::Arc;

use crate::bound::{Argument, Expr, ExprKind, Value};

/// The names that a constant says: a text, an array of texts, or `column_names_of(rows)`.
pub(super) fn constant_names(value: &Expr) -> Vec<Arc<str>> {
    match &value.kind {
        ExprKind::Literal(Value::String(text)) => vec![text.clone()],
        ExprKind::Literal(Value::Dynamic(json)) => texts_of(json),
        ExprKind::Shared { value, .. } => constant_names(value),
        ExprKind::Convert(value) => constant_names(value),
        ExprKind::Call { name: "column_names_of", arguments, .. } => match arguments.first() {
            Some(Argument::Rows(rows)) => {
                rows.columns.iter().map(|column| column.name.clone()).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The texts in a flat JSON array, or the one text.
fn texts_of(json: &str) -> Vec<Arc<str>> {
    let mut texts = Vec::new();
    let mut rest = json;
    while let Some(at) = rest.find('"') {
        let Some((text, after)) = rest.get(at + 1..).and_then(json_text) else { break };
        texts.push(text.into());
        rest = after;
    }
    texts
}

/// A JSON text behind its first quote, and what follows it.
fn json_text(from: &str) -> Option<(String, &str)> {
    let (mut text, mut chars) = (String::new(), from.chars());
    loop {
        match chars.next()? {
            '"' => return Some((text, chars.as_str())),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                'b' => text.push('\u{8}'),
                'f' => text.push('\u{c}'),
                'u' => {
                    let digits = chars.as_str().get(..4)?;
                    let code = u32::from_str_radix(digits, 16).ok()?;
                    text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    chars = chars.as_str().get(4..)?.chars();
                }
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::texts_of;

    #[test]
    fn texts_of_json() {
        for (json, expected) in [
            (r#"["a","b*"]"#, "a b*"),
            (r#""a""#, "a"),
            (r#"["a\"b","cd"]"#, "a\"b cd"),
            ("[1,2]", ""),
            (r#"["open"#, ""),
        ] {
            let texts: Vec<_> = texts_of(json).iter().map(ToString::to_string).collect();
            assert_eq!(texts.join(" "), expected, "for {json}");
        }
    }
}
