//! Service principals and the roles granted to them.

use jiff::Timestamp;
use vakt_ids::{AppId, AssignmentId, ObjectId, RoleId, TenantId};

use super::Identity;
use super::tenants::first_party_principal;
use crate::application::{Application, ApplicationFault, Audience, check_certificates};
use crate::audit::{
    Act, Activity, ChangedProperty, DirectoryEvent, Target, TargetKind, differences,
};
use crate::catalogue;
use crate::consent::RoleAssignment;
use crate::directory::ObjectKey;
use crate::error::IdentityError;
use crate::service_principal::ServicePrincipal;

impl Identity {
    /// The service principal, or [`IdentityError::NotFound`].
    pub async fn service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<ServicePrincipal, IdentityError> {
        let found = self.store.find_service_principal(tenant, key).await?;
        found.ok_or_else(|| IdentityError::not_found("service principal", key.text()))
    }

    /// Gives an application a presence in a tenant: its own, or one it is offered to.
    pub async fn create_service_principal(
        &self,
        tenant: TenantId,
        app: AppId,
        object_id: ObjectId,
        act: &Act,
    ) -> Result<ServicePrincipal, IdentityError> {
        let principal = self.new_service_principal(tenant, app, object_id, act.at).await?;
        let event = about(&principal, act, Activity::AddServicePrincipal);
        self.store.insert_service_principal(&principal, &[event]).await?;
        Ok(principal)
    }

    /// The same, shaped before anybody sees it: disabled, tagged, owned.
    pub async fn create_service_principal_with(
        &self,
        tenant: TenantId,
        app: AppId,
        object_id: ObjectId,
        act: &Act,
        shape: impl FnOnce(&mut ServicePrincipal) -> Result<(), IdentityError> + Send,
    ) -> Result<ServicePrincipal, IdentityError> {
        let mut principal = self.new_service_principal(tenant, app, object_id, act.at).await?;
        let named = principal.display_name.clone();
        shape(&mut principal)?;
        principal.display_name = named;
        check(&principal)?;
        let event = about(&principal, act, Activity::AddServicePrincipal);
        self.store.insert_service_principal(&principal, &[event]).await?;
        self.service_principal(tenant, ObjectKey::Object(object_id)).await
    }

    pub(super) async fn new_service_principal(
        &self,
        tenant: TenantId,
        app: AppId,
        object_id: ObjectId,
        now: Timestamp,
    ) -> Result<ServicePrincipal, IdentityError> {
        Ok(match catalogue::find(app) {
            Some(api) => first_party_principal(tenant, api, object_id, now),
            None => {
                let application = self.offered(tenant, app).await?;
                ServicePrincipal::of_application(tenant, object_id, &application, now)
            }
        })
    }

    async fn offered(&self, tenant: TenantId, app: AppId) -> Result<Application, IdentityError> {
        let found = self.store.find_application_anywhere(app).await?;
        let usable = |application: &Application| {
            application.tenant == tenant || application.audience == Audience::AnyTenant
        };
        found.filter(usable).ok_or_else(|| IdentityError::not_found("application", app))
    }

