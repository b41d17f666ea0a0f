//! Applications (Graph v1.0 resource type `application`). Every member that Graph answers with is
//! there, so that clients find what they know; what each means here is said in `docs/compat`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    AppRole, ApplicationApi, ApplicationWeb, DirectoryObject, InformationalUrl, KeyCredential,
    OptionalClaims, ParentalControlSettings, PasswordCredential, RedirectUris,
    RequiredResourceAccess, VerifiedPublisher,
};
use crate::null::null_is_default;

/// An application as answers show it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Application {
    /// Object id.
    pub id: String,
    /// Client id.
    pub app_id: String,
    /// Name.
    #[serde(deserialize_with = "null_is_default")]
    pub display_name: String,
    /// What it is, in words.
    pub description: Option<String>,
    /// Identifier URIs.
    #[serde(deserialize_with = "null_is_default")]
    pub identifier_uris: Vec<String>,
    /// `AzureADMyOrg` or `AzureADMultipleOrgs`.
    #[serde(deserialize_with = "null_is_default")]
    pub sign_in_audience: String,
    /// Creation.
    pub created_date_time: Option<Timestamp>,
    /// Deletion.
    pub deleted_date_time: Option<Timestamp>,
    /// The publishing tenant's domain.
    pub publisher_domain: Option<String>,
    /// Always absent here: there are no verified publishers.
    #[serde(deserialize_with = "null_is_default")]
    pub verified_publisher: VerifiedPublisher,
    /// Always null here.
    pub disabled_by_microsoft_status: Option<String>,
    /// Always null here.
    pub unique_name: Option<String>,
    /// Always null here.
    pub application_template_id: Option<String>,
    /// Always null here.
    pub certification: Option<Value>,
    /// Tags.
    #[serde(deserialize_with = "null_is_default")]
    pub tags: Vec<String>,
    /// Notes.
    pub notes: Option<String>,
    /// The owner's own reference, of a service or asset list.
    pub service_management_reference: Option<String>,
    /// As an API.
    #[serde(deserialize_with = "null_is_default")]
    pub api: ApplicationApi,
    /// Roles it offers as a resource.
    #[serde(deserialize_with = "null_is_default")]
    pub app_roles: Vec<AppRole>,
    /// Permissions it asks for.
    #[serde(deserialize_with = "null_is_default")]
    pub required_resource_access: Vec<RequiredResourceAccess>,
    /// Certificates, without their bytes unless they were selected.
    #[serde(deserialize_with = "null_is_default")]
    pub key_credentials: Vec<KeyCredential>,
    /// Secrets, without their values.
    #[serde(deserialize_with = "null_is_default")]
    pub password_credentials: Vec<PasswordCredential>,
    /// As a web application.
    #[serde(deserialize_with = "null_is_default")]
    pub web: ApplicationWeb,
    /// As a single-page application.
    #[serde(deserialize_with = "null_is_default")]
    pub spa: RedirectUris,
    /// As an application on a device.
    #[serde(deserialize_with = "null_is_default")]
    pub public_client: RedirectUris,
    /// The redirect URI to use when there are several and none was named.
    pub default_redirect_uri: Option<String>,
    /// Kept, and without effect: it takes no part in choosing a flow here.
    pub is_fallback_public_client: Option<bool>,
    /// Kept, and without effect.
    pub is_device_only_auth_supported: Option<bool>,
    /// Kept, and without effect.
    #[serde(deserialize_with = "null_is_default")]
    pub oauth2_require_post_response: bool,
    /// Addresses for people who consent.
    #[serde(deserialize_with = "null_is_default")]
    pub info: InformationalUrl,
    /// Kept, and without effect on tokens.
    pub optional_claims: Option<OptionalClaims>,
    /// Kept, and without effect: there are no groups.
    pub group_membership_claims: Option<String>,
    /// Kept, and without effect.
    #[serde(deserialize_with = "null_is_default")]
    pub parental_control_settings: ParentalControlSettings,
    /// Kept, and without effect.
    pub saml_metadata_url: Option<String>,
    /// Always null here.
    pub token_encryption_key_id: Option<String>,
    /// Always null here.
    pub request_signature_verification: Option<Value>,
    /// Always null here.
    pub service_principal_lock_configuration: Option<Value>,
    /// Always empty here.
    #[serde(deserialize_with = "null_is_default")]
    pub add_ins: Vec<Value>,
    /// With `$expand=owners`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<DirectoryObject>>,
}

/// What a client sets when it makes or changes an application: members that are absent keep their
/// values, objects are merged, lists are replaced whole.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationChanges {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Identifier URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_uris: Option<Vec<String>>,
    /// `AzureADMyOrg` or `AzureADMultipleOrgs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_audience: Option<String>,
    /// Tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// As an API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<ApiChanges>,
    /// Roles; an enabled one must be disabled before it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_roles: Option<Vec<AppRole>>,
    /// Permissions asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResourceAccess>>,
    /// As a web application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<WebChanges>,
    /// Certificates. One that is there already is named by its key id, without its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_credentials: Option<Vec<KeyCredential>>,
}

/// What a client sets in the `api` member.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiChanges {
    /// 1: v1.0 tokens; 2: v2.0 tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_access_token_version: Option<u8>,
}

/// What a client sets in the `web` member.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebChanges {
    /// Redirect URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_uris: Option<Vec<String>>,
}
