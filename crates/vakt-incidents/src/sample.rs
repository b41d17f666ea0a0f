//! Incidents and alerts for this room's own tests.

use jiff::Timestamp;

use crate::{
    Alert, AlertStatus, ChangeNumber, Classification, Determination, Device, Incident, PlaceReason,
    PlacedAlert, Severity, Stamp, Status,
};

/// A moment of the first of March.
pub(crate) fn at(hour: i8) -> Timestamp {
    format!("2026-03-01T{hour:02}:00:00Z").parse().unwrap()
}

/// A change of Ada's.
pub(crate) fn stamp(hour: i8) -> Stamp {
    Stamp { by: "ada".into(), at: at(hour) }
}

/// An alert of which little is known, about devices.
pub(crate) fn alert(id: &str, devices: &[&str]) -> Alert {
    let device = |id: &&str| Device { endpoint_id: Some((*id).into()), ..Device::default() };
    Alert {
        id: id.parse().unwrap(),
        service: None,
        detector: None,
        detector_id: None,
        product: None,
        policy_id: None,
        title: String::new(),
        description: None,
        recommended_actions: None,
        category: None,
        categories: Vec::new(),
        status: AlertStatus::New,
        severity: Severity::Unspecified,
        classification: None,
        determination: None,
        created_at: at(1),
        updated_at: at(1),
        resolved_at: None,
        first_activity_at: at(1),
        last_activity_at: at(1),
        investigation_id: None,
        investigation_state: None,
        assigned_to: None,
        actor_name: None,
        threat_family: None,
        threat_name: None,
        techniques: Vec::new(),
        system_tags: Vec::new(),
        comments: Vec::new(),
        custom_details: None,
        additional_data: None,
        devices: devices.iter().map(device).collect(),
        entities: Vec::new(),
    }
}

/// An open incident with alerts.
pub(crate) fn incident(number: i64, alerts: Vec<Alert>) -> Incident {
    let id = vakt_ids::IncidentId::new(number).unwrap();
    let placed = |alert| PlacedAlert {
        alert,
        incident: id,
        reason: PlaceReason::Unrelated,
        change: ChangeNumber(1),
    };
    Incident {
        id,
        redirect: None,
        name: format!("Incident {number}"),
        description: None,
        summary: None,
        created_at: at(1),
        updated_at: at(1),
        updated_by: None,
        change: ChangeNumber(1),
        assigned_to: None,
        classification: Classification::Unknown,
        determination: Determination::NotAvailable,
        status: Status::Active,
        severity: Severity::Low,
        priority: None,
        resolving_comment: None,
        tags: Vec::new(),
        system_tags: Vec::new(),
        comments: Vec::new(),
        alerts: alerts.into_iter().map(placed).collect(),
    }
}
