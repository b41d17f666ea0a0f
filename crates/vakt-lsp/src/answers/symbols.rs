//! What a document is made of: its queries where there are several, and what each gives a name.

use gen_lsp_types::{DocumentSymbol, SymbolKind};
use vakt_kql::ast::name_text;
use vakt_rules::Query;

use super::names;
use crate::document::Document;
use crate::session::Session;

/// Longest text that is shown of a query.
const DETAIL_CHARACTERS_MAX: usize = 60;

/// The outline of a document.
pub fn symbols(session: &Session<'_>, document: &Document) -> Vec<DocumentSymbol> {
    let queries = document.queries();
    if let [query] = queries {
        return lets(session, document, query);
    }
    let symbols = (1..).zip(queries).map(|(number, query): (u32, _)| {
        let range = document.range(query.place(), session.units);
        let mut lines = query.text.lines().map(str::trim);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
        let detail = first.map(|line| line.chars().take(DETAIL_CHARACTERS_MAX).collect());
        let mut symbol = symbol(format!("query {number}"), SymbolKind::Namespace, range);
        symbol.detail = detail;
        symbol.children = Some(lets(session, document, query));
        symbol
    });
    symbols.collect()
}

fn lets(session: &Session<'_>, document: &Document, query: &Query) -> Vec<DocumentSymbol> {
    let parse = vakt_kql::parse(&query.text);
    let place = |span: vakt_kql::syntax::tree::Span| {
        document.range(query.in_file(span.range()), session.units)
    };
    let lets = names::lets(&parse.tree).into_iter().map(|(statement, name)| {
        let kind =
            if names::is_function(statement) { SymbolKind::Function } else { SymbolKind::Variable };
        let mut symbol = symbol(name_text(name).into_owned(), kind, place(statement.span()));
        symbol.selection_range = place(name.span());
        symbol
    });
    lets.collect()
}

#[expect(deprecated, reason = "the type has a member that clients no longer read")]
fn symbol(name: String, kind: SymbolKind, range: gen_lsp_types::Range) -> DocumentSymbol {
    DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range,
        selection_range: range,
        children: None,
    }
}
