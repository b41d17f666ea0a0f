//! The application by which a tenant is administered: administration itself runs without a user.

use secrecy::SecretString;
use vakt_identity::audit::Act;
use vakt_identity::{
    Application, IdentityError, NewSecret, ObjectKey, RequiredAccess, RequiredRole,
    SecretCredential, Tenant,
};
use vakt_ids::{AppId, KeyId, ObjectId};

use crate::app::App;
use crate::chance;
use crate::seed::resolve;

/// Its name, unless another is asked for.
pub(crate) const NAME: &str = "Vakt administration";
/// What it may do in its tenant.
const PERMISSIONS: &[&str] = &[
    "Microsoft Graph/Application.ReadWrite.All",
    "Microsoft Graph/AppRoleAssignment.ReadWrite.All",
    "Microsoft Graph/Directory.Read.All",
    "Microsoft Threat Protection/Incident.ReadWrite.All",
    "Microsoft Threat Protection/AdvancedHunting.Read.All",
    "WindowsDefenderATP/Alert.ReadWrite.All",
    "WindowsDefenderATP/Machine.ReadWrite.All",
    "WindowsDefenderATP/Ti.ReadWrite.All",
    "Vakt/Audit.Read.All",
    "Vakt/Person.ReadWrite.All",
    "Vakt/Fault.ReadWrite.All",
];
/// What the operator's may do besides.
const OPERATOR_PERMISSIONS: &[&str] =
    &["Vakt/Tenant.ReadWrite.All", "Vakt/Key.ReadWrite.All", "Vakt/ServerAudit.Read.All"];

/// Over what an administrator's application has a say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Authority {
    /// Its tenant.
    Tenant,
    /// Its tenant and the server.
    Server,
}

/// The application of this name, registered if it is missing, with all its permissions granted.
pub(crate) async fn ensure(
    app: &App,
    tenant: &Tenant,
    name: &str,
    authority: Authority,
    act: &Act,
) -> Result<Application, IdentityError> {
    let found = app.identity.application_named(tenant.id, name).await?;
    let application = match found {
        Some(found) if is_complete(&found, authority)? => found,
        Some(found) => {
            let key = ObjectKey::Object(found.object_id);
            let change = |application: &mut Application| complete(application, authority);
            app.identity.change_application(tenant.id, key, act, change).await?
        }
        None => register(app, tenant, name, authority, act).await?,
    };
    app.identity.consent(tenant.id, application.app_id, act, &chance::object_id).await?;
    Ok(application)
}

async fn register(
    app: &App,
    tenant: &Tenant,
    name: &str,
    authority: Authority,
    act: &Act,
) -> Result<Application, IdentityError> {
    let object_id = ObjectId::from_random_bytes(chance::bytes());
    let app_id = AppId::from_random_bytes(chance::bytes());
    let mut application = Application::new(tenant.id, object_id, app_id, name, act.at);
    complete(&mut application, authority)?;
    app.identity.register(&application, act).await?;
    Ok(application)
}

/// Nothing to change is nothing to record.
fn is_complete(application: &Application, authority: Authority) -> Result<bool, IdentityError> {
    let mut completed = application.clone();
    complete(&mut completed, authority)?;
    Ok(completed == *application)
}

/// Lets the application ask for what it lacks.
fn complete(application: &mut Application, authority: Authority) -> Result<(), IdentityError> {
    let more = match authority {
        Authority::Tenant => &[][..],
        Authority::Server => OPERATOR_PERMISSIONS,
    };
    for permission in PERMISSIONS.iter().chain(more) {
        let (resource, id) = resolve(permission).map_err(IdentityError::Invalid)?;
        let role = RequiredRole { id, is_app_role: true };
        match application.required_access.iter_mut().find(|one| one.resource == resource) {
            Some(asked) if asked.roles.contains(&role) => {}
            Some(asked) => asked.roles.push(role),
            None => {
                application.required_access.push(RequiredAccess { resource, roles: vec![role] });
            }
        }
    }
    Ok(())
}

/// Gives it one more secret, whose value is nowhere else.
pub(crate) async fn add_secret(
    app: &App,
    application: &Application,
    description: &str,
    act: &Act,
) -> Result<(SecretCredential, SecretString), IdentityError> {
    let new = NewSecret {
        key_id: KeyId::from_random_bytes(chance::bytes()),
        salt: chance::bytes(),
        value: NewSecret::value_from(chance::bytes()),
        description: Some(description.into()),
        starts_at: None,
        expires_at: None,
    };
    let key = ObjectKey::Object(application.object_id);
    let secret = app.identity.add_secret(application.tenant, key, &new, act).await?;
    Ok((secret, new.value))
}
