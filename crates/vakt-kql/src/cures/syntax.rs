//! Cures for what is no KQL.

use super::around::Around;
use super::{Cure, foreign};
use crate::diagnostic::Problem;
use crate::registry::nearest;
use crate::syntax::kinds::TokenKind as T;
use crate::syntax::tree::{Span, Tree};

/// Units of time that stand behind a number.
const UNITS: [&str; 16] = [
    "d", "day", "days", "h", "hour", "hours", "m", "min", "minute", "minutes", "s", "sec",
    "second", "seconds", "ms", "tick",
];

/// Operators that a query can begin with.
const FIRST: [&str; 6] = ["evaluate", "find", "print", "range", "search", "union"];

/// A text that is SQL from its first word.
pub(super) fn other_language(tree: &Tree) -> Option<Cure> {
    let first = Around { tree, at: 0 };
    if !first.text(0).eq_ignore_ascii_case("select") || first.kind(1) == T::Bar {
        return None;
    }
    let tokens = (1..200).find(|at| first.text(*at).eq_ignore_ascii_case("from"));
    let table = tokens.map_or("Table", |at| first.text(at + 1));
    let help = format!("Begin with the table: `{table} | where … | project …`.");
    Some(Cure::new(first.span(0), "this is SQL, not KQL", help))
}

/// How far what is wrong at a place makes the rest useless.
pub(super) fn reach(around: &Around<'_>, problem: &Problem) -> Span {
    let mut span = around.segment_span();
    if around.text(0) == "on" && around.segment().at > 0 {
        // the `on` of a join that was cut off by `|`
        let before = around.segment().moved(-1).segment_span();
        span = Span::new(before.start, span.end);
    }
    if problem.message.ends_with("is never closed") {
        let end = around.tree.text().len();
        span =
            Span::new(problem.span.start.min(span.start), u32::try_from(end).unwrap_or(u32::MAX));
    }
    if around.text(0) == "{" {
        let end = around.statement().moved(0);
        span = Span::new(end.span(0).start, span.end);
    }
    span
}

