//! Comments: what is sent to add one, and the answer with all of them.

use axum::response::Response;
use http::StatusCode;
use serde_json::Value;
use vakt_incidents::Comment;
use vakt_wire::graph::{AddComment, GraphComment, SecurityPage};

use super::errors::{bad_request, in_graphs_words};
use super::to_wire;
use crate::graph::Call;
use crate::problem::{Problem, json};

/// In which form a comment came, and is answered: Microsoft's own libraries send and expect a bare
/// list, its documentation has an object and a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `{"comment": …}`
    Object,
    /// `[{"comment": …}]`
    List,
}

/// The comment in a body.
pub(super) async fn read(call: &mut Call) -> Result<(String, Form), Problem> {
    let (value, form) = match call.body().await.map_err(in_graphs_words)? {
        Value::Array(mut items) => match (items.pop(), items.is_empty()) {
            (Some(item), true) => (item, Form::List),
            _ => return Err(bad_request("send one comment at a time, as {\"comment\": \"text\"}")),
        },
        other => (other, Form::Object),
    };
    let read: Result<AddComment, _> = serde_json::from_value(value);
    let AddComment { comment } = read.map_err(|error| {
        bad_request(format!("the body is not {{\"comment\": \"text\"}}: {error}"))
    })?;
    Ok((comment, form))
}

/// All comments, in the form in which one was added.
pub(super) fn answer(call: &Call, form: Form, owner: &str, comments: &[Comment]) -> Response {
    let value: Vec<GraphComment> = comments.iter().map(to_wire::comment).collect();
    if form == Form::List {
        return json(StatusCode::OK, &value);
    }
    let context = Some(format!("{}/$metadata#{owner}/comments", call.place.root));
    let page = SecurityPage { context, count: None, next_link: None, delta_link: None, value };
    json(StatusCode::OK, &page)
}
