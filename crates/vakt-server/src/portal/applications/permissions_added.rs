//! Permissions added: first an API is chosen, then what is asked of it. Microsoft Threat Protection
//! is found by typing its name, as in Microsoft's portal.

use askama::Template;
use vakt_identity::{
    AppRole, Application, Condition, DirectoryQuery, IdentityError, Match, ObjectKey, Order,
    Predicate, Property, RequiredAccess, RequiredRole, ServicePrincipal, catalogue,
};
use vakt_ids::{AppId, RoleId};

use super::super::desk::Desk;
use super::super::frame::Frame;
use super::super::paging::search;
use super::super::problems::Problems;
use super::list::matching;
use super::{APPLICATIONS, below_frame, named};
use crate::pages::{Fault, Page, Stop, Visit};

/// Most APIs shown of those that match what was typed; more letters find fewer.
const APIS_SHOWN_MAX: u32 = 50;
/// What the boxes of permissions are named after.
const BOX: &str = "role-";
/// The APIs that are shown before anything is typed.
const FIRST: &[AppId] = &[catalogue::GRAPH];

#[derive(Template)]
#[template(path = "portal/applications/apis.html")]
struct ApisPage {
    frame: Frame,
    place: String,
    search: String,
    first: Vec<Api>,
    found: Vec<Api>,
}

#[derive(Template)]
#[template(path = "portal/applications/roles.html")]
struct RolesPage {
    frame: Frame,
    place: String,
    api: Api,
    roles: Vec<Role>,
    problems: Problems,
}

/// An API to choose.
struct Api {
    id: String,
    name: String,
    roles: usize,
}

/// A permission to choose.
struct Role {
    id: String,
    value: String,
    description: String,
    is_chosen: bool,
    is_asked: bool,
}

/// `GET /portal/applications/{id}/permissions/add`: the APIs, or the permissions of `?api=`.
pub(in crate::portal) async fn show(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    match visit.query("api") {
        Some(api) => {
            let api = find(&visit, &desk, &api).await?;
            roles_page(&desk, &application, &api, Problems::none())
        }
        None => apis_page(&visit, &desk, &application).await,
    }
}

async fn apis_page(visit: &Visit, desk: &Desk, application: &Application) -> Result<Page, Stop> {
    let search = search(visit);
    let first = Predicate::Any(FIRST.iter().map(is_app).collect());
    let found = match matching(&search) {
        Some(predicate) => apis(visit, desk, predicate).await?,
        None => Vec::new(),
    };
    desk.page(&ApisPage {
        frame: below_frame(desk, application, "/permissions", "Add a permission"),
        place: place(application),
        first: apis(visit, desk, first).await?,
        found,
        search,
    })
}

fn is_app(app: &AppId) -> Predicate {
    let (property, how) = (Property::AppId, Match::Is);
    Predicate::Holds(Condition { property, how, value: app.to_string() })
}

async fn apis(visit: &Visit, desk: &Desk, predicate: Predicate) -> Result<Vec<Api>, Stop> {
    let query = DirectoryQuery {
        predicate: Some(predicate),
        order: Order::Name,
        top: APIS_SHOWN_MAX,
        ..DirectoryQuery::default()
    };
    let store = visit.app.identity.store();
    let page = store.list_service_principals(desk.tenant.id, &query).await;
    let page = page.map_err(IdentityError::from)?;
    Ok(page.items.iter().filter(|one| enabled(one).next().is_some()).map(api).collect())
}

fn api(principal: &ServicePrincipal) -> Api {
    Api {
        id: principal.app_id.to_string(),
        name: principal.display_name.clone(),
        roles: enabled(principal).count(),
    }
}

fn enabled(principal: &ServicePrincipal) -> impl Iterator<Item = &AppRole> {
    principal.app_roles.iter().filter(|role| role.is_enabled)
}

async fn find(visit: &Visit, desk: &Desk, text: &str) -> Result<ServicePrincipal, Stop> {
    let missing =
        || Fault::missing("There is no such API in your directory.", "Search for its name again.");
    let id: AppId = text.parse().map_err(|_| missing())?;
    let store = visit.app.identity.store();
    let found = store.find_service_principal(desk.tenant.id, ObjectKey::App(id)).await;
    Ok(found.map_err(IdentityError::from)?.ok_or_else(missing)?)
}

fn roles_page(
    desk: &Desk,
    application: &Application,
    principal: &ServicePrincipal,
    problems: Problems,
) -> Result<Page, Stop> {
    let chosen: Vec<&str> = desk.form.chosen(BOX).collect();
    let role = |one: &AppRole| Role {
        id: one.id.to_string(),
        value: one.value.clone(),
        description: if one.description.is_empty() { &one.display_name } else { &one.description }
            .clone(),
        is_chosen: chosen.contains(&one.id.to_string().as_str()),
        is_asked: is_asked(application, principal.app_id, one.id),
    };
    let status = problems.status();
    let page = desk.page(&RolesPage {
        frame: below_frame(desk, application, "/permissions", "Add a permission"),
        place: place(application),
        api: api(principal),
        roles: enabled(principal).map(role).collect(),
        problems,
    })?;
    Ok(page.status(status))
}

fn is_asked(application: &Application, api: AppId, role: RoleId) -> bool {
    let on_it = application.required_access.iter().filter(|access| access.resource == api);
    on_it.flat_map(|access| &access.roles).any(|one| one.is_app_role && one.id == role)
}

/// `POST /portal/applications/{id}/permissions/add?api=…`
pub(in crate::portal) async fn add(visit: Visit, desk: Desk) -> Result<Page, Stop> {
    let application = named(&visit, &desk).await?;
    let api = find(&visit, &desk, &visit.query("api").unwrap_or_default()).await?;
    let offered: Vec<RoleId> = enabled(&api).map(|role| role.id).collect();
    let chosen = desk.form.chosen(BOX).filter_map(|text| text.parse::<RoleId>().ok());
    let chosen: Vec<RoleId> = chosen.filter(|role| offered.contains(role)).collect();
    if chosen.is_empty() {
        let problems = Problems::one("", "Choose at least one permission.");
        return roles_page(&desk, &application, &api, problems);
    }
    let resource = api.app_id;
    let change = move |application: &mut Application| {
        ask(application, resource, &chosen);
        Ok(())
    };
    let (key, act) = (ObjectKey::App(application.app_id), desk.act(&visit));
    let changed = visit.app.identity.change_application(desk.tenant.id, key, &act, change).await;
    match changed {
        Ok(_) => Ok(Page::go_to(format!("{}?done=added", place(&application)))),
        Err(error) => roles_page(&desk, &application, &api, Problems::refused("", error)?),
    }
}

/// Adds to what an application asks for; what it asks for already stays once.
fn ask(application: &mut Application, resource: AppId, roles: &[RoleId]) {
    let fresh = roles.iter().filter(|role| !is_asked(application, resource, **role));
    let fresh: Vec<_> = fresh.map(|id| RequiredRole { id: *id, is_app_role: true }).collect();
    let access = &mut application.required_access;
    match access.iter_mut().find(|one| one.resource == resource) {
        Some(present) => present.roles.extend(fresh),
        None => access.push(RequiredAccess { resource, roles: fresh }),
    }
}

fn place(application: &Application) -> String {
    format!("{APPLICATIONS}/{}/permissions", application.app_id)
}