    /// Changes a service principal by a function over its present state. Changes made side by side
    /// follow one another: none is lost.
    pub async fn change_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        act: &Act,
        change: impl FnOnce(&mut ServicePrincipal) -> Result<(), IdentityError> + Send,
    ) -> Result<ServicePrincipal, IdentityError> {
        let change = |principal: &mut ServicePrincipal| {
            let before = principal.clone();
            change(principal)?;
            check(principal)?;
            let changes = differences::of_principals(&before, principal);
            let activity = if before.secrets != principal.secrets
                || before.certificates != principal.certificates
            {
                Activity::ChangePrincipalCredentials
            } else {
                Activity::UpdateServicePrincipal
            };
            Ok(vec![about(principal, act, activity).changing(changes)])
        };
        let changed = self.store.change_service_principal(tenant, key, Box::new(change)).await?;
        changed.ok_or_else(|| IdentityError::not_found("service principal", key.text()))
    }

    /// Deletes a service principal; its application stays. For a while it can be restored.
    pub async fn delete_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let principal = self.service_principal(tenant, key).await?;
        if catalogue::find(principal.app_id).is_some() {
            return Err(IdentityError::Invalid(format!(
                "the service principal of `{}` belongs to the platform and stays; disable it instead",
                principal.display_name
            )));
        }
        let event = about(&principal, act, Activity::DeleteServicePrincipal);
        let object = principal.object_id;
        if self.store.delete_service_principal(tenant, object, act.at, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("service principal", key.text()))
    }

    /// Grants one role: consent, by hand.
    pub async fn grant(
        &self,
        tenant: TenantId,
        principal: ObjectId,
        resource: ObjectId,
        role: RoleId,
        (id, act): (AssignmentId, &Act),
    ) -> Result<RoleAssignment, IdentityError> {
        let client = self.service_principal(tenant, ObjectKey::Object(principal)).await?;
        let resource = self.service_principal(tenant, ObjectKey::Object(resource)).await?;
        if !resource.role(role).is_some_and(|role| role.is_enabled) {
            return Err(IdentityError::Invalid(format!(
                "Permission `{role}` is not an enabled app role of `{}`",
                resource.display_name
            )));
        }
        let held = self.store.assignments_of(tenant, client.object_id).await?;
        if held.iter().any(|one| one.resource == resource.object_id && one.role == role) {
            return Err(IdentityError::AlreadyGranted);
        }
        let assignment = assignment(&client, &resource, role, (id, act.at));
        let event = granted(&client, &resource, role, act);
        self.store.insert_assignments(std::slice::from_ref(&assignment), &[event]).await?;
        Ok(assignment)
    }

    /// The roles of an API that a client holds at this moment, whatever its tokens say; none if the
    /// client is disabled or gone.
    pub async fn roles_held(
        &self,
        tenant: TenantId,
        client: ObjectId,
        api: AppId,
    ) -> Result<Vec<String>, IdentityError> {
        let client = self.store.find_service_principal(tenant, ObjectKey::Object(client)).await?;
        let resource = self.store.find_service_principal(tenant, ObjectKey::App(api)).await?;
        let (Some(client), Some(resource)) = (client.filter(|one| one.is_enabled), resource) else {
            return Ok(Vec::new());
        };
        let held = self.store.assignments_of(tenant, client.object_id).await?;
        let on_it = held.iter().filter(|one| one.resource == resource.object_id);
        let roles = on_it.filter_map(|one| resource.role(one.role)).filter(|role| role.is_enabled);
        Ok(roles.map(|role| role.value.clone()).collect())
    }

    /// Takes a grant back.
    pub async fn revoke(
        &self,
        tenant: TenantId,
        granted: &RoleAssignment,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let target = |id: ObjectId, name: &String| Target {
            kind: TargetKind::ServicePrincipal,
            id: id.to_string(),
            name: name.clone(),
        };
        let (client, resource) = (&granted.principal_name, &granted.resource_name);
        let client = target(granted.principal, client);
        let event = DirectoryEvent::done(Some(tenant), act, Activity::RevokeRole, client)
            .and(target(granted.resource, resource))
            .changing(vec![ChangedProperty::removed("AppRole.Id", granted.role)]);
        if self.store.delete_assignment(tenant, granted.id, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("app role assignment", granted.id))
    }
}

/// Checks what a caller may have got wrong.
fn check(principal: &ServicePrincipal) -> Result<(), IdentityError> {
    if principal.display_name.trim().is_empty() {
        return Err(ApplicationFault::NoName.into());
    }
    check_certificates(&principal.certificates)?;
    let has_credentials = !principal.secrets.is_empty() || !principal.certificates.is_empty();
    if has_credentials && catalogue::find(principal.app_id).is_some() {
        return Err(IdentityError::Invalid(format!(
            "`{}` is an API of the platform and can be no client; give the secret or certificate \
             to an application of your own",
            principal.display_name
        )));
    }
    Ok(())
}

fn about(principal: &ServicePrincipal, act: &Act, activity: Activity) -> DirectoryEvent {
    let target = Target::principal(principal);
    DirectoryEvent::done(Some(principal.tenant), act, activity, target)
}

/// The record of one granted role.
pub(super) fn granted(
    client: &ServicePrincipal,
    resource: &ServicePrincipal,
    role: RoleId,
    act: &Act,
) -> DirectoryEvent {
    let value = resource.role(role).map(|role| role.value.clone());
    let mut changes = vec![ChangedProperty::added("AppRole.Id", role)];
    changes.extend(value.map(|value| ChangedProperty::added("AppRole.Value", value)));
    about(client, act, Activity::GrantRole).and(Target::principal(resource)).changing(changes)
}

pub(super) fn assignment(
    client: &ServicePrincipal,
    resource: &ServicePrincipal,
    role: RoleId,
    (id, created_at): (AssignmentId, Timestamp),
) -> RoleAssignment {
    RoleAssignment {
        tenant: client.tenant,
        id,
        principal: client.object_id,
        principal_name: client.display_name.clone(),
        resource: resource.object_id,
        resource_name: resource.display_name.clone(),
        role,
        created_at,
    }
}
