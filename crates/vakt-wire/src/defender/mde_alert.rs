//! Alerts of Defender for Endpoint (documentation page "Alert resource type"): the same alerts as
//! in incidents, with one device each and flat evidence.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Comment;

/// A list of Defender for Endpoint.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct MdeList<T> {
    /// `<base>/api/$metadata#Alerts` and the like.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// How many fit in all, with `$count=true`.
    #[serde(rename = "@odata.count", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// What there is.
    pub value: Vec<T>,
    /// Absolute address of the next page, if there is one.
    #[serde(rename = "@odata.nextLink", default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
}

/// An alert.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MdeAlert {
    /// `<base>/api/$metadata#Alerts/$entity`, when the alert is an answer of its own.
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Two-letter product prefix and that product's id.
    pub id: String,
    /// The incident.
    pub incident_id: Option<i64>,
    /// Automated investigation.
    pub investigation_id: Option<i64>,
    /// Owner.
    pub assigned_to: Option<String>,
    /// `UnSpecified`, `Informational`, `Low`, `Medium`, `High`.
    pub severity: Option<String>,
    /// `New`, `InProgress`, `Resolved`.
    pub status: Option<String>,
    /// `Unknown`, `FalsePositive`, `TruePositive`, `InformationalExpectedActivity`.
    pub classification: Option<String>,
    /// `NotAvailable`, `Malware`, …
    pub determination: Option<String>,
    /// State of the automated investigation.
    pub investigation_state: Option<String>,
    /// `WindowsDefenderAtp`, `WindowsDefenderAv`, …
    pub detection_source: Option<String>,
    /// The detector's rule.
    pub detector_id: Option<String>,
    /// Tactic or kind.
    pub category: Option<String>,
    /// Malware family.
    pub threat_family_name: Option<String>,
    /// Name of the threat.
    pub threat_name: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// What to do about it; not in Microsoft's answers.
    pub recommended_action: Option<String>,
    /// Creation.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub alert_creation_time: Option<Timestamp>,
    /// First activity.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub first_event_time: Option<Timestamp>,
    /// Last activity.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_event_time: Option<Timestamp>,
    /// Last change.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_time: Option<Timestamp>,
    /// Resolution.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub resolved_time: Option<Timestamp>,
    /// The first device, by the endpoint product's id.
    pub machine_id: Option<String>,
    /// Its name.
    pub computer_dns_name: Option<String>,
    /// Its device group.
    pub rbac_group_name: Option<String>,
    /// The tenant.
    pub aad_tenant_id: Option<String>,
    /// `T1059.001` …
    pub mitre_techniques: Vec<String>,
    /// The first account.
    pub related_user: Option<MdeUser>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Entities; of a list only with `$expand=evidence`.
    pub evidence: Vec<MdeEvidence>,
}

/// The account of an alert.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MdeUser {
    /// Account name.
    pub user_name: Option<String>,
    /// Domain.
    pub domain_name: Option<String>,
}

/// An entity: one flat object for every kind, unused members null.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MdeEvidence {
    /// `User`, `Ip`, `Url`, `File`, `Process`, `Registry` …
    pub entity_type: String,
    /// When it was added to the alert.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub evidence_creation_time: Option<Timestamp>,
    /// File.
    pub sha1: Option<String>,
    /// File.
    pub sha256: Option<String>,
    /// File.
    pub file_name: Option<String>,
    /// File.
    pub file_path: Option<String>,
    /// Process.
    pub process_id: Option<i64>,
    /// Process.
    pub process_command_line: Option<String>,
    /// Process.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub process_creation_time: Option<Timestamp>,
    /// Process.
    pub parent_process_id: Option<i64>,
    /// Process.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub parent_process_creation_time: Option<Timestamp>,
    /// Process.
    pub parent_process_file_name: Option<String>,
    /// Process.
    pub parent_process_file_path: Option<String>,
    /// Address.
    pub ip_address: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Registry.
    pub registry_key: Option<String>,
    /// Registry.
    pub registry_hive: Option<String>,
    /// Registry.
    pub registry_value_type: Option<String>,
    /// Registry.
    pub registry_value_name: Option<String>,
    /// Registry.
    pub registry_value: Option<String>,
    /// Account.
    pub account_name: Option<String>,
    /// Account.
    pub domain_name: Option<String>,
    /// Account.
    pub user_sid: Option<String>,
    /// Account.
    pub aad_user_id: Option<String>,
    /// Account.
    pub user_principal_name: Option<String>,
    /// `Detected`, `Blocked`, `Prevented`.
    pub detection_status: Option<String>,
}

/// `POST /api/alerts/createAlertByReference`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NewMdeAlert {
    /// The device, by the endpoint product's id.
    pub machine_id: String,
    /// `Low`, `Medium`, `High`, `Informational`.
    pub severity: String,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// What to do about it.
    pub recommended_action: String,
    /// When the event was, as hunting gives it.
    pub event_time: String,
    /// Number of the event, as hunting gives it.
    pub report_id: String,
    /// Tactic or kind.
    pub category: String,
}

impl NewMdeAlert {
    /// Names of the members.
    pub const MEMBERS: &'static [&'static str] = &[
        "machineId",
        "severity",
        "title",
        "description",
        "recommendedAction",
        "eventTime",
        "reportId",
        "category",
    ];
}

/// A file of an alert.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MdeFile {
    /// SHA-1.
    pub sha1: Option<String>,
    /// SHA-256.
    pub sha256: Option<String>,
    /// MD5.
    pub md5: Option<String>,
    /// Length, in bytes.
    pub size: Option<i64>,
    /// Publisher.
    pub file_publisher: Option<String>,
    /// Signer.
    pub signer: Option<String>,
    /// Issuer of the signer's certificate.
    pub issuer: Option<String>,
}

/// An address of an alert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MdeIp {
    /// The address.
    pub id: String,
}

/// A domain of an alert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MdeDomain {
    /// The domain.
    pub host: String,
}

/// The account of an alert, with its names.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MdeAccount {
    /// `<base>/api/$metadata#Users/$entity`.
    #[serde(rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// Account name.
    pub id: String,
    /// Account name.
    pub account_name: Option<String>,
    /// Domain.
    pub account_domain: Option<String>,
    /// Security identifier.
    pub account_sid: Option<String>,
    /// The directory's id.
    pub aad_user_id: Option<String>,
    /// Sign-in name.
    pub user_principal_name: Option<String>,
}
