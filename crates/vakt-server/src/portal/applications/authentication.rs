//! Where answers of consent are sent, and who may use an application.

use askama::Template;
use vakt_identity::{Application, Audience, ObjectKey};

use super::super::desk::{Desk, Right};
use super::super::frame::Frame;
use super::super::problems::Problems;
use super::registration::{ANY_TENANT, ONE_TENANT, audience};
use super::{APPLICATIONS, Tabs, named, redirect_uri, tab_frame};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/authentication.html")]
struct AuthenticationPage {
    frame: Frame,
    tabs: Tabs,
    tenant: String,
    redirect_uris: String,
    /// Of other kinds than web; they are shown only.
    others: Vec<String>,
    audience: String,
    /// The link by which other tenants consent.
    consent_link: String,
    may_manage: bool,
    problems: Problems,
}

/// `GET /portal/applications/{id}/authentication`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let audience =
        if application.audience == Audience::AnyTenant { ANY_TENANT } else { ONE_TENANT };
    let typed = (application.redirect_uris.join("\n"), audience.to_owned());
    page(&visit, &desk, &application, typed, Problems::none())
}

/// `POST /portal/applications/{id}/authentication`
pub(in crate::portal) async fn change(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let typed = (desk.form.text("redirect_uris").to_owned(), desk.form.text("audience").to_owned());
    let uris = match redirect_uri::read_all(&typed.0) {
        Ok(uris) => uris,
        Err(text) => {
            let problems = Problems::one("redirect_uris", text);
            return page(&visit, &desk, &application, typed, problems);
        }
    };
    let wanted = audience(&typed.1);
    let change = move |application: &mut Application| {
        application.redirect_uris = uris;
        application.audience = wanted;
        Ok(())
    };
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    match visit.app.identity.change_application(desk.tenant.id, key, &act, change).await {
        Ok(_) => {
            let place = format!("{APPLICATIONS}/{}/authentication", application.app_id);
            Ok(Page::go_to(format!("{place}?done=saved")))
        }
        Err(error) => {
            let problems = Problems::refused("redirect_uris", error)?;
            page(&visit, &desk, &application, typed, problems)
        }
    }
}

fn page(
    visit: &Visit,
    desk: &Desk,
    application: &Application,
    (redirect_uris, audience): (String, String),
    problems: Problems,
) -> Result<Page, Stop> {
    let others = [&application.spa_redirect_uris, &application.public_client_redirect_uris];
    let status = problems.status();
    let is_saved = visit.query("done").as_deref() == Some("saved") && problems.is_empty();
    let page = desk.page(&AuthenticationPage {
        frame: tab_frame(desk, application).told(is_saved.then_some("The changes are saved.")),
        tabs: Tabs::of(application, "/authentication"),
        tenant: desk.tenant.name.clone(),
        others: others.into_iter().flatten().cloned().collect(),
        consent_link: format!(
            "{}/common/oauth2/authorize?prompt=consent&client_id={}&response_type=code&sso_reload=true",
            visit.origin, application.app_id
        ),
        may_manage: desk.may(Right::ManageApplications),
        redirect_uris,
        audience,
        problems,
    })?;
    Ok(page.status(status))
}
