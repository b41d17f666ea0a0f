//! Machines (documentation page "Machine resource type"): every key always present in answers.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A machine. Only the id is needed to read one.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Machine {
    /// 40 hex digits.
    pub id: String,
    /// Full name.
    pub computer_dns_name: Option<String>,
    /// First seen.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub first_seen: Option<Timestamp>,
    /// Last seen.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_seen: Option<Timestamp>,
    /// `Windows11`, `Linux` …
    pub os_platform: Option<String>,
    /// `Onboarded`, `CanBeOnboarded`, `Unsupported`, `InsufficientInfo`.
    #[serde(alias = "onboardingstatus")]
    pub onboarding_status: Option<String>,
    /// `x64` …
    pub os_processor: Option<String>,
    /// `32-bit`, `64-bit`.
    pub os_architecture: Option<String>,
    /// `23H2` …
    pub version: Option<String>,
    /// Build number.
    pub os_build: Option<i64>,
    /// Last address on the local network.
    pub last_ip_address: Option<String>,
    /// Last address that the internet saw.
    pub last_external_ip_address: Option<String>,
    /// `Active`, `Inactive`, `ImpairedCommunication`, `NoSensorData`,
    /// `NoSensorDataImpairedCommunication`, `Unknown`.
    pub health_status: Option<String>,
    /// Device group.
    pub rbac_group_name: Option<String>,
    /// Device group's number; some pages write it as a text.
    #[serde(deserialize_with = "crate::null::number_or_text")]
    pub rbac_group_id: Option<i64>,
    /// `None`, `Informational`, `Low`, `Medium`, `High`.
    pub risk_score: Option<String>,
    /// `None`, `Low`, `Medium`, `High`.
    pub exposure_level: Option<String>,
    /// `Low`, `Normal`, `High`.
    pub device_value: Option<String>,
    /// The directory's id, a GUID.
    pub aad_device_id: Option<String>,
    /// Is it joined to the directory?
    pub is_aad_joined: Option<bool>,
    /// Tags.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub machine_tags: Vec<String>,
    /// Network interfaces.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub ip_addresses: Vec<IpAddress>,
}

/// A network interface of a machine.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IpAddress {
    /// Address.
    pub ip_address: Option<String>,
    /// Hardware address.
    pub mac_address: Option<String>,
    /// `Ethernet`, `Wireless80211` …
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `Up`, `Down`.
    pub operational_status: Option<String>,
}

/// Body of `PATCH /api/machines/{id}`; what is not there stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MachineChanges {
    /// `Low`, `Normal`, `High`.
    #[serde(alias = "DeviceValue", skip_serializing_if = "Option::is_none")]
    pub device_value: Option<String>,
    /// All tags that it is to have.
    #[serde(alias = "MachineTags", skip_serializing_if = "Option::is_none")]
    pub machine_tags: Option<Vec<String>>,
}

/// Body of `POST /api/machines/{id}/tags`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct MachineTag {
    /// The tag.
    #[serde(alias = "value")]
    pub value: Option<String>,
    /// `Add` or `Remove`.
    #[serde(alias = "action")]
    pub action: Option<String>,
}

/// Body of `POST /api/machines/{id}/setDeviceValue`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct NewDeviceValue {
    /// `Low`, `Normal`, `High`.
    #[serde(alias = "deviceValue")]
    pub device_value: Option<String>,
}
