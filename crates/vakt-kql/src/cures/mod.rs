//! Better words for what is wrong: the mistakes that people make who know another language, and what
//! only follows from a mistake that is told already.
//!
//! The parser and the binder tell what they see at one place. Here, and only where something is wrong,
//! the tokens around are looked at once more.

mod around;
mod foreign;
mod names;
mod syntax;

pub(crate) use foreign::operator as foreign_operator;

use crate::catalog::Catalog;
use crate::diagnostic::{Problem, Severity, Stage};
use crate::syntax::tree::{Span, Tree};
use around::Around;

/// What is told instead. What is not given stays as it is.
#[derive(Debug, Default)]
struct Cure {
    span: Option<Span>,
    message: Option<String>,
    help: String,
}

impl Cure {
    fn help(help: impl Into<String>) -> Self {
        Self { help: help.into(), ..Self::default() }
    }

    fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span: Some(span), message: Some(message.into()), help: help.into() }
    }

    fn apply(self, problem: &mut Problem) {
        problem.span = self.span.unwrap_or(problem.span);
        if let Some(message) = self.message {
            problem.message = message;
        }
        problem.help = self.help;
    }
}

/// The problems of parsing, in better words and in the order of the text.
pub(crate) fn refine_parsed(tree: &Tree, problems: &mut Vec<Problem>) {
    if problems.is_empty() {
        return;
    }
    if let Some(cure) = syntax::other_language(tree) {
        problems.truncate(1);
        problems.iter_mut().for_each(|problem| problem.code = "VK004");
        for (problem, cure) in problems.iter_mut().zip([cure]) {
            cure.apply(problem);
        }
        return;
    }
    for problem in problems.iter_mut() {
        let around = Around::of(tree, problem.span.start);
        match syntax::cure(&around, problem) {
            Some(cure) => cure.apply(problem),
            None => problem.help = sentence(&problem.help),
        }
    }
    problems.sort_by_key(|problem| problem.span.start);
    // what is inside of a string that is told already follows from it
    let mut end = 0;
    problems.retain(|problem| {
        let inside = problem.code == "KS001" && problem.span.start < end;
        if problem.message.starts_with("the text ends at this") {
            let rest = tree.text().get(problem.span.end as usize..).unwrap_or_default();
            let line = rest.find('\n').unwrap_or(rest.len());
            end = end.max(problem.span.end.saturating_add(u32::try_from(line).unwrap_or(u32::MAX)));
        }
        if problem.code == "KS001" {
            end = end.max(problem.span.end);
        }
        !inside
    });
    problems.dedup_by(|next, before| {
        let same = next.message == before.message;
        same && (next.span == before.span || next.message.ends_with("is no comment"))
    });
}

/// The problems of binding, in better words; those that follow from problems of parsing are dropped.
pub(crate) fn refine_bound(tree: &Tree, catalog: &Catalog, problems: &mut Vec<Problem>) {
    if problems.is_empty() {
        return;
    }
    let (mut quiet, mut broken) = (Vec::new(), Vec::new());
    for problem in problems.iter().filter(|problem| problem.stage == Stage::Parse) {
        let around = Around::of(tree, problem.span.start);
        quiet.push(syntax::reach(&around, problem));
        broken.extend(around.declared());
    }
    // where no rows come in, nothing behind it can be right
    for problem in problems.iter().filter(|problem| problem.code == "KS174") {
        let around = Around::of(tree, problem.span.start);
        quiet.push(Span::new(problem.span.end, around.segment_span().end));
    }
    problems.retain(|problem| {
        let (start, end) = (problem.span.start, problem.span.end);
        let follows = quiet.iter().any(|quiet| quiet.start <= start && end <= quiet.end);
        let name = matches!(problem.code, "KS142" | "KS204" | "KS211");
        let unnamed = name && broken.contains(&tree.slice(problem.span));
        problem.stage == Stage::Parse || !(follows || unnamed)
    });
    for problem in problems.iter_mut() {
        if problem.stage == Stage::Parse || problem.severity != Severity::Error {
            continue;
        }
        let around = Around::of(tree, problem.span.start);
        if let Some(cure) = names::cure(&around, problem, catalog) {
            cure.apply(problem);
        }
    }
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    problems.dedup_by(|next, before| next.span == before.span && next.message == before.message);
}

/// With a capital and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(letters).collect();
    if !sentence.ends_with(['.', '?', '!', '…']) {
        sentence.push('.');
    }
    sentence
}

/// What is said of a number of arguments: `1 argument`, `2 to 3 arguments`.
pub(crate) fn arguments_wanted(least: usize, most: Option<usize>) -> String {
    match most {
        Some(1) if least == 1 => "1 argument".to_owned(),
        Some(most) if most == least => format!("{least} arguments"),
        Some(most) => format!("{least} to {most} arguments"),
        None if least == 1 => "at least 1 argument".to_owned(),
        None => format!("at least {least} arguments"),
    }
}

/// What is there: `here is none`, `here is 1`, `here are 2`.
pub(crate) fn arguments_found(count: usize) -> String {
    match count {
        0 => "here is none".to_owned(),
        1 => "here is 1".to_owned(),
        _ => format!("here are {count}"),
    }
}
