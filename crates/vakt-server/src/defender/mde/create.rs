//! `POST /api/alerts/createAlertByReference`: an alert about an event, made by a person or program.

use aws_lc_rs::digest::{SHA256, digest};
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use vakt_ids::AlertId;
use vakt_incidents::{
    Alert, AlertPart, AlertQuery, AlertStatus, AlertTest, Comparison, Condition, Device,
    EvidenceField, Finding, Order, Predicate, Severity, Value,
};
use vakt_wire::defender::NewMdeAlert;

use super::alerts::whole;
use super::change::missing;
use crate::defender::author::stamp;
use crate::defender::changes::read_members;
use crate::defender::errors::alert_id;
use crate::defender::from_wire::word;
use crate::operator::{BODY_MAX_BYTES, Call, Refused};
use crate::problem::Problem;

/// Who raised it, in the words of stored alerts.
const SERVICE: &str = "MicrosoftDefenderATP";
/// How: by hand, as Graph's vocabulary has it.
const DETECTOR: &str = "Manual";

/// The route. The same event gives the same alert: it is answered as it is, and made only once.
pub(crate) async fn create_alert(mut call: Call) -> Result<Response, Refused> {
    let body = call.bytes(BODY_MAX_BYTES).await?;
    let new: NewMdeAlert = read_members(&body, &[NewMdeAlert::MEMBERS])?;
    check(&new)?;
    let severity = severity(&new.severity)?;
    let event_at = event_time(&new.event_time)?;
    let id = id_of_event(&new, event_at)?;
    if let Some(known) = call.app.incidents.find_alert(call.tenant, &id).await? {
        return Ok(whole(&call, &known));
    }
    let device = device(&call, &new.machine_id).await?;
    let alert = Alert { severity, ..alert(new, (id, event_at), device, call.app.clock.now()) };
    let part = AlertPart { alert, whole: false };
    let stamp = stamp(&call.app, call.caller()).await;
    let placed = call.app.incidents.record(call.tenant, &[part], &stamp).await?;
    let placed = placed.first().ok_or_else(Problem::internal)?;
    Ok(whole(&call, placed))
}

fn check(new: &NewMdeAlert) -> Result<(), Problem> {
    for (member, text) in [
        ("machineId", &new.machine_id),
        ("severity", &new.severity),
        ("title", &new.title),
        ("description", &new.description),
        ("recommendedAction", &new.recommended_action),
        ("eventTime", &new.event_time),
        ("reportId", &new.report_id),
        ("category", &new.category),
    ] {
        if text.trim().is_empty() {
            return Err(missing(member));
        }
    }
    Ok(())
}

fn severity(text: &str) -> Result<Severity, Problem> {
    word(Some(text.to_owned()), Severity::Unspecified)
        .map_err(|message| Problem::new(StatusCode::BAD_REQUEST, "InvalidInput", message))
}

fn event_time(text: &str) -> Result<Timestamp, Problem> {
    let time: Result<Timestamp, _> = text.trim().parse();
    time.map(crate::clock::whole_ticks).map_err(|_| {
        let message =
            format!("eventTime `{text}` is not a time; write it like 2026-02-28T09:30:00.1234567Z");
        Problem::new(StatusCode::BAD_REQUEST, "InvalidInput", message)
    })
}

/// The id is a function of the event, so that the event has one alert however often it is reported.
fn id_of_event(new: &NewMdeAlert, at: Timestamp) -> Result<AlertId, Problem> {
    let event = format!("{}\n{}\n{at}", new.report_id.trim(), new.machine_id.trim().to_lowercase());
    let hash = digest(&SHA256, event.as_bytes());
    let hex: String =
        hash.as_ref().iter().take(ID_LENGTH_BYTES).map(|b| format!("{b:02x}")).collect();
    alert_id(&format!("da{hex}_1"))
}

/// Bytes of the hash in an id: no two events of a tenant will ever share them.
const ID_LENGTH_BYTES: usize = 16;

fn alert(
    new: NewMdeAlert,
    (id, event_at): (AlertId, Timestamp),
    device: Device,
    now: Timestamp,
) -> Alert {
    Alert {
        id,
        service: Some(SERVICE.to_owned()),
        detector: Some(DETECTOR.to_owned()),
        detector_id: None,
        product: None,
        policy_id: None,
        title: new.title,
        description: Some(new.description),
        recommended_actions: Some(new.recommended_action),
        category: Some(new.category),
        categories: Vec::new(),
        status: AlertStatus::New,
        severity: Severity::Unspecified,
        classification: None,
        determination: None,
        created_at: now,
        updated_at: now,
        resolved_at: None,
        first_activity_at: event_at,
        last_activity_at: event_at,
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
        devices: vec![device],
        entities: Vec::new(),
    }
}

/// What earlier alerts say of the device.
async fn device(call: &Call, machine: &str) -> Result<Device, Refused> {
    let machine = machine.trim();
    let condition = Condition {
        field: EvidenceField::DeviceId,
        comparison: Comparison::Is,
        value: Value::Text(machine.to_owned()),
    };
    let query = AlertQuery {
        predicate: Some(Predicate::Holds(AlertTest::AnyEvidence(Predicate::Holds(condition)))),
        order: Order::default(),
        top: 1,
        skip: 0,
        after: None,
        count: false,
        without_alerts: false,
    };
    let page = call.app.incidents.list_alerts(call.tenant, query).await?;
    let is_it = |device: &&Device| {
        device.endpoint_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(machine))
    };
    let known = page.items.iter().flat_map(|placed| &placed.alert.devices).find(is_it);
    let unknown = || Device { endpoint_id: Some(machine.to_owned()), ..Device::default() };
    Ok(known
        .map_or_else(unknown, |device| Device { finding: Finding::default(), ..device.clone() }))
}
