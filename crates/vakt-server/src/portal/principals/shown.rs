//! One enterprise application: who it is, what it may do, what it asked for lately.

use askama::Template;
use vakt_identity::{IdentityError, ObjectKey, RoleAssignment, ServicePrincipal};

use super::super::desk::{Desk, Right};
use super::super::frame::{Frame, Section};
use super::super::moment::{day, moment};
use super::sign_ins::{self, Line};
use super::{Home, PRINCIPALS, named, place};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/principals/shown.html")]
struct ShownPage {
    frame: Frame,
    name: String,
    id: String,
    object: String,
    home: Home,
    owner: String,
    created: String,
    is_enabled: bool,
    assignment_required: bool,
    place: String,
    roles: Vec<Role>,
    lines: Vec<Line>,
    may_manage: bool,
}

/// A granted role.
struct Role {
    id: String,
    api: String,
    value: String,
    description: String,
    granted: String,
    /// The person may take it back.
    may_revoke: bool,
}

/// `GET /portal/enterprise/{id}`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let principal = named(&visit, &desk).await?;
    let frame = desk.frame(Section::EnterpriseApplications, &principal.display_name);
    desk.page(&ShownPage {
        frame: frame.below("Enterprise applications", PRINCIPALS).told(
            match visit.query("done").as_deref() {
                Some("disabled") => Some("Disabled: it gets no more tokens here."),
                Some("enabled") => Some("Enabled: it gets tokens again."),
                Some("revoked") => Some("Revoked: the next token does not have this role."),
                _ => None,
            },
        ),
        name: principal.display_name.clone(),
        id: principal.app_id.to_string(),
        object: principal.object_id.to_string(),
        home: Home::of(&principal),
        owner: principal.owner.to_string(),
        created: moment(principal.created_at),
        is_enabled: principal.is_enabled,
        assignment_required: principal.assignment_required,
        place: place(&principal),
        roles: roles(&visit, &desk, &principal).await?,
        lines: sign_ins::last(&visit, &desk, principal.app_id).await?,
        may_manage: desk.may(Right::ManageApplications),
    })
}

async fn roles(
    visit: &Visit,
    desk: &Desk,
    principal: &ServicePrincipal,
) -> Result<Vec<Role>, Stop> {
    let store = visit.app.identity.store();
    let held = store.assignments_of(desk.tenant.id, principal.object_id).await;
    let mut roles = Vec::new();
    for grant in held.map_err(IdentityError::from)? {
        let key = ObjectKey::Object(grant.resource);
        let api = store.find_service_principal(desk.tenant.id, key).await;
        roles.push(role(desk, &grant, api.map_err(IdentityError::from)?.as_ref()));
    }
    Ok(roles)
}

fn role(desk: &Desk, grant: &RoleAssignment, api: Option<&ServicePrincipal>) -> Role {
    let known = api.and_then(|api| api.role(grant.role));
    Role {
        id: grant.id.to_string(),
        api: grant.resource_name.clone(),
        value: known.map_or_else(|| grant.role.to_string(), |role| role.value.clone()),
        description: known.map(|role| role.description.clone()).unwrap_or_default(),
        granted: day(grant.created_at),
        may_revoke: api.is_some_and(|api| desk.person().role.may_grant_roles_of(api.app_id)),
    }
}
