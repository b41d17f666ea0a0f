//! Cures for names that mean nothing at their place, and for types that only look wrong.

use super::around::Around;
use super::{Cure, foreign, syntax};
use crate::catalog::Catalog;
use crate::diagnostic::{Position, Problem};
use crate::syntax::kinds::TokenKind as T;
use crate::syntax::tree::Span;

/// So many tables are named at most that have a column.
const TABLES_NAMED_MAX: usize = 3;
/// So many tokens are read for one of them.
const OPERATOR_TOKENS_MAX: usize = 1_000;
/// So far on is looked for a declaration.
const AHEAD_TOKENS_MAX: isize = 2_000;
/// So many operators back is looked for the one that dropped a column.
const OPERATORS_BACK_MAX: usize = 50;

pub(super) fn cure(around: &Around<'_>, problem: &Problem, catalog: &Catalog) -> Option<Cure> {
    if matches!(problem.code, "KS142" | "KS174" | "KS106")
        && let Some(span) = syntax::dashes(around)
    {
        return Some(Cure::new(span, "`--` begins no comment", "Begin the comment with `//`."));
    }
    match problem.code {
        "KS142" => unknown_name(around, problem, catalog),
        "KS204" => later_let(around, around.text(0)),
        "KS211" => unknown_function(around, problem),
        "KS141" => assignment(around, problem).or_else(|| date_here(around)),
        "KS106" => date(around),
        "KS107" => timespan(around, problem),
        "KS174" => text_table(around).or_else(|| table_behind(around, catalog)),
        "KS134" => one_column(problem),
        _ => None,
    }
}

fn unknown_name(around: &Around<'_>, problem: &Problem, catalog: &Catalog) -> Option<Cure> {
    let name = around.tree.slice(problem.span);
    if matches!(around.text(-1), "take" | "limit" | "sample") {
        return Some(Cure::help("Write a whole number, as `10`."));
    }
    let found = dollar(name)
        .or_else(|| weeks(name))
        .or_else(|| same_clause(around, name))
        .or_else(|| later_let(around, name))
        .or_else(|| renamed(around, name, catalog));
    if found.is_some() {
        return found;
    }
    let near = problem.help.starts_with("Did you mean");
    let exact = near && problem.help.to_lowercase().contains(&format!("`{}`", name.to_lowercase()));
    if exact || problem.message.starts_with("there is no table") {
        return None;
    }
    let dropped = dropped(around, name, catalog);
    if dropped.is_some() || near {
        return dropped;
    }
    other_tables(name, catalog)
}

/// `$left` outside of `on`, `$name`.
fn dollar(name: &str) -> Option<Cure> {
    let rest = name.strip_prefix('$')?;
    if matches!(rest, "left" | "right") {
        let message = format!("`{name}` means nothing outside of `on`");
        let help = "Name the column alone; behind a join, the right one of two is `Name1`.";
        return Some(Cure { message: Some(message), ..Cure::help(help) });
    }
    let message = format!("the variable `{name}` was not filled in");
    let help = format!("Put the value in its place, or declare it before: `let {rest} = …;`.");
    Some(Cure { message: Some(message), ..Cure::help(help) })
}

/// `1w`, `2mo`.
fn weeks(name: &str) -> Option<Cure> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = (name.get(..digits)?.parse::<u32>().ok()?, name.get(digits..)?);
    let days = match unit {
        "w" | "wk" | "week" | "weeks" => 7,
        "mo" | "mon" | "M" | "month" | "months" => 30,
        "y" | "yr" | "year" | "years" => 365,
        _ => return None,
    };
    let days = count.saturating_mul(days);
    let message = format!("`{name}` is no timespan: the longest unit is the day");
    Some(Cure { message: Some(message), ..Cure::help(format!("Write `{days}d`.")) })
}

/// `extend a = 1, b = a`.
fn same_clause(around: &Around<'_>, name: &str) -> Option<Cure> {
    let made = around.before(|place| place.text(0) == name && place.text(1) == "=")?;
    let operator = around.segment().text(0);
    if !matches!(operator, "extend" | "project" | "summarize") || made.at + 1 >= around.at {
        return None;
    }
    let help = match operator {
        "summarize" => "Use it in an `extend` behind this `summarize`.".to_owned(),
        _ => format!("Make it before: `| extend {name} = … | {operator} …`."),
    };
    let message = format!("`{name}` is made in this `{operator}` and can only be used behind it");
    Some(Cure { message: Some(message), ..Cure::help(help) })
}

