//! The start page, and what is shown for addresses that lead nowhere.

use askama::Template;

use super::desk::Desk;
use super::frame::{Frame, Section};
use crate::pages::{Fault, Onward, Page, Stop, Visit};

/// Where the portal begins.
const PORTAL: &str = "/portal";

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    frame: Frame,
    tenant_id: String,
}

/// `GET /`: people who type the server's name come here. Under a name that is not ours nothing is
/// shown: the sign-in page belongs to our own.
pub(super) async fn to_the_portal(visit: Visit) -> Result<Page, Stop> {
    if !visit.is_under_own_name() {
        let hint = "Use the name under which this server is known.";
        return Err(Fault::missing("There is no page with this address.", hint).into());
    }
    visit.require_signed_in(&Onward::read(PORTAL)).await?;
    Ok(Page::go_to(PORTAL))
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
