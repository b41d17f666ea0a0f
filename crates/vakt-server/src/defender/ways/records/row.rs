//! A row of the tables about alerts. The wire is lenient about types: a text may come as a number,
//! a list as its text or as itself.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The columns of `AlertInfo` and `AlertEvidence` together; a table lacks those of the other.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Row {
    pub timestamp: Text,
    pub alert_id: Text,
    pub title: Text,
    pub category: Text,
    pub categories: Text,
    pub severity: Text,
    pub service_source: Text,
    pub detection_source: Text,
    pub attack_techniques: Text,
    pub machine_group: Text,
    pub entity_type: Text,
    pub evidence_role: Text,
    pub evidence_direction: Text,
    pub file_name: Text,
    pub folder_path: Text,
    #[serde(rename = "SHA1")]
    pub sha1: Text,
    #[serde(rename = "SHA256")]
    pub sha256: Text,
    pub file_size: Text,
    pub threat_family: Text,
    #[serde(rename = "RemoteIP")]
    pub remote_ip: Text,
    pub remote_url: Text,
    pub account_name: Text,
    pub account_domain: Text,
    pub account_sid: Text,
    pub account_object_id: Text,
    pub account_upn: Text,
    pub device_id: Text,
    pub device_name: Text,
    #[serde(rename = "LocalIP")]
    pub local_ip: Text,
    pub network_message_id: Text,
    pub email_subject: Text,
    pub application: Text,
    pub application_id: Text,
    #[serde(rename = "OAuthApplicationId")]
    pub oauth_application_id: Text,
    pub process_command_line: Text,
    pub registry_key: Text,
    pub registry_value_name: Text,
    pub registry_value_data: Text,
    pub additional_fields: Text,
    pub cloud_resource: Text,
    pub cloud_platform: Text,
    pub resource_type: Text,
    #[serde(rename = "ResourceID")]
    pub resource_id: Text,
    pub subscription_id: Text,
}

/// A value as text; null and the empty text are none.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Text(pub Option<String>);

impl Text {
    /// The text, if there is one.
    pub(super) fn get(&self) -> Option<String> {
        self.0.clone()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Value::deserialize(deserializer)? {
            Value::Null => return Ok(Self(None)),
            Value::String(text) => text,
            other => other.to_string(),
        };
        Ok(Self(Some(text).filter(|text| !text.trim().is_empty())))
    }
}