/// A `let` that comes too late, or is the one that we are in.
fn later_let(around: &Around<'_>, name: &str) -> Option<Cure> {
    if around.declared() == Some(name) {
        let message = format!("`{name}` is used inside its own `let`");
        let help = "Write it without itself: nothing is recursive here.";
        return Some(Cure { message: Some(message), ..Cure::help(help) });
    }
    // nearly always no such name is there, which is seen sooner in the text than in its tokens
    if !text_ahead(around).contains(name) {
        return None;
    }
    let ahead = (0..AHEAD_TOKENS_MAX)
        .take_while(|offset| around.kind(*offset) != T::EndOfText)
        .find(|offset| around.text(*offset) == "let" && around.text(offset + 1) == name);
    let place = around.span(ahead?);
    let line = Position::of(around.tree.text(), place.start).line;
    let message = format!("`{name}` is declared only further on, on line {line}");
    let help = format!("Move `let {name} = …;` before this statement.");
    Some(Cure { message: Some(message), ..Cure::help(help) })
}

/// The text as far ahead as a `let` is looked for.
fn text_ahead<'t>(around: &Around<'t>) -> &'t str {
    let text = around.tree.text();
    let start = around.span(0).end as usize;
    match around.span(AHEAD_TOKENS_MAX).end as usize {
        0 => text.get(start..),
        end => text.get(start..end),
    }
    .unwrap_or_default()
}

/// `project-rename Old = New`.
fn renamed(around: &Around<'_>, name: &str, catalog: &Catalog) -> Option<Cure> {
    let operator = around.segment().text(0);
    if operator != "project-rename" || around.text(-1) != "=" {
        return None;
    }
    if !existed(&around.segment(), around.text(-2), catalog) {
        return None;
    }
    let help = format!("The new name comes first: `{name} = {}`.", around.text(-2));
    Some(Cure::help(help))
}

/// An operator before here that dropped the column.
fn dropped(around: &Around<'_>, name: &str, catalog: &Catalog) -> Option<Cure> {
    let mut place = *around;
    for _ in 0..OPERATORS_BACK_MAX {
        place = operator_before(place)?;
        let operator = place.text(0);
        let (drops, help) = match operator {
            "summarize" | "distinct" | "project" | "project-keep" => {
                (true, cure_of(operator, name))
            }
            "project-away" | "project-rename" => {
                (mentions(&place, name), format!("Leave `{name}` out there, or use it before."))
            }
            "count" | "getschema" => (true, format!("Use `{name}` before it.")),
            _ => continue,
        };
        if drops && existed(&place, name, catalog) {
            let line = Position::of(around.tree.text(), place.span(0).start).line;
            let message = format!("the column `{name}` is gone since `{operator}` on line {line}");
            return Some(Cure { message: Some(message), ..Cure::help(help) });
        }
    }
    None
}

/// The operator before the one that we are in, in the same query: subqueries in parentheses are passed
/// over, and none is left where one begins.
fn operator_before<'t>(around: Around<'t>) -> Option<Around<'t>> {
    let (mut place, mut bars, mut nested) = (around, 0, 0_usize);
    while place.at > 0 && around.at - place.at < OPERATOR_TOKENS_MAX {
        place = place.moved(-1);
        match place.kind(0) {
            T::CloseParen => nested += 1,
            T::OpenParen if nested > 0 => nested -= 1,
            T::OpenParen if bars > 0 => return None,
            T::Semicolon => return None,
            T::Bar if nested == 0 => {
                bars += 1;
                if bars == 2 {
                    return Some(place.moved(1));
                }
            }
            _ => {}
        }
    }
    None
}

fn cure_of(operator: &str, name: &str) -> String {
    match operator {
        "summarize" => {
            format!("Add it there: to `by`, or as `take_any({name})` or `make_set({name})`.")
        }
        _ => format!("Add `{name}` to that `{operator}`, or use it before."),
    }
}

fn mentions(segment: &Around<'_>, name: &str) -> bool {
    (0..segment.segment_end()).any(|offset| segment.text(offset) == name)
}

/// Whether the column was there before the segment: the table has it, or it was made.
fn existed(segment: &Around<'_>, name: &str, catalog: &Catalog) -> bool {
    let mut place = segment.statement();
    if place.text(0) == "let" {
        place = place.moved(3);
    }
    if catalog.table(place.text(0)).is_some_and(|table| table.column(name).is_some()) {
        return true;
    }
    while place.at < segment.at {
        if place.text(0) == name && place.text(1) == "=" {
            return true;
        }
        place = place.moved(1);
    }
    false
}

