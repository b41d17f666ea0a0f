//! Indicators as documents: all of them, since the columns beside them are only searched.

use serde::{Deserialize, Serialize};
use vakt_endpoint::{
    Author, Indicator, IndicatorKind, IndicatorSeverity, NewIndicator, Response, SourceKind,
};
use vakt_ids::IndicatorId;

use super::machine::word;
use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredIndicator),
}

#[derive(Serialize, Deserialize)]
struct StoredIndicator {
    id: IndicatorId,
    kind: String,
    value: String,
    response: String,
    application: Option<String>,
    external_id: Option<String>,
    title: String,
    description: Option<String>,
    recommended_actions: Option<String>,
    expires_at: Option<i64>,
    severity: String,
    wants_alert: bool,
    educate_url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    group_names: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    group_ids: Vec<String>,
    made_by_kind: String,
    made_by: String,
    made_by_name: String,
    changed_by: Option<String>,
    created_at: i64,
    updated_at: i64,
}

/// The document of an indicator.
pub(crate) fn write_indicator(indicator: &Indicator) -> Result<String, BadDocument> {
    let content = &indicator.content;
    Ok(serde_json::to_string(&Document::V1(StoredIndicator {
        id: indicator.id,
        kind: content.kind.as_str().into(),
        value: content.value.clone(),
        response: content.response.as_str().into(),
        application: content.application.clone(),
        external_id: content.external_id.clone(),
        title: content.title.clone(),
        description: content.description.clone(),
        recommended_actions: content.recommended_actions.clone(),
        expires_at: content.expires_at.map(ticks),
        severity: content.severity.as_str().into(),
        wants_alert: content.wants_alert,
        educate_url: content.educate_url.clone(),
        group_names: content.group_names.clone(),
        group_ids: content.group_ids.clone(),
        made_by_kind: indicator.made_by.kind.as_str().into(),
        made_by: indicator.made_by.id.clone(),
        made_by_name: indicator.made_by.name.clone(),
        changed_by: indicator.changed_by.clone(),
        created_at: ticks(indicator.created_at),
        updated_at: ticks(indicator.updated_at),
    }))?)
}

/// An indicator out of its document.
pub(crate) fn read_indicator(text: &str) -> Result<Indicator, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(text)?;
    let content = NewIndicator {
        kind: word("kind", &stored.kind, IndicatorKind::from_text)?,
        value: stored.value,
        response: word("response", &stored.response, Response::from_text)?,
        application: stored.application,
        external_id: stored.external_id,
        title: stored.title,
        description: stored.description,
        recommended_actions: stored.recommended_actions,
        expires_at: stored.expires_at.map(from_ticks),
        severity: word("severity", &stored.severity, IndicatorSeverity::from_text)?,
        wants_alert: stored.wants_alert,
        educate_url: stored.educate_url,
        group_names: stored.group_names,
        group_ids: stored.group_ids,
    };
    Ok(Indicator {
        id: stored.id,
        content,
        made_by: Author {
            kind: word("maker", &stored.made_by_kind, SourceKind::from_text)?,
            id: stored.made_by,
            name: stored.made_by_name,
        },
        changed_by: stored.changed_by,
        created_at: from_ticks(stored.created_at),
        updated_at: from_ticks(stored.updated_at),
    })
}
