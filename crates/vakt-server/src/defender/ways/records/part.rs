//! What a record says of an alert. Everything in it is a function of the record alone, so that a
//! record that comes twice says nothing new.

use jiff::Timestamp;
use vakt_incidents::{Alert, AlertStatus, Severity};

use super::evidence::{Evidence, evidence};
use super::names::{detector, list, service, techniques};
use super::row::Row;
use crate::clock::whole_ticks;
use crate::defender::from_wire::word;

/// The tables that are about alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    /// One row an alert.
    AlertInfo,
    /// One row a piece of evidence.
    AlertEvidence,
}

impl Table {
    /// The table of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            _ if name.eq_ignore_ascii_case("AlertInfo") => Some(Self::AlertInfo),
            _ if name.eq_ignore_ascii_case("AlertEvidence") => Some(Self::AlertEvidence),
            _ => None,
        }
    }
}

/// Reads a row, as JSON; the error is for the caller.
pub(super) fn read_part(table: Table, properties: &str) -> Result<Alert, String> {
    let row: Row = serde_json::from_str(properties)
        .map_err(|error| format!("its `properties` cannot be read: {error}"))?;
    let at = time(&row)?;
    let mut alert = alert(&row, at)?;
    if table == Table::AlertEvidence {
        match evidence(&row, at) {
            Evidence::Device(device) => alert.devices.push(*device),
            Evidence::Entity(entity) => alert.entities.push(*entity),
        }
    }
    Ok(alert)
}

fn time(row: &Row) -> Result<Timestamp, String> {
    let text = row.timestamp.get().ok_or("its `properties` have no `Timestamp`")?;
    let wrong = |_| format!("`Timestamp` is `{text}`, which is not a time");
    text.parse().map(whole_ticks).map_err(wrong)
}

fn alert(row: &Row, at: Timestamp) -> Result<Alert, String> {
    let id = row.alert_id.get().ok_or("its `properties` have no `AlertId`")?;
    Ok(Alert {
        id: id.parse().map_err(|error: vakt_ids::NotAnId| error.to_string())?,
        service: row.service_source.get().map(|name| service(&name)),
        detector: row.detection_source.get().map(|name| detector(&name)),
        detector_id: None,
        product: None,
        policy_id: None,
        title: row.title.get().unwrap_or_default(),
        description: None,
        recommended_actions: None,
        category: row.category.get(),
        categories: row.categories.get().map(|text| list(&text)).unwrap_or_default(),
        status: AlertStatus::New,
        severity: word(row.severity.get(), Severity::Unspecified)?,
        classification: None,
        determination: None,
        created_at: at,
        updated_at: at,
        resolved_at: None,
        first_activity_at: at,
        last_activity_at: at,
        investigation_id: None,
        investigation_state: None,
        assigned_to: None,
        actor_name: None,
        threat_family: row.threat_family.get(),
        threat_name: None,
        techniques: row.attack_techniques.get().map(|text| techniques(&text)).unwrap_or_default(),
        system_tags: Vec::new(),
        comments: Vec::new(),
        custom_details: None,
        additional_data: None,
        devices: Vec::new(),
        entities: Vec::new(),
    })
}
