//! Where a name is given, and where it is used.

use gen_lsp_types::{DocumentHighlight, Location};
use serde_json::Value;
use vakt_kql::syntax::tree::Node;

use super::{Asked, names};

/// Where the name at a place is given.
pub fn definition(asked: &Asked<'_>) -> Option<Location> {
    let given = names::given(names::name_at(&asked.parse.tree, asked.at)?)?;
    Some(location(asked, given))
}

/// Where the name at a place is used, and where it is given if the client wants that too.
pub fn references(asked: &Asked<'_>) -> Option<Vec<Location>> {
    let given = names::given(names::name_at(&asked.parse.tree, asked.at)?)?;
    let wanted = asked.params.pointer("/context/includeDeclaration").and_then(Value::as_bool);
    let left_out = usize::from(wanted == Some(false));
    let uses = names::uses(given).into_iter().skip(left_out);
    Some(uses.map(|node| location(asked, node)).collect())
}

/// The same in this document, for the client to mark.
pub fn highlights(asked: &Asked<'_>) -> Option<Vec<DocumentHighlight>> {
    let given = names::given(names::name_at(&asked.parse.tree, asked.at)?)?;
    let uses = names::uses(given).into_iter();
    Some(uses.map(|node| DocumentHighlight { range: range(asked, node), kind: None }).collect())
}

fn location(asked: &Asked<'_>, node: Node<'_>) -> Location {
    Location { uri: asked.uri.into(), range: range(asked, node) }
}

fn range(asked: &Asked<'_>, node: Node<'_>) -> gen_lsp_types::Range {
    let place = asked.query.in_file(node.span().range());
    asked.document.range(place, asked.session.units)
}
