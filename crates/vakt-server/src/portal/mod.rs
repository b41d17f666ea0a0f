//! The portal: what people do here by mouse and keyboard. Pages are written on the server, work
//! without scripts, and ask the same services as the wire routes.
//!
//! **To add a page:**
//!
//! 1. a handler, `async fn(Visit, Desk) -> Result<Page, Stop>`. When it runs, the person has signed
//!    in and has the route's [`Right`], and the form (`desk.form`) is one that this browser was
//!    shown. It asks `visit.app.identity` and its like with `desk.tenant.id`, and gives
//!    `desk.page(&Template { frame: desk.frame(Section::…, "Title"), … })`;
//! 2. a template in `templates/portal/` that extends `portal/layout.html` and has one `h1`; fields
//!    are made by the macros of `portal/form.html`, with a `Problems` for what was wrong;
//! 3. a line in a `routes()` of this room, by [`page`];
//! 4. the route's name in `PAGES` of `access/ledger.rs`, and in `testkit/tests/isolation/table.rs`;
//!    new words of its path in `path.rs`;
//! 5. a line in `testkit/tests/portal/`, and a look at it in a browser.
//!
//! After a change: `Page::go_to("/portal/…?done=…")`, and the page that is gone to says in words
//! what was done (`Frame::told`), so that nothing is done twice by loading again. What cannot be
//! undone is asked about on a page of its own. A part of a page with an `id` and `data-live="15"`
//! renews itself every 15 seconds where scripts run.

mod applications;
mod confirmation;
mod desk;
mod frame;
mod home;
mod incidents;
mod inspector;
mod moment;
mod paging;
mod principals;
mod problems;
mod theme;

use std::future::Future;

use crate::access::Access;
use crate::pages::{self, Page, Stop, Visit};
use crate::route::{Route, filter_of, route};

use desk::{Desk, Right};

/// The line of a page in the table of routes.
fn page<F, Answer>(method: &'static str, path: &'static str, right: Right, handler: F) -> Route
where
    F: Fn(Visit, Desk) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Page, Stop>> + Send + 'static,
{
    let seated = move |visit: Visit| desk::seated(visit, right, handler.clone());
    let handler = pages::answered(filter_of(method), seated);
    route(method, path, Access::Page(right.who()), handler)
}

/// All routes of the portal.
pub(crate) fn routes() -> Vec<Route> {
    let root = pages::answered(filter_of("GET"), home::to_the_portal);
    let mut routes = vec![
        route("GET", "/", Access::Page(Right::Look.who()), root),
        page("GET", "/portal", Right::Look, home::home),
        page("POST", "/portal/theme", Right::Look, theme::choose_theme),
        page("GET", "/portal/{*rest}", Right::Look, home::nowhere),
    ];
    routes.extend(incidents::routes());
    routes.extend(applications::routes());
    routes.extend(principals::routes());
    routes.extend(inspector::routes());
    routes.extend(pages::assets::routes());
    routes
}
