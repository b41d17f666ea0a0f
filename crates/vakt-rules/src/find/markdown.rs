//! Fences of Markdown, also in quotations and lists.

use super::looks_like_query;
use crate::query::Query;

/// Words after a fence that say that it is KQL.
const LANGUAGES: &[&str] = &["kql", "kusto", "csl", "kustoquery", "kusto-query", "kusto-kql"];

/// An open fence.
struct Fence {
    mark: char,
    length: usize,
    /// Blanks before it: as many are left out before each of its lines.
    indent: usize,
    /// Depth of the quotation that it is in.
    quotation: usize,
    language: Language,
    query: Query,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Kql,
    Unsaid,
    Other,
}

/// The queries in the fences of a page: those marked as KQL, and those without a language that look
/// like it.
pub fn queries(text: &str) -> Vec<Query> {
    let mut queries = Vec::new();
    let mut open: Option<Fence> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match open.take() {
            None => open = opening(line),
            Some(fence) if closes(&fence, line) => finish(fence, &mut queries),
            Some(mut fence) => {
                let left_out = left_out(&fence, line);
                fence.query.push(line.get(left_out..).unwrap_or_default(), at + left_out);
                open = Some(fence);
            }
        }
        at += line.len();
    }
    // A fence that nobody closed runs to the end of the page.
    if let Some(fence) = open {
        finish(fence, &mut queries);
    }
    queries
}

fn finish(fence: Fence, queries: &mut Vec<Query>) {
    let is_query = match fence.language {
        Language::Kql => !fence.query.text.trim().is_empty(),
        Language::Unsaid => looks_like_query(&fence.query.text),
        Language::Other => false,
    };
    if is_query {
        queries.push(fence.query);
    }
}

/// The line without its quotation marks and indentation; how deep the quotation is; how far the text
/// is indented in it.
fn inside(line: &str) -> (&str, usize, usize) {
    let (mut rest, mut quotation, mut indent) = (line, 0, 0);
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            (rest, quotation, indent) =
                (after.strip_prefix(' ').unwrap_or(after), quotation + 1, 0);
        } else if let Some(after) = rest.strip_prefix([' ', '\t']) {
            (rest, indent) = (after, indent + 1);
        } else {
            return (rest, quotation, indent);
        }
    }
}

fn opening(line: &str) -> Option<Fence> {
    let (mut rest, quotation, mut indent) = inside(line);
    // `- ```kql` opens a fence in an item of a list.
    if let Some(item) = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("* ")) {
        indent += 2 + item.len() - item.trim_start().len();
        rest = item.trim_start();
    }
    let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = rest.chars().take_while(|c| *c == mark).count();
    let info = rest.get(length..)?.trim();
    if length < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let language = language(info);
    Some(Fence { mark, length, indent, quotation, language, query: Query::new() })
}

fn language(info: &str) -> Language {
    let info = info.trim_start_matches(['{', '.', ' ']);
    let word = info.split(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ':')).next();
    match word.unwrap_or_default().to_ascii_lowercase().as_str() {
        "" => Language::Unsaid,
        word if LANGUAGES.contains(&word) => Language::Kql,
        _ => Language::Other,
    }
}

fn closes(fence: &Fence, line: &str) -> bool {
    let (rest, quotation, _) = inside(line);
    let rest = rest.trim_end();
    let left_quotation = quotation < fence.quotation && rest.is_empty();
    let all_marks = rest.chars().all(|c| c == fence.mark);
    left_quotation || (all_marks && rest.len() >= fence.length && quotation <= fence.quotation)
}

/// How many bytes of a line belong to the page and not to the query.
fn left_out(fence: &Fence, line: &str) -> usize {
    let mut rest = line;
    for _ in 0..fence.quotation {
        let Some(after) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') else { break };
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    for _ in 0..fence.indent {
        rest = rest.strip_prefix([' ', '\t']).unwrap_or(rest);
    }
    line.len() - rest.len()
}
