//! Permissions: offered, asked for, granted.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::null::null_is_default;

/// A role that a resource offers to applications.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AppRole {
    /// Role id.
    pub id: String,
    /// The text in the `roles` claim.
    pub value: Option<String>,
    /// Name.
    #[serde(deserialize_with = "null_is_default")]
    pub display_name: String,
    /// What it allows, in words.
    #[serde(deserialize_with = "null_is_default")]
    pub description: String,
    /// Usable.
    pub is_enabled: bool,
    /// `Application`.
    #[serde(deserialize_with = "null_is_default")]
    pub allowed_member_types: Vec<String>,
    /// `Application`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// A permission that a resource offers for use on behalf of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OAuth2PermissionScope {
    /// Id.
    pub id: String,
    /// The text in the `scp` claim.
    pub value: Option<String>,
    /// `Admin` or `User`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Usable.
    pub is_enabled: bool,
    /// Name, for administrators.
    pub admin_consent_display_name: Option<String>,
    /// What it allows, for administrators.
    pub admin_consent_description: Option<String>,
    /// Name, for people.
    pub user_consent_display_name: Option<String>,
    /// What it allows, for people.
    pub user_consent_description: Option<String>,
    /// Where it comes from; Graph ignores it in requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// A client that needs no consent for some delegated permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PreAuthorizedApplication {
    /// Its client id.
    pub app_id: String,
    /// Ids of the permissions.
    #[serde(deserialize_with = "null_is_default")]
    pub delegated_permission_ids: Vec<String>,
}

/// The permissions asked of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredResourceAccess {
    /// The resource's client id.
    pub resource_app_id: String,
    /// The permissions.
    #[serde(default, deserialize_with = "null_is_default")]
    pub resource_access: Vec<ResourceAccess>,
}

/// One permission asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceAccess {
    /// Role or scope id.
    pub id: String,
    /// `Role` or `Scope`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A granted app role.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AppRoleAssignment {
    /// Opaque.
    pub id: String,
    /// When it was granted.
    pub created_date_time: Option<Timestamp>,
    /// Always null: what is taken back is gone.
    pub deleted_date_time: Option<Timestamp>,
    /// The role.
    pub app_role_id: String,
    /// The client's service principal.
    pub principal_id: String,
    /// `ServicePrincipal`.
    pub principal_type: String,
    /// Name of the client.
    #[serde(deserialize_with = "null_is_default")]
    pub principal_display_name: String,
    /// The resource's service principal.
    pub resource_id: String,
    /// Name of the resource.
    #[serde(deserialize_with = "null_is_default")]
    pub resource_display_name: String,
}

/// Body of a grant.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAppRoleAssignment {
    /// The client's service principal.
    pub principal_id: String,
    /// The resource's service principal.
    pub resource_id: String,
    /// The role.
    pub app_role_id: String,
}

/// Granted delegated permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OAuth2PermissionGrant {
    /// Opaque.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The client's service principal.
    pub client_id: String,
    /// `AllPrincipals` or `Principal`.
    pub consent_type: String,
    /// For whom; null with `AllPrincipals`.
    pub principal_id: Option<String>,
    /// The resource's service principal.
    pub resource_id: String,
    /// The permissions, separated by spaces.
    pub scope: Option<String>,
}
