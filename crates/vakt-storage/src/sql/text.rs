//! Conditions on folded texts, which both databases compare byte by byte. A beginning is a range,
//! so that an index finds it whatever LIKE means to the database.

use std::fmt::Display;

use sqlx::QueryBuilder;
use vakt_identity::Match;

use super::Db;

/// A column's folded text against a folded value; true or false, never NULL, if the column has no
/// NULL.
pub(super) fn push_match(
    sql: &mut QueryBuilder<Db>,
    column: &'static str,
    how: Match,
    value: &str,
) {
    match how {
        Match::Is => {
            sql.push("(").push(column).push(" = ").push_bind(value.to_owned()).push(")");
        }
        Match::StartsWith => push_beginning(sql, column, value),
        Match::Contains => push_like(sql, column, format!("%{}%", escape_like(value))),
        Match::AtLeast => {
            sql.push("(").push(column).push(" >= ").push_bind(value.to_owned()).push(")");
        }
        Match::AtMost => {
            sql.push("(").push(column).push(" <= ").push_bind(value.to_owned()).push(")");
        }
        Match::Any => {
            sql.push("TRUE");
        }
    }
}

/// Texts that begin so.
pub(super) fn push_beginning(sql: &mut QueryBuilder<Db>, column: impl Display + Copy, value: &str) {
    sql.push("(").push(column).push(" >= ").push_bind(value.to_owned());
    if let Some(end) = after_all_that_begin(value) {
        sql.push(" AND ").push(column).push(" < ").push_bind(end);
    }
    sql.push(")");
}

/// Texts that look so, in the terms of LIKE.
pub(super) fn push_like(sql: &mut QueryBuilder<Db>, column: impl Display, pattern: String) {
    sql.push("(").push(column).push(" LIKE ").push_bind(pattern).push(r" ESCAPE '\')");
}

/// Makes `%`, `_` and `\` mean themselves in a LIKE pattern.
pub(super) fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}

/// The first text beyond all that begin with `value`; none if there is nothing beyond them.
fn after_all_that_begin(value: &str) -> Option<String> {
    let mut end: Vec<char> = value.chars().collect();
    while let Some(last) = end.pop() {
        // The step of a range leaves out what is no character.
        if let Some(next) = (last..=char::MAX).nth(1) {
            end.push(next);
            return Some(end.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::after_all_that_begin;

    #[test]
    fn the_end_of_a_beginning_is_the_next_text_of_its_length_or_less() {
        for (value, expected) in [
            ("ab", Some("ac")),
            ("a\u{d7ff}", Some("a\u{e000}")),
            ("a\u{10ffff}", Some("b")),
            ("\u{10ffff}", None),
            ("", None),
        ] {
            assert_eq!(after_all_that_begin(value).as_deref(), expected, "for {value:?}");
        }
    }
}
