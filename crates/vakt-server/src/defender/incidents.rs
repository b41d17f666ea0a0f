//! `GET /api/incidents` and `GET /api/incidents/{id}`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use vakt_incidents::{Incident, PAGE_SIZE_MAX};
use vakt_wire::defender::{Incident as WireIncident, IncidentList};
use vakt_wire::odata::QueryOptions;

use super::errors::{incident_number, not_found};
use super::query::{next_link, to_query};
use super::select::selected;
use super::to_wire;
use crate::access::Caller;
use crate::app::{App, AppState};
use crate::edge::Head;
use crate::kept_answers::Place;
use crate::problem::Problem;
use crate::question::Question;

/// `GET /api/incidents`
pub(crate) async fn list_incidents(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    head: Head,
) -> Response {
    match list(&app, &caller, &head).await {
        Ok(list) => list,
        Err(problem) => problem.answer(&app, head.uri.path(), &head.headers),
    }
}

async fn list(app: &App, caller: &Caller, head: &Head) -> Result<Response, Problem> {
    let options = QueryOptions::parse(head.uri.query().unwrap_or_default())?;
    let question = Question::of(&head.uri);
    let page =
        app.incidents.list(caller.tenant, to_query(&options, &question, PAGE_SIZE_MAX)?).await?;
    let base = app.names.origin(&head.uri, &head.headers).base;
    let list = IncidentList {
        context: Some(format!("{base}/api/$metadata#Incidents")),
        count: page.count,
        value: page.items.iter().map(to_wire::incident).collect(),
        next_link: next_link(&page, &question, &base),
    };
    selected(&list, &WireIncident::default(), &options.select)
}

/// `GET /api/incidents/{id}`
pub(crate) async fn get_incident(
    State(app): State<AppState>,
    Extension(caller): Extension<Caller>,
    place: Option<Extension<Place>>,
    Path(id): Path<String>,
    head: Head,
) -> Response {
    match find(&app, &caller, &id).await {
        Ok(incident) => {
            let base = app.names.origin(&head.uri, &head.headers).base;
            let answer = WireIncident {
                context: Some(format!("{base}/api/$metadata#Incidents/$entity")),
                ..to_wire::incident(&incident)
            };
            app.kept_answers.json(place.map(|Extension(place)| place), &caller, &answer)
        }
        Err(problem) => problem.answer(&app, head.uri.path(), &head.headers),
    }
}

async fn find(app: &App, caller: &Caller, id: &str) -> Result<Arc<Incident>, Problem> {
    let number = incident_number(id)?;
    let found = app.incidents.find(caller.tenant, number).await?;
    found.ok_or_else(|| not_found(&format!("incident {number}")))
}
