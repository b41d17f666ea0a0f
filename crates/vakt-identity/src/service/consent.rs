//! Consent to everything an application asks for, at once: what an administrator's click does.

use vakt_ids::{AppId, AssignmentId, ObjectId, TenantId};

use super::Identity;
use super::principals::{assignment, granted};
use crate::audit::{Act, Activity, DirectoryEvent, Target};
use crate::consent::RoleAssignment;
use crate::directory::ObjectKey;
use crate::error::IdentityError;
use crate::service_principal::ServicePrincipal;

impl Identity {
    /// Makes the client's service principal and those of its resources where they are missing,
    /// and grants each app role asked for that is not granted yet. Returns the new grants.
    pub async fn consent(
        &self,
        tenant: TenantId,
        app: AppId,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<Vec<RoleAssignment>, IdentityError> {
        let found = self.store.find_application_anywhere(app).await?;
        let application = found.ok_or_else(|| IdentityError::not_found("application", app))?;
        let client = self.ensure_principal(tenant, app, act, new_id).await?;
        let held = self.store.assignments_of(tenant, client.object_id).await?;
        let mut fresh = Vec::new();
        let target = Target::principal(&client);
        let mut events = vec![DirectoryEvent::done(Some(tenant), act, Activity::Consent, target)];
        for access in &application.required_access {
            let resource = self.ensure_principal(tenant, access.resource, act, new_id).await?;
            for asked in access.roles.iter().filter(|asked| asked.is_app_role) {
                let same = |one: &RoleAssignment| {
                    one.resource == resource.object_id && one.role == asked.id
                };
                if resource.role(asked.id).is_none() {
                    return Err(IdentityError::not_found("app role", asked.id));
                }
                if !held.iter().chain(&fresh).any(same) {
                    let id = AssignmentId::from_uuid(new_id().as_uuid());
                    fresh.push(assignment(&client, &resource, asked.id, (id, act.at)));
                    events.push(granted(&client, &resource, asked.id, act));
                }
            }
        }
        if !fresh.is_empty() {
            self.store.insert_assignments(&fresh, &events).await?;
        }
        Ok(fresh)
    }

    async fn ensure_principal(
        &self,
        tenant: TenantId,
        app: AppId,
        act: &Act,
        new_id: &(dyn Fn() -> ObjectId + Sync),
    ) -> Result<ServicePrincipal, IdentityError> {
        match self.store.find_service_principal(tenant, ObjectKey::App(app)).await? {
            Some(principal) => Ok(principal),
            None => self.create_service_principal(tenant, app, new_id(), act).await,
        }
    }
}
