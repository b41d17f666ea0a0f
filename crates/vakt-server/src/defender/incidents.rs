//! `GET /api/incidents` and `GET /api/incidents/{id}`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vakt_ids::IncidentId;
use vakt_incidents::{IncidentQuery, Order, OrderBy, PAGE_SIZE_MAX};
use vakt_wire::defender::IncidentList;
use vakt_wire::odata::QueryOptions;

use super::errors::not_found;
use super::filter::{to_order, to_predicate};
use super::{page_token, to_wire};
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::edge::Head;
use crate::problem::{Problem, json};

/// `GET /api/incidents`
pub(crate) async fn list_incidents(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    head: Head,
) -> Response {
    match list(&app, &caller, &head).await {
        Ok(list) => json(StatusCode::OK, &list),
        Err(problem) => problem.answer(&app, head.uri.path(), &head.headers),
    }
}

async fn list(app: &App, caller: &Caller, head: &Head) -> Result<IncidentList, Problem> {
    let options = QueryOptions::parse(head.uri.query().unwrap_or_default())?;
    let query = to_query(&options)?;
    let order = query.order;
    let page = app.incidents.list(caller.tenant, query).await?;
    let base = app.names.origin(&head.uri, &head.headers).base;
    let next_link = page.next.map(|cursor| {
        let token = page_token::write(order, cursor);
        format!("{base}{}?{}", head.uri.path(), next_query(&options, &token))
    });
    Ok(IncidentList {
        context: Some(format!("{base}/api/$metadata#Incidents")),
        count: page.count,
        value: page.incidents.iter().map(to_wire::incident).collect(),
        next_link,
    })
}

fn to_query(options: &QueryOptions) -> Result<IncidentQuery, Problem> {
    let predicate = options.filter.as_ref().map(to_predicate).transpose()?;
    let resumes = predicate.as_ref().is_some_and(|p| p.bounds_updates_from_below());
    let unordered =
        if resumes { Order { by: OrderBy::Updated, descending: false } } else { Order::default() };
    let order = to_order(&options.order_by)?.unwrap_or(unordered);
    let after = match &options.skip_token {
        None => None,
        Some(token) => Some(page_token::read(order, token).ok_or_else(bad_token)?),
    };
    Ok(IncidentQuery {
        predicate,
        order,
        top: options.top.unwrap_or(PAGE_SIZE_MAX).min(PAGE_SIZE_MAX),
        skip: options.skip.unwrap_or_default(),
        after,
        count: options.count,
    })
}

fn bad_token() -> Problem {
    let message = "Invalid OData URI query. $skiptoken: it does not belong to this query; follow \
                   @odata.nextLink unchanged, or start again without it";
    Problem::new(StatusCode::BAD_REQUEST, "ODataError", message)
}

/// Everything but what would be damaged in a query.
const QUERY_VALUE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'\'');

/// The query of the next page: the same question, from a place on.
fn next_query(options: &QueryOptions, token: &str) -> String {
    let mut parts = Vec::new();
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

/// `GET /api/incidents/{id}`
pub(crate) async fn get_incident(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    head: Head,
) -> Response {
    match find(&app, &caller, &id).await {
        Ok(mut incident) => {
            let base = app.names.origin(&head.uri, &head.headers).base;
            incident.context = Some(format!("{base}/api/$metadata#Incidents/$entity"));
            json(StatusCode::OK, &incident)
        }
        Err(problem) => problem.answer(&app, head.uri.path(), &head.headers),
    }
}

async fn find(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Result<vakt_wire::defender::Incident, Problem> {
    let number: IncidentId = id.parse().map_err(|error: vakt_ids::NotAnId| {
        Problem::new(StatusCode::BAD_REQUEST, "InvalidInput", error.to_string())
    })?;
    let found = app.incidents.find(caller.tenant, number).await?;
    let incident = found.ok_or_else(|| not_found(&format!("incident {number}")))?;
    Ok(to_wire::incident(&incident))
}
