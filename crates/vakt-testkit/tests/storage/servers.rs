//! Several stores over one database, as several servers have it.

use std::sync::Arc;
use std::time::Duration;

use vakt_identity::audit::{AuditOrder, AuditQuery, AuditScope};
use vakt_identity::{Application, ObjectKey};
use vakt_storage::Store;

use crate::backend::{Backend, Postgres};
use crate::incidents::incident;
use crate::keys::key;
use crate::samples::{
    ONE, OTHER, application, event, join_all, later, pair, principal, secret, tenant, with_tenants,
};

pub async fn a_deleted_tenant_leaves_nothing_behind(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for tenant in [ONE, OTHER] {
        let number = tenant.as_uuid().as_u128() * 1000;
        let (app, gone) = (application(tenant, number), application(tenant, number + 100));
        store.insert_application(&app, &[event(tenant, "add")]).await.unwrap();
        store.insert_service_principal(&principal(tenant, &app, number), &[]).await.unwrap();
        store.insert_application(&gone, &[]).await.unwrap();
        store.delete_application(tenant, gone.object_id, later(), &[]).await.unwrap();
        store.import_incidents(tenant, &[incident(1)], None).await.unwrap();
    }
    assert!(store.delete_tenant(ONE, &[event(ONE, "the end")]).await.unwrap());
    assert!(!store.delete_tenant(ONE, &[event(ONE, "again")]).await.unwrap());
    let (mine, theirs) = (application(ONE, 1000), application(OTHER, 2000));
    assert_eq!(store.tenants().await.unwrap(), [tenant(OTHER, "other")]);
    assert_eq!(store.find_application_anywhere(mine.app_id).await.unwrap(), None);
    assert!(store.find_application_anywhere(theirs.app_id).await.unwrap().is_some());
    for (tenant, is_there) in [(ONE, false), (OTHER, true)] {
        let number = tenant.as_uuid().as_u128() * 1000;
        let deleted = application(tenant, number + 100).object_id;
        assert_eq!(store.find_deleted(tenant, deleted).await.unwrap().is_some(), is_there);
        let key = ObjectKey::App(application(tenant, number).app_id);
        let principal = store.find_service_principal(tenant, key).await.unwrap();
        assert_eq!(principal.is_some(), is_there);
        let found = store.find_incident(tenant, incident(1).id).await.unwrap();
        assert_eq!(found.is_some(), is_there);
        let all = AuditQuery { top: 9, order: AuditOrder::OldestFirst, ..AuditQuery::default() };
        let log = store.directory_events(AuditScope::Tenant(tenant), &all).await.unwrap();
        let log: Vec<&str> = log.items.iter().map(|line| &*line.event.act.correlation).collect();
        assert_eq!(log, [if is_there { "add" } else { "the end" }]);
    }
    // Its names are free again.
    store.insert_tenant(&tenant(ONE, "one"), &[], &[]).await.unwrap();
    store.insert_application(&mine, &[]).await.unwrap();
}

/// For databases that several may open.
pub async fn stores_see_one_anothers_changes_at_once(backend: impl Backend) {
    let (one, other) = (with_tenants(&backend).await, backend.open().await);
    pair(&*one).await;
    let app = application(ONE, 10);
    let key = ObjectKey::App(app.app_id);
    let mut last = 0;
    for number in 100..150 {
        let (here, there) = if number % 2 == 0 { (&one, &other) } else { (&other, &one) };
        let new = secret(number);
        assert!(here.add_secret(ONE, app.object_id, &new, &[]).await.unwrap());
        let generation = there.generation().await.unwrap();
        assert!(generation > last, "the change went unnoticed");
        last = generation;
        let found = there.find_application(ONE, key).await.unwrap().unwrap();
        assert_eq!(found.secrets.last(), Some(&new));
        assert!(there.remove_secret(ONE, app.object_id, new.key_id, &[]).await.unwrap());
    }
}