/// A rule: what is told instead, where it applies.
type Rule = fn(&Around<'_>, &Problem) -> Option<Cure>;

const RULES: &[Rule] = &[
    capitals,
    negation,
    is_null,
    bang,
    triple_equal,
    comment,
    placeholder,
    brackets,
    join,
    statement,
    never_closed,
    group_keys,
    number,
    matches_regex,
    inner_quote,
    computed_json,
    apply,
    direction,
    bar_after_semicolon,
    first_operator,
    type_name,
];

pub(super) fn cure(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    RULES.iter().find_map(|rule| rule(around, problem))
}

/// `AND`, `BY`.
fn capitals(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    let word = around.text(0);
    let small = foreign::small(word)?;
    if small == "not" {
        let help = "Write `not(…)` around the condition, or `!in`, `!has`, … for the operator.";
        return Some(Cure::new(around.span(0), format!("`{word}` is no word of KQL"), help));
    }
    let message = format!("`{word}` is no word of KQL");
    if small == "like" {
        let help = "Write `contains`, `startswith` or `endswith`, without `%`.";
        return Some(Cure::new(around.span(0), message, help));
    }
    Some(Cure::new(around.span(0), message, format!("Write it small: `{small}`.")))
}

/// `not in`, `not like`, `not x == y`.
fn negation(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    let is_not = |offset| around.text(offset).eq_ignore_ascii_case("not");
    let (place, word) = if is_not(0) {
        (around.span(0), around.text(1))
    } else if is_not(-1) && around.text(0) != "(" {
        (around.span(-1), around.text(0))
    } else {
        return None;
    };
    match foreign::negated(word) {
        Some(own) => {
            let message = format!("`not {word}` is no operator");
            Some(Cure::new(place, message, format!("Write `{own}`.")))
        }
        None => {
            let help = "Put what it negates in parentheses: `not(…)`.";
            Some(Cure::new(place, "`not` is a function", help))
        }
    }
}

/// `x is null`, `x is not null`.
fn is_null(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    if !around.text(0).eq_ignore_ascii_case("is") {
        return None;
    }
    let not = around.text(1).eq_ignore_ascii_case("not");
    let last = if not { around.text(2) } else { around.text(1) };
    if !last.eq_ignore_ascii_case("null") {
        return Some(Cure::new(around.span(0), "`is` is no operator", "Compare with `==`."));
    }
    let column = if around.kind(-1) == T::Word { around.text(-1) } else { "…" };
    let (empty, null) = if not { ("isnotempty", "isnotnull") } else { ("isempty", "isnull") };
    let help =
        format!("Write `{empty}({column})` for a text, `{null}({column})` for another value.");
    Some(Cure::new(around.span(0), "`is` is no operator", help))
}

/// `!(…)`.
fn bang(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    if around.kind(0) == T::Bang && around.text(-1) == "=" && around.is_glued(0) {
        let span = Span::new(around.span(-1).start, around.span(0).end);
        return Some(Cure::new(span, "there is no `=!`", "Compare with `!=`."));
    }
    (around.kind(0) == T::Bang).then(|| {
        let help = "Write `not(…)` around the condition, or put the `!` before the operator: `!in`, `!has`, `!=`.";
        Cure::new(around.span(0), "`!` alone negates nothing", help)
    })
}

/// `===`.
fn triple_equal(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    let found = around.text(0) == "=" && around.is_glued(0);
    let start = around.span(-1).start;
    let span = Span::new(start, around.span(0).end);
    match around.text(-1) {
        "==" if found => Some(Cure::new(span, "there is no `===`", "Compare with `==`.")),
        "!=" if found => Some(Cure::new(span, "there is no `!==`", "Compare with `!=`.")),
        _ => None,
    }
}

/// `/* … */` and `-- …`.
fn comment(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    let glued = |offset: isize, first: &str, second: &str| {
        around.text(offset) == first
            && around.text(offset + 1) == second
            && around.is_glued(offset + 1)
    };
    let help = "Begin each line of a comment with `//`.";
    for offset in [-1, 0] {
        if glued(offset, "/", "*") || glued(offset, "*", "/") {
            return Some(Cure::new(around.span(offset), "`/* … */` is no comment", help));
        }
    }
    let dashes = dashes(around)?;
    Some(Cure::new(dashes, "`--` begins no comment", "Begin the comment with `//`."))
}

/// `--` before here in the same segment.
pub(super) fn dashes(around: &Around<'_>) -> Option<Span> {
    let is = |place: &Around<'_>| {
        place.text(0) == "-" && place.text(1) == "-" && place.is_glued(1) && !place.is_glued(0)
    };
    let found = around.moved(1).before(is)?;
    Some(Span::new(found.span(0).start, found.span(1).end))
}

/// `{{x}}`, `%x%`.
fn placeholder(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    let help = "Put the value in its place, in quotes if it is a text.";
    let braces = |offset| around.text(offset) == "{" && around.text(offset + 1) == "{";
    for offset in [-1, 0] {
        if braces(offset) {
            let name = around.text(offset + 2);
            let message = format!("the placeholder `{{{{{name}}}}}` was not filled in");
            return Some(Cure::new(around.span(offset), message, help));
        }
    }
    if around.text(0) == "%" && around.kind(1) == T::Word && around.text(2) == "%" {
        let message = format!("the placeholder `%{}%` was not filled in", around.text(1));
        return Some(Cure::new(around.span(0), message, help));
    }
    None
}

/// `in ["a"]`.
fn brackets(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let list = matches!(around.text(-1), "in" | "!in" | "in~" | "!in~" | "has_any" | "has_all");
    if !list || problem.code != "KS005" {
        return None;
    }
    let operator = around.text(-1);
    let help = format!("Write the values in parentheses: `{operator} (…, …)`.");
    Some(Cure::help(help))
}

