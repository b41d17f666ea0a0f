//! `GET /security/incidents`, `GET /security/alerts_v2`, and the alerts of one incident.

use axum::response::Response;
use vakt_incidents::Query;
use vakt_wire::graph::SecurityPage;

use super::ask::Ask;
use super::errors::bad_request;
use super::kind::Kind;
use crate::defender::query::next_link;
use crate::graph::Call;
use crate::problem::Problem;
use crate::question::{DELTA_TOKEN, Question};

/// The whole list.
pub(super) async fn list_all<T: Kind>(call: Call) -> Result<Response, Problem> {
    let ask = Ask::of::<T>(&call)?;
    let question = call.question();
    let query = ask.query::<T>(&question)?;
    page(&call, &ask, &question, query, T::SET).await
}

/// A page of a list.
pub(super) async fn page<T: Kind>(
    call: &Call,
    ask: &Ask,
    question: &Question,
    query: Query<T>,
    set: &str,
) -> Result<Response, Problem> {
    if ask.options.unknown.iter().any(|name| name == DELTA_TOKEN) {
        return Err(bad_request(format!(
            "{DELTA_TOKEN} belongs to `/delta`; follow @odata.deltaLink unchanged"
        )));
    }
    let page = T::list(&call.app, call.tenant, query).await?;
    Ok(ask.answer(&SecurityPage {
        context: Some(ask.context(call, set)),
        count: page.count,
        next_link: next_link(&page, question, call.place.base()),
        delta_link: None,
        value: ask.objects::<T>(&page.items)?,
    }))
}
