//! A document of queries, written anew.

use gen_lsp_types::TextEdit;
use vakt_rules::format;

use crate::document::Document;
use crate::session::Session;

/// The one edit that formats a document; none where nothing changes. A document that is too
/// large has no answer.
pub fn formatting(session: &Session<'_>, document: &Document) -> Option<Vec<TextEdit>> {
    if document.is_too_large() {
        return None;
    }
    // A query that cannot be read stays as it is; its problems are told anyway.
    let formatted = format(document.kind, &document.text).text;
    if formatted == document.text {
        return Some(Vec::new());
    }
    let range = document.range(0..document.text.len(), session.units);
    Some(vec![TextEdit { range, new_text: formatted }])
}
