//! The log of sign-ins in the columns of the hunting table `AADSpnSignInEventsBeta` (and of its
//! successor `EntraIdSpnSignInEvents`), with a few columns of our own at the end; and the log of
//! changes, as Graph shows it, with the tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::graph::DirectoryAudit;

/// A sign-in of a service principal.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SpnSignIn {
    /// When.
    pub timestamp: Timestamp,
    /// Name of the client.
    pub application: Option<String>,
    /// Client.
    pub application_id: Option<String>,
    /// False: there are none.
    pub is_managed_identity: bool,
    /// 0, or the AADSTS number.
    pub error_code: i32,
    /// The caller's id of the request.
    pub correlation_id: Option<String>,
    /// Name of the client's service principal.
    pub service_principal_name: Option<String>,
    /// The client's service principal.
    pub service_principal_id: Option<String>,
    /// Name of the resource.
    pub resource_display_name: Option<String>,
    /// Application of the resource.
    pub resource_id: Option<String>,
    /// Tenant the token is for.
    pub resource_tenant_id: Option<String>,
    /// Address of the client.
    #[serde(rename = "IPAddress")]
    pub ip_address: Option<String>,
    /// Null: addresses are not looked up.
    pub country: Option<String>,
    /// Null.
    pub state: Option<String>,
    /// Null.
    pub city: Option<String>,
    /// Null.
    pub latitude: Option<String>,
    /// Null.
    pub longitude: Option<String>,
    /// Id of the request: `x-ms-request-id` of its answer.
    pub request_id: String,
    /// Number of the line, unique in its log.
    pub report_id: String,
    /// Ours: the tenant; null if the request named none that exists.
    pub tenant_id: Option<String>,
    /// Ours: `User-Agent` of the client.
    pub user_agent: Option<String>,
    /// Ours: `uti` of the token.
    pub unique_token_identifier: Option<String>,
    /// Ours: `none`, `clientSecret`, `certificate` or `federatedIdentityCredential`.
    pub client_credential_type: String,
    /// Ours: which credential, if it was found.
    pub credential_key_id: Option<String>,
    /// Ours: how many like it the line stands for. Beyond the limits on failures they are counted.
    pub count: u32,
}

/// A change of the directory.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DirectoryChange {
    /// Whose directory; null: the server's own affairs.
    pub tenant_id: Option<String>,
    /// The change.
    #[serde(flatten)]
    pub audit: DirectoryAudit,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table's columns in its order, as published.
    const COLUMNS: &[&str] = &[
        "Timestamp",
        "Application",
        "ApplicationId",
        "IsManagedIdentity",
        "ErrorCode",
        "CorrelationId",
        "ServicePrincipalName",
        "ServicePrincipalId",
        "ResourceDisplayName",
        "ResourceId",
        "ResourceTenantId",
        "IPAddress",
        "Country",
        "State",
        "City",
        "Latitude",
        "Longitude",
        "RequestId",
        "ReportId",
    ];

    #[test]
    fn a_sign_in_has_the_tables_columns_first() {
        let text = serde_json::to_string(&SpnSignIn::default()).unwrap();
        let mut rest = text.as_str();
        for column in COLUMNS {
            let at = rest.find(&format!("\"{column}\":")).unwrap_or_else(|| panic!("{column}"));
            assert!(at <= 40, "{column} is not the next column in {rest}");
            rest = &rest[at + column.len()..];
        }
        let change = serde_json::to_value(DirectoryChange::default()).unwrap();
        assert!(change.get("tenantId").is_some() && change.get("activityDateTime").is_some());
    }
}