pub async fn changes_of_several_stores_follow_one_another(backend: impl Backend) {
    let stores = [with_tenants(&backend).await, backend.open().await, backend.open().await];
    pair(&*stores[0]).await;
    let key = ObjectKey::App(application(ONE, 10).app_id);
    let before = stores[0].generation().await.unwrap();
    let changes = (0..60).map(|number| {
        let store: Arc<dyn Store> = stores[number % 3].clone();
        async move {
            let add = move |app: &mut Application| {
                app.tags.push(format!("tag {number}"));
                Ok(vec![event(ONE, &format!("tag {number}"))])
            };
            store.change_application(ONE, key, Box::new(add)).await.unwrap();
        }
    });
    join_all(changes).await;
    let app = stores[1].find_application(ONE, key).await.unwrap().unwrap();
    assert_eq!(app.tags.len(), 61, "{:?}", app.tags);
    for store in &stores {
        assert_eq!(store.generation().await.unwrap(), before + 60);
    }
    let all = AuditQuery { top: 100, order: AuditOrder::OldestFirst, ..AuditQuery::default() };
    let log = stores[2].directory_events(AuditScope::Tenant(ONE), &all).await.unwrap();
    let log: Vec<&String> = log.items.iter().map(|line| &line.event.act.correlation).collect();
    assert_eq!(log, app.tags[1..].iter().collect::<Vec<_>>(), "the log has the changes' order");
}

/// Whoever follows a log by its numbers must miss nothing, or the log is no record.
pub async fn a_log_is_followed_without_a_gap(backend: impl Backend) {
    let stores = [with_tenants(&backend).await, backend.open().await];
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let store = stores[writer % 2].clone();
            tokio::spawn(async move {
                for number in 0..40 {
                    let event = event(ONE, &format!("{writer}/{number}"));
                    store.append_events(&[event.clone(), event]).await.unwrap();
                }
            })
        })
        .collect();
    let mut query = AuditQuery { top: 7, order: AuditOrder::OldestFirst, ..AuditQuery::default() };
    let mut seen = 0;
    while seen < 320 {
        let done = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let page = stores[0].directory_events(AuditScope::Server, &query).await.unwrap();
        seen += page.items.len();
        query.after = page.items.last().map(|line| line.number).or(query.after);
        assert!(!(done && page.items.is_empty() && seen < 320), "only {seen} were seen");
    }
    for writer in writers {
        writer.await.unwrap();
    }
}

pub async fn servers_start_one_after_another(backend: impl Backend) {
    let stores = [with_tenants(&backend).await, backend.open().await];
    let turn = stores[0].starting().await.unwrap();
    let waits = tokio::time::timeout(Duration::from_millis(300), stores[1].starting()).await;
    assert!(waits.is_err(), "two at once");
    // Who starts changes what it must meanwhile.
    stores[0].insert_signing_key(&key("first", "2026-01-01T00:00:00Z"), &[]).await.unwrap();
    drop(turn);
    let turn = stores[1].starting().await.unwrap();
    assert_eq!(stores[1].signing_keys().await.unwrap().len(), 1);
    drop(turn);
}

pub async fn servers_that_start_at_once_agree_on_everything(backend: impl Backend) {
    let stores: Vec<_> = (0..4).map(|_| backend.open()).collect();
    let mut opened = Vec::new();
    for store in futures(stores).await {
        opened.push(store);
    }
    for store in &opened {
        assert_eq!(store.generation().await.unwrap(), 0);
    }
}

async fn futures<T>(running: Vec<impl Future<Output = T>>) -> Vec<T> {
    let done = std::sync::Mutex::new(Vec::new());
    let all = running.into_iter().map(|one| {
        let done = &done;
        async move {
            let result = one.await;
            done.lock().unwrap().push(result);
        }
    });
    join_all(all).await;
    done.into_inner().unwrap()
}

/// Otherwise a first import reads everything for each statement.
pub async fn the_planner_knows_what_an_import_has_just_stored(backend: Postgres) {
    let store = with_tenants(&backend).await;
    let incidents: Vec<_> = (1..=1_000).map(incident).collect();
    store.import_incidents(ONE, &incidents, None).await.unwrap();
    let known = "SELECT reltuples FROM pg_class WHERE relname = 'incidents'";
    let mut looks = 0;
    while backend.run(known).trim() != "1000" {
        looks += 1;
        assert!(looks < 100, "the planner takes them for {}", backend.run(known));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
