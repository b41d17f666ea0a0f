//! The start page: what is running, what is open, how much is received, what ends soon and what was
//! refused; and what is shown for addresses that lead nowhere.

mod expiring;
mod open;
mod received;
mod refused;

use askama::Template;
use jiff::Timestamp;

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
    version: &'static str,
    uptime: String,
    store: &'static str,
    incidents: Option<open::Incidents>,
    received: Option<received::Received>,
    expiring: expiring::Expiring,
    looked_at: u32,
    refused: Vec<refused::Line>,
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
pub(super) async fn home(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let running = visit.app.running;
    desk.page(&HomePage {
        frame: desk.frame(Section::Home, "Home"),
        tenant_id: desk.tenant.id.to_string(),
        version: env!("CARGO_PKG_VERSION"),
        uptime: uptime(running.since, visit.now),
        store: running.store,
        incidents: open::incidents(&visit, &desk).await?,
        received: received::lately(&visit, &desk).await?,
        expiring: expiring::soon(&visit, &desk.tenant).await?,
        looked_at: expiring::LOOKED_AT_MAX,
        refused: refused::lately(&visit, &desk.tenant).await?,
    })
}

/// How long the server has run, in its largest whole unit.
fn uptime(since: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(since).as_mins().max(0);
    let (number, unit) = match minutes {
        0..120 => (minutes, "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// `GET /portal/{*rest}`
pub(super) async fn nowhere(_visit: Visit, _desk: Desk) -> Result<Page, Stop> {
    Err(Fault::missing(
        "There is no page with this address.",
        "Check the address, or choose a section of the portal.",
    )
    .into())
}
