//! The logs of changes and of sign-ins.

use jiff::{SignedDuration, Timestamp};
use vakt_identity::audit::{
    Act, Activity, Actor, AuditOrder, AuditQuery, AuditScope, ChangedProperty, CredentialKind,
    DirectoryEvent, SignIn, Target, TargetKind,
};
use vakt_identity::{Application, IdentityError, ObjectKey};
use vakt_ids::{AppId, KeyId, ObjectId, TenantId};
use vakt_storage::Store;

use crate::backend::Backend;
use crate::samples::{
    ONE, OTHER, application, at, event, grant, is_conflict, later, pair, secret, with_tenants,
};

const ALL: AuditQuery = AuditQuery {
    from: None,
    until: None,
    app: None,
    succeeded: None,
    error_code: None,
    activity: None,
    correlation: None,
    order: AuditOrder::OldestFirst,
    top: 100,
    after: None,
};

/// A change that uses every member.
fn full_event(actor: Actor) -> DirectoryEvent {
    DirectoryEvent {
        tenant: Some(ONE),
        act: Act {
            at: at("2026-02-03T04:05:06.7654321Z"),
            actor,
            address: Some("2001:db8::1".parse().unwrap()),
            correlation: "full".into(),
        },
        activity: Activity::ChangeSecondFactor,
        succeeded: false,
        reason: Some("wrong code".into()),
        targets: vec![
            Target { kind: TargetKind::Person, id: "1".into(), name: "Ada\0".into() },
            Target { kind: TargetKind::Tenant, id: "2".into(), name: "one".into() },
        ],
        changes: vec![
            ChangedProperty::added("a", "x"),
            ChangedProperty::removed("b", "y"),
            ChangedProperty { name: "c".into(), old: Some("1".into()), new: Some("2".into()) },
        ],
    }
}

/// A sign-in, so many seconds after the first.
fn sign_in(seconds: i64, tenant: Option<TenantId>, app: u128, code: u32) -> SignIn {
    SignIn {
        at: at("2026-02-03T00:00:00.0000001Z") + SignedDuration::from_secs(seconds),
        tenant,
        app: Some(AppId::from_u128(app)),
        app_name: format!("app {app}"),
        principal: Some(ObjectId::from_u128(app + 1)),
        resource_app: Some(AppId::from_u128(3)),
        resource_principal: Some(ObjectId::from_u128(4)),
        resource_name: "Microsoft Graph".into(),
        address: Some("192.0.2.1".parse().unwrap()),
        user_agent: "curl/8\0".replace('\0', ""),
        error_code: code,
        correlation: format!("correlation {seconds}"),
        request_id: "request".into(),
        token_id: "uti".into(),
        credential: CredentialKind::Certificate,
        key_id: Some(KeyId::from_u128(5)),
        count: 2,
    }
}

async fn correlations(store: &dyn Store, scope: AuditScope, query: AuditQuery) -> Vec<String> {
    let page = store.directory_events(scope, &query).await.unwrap();
    page.items.into_iter().map(|line| line.event.act.correlation).collect()
}

/// The seconds of the sign-ins that fit, page by page.
async fn seconds(store: &dyn Store, scope: AuditScope, query: AuditQuery) -> Vec<i64> {
    let mut query = AuditQuery { top: 3, ..query };
    let mut seen = Vec::new();
    loop {
        let page = store.sign_ins(scope, &query).await.unwrap();
        let first: Timestamp = sign_in(0, None, 0, 0).at;
        seen.extend(page.items.iter().map(|line| line.event.at.duration_since(first).as_secs()));
        query.after = page.next;
        if query.after.is_none() {
            return seen;
        }
    }
}

pub async fn events_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (app, id) = (AppId::from_u128(1), ObjectId::from_u128(2));
    for actor in [
        Actor::Application { app, principal: id },
        Actor::Person { id, user_name: "ada@one.example".into() },
        Actor::Console,
        Actor::Server,
    ] {
        let event = full_event(actor);
        store.append_events(std::slice::from_ref(&event)).await.unwrap();
        let newest = AuditQuery { order: AuditOrder::NewestFirst, top: 1, ..ALL };
        let page = store.directory_events(AuditScope::Tenant(ONE), &newest).await.unwrap();
        assert_eq!(page.items[0].event, event);
    }
}

