//! Applications: what is not searched.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vakt_identity::{AppRole, Application, Audience, RequiredAccess, RequiredRole};
use vakt_ids::{AppId, ObjectId, RoleId};

use super::BadDocument;
use super::credential::{StoredCertificate, StoredFederated};

/// What version 2 added is missing in version 1, and means "none" there.
#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredApplication),
    #[serde(rename = "2")]
    V2(StoredApplication),
}

/// Version 2.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredApplication {
    any_tenant: bool,
    identifier_uris: Vec<String>,
    wants_v2_tokens: bool,
    app_roles: Vec<StoredRole>,
    required_access: Vec<StoredAccess>,
    redirect_uris: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    spa_redirect_uris: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    public_client_redirect_uris: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logout_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    tags: Vec<String>,
    notes: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    extras: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    owners: Vec<ObjectId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    certificates: Vec<StoredCertificate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    federated: Vec<StoredFederated>,
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

/// The document of an application. Its secrets are rows of their own.
pub(crate) fn write_application(application: &Application) -> Result<String, BadDocument> {
    Ok(serde_json::to_string(&Document::V2(StoredApplication::of(application)))?)
}

/// Reads a document.
pub(crate) fn read_application(text: &str) -> Result<StoredApplication, BadDocument> {
    let (Document::V1(stored) | Document::V2(stored)) = serde_json::from_str(text)?;
    Ok(stored)
}

impl StoredApplication {
    pub(super) fn of(application: &Application) -> Self {
        let access = |access: &RequiredAccess| StoredAccess {
            resource: access.resource,
            roles: access.roles.iter().map(|role| (role.id, role.is_app_role)).collect(),
        };
        Self {
            any_tenant: application.audience == Audience::AnyTenant,
            identifier_uris: application.identifier_uris.clone(),
            wants_v2_tokens: application.wants_v2_tokens,
            app_roles: application.app_roles.iter().map(StoredRole::of).collect(),
            required_access: application.required_access.iter().map(access).collect(),
            redirect_uris: application.redirect_uris.clone(),
            spa_redirect_uris: application.spa_redirect_uris.clone(),
            public_client_redirect_uris: application.public_client_redirect_uris.clone(),
            logout_url: application.logout_url.clone(),
            home_page_url: application.home_page_url.clone(),
            tags: application.tags.clone(),
            notes: application.notes.clone(),
            extras: application.extras.clone(),
            owners: application.owners.clone(),
            certificates: application.certificates.iter().map(StoredCertificate::of).collect(),
            federated: application.federated.iter().map(StoredFederated::of).collect(),
        }
    }

    /// Puts the document's part into an application.
    pub(crate) fn fill(self, application: &mut Application) -> Result<(), BadDocument> {
        let access = |access: StoredAccess| RequiredAccess {
            resource: access.resource,
            roles: access
                .roles
                .into_iter()
                .map(|(id, is_app_role)| RequiredRole { id, is_app_role })
                .collect(),
        };
        application.audience = audience(self.any_tenant);
        application.identifier_uris = self.identifier_uris;
        application.wants_v2_tokens = self.wants_v2_tokens;
        application.app_roles = self.app_roles.into_iter().map(StoredRole::into_role).collect();
        application.required_access = self.required_access.into_iter().map(access).collect();
        application.redirect_uris = self.redirect_uris;
        application.spa_redirect_uris = self.spa_redirect_uris;
        application.public_client_redirect_uris = self.public_client_redirect_uris;
        application.logout_url = self.logout_url;
        application.home_page_url = self.home_page_url;
        application.tags = self.tags;
        application.notes = self.notes;
        application.extras = self.extras;
        application.owners = self.owners;
        let certificates = self.certificates.into_iter().map(StoredCertificate::into_certificate);
        application.certificates = certificates.collect::<Result<_, _>>()?;
        application.federated =
            self.federated.into_iter().map(StoredFederated::into_federated).collect();
        Ok(())
    }
}

pub(super) fn audience(any_tenant: bool) -> Audience {
    if any_tenant { Audience::AnyTenant } else { Audience::HomeTenant }
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
