//! What a word at a place means.

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind};

use super::Asked;

/// What is known of the word at a place.
pub fn hover(asked: &Asked<'_>) -> Option<Hover> {
    let (text, at) = (&asked.query.text, asked.at as usize);
    let said = vakt_kql::complete::hover(text, at, asked.session.catalog)?;
    let place = asked.query.in_file(said.span.range());
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: said.text };
    Some(Hover {
        contents: Contents::MarkupContent(contents),
        range: Some(asked.document.range(place, asked.session.units)),
    })
}
