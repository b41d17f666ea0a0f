//! Incidents: the queue and its views, one incident with its story, its alerts and what they have in common, and
//! the work that is done on them.

mod alert;
mod bulk;
mod changing;
mod entity;
mod evidence;
mod filters;
mod history;
mod leading;
mod pick;
mod queue;
mod shown;
mod story;
mod views;
mod work;

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vakt_ids::IncidentId;
use vakt_incidents::{Incident, Stamp};

use super::desk::{Desk, Right};
use super::frame::{Frame, Section};
use super::page;
use crate::access::Access;
use crate::pages::{self, Fault, Stop, Visit};
use crate::problem::Problem;
use crate::route::{Route, filter_of, route};

/// Where the queue is.
pub(super) const INCIDENTS: &str = "/portal/incidents";

/// What stays as it is in a part of an address.
const IN_ADDRESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    const ONE: &str = "/portal/incidents/{id}";
    const ALERT: &str = "/portal/incidents/alerts/{id}";
    const REMOVE_VIEW: &str = "/portal/incidents/views/{id}/remove";
    let (see, work) = (Right::SeeIncidents, Right::WorkOnIncidents);
    let who = Access::Page(see.who());
    let to_incident = pages::answered(filter_of("GET"), leading::to_incident);
    let to_alert = pages::answered(filter_of("GET"), leading::to_alert);
    vec![
        page("GET", INCIDENTS, see, queue::show),
        page("POST", INCIDENTS, work, bulk::change),
        page("GET", views::VIEWS, see, views::list),
        page("POST", views::VIEWS, see, views::save),
        page("GET", REMOVE_VIEW, see, views::ask),
        page("POST", REMOVE_VIEW, see, views::remove),
        page("GET", ONE, see, shown::show),
        page("POST", ONE, work, changing::of_incident),
        page("GET", ALERT, see, alert::show),
        page("POST", ALERT, work, changing::of_alert),
        page("GET", "/portal/incidents/entities/{id}", see, entity::show),
        route("GET", "/incident2/{id}/overview", who, to_incident),
        route("GET", "/alerts/{id}", who, to_alert),
    ]
}

/// The incident that the address names, if it is in the person's tenant.
async fn named(visit: &Visit, desk: &Desk) -> Result<Arc<Incident>, Stop> {
    let id: IncidentId = visit.segment(0).parse().map_err(|_| missing("incident"))?;
    let found = visit.app.incidents.find(desk.tenant.id, id).await.map_err(Problem::from)?;
    found.ok_or_else(|| missing("incident"))
}

/// What was asked for is not in the person's tenant.
fn missing(what: &str) -> Stop {
    let text = format!("There is no such {what} in your directory.");
    Fault::missing(text, "Go back to the queue of incidents.").into()
}

/// Who makes a change here, and when.
fn stamp(visit: &Visit, desk: &Desk) -> Stamp {
    Stamp { by: desk.person().user_name.clone(), at: visit.now }
}

/// Where an incident is.
fn place(id: IncidentId) -> String {
    format!("{INCIDENTS}/{id}")
}

/// A page below the queue.
fn below_queue(desk: &Desk, title: &str) -> Frame {
    desk.frame(Section::Incidents, title).below("Incidents", INCIDENTS)
}

/// A text as a part of an address.
fn in_address(text: &str) -> String {
    utf8_percent_encode(text, IN_ADDRESS).to_string()
}
