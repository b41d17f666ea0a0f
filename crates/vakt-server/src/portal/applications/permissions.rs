//! The permissions an application asks for, which of them are granted, and taking them off.

use askama::Template;
use vakt_identity::{
    Application, ConsentOffer, ConsentRefusal, IdentityError, ObjectKey, RoleAssignment,
    ServicePrincipal,
};
use vakt_ids::{AppId, RoleId};

use super::super::confirmation::Confirmation;
use super::super::desk::{Desk, Right};
use super::super::frame::Frame;
use super::super::problems::Problems;
use super::{Tabs, below_frame, named, nothing_named, tab_frame};
use crate::pages::{Page, Stop, Visit};

#[derive(Template)]
#[template(path = "portal/applications/permissions.html")]
struct PermissionsPage {
    frame: Frame,
    tabs: Tabs,
    tenant: String,
    resources: Vec<Resource>,
    /// Delegated permissions, which are shown and never granted here.
    scopes: Vec<String>,
    /// Granted, though the application does not ask for them any more.
    others: Vec<Other>,
    /// Why nothing can be consented to, if so.
    refusal: Option<String>,
    is_all_granted: bool,
    /// The person's role allows consent to all of it.
    may_consent: bool,
    may_manage: bool,
}

/// The permissions on one API.
struct Resource {
    name: String,
    roles: Vec<Role>,
}

/// A permission that is asked for.
struct Role {
    /// What the address of its removal names: the API's client id and the role's id.
    key: String,
    value: String,
    name: String,
    description: String,
    is_granted: bool,
}

/// A grant that nobody asks for any more.
struct Other {
    api: String,
    value: String,
}

/// `GET /portal/applications/{id}/permissions`
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let offered = visit.app.identity.consent_offer(&desk.tenant, application.app_id).await?;
    let (offer, refusal) = match offered {
        Ok(offer) => (Some(offer), None),
        Err(refusal) => (None, Some(explain(&refusal))),
    };
    let resources = match &offer {
        Some(offer) => offer.resources.iter().map(resource).collect(),
        None => unknown(&application),
    };
    let asked = resources.iter().flat_map(|one: &Resource| &one.roles);
    let is_all_granted = asked.clone().next().is_some() && asked.clone().all(|one| one.is_granted);
    let frame = tab_frame(&desk, &application);
    desk.page(&PermissionsPage {
        frame: frame.told(match visit.query("done").as_deref() {
            Some("added") => Some("Added. They take effect once admin consent is granted."),
            Some("removed") => Some("The permission is removed."),
            Some("granted") => Some("Admin consent is granted. The next token has these roles."),
            _ => None,
        }),
        tabs: Tabs::of(&application, "/permissions"),
        tenant: desk.tenant.name.clone(),
        others: others(&visit, &desk, &application).await?,
        scopes: offer.iter().flat_map(scopes).collect(),
        may_consent: offer.is_some_and(|one| one.may_be_accepted_by(desk.person().role)),
        may_manage: desk.may(Right::ManageApplications),
        resources,
        refusal,
        is_all_granted,
    })
}

/// A refusal of consent as a sentence and what to do.
fn explain(refusal: &ConsentRefusal) -> String {
    format!("{} {}", refusal.text(), refusal.hint())
}

fn resource(offered: &vakt_identity::OfferedResource) -> Resource {
    let role = |one: &vakt_identity::OfferedRole| Role {
        key: format!("{}.{}", offered.app_id, one.role.id),
        value: one.role.value.clone(),
        name: one.role.display_name.clone(),
        description: one.role.description.clone(),
        is_granted: one.is_granted,
    };
    Resource { name: offered.name.clone(), roles: offered.roles.iter().map(role).collect() }
}

/// What is asked for by ids alone, when some of it is not known here: so that it can be taken off.
fn unknown(application: &Application) -> Vec<Resource> {
    let of = |access: &vakt_identity::RequiredAccess| {
        let roles = access.roles.iter().filter(|role| role.is_app_role);
        let role = |one: &vakt_identity::RequiredRole| Role {
            key: format!("{}.{}", access.resource, one.id),
            value: one.id.to_string(),
            name: String::new(),
            description: String::new(),
            is_granted: false,
        };
        Resource { name: access.resource.to_string(), roles: roles.map(role).collect() }
    };
    application.required_access.iter().map(of).collect()
}

