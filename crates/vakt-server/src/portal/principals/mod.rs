//! Enterprise applications: what has a presence in the tenant, its own applications and others';
//! what each may do, and what it did lately.

mod enabling;
mod list;
mod revoking;
mod shown;
mod sign_ins;

use vakt_identity::{IdentityError, ObjectKey, ServicePrincipal, catalogue};
use vakt_ids::AppId;

use super::desk::{Desk, Right};
use super::frame::{Frame, Section};
use super::page;
use crate::pages::{Fault, Stop, Visit};
use crate::route::Route;

/// Where they are.
pub(super) const PRINCIPALS: &str = "/portal/enterprise";

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    const ENABLED: &str = "/portal/enterprise/{id}/enabled";
    const REVOKE: &str = "/portal/enterprise/{id}/roles/{key}/revoke";
    let (look, manage) = (Right::Look, Right::ManageApplications);
    vec![
        page("GET", PRINCIPALS, look, list::list),
        page("GET", "/portal/enterprise/{id}", look, shown::show),
        page("GET", ENABLED, manage, enabling::ask),
        page("POST", ENABLED, manage, enabling::change),
        page("GET", REVOKE, manage, revoking::ask),
        page("POST", REVOKE, manage, revoking::revoke),
    ]
}

/// Whose application it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    /// The tenant's own.
    Here,
    /// Another tenant's, which was let in.
    Elsewhere,
    /// An API of the platform.
    Platform,
}

impl Home {
    fn of(principal: &ServicePrincipal) -> Self {
        if catalogue::find(principal.app_id).is_some() {
            Self::Platform
        } else if principal.owner == principal.tenant {
            Self::Here
        } else {
            Self::Elsewhere
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Here => "This directory",
            Self::Elsewhere => "Another directory",
            Self::Platform => "The platform",
        }
    }
}

/// The service principal that the address names by its client id, if it is in the person's tenant.
async fn named(visit: &Visit, desk: &Desk) -> Result<ServicePrincipal, Stop> {
    let missing = || {
        Fault::missing(
            "There is no such enterprise application in your directory.",
            "Go back to the list. An application gets a presence here by consent.",
        )
    };
    let id: AppId = visit.segment(0).parse().map_err(|_| missing())?;
    match visit.app.identity.service_principal(desk.tenant.id, ObjectKey::App(id)).await {
        Ok(principal) => Ok(principal),
        Err(IdentityError::NotFound { .. }) => Err(missing().into()),
        Err(error) => Err(error.into()),
    }
}

fn place(principal: &ServicePrincipal) -> String {
    format!("{PRINCIPALS}/{}", principal.app_id)
}

fn below_frame(desk: &Desk, principal: &ServicePrincipal, title: &str) -> Frame {
    desk.frame(Section::EnterpriseApplications, title)
        .below("Enterprise applications", PRINCIPALS)
        .below(&principal.display_name, place(principal))
}
