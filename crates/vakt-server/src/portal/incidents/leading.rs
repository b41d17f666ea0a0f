//! The addresses that Graph's answers name as an incident's or an alert's page lead to ours. What
//! they name need not be there: the page says so, after signing in.

use vakt_ids::{AlertId, IncidentId};

use super::{INCIDENTS, alert, place};
use crate::pages::{Onward, Page, Stop, Visit};

/// `GET /incident2/{id}/overview`
pub(super) async fn to_incident(visit: Visit) -> Result<Page, Stop> {
    let id: Option<IncidentId> = visit.segment(0).parse().ok();
    go(&visit, id.map(place)).await
}

/// `GET /alerts/{id}`
pub(super) async fn to_alert(visit: Visit) -> Result<Page, Stop> {
    let id: Option<AlertId> = visit.segment(0).parse().ok();
    go(&visit, id.as_ref().map(alert::place)).await
}

async fn go(visit: &Visit, place: Option<String>) -> Result<Page, Stop> {
    let place = place.unwrap_or_else(|| INCIDENTS.to_owned());
    visit.require_signed_in(&Onward::read(&place)).await?;
    Ok(Page::go_to(place))
}
