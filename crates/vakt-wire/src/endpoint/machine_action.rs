//! Machine actions (documentation page "machineAction resource type").

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An action.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MachineAction {
    /// A GUID.
    pub id: String,
    /// `RunAntiVirusScan`, `Offboard`, `CollectInvestigationPackage`, `Isolate`, `Unisolate`,
    /// `StopAndQuarantineFile`, `RestrictCodeExecution`, `UnrestrictCodeExecution`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Title; never given.
    pub title: Option<String>,
    /// `Full`, `Selective`, `UnManagedDevice`, `Quick`.
    pub scope: Option<String>,
    /// Who asked for it.
    pub requestor: String,
    /// Why.
    pub requestor_comment: String,
    /// `Pending`, `InProgress`, `Succeeded`, `Failed`, `TimeOut`, `Cancelled`.
    pub status: String,
    /// The machine.
    pub machine_id: String,
    /// Its name.
    pub computer_dns_name: Option<String>,
    /// Creation.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub creation_date_time_utc: Option<Timestamp>,
    /// Last change.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_date_time_utc: Option<Timestamp>,
    /// The same, as one page of the documentation calls it.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_time_utc: Option<Timestamp>,
    /// Who called it off.
    pub cancellation_requestor: Option<String>,
    /// Why.
    pub cancellation_comment: Option<String>,
    /// When.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub cancellation_date_time_utc: Option<Timestamp>,
    /// Number of the failure, 0 if there is none.
    pub error_h_result: i64,
    /// The caller's own id.
    pub external_id: Option<String>,
    /// `PublicApi`.
    pub request_source: Option<String>,
    /// The file that is to be stopped.
    pub related_file_info: Option<RelatedFileInfo>,
    /// Commands of a live response; there are none.
    pub commands: Vec<String>,
    /// What went wrong; here also what the one who carries it out says of it.
    pub troubleshoot_info: Option<String>,
}

/// A file.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RelatedFileInfo {
    /// The hash.
    pub file_identifier: String,
    /// `Sha1`.
    pub file_identifier_type: String,
}

/// Body of the requests for an action; each takes a part of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct ActionRequest {
    /// Why.
    #[serde(alias = "comment", skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// `Full`, `Selective`, `UnManagedDevice`.
    #[serde(alias = "isolationType", skip_serializing_if = "Option::is_none")]
    pub isolation_type: Option<String>,
    /// `Full`, `Quick`.
    #[serde(alias = "scanType", skip_serializing_if = "Option::is_none")]
    pub scan_type: Option<String>,
    /// SHA-1 of a file.
    #[serde(alias = "sha1", alias = "SHA1", skip_serializing_if = "Option::is_none")]
    pub sha1: Option<String>,
    /// The caller's own id.
    #[serde(
        alias = "externalId",
        alias = "externalID",
        alias = "ExternalID",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_id: Option<String>,
}

/// Body of `POST /api/machineactions/{id}/cancel`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct Cancel {
    /// Why.
    #[serde(alias = "comment")]
    pub comment: Option<String>,
}

/// Body of Vakt's own `PATCH /vakt/v1/machineactions/{id}`: what the one who carries an action out
/// says of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct MachineActionProgress {
    /// `InProgress`, `Succeeded`, `Failed`, `TimeOut`.
    pub status: Option<String>,
    /// A word about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub troubleshoot_info: Option<String>,
    /// Number of the failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_h_result: Option<i64>,
}
