//! Changes of incidents and alerts: their numbers and stamps, correlation, merging and moving.

use jiff::SignedDuration;
use vakt_ids::{AlertId, IncidentId};
use vakt_incidents::{
    Alert, AlertChange, AlertPart, AlertStatus, ChangeError, Cursor, CursorValue, Entity,
    EntityKind, Incident, IncidentChange, IncidentQuery, Order, OrderBy, PlaceReason, PlacedAlert,
    Recording, Rules, Severity, Stamp, Status, Unlawful, change_alert, change_incident,
};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::incidents::{everything, incident};
use crate::samples::{ONE, OTHER, at, with_tenants};

fn id(number: i64) -> IncidentId {
    IncidentId::new(number).unwrap()
}

fn stamp(time: &str) -> Stamp {
    Stamp { by: "siem".into(), at: at(time) }
}

/// An alert about accounts, an hour of the day.
fn alert(name: &str, hour: u8, accounts: &[&str]) -> Alert {
    let time = at(&format!("2026-03-01T{hour:02}:00:00Z"));
    let account = |sid: &&str| {
        let mut entity = Entity::new(EntityKind::User);
        entity.account.sid = Some((*sid).into());
        entity
    };
    Alert {
        id: name.parse().unwrap(),
        created_at: time,
        updated_at: time,
        first_activity_at: time,
        last_activity_at: time,
        devices: Vec::new(),
        entities: accounts.iter().map(account).collect(),
        resolved_at: None,
        status: AlertStatus::New,
        severity: Severity::Low,
        title: name.into(),
        ..incident(1).alerts.remove(0).alert
    }
}

async fn record(store: &dyn Store, alerts: &[Alert], whole: bool) -> Vec<PlacedAlert> {
    let part = |alert: &Alert| AlertPart { alert: alert.clone(), whole };
    let parts: Vec<AlertPart> = alerts.iter().map(part).collect();
    let window = SignedDuration::from_hours(7 * 24);
    let stamp = stamp("2026-03-02T00:00:00Z");
    let recording = Recording { parts: &parts, window, stamp: &stamp };
    store.record_alerts(ONE, recording).await.unwrap()
}

async fn change(
    store: &dyn Store,
    number: i64,
    change: &IncidentChange,
    stamp: &Stamp,
) -> Result<Option<Incident>, ChangeError> {
    let edit = |incident: &mut Incident, stamp: &Stamp| {
        change_incident(incident, change, Rules::default(), stamp)
    };
    let mut changed = store.change_incidents(ONE, &[id(number)], stamp, &edit).await?;
    Ok(changed.pop().flatten())
}

fn active(number: i64) -> Incident {
    Incident { status: Status::Active, redirect: None, ..incident(number) }
}

pub async fn changes_are_numbered_and_never_go_back(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.import_incidents(ONE, &[active(1), active(2)], None).await.unwrap();
    let assign = |owner: &str| IncidentChange {
        assigned_to: Some(Some(owner.to_owned())),
        ..IncidentChange::default()
    };
    // The clock stands still, then goes back.
    let times = ["2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-02-03T00:00:00Z"];
    let mut last: Option<Incident> = None;
    for (step, time) in times.into_iter().enumerate() {
        let number = 1 + step as i64 % 2;
        let owner = assign(&format!("owner {step}"));
        let changed = change(&*store, number, &owner, &stamp(time)).await.unwrap().unwrap();
        let later = last.as_ref().is_none_or(|last| {
            changed.updated_at > last.updated_at && changed.change > last.change
        });
        assert!(later, "step {step}: {changed:?}");
        assert_eq!(changed.updated_by.as_deref(), Some("siem"));
        last = Some(changed);
    }
    // What is so already leaves no number.
    let same = change(&*store, 1, &assign("owner 2"), &stamp("2026-03-05T00:00:00Z")).await;
    assert_eq!(same.unwrap().unwrap().change, last.unwrap().change);
    assert_eq!(change(&*store, 3, &assign("x"), &stamp(times[0])).await.unwrap(), None);
    let history = store.incident_history(ONE, id(1), 10).await.unwrap();
    let steps: Vec<_> = history.iter().flat_map(|entry| &entry.steps).collect();
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert_eq!(store.incident_history(OTHER, id(1), 10).await.unwrap(), []);
}

