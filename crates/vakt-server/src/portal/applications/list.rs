//! The list of registrations: searched by name or by client id, by name in order.

use askama::Template;
use jiff::Timestamp;
use vakt_identity::{
    Application, Condition, DirectoryQuery, IdentityError, Match, Order, Predicate, Property,
};

use super::super::desk::{Desk, Right};
use super::super::frame::{Frame, Section};
use super::super::moment::{Rest, day};
use super::super::paging::{LINES_MAX, Paging, search};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/list.html")]
struct ListPage {
    frame: Frame,
    search: String,
    count: u64,
    lines: Vec<Line>,
    paging: Paging,
    may_manage: bool,
}

/// A registration in the list.
struct Line {
    id: String,
    name: String,
    created: String,
    credentials: Option<Rest>,
}

/// `GET /portal/applications`
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
    let found = store.list_applications(desk.tenant.id, &query).await;
    let found = found.map_err(IdentityError::from)?;
    let frame = desk.frame(Section::Applications, "Applications");
    desk.page(&ListPage {
        frame: frame.told(match visit.query("done").as_deref() {
            Some("deleted") => Some("The application is deleted. It can be restored for 30 days."),
            _ => None,
        }),
        count: found.count.unwrap_or_default(),
        lines: found.items.iter().map(|one| line(one, visit.now)).collect(),
        paging: Paging::of(&visit, found.next.as_deref()),
        may_manage: desk.may(Right::ManageApplications),
        search,
    })
}

/// Objects whose name contains a text, or whose client id it is.
pub(in crate::portal) fn matching(search: &str) -> Option<Predicate> {
    let holds =
        |property, how| Predicate::Holds(Condition { property, how, value: search.to_owned() });
    (!search.is_empty()).then(|| {
        Predicate::Any(vec![
            holds(Property::DisplayName, Match::Contains),
            holds(Property::AppId, Match::Is),
        ])
    })
}

fn line(application: &Application, now: Timestamp) -> Line {
    Line {
        id: application.app_id.to_string(),
        name: application.display_name.clone(),
        created: day(application.created_at),
        credentials: credentials(application, now),
    }
}

/// How long the best of an application's secrets and certificates is good for still.
pub(in crate::portal) fn credentials(application: &Application, now: Timestamp) -> Option<Rest> {
    let secrets = application.secrets.iter().map(|one| (one.starts_at, one.expires_at));
    let certificates = application.certificates.iter().map(|one| (one.starts_at, one.expires_at));
    let longest = secrets.chain(certificates).max_by_key(|(_, end)| *end)?;
    Some(Rest::of(longest.0, longest.1, now))
}
