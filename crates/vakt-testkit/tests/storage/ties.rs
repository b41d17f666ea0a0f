//! Ties between alerts, of which there may be many between one and the next of the same entity.

use jiff::{SignedDuration, Timestamp};
use vakt_ids::IncidentId;
use vakt_incidents::{
    Alert, AlertPart, Entity, EntityKind, Incident, PlaceReason, PlacedAlert, Recording, Severity,
    Stamp, Status, StrongEntity, StrongKind,
};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::incidents::incident;
use crate::samples::{ONE, OTHER, at, with_tenants};

/// More alerts than stand together in the index of ties.
const MANY: i64 = 17_000;
const EARLY: &str = "2026-01-01T00:00:00Z";
const LATE: &str = "2026-06-01T00:00:00Z";
const SID: &str = "S-1-5-21-1";

fn id(number: i64) -> IncidentId {
    IncidentId::new(number).unwrap()
}

/// An alert about an account.
fn alert(name: &str, sid: &str, time: Timestamp) -> Alert {
    let mut account = Entity::new(EntityKind::User);
    account.account.sid = Some(sid.into());
    let entities = vec![account];
    Alert { entities, ..unrelated(name, time) }
}

fn unrelated(name: &str, time: Timestamp) -> Alert {
    Alert {
        id: name.parse().unwrap(),
        first_activity_at: time,
        last_activity_at: time,
        updated_at: time,
        devices: Vec::new(),
        entities: Vec::new(),
        ..incident(1).alerts.remove(0).alert
    }
}

/// An open incident with one alert.
fn with(number: i64, alert: Alert) -> Incident {
    Incident {
        status: Status::Active,
        redirect: None,
        severity: Severity::Low,
        updated_at: alert.updated_at,
        alerts: vec![PlacedAlert::imported(alert, id(number))],
        ..incident(number)
    }
}

async fn import(store: &dyn Store, incidents: &[Incident]) {
    for some in incidents.chunks(5_000) {
        store.import_incidents(ONE, some, None).await.unwrap();
    }
}

/// Where an alert about the account comes to, and why.
async fn record(store: &dyn Store, name: &str, time: &str) -> (IncidentId, PlaceReason) {
    let parts = [AlertPart { alert: alert(name, SID, at(time)), whole: true }];
    let stamp = Stamp { by: "siem".into(), at: at("2026-07-01T00:00:00Z") };
    let window = SignedDuration::from_hours(7 * 24);
    let recording = Recording { parts: &parts, window, stamp: &stamp };
    let placed = store.record_alerts(ONE, recording).await.unwrap().remove(0);
    (placed.incident, placed.reason)
}

async fn of_account(store: &dyn Store, tenant: vakt_ids::TenantId) -> Vec<i64> {
    let entity = StrongEntity { kind: StrongKind::Account, key: SID.into() };
    let found = store.incidents_of_entity(tenant, &entity, 10).await.unwrap();
    let mut numbers: Vec<i64> = found.iter().map(|one| one.id.number()).collect();
    numbers.sort_unstable();
    numbers
}

pub async fn alerts_are_tied_however_many_came_between(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let mut incidents = vec![with(1, alert("da1", SID, at(EARLY)))];
    incidents
        .extend((2..MANY).map(|number| with(number, unrelated(&format!("da{number}"), at(LATE)))));
    incidents.push(with(MANY, alert(&format!("da{MANY}"), SID, at(LATE))));
    import(&*store, &incidents).await;
    assert_eq!(of_account(&*store, ONE).await, [1, MANY]);
    assert!(of_account(&*store, OTHER).await.is_empty());
    for (name, time, expected, with) in
        [("early", EARLY, 1, "da1".to_owned()), ("late", LATE, MANY, format!("da{MANY}"))]
    {
        let (incident, reason) = record(&*store, name, time).await;
        assert_eq!(incident, id(expected), "{name}");
        let PlaceReason::Shared { with: neighbour, .. } = reason else {
            panic!("{name}: {reason:?}")
        };
        assert_eq!(neighbour.as_str(), with, "{name}");
    }
}

pub async fn an_alert_is_tied_by_its_present_activity(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    import(&*store, &[with(1, alert("da1", SID, at(EARLY)))]).await;
    // The same alert went on: only when it was active is new.
    let lasting = Alert { first_activity_at: at(EARLY), ..alert("da1", SID, at(LATE)) };
    import(&*store, &[with(1, lasting)]).await;
    let (incident, reason) = record(&*store, "late", LATE).await;
    assert!(matches!(reason, PlaceReason::Shared { .. }), "{reason:?}");
    assert_eq!(incident, id(1));
    // Nothing was active in between that is near enough.
    let (incident, reason) = record(&*store, "later", "2026-06-20T00:00:00Z").await;
    assert_eq!((incident, reason), (id(2), PlaceReason::Unrelated));
}
