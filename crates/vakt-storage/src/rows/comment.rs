//! Comments within the documents of incidents and alerts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vakt_incidents::Comment;

use super::{from_ticks, kept, lent, ticks};

#[derive(Serialize, Deserialize)]
pub(super) struct StoredComment<'a> {
    text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<i64>,
}

pub(super) fn write_comment(comment: &Comment) -> StoredComment<'_> {
    StoredComment {
        text: (&*comment.text).into(),
        author: lent(&comment.author),
        created_at: comment.created_at.map(ticks),
    }
}

pub(super) fn read_comment(stored: StoredComment<'_>) -> Comment {
    Comment {
        text: stored.text.into_owned(),
        author: kept(stored.author),
        created_at: stored.created_at.map(from_ticks),
    }
}
