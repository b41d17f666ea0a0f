//! Evidence: one struct for all types. Which members are there beside those that all have depends on
//! the type, and is written down in [`MEMBERS`].

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::ser::Error;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::Object;

/// A piece of evidence; the members that matter depend on `@odata.type`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphEvidence {
    /// `#microsoft.graph.security.<kind>Evidence`.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// When it was added to the alert.
    #[schemars(with = "Option<crate::schema::Instant>")]
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
    /// Tags.
    #[serde(deserialize_with = "crate::null::null_is_default")]
    pub tags: Vec<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_ip_address: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_external_ip_address: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onboarding_status: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defender_av_status: Option<String>,
    /// File and process: `detected`, `blocked`, `prevented`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detection_status: Option<String>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_process_image_file: Option<GraphFile>,
    /// Registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_value_name: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mde_device_id: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub azure_ad_device_id: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_dns_name: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_platform: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_build: Option<i64>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_status: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk_score: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rbac_group_id: Option<i64>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rbac_group_name: Option<String>,
    /// Device.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub first_seen_date_time: Option<Timestamp>,
    /// User, process, mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_account: Option<GraphUserAccount>,
    /// File.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_details: Option<GraphFile>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_file: Option<GraphFile>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process_id: Option<i64>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process_command_line: Option<String>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub process_creation_date_time: Option<Timestamp>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_process_id: Option<i64>,
    /// Process.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub parent_process_creation_date_time: Option<Timestamp>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_address: Option<String>,
    /// Mailbox and group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_email_address: Option<String>,
    /// Mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_action: Option<String>,
    /// Mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p2_sender: Option<GraphSender>,
    /// Mail cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_by: Option<String>,
    /// Registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_hive: Option<String>,
    /// Registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_key: Option<String>,
    /// Registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_value: Option<String>,
    /// Registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_value_type: Option<String>,
    /// Group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_group_id: Option<String>,
    /// Members of kinds that have no name here, as they came.
    #[serde(flatten)]
    pub extra: Object,
}

/// The account of a piece of evidence.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GraphSender {
    /// Address.
    pub email_address: Option<String>,
}

/// Members that evidence of a type always has, from Graph's published types.
const MEMBERS: &[(&str, &[&str])] = &[
    (
        "device",
        &[
            "azureAdDeviceId",
            "defenderAvStatus",
            "deviceDnsName",
            "dnsDomain",
            "firstSeenDateTime",
            "healthStatus",
            "hostName",
            "ipInterfaces",
            "lastExternalIpAddress",
            "lastIpAddress",
            "loggedOnUsers",
            "mdeDeviceId",
            "ntDomain",
            "onboardingStatus",
            "osBuild",
            "osPlatform",
            "rbacGroupId",
            "rbacGroupName",
            "resourceAccessEvents",
            "riskScore",
            "version",
            "vmMetadata",
        ],
    ),
    ("user", &["stream", "userAccount"]),
    ("ip", &["countryLetterCode", "ipAddress", "location", "stream"]),
    ("url", &["url"]),
    ("file", &["detectionStatus", "fileDetails", "mdeDeviceId"]),
    (
        "process",
        &[
            "detectionStatus",
            "imageFile",
            "mdeDeviceId",
            "parentProcessCreationDateTime",
            "parentProcessId",
            "parentProcessImageFile",
            "processCommandLine",
            "processCreationDateTime",
            "processId",
            "userAccount",
        ],
    ),
    ("mailbox", &["displayName", "primaryAddress", "userAccount"]),
    (
        "analyzedMessage",
        &[
            "deliveryAction",
            "deliveryLocation",
            "internetMessageId",
            "networkMessageId",
            "p1Sender",
            "p2Sender",
            "receivedDateTime",
            "recipientEmailAddress",
            "senderIp",
            "subject",
        ],
    ),
    ("mailCluster", &["clusterBy", "clusterByValue", "emailCount", "networkMessageIds", "query"]),
    ("registryKey", &["registryHive", "registryKey"]),
    (
        "registryValue",
        &[
            "mdeDeviceId",
            "registryHive",
            "registryKey",
            "registryValue",
            "registryValueName",
            "registryValueType",
        ],
    ),
    ("securityGroup", &["displayName", "securityGroupId"]),
];
/// Those of them that are lists.
const LISTS: &[&str] =
    &["ipInterfaces", "loggedOnUsers", "networkMessageIds", "resourceAccessEvents"];

impl GraphEvidence {
    /// Takes the members out that this version has no names for, but for those that say nothing:
    /// the empty ones that every piece of its type has.
    pub fn take_extra(&mut self) -> Object {
        let always = self.always();
        let mut extra = std::mem::take(&mut self.extra);
        extra
            .retain(|name, value| !(always.contains(&name.as_str()) && *value == nothing_of(name)));
        extra
    }

    fn always(&self) -> &'static [&'static str] {
        let word = self.odata_type.rsplit('.').next().unwrap_or_default();
        let word = word.strip_suffix("Evidence").unwrap_or(word);
        let found = MEMBERS.iter().find(|(name, _)| *name == word);
        found.map(|(_, members)| *members).unwrap_or_default()
    }
}

/// Writes a list of evidence, each with all members of its type.
pub(super) fn write_whole<S: Serializer>(
    evidence: &[GraphEvidence],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let whole: Result<Vec<Value>, _> = evidence.iter().map(whole).collect();
    serializer.collect_seq(whole.map_err(S::Error::custom)?)
}

fn whole(evidence: &GraphEvidence) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(evidence)?;
    if let Some(members) = value.as_object_mut() {
        for name in evidence.always() {
            members.entry(*name).or_insert_with(|| nothing_of(name));
        }
    }
    Ok(value)
}

fn nothing_of(name: &str) -> Value {
    if LISTS.contains(&name) { Value::Array(Vec::new()) } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_type_has_its_own_members_and_what_came_with_it() {
        for (given, expected) in [
            (
                json!({ "@odata.type": "#microsoft.graph.security.urlEvidence" }),
                json!({ "url": null }),
            ),
            (
                json!({ "@odata.type": "#microsoft.graph.security.userEvidence", "stream": null }),
                json!({ "stream": null, "userAccount": null }),
            ),
            (
                json!({ "@odata.type": "#microsoft.graph.security.nicEvidence", "mac": "x" }),
                json!({ "mac": "x" }),
            ),
        ] {
            let read: GraphEvidence = serde_json::from_value(given.clone()).unwrap();
            let mut written = whole(&read).unwrap();
            let members = written.as_object_mut().unwrap();
            for common in ["createdDateTime", "verdict", "remediationStatus", "roles", "tags"] {
                assert!(members.remove(common).is_some(), "{common} of {given}");
            }
            for name in ["@odata.type", "remediationStatusDetails", "detailedRoles"] {
                members.remove(name);
            }
            assert_eq!(written, expected);
        }
    }

    #[test]
    fn members_that_say_nothing_are_not_kept() {
        let mut read: GraphEvidence = serde_json::from_value(json!({
            "@odata.type": "#microsoft.graph.security.deviceEvidence",
            "hostName": null, "ipInterfaces": [], "ntDomain": "CONTOSO", "new": null,
        }))
        .unwrap();
        assert_eq!(Value::Object(read.take_extra()), json!({ "ntDomain": "CONTOSO", "new": null }));
    }
}
