//! App registrations: the page's eight steps, as a person does them.

mod list;
mod overview;
mod redirect_uri;
mod registration;

use vakt_identity::{Application, IdentityError, ObjectKey};
use vakt_ids::AppId;

use super::desk::{Desk, Right};
use super::frame::{Frame, Section};
use super::page;
use crate::pages::{Fault, Stop, Visit};
use crate::route::Route;

/// Where registrations are.
pub(super) const APPLICATIONS: &str = "/portal/applications";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    const NEW: &str = "/portal/applications/new";
    let (look, manage) = (Right::Look, Right::ManageApplications);
    vec![
        page("GET", APPLICATIONS, look, list::list),
        page("GET", NEW, manage, registration::show),
        page("POST", NEW, manage, registration::register),
        page("GET", "/portal/applications/{id}", look, overview::overview),
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

/// A page of one application.
pub(super) struct Tabs {
    pub id: String,
    pub name: String,
    /// Path below the application, label, and whether it is the present one.
    pub tabs: Vec<(&'static str, &'static str, bool)>,
}

/// The pages of an application.
const TABS: &[(&str, &str)] = &[("", "Overview")];

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