pub async fn a_refused_change_leaves_nothing(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.import_incidents(ONE, &[active(1), incident(2)], None).await.unwrap();
    let before = store.find_incident(ONE, id(1)).await.unwrap();
    let wanted = IncidentChange { severity: Some(Severity::Low), ..IncidentChange::default() };
    let edit = |incident: &mut Incident, stamp: &Stamp| {
        change_incident(incident, &wanted, Rules::default(), stamp)
    };
    // The second one was merged.
    let ids = [id(1), id(2)];
    let stamp = stamp("2026-03-01T00:00:00Z");
    let refused = store.change_incidents(ONE, &ids, &stamp, &edit).await.unwrap_err();
    assert!(matches!(refused, ChangeError::Unlawful(Unlawful::Merged { .. })), "{refused}");
    assert_eq!(store.find_incident(ONE, id(1)).await.unwrap(), before);
}

pub async fn resolving_reaches_the_alerts_and_an_alert_its_incident(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    store.import_incidents(ONE, &[active(1)], None).await.unwrap();
    let resolve = IncidentChange { status: Some(Status::Resolved), ..IncidentChange::default() };
    let resolved = change(&*store, 1, &resolve, &stamp("2026-03-01T00:00:00Z")).await.unwrap();
    let stored = store.find_incident(ONE, id(1)).await.unwrap();
    assert_eq!(stored, resolved);
    let placed = &stored.unwrap().alerts[0];
    assert_eq!(placed.alert.status, AlertStatus::Resolved);
    assert_eq!(placed.alert.resolved_at, Some(at("2026-03-01T00:00:00Z")));

    let reopen = AlertChange { status: Some(AlertStatus::New), ..AlertChange::default() };
    let edit =
        |alert: &mut Alert, stamp: &Stamp| change_alert(alert, &reopen, Rules::default(), stamp);
    let stamp = stamp("2026-03-02T00:00:00Z");
    let ids: [AlertId; 2] = ["da1".parse().unwrap(), "da404".parse().unwrap()];
    let changed = store.change_alerts(ONE, &ids, &stamp, &edit).await.unwrap();
    let [Some(placed), None] = &changed[..] else { panic!("{changed:?}") };
    assert_eq!((placed.alert.status, placed.alert.resolved_at), (AlertStatus::New, None));
    assert_eq!(store.find_alert(ONE, &ids[0]).await.unwrap().as_ref(), Some(placed));
    let incident = store.find_incident(ONE, id(1)).await.unwrap().unwrap();
    assert_eq!((incident.change, incident.updated_at), (placed.change, stamp.at));

    // An incident that came with a date ahead of the clock moves on all the same.
    let ahead = Incident { updated_at: at("2030-01-01T00:00:00Z"), ..active(2) };
    store.import_incidents(ONE, std::slice::from_ref(&ahead), None).await.unwrap();
    let resolve = AlertChange { status: Some(AlertStatus::Resolved), ..AlertChange::default() };
    let edit =
        |alert: &mut Alert, stamp: &Stamp| change_alert(alert, &resolve, Rules::default(), stamp);
    store.change_alerts(ONE, &["da2".parse().unwrap()], &stamp, &edit).await.unwrap();
    let moved = store.find_incident(ONE, id(2)).await.unwrap().unwrap();
    assert!(moved.updated_at > ahead.updated_at, "{}", moved.updated_at);
}

pub async fn alerts_find_their_incident(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let placed = record(
        &*store,
        &[
            alert("da1", 1, &["S-1-5-21-1"]),
            alert("da2", 2, &["S-1-5-21-2"]),
            alert("da3", 3, &["S-1-5-21-2", "S-1-5-21-1"]),
            alert("da4", 4, &["S-1-5-18"]),
            alert("da5", 5, &["S-1-5-18"]),
        ],
        true,
    )
    .await;
    let incidents: Vec<i64> = placed.iter().map(|one| one.incident.number()).collect();
    assert_eq!(incidents, [1, 2, 1, 3, 4], "the oldest one; system accounts tie nothing");
    assert!(
        matches!(&placed[2].reason, PlaceReason::Shared { with, .. } if with.as_str() == "da1")
    );
    assert_eq!(placed[0].reason, PlaceReason::Unrelated);
    // The same again changes nothing.
    let last = store.find_incident(ONE, id(1)).await.unwrap();
    record(&*store, &[alert("da3", 3, &["S-1-5-21-2", "S-1-5-21-1"])], true).await;
    assert_eq!(store.find_incident(ONE, id(1)).await.unwrap(), last);
    // Of another tenant nothing is found.
    assert_eq!(store.list_incidents(OTHER, &everything()).await.unwrap().items, []);
}