fn scopes(offer: &ConsentOffer) -> Vec<String> {
    let words = |one: &vakt_identity::OfferedScope| match (&one.resource, &one.value) {
        (Some(resource), Some(value)) => format!("{resource}: {value}"),
        _ => one.id.to_string(),
    };
    offer.scopes.iter().map(words).collect()
}

async fn others(visit: &Visit, desk: &Desk, application: &Application) -> Result<Vec<Other>, Stop> {
    let (store, tenant) = (visit.app.identity.store(), desk.tenant.id);
    let key = ObjectKey::App(application.app_id);
    let client = store.find_service_principal(tenant, key).await.map_err(IdentityError::from)?;
    let Some(client) = client else { return Ok(Vec::new()) };
    let held = store.assignments_of(tenant, client.object_id).await;
    let mut others = Vec::new();
    for grant in held.map_err(IdentityError::from)? {
        let key = ObjectKey::Object(grant.resource);
        let api = store.find_service_principal(tenant, key).await.map_err(IdentityError::from)?;
        if let Some(api) = api.filter(|api| !asks_for(application, api, &grant)) {
            let value =
                api.role(grant.role).map_or(grant.role.to_string(), |one| one.value.clone());
            others.push(Other { api: api.display_name, value });
        }
    }
    Ok(others)
}

fn asks_for(application: &Application, api: &ServicePrincipal, grant: &RoleAssignment) -> bool {
    let mut on_it = application.required_access.iter().filter(|one| one.resource == api.app_id);
    on_it.any(|access| access.roles.iter().any(|role| role.is_app_role && role.id == grant.role))
}

/// The API and the role that an address names as `{api}.{role}`.
fn key_of(visit: &Visit) -> Option<(AppId, RoleId)> {
    let (api, role) = visit.segment(1).split_once('.')?;
    Some((api.parse().ok()?, role.parse().ok()?))
}

/// `GET /portal/applications/{id}/permissions/{key}/remove`
pub(in crate::portal) async fn ask_remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let (api, role) = key_of(&visit).ok_or_else(|| nothing_named("permission"))?;
    let asked = application.required_access.iter().filter(|access| access.resource == api);
    if !asked.flat_map(|access| &access.roles).any(|one| one.is_app_role && one.id == role) {
        return Err(nothing_named("permission"));
    }
    let value = vakt_identity::catalogue::find(api)
        .and_then(|api| api.roles.iter().find(|one| one.id == role))
        .map_or(role.to_string(), |one| one.value.to_owned());
    Confirmation {
        frame: below_frame(&desk, &application, "/permissions", "Remove a permission"),
        question: format!("Remove {value}?"),
        effects: vec![
            "The application no longer asks for it. What was granted stays granted until it is \
             revoked under Enterprise applications."
                .into(),
        ],
        button: "Remove",
        class: "danger",
        back: format!("{}/{}/permissions", super::APPLICATIONS, application.app_id),
        problems: Problems::none(),
    }
    .page(&desk)
}

/// `POST /portal/applications/{id}/permissions/{key}/remove`
pub(in crate::portal) async fn remove(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let (api, role) = key_of(&visit).ok_or_else(|| nothing_named("permission"))?;
    let change = move |application: &mut Application| {
        for access in application.required_access.iter_mut().filter(|one| one.resource == api) {
            access.roles.retain(|one| !one.is_app_role || one.id != role);
        }
        application.required_access.retain(|access| !access.roles.is_empty());
        Ok(())
    };
    let key = ObjectKey::App(application.app_id);
    let act = desk.act(&visit);
    visit.app.identity.change_application(desk.tenant.id, key, &act, change).await?;
    let place = format!("{}/{}/permissions", super::APPLICATIONS, application.app_id);
    Ok(Page::go_to(format!("{place}?done=removed")))
}