/// Tables that have the column.
fn other_tables(name: &str, catalog: &Catalog) -> Option<Cure> {
    let has = catalog.tables().filter(|table| table.column(name).is_some());
    let mut tables: Vec<&str> = has.map(|table| &*table.name).collect();
    tables.sort_unstable();
    let more = if tables.len() > TABLES_NAMED_MAX { ", …" } else { "" };
    tables.truncate(TABLES_NAMED_MAX);
    if tables.is_empty() {
        return None;
    }
    let named = tables.join("`, `");
    let help = format!("`{named}`{more} have it: query one of them, or `join` it.");
    let single = format!("`{named}` has it: query that table, or `join` it.");
    Some(Cure::help(if tables.len() == 1 { single } else { help }))
}

fn unknown_function(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let name = around.tree.slice(problem.span);
    if let Some(own) = foreign::function(name) {
        let help = match own {
            "bin" => {
                "Write `bin(Timestamp, 1d)`, or `startofday(…)`, `startofmonth(…)`.".to_owned()
            }
            "datetime_diff" => "Write `datetime_diff(\"day\", later, earlier)`.".to_owned(),
            "datetime_add" => {
                "Write `datetime_add(\"day\", 1, Timestamp)`, or add `1d`.".to_owned()
            }
            "percentile" => "Write `percentile(…, 50)`.".to_owned(),
            "parse_json" => "Write `parse_json(…).Name`.".to_owned(),
            _ => format!("Write `{own}(…)`."),
        };
        return Some(Cure::help(help));
    }
    later_let(around, name)
}

/// `where a = "x"`.
fn assignment(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    let condition = problem.message.starts_with("a condition must be bool");
    if !condition || around.text(-1) != "=" {
        return None;
    }
    Some(Cure::new(around.span(-1), "`=` gives a name, it does not compare", "Compare with `==`."))
}

/// `Timestamp > 2024-01-01`, anywhere in the operator.
fn date(around: &Around<'_>) -> Option<Cure> {
    let start = around.segment();
    (0..start.segment_end()).find_map(|offset| date_here(&start.moved(offset)))
}

/// `2024-01-01` here.
fn date_here(start: &Around<'_>) -> Option<Cure> {
    let digits = |offset: isize, count: usize| {
        start.kind(offset) == T::Integer && start.text(offset).len() == count
    };
    let dashes = start.text(1) == "-" && start.text(3) == "-";
    if !(digits(0, 4) && digits(2, 2) && digits(4, 2) && dashes) {
        return None;
    }
    if !(1..5).all(|next| start.is_glued(next)) {
        return None;
    }
    let span = Span::new(start.span(0).start, start.span(4).end);
    let text = start.tree.slice(span);
    let message = format!("`{text}` is a subtraction, not a date");
    Some(Cure::new(span, message, format!("Write `datetime({text})`.")))
}

/// `ago("7d")`, `ago(7)`.
fn timespan(around: &Around<'_>, problem: &Problem) -> Option<Cure> {
    if !problem.message.contains("takes timespan here") {
        return None;
    }
    let text = around.text(0);
    match around.kind(0) {
        T::String => {
            let inner = text.trim_matches(['"', '\'']);
            let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
            let short = digits > 0 && matches!(inner.get(digits..), Some("d" | "h" | "m" | "s"));
            short.then(|| Cure::help(format!("Write it without quotes: `{inner}`.")))
        }
        T::Integer => Some(Cure::help(format!("Put a unit behind it: `{text}d`, `{text}h`, …"))),
        _ => None,
    }
}

/// `make_list(a, b)`.
fn one_column(problem: &Problem) -> Option<Cure> {
    let gathers = ["`make_list`", "`make_set`", "`make_bag`"];
    let found = gathers.iter().any(|name| problem.message.starts_with(name));
    let help = "It takes one column, and how many values at most; put columns together with \
                `bag_pack(…)` or `strcat(…)`.";
    found.then(|| Cure::help(help))
}

/// `"Table" | …`
fn text_table(around: &Around<'_>) -> Option<Cure> {
    let inner = around.text(0).trim_matches(['"', '\'']);
    let word = inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if around.kind(0) != T::String || !word || inner.is_empty() {
        return None;
    }
    let message = format!("{} is a text and has no rows", around.text(0));
    let help = format!("Write the table without quotes: `{inner} | …`.");
    Some(Cure { message: Some(message), ..Cure::help(help) })
}

/// `where Table`
fn table_behind(around: &Around<'_>, catalog: &Catalog) -> Option<Cure> {
    let (operator, table) = (around.text(0), around.text(1));
    catalog.table(table)?;
    Some(Cure::help(format!("Begin with the table: `{table} | {operator} …`.")))
}
