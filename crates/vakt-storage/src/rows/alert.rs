//! Alerts: one document each, with everything that is known.

use serde::{Deserialize, Serialize};
use vakt_ids::AlertId;
use vakt_incidents::{Alert, AlertStatus, Classification, Determination, Severity};

use super::comment::{StoredComment, read_comment, write_comment};
use super::evidence::{
    StoredDevice, StoredEntity, read_device, read_entity, write_device, write_entity,
};
use super::version::FirstVersion;
use super::{BadDocument, from_ticks, ticks};

#[derive(Serialize, Deserialize)]
struct StoredAlert {
    version: FirstVersion,
    id: AlertId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detector: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detector_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recommended_actions: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    categories: Vec<String>,
    status: String,
    severity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    classification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    determination: Option<String>,
    created_at: i64,
    updated_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved_at: Option<i64>,
    first_activity_at: i64,
    last_activity_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    investigation_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    investigation_state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threat_family: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threat_name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    techniques: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    system_tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<StoredComment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    custom_details: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    additional_data: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    devices: Vec<StoredDevice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<StoredEntity>,
}

/// The document of an alert.
pub(crate) fn write_alert(alert: &Alert) -> Result<String, BadDocument> {
    Ok(serde_json::to_string(&StoredAlert {
        version: FirstVersion::First,
        id: alert.id.clone(),
        service: alert.service.clone(),
        detector: alert.detector.clone(),
        detector_id: alert.detector_id.clone(),
        product: alert.product.clone(),
        policy_id: alert.policy_id.clone(),
        title: alert.title.clone(),
        description: alert.description.clone(),
        recommended_actions: alert.recommended_actions.clone(),
        category: alert.category.clone(),
        categories: alert.categories.clone(),
        status: alert.status.as_str().into(),
        severity: alert.severity.as_str().into(),
        classification: alert.classification.map(|word| word.as_str().into()),
        determination: alert.determination.map(|word| word.as_str().into()),
        created_at: ticks(alert.created_at),
        updated_at: ticks(alert.updated_at),
        resolved_at: alert.resolved_at.map(ticks),
        first_activity_at: ticks(alert.first_activity_at),
        last_activity_at: ticks(alert.last_activity_at),
        investigation_id: alert.investigation_id,
        investigation_state: alert.investigation_state.clone(),
        assigned_to: alert.assigned_to.clone(),
        actor_name: alert.actor_name.clone(),
        threat_family: alert.threat_family.clone(),
        threat_name: alert.threat_name.clone(),
        techniques: alert.techniques.clone(),
        system_tags: alert.system_tags.clone(),
        custom_details: alert.custom_details.clone(),
        additional_data: alert.additional_data.clone(),
        comments: alert.comments.iter().map(write_comment).collect(),
        devices: alert.devices.iter().map(write_device).collect(),
        entities: alert.entities.iter().map(write_entity).collect(),
    })?)
}

/// Reads a document.
pub(crate) fn read_alert(text: &str) -> Result<Alert, BadDocument> {
    let stored: StoredAlert = serde_json::from_str(text)?;
    let bad = |what: &str| BadDocument(format!("{what} of alert `{}` is unknown", stored.id));
    Ok(Alert {
        status: AlertStatus::from_text(&stored.status).ok_or_else(|| bad("status"))?,
        severity: Severity::from_text(&stored.severity).ok_or_else(|| bad("severity"))?,
        classification: stored.classification.as_deref().and_then(Classification::from_text),
        determination: stored.determination.as_deref().and_then(Determination::from_text),
        id: stored.id,
        service: stored.service,
        detector: stored.detector,
        detector_id: stored.detector_id,
        product: stored.product,
        policy_id: stored.policy_id,
        title: stored.title,
        description: stored.description,
        recommended_actions: stored.recommended_actions,
        category: stored.category,
        categories: stored.categories,
        created_at: from_ticks(stored.created_at),
        updated_at: from_ticks(stored.updated_at),
        resolved_at: stored.resolved_at.map(from_ticks),
        first_activity_at: from_ticks(stored.first_activity_at),
        last_activity_at: from_ticks(stored.last_activity_at),
        investigation_id: stored.investigation_id,
        investigation_state: stored.investigation_state,
        assigned_to: stored.assigned_to,
        actor_name: stored.actor_name,
        threat_family: stored.threat_family,
        threat_name: stored.threat_name,
        techniques: stored.techniques,
        system_tags: stored.system_tags,
        custom_details: stored.custom_details,
        additional_data: stored.additional_data,
        comments: stored.comments.into_iter().map(read_comment).collect(),
        devices: stored.devices.into_iter().map(read_device).collect(),
        entities: stored.entities.into_iter().map(read_entity).collect(),
    })
}