/// `join on X`, `join T kind=inner on X`, `join T | … on X`.
fn join(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let operator = around.segment().text(0);
    let joins = matches!(operator, "join" | "lookup");
    if joins && around.text(0) == "kind" && around.text(1) == "=" {
        let help = format!("Write it before the table: `{operator} kind={} …`.", around.text(2));
        return Some(Cure { message: Some("`kind` comes too late".into()), ..Cure::help(help) });
    }
    if joins && around.text(-1) == "on" && matches!(problem.code, "KS198" | "KS006") {
        let help = format!("Write it before `on`: `{operator} Table on {}`.", around.text(0));
        let message = format!("the table of the `{operator}` is missing");
        return Some(Cure::new(around.span(-1), message, help));
    }
    let before = around.segment().moved(-1);
    let open = around.unclosed(T::OpenParen, T::CloseParen);
    if let Some(open) = open.filter(|open| around.text(0) == "on" && open.at > 0) {
        let joined = (1..6).any(|back| matches!(open.text(-back), "join" | "lookup"));
        if joined {
            let help = "Add `)` before the `on`.";
            return Some(Cure::new(open.span(0), "this `(` is never closed", help));
        }
    }
    if around.text(0) == "on" && before.kind(0) == T::Bar {
        let operator = before.segment().text(0);
        if matches!(operator, "join" | "lookup") {
            let help = format!(
                "Put all of the right side in parentheses: `{operator} (Table | …) on {}`.",
                around.text(1)
            );
            let message = format!("this `on` belongs to a `{operator}` that the `|` ended");
            return Some(Cure::new(around.span(0), message, help));
        }
    }
    None
}

/// Declarations: no `;`, no name, parameters without types.
fn statement(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let start = around.statement();
    if start.text(0) != "let" {
        return None;
    }
    if start.text(1) == "=" {
        let help = "Give it one: `let Name = …;`.";
        return Some(Cure::new(start.span(0), "this `let` has no name", help));
    }
    let name = start.text(1);
    if around.text(0) == "{" && start.text(3) == "(" && around.text(-1) == ")" {
        let parameter = if start.kind(4) == T::Word { start.text(4) } else { "x" };
        let help = format!("Write the type behind each name: `({parameter}: string)`.");
        return Some(Cure::new(start.span(3), "the parameters have no types", help));
    }
    let begins = !crate::grammar::is_operator(around.text(0)) || FIRST.contains(&around.text(0));
    let unended = matches!(problem.code, "KS005" | "KS198") && around.is_first_on_line() && begins;
    if unended && around.at > start.at + 3 && !problem.message.contains("`}`") {
        let end = around.span(-1).end;
        let help = "Put `;` at the end of the line before.";
        let message = format!("the `let {name}` does not end before {}", shown(around));
        return Some(Cure::new(Span::new(end.saturating_sub(1), end), message, help));
    }
    None
}

fn shown(around: &Around<'_>) -> String {
    format!("`{}`", around.text(0).lines().next().unwrap_or_default())
}

/// A bracket that nothing closes up to the end.
fn never_closed(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let end = matches!(around.kind(0), T::EndOfText | T::Semicolon);
    if problem.code != "KS005" || !end {
        return None;
    }
    let brackets = [
        ("expected `)`", "(", ")", T::OpenParen, T::CloseParen),
        ("expected `]`", "[", "]", T::OpenBracket, T::CloseBracket),
        ("expected `}`", "{", "}", T::OpenBrace, T::CloseBrace),
    ];
    brackets.into_iter().find_map(|(message, text, closing, open, close)| {
        let wanted = problem.message.starts_with(message);
        let place = around.unclosed(open, close).filter(|_| wanted)?;
        let bar = (place.at..around.at).any(|at| Around { at, ..*around }.kind(0) == T::Bar);
        let help = if bar && text == "(" {
            format!("Add `{closing}` where it ends, perhaps before the next `|`.")
        } else {
            format!("Add `{closing}` where it ends.")
        };
        Some(Cure::new(place.span(0), format!("this `{text}` is never closed"), help))
    })
}

/// `summarize count() X`.
fn group_keys(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let operator = around.segment().text(0);
    let missing = problem.message.starts_with("expected `,` before");
    let keyed = around.before(|place| place.text(0) == "by").is_some();
    if !missing || operator != "summarize" || keyed || around.text(-1) != ")" {
        return None;
    }
    let word = around.text(0);
    let help = format!("Write `by {word}` if rows are grouped by it, or `,` between aggregates.");
    Some(Cure {
        message: Some(format!("expected `by` or `,` before `{word}`")),
        ..Cure::help(help)
    })
}

