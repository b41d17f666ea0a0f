//! Every incident in which an entity occurs.

use askama::Template;
use vakt_incidents::{Incident, StrongEntity, StrongKind};

use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::moment::moment;
use super::pick::{label, severity_class, status_class};
use super::{below_queue, missing, place};
use crate::pages::{Page, Stop, Visit};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "portal/incidents/entity.html")]
struct EntityPage {
    frame: Frame,
    kind: String,
    key: String,
    lines: Vec<Line>,
}

/// An incident that names it.
struct Line {
    id: String,
    address: String,
    name: String,
    severity: String,
    severity_class: &'static str,
    status: String,
    status_class: &'static str,
    created: String,
}

/// `GET /portal/incidents/entities/{id}?key=…`
pub(super) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let kind = StrongKind::from_text(&visit.segment(0).to_lowercase());
    let kind = kind.ok_or_else(|| missing("entity"))?;
    let key = visit.query("key").unwrap_or_default().trim().to_lowercase();
    let entity = StrongEntity { kind, key };
    let found = visit.app.incidents.of_entity(desk.tenant.id, &entity).await;
    let found = found.map_err(Problem::from)?;
    if found.is_empty() {
        return Err(missing("entity in any incident"));
    }
    desk.page(&EntityPage {
        frame: below_queue(&desk, &label(kind.as_str())),
        kind: label(kind.as_str()),
        lines: found.iter().map(line).collect(),
        key: entity.key,
    })
}

fn line(incident: &Incident) -> Line {
    let status = incident.status.as_str();
    Line {
        id: incident.id.to_string(),
        address: place(incident.id),
        name: incident.name.clone(),
        severity: label(incident.severity.as_str()),
        severity_class: severity_class(incident.severity),
        status: label(status),
        status_class: status_class(status),
        created: moment(incident.created_at),
    }
}
