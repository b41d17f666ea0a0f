//! Stored forms. Each document says its version; old versions stay readable for ever, and only the
//! newest is written.

mod alert;
mod application;
mod asked;
mod comment;
mod credential;
mod deleted;
mod digest;
mod event;
mod evidence;
mod history;
mod incident;
mod indicator;
mod machine;
mod place;
mod principal;
mod version;
mod view;

pub(crate) use alert::{read_alert, write_alert};
pub(crate) use application::{read_application, write_application};
pub(crate) use asked::write_asked;
pub(crate) use deleted::{Former, Held, read_former, write_former};
pub(crate) use digest::SightingDigest;
pub(crate) use event::{EventColumns, read_event, write_event};
pub(crate) use history::{read_entry, write_entry};
pub(crate) use incident::{IncidentColumns, read_incident, severity_rank, write_incident};
pub(crate) use indicator::{read_indicator, write_indicator};
pub(crate) use machine::{read_machine, read_machine_action, write_machine, write_machine_action};
pub(crate) use place::{read_reason, write_reason};
pub(crate) use principal::{read_principal, write_principal};
pub(crate) use view::{read_view, write_view};

use std::borrow::Cow;
use std::cell::RefCell;

use jiff::Timestamp;
use serde::Serialize;

/// Instants as ticks of 100 ns since 1970.
pub(crate) fn ticks(time: Timestamp) -> i64 {
    // A Timestamp lies within the years -9999 to 9999, which 63 bits of ticks hold.
    i64::try_from(time.as_nanosecond().div_euclid(100)).unwrap_or(i64::MAX)
}

/// Reads [`ticks`] back.
pub(crate) fn from_ticks(ticks: i64) -> Timestamp {
    let range = Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond();
    let nanoseconds = (i128::from(ticks) * 100).clamp(*range.start(), *range.end());
    Timestamp::from_nanosecond(nanoseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A text as it is compared without regard to case. Character by character, so that the beginning
/// of a text folds to the beginning of the folded text. (Lower-casing a whole text looks at what
/// stands around a sigma.)
pub(crate) fn fold(text: &str) -> String {
    let text = plain(text);
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The same, lent where the text is folded already.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    let is_folded = |byte: u8| byte.is_ascii() && byte != 0 && !byte.is_ascii_uppercase();
    match text.bytes().all(is_folded) {
        true => text.into(),
        false => fold(text).into(),
    }
}

/// Most characters of a folded text in an index: PostgreSQL's entries have 2,704 bytes at most.
const INDEXED_LENGTH_MAX_CHARS: usize = 500;

/// The beginning of a folded text, for columns with an index. Texts that differ only beyond it
/// count as the same.
pub(crate) fn fold_short(text: &str) -> String {
    if text.len() <= INDEXED_LENGTH_MAX_CHARS && text.is_ascii() {
        return fold(text);
    }
    plain(text).chars().flat_map(char::to_lowercase).take(INDEXED_LENGTH_MAX_CHARS).collect()
}

/// A text as it is stored and searched: PostgreSQL refuses a whole statement for one NUL, which no
/// name needs. (Documents are JSON, where a NUL is escaped.)
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { text.into() }
}

thread_local! {
    /// Where a document is written before it is as long as it will be.
    static DRAFT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Longest document whose place is kept for the next one, in bytes.
const DRAFT_KEPT_MAX_BYTES: usize = 64 * 1024;

/// A document, in a text of just its length: documents are written by the thousand.
fn write_document(document: &impl Serialize) -> Result<String, BadDocument> {
    DRAFT.with_borrow_mut(|draft| {
        draft.clear();
        serde_json::to_writer(&mut *draft, document)?;
        let text = std::str::from_utf8(draft).map_err(|error| BadDocument(error.to_string()))?;
        let text = text.to_owned();
        draft.shrink_to(DRAFT_KEPT_MAX_BYTES);
        Ok(text)
    })
}

/// A text in a document that is written.
fn lent(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

/// A text out of a document that was read.
fn kept(text: Option<Cow<'_, str>>) -> Option<String> {
    text.map(Cow::into_owned)
}

/// A document that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct BadDocument(pub String);

impl From<serde_json::Error> for BadDocument {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}
