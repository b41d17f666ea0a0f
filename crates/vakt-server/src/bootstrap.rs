//! Making a data folder ready for its first administrator, which is an application: administration
//! itself runs without a user.

use std::path::PathBuf;

use secrecy::SecretString;
use vakt_identity::audit::Act;
use vakt_identity::{
    Application, IdentityError, NewSecret, NewTenant, ObjectKey, RequiredAccess, RequiredRole,
    Tenant,
};
use vakt_ids::{AppId, KeyId, ObjectId, TenantId};

use crate::app::App;
use crate::chance;
use crate::open::open_app;
use crate::options::ServeOptions;
use crate::start_error::StartError;

/// Name of the administrator's application.
const ADMINISTRATION_NAME: &str = "Vakt administration";
/// What it may do.
const ADMINISTRATION_PERMISSIONS: &[&str] = &[
    "Microsoft Graph/Application.ReadWrite.All",
    "Microsoft Graph/AppRoleAssignment.ReadWrite.All",
    "Microsoft Graph/Directory.Read.All",
    "Microsoft Threat Protection/Incident.ReadWrite.All",
    "Microsoft Threat Protection/AdvancedHunting.Read.All",
];

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
    let application = match app.identity.application_named(tenant.id, ADMINISTRATION_NAME).await? {
        Some(application) => application,
        None => register(app, &tenant).await?,
    };
    let act = Act::of_console(app.clock.now());
    app.identity.consent(tenant.id, application.app_id, &act, &chance::object_id).await?;
    let secret = add_secret(app, &application).await?;
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

async fn register(app: &App, tenant: &Tenant) -> Result<Application, IdentityError> {
    let object_id = ObjectId::from_random_bytes(chance::bytes());
    let app_id = AppId::from_random_bytes(chance::bytes());
    let now = app.clock.now();
    let mut application = Application::new(tenant.id, object_id, app_id, ADMINISTRATION_NAME, now);
    for permission in ADMINISTRATION_PERMISSIONS {
        let (resource, id) = crate::seed::resolve(permission).map_err(IdentityError::Invalid)?;
        let role = RequiredRole { id, is_app_role: true };
        application.required_access.push(RequiredAccess { resource, roles: vec![role] });
    }
    app.identity.register(&application, &Act::of_console(now)).await?;
    Ok(application)
}

async fn add_secret(app: &App, application: &Application) -> Result<SecretString, IdentityError> {
    let new = NewSecret {
        key_id: KeyId::from_random_bytes(chance::bytes()),
        salt: chance::bytes(),
        value: NewSecret::value_from(chance::bytes()),
        description: Some("vakt init".into()),
        starts_at: None,
        expires_at: None,
    };
    let key = ObjectKey::Object(application.object_id);
    let act = Act::of_console(app.clock.now());
    app.identity.add_secret(application.tenant, key, &new, &act).await?;
    Ok(new.value)
}
