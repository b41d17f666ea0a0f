//! Deleted objects: everything about them, so that they can come back as they were.

use serde::{Deserialize, Serialize};
use vakt_identity::{Application, PermissionGrant, RoleAssignment, ServicePrincipal};
use vakt_ids::{AppId, AssignmentId, GrantId, ObjectId, RoleId, TenantId};

use super::application::StoredApplication;
use super::credential::StoredSecret;
use super::principal::StoredPrincipal;
use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredObject),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum StoredObject {
    Application(FormerApplication),
    ServicePrincipal(FormerPrincipal),
}

#[derive(Serialize, Deserialize)]
struct FormerApplication {
    tenant: TenantId,
    object_id: ObjectId,
    app_id: AppId,
    display_name: String,
    created_at: i64,
    rest: StoredApplication,
    secrets: Vec<StoredSecret>,
}

#[derive(Serialize, Deserialize)]
struct FormerPrincipal {
    tenant: TenantId,
    object_id: ObjectId,
    app_id: AppId,
    owner: TenantId,
    display_name: String,
    is_enabled: bool,
    assignment_required: bool,
    created_at: i64,
    rest: StoredPrincipal,
    grants: Vec<StoredGrant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    delegated: Vec<StoredDelegation>,
}

#[derive(Serialize, Deserialize)]
struct StoredGrant {
    id: AssignmentId,
    principal: ObjectId,
    principal_name: String,
    resource: ObjectId,
    resource_name: String,
    role: RoleId,
    created_at: i64,
}

#[derive(Serialize, Deserialize)]
struct StoredDelegation {
    id: GrantId,
    client: ObjectId,
    resource: ObjectId,
    scope: String,
    created_at: i64,
}

/// A deleted object with all that belongs to it.
pub(crate) enum Former {
    /// A registration.
    Application(Application),
    /// A presence.
    ServicePrincipal(ServicePrincipal, Held),
}

/// What a presence held, and what was held on it.
#[derive(Default)]
pub(crate) struct Held {
    /// Roles.
    pub roles: Vec<RoleAssignment>,
    /// Delegated permissions.
    pub delegated: Vec<PermissionGrant>,
}

/// The document of a deleted object.
pub(crate) fn write_former(former: &Former) -> Result<String, BadDocument> {
    let object = match former {
        Former::Application(application) => StoredObject::Application(FormerApplication {
            tenant: application.tenant,
            object_id: application.object_id,
            app_id: application.app_id,
            display_name: application.display_name.clone(),
            created_at: ticks(application.created_at),
            rest: StoredApplication::of(application),
            secrets: application.secrets.iter().map(StoredSecret::of).collect(),
        }),
        Former::ServicePrincipal(principal, held) => {
            StoredObject::ServicePrincipal(FormerPrincipal {
                tenant: principal.tenant,
                object_id: principal.object_id,
                app_id: principal.app_id,
                owner: principal.owner,
                display_name: principal.display_name.clone(),
                is_enabled: principal.is_enabled,
                assignment_required: principal.assignment_required,
                created_at: ticks(principal.created_at),
                rest: StoredPrincipal::of(principal),
                grants: held.roles.iter().map(StoredGrant::of).collect(),
                delegated: held.delegated.iter().map(StoredDelegation::of).collect(),
            })
        }
    };
    Ok(serde_json::to_string(&Document::V1(object))?)
}

/// Reads a document.
pub(crate) fn read_former(text: &str) -> Result<Former, BadDocument> {
    let Document::V1(object) = serde_json::from_str(text)?;
    match object {
        StoredObject::Application(former) => former.into_application().map(Former::Application),
        StoredObject::ServicePrincipal(former) => former.into_principal(),
    }
}

impl FormerApplication {
    fn into_application(self) -> Result<Application, BadDocument> {
        let created_at = from_ticks(self.created_at);
        let mut application = Application::new(
            self.tenant,
            self.object_id,
            self.app_id,
            &self.display_name,
            created_at,
        );
        self.rest.fill(&mut application)?;
        let secrets = self.secrets.into_iter().map(StoredSecret::into_secret);
        application.secrets = secrets.collect::<Result<_, _>>()?;
        Ok(application)
    }
}

impl FormerPrincipal {
    fn into_principal(self) -> Result<Former, BadDocument> {
        let (app, created_at) = ((self.app_id, self.owner), from_ticks(self.created_at));
        let mut principal =
            ServicePrincipal::new(self.tenant, self.object_id, app, &self.display_name, created_at);
        principal.is_enabled = self.is_enabled;
        principal.assignment_required = self.assignment_required;
        self.rest.fill(&mut principal)?;
        let tenant = self.tenant;
        let held = Held {
            roles: self.grants.into_iter().map(|grant| grant.into_grant(tenant)).collect(),
            delegated: self.delegated.into_iter().map(|grant| grant.into_grant(tenant)).collect(),
        };
        Ok(Former::ServicePrincipal(principal, held))
    }
}

impl StoredGrant {
    fn of(grant: &RoleAssignment) -> Self {
        Self {
            id: grant.id,
            principal: grant.principal,
            principal_name: grant.principal_name.clone(),
            resource: grant.resource,
            resource_name: grant.resource_name.clone(),
            role: grant.role,
            created_at: ticks(grant.created_at),
        }
    }

    fn into_grant(self, tenant: TenantId) -> RoleAssignment {
        RoleAssignment {
            tenant,
            id: self.id,
            principal: self.principal,
            principal_name: self.principal_name,
            resource: self.resource,
            resource_name: self.resource_name,
            role: self.role,
            created_at: from_ticks(self.created_at),
        }
    }
}

impl StoredDelegation {
    fn of(grant: &PermissionGrant) -> Self {
        Self {
            id: grant.id,
            client: grant.client,
            resource: grant.resource,
            scope: grant.scope.clone(),
            created_at: ticks(grant.created_at),
        }
    }

    fn into_grant(self, tenant: TenantId) -> PermissionGrant {
        PermissionGrant {
            tenant,
            id: self.id,
            client: self.client,
            resource: self.resource,
            scope: self.scope,
            created_at: from_ticks(self.created_at),
        }
    }
}