/// `7 d`, `1,000`.
fn number(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    if around.kind(-1) != T::Integer {
        return None;
    }
    let before = around.text(-1);
    let word = around.text(0);
    if UNITS.contains(&word) {
        let unit = if word.starts_with("ms") { "ms" } else { word.get(..1).unwrap_or(word) };
        let span = Span::new(around.span(-1).start, around.span(0).end);
        let help = format!("Write it without a blank: `{before}{unit}`.");
        return Some(Cure::new(span, format!("`{before} {word}` is no timespan"), help));
    }
    let thousands = word == "," && around.kind(1) == T::Integer && around.text(1).len() == 3;
    if thousands && around.is_glued(0) && around.is_glued(1) {
        let span = Span::new(around.span(-1).start, around.span(1).end);
        let help = format!("Write it without a comma: `{before}{}`.", around.text(1));
        return Some(Cure::new(span, "a number has no comma", help));
    }
    None
}

/// `T; | take 5`.
fn bar_after_semicolon(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    (around.text(0) == "|" && around.text(-1) == ";").then(|| {
        let help = "Remove the `;`: it ends the query.";
        Cure::new(around.span(-1), "the query goes on behind this `;`", help)
    })
}

/// `serialize T`: an operator before its table.
fn first_operator(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let start = around.statement();
    let first = around.at == start.at + 1 && problem.code == "KS198";
    if !first || around.kind(0) != T::Word || !crate::grammar::is_operator(start.text(0)) {
        return None;
    }
    let (operator, table) = (start.text(0), around.text(0));
    let help = format!("Begin with the table: `{table} | {operator} …`.");
    Some(Cure::new(start.span(0), format!("`{operator}` stands behind a table and `|`"), help))
}

/// `a: strng`.
fn type_name(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    const TYPES: [&str; 10] = [
        "bool", "datetime", "decimal", "dynamic", "guid", "int", "long", "real", "string",
        "timespan",
    ];
    let near = nearest(around.text(0), TYPES).filter(|_| problem.code == "KS160")?;
    Some(Cure::help(format!("Did you mean `{near}`?")))
}

/// `matches` without `regex` right behind it.
fn matches_regex(around: &Around<'_>, _: &Problem) -> Option<Cure> {
    (around.text(0) == "matches").then(|| {
        let help = "Write `matches regex`, with one blank between.";
        Cure::new(around.span(0), "`matches` alone is no operator", help)
    })
}

/// `'it's'`.
fn inner_quote(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let inside = around.kind(-1) == T::String && around.is_glued(0);
    if !inside || problem.code != "KS198" || around.kind(0) != T::Word {
        return None;
    }
    let end = around.span(-1).end;
    let quote = if around.text(-1).ends_with('"') { '"' } else { '\'' };
    let message = format!("the text ends at this `{quote}`");
    let help = format!(
        "Write `\\{quote}` for a quote inside a text, or put the text in the other quotes."
    );
    Some(Cure::new(Span::new(end.saturating_sub(1), end), message, help))
}

/// `dynamic([a])`.
fn computed_json(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let open = around.unclosed(T::OpenParen, T::CloseParen)?;
    let value = problem.code == "KS005" && around.kind(0) == T::Word;
    if !value || open.at == 0 || open.text(-1) != "dynamic" {
        return None;
    }
    let word = around.text(0);
    let message = format!("`{word}` is no value of JSON");
    let help = format!(
        "Put a text in quotes, `\"{word}\"`; with columns use `pack_array(…)` or `bag_pack(…)`."
    );
    Some(Cure::new(around.span(0), message, help))
}

/// `mv-apply a (…)`.
fn apply(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let operator = around.segment().text(0);
    let on = around.before(|place| place.text(0) == "on").is_some();
    if operator != "mv-apply" || on || !matches!(problem.code, "KS005" | "KS198") {
        return None;
    }
    let message = "the subquery of `mv-apply` needs an `on` before it";
    let help = "Write `mv-apply Column on (…)`.";
    Some(Cure { message: Some(message.to_owned()), ..Cure::help(help) })
}

/// `sort by a dsc`.
fn direction(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let sorts = matches!(around.segment().text(0), "sort" | "order" | "top");
    let word = around.text(0);
    if !sorts || !problem.message.starts_with("expected `,` before") {
        return None;
    }
    let near = match word.to_ascii_lowercase().as_str() {
        "ascending" => "asc",
        "descending" => "desc",
        _ => nearest(word, ["desc", "asc"])?,
    };
    let message = format!("`{word}` is no order");
    Some(Cure::new(around.span(0), message, format!("Write `{near}`.")))
}
