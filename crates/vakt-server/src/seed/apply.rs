//! Applying a seed: what is missing is made, what is there stays, and a second time changes
//! nothing.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};
use vakt_identity::audit::Act;
use vakt_identity::{
    Application, Audience, IdentityError, NewSecret, NewTenant, ObjectKey, RequiredAccess,
    RequiredRole, Tenant, TenantName, catalogue,
};
use vakt_ids::{AppId, KeyId, ObjectId, TenantId};
use vakt_wire::incident_file::{FileProblem, IncidentFile};

use super::credentials::SeedCredentials;
use super::file::{SeedApp, SeedFile, SeedTenant};
use super::{SeedError, machines, people};
use crate::app::App;
use crate::{chance, defender};

/// Secrets shorter than this are accepted from a seed, with a warning.
const SECRET_LENGTH_ADVISED_CHARS: usize = 16;
/// Incidents stored in one transaction.
const INCIDENTS_PER_STEP_MAX: usize = 500;

/// What a seed made, for printing once.
#[derive(Debug, Default)]
pub struct Seeded {
    /// Applications whose ids or secrets were made rather than given.
    pub apps: Vec<SeededApp>,
    /// Incidents that were new or newer.
    pub incidents_stored: u64,
}

/// An application with what was made for it.
#[derive(Debug)]
pub struct SeededApp {
    /// Tenant.
    pub tenant: TenantId,
    /// Name.
    pub name: String,
    /// Client id.
    pub app_id: AppId,
    /// The secret, if one was made; it is nowhere else.
    pub secret: Option<SecretString>,
}

/// Applies a seed. `folder` is where its relative paths start.
pub(crate) async fn apply(app: &App, seed: &SeedFile, folder: &Path) -> Result<Seeded, SeedError> {
    let mut seeded = Seeded::default();
    for wanted in &seed.tenant {
        let tenant = ensure_tenant(app, wanted).await?;
        for one in &wanted.app {
            seeded.apps.extend(ensure_app(app, &tenant, one, folder).await?);
        }
        for one in &wanted.person {
            people::ensure(app, &tenant, one, folder).await?;
        }
        for source in &wanted.incidents {
            seeded.incidents_stored += import(app, &tenant, &folder.join(&source.file)).await?;
        }
        for source in &wanted.machines {
            machines::import(app, &tenant, &folder.join(&source.file)).await?;
        }
    }
    Ok(seeded)
}

async fn ensure_tenant(app: &App, wanted: &SeedTenant) -> Result<Tenant, SeedError> {
    let place = || format!("tenant `{}`", wanted.name);
    let failed = |source| SeedError::Identity { place: place(), source };
    let store = app.identity.store();
    let name = match (wanted.id, wanted.domains.first()) {
        (Some(id), _) => Some(TenantName::Id(id)),
        (None, Some(domain)) => Some(TenantName::read(domain)),
        (None, None) => None,
    };
    if let Some(name) = name
        && let Some(found) = store.find_tenant(&name).await.map_err(|e| failed(e.into()))?
    {
        return Ok(found);
    }
    if wanted.id.is_none() && wanted.domains.is_empty() {
        let message = "a tenant needs an id or a domain, by which it is found again".into();
        return Err(SeedError::Content { place: place(), message });
    }
    let id = wanted.id.unwrap_or_else(|| TenantId::from_random_bytes(chance::bytes()));
    let new = NewTenant { id, name: wanted.name.clone(), domains: wanted.domains.clone() };
    let act = Act::of_console(app.clock.now());
    app.identity.create_tenant(&new, &act, &chance::object_id).await.map_err(failed)
}

