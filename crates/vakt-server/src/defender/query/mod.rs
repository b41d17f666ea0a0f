//! List queries of incidents and alerts, from the wire's words to the room's: one grammar for all
//! dialects, each property under every name that a dialect has for it.

mod filter;
mod order;
mod properties;

use http::StatusCode;
use vakt_incidents::{Cursor, CursorValue, Order, OrderBy, Page, Query};
use vakt_wire::odata::QueryOptions;

use crate::problem::Problem;
use crate::question::Question;

pub(crate) use properties::Noun;

/// A page of a list, as the options ask for it; `page_size` is its most and its usual length.
pub(crate) fn to_query<T: Noun>(
    options: &QueryOptions,
    question: &Question,
    page_size: u32,
) -> Result<Query<T>, Problem> {
    let predicate = options.filter.as_ref().map(filter::to_predicate::<T>).transpose()?;
    let resumes = predicate.as_ref().is_some_and(T::resumes);
    let unordered = if resumes { Order::by(OrderBy::Updated, false) } else { Order::default() };
    let order = order::to_order::<T>(&options.order_by)?.unwrap_or(unordered);
    let after = options.skip_token.as_deref().map(|token| {
        let cursor = question.read(token).and_then(|text| read_cursor(&order, &text));
        cursor.ok_or_else(bad_token)
    });
    Ok(Query {
        predicate,
        order,
        top: options.top.unwrap_or(page_size).min(page_size),
        skip: options.skip.unwrap_or_default(),
        after: after.transpose()?,
        count: options.count,
        without_alerts: false,
    })
}

/// The address of the page after this one, if there is one.
pub(crate) fn next_link<Item>(
    page: &Page<Item>,
    question: &Question,
    base: &str,
) -> Option<String> {
    page.next().map(|cursor| question.next_link(base, &write_cursor(cursor)))
}

/// A place in an order, as text.
pub(crate) fn write_cursor(cursor: &Cursor) -> String {
    let value = |value: &CursorValue| match value {
        CursorValue::Number(number) => serde_json::Value::from(*number),
        CursorValue::Text(text) => serde_json::Value::from(text.as_str()),
    };
    serde_json::Value::Array(cursor.0.iter().map(value).collect()).to_string()
}

/// Reads a place in this order.
pub(crate) fn read_cursor(order: &Order, text: &str) -> Option<Cursor> {
    let values: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    let value = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => Some(CursorValue::Text(text)),
        other => other.as_i64().map(CursorValue::Number),
    };
    let values: Vec<_> = values.into_iter().map(value).collect::<Option<_>>()?;
    (values.len() == order.keys().len()).then_some(Cursor(values))
}

fn bad_token() -> Problem {
    let message = "Invalid OData URI query. $skiptoken: it does not belong to this query; follow \
                   @odata.nextLink unchanged, or start again without it";
    Problem::new(StatusCode::BAD_REQUEST, "ODataError", message)
}

/// A query option that cannot be understood.
fn bad(option: &str, message: &str) -> Problem {
    let message = format!("Invalid OData URI query. {option}: {message}");
    Problem::new(StatusCode::BAD_REQUEST, "ODataError", message)
}
