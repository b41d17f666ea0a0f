//! Incidents and alerts as Graph exports them (`/security/incidents?$expand=alerts`), for import.

use jiff::Timestamp;
use serde::Deserialize;

/// A JSON object whose members are nobody's business here.
pub type Object = serde_json::Map<String, serde_json::Value>;

/// An incident of Graph; enums in camelCase.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphIncident {
    /// A small number, as text.
    pub id: String,
    /// Name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Description.
    #[serde(default)]
    pub description: Option<String>,
    /// Summary of the analysts.
    #[serde(default)]
    pub summary: Option<String>,
    /// Who changed it last.
    #[serde(default)]
    pub last_modified_by: Option<String>,
    /// From 0 to 100.
    #[serde(default)]
    pub priority_score: Option<i64>,
    /// What was said when it was resolved.
    #[serde(default)]
    pub resolving_comment: Option<String>,
    /// Creation.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// Last change.
    #[serde(default)]
    pub last_update_date_time: Option<Timestamp>,
    /// Owner.
    #[serde(default)]
    pub assigned_to: Option<String>,
    /// `truePositive` …
    #[serde(default)]
    pub classification: Option<String>,
    /// `malware` …
    #[serde(default)]
    pub determination: Option<String>,
    /// `active`, `inProgress`, `resolved`, `redirected`, `awaitingAction`.
    #[serde(default)]
    pub status: Option<String>,
    /// `unknown`, `informational`, `low`, `medium`, `high`.
    #[serde(default)]
    pub severity: Option<String>,
    /// Tags of people.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub custom_tags: Vec<String>,
    /// Tags of the service.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub system_tags: Vec<String>,
    /// The incident this one was merged into.
    #[serde(default)]
    pub redirect_incident_id: Option<String>,
    /// Comments.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub comments: Vec<GraphComment>,
    /// Alerts.
    #[serde(default, deserialize_with = "crate::null::null_is_default")]
    pub alerts: Vec<GraphAlert>,
}

/// A comment of Graph.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphComment {
    /// Text.
    #[serde(default)]
    pub comment: String,
    /// Author.
    #[serde(default, alias = "createdBy")]
    pub created_by_display_name: Option<String>,
    /// Time.
    #[serde(default, alias = "createdTime")]
    pub created_date_time: Option<Timestamp>,
}

/// An alert of Graph (`alerts_v2`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphAlert {
    /// Prefixed id.
    pub id: String,
    /// `microsoftDefenderForEndpoint` …
    pub service_source: Option<String>,
    /// `antivirus` …
    pub detection_source: Option<String>,
    /// The detector's rule.
    pub detector_id: Option<String>,
    /// Product, in words.
    pub product_name: Option<String>,
    /// The policy that raised it.
    pub alert_policy_id: Option<String>,
    /// What to do about it.
    pub recommended_actions: Option<String>,
    /// Further tactics.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub categories: Vec<String>,
    /// Name of the threat.
    pub threat_display_name: Option<String>,
    /// Tags of the service.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub system_tags: Vec<String>,
    /// Comments.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub comments: Vec<GraphComment>,
    /// Details that a rule's author chose.
    pub custom_details: Option<Object>,
    /// Details of the service.
    pub additional_data: Option<Object>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// `new`, `inProgress`, `resolved`.
    pub status: Option<String>,
    /// As for incidents.
    pub severity: Option<String>,
    /// As for incidents.
    pub classification: Option<String>,
    /// As for incidents.
    pub determination: Option<String>,
    /// Owner.
    pub assigned_to: Option<String>,
    /// Activity group.
    pub actor_display_name: Option<String>,
    /// Malware family.
    pub threat_family_name: Option<String>,
    /// Techniques.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub mitre_techniques: Vec<String>,
    /// State of the automated investigation.
    pub investigation_state: Option<String>,
    /// Creation.
    pub created_date_time: Option<Timestamp>,
    /// Last change.
    pub last_update_date_time: Option<Timestamp>,
    /// Resolution.
    pub resolved_date_time: Option<Timestamp>,
    /// First activity.
    pub first_activity_date_time: Option<Timestamp>,
    /// Last activity.
    pub last_activity_date_time: Option<Timestamp>,
    /// Evidence.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub evidence: Vec<GraphEvidence>,
}

