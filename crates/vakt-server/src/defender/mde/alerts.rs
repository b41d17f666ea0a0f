//! `GET /api/alerts` and `GET /api/alerts/{id}`.

use axum::response::Response;
use http::StatusCode;
use vakt_incidents::{ALERT_PAGE_SIZE_MAX, AlertPage, AlertQuery, PlacedAlert};
use vakt_wire::defender::{MdeAlert, MdeList};
use vakt_wire::odata::QueryOptions;

use super::to_wire::{self, Evidence};
use crate::defender::errors::{alert_id, not_found};
use crate::defender::query::{next_link, to_query};
use crate::defender::select::selected;
use crate::operator::{Call, Refused};
use crate::problem::json;
use crate::question::Question;

/// Most alerts of one answer, as Microsoft documents it, and as many as clients without paging
/// expect to get.
pub(crate) const MDE_PAGE_SIZE_MAX: u32 = 10_000;
/// Most devices and entities of one answer, in number: an answer that has as many ends there, and
/// says where to go on.
pub(crate) const MDE_PAGE_PARTS_MAX: usize = 100_000;

/// `GET /api/alerts`
pub(crate) async fn list_alerts(call: Call) -> Result<Response, Refused> {
    let options = QueryOptions::parse(call.uri().query().unwrap_or_default())
        .map_err(crate::problem::Problem::from)?;
    let question = Question::of(call.uri());
    let page = read_all(&call, to_query(&options, &question, MDE_PAGE_SIZE_MAX)?).await?;
    let expands = options.expand.iter().any(|one| one.name.eq_ignore_ascii_case("evidence"));
    let evidence = if expands { Evidence::Shown } else { Evidence::Left };
    let base = call.base();
    let list = MdeList {
        context: Some(format!("{base}/api/$metadata#Alerts")),
        count: page.count,
        value: page.items.iter().map(|one| to_wire::alert(call.tenant, one, evidence)).collect(),
        next_link: next_link(&page, &question, &base),
    };
    Ok(selected(&list, &MdeAlert::default(), &options.select)?)
}

/// One answer's alerts, over as many of the room's pages as it takes.
async fn read_all(call: &Call, query: AlertQuery) -> Result<AlertPage, Refused> {
    let wanted = query.top;
    let mut query = AlertQuery { top: wanted.min(ALERT_PAGE_SIZE_MAX), ..query };
    let mut page = call.app.incidents.list_alerts(call.tenant, query.clone()).await?;
    loop {
        let read = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
        let left = wanted.saturating_sub(read);
        if !page.more || left == 0 || parts(&page.items) >= MDE_PAGE_PARTS_MAX {
            return Ok(page);
        }
        query.after.clone_from(&page.end);
        (query.skip, query.count) = (0, false);
        query.top = left.min(ALERT_PAGE_SIZE_MAX);
        let next = call.app.incidents.list_alerts(call.tenant, query.clone()).await?;
        page.items.extend(next.items);
        (page.more, page.end) = (next.more, next.end.or(page.end));
    }
}

fn parts(alerts: &[PlacedAlert]) -> usize {
    alerts.iter().map(|one| one.alert.devices.len() + one.alert.entities.len()).sum()
}

/// The alert that the path names.
pub(super) async fn find(call: &Call) -> Result<PlacedAlert, Refused> {
    let id = alert_id(call.name())?;
    let found = call.app.incidents.find_alert(call.tenant, &id).await?;
    Ok(found.ok_or_else(|| not_found(&format!("alert {id}")))?)
}

/// `GET /api/alerts/{id}`
pub(crate) async fn get_alert(call: Call) -> Result<Response, Refused> {
    Ok(whole(&call, &find(&call).await?))
}

/// One alert as an answer of its own.
pub(super) fn whole(call: &Call, placed: &PlacedAlert) -> Response {
    let context = Some(format!("{}/api/$metadata#Alerts/$entity", call.base()));
    let alert = to_wire::alert(call.tenant, placed, Evidence::Shown);
    json(StatusCode::OK, &MdeAlert { context, ..alert })
}
