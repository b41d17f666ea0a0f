//! Service principals and the roles granted to them.

use jiff::Timestamp;
use vakt_ids::{AppId, AssignmentId, ObjectId, RoleId, TenantId};

use super::Identity;
use super::tenants::first_party_principal;
use crate::application::{Application, Audience};
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
        now: Timestamp,
    ) -> Result<ServicePrincipal, IdentityError> {
        let principal = self.new_service_principal(tenant, app, object_id, now).await?;
        self.store.insert_service_principal(&principal).await?;
        Ok(principal)
    }

    /// The same, from the start without tokens.
    pub async fn create_disabled_service_principal(
        &self,
        tenant: TenantId,
        app: AppId,
        object_id: ObjectId,
        now: Timestamp,
    ) -> Result<ServicePrincipal, IdentityError> {
        let mut principal = self.new_service_principal(tenant, app, object_id, now).await?;
        principal.is_enabled = false;
        self.store.insert_service_principal(&principal).await?;
        Ok(principal)
    }

    async fn new_service_principal(
        &self,
        tenant: TenantId,
        app: AppId,
        object_id: ObjectId,
        now: Timestamp,
    ) -> Result<ServicePrincipal, IdentityError> {
        Ok(match catalogue::find(app) {
            Some(api) => first_party_principal(tenant, api, object_id, now),
            None => of_application(tenant, &self.offered(tenant, app).await?, object_id, now),
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
        change: impl FnOnce(&mut ServicePrincipal) + Send,
    ) -> Result<ServicePrincipal, IdentityError> {
        let change = |principal: &mut ServicePrincipal| {
            change(principal);
            Ok(())
        };
        let changed = self.store.change_service_principal(tenant, key, Box::new(change)).await?;
        changed.ok_or_else(|| IdentityError::not_found("service principal", key.text()))
    }

    /// Removes a service principal; its application stays.
    pub async fn delete_service_principal(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<(), IdentityError> {
        let principal = self.service_principal(tenant, key).await?;
        if catalogue::find(principal.app_id).is_some() {
            return Err(IdentityError::Invalid(format!(
                "the service principal of `{}` belongs to the platform and stays; disable it instead",
                principal.display_name
            )));
        }
        if self.store.delete_service_principal(tenant, principal.object_id).await? {
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
        fresh: (AssignmentId, Timestamp),
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
        let assignment = assignment(&client, &resource, role, fresh);
        self.store.insert_assignments(std::slice::from_ref(&assignment)).await?;
        Ok(assignment)
    }

    /// Takes a grant back.
    pub async fn revoke(&self, tenant: TenantId, id: AssignmentId) -> Result<(), IdentityError> {
        if self.store.delete_assignment(tenant, id).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("app role assignment", id))
    }
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

fn of_application(
    tenant: TenantId,
    application: &Application,
    object_id: ObjectId,
    now: Timestamp,
) -> ServicePrincipal {
    ServicePrincipal {
        tenant,
        object_id,
        app_id: application.app_id,
        owner: application.tenant,
        display_name: application.display_name.clone(),
        is_enabled: true,
        assignment_required: false,
        names: application.names(),
        app_roles: application.app_roles.clone(),
        tags: application.tags.clone(),
        created_at: now,
    }
}
