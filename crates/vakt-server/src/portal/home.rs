//! The start page, and what is shown for addresses that lead nowhere.

use askama::Template;

use super::desk::Desk;
use super::frame::{Frame, Section};
use crate::pages::{Fault, Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    frame: Frame,
    tenant_id: String,
}

/// `GET /`: people who type the server's name come here.
pub(super) async fn to_the_portal(_visit: Visit, _desk: Desk) -> Result<Page, Stop> {
    Ok(Page::go_to("/portal"))
}

/// `GET /portal`
pub(super) async fn home(_visit: Visit, desk: Desk) -> Result<Page, Stop> {
    desk.page(&HomePage {
        frame: desk.frame(Section::Home, "Home"),
        tenant_id: desk.tenant.id.to_string(),
    })
}

/// `GET /portal/{*rest}`
pub(super) async fn nowhere(_visit: Visit, _desk: Desk) -> Result<Page, Stop> {
    Err(Fault::missing(
        "There is no page with this address.",
        "Check the address, or choose a section of the portal.",
    )
    .into())
}