async fn ensure_app(
    app: &App,
    tenant: &Tenant,
    wanted: &SeedApp,
    folder: &Path,
) -> Result<Option<SeededApp>, SeedError> {
    let place = || format!("application `{}` of tenant `{}`", wanted.name, tenant.name);
    let failed = |source| SeedError::Identity { place: place(), source };
    let credentials = SeedCredentials::read(wanted, folder)
        .map_err(|message| SeedError::Content { place: place(), message })?;
    let found = find(app, tenant, wanted).await.map_err(failed)?;
    let is_new = found.is_none();
    let application = match found {
        Some(application) => application,
        None => register(app, tenant, wanted).await.map_err(failed)?,
    };
    let key = ObjectKey::Object(application.object_id);
    let change = |application: &mut Application| {
        credentials.add_to(application).map_err(IdentityError::Invalid)?;
        add_permissions(application, wanted).map_err(IdentityError::Invalid)
    };
    let lacks = lacks_permissions(&application, wanted) || credentials.are_missing(&application);
    let application = if lacks {
        let act = Act::of_console(app.clock.now());
        app.identity.change_application(tenant.id, key, &act, change).await.map_err(failed)?
    } else {
        application
    };
    let made = ensure_secret(app, tenant, &application, wanted, is_new).await.map_err(failed)?;
    ensure_presence(app, tenant, &application, wanted.consent).await.map_err(failed)?;
    let tell = made.is_some() || (is_new && wanted.app_id.is_none());
    Ok(tell.then(|| SeededApp {
        tenant: tenant.id,
        name: wanted.name.clone(),
        app_id: application.app_id,
        secret: made,
    }))
}

async fn find(
    app: &App,
    tenant: &Tenant,
    wanted: &SeedApp,
) -> Result<Option<Application>, IdentityError> {
    let store = app.identity.store();
    if let Some(id) = wanted.app_id {
        return Ok(store.find_application(tenant.id, ObjectKey::App(id)).await?);
    }
    if let Some(id) = wanted.object_id {
        return Ok(store.find_application(tenant.id, ObjectKey::Object(id)).await?);
    }
    app.identity.application_named(tenant.id, &wanted.name).await
}

async fn register(
    app: &App,
    tenant: &Tenant,
    wanted: &SeedApp,
) -> Result<Application, IdentityError> {
    let object_id =
        wanted.object_id.unwrap_or_else(|| ObjectId::from_random_bytes(chance::bytes()));
    let app_id = wanted.app_id.unwrap_or_else(|| AppId::from_random_bytes(chance::bytes()));
    let now = app.clock.now();
    let mut application = Application::new(tenant.id, object_id, app_id, &wanted.name, now);
    application.redirect_uris.clone_from(&wanted.redirect_uris);
    if wanted.multi_tenant {
        application.audience = Audience::AnyTenant;
    }
    app.identity.register(&application, &Act::of_console(now)).await?;
    Ok(application)
}

/// Nothing to change is nothing to record: a seed is applied at every start.
fn lacks_permissions(application: &Application, wanted: &SeedApp) -> bool {
    let mut complete = application.clone();
    add_permissions(&mut complete, wanted).is_err() || complete != *application
}

fn add_permissions(application: &mut Application, wanted: &SeedApp) -> Result<(), String> {
    for permission in &wanted.permissions {
        let (resource, role) = resolve(permission)?;
        let role = RequiredRole { id: role, is_app_role: true };
        let asked = application.required_access.iter_mut().find(|one| one.resource == resource);
        match asked {
            Some(asked) if asked.roles.contains(&role) => {}
            Some(asked) => asked.roles.push(role),
            None => {
                let access = RequiredAccess { resource, roles: vec![role] };
                application.required_access.push(access);
            }
        }
    }
    Ok(())
}

