//! Service principals (Graph v1.0 resource type `servicePrincipal`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AppRole, AppRoleAssignment, DirectoryObject, InformationalUrl, KeyCredential,
    OAuth2PermissionScope, PasswordCredential, VerifiedPublisher,
};
use crate::null::null_is_default;

/// A service principal as answers show it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServicePrincipal {
    /// Object id.
    pub id: String,
    /// Client id of its application.
    pub app_id: String,
    /// Name.
    #[serde(deserialize_with = "null_is_default")]
    pub display_name: String,
    /// Name of the application.
    pub app_display_name: Option<String>,
    /// What the application is, in words.
    pub app_description: Option<String>,
    /// What it is in this tenant, in words.
    pub description: Option<String>,
    /// Tenant the application is registered in.
    pub app_owner_organization_id: Option<String>,
    /// False: no tokens.
    #[serde(default = "yes")]
    pub account_enabled: bool,
    /// True: no tokens for it without an assigned role.
    pub app_role_assignment_required: bool,
    /// Client id and identifier URIs.
    #[serde(deserialize_with = "null_is_default")]
    pub service_principal_names: Vec<String>,
    /// `Application`.
    #[serde(deserialize_with = "null_is_default")]
    pub service_principal_type: String,
    /// As the application's.
    pub sign_in_audience: Option<String>,
    /// Creation.
    pub created_date_time: Option<Timestamp>,
    /// Deletion.
    pub deleted_date_time: Option<Timestamp>,
    /// Always null here.
    pub disabled_by_microsoft_status: Option<String>,
    /// Always null here.
    pub application_template_id: Option<String>,
    /// Always absent here.
    #[serde(deserialize_with = "null_is_default")]
    pub verified_publisher: VerifiedPublisher,
    /// Other names, kept and without effect.
    #[serde(deserialize_with = "null_is_default")]
    pub alternative_names: Vec<String>,
    /// Roles it offers.
    #[serde(deserialize_with = "null_is_default")]
    pub app_roles: Vec<AppRole>,
    /// Delegated permissions it offers.
    #[serde(deserialize_with = "null_is_default")]
    pub oauth2_permission_scopes: Vec<OAuth2PermissionScope>,
    /// Permissions on single things, which are not kept here.
    #[serde(deserialize_with = "null_is_default")]
    pub resource_specific_application_permissions: Vec<Value>,
    /// Certificates of its own.
    #[serde(deserialize_with = "null_is_default")]
    pub key_credentials: Vec<KeyCredential>,
    /// Secrets of its own, without their values.
    #[serde(deserialize_with = "null_is_default")]
    pub password_credentials: Vec<PasswordCredential>,
    /// Reply addresses of the application.
    #[serde(deserialize_with = "null_is_default")]
    pub reply_urls: Vec<String>,
    /// Home page of the application.
    pub homepage: Option<String>,
    /// Logout address of the application.
    pub logout_url: Option<String>,
    /// Where to sign in, kept and without effect.
    pub login_url: Option<String>,
    /// Addresses for people who consent.
    #[serde(deserialize_with = "null_is_default")]
    pub info: InformationalUrl,
    /// Notes.
    pub notes: Option<String>,
    /// Tags.
    #[serde(deserialize_with = "null_is_default")]
    pub tags: Vec<String>,
    /// Who is told of expiring certificates; kept, and nobody is told.
    #[serde(deserialize_with = "null_is_default")]
    pub notification_email_addresses: Vec<String>,
    /// `saml` and others, kept and without effect.
    pub preferred_single_sign_on_mode: Option<String>,
    /// Kept, and without effect.
    pub saml_single_sign_on_settings: Option<SamlSingleSignOnSettings>,
    /// Always null here.
    pub preferred_token_signing_key_thumbprint: Option<String>,
    /// Always null here.
    pub token_encryption_key_id: Option<String>,
    /// Always empty here.
    #[serde(deserialize_with = "null_is_default")]
    pub add_ins: Vec<Value>,
    /// With `$expand=appRoleAssignedTo`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_role_assigned_to: Option<Vec<AppRoleAssignment>>,
    /// With `$expand=appRoleAssignments`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_role_assignments: Option<Vec<AppRoleAssignment>>,
    /// With `$expand=owners`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<DirectoryObject>>,
}

fn yes() -> bool {
    true
}

/// How people are signed on with SAML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SamlSingleSignOnSettings {
    /// Where the application wants its people to land.
    pub relay_state: Option<String>,
}

/// Body of `POST /servicePrincipals`, as this house's client sends it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewServicePrincipal {
    /// Client id of the application.
    pub app_id: String,
    /// False makes it disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_enabled: Option<bool>,
}

/// What a client sets in a service principal: members that are absent keep their values.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
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
