//! What the server can, told to the client.

use gen_lsp_types::{
    CompletionOptions, DefinitionProvider, DocumentFormattingProvider, DocumentHighlightProvider,
    DocumentSymbolProvider, HoverProvider, InitializeParams, InitializeResult,
    PositionEncodingKind, ReferencesProvider, ServerCapabilities, ServerInfo, TextDocumentSync,
    TextDocumentSyncKind, TextDocumentSyncOptions,
};
use vakt_rules::Units;

/// After these the next word can be told: a bar begins an operator, a dot a path, and after a blank
/// nearly everything does.
const TRIGGERS: [&str; 6] = ["|", " ", ".", "(", ",", "$"];

/// Bytes where the client can count them, else units of UTF-16, which every client can.
pub fn units(params: &InitializeParams) -> Units {
    let general = params.capabilities.general.as_ref();
    let encodings = general.and_then(|general| general.position_encodings.as_ref());
    let knows_bytes = encodings.is_some_and(|all| all.contains(&PositionEncodingKind::UTF8));
    if knows_bytes { Units::Utf8 } else { Units::Utf16 }
}

/// The answer to `initialize`.
pub fn capabilities(units: Units) -> InitializeResult {
    let encoding = match units {
        Units::Utf8 => PositionEncodingKind::UTF8,
        Units::Utf16 => PositionEncodingKind::UTF16,
    };
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        ..TextDocumentSyncOptions::default()
    };
    let completion = CompletionOptions {
        trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
        ..CompletionOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(TextDocumentSync::Options(sync)),
        completion_provider: Some(completion),
        hover_provider: Some(HoverProvider::Bool(true)),
        definition_provider: Some(DefinitionProvider::Bool(true)),
        references_provider: Some(ReferencesProvider::Bool(true)),
        document_highlight_provider: Some(DocumentHighlightProvider::Bool(true)),
        document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
        document_formatting_provider: Some(DocumentFormattingProvider::Bool(true)),
        ..ServerCapabilities::default()
    };
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo { name: "vakt kql lsp".to_owned(), version }),
    }
}