/// `API name/Role.Value`, both without regard to case.
pub(crate) fn resolve(permission: &str) -> Result<(AppId, vakt_ids::RoleId), String> {
    let (api_name, value) = permission.rsplit_once('/').ok_or_else(|| {
        format!("permission `{permission}` is not `API/Role`, such as `Microsoft Graph/Directory.Read.All`")
    })?;
    let api = catalogue::all().iter().find(|api| api.display_name.eq_ignore_ascii_case(api_name));
    let api = api.ok_or_else(|| {
        let known: Vec<&str> = catalogue::all().iter().map(|api| api.display_name).collect();
        format!(
            "permission `{permission}`: there is no API `{api_name}`; known are {}",
            known.join(", ")
        )
    })?;
    let role = api.roles.iter().find(|role| role.value.eq_ignore_ascii_case(value));
    let role = role.ok_or_else(|| {
        let known: Vec<&str> = api.roles.iter().map(|role| role.value).collect();
        format!(
            "permission `{permission}`: {api_name} has no role `{value}`; it has {}",
            known.join(", ")
        )
    })?;
    Ok((api.app_id, role.id))
}

/// Adds the given secret unless a live one equals it; a new application without a given secret
/// gets one made, which is returned.
async fn ensure_secret(
    app: &App,
    tenant: &Tenant,
    application: &Application,
    wanted: &SeedApp,
    is_new: bool,
) -> Result<Option<SecretString>, IdentityError> {
    let now = app.clock.now();
    let value = match (&wanted.secret, is_new) {
        (Some(given), _) => {
            let known =
                |kept: &&vakt_identity::SecretCredential| kept.is_live(now) && kept.matches(given);
            if application.secrets.iter().any(|kept| known(&kept)) {
                return Ok(None);
            }
            warn_if_short(given, &wanted.name);
            given.clone()
        }
        (None, false) => return Ok(None),
        (None, true) => NewSecret::value_from(chance::bytes()),
    };
    let new = NewSecret {
        key_id: KeyId::from_random_bytes(chance::bytes()),
        salt: chance::bytes(),
        value: value.clone(),
        description: Some("seed".into()),
        starts_at: None,
        expires_at: None,
    };
    let key = ObjectKey::Object(application.object_id);
    app.identity.add_secret(tenant.id, key, &new, &Act::of_console(now)).await?;
    Ok(wanted.secret.is_none().then_some(value))
}

fn warn_if_short(secret: &SecretString, name: &str) {
    if secret.expose_secret().chars().count() < SECRET_LENGTH_ADVISED_CHARS {
        tracing::warn!(
            app = name,
            "the seed's secret is short enough to be guessed; use it in tests only"
        );
    }
}

/// A service principal always, and the permissions when consent is wanted.
async fn ensure_presence(
    app: &App,
    tenant: &Tenant,
    application: &Application,
    consent: bool,
) -> Result<(), IdentityError> {
    let (app_id, act) = (application.app_id, Act::of_console(app.clock.now()));
    if consent {
        app.identity.consent(tenant.id, app_id, &act, &chance::object_id).await?;
        return Ok(());
    }
    let key = ObjectKey::App(app_id);
    if app.identity.store().find_service_principal(tenant.id, key).await?.is_none() {
        let id = chance::object_id();
        app.identity.create_service_principal(tenant.id, app_id, id, &act).await?;
    }
    Ok(())
}

async fn import(app: &App, tenant: &Tenant, path: &Path) -> Result<u64, SeedError> {
    let place = || format!("incidents file `{}`", path.display());
    let content = |message| SeedError::Content { place: place(), message };
    let file = std::fs::File::open(path)
        .map_err(|source| SeedError::ReadIncidents { path: path.to_owned(), source })?;
    let problem = |problem: FileProblem| content(problem.to_string());
    let file = IncidentFile::open(std::io::BufReader::new(file)).map_err(problem)?;
    let values = file.collect::<Result<Vec<_>, _>>().map_err(problem)?;
    let (incidents, answer) = defender::read_incidents(values, app.clock.now());
    if let Some(refused) = answer.refused.first() {
        return Err(content(format!("incident {}: {}", refused.index, refused.reason)));
    }
    let mut stored = 0;
    for step in incidents.chunks(INCIDENTS_PER_STEP_MAX) {
        let outcomes = app.incidents.import(tenant.id, step, None).await?;
        let changed = outcomes.iter().filter(|one| **one != vakt_incidents::Outcome::Unchanged);
        stored += changed.count() as u64;
    }
    Ok(stored)
}
