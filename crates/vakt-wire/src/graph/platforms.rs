//! What an application is on which platform: an API, a web application, something on a device.

use serde::{Deserialize, Serialize};

use super::{OAuth2PermissionScope, PreAuthorizedApplication};
use crate::null::null_is_default;

/// The `api` member.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApplicationApi {
    /// null or 1: v1.0 tokens; 2: v2.0 tokens.
    pub requested_access_token_version: Option<u8>,
    /// Delegated permissions it offers.
    #[serde(deserialize_with = "null_is_default")]
    pub oauth2_permission_scopes: Vec<OAuth2PermissionScope>,
    /// Clients that need no consent.
    #[serde(deserialize_with = "null_is_default")]
    pub pre_authorized_applications: Vec<PreAuthorizedApplication>,
    /// Clients consented together with it.
    #[serde(deserialize_with = "null_is_default")]
    pub known_client_applications: Vec<String>,
    /// Claims mapping without a key of its own.
    pub accept_mapped_claims: Option<bool>,
}

/// The `web` member.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApplicationWeb {
    /// Redirect URIs.
    #[serde(deserialize_with = "null_is_default")]
    pub redirect_uris: Vec<String>,
    /// The same redirect URIs with an order, which is not kept here.
    #[serde(deserialize_with = "null_is_default")]
    pub redirect_uri_settings: Vec<RedirectUriSettings>,
    /// Logout address.
    pub logout_url: Option<String>,
    /// Home page.
    pub home_page_url: Option<String>,
    /// Implicit grant switches.
    #[serde(deserialize_with = "null_is_default")]
    pub implicit_grant_settings: ImplicitGrantSettings,
}

/// A redirect URI in an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RedirectUriSettings {
    /// The redirect URI.
    #[serde(deserialize_with = "null_is_default")]
    pub uri: String,
    /// Its place.
    pub index: Option<i64>,
}

/// Tokens straight from the authorization endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ImplicitGrantSettings {
    /// Access tokens.
    #[serde(deserialize_with = "null_is_default")]
    pub enable_access_token_issuance: bool,
    /// ID tokens.
    #[serde(deserialize_with = "null_is_default")]
    pub enable_id_token_issuance: bool,
}

/// The `spa` and `publicClient` members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RedirectUris {
    /// Redirect URIs.
    #[serde(deserialize_with = "null_is_default")]
    pub redirect_uris: Vec<String>,
}

/// Addresses for people who consent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InformationalUrl {
    /// Picture; made by Microsoft from an upload, always null here.
    pub logo_url: Option<String>,
    /// Marketing.
    pub marketing_url: Option<String>,
    /// Privacy statement.
    pub privacy_statement_url: Option<String>,
    /// Support.
    pub support_url: Option<String>,
    /// Terms of service.
    pub terms_of_service_url: Option<String>,
}

/// Who vouches for the publisher.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VerifiedPublisher {
    /// Name.
    pub display_name: Option<String>,
    /// Id.
    pub verified_publisher_id: Option<String>,
    /// Since when.
    pub added_date_time: Option<String>,
}

/// Claims that an application would like in its tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionalClaims {
    /// In access tokens.
    #[serde(deserialize_with = "null_is_default")]
    pub access_token: Vec<OptionalClaim>,
    /// In ID tokens.
    #[serde(deserialize_with = "null_is_default")]
    pub id_token: Vec<OptionalClaim>,
    /// In SAML assertions.
    #[serde(deserialize_with = "null_is_default")]
    pub saml2_token: Vec<OptionalClaim>,
}

/// One claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionalClaim {
    /// Claim name.
    pub name: String,
    /// Where its value comes from.
    pub source: Option<String>,
    /// The application cannot do without.
    pub essential: bool,
    /// How it is to be written.
    #[serde(deserialize_with = "null_is_default")]
    pub additional_properties: Vec<String>,
}

/// Rules for minors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ParentalControlSettings {
    /// Countries.
    #[serde(deserialize_with = "null_is_default")]
    pub countries_blocked_for_minors: Vec<String>,
    /// `Allow` and others.
    pub legal_age_group_rule: String,
}

impl Default for ParentalControlSettings {
    fn default() -> Self {
        Self { countries_blocked_for_minors: Vec::new(), legal_age_group_rule: "Allow".into() }
    }
}
