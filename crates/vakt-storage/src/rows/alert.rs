//! Alerts: one document each, with everything that is known.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vakt_ids::AlertId;
use vakt_incidents::{Alert, AlertStatus, Classification, Determination, Severity};

use super::comment::{StoredComment, read_comment, write_comment};
use super::evidence::{
    StoredDevice, StoredEntity, read_device, read_entity, write_device, write_entity,
};
use super::version::FirstVersion;
use super::{BadDocument, from_ticks, kept, lent, ticks, write_document};

#[derive(Serialize, Deserialize)]
struct StoredAlert<'a> {
    version: FirstVersion,
    id: Cow<'a, AlertId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detector: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detector_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    policy_id: Option<Cow<'a, str>>,
    title: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recommended_actions: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    categories: Cow<'a, [String]>,
    status: Cow<'a, str>,
    severity: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    classification: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    determination: Option<Cow<'a, str>>,
    created_at: i64,
    updated_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolved_at: Option<i64>,
    first_activity_at: i64,
    last_activity_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    investigation_id: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    investigation_state: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_to: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threat_family: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threat_name: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    techniques: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    system_tags: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<StoredComment<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    custom_details: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    additional_data: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    devices: Vec<StoredDevice<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entities: Vec<StoredEntity<'a>>,
}

/// The document of an alert.
pub(crate) fn write_alert(alert: &Alert) -> Result<String, BadDocument> {
    write_document(&StoredAlert {
        version: FirstVersion::First,
        id: Cow::Borrowed(&alert.id),
        service: lent(&alert.service),
        detector: lent(&alert.detector),
        detector_id: lent(&alert.detector_id),
        product: lent(&alert.product),
        policy_id: lent(&alert.policy_id),
        title: (&*alert.title).into(),
        description: lent(&alert.description),
        recommended_actions: lent(&alert.recommended_actions),
        category: lent(&alert.category),
        categories: (&alert.categories[..]).into(),
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
        investigation_state: lent(&alert.investigation_state),
        assigned_to: lent(&alert.assigned_to),
        actor_name: lent(&alert.actor_name),
        threat_family: lent(&alert.threat_family),
        threat_name: lent(&alert.threat_name),
        techniques: (&alert.techniques[..]).into(),
        system_tags: (&alert.system_tags[..]).into(),
        custom_details: lent(&alert.custom_details),
        additional_data: lent(&alert.additional_data),
        comments: alert.comments.iter().map(write_comment).collect(),
        devices: alert.devices.iter().map(write_device).collect(),
        entities: alert.entities.iter().map(write_entity).collect(),
    })
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
        id: stored.id.into_owned(),
        service: kept(stored.service),
        detector: kept(stored.detector),
        detector_id: kept(stored.detector_id),
        product: kept(stored.product),
        policy_id: kept(stored.policy_id),
        title: stored.title.into_owned(),
        description: kept(stored.description),
        recommended_actions: kept(stored.recommended_actions),
        category: kept(stored.category),
        categories: stored.categories.into_owned(),
        created_at: from_ticks(stored.created_at),
        updated_at: from_ticks(stored.updated_at),
        resolved_at: stored.resolved_at.map(from_ticks),
        first_activity_at: from_ticks(stored.first_activity_at),
        last_activity_at: from_ticks(stored.last_activity_at),
        investigation_id: stored.investigation_id,
        investigation_state: kept(stored.investigation_state),
        assigned_to: kept(stored.assigned_to),
        actor_name: kept(stored.actor_name),
        threat_family: kept(stored.threat_family),
        threat_name: kept(stored.threat_name),
        techniques: stored.techniques.into_owned(),
        system_tags: stored.system_tags.into_owned(),
        custom_details: kept(stored.custom_details),
        additional_data: kept(stored.additional_data),
        comments: stored.comments.into_iter().map(read_comment).collect(),
        devices: stored.devices.into_iter().map(read_device).collect(),
        entities: stored.entities.into_iter().map(read_entity).collect(),
    })
}
