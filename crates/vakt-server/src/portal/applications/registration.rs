//! A new registration: a name, who may use it, and where answers are sent. It gets its service
//! principal at once, as in Microsoft's portal.

use askama::Template;
use vakt_identity::{Application, Audience};
use vakt_ids::AppId;

use super::super::desk::Desk;
use super::super::frame::{Frame, Section};
use super::super::problems::Problems;
use super::{APPLICATIONS, redirect_uri};
use crate::chance;
use crate::pages::{Page, Stop, Visit};

/// Values of the audience in forms.
pub(super) const ONE_TENANT: &str = "one";
/// Every tenant.
pub(super) const ANY_TENANT: &str = "any";

#[derive(Template)]
#[template(path = "portal/applications/new.html")]
struct NewPage<'a> {
    frame: Frame,
    tenant: &'a str,
    name: &'a str,
    audience: &'a str,
    redirect_uri: &'a str,
    problems: Problems,
}

/// `GET /portal/applications/new`
pub(in crate::portal) async fn show(_visit: Visit, desk: Desk) -> Result<Page, Stop> {
    form(&desk, Problems::none())
}

/// `POST /portal/applications/new`
pub(in crate::portal) async fn register(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = match read(&desk, visit.now) {
        Ok(application) => application,
        Err(problems) => return form(&desk, problems),
    };
    let (identity, act) = (&visit.app.identity, desk.act(&visit));
    if let Err(error) = identity.register(&application, &act).await {
        return form(&desk, Problems::refused("name", error)?);
    }
    let (tenant, app) = (desk.tenant.id, application.app_id);
    identity.create_service_principal(tenant, app, chance::object_id(), &act).await?;
    Ok(Page::go_to(format!("{APPLICATIONS}/{app}?done=registered")))
}

fn read(desk: &Desk, now: jiff::Timestamp) -> Result<Application, Problems> {
    let form = &desk.form;
    let (object, app) = (chance::object_id(), AppId::from_random_bytes(chance::bytes()));
    let name = form.text("name").trim();
    let mut application = Application::new(desk.tenant.id, object, app, name, now);
    application.owners = vec![desk.person().object_id];
    application.audience = audience(form.text("audience"));
    let mut problems = Problems::none();
    if let Err(fault) = application.check(None) {
        problems = Problems::fault("name", &fault);
    }
    match redirect_uri::read_all(form.text("redirect_uri")) {
        Ok(uris) => application.redirect_uris = uris,
        Err(text) => problems.add("redirect_uri", text),
    }
    if problems.is_empty() { Ok(application) } else { Err(problems) }
}

/// Who may use an application, as forms say it.
pub(super) fn audience(text: &str) -> Audience {
    if text == ANY_TENANT { Audience::AnyTenant } else { Audience::HomeTenant }
}

fn form(desk: &Desk, problems: Problems) -> Result<Page, Stop> {
    let form = &desk.form;
    let frame = desk.frame(Section::Applications, "New registration");
    let audience = form.text("audience");
    let status = problems.status();
    let page = desk.page(&NewPage {
        frame: frame.below("Applications", APPLICATIONS),
        tenant: &desk.tenant.name,
        name: form.text("name"),
        audience: if audience.is_empty() { ONE_TENANT } else { audience },
        redirect_uri: form.text("redirect_uri"),
        problems,
    })?;
    Ok(page.status(status))
}
