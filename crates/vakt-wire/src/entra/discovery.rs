//! Discovery documents (recorded traffic; field order as Microsoft writes it).

use serde::{Deserialize, Serialize};

/// `/.well-known/openid-configuration`, v1 and v2.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenIdConfiguration {
    /// Token endpoint; the tenant is its first path segment.
    pub token_endpoint: String,
    /// How clients may authenticate.
    #[serde(default)]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Key document.
    pub jwks_uri: String,
    /// Response modes.
    #[serde(default)]
    pub response_modes_supported: Vec<String>,
    /// Subject types.
    #[serde(default)]
    pub subject_types_supported: Vec<String>,
    /// Signature algorithms of id tokens.
    #[serde(default)]
    pub id_token_signing_alg_values_supported: Vec<String>,
    /// Response types.
    #[serde(default)]
    pub response_types_supported: Vec<String>,
    /// Scopes.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// Issuer; must share the origin of the document for some clients.
    pub issuer: String,
    /// v1 only: true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub microsoft_multi_refresh_token: Option<bool>,
    /// False.
    #[serde(default)]
    pub request_uri_parameter_supported: bool,
    /// Authorization endpoint.
    pub authorization_endpoint: String,
    /// v2 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_authorization_endpoint: Option<String>,
    /// Logout by HTTP.
    #[serde(default)]
    pub http_logout_supported: bool,
    /// Logout by front channel.
    #[serde(default)]
    pub frontchannel_logout_supported: bool,
    /// Logout endpoint.
    #[serde(default)]
    pub end_session_endpoint: String,
    /// Claims.
    #[serde(default)]
    pub claims_supported: Vec<String>,
    /// v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_session_iframe: Option<String>,
    /// User info endpoint.
    #[serde(default)]
    pub userinfo_endpoint: String,
    /// Kerberos endpoint, v2 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kerberos_endpoint: Option<String>,
    /// Region of the tenant.
    #[serde(default)]
    pub tenant_region_scope: Option<String>,
    /// Name of the cloud.
    #[serde(default)]
    pub cloud_instance_name: String,
    /// Host of the legacy directory graph.
    #[serde(default)]
    pub cloud_graph_host_name: String,
    /// Host of Graph.
    #[serde(default)]
    pub msgraph_host: String,
    /// Host of the authorization service.
    #[serde(default)]
    pub rbac_url: String,
}

/// `/.well-known/oauth-authorization-server/…` (RFC 8414). Only what is there: members for what is
/// not supported are left out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OAuthServerMetadata {
    /// Issuer; the document's address follows from it.
    pub issuer: String,
    /// Authorization endpoint; it takes consent.
    pub authorization_endpoint: String,
    /// Token endpoint.
    pub token_endpoint: String,
    /// Key document.
    pub jwks_uri: String,
    /// Response types.
    pub response_types_supported: Vec<String>,
    /// Response modes.
    pub response_modes_supported: Vec<String>,
    /// Grant types.
    pub grant_types_supported: Vec<String>,
    /// How clients may authenticate.
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Algorithms of the assertions that clients authenticate with.
    pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
}

/// `/common/userrealm/{upn}`: where an account signs in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UserRealm {
    /// `1.0`.
    pub ver: String,
    /// `Managed`: with a password, here. `Unknown`: the domain is no tenant's.
    pub account_type: String,
    /// Domain of the account.
    pub domain_name: String,
    /// Name of the cloud.
    pub cloud_instance_name: String,
    /// `urn:federation:MicrosoftOnline`.
    pub cloud_audience_urn: String,
}

/// `/common/discovery/instance`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstanceDiscovery {
    /// Where the asked-about authority keeps its document.
    pub tenant_discovery_endpoint: String,
    /// `1.0` or `1.1`, as asked.
    #[serde(rename = "api-version")]
    pub api_version: String,
    /// Groups of host names that are one authority.
    pub metadata: Vec<InstanceMetadata>,
}

/// Host names that are one authority.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InstanceMetadata {
    /// Where clients send their requests.
    pub preferred_network: String,
    /// Under which name clients cache.
    pub preferred_cache: String,
    /// All the names.
    pub aliases: Vec<String>,
}
