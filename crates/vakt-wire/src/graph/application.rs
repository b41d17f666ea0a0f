//! Applications (Graph v1.0 resource type `application`), as far as app-only access needs them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An application as answers show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Object id.
    pub id: String,
    /// Client id.
    pub app_id: String,
    /// Name.
    #[serde(default)]
    pub display_name: String,
    /// Identifier URIs.
    #[serde(default)]
    pub identifier_uris: Vec<String>,
    /// `AzureADMyOrg` or `AzureADMultipleOrgs`.
    #[serde(default)]
    pub sign_in_audience: String,
    /// Creation.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// Deletion.
    #[serde(default)]
    pub deleted_date_time: Option<Timestamp>,
    /// The publishing tenant's domain.
    #[serde(default)]
    pub publisher_domain: Option<String>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Notes.
    #[serde(default)]
    pub notes: Option<String>,
    /// As an API.
    #[serde(default)]
    pub api: ApplicationApi,
    /// Roles it offers as a resource.
    #[serde(default)]
    pub app_roles: Vec<AppRole>,
    /// Permissions it asks for.
    #[serde(default)]
    pub required_resource_access: Vec<RequiredResourceAccess>,
    /// Certificates.
    #[serde(default)]
    pub key_credentials: Vec<serde_json::Value>,
    /// Secrets, without their values.
    #[serde(default)]
    pub password_credentials: Vec<PasswordCredential>,
    /// As a web application.
    #[serde(default)]
    pub web: ApplicationWeb,
}

/// What a creation or a PATCH may set; absent members keep their values.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApplicationChanges {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Identifier URIs, replaced whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_uris: Option<Vec<String>>,
    /// `AzureADMyOrg` or `AzureADMultipleOrgs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_audience: Option<String>,
    /// Tags, replaced whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// As an API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<ApplicationApi>,
    /// Roles, replaced whole; an enabled one must be disabled before it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_roles: Option<Vec<AppRole>>,
    /// Permissions asked for, replaced whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResourceAccess>>,
    /// As a web application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<ApplicationWeb>,
    /// Refused: secrets are made by `addPassword`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_credentials: Option<Vec<serde_json::Value>>,
    /// Certificates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_credentials: Option<Vec<serde_json::Value>>,
}

/// The `api` member.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApplicationApi {
    /// null or 1: v1.0 tokens; 2: v2.0 tokens.
    pub requested_access_token_version: Option<u8>,
    /// Delegated permissions it offers.
    pub oauth2_permission_scopes: Vec<OAuth2PermissionScope>,
    /// Clients that need no consent.
    pub pre_authorized_applications: Vec<serde_json::Value>,
    /// Clients consented together with it.
    pub known_client_applications: Vec<String>,
}

/// The `web` member.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApplicationWeb {
    /// Redirect URIs.
    pub redirect_uris: Vec<String>,
    /// Logout address.
    pub logout_url: Option<String>,
    /// Implicit grant switches.
    pub implicit_grant_settings: serde_json::Map<String, serde_json::Value>,
}

/// A role that a resource offers to applications.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRole {
    /// Role id.
    pub id: String,
    /// The text in the `roles` claim.
    #[serde(default)]
    pub value: Option<String>,
    /// Name.
    #[serde(default)]
    pub display_name: String,
    /// What it allows, in words.
    #[serde(default)]
    pub description: String,
    /// Usable.
    #[serde(default)]
    pub is_enabled: bool,
    /// `Application`.
    #[serde(default)]
    pub allowed_member_types: Vec<String>,
    /// `Application`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// A permission that a resource offers for use on behalf of a person.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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
    /// Name.
    pub admin_consent_display_name: String,
    /// What it allows, in words.
    pub admin_consent_description: String,
}

/// The permissions asked of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredResourceAccess {
    /// The resource's client id.
    pub resource_app_id: String,
    /// The permissions.
    #[serde(default)]
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

/// A secret; its text is there once, in the answer that made it.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PasswordCredential {
    /// Key id.
    pub key_id: Option<String>,
    /// Description.
    pub display_name: Option<String>,
    /// First three characters of the text.
    pub hint: Option<String>,
    /// Start.
    pub start_date_time: Option<Timestamp>,
    /// End.
    pub end_date_time: Option<Timestamp>,
    /// The value, shown once.
    pub secret_text: Option<String>,
    /// Always null for secrets made here.
    pub custom_key_identifier: Option<String>,
}

impl std::fmt::Debug for PasswordCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordCredential")
            .field("key_id", &self.key_id)
            .field("display_name", &self.display_name)
            .field("end_date_time", &self.end_date_time)
            .finish_non_exhaustive()
    }
}

/// Body of `addPassword`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AddPassword {
    /// What the new secret should be like.
    pub password_credential: Option<PasswordCredential>,
}

/// Body of `removePassword`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemovePassword {
    /// The secret.
    pub key_id: String,
}
