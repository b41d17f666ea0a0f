//! What may be written at a place.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, CompletionList, TextEdit,
};
use vakt_kql::complete::{COMPLETIONS_COUNT_MAX, Completion, CompletionKind, complete};

use super::Asked;

/// What may be written at a place, best first.
pub fn completion(asked: &Asked<'_>) -> Option<CompletionList> {
    let mut all = complete(&asked.query.text, asked.at as usize, asked.session.catalog);
    let is_incomplete = all.len() >= COMPLETIONS_COUNT_MAX;
    // What begins as the word does comes before what only has it inside.
    all.sort_by_key(|one| !begins(&one.label, asked.query.text.get(one.replace.range())));
    let items = all.into_iter().enumerate().map(|(rank, one)| item(asked, rank, one)).collect();
    Some(CompletionList { is_incomplete, items, ..CompletionList::default() })
}

fn begins(label: &str, word: Option<&str>) -> bool {
    let start = word.and_then(|word| Some((label.get(..word.len())?, word)));
    start.is_some_and(|(start, word)| start.eq_ignore_ascii_case(word))
}

fn item(asked: &Asked<'_>, rank: usize, completion: Completion) -> CompletionItem {
    let Completion { label, kind, detail, insert, replace } = completion;
    let place = asked.query.in_file(replace.range());
    let range = asked.document.range(place, asked.session.units);
    let edit = TextEdit { range, new_text: insert };
    CompletionItem {
        label,
        kind: Some(icon(kind)),
        detail: (!detail.is_empty()).then_some(detail),
        // Clients sort by text; the order is ours.
        sort_text: Some(format!("{rank:04}")),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        ..CompletionItem::default()
    }
}

fn icon(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Column => CompletionItemKind::Field,
        CompletionKind::Value => CompletionItemKind::EnumMember,
        CompletionKind::Let => CompletionItemKind::Variable,
        CompletionKind::Keyword | CompletionKind::Operator | CompletionKind::Statement => {
            CompletionItemKind::Keyword
        }
        CompletionKind::Option => CompletionItemKind::Property,
        CompletionKind::Table => CompletionItemKind::Class,
        CompletionKind::CatalogFunction | CompletionKind::Plugin => CompletionItemKind::Module,
        CompletionKind::Aggregate => CompletionItemKind::Method,
        CompletionKind::Function => CompletionItemKind::Function,
        CompletionKind::ScalarOperator => CompletionItemKind::Operator,
        CompletionKind::Type => CompletionItemKind::TypeParameter,
    }
}
