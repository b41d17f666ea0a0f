//! What is answered to what.

mod capabilities;
mod completion;
mod definition;
mod diagnostics;
mod formatting;
mod hover;
mod names;
mod symbols;

use gen_lsp_types::TextDocumentPositionParams;
use lsp_server::ErrorCode;
use serde_json::Value;
use vakt_kql::Parse;
use vakt_rules::Query;

use crate::document::Document;
use crate::session::{Answer, Session, read, to_value};

pub use capabilities::{capabilities, units};
pub use diagnostics::diagnostics;

/// Answers a request.
pub fn answer(session: &Session<'_>, method: &str, params: Value) -> Answer {
    match method {
        "textDocument/completion" => at_place(session, params, completion::completion),
        "textDocument/hover" => at_place(session, params, hover::hover),
        "textDocument/definition" => at_place(session, params, definition::definition),
        "textDocument/references" => at_place(session, params, definition::references),
        "textDocument/documentHighlight" => at_place(session, params, definition::highlights),
        "textDocument/formatting" => {
            to_value(formatting::formatting(session, session.document(&uri(&params)?)?))
        }
        "textDocument/documentSymbol" => {
            to_value(symbols::symbols(session, session.document(&uri(&params)?)?))
        }
        _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is not answered here"))),
    }
}

/// What is asked about: a place in a query of a document.
pub struct Asked<'a> {
    /// The client's view.
    pub session: &'a Session<'a>,
    /// The document's name.
    pub uri: &'a str,
    /// The document.
    pub document: &'a Document,
    /// The query that the place is in.
    pub query: Query,
    /// The query, parsed.
    pub parse: Parse,
    /// The byte in the query.
    pub at: u32,
    /// All that the client sent.
    pub params: &'a Value,
}

/// Answers a question about a place; `null` where there is no query.
fn at_place<T: serde::Serialize>(
    session: &Session<'_>,
    params: Value,
    answer: fn(&Asked<'_>) -> Option<T>,
) -> Answer {
    let place: TextDocumentPositionParams = read(params.clone())?;
    let uri = &place.text_document.uri.0;
    let document = session.document(uri)?;
    let byte = document.byte(place.position, session.units);
    let Some((query, parse, at)) = document.query_at(byte) else { return Ok(Value::Null) };
    to_value(answer(&Asked { session, uri, document, query, parse, at, params: &params }))
}

fn uri(params: &Value) -> Result<String, (ErrorCode, String)> {
    let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
    let missing = || (ErrorCode::InvalidParams, "`textDocument.uri` is missing".to_owned());
    uri.map(str::to_owned).ok_or_else(missing)
}
