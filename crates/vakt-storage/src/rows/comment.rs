//! Comments within the documents of incidents and alerts.

use serde::{Deserialize, Serialize};
use vakt_incidents::Comment;

use super::{from_ticks, ticks};

#[derive(Serialize, Deserialize)]
pub(super) struct StoredComment {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<i64>,
}

pub(super) fn write_comment(comment: &Comment) -> StoredComment {
    StoredComment {
        text: comment.text.clone(),
        author: comment.author.clone(),
        created_at: comment.created_at.map(ticks),
    }
}

pub(super) fn read_comment(stored: StoredComment) -> Comment {
    Comment {
        text: stored.text,
        author: stored.author,
        created_at: stored.created_at.map(from_ticks),
    }
}
