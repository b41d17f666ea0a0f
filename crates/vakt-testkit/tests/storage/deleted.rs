//! Deleted objects, and how they come back.

use jiff::ToSpan;
use vakt_identity::{
    Application, Condition, DeletedKind, DirectoryQuery, FormerObject, Match, ObjectKey, Order,
    Predicate, Property, ServicePrincipal,
};
use vakt_ids::{AssignmentId, ObjectId};

use crate::backend::Backend;
use crate::samples::{
    ONE, OTHER, application, grant, is_conflict, later, pair, principal, with_tenants,
};

const NOBODY: ObjectId = ObjectId::from_u128(77);

pub async fn a_deleted_application_comes_back_whole(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let app = application(ONE, 10);
    let grants = [grant(&client, &resource, 1), grant(&resource, &client, 2)];
    store.insert_assignments(&grants, &[]).await.unwrap();
    assert!(store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap());
    assert_eq!(store.assignments_on(ONE, resource.object_id).await.unwrap(), []);
    let deleted = store.find_deleted(ONE, app.object_id).await.unwrap().unwrap();
    assert_eq!((deleted.deleted_at, deleted.deleted_with), (later(), None));
    assert_eq!(deleted.object, FormerObject::Application(Box::new(app.clone())));
    let with_it = store.find_deleted(ONE, client.object_id).await.unwrap().unwrap();
    assert_eq!(with_it.deleted_with, Some(app.object_id));
    assert_eq!(with_it.object, FormerObject::ServicePrincipal(Box::new(client.clone())));
    assert_eq!(store.find_deleted(OTHER, app.object_id).await.unwrap(), None);
    assert!(!store.restore_deleted(OTHER, app.object_id, &[]).await.unwrap());

    assert!(store.restore_deleted(ONE, app.object_id, &[]).await.unwrap());
    assert!(!store.restore_deleted(ONE, app.object_id, &[]).await.unwrap(), "only once");
    let key = ObjectKey::App(app.app_id);
    assert_eq!(store.find_application(ONE, key).await.unwrap(), Some(app));
    assert_eq!(store.find_service_principal(ONE, key).await.unwrap().as_ref(), Some(&client));
    assert_eq!(store.find_resource(ONE, "api://10").await.unwrap().as_ref(), Some(&client));
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap(), grants[..1]);
    assert_eq!(store.assignments_on(ONE, client.object_id).await.unwrap(), grants[1..]);
    assert_eq!(store.find_deleted(ONE, client.object_id).await.unwrap(), None);
}

pub async fn grants_whose_other_end_is_gone_stay_behind(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let given = [grant(&client, &client, 1), grant(&client, &resource, 2)];
    store.insert_assignments(&given, &[]).await.unwrap();
    assert!(store.delete_service_principal(ONE, client.object_id, later(), &[]).await.unwrap());
    assert!(store.delete_service_principal(ONE, resource.object_id, later(), &[]).await.unwrap());
    assert!(store.restore_deleted(ONE, client.object_id, &[]).await.unwrap());
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap(), given[..1]);
    assert!(store.restore_deleted(ONE, resource.object_id, &[]).await.unwrap());
    assert_eq!(store.assignments_on(ONE, resource.object_id).await.unwrap(), []);
}

pub async fn what_comes_back_takes_nothing_from_those_who_are_there(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, _) = pair(&*store).await;
    let app = application(ONE, 10);
    store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    // Its name is free at once, and so not free when it comes back.
    let mut heir = application(ONE, 30);
    heir.identifier_uris = app.identifier_uris[..1].to_vec();
    store.insert_application(&heir, &[]).await.unwrap();
    let before = store.generation().await.unwrap();
    assert!(is_conflict(store.restore_deleted(ONE, app.object_id, &[]).await));
    assert_eq!(store.generation().await.unwrap(), before);
    assert!(store.find_deleted(ONE, app.object_id).await.unwrap().is_some());
    assert!(store.find_deleted(ONE, client.object_id).await.unwrap().is_some(), "half came back");
    store.delete_application(ONE, heir.object_id, later(), &[]).await.unwrap();
    assert!(store.restore_deleted(ONE, app.object_id, &[]).await.unwrap());
}

pub async fn a_restored_principal_follows_what_its_application_became(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, _) = pair(&*store).await;
    store.delete_service_principal(ONE, client.object_id, later(), &[]).await.unwrap();
    let rename = |app: &mut Application| {
        app.display_name = "renamed".into();
        app.redirect_uris = vec!["https://new.example/".into()];
        Ok(Vec::new())
    };
    let key = ObjectKey::App(client.app_id);
    store.change_application(ONE, key, Box::new(rename)).await.unwrap();
    assert!(store.restore_deleted(ONE, client.object_id, &[]).await.unwrap());
    let back = store.find_service_principal(ONE, key).await.unwrap().unwrap();
    let application = store.find_application(ONE, key).await.unwrap().unwrap();
    assert_eq!(
        (&*back.display_name, back.reply_urls),
        ("renamed", application.all_redirect_uris())
    );
    assert_eq!((back.tags, back.secrets), (client.tags, client.secrets), "its own stayed its own");
}

