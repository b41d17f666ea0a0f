//! The logs: sign-ins of service principals and changes of the directory (Graph's documentation of
//! `signIn` and `directoryAudit`; of sign-ins also the members that only `beta` documents, since
//! they are the ones that tell an application's sign-in).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A sign-in of a service principal: one request for a token.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SignIn {
    /// Id of the request: `x-ms-request-id` of its answer.
    pub id: String,
    /// When.
    pub created_date_time: Timestamp,
    /// Name of the client.
    pub app_display_name: Option<String>,
    /// Client.
    pub app_id: Option<String>,
    /// Address of the client.
    pub ip_address: Option<String>,
    /// Null: it says how people sign in.
    pub client_app_used: Option<String>,
    /// `User-Agent` of the client.
    pub user_agent: Option<String>,
    /// The caller's id of the request.
    pub correlation_id: Option<String>,
    /// `notApplied`.
    pub conditional_access_status: String,
    /// False: nobody was asked anything.
    pub is_interactive: bool,
    /// `servicePrincipal`.
    pub sign_in_event_types: Vec<String>,
    /// Service principal of the client.
    pub service_principal_id: Option<String>,
    /// Its name.
    pub service_principal_name: Option<String>,
    /// Which credential was used, if it was found.
    pub service_principal_credential_key_id: Option<String>,
    /// `none`, `clientSecret`, `certificate` or `federatedIdentityCredential`.
    pub client_credential_type: String,
    /// Name of the resource.
    pub resource_display_name: Option<String>,
    /// Application of the resource.
    pub resource_id: Option<String>,
    /// Service principal of the resource.
    pub resource_service_principal_id: Option<String>,
    /// Tenant the token is for.
    pub resource_tenant_id: Option<String>,
    /// `uti` of the token.
    pub unique_token_identifier: Option<String>,
    /// What came of it.
    pub status: SignInStatus,
    /// Nobody: an application signed in.
    pub user_display_name: Option<String>,
    /// Nobody.
    pub user_id: Option<String>,
    /// Nobody.
    pub user_principal_name: Option<String>,
}

/// What came of a sign-in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SignInStatus {
    /// 0, or the AADSTS number.
    pub error_code: u32,
    /// What the number means.
    pub failure_reason: Option<String>,
    /// What else is worth knowing.
    pub additional_details: Option<String>,
}

/// A change of the directory.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DirectoryAudit {
    /// Unique in its log.
    pub id: String,
    /// `ApplicationManagement`, `RoleManagement`, …
    pub category: String,
    /// The caller's id of the request; null for what no request asked for.
    pub correlation_id: Option<String>,
    /// `success` or `failure`.
    pub result: String,
    /// Why it failed, or what else is worth knowing.
    pub result_reason: Option<String>,
    /// What was done, such as `Add application`.
    pub activity_display_name: String,
    /// When.
    pub activity_date_time: Timestamp,
    /// `Core Directory`.
    pub logged_by_service: String,
    /// `Add`, `Assign`, `Update`, `Unassign`, `Delete` or `Other`.
    pub operation_type: String,
    /// Who.
    pub initiated_by: AuditInitiator,
    /// What it was done to, the main thing first.
    pub target_resources: Vec<AuditTarget>,
    /// More about it.
    pub additional_details: Vec<KeyValue>,
}

/// Who did something; one of the two, or neither for the server itself and its console.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditInitiator {
    /// A person.
    pub user: Option<AuditUser>,
    /// An application.
    pub app: Option<AuditApp>,
}

/// A person who did something.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuditUser {
    /// Object id.
    pub id: Option<String>,
    /// Name.
    pub display_name: Option<String>,
    /// User name.
    pub user_principal_name: Option<String>,
    /// From where.
    pub ip_address: Option<String>,
}

/// An application that did something.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuditApp {
    /// Client id.
    pub app_id: Option<String>,
    /// Name.
    pub display_name: Option<String>,
    /// Service principal.
    pub service_principal_id: Option<String>,
    /// The service principal's name.
    pub service_principal_name: Option<String>,
}

/// Something that was changed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuditTarget {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub display_name: Option<String>,
    /// `Application`, `ServicePrincipal`, `User`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// User name of a person.
    pub user_principal_name: Option<String>,
    /// Null: there are no groups.
    pub group_type: Option<String>,
    /// What changed of it.
    pub modified_properties: Vec<ModifiedProperty>,
}

/// A property before and after, as JSON texts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ModifiedProperty {
    /// Its name.
    pub display_name: String,
    /// Before.
    pub old_value: Option<String>,
    /// After.
    pub new_value: Option<String>,
}

/// A detail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyValue {
    /// Name.
    pub key: String,
    /// Value.
    pub value: Option<String>,
}