/// A piece of evidence; the members that matter depend on `@odata.type`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphEvidence {
    /// `#microsoft.graph.security.<kind>Evidence`.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// When it was added to the alert.
    pub created_date_time: Option<Timestamp>,
    /// `malicious`, `suspicious`, `noThreatsFound`, …
    pub verdict: Option<String>,
    /// `remediated`, `prevented`, `active`, …
    pub remediation_status: Option<String>,
    /// More about that.
    pub remediation_status_details: Option<String>,
    /// `compromised`, `attacker`, …
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub roles: Vec<String>,
    /// The same, in more words.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub detailed_roles: Vec<String>,
    /// Device.
    pub last_ip_address: Option<String>,
    /// Device.
    pub last_external_ip_address: Option<String>,
    /// Device.
    pub onboarding_status: Option<String>,
    /// Device.
    pub defender_av_status: Option<String>,
    /// File and process: `detected`, `blocked`, `prevented`.
    pub detection_status: Option<String>,
    /// Process.
    pub parent_process_image_file: Option<GraphFile>,
    /// Registry.
    pub registry_value_name: Option<String>,
    /// Device.
    pub mde_device_id: Option<String>,
    /// Device.
    pub azure_ad_device_id: Option<String>,
    /// Device.
    pub device_dns_name: Option<String>,
    /// Device.
    pub os_platform: Option<String>,
    /// Device.
    pub os_build: Option<i64>,
    /// Device.
    pub version: Option<String>,
    /// Device.
    pub health_status: Option<String>,
    /// Device.
    pub risk_score: Option<String>,
    /// Device.
    pub rbac_group_id: Option<i64>,
    /// Device.
    pub rbac_group_name: Option<String>,
    /// Device.
    pub first_seen_date_time: Option<Timestamp>,
    /// Device, and others.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub tags: Vec<String>,
    /// User, process, mailbox.
    pub user_account: Option<GraphUserAccount>,
    /// File.
    pub file_details: Option<GraphFile>,
    /// Process.
    pub image_file: Option<GraphFile>,
    /// Process.
    pub process_id: Option<i64>,
    /// Process.
    pub process_command_line: Option<String>,
    /// Process.
    pub process_creation_date_time: Option<Timestamp>,
    /// Process.
    pub parent_process_id: Option<i64>,
    /// Process.
    pub parent_process_creation_date_time: Option<Timestamp>,
    /// Address.
    pub ip_address: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Mailbox.
    pub primary_address: Option<String>,
    /// Mailbox and group.
    pub display_name: Option<String>,
    /// Mail.
    pub recipient_email_address: Option<String>,
    /// Mail.
    pub subject: Option<String>,
    /// Mail.
    pub delivery_action: Option<String>,
    /// Mail.
    pub p2_sender: Option<GraphSender>,
    /// Mail cluster.
    pub cluster_by: Option<String>,
    /// Registry.
    pub registry_hive: Option<String>,
    /// Registry.
    pub registry_key: Option<String>,
    /// Registry.
    pub registry_value: Option<String>,
    /// Registry.
    pub registry_value_type: Option<String>,
    /// Group.
    pub security_group_id: Option<String>,
    /// Members of kinds that have no name here, as they came.
    #[serde(flatten)]
    pub extra: Object,
}

/// The account of a piece of evidence.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphUserAccount {
    /// Account name.
    pub account_name: Option<String>,
    /// Domain.
    pub domain_name: Option<String>,
    /// SID.
    pub user_sid: Option<String>,
    /// Directory id.
    pub azure_ad_user_id: Option<String>,
    /// Sign-in name.
    pub user_principal_name: Option<String>,
    /// Display name.
    pub display_name: Option<String>,
}

/// The file of a piece of evidence.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphFile {
    /// SHA-1.
    pub sha1: Option<String>,
    /// SHA-256.
    pub sha256: Option<String>,
    /// MD5.
    pub md5: Option<String>,
    /// Name.
    pub file_name: Option<String>,
    /// Folder.
    pub file_path: Option<String>,
    /// Length, in bytes.
    pub file_size: Option<i64>,
    /// Publisher.
    pub file_publisher: Option<String>,
    /// Signer.
    pub signer: Option<String>,
    /// Issuer of the signer's certificate.
    pub issuer: Option<String>,
}

/// The sender of a mail.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphSender {
    /// Address.
    pub email_address: Option<String>,
}
