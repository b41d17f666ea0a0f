//! What there is to know of a registration, with the ids that are written down.

use askama::Template;
use jiff::Timestamp;
use vakt_identity::{Application, Audience, ObjectKey};

use super::super::desk::{Desk, Right};
use super::super::frame::Frame;
use super::super::moment::{Rest, moment};
use super::{Tabs, list, named, tab_frame};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/overview.html")]
struct OverviewPage<'a> {
    frame: Frame,
    tabs: Tabs,
    application: Words,
    directory: String,
    tenant: &'a str,
    /// It has a service principal here; without one it gets no tokens.
    is_present: bool,
    may_manage: bool,
}

/// A registration in words.
struct Words {
    object: String,
    created: String,
    is_multi_tenant: bool,
    redirect_uris: usize,
    credentials: Option<Rest>,
    permissions: usize,
}

/// `GET /portal/applications/{id}`
pub(in crate::portal) async fn overview(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let store = visit.app.identity.store();
    let key = ObjectKey::App(application.app_id);
    let principal = store.find_service_principal(desk.tenant.id, key).await;
    let principal = principal.map_err(vakt_identity::IdentityError::from)?;
    let frame = tab_frame(&desk, &application);
    desk.page(&OverviewPage {
        frame: frame.told(match visit.query("done").as_deref() {
            Some("registered") => Some("The application is registered."),
            Some("restored") => Some("The application is restored."),
            _ => None,
        }),
        tabs: Tabs::of(&application, ""),
        application: words(&application, visit.now),
        directory: desk.tenant.id.to_string(),
        tenant: &desk.tenant.name,
        is_present: principal.is_some(),
        may_manage: desk.may(Right::ManageApplications),
    })
}

fn words(application: &Application, now: Timestamp) -> Words {
    Words {
        object: application.object_id.to_string(),
        created: moment(application.created_at),
        is_multi_tenant: application.audience == Audience::AnyTenant,
        redirect_uris: application.all_redirect_uris().len(),
        credentials: list::credentials(application, now),
        permissions: application.required_access.iter().map(|access| access.roles.len()).sum(),
    }
}
