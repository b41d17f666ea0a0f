//! Applications: what is not searched.

use serde::{Deserialize, Serialize};
use vakt_identity::{AppRole, Application, Audience, RequiredAccess, RequiredRole};
use vakt_ids::{AppId, RoleId};

use super::BadDocument;

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredApplication),
}

/// Version 1.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredApplication {
    any_tenant: bool,
    identifier_uris: Vec<String>,
    wants_v2_tokens: bool,
    app_roles: Vec<StoredRole>,
    required_access: Vec<StoredAccess>,
    redirect_uris: Vec<String>,
    tags: Vec<String>,
    notes: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredRole {
    id: RoleId,
    value: String,
    display_name: String,
    description: String,
    is_enabled: bool,
}

#[derive(Serialize, Deserialize)]
struct StoredAccess {
    resource: AppId,
    roles: Vec<(RoleId, bool)>,
}

/// The document of an application.
pub(crate) fn write_application(application: &Application) -> Result<String, BadDocument> {
    let access = |access: &RequiredAccess| StoredAccess {
        resource: access.resource,
        roles: access.roles.iter().map(|role| (role.id, role.is_app_role)).collect(),
    };
    Ok(serde_json::to_string(&Document::V1(StoredApplication {
        any_tenant: application.audience == Audience::AnyTenant,
        identifier_uris: application.identifier_uris.clone(),
        wants_v2_tokens: application.wants_v2_tokens,
        app_roles: application.app_roles.iter().map(StoredRole::of).collect(),
        required_access: application.required_access.iter().map(access).collect(),
        redirect_uris: application.redirect_uris.clone(),
        tags: application.tags.clone(),
        notes: application.notes.clone(),
    }))?)
}

/// Reads a document.
pub(crate) fn read_application(text: &str) -> Result<StoredApplication, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(text)?;
    Ok(stored)
}

impl StoredApplication {
    /// Puts the document's part into an application.
    pub(crate) fn fill(self, application: &mut Application) {
        let access = |access: StoredAccess| RequiredAccess {
            resource: access.resource,
            roles: access
                .roles
                .into_iter()
                .map(|(id, is_app_role)| RequiredRole { id, is_app_role })
                .collect(),
        };
        application.audience =
            if self.any_tenant { Audience::AnyTenant } else { Audience::HomeTenant };
        application.identifier_uris = self.identifier_uris;
        application.wants_v2_tokens = self.wants_v2_tokens;
        application.app_roles = self.app_roles.into_iter().map(StoredRole::into_role).collect();
        application.required_access = self.required_access.into_iter().map(access).collect();
        application.redirect_uris = self.redirect_uris;
        application.tags = self.tags;
        application.notes = self.notes;
    }
}

impl StoredRole {
    pub(super) fn of(role: &AppRole) -> Self {
        Self {
            id: role.id,
            value: role.value.clone(),
            display_name: role.display_name.clone(),
            description: role.description.clone(),
            is_enabled: role.is_enabled,
        }
    }

    pub(super) fn into_role(self) -> AppRole {
        AppRole {
            id: self.id,
            value: self.value,
            display_name: self.display_name,
            description: self.description,
            is_enabled: self.is_enabled,
        }
    }
}
