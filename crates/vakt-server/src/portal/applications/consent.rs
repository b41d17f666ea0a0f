//! Admin consent for an application of the tenant's own, after a look at what is granted. As with
//! consent links, the person must have signed in a moment ago.

use askama::Template;
use vakt_identity::{Application, ConsentOffer};

use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::problems::Problems;
use super::{APPLICATIONS, below_frame, named};
use crate::chance;
use crate::pages::{Fault, Onward, Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/consent.html")]
struct ConsentPage {
    frame: Frame,
    name: String,
    tenant: String,
    /// The mark of what is shown; only that is granted.
    shown: String,
    resources: Vec<Resource>,
    back: String,
    problems: Problems,
}

struct Resource {
    name: String,
    roles: Vec<Role>,
}

struct Role {
    value: String,
    description: String,
    is_granted: bool,
}

/// `GET /portal/applications/{id}/grant`
pub(in crate::portal) async fn ask(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let (application, offer) = offered(&visit, &desk).await?;
    page(&desk, &application, &offer, Problems::none())
}

/// `POST /portal/applications/{id}/grant`
pub(in crate::portal) async fn grant(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let (application, offer) = offered(&visit, &desk).await?;
    if desk.form.text("shown") != offer.mark() {
        let text = "What the application asks for has changed while you were reading. Read it \
                    again before you decide.";
        return page(&desk, &application, &offer, Problems::one("", text));
    }
    visit.app.identity.accept_consent(&offer, &desk.act(&visit), &chance::object_id).await?;
    let place = format!("{APPLICATIONS}/{}/permissions", application.app_id);
    Ok(Page::go_to(format!("{place}?done=granted")))
}

/// What is asked, if this person may grant it.
async fn offered(visit: &Visit, desk: &Desk) -> Result<(Application, ConsentOffer), Stop> {
    visit.require_fresh(&Onward::of(&visit.uri)).await?;
    let application = named(visit, desk).await?;
    let offer = visit.app.identity.consent_offer(&desk.tenant, application.app_id).await??;
    if offer.may_be_accepted_by(desk.person().role) {
        return Ok((application, offer));
    }
    Err(Fault::forbidden(
        "The application asks for permissions of Microsoft Graph or of Vakt, which only a Global \
         Administrator can grant: they can make their holder an administrator.",
        "Ask a Global Administrator to open this page.",
    )
    .into())
}

fn page(
    desk: &Desk,
    application: &Application,
    offer: &ConsentOffer,
    problems: Problems,
) -> Result<Page, Stop> {
    let role = |one: &vakt_identity::OfferedRole| Role {
        value: one.role.value.clone(),
        description: one.role.description.clone(),
        is_granted: one.is_granted,
    };
    let resource = |one: &vakt_identity::OfferedResource| Resource {
        name: one.name.clone(),
        roles: one.roles.iter().map(role).collect(),
    };
    let status = problems.status();
    let page = desk.page(&ConsentPage {
        frame: below_frame(desk, application, "/permissions", "Grant admin consent"),
        name: application.display_name.clone(),
        tenant: desk.tenant.name.clone(),
        shown: offer.mark(),
        resources: offer.resources.iter().map(resource).collect(),
        back: format!("{APPLICATIONS}/{}/permissions", application.app_id),
        problems,
    })?;
    Ok(page.status(status))
}
