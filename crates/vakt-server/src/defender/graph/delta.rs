//! `GET /security/incidents/delta` and `/security/alerts_v2/delta`: everything that is there, in the
//! order of its last changes, and later what has changed since. A place in that order is the number
//! of a change, which grows with every change of a tenant and is seen only after all lower ones; so
//! nothing is lost between two readings, whatever is written meanwhile.

use axum::response::Response;
use vakt_incidents::{Cursor, CursorValue, Order, OrderBy, Query};
use vakt_wire::graph::SecurityPage;

use super::ask::Ask;
use super::errors::{bad_request, place_is_gone};
use super::kind::Kind;
use crate::defender::query::{read_cursor, write_cursor};
use crate::graph::Call;
use crate::problem::Problem;
use crate::question::{DELTA_TOKEN, Question};

/// In place of a token: nothing of what is there, only what changes from now on.
const LATEST: &str = "latest";

/// A page of changes.
pub(super) async fn list_changes<T: Kind>(call: Call) -> Result<Response, Problem> {
    let mut ask = Ask::of::<T>(&call)?;
    let options = &ask.options;
    if !options.order_by.is_empty() || options.skip.is_some() || options.count {
        return Err(bad_request(
            "$orderby, $skip and $count have no meaning here: changes have an order of their own; \
             leave them out",
        ));
    }
    let question = call.question();
    let (skip, delta) = (ask.options.skip_token.take(), delta_token(&call));
    if delta.as_deref() == Some(LATEST) {
        let latest = latest::<T>(&call).await?.unwrap_or_else(T::before_all_changes);
        return answer::<T>(&call, &ask, Vec::new(), (&question, &latest, false));
    }
    let order = Order::by(OrderBy::Change, false);
    let after = place(skip.or(delta), &question, &order)?;
    let query = ask.query::<T>(&question)?;
    // An empty page has no end to go on from.
    let query = Query { order, after: after.clone(), top: query.top.max(1), ..query };
    let page = T::list(&call.app, call.tenant, query).await?;
    if let (true, Some(after)) = (page.items.is_empty(), &after) {
        check_place::<T>(&call, after).await?;
    }
    let end = page.end.or(after).unwrap_or_else(T::before_all_changes);
    answer::<T>(&call, &ask, page.items, (&question, &end, page.more))
}

fn answer<T: Kind>(
    call: &Call,
    ask: &Ask,
    items: Vec<T::Item>,
    (question, end, more): (&Question, &Cursor, bool),
) -> Result<Response, Problem> {
    let (base, place) = (call.place.base(), write_cursor(end));
    Ok(ask.answer(&SecurityPage {
        context: Some(ask.context(call, T::SET)),
        count: None,
        next_link: more.then(|| question.next_link(base, &place)),
        delta_link: (!more).then(|| question.delta_link(base, &place)),
        value: ask.objects::<T>(&items)?,
    }))
}

/// `$deltatoken`, which no other list has.
fn delta_token(call: &Call) -> Option<String> {
    let query = call.uri.query().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(name, _)| name.eq_ignore_ascii_case(DELTA_TOKEN));
    found.map(|(_, token)| token.into_owned())
}

fn place(
    token: Option<String>,
    question: &Question,
    order: &Order,
) -> Result<Option<Cursor>, Problem> {
    let Some(token) = token else { return Ok(None) };
    let place = question.read(&token).and_then(|text| read_cursor(order, &text));
    place.map(Some).ok_or_else(|| {
        bad_request(
            "the token does not belong to this query; follow @odata.nextLink and @odata.deltaLink \
             unchanged, or start again without a token",
        )
    })
}

/// The place of the last change there is.
async fn latest<T: Kind>(call: &Call) -> Result<Option<Cursor>, Problem> {
    let query = Query {
        predicate: None,
        order: Order::by(OrderBy::Change, true),
        top: 1,
        skip: 0,
        after: None,
        count: false,
        without_alerts: true,
    };
    Ok(T::list(&call.app, call.tenant, query).await?.end)
}

/// A place beyond all changes was given out by a server that knew more than this one.
async fn check_place<T: Kind>(call: &Call, place: &Cursor) -> Result<(), Problem> {
    let change = |place: &Cursor| match place.0.first() {
        Some(CursorValue::Number(number)) => *number,
        _ => 0,
    };
    let latest = latest::<T>(call).await?.as_ref().map(change).unwrap_or_default();
    if change(place) > latest { Err(place_is_gone()) } else { Ok(()) }
}
