//! Indicators (documentation page "Indicator resource type").

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An indicator, as answers have it: every key always present.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Indicator {
    /// A number, written as a text.
    pub id: String,
    /// What is looked for.
    pub indicator_value: String,
    /// `FileSha1`, `FileSha256`, `FileMd5`, `CertificateThumbprint`, `IpAddress`, `DomainName`,
    /// `Url`.
    pub indicator_type: String,
    /// `Warn`, `Block`, `Audit`, `Alert`, `AlertAndBlock`, `BlockAndRemediate`, `Allowed`.
    pub action: String,
    /// The application it is about.
    pub application: Option<String>,
    /// The caller's own id.
    #[serde(rename = "externalId", alias = "externalID")]
    pub external_id: Option<String>,
    /// Name of who made it.
    pub source: Option<String>,
    /// `User`, `AadApp`.
    pub source_type: Option<String>,
    /// Name of who made it.
    pub created_by_source: Option<String>,
    /// Id of who made it.
    pub created_by: Option<String>,
    /// Name of who made it.
    pub created_by_display_name: Option<String>,
    /// Name of who changed it last.
    pub last_updated_by: Option<String>,
    /// Creation.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub creation_time_date_time_utc: Option<Timestamp>,
    /// Its end.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub expiration_time: Option<Timestamp>,
    /// Last change.
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub last_update_time: Option<Timestamp>,
    /// `Informational`, `Low`, `Medium`, `High`.
    pub severity: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// What to do about it.
    pub recommended_actions: Option<String>,
    /// A page for the person who was warned.
    pub educate_url: Option<String>,
    /// Device groups, by name.
    pub rbac_group_names: Vec<String>,
    /// Device groups, by number.
    pub rbac_group_ids: Vec<String>,
    /// Is an alert wanted?
    pub generate_alert: bool,
}

/// An indicator that is submitted or changed. Members that a server sets are passed over.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IndicatorBody {
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator_value: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator_type: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// See [`Indicator`].
    #[serde(alias = "externalID", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// See [`Indicator`]; null takes it away.
    #[serde(
        deserialize_with = "crate::null::null_is_said",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<crate::schema::Instant>")]
    pub expiration_time: Option<Option<Timestamp>>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recommended_actions: Option<String>,
    /// See [`Indicator`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub educate_url: Option<String>,
    /// A list of texts, or one text with commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rbac_group_names: Option<Value>,
    /// A list of texts or numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rbac_group_ids: Option<Value>,
    /// `true`, `false`, or one of them as a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generate_alert: Option<Value>,
}

/// Body of `POST /api/indicators/import`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorImport {
    /// The indicators, each read by itself.
    #[serde(rename = "Indicators", alias = "indicators")]
    pub indicators: Vec<Value>,
}

/// What an import did.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct IndicatorImportAnswer {
    /// One for each indicator, in their order.
    pub value: Vec<IndicatorImported>,
}

/// What became of one indicator.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IndicatorImported {
    /// Its id, unless it failed.
    pub id: Option<String>,
    /// Its value.
    pub indicator: Option<String>,
    /// Was it refused?
    pub is_failed: bool,
    /// Why.
    pub failure_reason: Option<String>,
}

/// Body of `POST /api/indicators/BatchDelete`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct BatchDelete {
    /// The ids, as texts; numbers are read too.
    #[serde(rename = "IndicatorIds", alias = "indicatorIds")]
    pub indicator_ids: Vec<Value>,
}
