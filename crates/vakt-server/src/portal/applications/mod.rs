//! App registrations: the page's eight steps, as a person does them.

mod authentication;
mod certificates;
mod consent;
mod credentials;
mod deletion;
mod federated;
mod list;
mod overview;
mod permissions;
mod permissions_added;
mod redirect_uri;
mod registration;
mod secrets;
mod snippets;
mod trial;

use vakt_identity::{Application, IdentityError, ObjectKey};
use vakt_ids::AppId;

use super::desk::{Desk, Right};
use super::frame::{Frame, Section};
use super::page;
use crate::pages::{Fault, Stop, Visit};
use crate::route::Route;

pub(super) use list::matching;

/// Where registrations are.
pub(super) const APPLICATIONS: &str = "/portal/applications";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    const NEW: &str = "/portal/applications/new";
    const RESTORE: &str = "/portal/applications/deleted/{id}";
    const DELETE: &str = "/portal/applications/{id}/delete";
    const AUTHENTICATION: &str = "/portal/applications/{id}/authentication";
    const ADD: &str = "/portal/applications/{id}/permissions/add";
    const REMOVE: &str = "/portal/applications/{id}/permissions/{key}/remove";
    const CONSENT: &str = "/portal/applications/{id}/grant";
    let (look, manage) = (Right::Look, Right::ManageApplications);
    let mut routes = vec![
        page("GET", APPLICATIONS, look, list::list),
        page("GET", NEW, manage, registration::show),
        page("POST", NEW, manage, registration::register),
        page("GET", "/portal/applications/deleted", look, deletion::list_deleted),
        page("GET", RESTORE, manage, deletion::ask_restore),
        page("POST", RESTORE, manage, deletion::restore),
        page("GET", "/portal/applications/{id}", look, overview::overview),
        page("GET", DELETE, manage, deletion::ask_delete),
        page("POST", DELETE, manage, deletion::delete),
        page("GET", AUTHENTICATION, look, authentication::show),
        page("POST", AUTHENTICATION, manage, authentication::change),
        page("GET", "/portal/applications/{id}/permissions", look, permissions::show),
        page("GET", ADD, manage, permissions_added::show),
        page("POST", ADD, manage, permissions_added::add),
        page("GET", REMOVE, manage, permissions::ask_remove),
        page("POST", REMOVE, manage, permissions::remove),
        page("GET", CONSENT, manage, consent::ask),
        page("POST", CONSENT, manage, consent::grant),
    ];
    const CODE: &str = "/portal/applications/{id}/code";
    routes.push(page("GET", CODE, look, trial::show));
    routes.push(page("POST", CODE, look, trial::try_now));
    routes.extend(credential_routes());
    routes
}

fn credential_routes() -> Vec<Route> {
    const SECRET: &str = "/portal/applications/{id}/secrets/add";
    const SECRET_REMOVE: &str = "/portal/applications/{id}/secrets/{key}/remove";
    const CERTIFICATE: &str = "/portal/applications/{id}/certificates/add";
    const CERTIFICATE_REMOVE: &str = "/portal/applications/{id}/certificates/{key}/remove";
    const FEDERATED: &str = "/portal/applications/{id}/federated/add";
    const FEDERATED_REMOVE: &str = "/portal/applications/{id}/federated/{key}/remove";
    let manage = Right::ManageApplications;
    vec![
        page("GET", "/portal/applications/{id}/credentials", Right::Look, credentials::show),
        page("GET", SECRET, manage, secrets::show),
        page("POST", SECRET, manage, secrets::add),
        page("GET", SECRET_REMOVE, manage, secrets::ask_remove),
        page("POST", SECRET_REMOVE, manage, secrets::remove),
        page("GET", CERTIFICATE, manage, certificates::show),
        page("POST", CERTIFICATE, manage, certificates::add),
        page("GET", CERTIFICATE_REMOVE, manage, certificates::ask_remove),
        page("POST", CERTIFICATE_REMOVE, manage, certificates::remove),
        page("GET", FEDERATED, manage, federated::show),
        page("POST", FEDERATED, manage, federated::add),
        page("GET", FEDERATED_REMOVE, manage, federated::ask_remove),
        page("POST", FEDERATED_REMOVE, manage, federated::remove),
    ]
}

/// The registration that the address names by its client id, if it is in the person's tenant.
async fn named(visit: &Visit, desk: &Desk) -> Result<Application, Stop> {
    let text = visit.segment(0);
    let missing = || {
        Fault::missing(
            "There is no such application in your directory.",
            "Go back to the list of applications. Deleted ones are listed on a page of their own.",
        )
    };
    let id: AppId = text.parse().map_err(|_| missing())?;
    match visit.app.identity.application(desk.tenant.id, ObjectKey::App(id)).await {
        Ok(application) => Ok(application),
        Err(IdentityError::NotFound { .. }) => Err(missing().into()),
        Err(error) => Err(error.into()),
    }
}

/// What is asked for below an application, such as a secret, is not there.
fn nothing_named(what: &str) -> Stop {
    let text = format!("There is no such {what}; it may have been removed.");
    Fault::missing(text, "Go back to the application.").into()
}

/// A page of one application.
pub(super) struct Tabs {
    pub id: String,
    pub name: String,
    /// Path below the application, label, and whether it is the present one.
    pub tabs: Vec<(&'static str, &'static str, bool)>,
}

/// The pages of an application.
const TABS: &[(&str, &str)] = &[
    ("", "Overview"),
    ("/permissions", "API permissions"),
    ("/credentials", "Certificates & secrets"),
    ("/authentication", "Authentication"),
    ("/code", "Code & try"),
];

impl Tabs {
    fn of(application: &Application, current: &str) -> Self {
        let tab = |(path, label): &(&'static str, &'static str)| (*path, *label, *path == current);
        Self {
            id: application.app_id.to_string(),
            name: application.display_name.clone(),
            tabs: TABS.iter().map(tab).collect(),
        }
    }

    /// A page below the application.
    pub(super) fn place(&self, path: &str) -> String {
        format!("{APPLICATIONS}/{}{path}", self.id)
    }
}

/// The frame of a page with tabs.
fn tab_frame(desk: &Desk, application: &Application) -> Frame {
    desk.frame(Section::Applications, &application.display_name).below("Applications", APPLICATIONS)
}

/// The frame of a page below one of an application's tabs.
fn below_frame(desk: &Desk, application: &Application, tab: &str, title: &str) -> Frame {
    let place = format!("{APPLICATIONS}/{}", application.app_id);
    let label = TABS.iter().find(|(path, _)| *path == tab).map_or("", |(_, label)| label);
    let frame = desk
        .frame(Section::Applications, title)
        .below("Applications", APPLICATIONS)
        .below(&application.display_name, place.clone());
    if tab.is_empty() { frame } else { frame.below(label, format!("{place}{tab}")) }
}
