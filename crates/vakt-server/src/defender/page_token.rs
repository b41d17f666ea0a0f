//! The opaque token of the next page: the last incident's place in the order.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use vakt_incidents::{Cursor, Order, OrderBy};

/// Writes a token; it fits one order only.
pub(super) fn write(order: Order, cursor: Cursor) -> String {
    let text = format!("{}|{}|{}", order_word(order), cursor.at, cursor.id);
    URL_SAFE_NO_PAD.encode(text)
}

/// Reads a token of this order.
pub(super) fn read(order: Order, token: &str) -> Option<Cursor> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let mut parts = text.split('|');
    if parts.next()? != order_word(order) {
        return None;
    }
    let at: Timestamp = parts.next()?.parse().ok()?;
    let id = parts.next()?.parse().ok()?;
    Some(Cursor { at, id })
}

fn order_word(order: Order) -> &'static str {
    match (order.by, order.descending) {
        (OrderBy::Created, false) => "created",
        (OrderBy::Created, true) => "-created",
        (OrderBy::Updated, false) => "updated",
        (OrderBy::Updated, true) => "-updated",
        (OrderBy::Id, false) => "id",
        (OrderBy::Id, true) => "-id",
    }
}