pub async fn deleted_objects_are_purged_with_what_went_with_them(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let (app, other) = (application(ONE, 10), application(ONE, 20));
    store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    assert!(!store.purge_deleted(OTHER, app.object_id, &[]).await.unwrap());
    assert!(!store.purge_deleted(ONE, NOBODY, &[]).await.unwrap());
    assert!(store.purge_deleted(ONE, app.object_id, &[]).await.unwrap());
    assert_eq!(store.find_deleted(ONE, app.object_id).await.unwrap(), None);
    assert_eq!(store.find_deleted(ONE, client.object_id).await.unwrap(), None);
    store.delete_application(ONE, other.object_id, later(), &[]).await.unwrap();
    let before = store.generation().await.unwrap();
    assert_eq!(store.purge_deleted_before(later()).await.unwrap(), 0, "not older than itself");
    assert_eq!(store.generation().await.unwrap(), before, "nothing was changed");
    assert_eq!(store.purge_deleted_before(later() + 1.microseconds()).await.unwrap(), 2);
    assert_eq!(store.find_deleted(ONE, resource.object_id).await.unwrap(), None);
    // Whoever is deleted a second time is deleted in the state of the second time.
    store.insert_application(&app, &[]).await.unwrap();
    store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    let renamed = Application { display_name: "second".into(), ..app.clone() };
    store.insert_application(&renamed, &[]).await.unwrap();
    store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    let deleted = store.find_deleted(ONE, app.object_id).await.unwrap().unwrap();
    assert_eq!(deleted.object, FormerObject::Application(Box::new(renamed)));
}

pub async fn deleted_objects_are_listed_by_kind(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    for (number, name) in (1..).zip(["d", "b", "E", "a", "B"]) {
        let app = Application { display_name: name.into(), ..application(ONE, number * 100) };
        store.insert_application(&app, &[]).await.unwrap();
        let presence = ServicePrincipal {
            display_name: name.into(),
            ..principal(ONE, &app, number * 100 + 1)
        };
        store.insert_service_principal(&presence, &[]).await.unwrap();
        store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    }
    let is = |property, how, value: &str| {
        Predicate::Holds(Condition { property, how, value: value.into() })
    };
    let one = application(ONE, 100);
    for (predicate, expected) in [
        (None, "abBdE"),
        (Some(is(Property::DisplayName, Match::Is, "b")), "bB"),
        (Some(is(Property::DisplayName, Match::StartsWith, "e")), "E"),
        (Some(is(Property::AppId, Match::Is, &one.app_id.to_string())), "d"),
        (Some(is(Property::Name, Match::Is, "api://100")), ""),
        (Some(is(Property::Enabled, Match::Is, "true")), ""),
    ] {
        for kind in [DeletedKind::Application, DeletedKind::ServicePrincipal] {
            let mut query = DirectoryQuery {
                predicate: predicate.clone(),
                order: Order::Name,
                top: 2,
                count: true,
                after: None,
            };
            let mut seen = String::new();
            loop {
                let page = store.list_deleted(ONE, kind, &query).await.unwrap();
                assert_eq!(page.count, Some(expected.len() as u64));
                for deleted in &page.items {
                    let (found, name) = match &deleted.object {
                        FormerObject::Application(app) => {
                            (DeletedKind::Application, &app.display_name)
                        }
                        FormerObject::ServicePrincipal(principal) => {
                            (DeletedKind::ServicePrincipal, &principal.display_name)
                        }
                    };
                    assert_eq!(found, kind);
                    seen += name;
                }
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, expected, "{predicate:?} of {kind:?}");
            assert_eq!(store.list_deleted(OTHER, kind, &query).await.unwrap().count, Some(0));
        }
    }
}

pub async fn a_grant_made_anew_is_not_made_twice(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let old = grant(&client, &resource, 1);
    store.insert_assignments(std::slice::from_ref(&old), &[]).await.unwrap();
    store.delete_service_principal(ONE, client.object_id, later(), &[]).await.unwrap();
    // The same presence made by hand, with the same role, and deleted in favour of the old one.
    store.insert_service_principal(&client, &[]).await.unwrap();
    let mut new = old.clone();
    new.id = AssignmentId::from_u128(9);
    store.insert_assignments(std::slice::from_ref(&new), &[]).await.unwrap();
    assert!(is_conflict(store.restore_deleted(ONE, client.object_id, &[]).await));
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap(), [new]);
}
