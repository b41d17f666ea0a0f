//! The list of enterprise applications, by name.

use askama::Template;
use vakt_identity::{DirectoryQuery, IdentityError, Order, ServicePrincipal};

use super::super::applications::matching;
use super::super::desk::Desk;
use super::super::frame::{Frame, Section};
use super::super::paging::{LINES_MAX, Paging, search};
use super::Home;
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/principals/list.html")]
struct ListPage {
    frame: Frame,
    search: String,
    count: u64,
    lines: Vec<Line>,
    paging: Paging,
}

struct Line {
    id: String,
    name: String,
    home: &'static str,
    is_enabled: bool,
}

/// `GET /portal/enterprise`
pub(in crate::portal) async fn list(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let search = search(&visit);
    let query = DirectoryQuery {
        predicate: matching(&search),
        order: Order::Name,
        top: LINES_MAX,
        after: visit.query("after"),
        count: true,
    };
    let store = visit.app.identity.store();
    let found = store.list_service_principals(desk.tenant.id, &query).await;
    let found = found.map_err(IdentityError::from)?;
    desk.page(&ListPage {
        frame: desk.frame(Section::EnterpriseApplications, "Enterprise applications"),
        count: found.count.unwrap_or_default(),
        lines: found.items.iter().map(line).collect(),
        paging: Paging::of(&visit, found.next.as_deref()),
        search,
    })
}

fn line(principal: &ServicePrincipal) -> Line {
    Line {
        id: principal.app_id.to_string(),
        name: principal.display_name.clone(),
        home: Home::of(principal).words(),
        is_enabled: principal.is_enabled,
    }
}
