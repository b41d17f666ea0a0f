//! The story of an incident: its alerts in the order of what happened, each with the reason for
//! which it is there, and what they have in common.

use std::collections::BTreeMap;

use vakt_incidents::{
    Device, Incident, PlaceReason, PlacedAlert, StrongEntity, StrongKind, strong_entities,
};

use super::super::moment::moment;
use super::pick::{label, severity_class, status_class};
use super::{INCIDENTS, alert, in_address};

/// Most alerts that a page tells of.
const ALERTS_SHOWN_MAX: usize = 100;
/// Most entities on one page.
const ENTITIES_SHOWN_MAX: usize = 200;

/// An alert in the story.
pub(super) struct Chapter {
    pub title: String,
    pub address: String,
    pub began: String,
    pub ended: String,
    pub severity: String,
    pub severity_class: &'static str,
    pub status: String,
    pub status_class: &'static str,
    /// Category and techniques.
    pub kinds: Vec<String>,
    pub source: Option<String>,
    pub reason: String,
}

/// Something that alerts name.
pub(super) struct Tie {
    pub kind: String,
    pub key: String,
    /// The name of a device that goes by its id.
    pub name: Option<String>,
    pub address: String,
    /// Alerts of this incident that name it.
    pub alerts: usize,
}

/// The alerts by their first activity.
pub(super) fn chapters(incident: &Incident) -> Vec<Chapter> {
    let mut alerts: Vec<&PlacedAlert> = incident.alerts.iter().collect();
    alerts.sort_by_key(|placed| (placed.alert.first_activity_at, placed.alert.created_at));
    alerts.into_iter().take(ALERTS_SHOWN_MAX).map(chapter).collect()
}

fn chapter(placed: &PlacedAlert) -> Chapter {
    let alert = &placed.alert;
    let status = alert.status.as_str();
    Chapter {
        title: alert.title.clone(),
        address: alert::place(&alert.id),
        began: moment(alert.first_activity_at),
        ended: moment(alert.last_activity_at),
        severity: label(alert.severity.as_str()),
        severity_class: severity_class(alert.severity),
        status: label(status),
        status_class: status_class(status),
        kinds: alert.category.iter().chain(&alert.techniques).cloned().collect(),
        source: alert.product.clone().or_else(|| alert.service.clone()),
        reason: reason(&placed.reason),
    }
}

/// Why an alert is where it is, in words.
pub(super) fn reason(reason: &PlaceReason) -> String {
    match reason {
        PlaceReason::Imported => "The system it was imported from has it here.".into(),
        PlaceReason::Unrelated => {
            "It shared nothing with an open incident, so an incident began with it.".into()
        }
        PlaceReason::Shared { entity, with } => format!(
            "It names the {} {}, as the alert {with} does, which was here already.",
            entity.kind.as_str(),
            entity.key
        ),
        PlaceReason::Merged { from, by, at } => {
            format!("It came from incident {from}, which {by} merged on {}.", moment(*at))
        }
        PlaceReason::Moved { from: Some(from), by, at } => {
            format!("{by} moved it here from incident {from} on {}.", moment(*at))
        }
        PlaceReason::Moved { from: None, by, at } => {
            format!("{by} put it here on {}.", moment(*at))
        }
    }
}

/// What alerts name, and how many of them; what most of them name comes first.
pub(super) fn ties(alerts: &[PlacedAlert]) -> Vec<Tie> {
    let mut found: BTreeMap<StrongEntity, usize> = BTreeMap::new();
    for placed in alerts {
        for entity in strong_entities(&placed.alert) {
            *found.entry(entity).or_default() += 1;
        }
    }
    let mut ties: Vec<_> = found.into_iter().collect();
    ties.sort_by_key(|(_, alerts)| std::cmp::Reverse(*alerts));
    ties.truncate(ENTITIES_SHOWN_MAX);
    let names = device_names(alerts);
    ties.into_iter().map(|(entity, alerts)| tie(&entity, alerts, &names)).collect()
}

/// The names of devices by their ids in lower case.
fn device_names<'a>(alerts: &'a [PlacedAlert]) -> BTreeMap<String, &'a str> {
    let devices = alerts.iter().flat_map(|placed| &placed.alert.devices);
    let named = |one: &'a Device| {
        Some((one.endpoint_id.as_ref()?.to_lowercase(), one.dns_name.as_deref()?))
    };
    devices.filter_map(named).collect()
}

fn tie(entity: &StrongEntity, alerts: usize, names: &BTreeMap<String, &str>) -> Tie {
    let kind = entity.kind.as_str();
    let name = names.get(&entity.key).filter(|_| entity.kind == StrongKind::Device);
    Tie {
        kind: label(kind),
        name: name.map(|name| (*name).to_owned()),
        key: entity.key.clone(),
        address: format!("{INCIDENTS}/entities/{kind}?key={}", in_address(&entity.key)),
        alerts,
    }
}
