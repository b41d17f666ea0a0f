//! Incidents and alerts to Graph's shapes, field by field: the inverse of `from_graph.rs`, so that
//! what was exported can be imported.

mod evidence;

use vakt_ids::{IncidentId, TenantId};
use vakt_incidents::{Comment, Incident, PlacedAlert};
use vakt_wire::graph::{GraphAlert, GraphComment, GraphIncident, Object};

use super::words::{Later, alert_status, classification, determination, severity};
use crate::defender::names::{camel, detector_to_graph, service_to_graph};

/// How things are shown to a caller.
#[derive(Debug, Clone)]
pub(super) struct View {
    /// Where pages for people are: `https://host`.
    pub pages: String,
    /// The caller's tenant.
    pub tenant: TenantId,
    /// How members that were added later are written.
    pub later: Later,
}

impl View {
    fn incident_page(&self, id: IncidentId) -> String {
        format!("{}/incident2/{id}/overview?tid={}", self.pages, self.tenant)
    }
}

/// An incident without its alerts.
pub(super) fn incident(incident: &Incident, view: &View) -> GraphIncident {
    GraphIncident {
        id: incident.id.to_string(),
        tenant_id: Some(view.tenant.to_string()),
        status: Some(view.later.status(incident.status)),
        incident_web_url: Some(view.incident_page(incident.id)),
        redirect_incident_id: incident.redirect.map(|id| id.to_string()),
        display_name: Some(incident.name.clone()),
        created_date_time: Some(incident.created_at),
        last_update_date_time: Some(incident.updated_at),
        assigned_to: incident.assigned_to.clone(),
        classification: Some(classification(incident.classification)),
        determination: Some(determination(incident.determination)),
        severity: Some(severity(incident.severity)),
        custom_tags: incident.tags.clone(),
        system_tags: incident.system_tags.clone(),
        description: incident.description.clone(),
        last_modified_by: incident.updated_by.clone(),
        resolving_comment: incident.resolving_comment.clone(),
        summary: incident.summary.clone(),
        priority_score: incident.priority,
        comments: incident.comments.iter().map(comment).collect(),
        alerts: Vec::new(),
    }
}

/// A comment.
pub(super) fn comment(comment: &Comment) -> GraphComment {
    GraphComment {
        comment: comment.text.clone(),
        created_by_display_name: comment.author.clone(),
        created_date_time: comment.created_at,
    }
}

/// An alert with its evidence.
pub(super) fn alert(placed: &PlacedAlert, view: &View) -> GraphAlert {
    let alert = &placed.alert;
    let devices = alert.devices.iter().map(|one| evidence::of_device(one, view.later));
    let entities = alert.entities.iter().map(|one| evidence::of_entity(one, view.later));
    let service = alert.service.as_deref().map(service_to_graph);
    let detector = alert.detector.as_deref().map(detector_to_graph);
    GraphAlert {
        id: alert.id.to_string(),
        provider_alert_id: Some(without_prefix(alert.id.as_str()).to_owned()),
        incident_id: Some(placed.incident.to_string()),
        tenant_id: Some(view.tenant.to_string()),
        alert_web_url: Some(format!("{}/alerts/{}?tid={}", view.pages, alert.id, view.tenant)),
        incident_web_url: Some(view.incident_page(placed.incident)),
        service_source: service.map(|name| view.later.service(name)),
        detection_source: detector.map(|name| view.later.detector(name)),
        detector_id: alert.detector_id.clone(),
        product_name: alert.product.clone(),
        alert_policy_id: alert.policy_id.clone(),
        recommended_actions: alert.recommended_actions.clone(),
        categories: alert.categories.clone(),
        threat_display_name: alert.threat_name.clone(),
        system_tags: alert.system_tags.clone(),
        comments: alert.comments.iter().map(comment).collect(),
        custom_details: object(alert.custom_details.as_deref()),
        additional_data: object(alert.additional_data.as_deref()),
        title: Some(alert.title.clone()),
        description: alert.description.clone(),
        category: alert.category.clone(),
        status: Some(alert_status(alert.status)),
        severity: Some(severity(alert.severity)),
        classification: alert.classification.map(classification),
        determination: alert.determination.map(determination),
        assigned_to: alert.assigned_to.clone(),
        actor_display_name: alert.actor_name.clone(),
        threat_family_name: alert.threat_family.clone(),
        mitre_techniques: alert.techniques.clone(),
        investigation_state: alert.investigation_state.as_deref().map(camel),
        created_date_time: Some(alert.created_at),
        last_update_date_time: Some(alert.updated_at),
        resolved_date_time: alert.resolved_at,
        first_activity_date_time: Some(alert.first_activity_at),
        last_activity_date_time: Some(alert.last_activity_at),
        evidence: devices.chain(entities).collect(),
    }
}

/// Ids begin with two letters that say which product raised the alert.
fn without_prefix(id: &str) -> &str {
    let is_prefixed = id.bytes().take(2).filter(u8::is_ascii_lowercase).count() == 2;
    id.get(2..).filter(|rest| is_prefixed && !rest.is_empty()).unwrap_or(id)
}

/// An object that is kept as text.
fn object(text: Option<&str>) -> Object {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}
