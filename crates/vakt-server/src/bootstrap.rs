//! Making a data folder ready for its first administrator, which is an application: administration
//! itself runs without a user.

use std::path::PathBuf;

use secrecy::SecretString;
use vakt_identity::audit::Act;
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
    /// The local CA's certificate.
    pub ca: Option<PathBuf>,
}

/// Makes (or completes) a data folder. Called again it only adds a new administrator's secret.
pub async fn bootstrap(options: &InitOptions) -> Result<Bootstrapped, StartError> {
    let opened = open_app(&options.serve).await?;
    let app = &opened.app;
    let tenant = ensure_tenant(app, options).await?;
    let act = Act::of_console(app.clock.now());
    // The first tenant's administrators operate the server.
    let (name, authority) = (administration::NAME, Authority::Server);
    let application = administration::ensure(app, &tenant, name, authority, &act).await?;
    let (_, secret) = administration::add_secret(app, &application, "vakt init", &act).await?;
    let bootstrapped = Bootstrapped {
        tenant: tenant.id,
        tenant_name: tenant.name,
        app_id: application.app_id,
        secret,
        ca: opened.ca.clone(),
    };
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
