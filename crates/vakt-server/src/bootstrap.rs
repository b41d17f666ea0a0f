//! Making a data folder ready for its first administrator, which is an application: administration
//! itself runs without a user.

use std::path::PathBuf;

use secrecy::SecretString;
use vakt_identity::audit::Act;
use vakt_identity::people::{NewPerson, PersonRole, StoredPassword, one_time_password};
use vakt_identity::{IdentityError, NewTenant, Tenant};
use vakt_ids::{AppId, TenantId};

use crate::administration::{self, Authority};
use crate::app::App;
use crate::chance;
use crate::open::open_app;
use crate::options::ServeOptions;
use crate::start_error::StartError;

/// What to make.
#[derive(Debug, Clone)]
pub struct InitOptions {
    /// Data folder, seed and names, as `serve` will use them.
    pub serve: ServeOptions,
    /// Name of the first tenant.
    pub tenant_name: String,
    /// Its domain.
    pub domain: String,
    /// User name of the first person; that of `admin` in the domain if absent.
    pub administrator: Option<String>,
}

/// What was made.
#[derive(Debug)]
pub struct Bootstrapped {
    /// The first tenant.
    pub tenant: TenantId,
    /// Its name.
    pub tenant_name: String,
    /// The administrator's application.
    pub app_id: AppId,
    /// A new secret of it; it is nowhere else.
    pub secret: SecretString,
    /// The first person, if there was none.
    pub person: Option<FirstPerson>,
    /// The local CA's certificate.
    pub ca: Option<PathBuf>,
}

/// A person who can sign in and make others.
#[derive(Debug)]
pub struct FirstPerson {
    /// User name.
    pub user_name: String,
    /// Password for the first sign-in, at which another must be chosen; it is nowhere else.
    pub one_time_password: SecretString,
}

/// Makes (or completes) a data folder. Called again it only adds a new administrator's secret.
pub async fn bootstrap(options: &InitOptions) -> Result<Bootstrapped, StartError> {
    let opened = open_app(&options.serve).await?;
    let turn = opened.store.starting().await?;
    let app = &opened.app;
    let tenant = ensure_tenant(app, options).await?;
    let act = Act::of_console(app.clock.now());
    // The first tenant's administrators operate the server.
    let (name, authority) = (administration::NAME, Authority::Server);
    let application = administration::ensure(app, &tenant, name, authority, &act).await?;
    let (_, secret) = administration::add_secret(app, &application, "vakt init", &act).await?;
    let person = ensure_person(app, &tenant, options.administrator.as_deref()).await?;
    let bootstrapped = Bootstrapped {
        person,
        tenant: tenant.id,
        tenant_name: tenant.name,
        app_id: application.app_id,
        secret,
        ca: opened.ca.clone(),
    };
    drop(turn);
    opened.close().await;
    Ok(bootstrapped)
}

async fn ensure_tenant(app: &App, options: &InitOptions) -> Result<Tenant, IdentityError> {
    if let Some(first) = app.identity.store().tenants().await?.into_iter().next() {
        return Ok(first);
    }
    let new = NewTenant {
        id: TenantId::from_random_bytes(chance::bytes()),
        name: options.tenant_name.clone(),
        domains: vec![options.domain.clone()],
    };
    app.identity.create_tenant(&new, &Act::of_console(app.clock.now()), &chance::object_id).await
}

/// The first Global Administrator, if the tenant has no people yet.
async fn ensure_person(
    app: &App,
    tenant: &Tenant,
    user_name: Option<&str>,
) -> Result<Option<FirstPerson>, StartError> {
    if !app.identity.people(tenant.id).await?.is_empty() {
        return Ok(None);
    }
    let made_up = || tenant.default_domain().map(|domain| format!("admin@{domain}"));
    let Some(user_name) = user_name.map(str::to_owned).or_else(made_up) else { return Ok(None) };
    let one_time_password = one_time_password(chance::bytes());
    let hashed = StoredPassword::of(&one_time_password, chance::bytes());
    let password = hashed.map_err(|fault| IdentityError::Invalid(fault.to_string()))?;
    let new = NewPerson {
        object_id: chance::object_id(),
        user_name,
        display_name: "Administrator".into(),
        role: PersonRole::GlobalAdministrator,
        password,
        must_change_password: true,
    };
    let act = Act::of_console(app.clock.now());
    let person = app.identity.add_person(tenant.id, &new, &act).await?;
    Ok(Some(FirstPerson { user_name: person.user_name, one_time_password }))
}
