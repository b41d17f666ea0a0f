//! Pages of the endpoint lists: from a query string to the room's question, and from the last
//! thing of a page to an opaque link.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use vakt_endpoint::{Cursor, Key, Order, PAGE_SIZE_MAX, Page, Query};
use vakt_wire::endpoint::List;
use vakt_wire::odata::QueryOptions;

use super::call::Call;
use super::errors::odata_error;
use super::filter::{WireField, name_of, to_order, to_predicate};
use crate::problem::{Problem, json as json_answer};

/// A question, with the options it was made of.
pub(super) struct Question<F> {
    pub query: Query<F>,
    options: QueryOptions,
    carried: Vec<(&'static str, String)>,
}

impl<F: WireField> Question<F> {
    /// Reads the query string of a call.
    pub(super) fn of(call: &Call) -> Result<Self, Problem> {
        let options = QueryOptions::parse(call.uri().query().unwrap_or_default())?;
        let predicate = options.filter.as_ref().map(to_predicate).transpose()?;
        let order = to_order(&options.order_by)?;
        let after = match &options.skip_token {
            None => None,
            Some(token) => Some(read_token(order, token).ok_or_else(bad_token)?),
        };
        let query = Query {
            predicate,
            order,
            top: options.top.unwrap_or(PAGE_SIZE_MAX).min(PAGE_SIZE_MAX),
            skip: options.skip.unwrap_or_default(),
            after,
            count: options.count,
        };
        Ok(Self { query, options, carried: Vec::new() })
    }

    /// A parameter that the next page's address must have too.
    pub(super) fn carry(&mut self, name: &'static str, value: &str) {
        self.carried.push((name, value.to_owned()));
    }

    /// The answer of a page.
    pub(super) fn answer<T, W: serde::Serialize>(
        &self,
        call: &Call,
        set: &str,
        page: &Page<T>,
        to_wire: fn(&T) -> W,
    ) -> axum::response::Response {
        let base = call.base();
        let next_link = page.next.as_ref().map(|cursor| {
            let token = write_token(self.query.order, cursor);
            format!("{base}{}?{}", call.uri().path(), self.next_query(&token))
        });
        let list = List {
            context: Some(format!("{base}/api/$metadata#{set}")),
            count: page.count,
            value: page.items.iter().map(to_wire).collect(),
            next_link,
        };
        json_answer(StatusCode::OK, &list)
    }

    /// The query of the next page: the same question, from a place on.
    fn next_query(&self, token: &str) -> String {
        let options = &self.options;
        let mut parts = Vec::new();
        for (name, value) in &self.carried {
            parts.push(format!("{name}={}", utf8_percent_encode(value, QUERY_VALUE)));
        }
        if let Some(filter) = &options.filter_text {
            parts.push(format!("$filter={}", utf8_percent_encode(filter, QUERY_VALUE)));
        }
        if let Some(key) = options.order_by.first() {
            let direction = if key.descending { "%20desc" } else { "" };
            let property = utf8_percent_encode(&key.property, QUERY_VALUE);
            parts.push(format!("$orderby={property}{direction}"));
        }
        if let Some(top) = options.top {
            parts.push(format!("$top={top}"));
        }
        if options.count {
            parts.push("$count=true".into());
        }
        parts.push(format!("$skiptoken={token}"));
        parts.join("&")
    }
}

/// Everything but what would be damaged in a query.
const QUERY_VALUE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'\'');

fn bad_token() -> Problem {
    odata_error(
        "$skiptoken: it does not belong to this query; follow @odata.nextLink unchanged, or start \
         again without it",
    )
}

/// A token fits one order only.
fn write_token<F: WireField>(order: Order<F>, cursor: &Cursor) -> String {
    let key = |key: &Key| match key {
        Key::Number(number) => json!(number),
        Key::Text(text) => json!(text),
    };
    let parts = json!([name_of(order.by), order.descending, key(&cursor.at), key(&cursor.id)]);
    URL_SAFE_NO_PAD.encode(parts.to_string())
}

fn read_token<F: WireField>(order: Order<F>, token: &str) -> Option<Cursor> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let parts: (String, bool, Value, Value) = serde_json::from_slice(&bytes).ok()?;
    let (by, descending, at, id) = parts;
    if by != name_of(order.by) || descending != order.descending {
        return None;
    }
    Some(Cursor { at: read_key(order.by, &at)?, id: read_key(F::identity(), &id)? })
}

/// A key of the kind that the property has: anything else would break the statement.
fn read_key<F: WireField>(field: F, value: &Value) -> Option<Key> {
    use vakt_endpoint::Kind;
    match field.kind() {
        Kind::Number | Kind::Time => value.as_i64().map(Key::Number),
        Kind::Text | Kind::Word | Kind::Texts => {
            let text = value.as_str().filter(|text| !text.contains('\0'));
            text.map(|text| Key::Text(text.to_owned()))
        }
    }
}