pub async fn a_change_and_its_events_are_one(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let app = application(ONE, 30);
    store.insert_application(&app, &[event(ONE, "insert")]).await.unwrap();
    assert!(is_conflict(store.insert_application(&app, &[event(ONE, "again")]).await));
    let change = |_: &mut Application| Ok(vec![event(ONE, "change 1"), event(ONE, "change 2")]);
    let key = ObjectKey::App(app.app_id);
    store.change_application(ONE, key, Box::new(change)).await.unwrap();
    let refuse = |_: &mut Application| Err(IdentityError::Invalid("no".into()));
    assert!(store.change_application(ONE, key, Box::new(refuse)).await.is_err());
    store.add_secret(ONE, app.object_id, &secret(50), &[event(ONE, "secret")]).await.unwrap();
    let id = secret(50).key_id;
    store.remove_secret(ONE, app.object_id, id, &[event(ONE, "no secret")]).await.unwrap();
    store.remove_secret(ONE, app.object_id, id, &[event(ONE, "twice")]).await.unwrap();
    let granted = grant(&client, &resource, 1);
    store.insert_assignments(std::slice::from_ref(&granted), &[event(ONE, "grant")]).await.unwrap();
    store.delete_assignment(ONE, granted.id, &[event(ONE, "no grant")]).await.unwrap();
    store.delete_assignment(ONE, granted.id, &[event(ONE, "twice")]).await.unwrap();
    store.delete_application(ONE, app.object_id, later(), &[event(ONE, "delete")]).await.unwrap();
    store.restore_deleted(ONE, app.object_id, &[event(ONE, "restore")]).await.unwrap();
    store.restore_deleted(ONE, app.object_id, &[event(ONE, "twice")]).await.unwrap();
    let object = client.object_id;
    store.delete_service_principal(ONE, object, later(), &[event(ONE, "remove")]).await.unwrap();
    store.purge_deleted(ONE, client.object_id, &[event(ONE, "purge")]).await.unwrap();
    store.purge_deleted(ONE, client.object_id, &[event(ONE, "twice")]).await.unwrap();
    assert_eq!(
        correlations(&*store, AuditScope::Tenant(ONE), ALL).await,
        [
            "insert",
            "change 1",
            "change 2",
            "secret",
            "no secret",
            "grant",
            "no grant",
            "delete",
            "restore",
            "remove",
            "purge",
        ]
    );
}

pub async fn events_are_found_by_who_made_them_and_whom_they_are_about(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let app = application(ONE, 10);
    let by = |app, correlation: &str| {
        let mut event = event(ONE, correlation);
        event.act.actor = Actor::Application { app, principal: ObjectId::from_u128(1) };
        event
    };
    let administrator = AppId::from_u128(99);
    let about_both = by(administrator, "grant")
        .and(Target::principal(&client))
        .and(Target::principal(&resource));
    let about_one = event(ONE, "update").and(Target::application(&app));
    let mut failed = by(client.app_id, "tried");
    failed.succeeded = false;
    failed.activity = Activity::PersonSignIn;
    let mut early = event(ONE, "early");
    early.act.at = at("2020-01-01T00:00:00Z");
    let mut of_server = event(ONE, "server");
    of_server.tenant = None;
    let elsewhere = event(OTHER, "elsewhere").and(Target::application(&app));
    store.append_events(&[about_both, about_one, failed, early]).await.unwrap();
    store.append_events(&[of_server, elsewhere]).await.unwrap();
    // What is deleted is still known.
    store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    let deleted = event(ONE, "purge").and(Target::application(&app));
    store.purge_deleted(ONE, app.object_id, &[deleted]).await.unwrap();

    let (one, server) = (AuditScope::Tenant(ONE), AuditScope::Server);
    let when = event(ONE, "").act.at;
    let of = |app| AuditQuery { app: Some(app), ..ALL };
    for (scope, query, expected) in [
        (one, ALL, "grant update tried early purge"),
        (
            one,
            AuditQuery { order: AuditOrder::NewestFirst, ..ALL },
            "purge early tried update grant",
        ),
        (server, ALL, "grant update tried early server elsewhere purge"),
        (AuditScope::Tenant(OTHER), ALL, "elsewhere"),
        (one, of(administrator), "grant"),
        (one, of(client.app_id), "grant update tried purge"),
        (one, of(resource.app_id), "grant"),
        (one, of(AppId::from_u128(7)), ""),
        (one, AuditQuery { succeeded: Some(false), ..ALL }, "tried"),
        (one, AuditQuery { activity: Some("User sign-in".into()), ..ALL }, "tried"),
        (one, AuditQuery { correlation: Some("early".into()), ..ALL }, "early"),
        (one, AuditQuery { correlation: Some("e\0".into()), ..ALL }, ""),
        (one, AuditQuery { from: Some(when), ..ALL }, "grant update tried purge"),
        (one, AuditQuery { until: Some(when), ..ALL }, "early"),
        (one, AuditQuery { error_code: Some(0), ..ALL }, ""),
    ] {
        let found = correlations(&*store, scope, query.clone()).await;
        assert_eq!(found.join(" "), expected, "{scope:?} {query:?}");
    }
}

