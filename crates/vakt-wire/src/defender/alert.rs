//! Alerts, devices and entities of the classic dialect.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One alert of an incident.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub struct Alert {
    /// Two-letter product prefix and that product's id.
    pub alert_id: String,
    /// The incident.
    pub incident_id: Option<i64>,
    /// `MicrosoftDefenderATP`, `OfficeATP`, …
    pub service_source: Option<String>,
    /// Creation.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub creation_time: Option<Timestamp>,
    /// Last change.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_updated_time: Option<Timestamp>,
    /// Resolution.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub resolved_time: Option<Timestamp>,
    /// First activity; never null in answers, clients take the minimum over it.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub first_activity: Option<Timestamp>,
    /// Last activity.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_activity: Option<Timestamp>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Tactic in PascalCase, or `Malware` style.
    pub category: Option<String>,
    /// `New`, `InProgress`, `Resolved`.
    pub status: Option<String>,
    /// As for incidents.
    pub severity: Option<String>,
    /// Automated investigation.
    pub investigation_id: Option<i64>,
    /// State of that investigation.
    pub investigation_state: Option<String>,
    /// As for incidents.
    pub classification: Option<String>,
    /// As for incidents.
    pub determination: Option<String>,
    /// `WindowsDefenderAtp`, `MCAS`, …
    pub detection_source: Option<String>,
    /// Owner.
    pub assigned_to: Option<String>,
    /// Activity group.
    pub actor_name: Option<String>,
    /// Malware family.
    pub threat_family_name: Option<String>,
    /// `T1059.001` …
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub mitre_techniques: Vec<String>,
    /// Devices.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub devices: Vec<Device>,
    /// Entities.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub entities: Vec<Entity>,
}

/// A device of an alert.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Device {
    /// 40 hex digits; the documentation's table calls it `DeviceId`.
    #[serde(alias = "DeviceId", alias = "deviceId")]
    pub mdatp_device_id: Option<String>,
    /// Directory id.
    pub aad_device_id: Option<String>,
    /// Name.
    pub device_dns_name: Option<String>,
    /// `Windows10`, …
    pub os_platform: Option<String>,
    /// `21H2`, …
    pub version: Option<String>,
    /// `x64`, …
    pub os_processor: Option<String>,
    /// Build number.
    pub os_build: Option<i64>,
    /// `Active`, `Inactive`, …
    pub health_status: Option<String>,
    /// `None`, `Low`, …
    pub risk_score: Option<String>,
    /// Device group.
    pub rbac_group_name: Option<String>,
    /// Device group's number.
    pub rbac_group_id: Option<i64>,
    /// First seen.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub first_seen: Option<Timestamp>,
    /// Tags.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub tags: Vec<String>,
}

/// An entity: one flat object for every kind, unused members null.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Entity {
    /// `User`, `Ip`, `Url`, `File`, `Process`, `MailBox`, `MailMessage`, `MailCluster`, `Registry`, `SecurityGroup`.
    pub entity_type: String,
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
    /// Address.
    pub ip_address: Option<String>,
    /// Address.
    pub url: Option<String>,
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
    /// Mailbox.
    pub mailbox_display_name: Option<String>,
    /// Mailbox.
    pub mailbox_address: Option<String>,
    /// Mail cluster.
    pub cluster_by: Option<String>,
    /// Mail.
    pub sender: Option<String>,
    /// Mail.
    pub recipient: Option<String>,
    /// Mail.
    pub subject: Option<String>,
    /// Mail.
    pub delivery_action: Option<String>,
    /// Group.
    pub security_group_id: Option<String>,
    /// Group.
    pub security_group_name: Option<String>,
    /// Registry.
    pub registry_hive: Option<String>,
    /// Registry.
    pub registry_key: Option<String>,
    /// Registry.
    pub registry_value_type: Option<String>,
    /// Registry.
    pub registry_value: Option<String>,
    /// The device it was seen on.
    pub device_id: Option<String>,
}
