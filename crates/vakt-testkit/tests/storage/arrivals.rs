//! What was received, by the minute.

use jiff::Timestamp;
use vakt_ids::TenantId;
use vakt_incidents::{AlertPart, Arrivals, Incident, Minute, Recording, Stamp};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::incidents::incident;
use crate::samples::{ONE, OTHER, at, join_all, with_tenants};

const FIRST: &str = "2026-02-05T12:30:00Z";
const SAME_MINUTE: &str = "2026-02-05T12:30:59.9999999Z";
const NEXT: &str = "2026-02-05T12:31:00Z";

fn minute(text: &str) -> Minute {
    Minute::of(at(text))
}

fn received(incidents: u64, alerts: u64) -> Arrivals {
    Arrivals { incidents, alerts }
}

async fn import(store: &dyn Store, tenant: TenantId, incidents: &[Incident], when: &str) {
    store.import_incidents(tenant, incidents, Some(at(when))).await.unwrap();
}

async fn counted(store: &dyn Store, tenant: TenantId) -> Vec<(Minute, Arrivals)> {
    store.arrivals(tenant, Minute::of(Timestamp::UNIX_EPOCH)).await.unwrap()
}

/// Records alerts of this incident of the samples.
async fn record(store: &dyn Store, numbers: &[i64], when: &str) {
    let parts = numbers.iter().map(|number| {
        let alert = incident(*number).alerts.remove(0).alert;
        AlertPart { alert, whole: false }
    });
    let parts: Vec<AlertPart> = parts.collect();
    let stamp = Stamp { by: "sender".into(), at: at(when) };
    let window = jiff::SignedDuration::from_hours(24);
    let recording = Recording { parts: &parts, window, stamp: &stamp };
    store.record_alerts(ONE, recording).await.unwrap();
}

pub async fn what_is_received_is_counted_by_the_minute(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    assert_eq!(counted(&*store, ONE).await, []);
    let bare = Incident { alerts: Vec::new(), ..incident(2) };
    import(&*store, ONE, &[incident(1), bare], FIRST).await;
    // What came again came again, though it changes nothing.
    import(&*store, ONE, &[incident(1)], SAME_MINUTE).await;
    import(&*store, ONE, &[], NEXT).await;
    assert_eq!(counted(&*store, ONE).await, [(minute(FIRST), received(3, 2))]);
    // Two parts of one alert that come together are one alert; no incident was sent.
    record(&*store, &[7, 8, 7], NEXT).await;
    let all = [(minute(FIRST), received(3, 2)), (minute(NEXT), received(0, 2))];
    assert_eq!(counted(&*store, ONE).await, all);
    assert_eq!(store.arrivals(ONE, minute(NEXT)).await.unwrap(), all[1..]);
    store.import_incidents(ONE, &[incident(9)], None).await.unwrap();
    assert_eq!(counted(&*store, ONE).await, all, "nobody sent it");
    assert_eq!(counted(&*store, OTHER).await, [], "tenants count for themselves");
    store.close().await;
    assert_eq!(counted(&*backend.open().await, ONE).await, all, "after a restart");
}

pub async fn nothing_is_counted_that_was_not_stored(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let at_once = (1..=20).map(|number| {
        let store = store.clone();
        async move { import(&*store, ONE, &[incident(number)], FIRST).await }
    });
    join_all(at_once).await;
    assert_eq!(counted(&*store, ONE).await, [(minute(FIRST), received(20, 20))]);
    // Somebody who stops waiting has stored all of it and is counted, or neither.
    for number in 21..60 {
        let all = [incident(number)];
        let import = store.import_incidents(ONE, &all, Some(at(NEXT)));
        let wait = std::time::Duration::from_micros(u64::try_from(number).unwrap() * 40);
        let _ = tokio::time::timeout(wait, import).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let mut stored = 0;
    for number in 21..60 {
        let found = store.find_incident(ONE, incident(number).id).await.unwrap();
        stored += u64::from(found.is_some());
    }
    let there: u64 = counted(&*store, ONE).await.iter().map(|(_, one)| one.incidents).sum();
    assert_eq!(there, 20 + stored);
}

pub async fn old_minutes_are_forgotten(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for tenant in [ONE, OTHER] {
        import(&*store, tenant, &[incident(1)], FIRST).await;
        import(&*store, tenant, &[incident(1)], NEXT).await;
    }
    assert_eq!(store.purge_arrivals(minute(FIRST)).await.unwrap(), 0);
    assert_eq!(store.purge_arrivals(minute(NEXT)).await.unwrap(), 2, "in all tenants");
    assert_eq!(store.purge_arrivals(minute(NEXT)).await.unwrap(), 0);
    for tenant in [ONE, OTHER] {
        assert_eq!(counted(&*store, tenant).await, [(minute(NEXT), received(1, 1))]);
    }
    assert!(store.delete_tenant(ONE, &[]).await.unwrap());
    assert_eq!(counted(&*store, ONE).await, [], "they go with the tenant");
    assert_eq!(counted(&*store, OTHER).await, [(minute(NEXT), received(1, 1))]);
}