pub async fn evidence_that_comes_later_unites_incidents(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    record(&*store, &[alert("da1", 1, &["S-1-5-21-1"]), alert("da2", 2, &[])], false).await;
    let placed = record(&*store, &[alert("da2", 2, &["S-1-5-21-1"])], false).await;
    assert_eq!(placed[0].incident, id(1));
    let left = store.find_incident(ONE, id(2)).await.unwrap().unwrap();
    assert_eq!((left.status, left.redirect), (Status::Redirected, Some(id(1))));
    let target = store.find_incident(ONE, id(1)).await.unwrap().unwrap();
    let reasons: Vec<bool> = target
        .alerts
        .iter()
        .map(|one| matches!(one.reason, PlaceReason::Merged { from, .. } if from == id(2)))
        .collect();
    assert_eq!(reasons, [false, true]);
}

pub async fn incidents_are_merged_and_alerts_moved_by_hand(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let alerts = [alert("da1", 1, &["S-1-5-21-1"]), alert("da2", 2, &["S-1-5-21-2"])];
    record(&*store, &alerts, true).await;
    let now = stamp("2026-03-03T00:00:00Z");
    assert_eq!(store.merge_incidents(ONE, &[id(9)], id(1), &now).await.unwrap(), None);
    let merged = store.merge_incidents(ONE, &[id(2)], id(1), &now).await.unwrap().unwrap();
    assert_eq!((merged.id, merged.alerts.len()), (id(1), 2));
    let again = store.merge_incidents(ONE, &[id(2)], id(1), &now).await.unwrap_err();
    assert!(matches!(again, ChangeError::Unlawful(Unlawful::Merged { .. })), "{again}");

    let second: [AlertId; 1] = ["da2".parse().unwrap()];
    let split = store.move_alerts(ONE, &second, None, &now).await.unwrap().unwrap();
    assert_eq!((split.id, split.name.as_str(), split.alerts.len()), (id(3), "da2", 1));
    assert!(
        matches!(split.alerts[0].reason, PlaceReason::Moved { from: Some(from), .. } if from == id(1))
    );
    let back = store.move_alerts(ONE, &second, Some(id(1)), &now).await.unwrap().unwrap();
    assert_eq!(back.alerts.len(), 2);
    assert_eq!(store.find_incident(ONE, id(3)).await.unwrap().unwrap().alerts, []);
}

pub async fn a_reader_of_changes_misses_none(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let all: Vec<Incident> = (1..=7).map(active).collect();
    store.import_incidents(ONE, &all, None).await.unwrap();
    let order = Order::by(OrderBy::Change, false);
    let query = |after: Option<Cursor>| IncidentQuery {
        order: order.clone(),
        top: 3,
        after,
        without_alerts: true,
        ..everything()
    };
    let first = store.list_incidents(ONE, &query(None)).await.unwrap();
    let wanted = IncidentChange { severity: Some(Severity::Low), ..IncidentChange::default() };
    for number in [1, 5] {
        change(&*store, number, &wanted, &stamp("2026-03-01T00:00:00Z")).await.unwrap();
    }
    let mut seen: Vec<i64> = first.items.iter().map(|one| one.id.number()).collect();
    let mut after = first.end.clone();
    loop {
        let page = store.list_incidents(ONE, &query(after.clone())).await.unwrap();
        seen.extend(page.items.iter().map(|one| one.id.number()));
        after = page.end.clone().or(after);
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, [1, 2, 3, 4, 6, 7, 1, 5], "what changed meanwhile comes again, at the end");
    let Some(Cursor(values)) = after else { panic!("there was a page") };
    assert_eq!(values[0], CursorValue::Number(9));
}
