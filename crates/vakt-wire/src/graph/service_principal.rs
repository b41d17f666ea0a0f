//! Service principals and app role assignments (Graph v1.0).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AppRole, OAuth2PermissionScope};

/// A service principal as answers show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePrincipal {
    /// Object id.
    pub id: String,
    /// Client id of its application.
    pub app_id: String,
    /// Name.
    #[serde(default)]
    pub display_name: String,
    /// Name of the application.
    #[serde(default)]
    pub app_display_name: String,
    /// Tenant the application is registered in.
    #[serde(default)]
    pub app_owner_organization_id: Option<String>,
    /// False: no tokens.
    #[serde(default)]
    pub account_enabled: bool,
    /// True: no tokens for it without an assigned role.
    #[serde(default)]
    pub app_role_assignment_required: bool,
    /// Client id and identifier URIs.
    #[serde(default)]
    pub service_principal_names: Vec<String>,
    /// `Application`.
    #[serde(default)]
    pub service_principal_type: String,
    /// As the application's.
    #[serde(default)]
    pub sign_in_audience: Option<String>,
    /// Creation.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// Roles it offers.
    #[serde(default)]
    pub app_roles: Vec<AppRole>,
    /// Delegated permissions it offers.
    #[serde(default)]
    pub oauth2_permission_scopes: Vec<OAuth2PermissionScope>,
    /// Reply addresses.
    #[serde(default)]
    pub reply_urls: Vec<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// With `$expand=appRoleAssignedTo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_role_assigned_to: Option<Vec<AppRoleAssignment>>,
}

/// Body of `POST /servicePrincipals`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewServicePrincipal {
    /// Client id of the application.
    pub app_id: String,
    /// False makes it disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_enabled: Option<bool>,
}

/// What a PATCH may set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServicePrincipalChanges {
    /// False: no tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_enabled: Option<bool>,
    /// True: no tokens for it without an assigned role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_role_assignment_required: Option<bool>,
    /// Name in this tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Tags, replaced whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

/// A granted app role.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRoleAssignment {
    /// Opaque.
    pub id: String,
    /// When it was granted.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// The role.
    pub app_role_id: String,
    /// The client's service principal.
    pub principal_id: String,
    /// `ServicePrincipal`.
    #[serde(default)]
    pub principal_type: String,
    /// Name of the client.
    #[serde(default)]
    pub principal_display_name: String,
    /// The resource's service principal.
    pub resource_id: String,
    /// Name of the resource.
    #[serde(default)]
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
