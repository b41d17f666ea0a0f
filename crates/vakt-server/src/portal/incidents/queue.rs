//! The queue: filtered, ordered, page by page; what is ticked can be changed together.

use askama::Template;
use vakt_incidents::{Incident, Query};

use super::super::desk::{Desk, Right};
use super::super::frame::{Frame, Section};
use super::super::moment::moment;
use super::super::paging::{LINES_MAX, Paging};
use super::super::problems::Problems;
use super::INCIDENTS;
use super::bulk::{Bulk, TICK};
use super::filters::{Filters, Tab, address};
use super::pick::{label, severity_class, status_class};
use super::views::{self, SaveForm};
use crate::defender::write_cursor;
use crate::pages::{Page, Stop, Visit};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "portal/incidents/queue.html")]
struct QueuePage {
    frame: Frame,
    tabs: Vec<Tab>,
    filters: Filters,
    save: SaveForm,
    /// Where the form below the list is sent: to what the list shows.
    here: String,
    lines: Vec<Line>,
    paging: Paging,
    may_work: bool,
    bulk: Bulk,
    problems: Problems,
}

/// An incident in the queue.
struct Line {
    id: String,
    name: String,
    severity: String,
    severity_class: &'static str,
    status: String,
    status_class: &'static str,
    classification: String,
    owner: Option<String>,
    created: String,
    updated: String,
    tags: Vec<String>,
    is_ticked: bool,
}

/// `GET /portal/incidents`
pub(super) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    page(&visit, &desk, Problems::none()).await
}

/// The page, with what was wrong in the form below the list.
pub(super) async fn page(visit: &Visit, desk: &Desk, problems: Problems) -> Result<Page, Stop> {
    let filters = Filters::read(visit);
    let query = Query {
        predicate: filters.asks.predicate(&desk.person().user_name),
        order: filters.asks.order.order(),
        top: LINES_MAX,
        skip: 0,
        after: filters.after(visit)?,
        count: false,
        without_alerts: true,
    };
    let found = visit.app.incidents.list(desk.tenant.id, query).await.map_err(Problem::from)?;
    let next = found.next().map(write_cursor);
    let is_right = problems.is_empty() && filters.problems.is_empty();
    let status = if is_right { http::StatusCode::OK } else { http::StatusCode::BAD_REQUEST };
    let page = desk.page(&QueuePage {
        frame: desk.frame(Section::Incidents, "Incidents").told(views::told(visit)),
        tabs: filters.tabs(&views::own(visit, desk).await?),
        save: SaveForm::of(&filters, desk),
        here: here(visit, &filters),
        filters,
        lines: found.items.iter().map(|one| line(one, desk)).collect(),
        paging: Paging::at(INCIDENTS, visit, next.as_deref()),
        may_work: desk.may(Right::WorkOnIncidents),
        bulk: Bulk::of(&desk.form),
        problems,
    })?;
    Ok(page.status(status))
}

/// The address of what is shown, without what was told a moment ago.
fn here(visit: &Visit, filters: &Filters) -> String {
    let is_queue = visit.uri.path() == INCIDENTS && visit.query("done").is_none();
    let place = visit.uri.path_and_query().filter(|_| is_queue);
    place.map_or_else(|| address(&filters.asks), |place| place.as_str().to_owned())
}

fn line(incident: &Incident, desk: &Desk) -> Line {
    let ticked = format!("{TICK}{}", incident.id);
    Line {
        id: incident.id.to_string(),
        name: incident.name.clone(),
        severity: label(incident.severity.as_str()),
        severity_class: severity_class(incident.severity),
        status: label(incident.status.as_str()),
        status_class: status_class(incident.status.as_str()),
        classification: label(incident.classification.as_str()),
        owner: incident.assigned_to.clone(),
        created: moment(incident.created_at),
        updated: moment(incident.updated_at),
        tags: incident.tags.clone(),
        is_ticked: !desk.form.text(&ticked).is_empty(),
    }
}