pub async fn sign_ins_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let full = sign_in(0, Some(ONE), 1, 7_000_215);
    let bare = SignIn {
        tenant: None,
        app: None,
        principal: None,
        resource_app: None,
        resource_principal: None,
        address: None,
        credential: CredentialKind::None,
        key_id: None,
        ..sign_in(1, None, 1, 90_002)
    };
    store.append_sign_ins(&[full.clone(), bare.clone()]).await.unwrap();
    let page = store.sign_ins(AuditScope::Server, &ALL).await.unwrap();
    let found: Vec<SignIn> = page.items.into_iter().map(|line| line.event).collect();
    assert_eq!(found, [full, bare]);
    // What a form may hold and PostgreSQL may not.
    let odd = SignIn { resource_name: "api://\0".into(), ..sign_in(2, Some(ONE), 1, 0) };
    store.append_sign_ins(&[odd]).await.unwrap();
}

pub async fn sign_ins_are_found_by_what_they_say(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (ours, theirs) = (Some(ONE), Some(OTHER));
    let tenants = [ours, ours, ours, theirs, theirs, ours, ours, ours, theirs, None];
    let lines: Vec<SignIn> = (0..)
        .zip(tenants)
        .map(|(number, tenant): (u32, _)| {
            sign_in(number.into(), tenant, 1 + u128::from(number % 2), number % 4 * 7)
        })
        .collect();
    let (first, second) = lines.split_at(4);
    store.append_sign_ins(first).await.unwrap();
    store.append_sign_ins(second).await.unwrap();
    let one = AuditScope::Tenant(ONE);
    let newest = AuditQuery { order: AuditOrder::NewestFirst, ..ALL };
    for (scope, query, expected) in [
        (AuditScope::Server, ALL, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9][..]),
        (AuditScope::Server, newest.clone(), &[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
        (one, ALL, &[0, 1, 2, 5, 6, 7]),
        (one, newest, &[7, 6, 5, 2, 1, 0]),
        (AuditScope::Tenant(OTHER), ALL, &[3, 4, 8]),
        (one, AuditQuery { app: Some(AppId::from_u128(1)), ..ALL }, &[0, 2, 6]),
        (one, AuditQuery { succeeded: Some(true), ..ALL }, &[0]),
        (one, AuditQuery { succeeded: Some(false), ..ALL }, &[1, 2, 5, 6, 7]),
        (one, AuditQuery { error_code: Some(7), ..ALL }, &[1, 5]),
        (one, AuditQuery { correlation: Some("correlation 5".into()), ..ALL }, &[5]),
        (one, AuditQuery { from: Some(lines[2].at), until: Some(lines[7].at), ..ALL }, &[2, 5, 6]),
        (one, AuditQuery { activity: Some("User sign-in".into()), ..ALL }, &[]),
    ] {
        assert_eq!(seconds(&*store, scope, query.clone()).await, expected, "{scope:?} {query:?}");
    }
}

pub async fn a_big_batch_goes_in_whole(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let lines: Vec<SignIn> = (0..2_100).map(|second| sign_in(second, Some(ONE), 1, 0)).collect();
    store.append_sign_ins(&lines).await.unwrap();
    let query = AuditQuery { top: 3_000, ..ALL };
    let page = store.sign_ins(AuditScope::Tenant(ONE), &query).await.unwrap();
    assert_eq!((page.items.len(), page.next), (2_100, None));
    assert!(page.items.is_sorted_by_key(|line| line.number));
}

pub async fn long_logs_are_looked_through_to_their_end(backend: impl Backend) {
    // nine thousand lines are three segments, and the application's lines are far apart
    let store = with_tenants(&backend).await;
    let rare = |second: i64| if second % 1_000 == 1 { 7 } else { 1 };
    let lines: Vec<SignIn> =
        (0..9_000).map(|second| sign_in(second, Some(ONE), rare(second), 0)).collect();
    store.append_sign_ins(&lines).await.unwrap();
    let oldest: Vec<i64> = (0..9).map(|thousand| thousand * 1_000 + 1).collect();
    let newest: Vec<i64> = oldest.iter().rev().copied().collect();
    let by_app = AuditQuery { app: Some(AppId::from_u128(7)), ..ALL };
    let backwards = AuditQuery { order: AuditOrder::NewestFirst, ..by_app.clone() };
    let correlation = |second: i64| Some(format!("correlation {second}"));
    let last = AuditQuery { correlation: correlation(8_999), ..ALL };
    let both = AuditQuery { correlation: correlation(3_001), ..backwards.clone() };
    let neither = AuditQuery { correlation: correlation(3_002), ..by_app.clone() };
    for (query, expected) in [
        (by_app, oldest),
        (backwards, newest),
        (last, vec![8_999]),
        (both, vec![3_001]),
        (neither, vec![]),
    ] {
        for scope in [AuditScope::Server, AuditScope::Tenant(ONE)] {
            assert_eq!(seconds(&*store, scope, query.clone()).await, expected, "{query:?}");
        }
        assert_eq!(seconds(&*store, AuditScope::Tenant(OTHER), query).await, [0_i64; 0]);
    }
}

pub async fn old_lines_are_purged_oldest_first(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let lines: Vec<SignIn> = [3, 0, 2, 1].map(|second| sign_in(second, Some(ONE), 1, 0)).into();
    store.append_sign_ins(&lines).await.unwrap();
    let mut old = event(ONE, "old").and(Target::application(&application(ONE, 10)));
    old.act.at = lines[1].at;
    old.act.actor =
        Actor::Application { app: AppId::from_u128(1), principal: ObjectId::from_u128(1) };
    let mut new = event(ONE, "new");
    new.act.at = later();
    store.append_events(&[old, new]).await.unwrap();
    let before = lines[0].at;
    assert_eq!(store.purge_audit(before, 2).await.unwrap(), 3, "two and one");
    assert_eq!(seconds(&*store, AuditScope::Server, ALL).await, [3, 2]);
    assert_eq!(store.purge_audit(before, 2).await.unwrap(), 1);
    assert_eq!(store.purge_audit(before, 2).await.unwrap(), 0);
    assert_eq!(seconds(&*store, AuditScope::Server, ALL).await, [3]);
    assert_eq!(correlations(&*store, AuditScope::Server, ALL).await, ["new"]);
}

pub async fn numbers_grow_and_are_never_used_again(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let number = async || {
        store.append_sign_ins(&[sign_in(0, Some(ONE), 1, 0)]).await.unwrap();
        store.append_events(&[event(ONE, "x")]).await.unwrap();
        let newest = AuditQuery { order: AuditOrder::NewestFirst, top: 1, ..ALL };
        let sign_in = store.sign_ins(AuditScope::Server, &newest).await.unwrap().items[0].number;
        let event = store.directory_events(AuditScope::Server, &newest).await.unwrap();
        (sign_in, event.items[0].number)
    };
    let first = number().await;
    store.purge_audit(at("2030-01-01T00:00:00Z"), 100).await.unwrap();
    let second = number().await;
    assert!(second.0 > first.0 && second.1 > first.1, "{first:?} {second:?}");
}
