//! Tenants, applications, service principals and grants.

use vakt_identity::{
    Application, DirectoryQuery, IdentityError, ObjectKey, Order, ServicePrincipal, StoreError,
    TenantName,
};
use vakt_ids::{AppId, AssignmentId, ObjectId, TenantId};

use crate::backend::Backend;
use crate::samples::{
    ONE, OTHER, application, grant, is_conflict, join_all, later, pair, principal, secret, tenant,
    with_tenants,
};

pub async fn tenants_are_found_by_every_name_they_have(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let one = tenant(ONE, "one");
    for (name, expected) in [
        (TenantName::Id(ONE), Some(&one)),
        (TenantName::Domain("one.onmicrosoft.com".into()), Some(&one)),
        (TenantName::Domain("one.example".into()), Some(&one)),
        (TenantName::Adfs, Some(&one)),
        (TenantName::Any, None),
        (TenantName::Consumers, None),
        (TenantName::Id(TenantId::from_u128(3)), None),
        (TenantName::Domain("example".into()), None),
    ] {
        assert_eq!(store.find_tenant(&name).await.unwrap().as_ref(), expected, "{name:?}");
    }
    assert_eq!(store.tenants().await.unwrap(), [one, tenant(OTHER, "other")], "oldest first");
}

pub async fn a_tenant_comes_whole_or_not_at_all(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let third = TenantId::from_u128(3);
    let app = application(third, 1);
    // Two principals of one application cannot be, so neither can the tenant.
    let twice = [principal(third, &app, 5), principal(third, &app, 6)];
    assert!(is_conflict(store.insert_tenant(&tenant(third, "third"), &twice, &[]).await));
    let mut same_domain = tenant(third, "third");
    same_domain.domains.push(tenant(ONE, "one").domains[0].clone());
    assert!(is_conflict(store.insert_tenant(&same_domain, &[], &[]).await));
    assert!(is_conflict(store.insert_tenant(&tenant(ONE, "again"), &[], &[]).await));
    assert_eq!(store.tenants().await.unwrap().len(), 2);
    assert_eq!(store.find_tenant(&TenantName::Domain("third.example".into())).await.unwrap(), None);
    let whole = [principal(third, &app, 5)];
    store.insert_tenant(&tenant(third, "third"), &whole, &[]).await.unwrap();
    let found =
        store.find_service_principal(third, ObjectKey::Object(ObjectId::from_u128(5))).await;
    assert_eq!(found.unwrap().as_ref(), Some(&whole[0]));
}

pub async fn applications_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let app = application(ONE, 10);
    store.insert_application(&app, &[]).await.unwrap();
    for key in [ObjectKey::Object(app.object_id), ObjectKey::App(app.app_id)] {
        assert_eq!(store.find_application(ONE, key).await.unwrap().as_ref(), Some(&app));
    }
    assert_eq!(store.find_application_anywhere(app.app_id).await.unwrap(), Some(app));
    assert_eq!(store.find_application_anywhere(AppId::from_u128(1)).await.unwrap(), None);
}

pub async fn a_changed_application_keeps_its_secrets_and_its_principals_follow(
    backend: impl Backend,
) {
    let store = with_tenants(&backend).await;
    let app = application(ONE, 10);
    store.insert_application(&app, &[]).await.unwrap();
    store.insert_service_principal(&principal(ONE, &app, 11), &[]).await.unwrap();
    store.insert_service_principal(&principal(OTHER, &app, 12), &[]).await.unwrap();
    let mut expected = app.clone();
    expected.display_name = "renamed".into();
    expected.identifier_uris = vec!["api://new".into()];
    expected.app_roles.clear();
    let wanted = expected.clone();
    let change = move |stored: &mut Application| {
        *stored = Application { secrets: Vec::new(), ..wanted };
        Ok(Vec::new())
    };
    let key = ObjectKey::App(app.app_id);
    assert!(store.change_application(ONE, key, Box::new(change)).await.unwrap().is_some());
    assert_eq!(store.find_application(ONE, key).await.unwrap().as_ref(), Some(&expected));
    for tenant in [ONE, OTHER] {
        let follower = store.find_resource(tenant, "api://new").await.unwrap().unwrap();
        assert_eq!(follower.display_name, "renamed");
        assert_eq!((&follower.names, &follower.app_roles), (&expected.names(), &vec![]));
        assert_eq!(follower.tags, ["principal's own"]);
        assert!(!follower.is_enabled && follower.assignment_required);
        assert_eq!(store.find_resource(tenant, "api://10").await.unwrap(), None, "the old name");
    }
}

pub async fn a_change_that_is_refused_changes_nothing(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, _) = pair(&*store).await;
    let app = application(ONE, 10);
    let refuse_app = |stored: &mut Application| {
        stored.display_name = "half done".into();
        Err(IdentityError::Invalid("no".into()))
    };
    let key = ObjectKey::App(app.app_id);
    let refused = store.change_application(ONE, key, Box::new(refuse_app)).await;
    assert!(matches!(refused, Err(IdentityError::Invalid(_))), "{refused:?}");
    assert_eq!(store.find_application(ONE, key).await.unwrap().as_ref(), Some(&app));
    let refuse = |stored: &mut ServicePrincipal| {
        stored.names.clear();
        Err(IdentityError::Invalid("no".into()))
    };
    let refused = store.change_service_principal(ONE, key, Box::new(refuse)).await;
    assert!(matches!(refused, Err(IdentityError::Invalid(_))), "{refused:?}");
    assert_eq!(store.find_resource(ONE, "api://10").await.unwrap(), Some(client));
    // A name that is another's is refused by the store itself, and the old one stays.
    let steal = |stored: &mut ServicePrincipal| {
        stored.names = vec!["api://20".into()];
        Ok(Vec::new())
    };
    let refused = store.change_service_principal(ONE, key, Box::new(steal)).await;
    assert!(matches!(refused, Err(IdentityError::Store(StoreError::Conflict(_)))), "{refused:?}");
    assert!(store.find_resource(ONE, "api://10").await.unwrap().is_some());
    for key in [ObjectKey::App(AppId::from_u128(1)), ObjectKey::Object(ObjectId::from_u128(1))] {
        let nobody = store.change_application(ONE, key, Box::new(|_| panic!("asked"))).await;
        assert!(nobody.unwrap().is_none());
        let nobody = store.change_service_principal(ONE, key, Box::new(|_| panic!("asked"))).await;
        assert!(nobody.unwrap().is_none());
    }
}

pub async fn changes_made_side_by_side_follow_one_another(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, _) = pair(&*store).await;
    let (app_key, key) = (ObjectKey::App(client.app_id), ObjectKey::Object(client.object_id));
    let tag = |number: usize| format!("tag {number}");
    let changes = (0..20).map(|number| {
        let of_app = move |app: &mut Application| {
            app.tags.push(tag(number));
            Ok(Vec::new())
        };
        let of_principal = move |principal: &mut ServicePrincipal| {
            principal.tags.push(tag(number));
            Ok(Vec::new())
        };
        let store = &store;
        async move {
            store.change_application(ONE, app_key, Box::new(of_app)).await.unwrap();
            store.change_service_principal(ONE, key, Box::new(of_principal)).await.unwrap();
        }
    });
    join_all(changes).await;
    let app = store.find_application(ONE, app_key).await.unwrap().unwrap();
    let principal = store.find_service_principal(ONE, key).await.unwrap().unwrap();
    for number in 0..20 {
        assert!(app.tags.contains(&tag(number)), "{number} of {:?}", app.tags);
        assert!(principal.tags.contains(&tag(number)), "{number} of {:?}", principal.tags);
    }
}

pub async fn a_deleted_application_leaves_nothing_behind(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let app = application(ONE, 10);
    store.insert_service_principal(&principal(OTHER, &app, 12), &[]).await.unwrap();
    store.insert_assignments(&[grant(&client, &resource, 1)], &[]).await.unwrap();
    assert!(store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap());
    assert!(!store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap());
    assert_eq!(store.find_application_anywhere(app.app_id).await.unwrap(), None);
    assert_eq!(store.find_service_principal(ONE, ObjectKey::App(app.app_id)).await.unwrap(), None);
    assert_eq!(store.find_resource(ONE, "api://10").await.unwrap(), None);
    assert_eq!(store.assignments_on(ONE, resource.object_id).await.unwrap(), []);
    let elsewhere = store.find_service_principal(OTHER, ObjectKey::App(app.app_id)).await;
    assert!(elsewhere.unwrap().is_some(), "other tenants' principals are theirs");
    store.insert_application(&app, &[]).await.unwrap();
    let back = store.find_application_anywhere(app.app_id).await.unwrap().unwrap();
    assert_eq!(back.secrets, app.secrets, "its old secrets did not stay to collide");
}

pub async fn secrets_come_and_go_one_by_one(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let app = application(ONE, 10);
    store.insert_application(&app, &[]).await.unwrap();
    let new = secret(50);
    assert!(store.add_secret(ONE, app.object_id, &new, &[]).await.unwrap());
    let secrets = async || {
        let found = store.find_application(ONE, ObjectKey::App(app.app_id)).await;
        found.unwrap().unwrap().secrets
    };
    assert_eq!(secrets().await, [secret(10), secret(11), secret(50)], "oldest first");
    assert!(store.remove_secret(ONE, app.object_id, secret(10).key_id, &[]).await.unwrap());
    assert!(!store.remove_secret(ONE, app.object_id, secret(10).key_id, &[]).await.unwrap());
    assert_eq!(secrets().await, [secret(11), secret(50)]);
    assert!(is_conflict(store.add_secret(ONE, app.object_id, &new, &[]).await));
    let nobody = ObjectId::from_u128(77);
    assert!(!store.add_secret(ONE, nobody, &secret(60), &[]).await.unwrap());
    assert!(!store.remove_secret(ONE, nobody, new.key_id, &[]).await.unwrap());
}

pub async fn service_principals_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (mut client, _) = pair(&*store).await;
    for key in [ObjectKey::Object(client.object_id), ObjectKey::App(client.app_id)] {
        let found = store.find_service_principal(ONE, key).await.unwrap();
        assert_eq!(found.as_ref(), Some(&client));
    }
    for name in ["api://10", "https://10.example", &client.app_id.to_string()] {
        let found = store.find_resource(ONE, name).await.unwrap();
        assert_eq!(found.as_ref(), Some(&client), "{name}");
    }
    client.is_enabled = true;
    client.assignment_required = false;
    client.display_name = "renamed".into();
    client.names = vec!["api://renamed".into()];
    client.tags.clear();
    let (key, wanted) = (ObjectKey::App(client.app_id), client.clone());
    let change = move |stored: &mut ServicePrincipal| {
        *stored = wanted;
        Ok(Vec::new())
    };
    let changed = store.change_service_principal(ONE, key, Box::new(change)).await.unwrap();
    assert_eq!(changed.as_ref(), Some(&client), "the new state is given back");
    assert_eq!(store.find_resource(ONE, "api://renamed").await.unwrap().as_ref(), Some(&client));
    assert_eq!(store.find_resource(ONE, "api://10").await.unwrap(), None);
    assert!(store.delete_service_principal(ONE, client.object_id, later(), &[]).await.unwrap());
    assert!(!store.delete_service_principal(ONE, client.object_id, later(), &[]).await.unwrap());
    assert_eq!(store.find_service_principal(ONE, key).await.unwrap(), None);
}

pub async fn grants_come_all_or_none(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let (one, two, three) =
        (grant(&client, &resource, 1), grant(&client, &resource, 2), grant(&client, &resource, 3));
    store.insert_assignments(&[one.clone(), two.clone()], &[]).await.unwrap();
    assert_eq!(
        store.assignments_of(ONE, client.object_id).await.unwrap(),
        [one.clone(), two.clone()]
    );
    assert_eq!(
        store.assignments_on(ONE, resource.object_id).await.unwrap(),
        [one.clone(), two.clone()]
    );
    // The same role under another id is the same grant, and takes the whole batch down with it.
    let mut again = one.clone();
    again.id = AssignmentId::from_u128(9);
    assert!(is_conflict(store.insert_assignments(&[three, again], &[]).await));
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap().len(), 2);
    assert!(store.delete_assignment(ONE, one.id, &[]).await.unwrap());
    assert!(!store.delete_assignment(ONE, one.id, &[]).await.unwrap());
    assert_eq!(store.assignments_on(ONE, resource.object_id).await.unwrap(), [two]);
    store.delete_service_principal(ONE, resource.object_id, later(), &[]).await.unwrap();
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap(), []);
}

pub async fn what_is_there_cannot_be_added_again(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, _) = pair(&*store).await;
    let app = application(ONE, 10);
    let mut same_object = application(OTHER, 30);
    same_object.object_id = app.object_id;
    let mut same_id = application(OTHER, 30);
    same_id.app_id = app.app_id;
    assert!(is_conflict(store.insert_application(&same_object, &[]).await));
    assert!(is_conflict(store.insert_application(&same_id, &[]).await));
    let mut second = client.clone();
    second.object_id = ObjectId::from_u128(99);
    assert!(is_conflict(store.insert_service_principal(&second, &[]).await));
    // Two resources of one tenant cannot answer to one name, however it is spelled.
    let mut namesake = principal(ONE, &application(ONE, 30), 31);
    namesake.names = vec!["API://10/".into()];
    assert!(is_conflict(store.insert_service_principal(&namesake, &[]).await));
    let missing = store.find_service_principal(ONE, ObjectKey::Object(namesake.object_id)).await;
    assert_eq!(missing.unwrap(), None, "half of it stayed");
    namesake.tenant = OTHER;
    store.insert_service_principal(&namesake, &[]).await.unwrap();
}

pub async fn every_change_moves_the_generation_on_and_no_question_does(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let app = application(ONE, 10);
    let mut last = store.generation().await.unwrap();
    let mut moved = async |what: &str| {
        let now = store.generation().await.unwrap();
        assert!(now > last, "{what} went unnoticed");
        last = now;
    };
    store.insert_assignments(&[grant(&client, &resource, 1)], &[]).await.unwrap();
    moved("a grant").await;
    store.delete_assignment(ONE, AssignmentId::from_u128(1), &[]).await.unwrap();
    moved("its end").await;
    store.add_secret(ONE, app.object_id, &secret(50), &[]).await.unwrap();
    moved("a secret").await;
    store.remove_secret(ONE, app.object_id, secret(50).key_id, &[]).await.unwrap();
    moved("its end").await;
    let key = ObjectKey::App(app.app_id);
    store.change_application(ONE, key, Box::new(|_| Ok(Vec::new()))).await.unwrap();
    moved("a changed application").await;
    store.change_service_principal(ONE, key, Box::new(|_| Ok(Vec::new()))).await.unwrap();
    moved("a changed principal").await;
    store.delete_service_principal(ONE, client.object_id, later(), &[]).await.unwrap();
    moved("a deleted principal").await;
    store.delete_application(ONE, app.object_id, later(), &[]).await.unwrap();
    moved("a deleted application").await;
    store.insert_tenant(&tenant(TenantId::from_u128(3), "third"), &[], &[]).await.unwrap();
    moved("a tenant").await;
    store.find_application_anywhere(app.app_id).await.unwrap();
    store.tenants().await.unwrap();
    assert!(is_conflict(store.insert_tenant(&tenant(ONE, "one"), &[], &[]).await));
    assert_eq!(store.generation().await.unwrap(), last, "questions and refusals change nothing");
}

pub async fn tenants_are_walls(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (client, resource) = pair(&*store).await;
    let app = application(ONE, 10);
    store.insert_assignments(&[grant(&client, &resource, 1)], &[]).await.unwrap();
    for key in [ObjectKey::Object(app.object_id), ObjectKey::App(app.app_id)] {
        assert_eq!(store.find_application(OTHER, key).await.unwrap(), None);
    }
    for key in [ObjectKey::Object(client.object_id), ObjectKey::App(client.app_id)] {
        assert_eq!(store.find_service_principal(OTHER, key).await.unwrap(), None);
    }
    assert_eq!(store.find_resource(OTHER, "api://20").await.unwrap(), None);
    assert_eq!(store.assignments_of(OTHER, client.object_id).await.unwrap(), []);
    assert_eq!(store.assignments_on(OTHER, resource.object_id).await.unwrap(), []);
    let all = DirectoryQuery { top: 10, count: true, ..DirectoryQuery::default() };
    assert_eq!(store.list_applications(OTHER, &all).await.unwrap().count, Some(0));
    assert_eq!(store.list_service_principals(OTHER, &all).await.unwrap().count, Some(0));
    let key = ObjectKey::Object(app.object_id);
    let other = store.change_application(OTHER, key, Box::new(|_| panic!("asked"))).await;
    assert!(other.unwrap().is_none());
    let key = ObjectKey::Object(client.object_id);
    let other = store.change_service_principal(OTHER, key, Box::new(|_| panic!("asked"))).await;
    assert!(other.unwrap().is_none());
    assert!(!store.delete_assignment(OTHER, AssignmentId::from_u128(1), &[]).await.unwrap());
    assert!(!store.add_secret(OTHER, app.object_id, &secret(50), &[]).await.unwrap());
    assert!(!store.remove_secret(OTHER, app.object_id, secret(10).key_id, &[]).await.unwrap());
    assert!(!store.delete_service_principal(OTHER, client.object_id, later(), &[]).await.unwrap());
    assert!(!store.delete_application(OTHER, app.object_id, later(), &[]).await.unwrap());
    let untouched = store.find_application(ONE, ObjectKey::App(app.app_id)).await.unwrap();
    assert_eq!(untouched, Some(app));
    let found = store.find_resource(ONE, "api://10").await.unwrap();
    assert_eq!(found, Some(client), "its names are still its own");
}

pub async fn pages_of_the_directory_follow_their_cursors(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    // Names in which order by name is not order of creation, one of them twice.
    for (number, name) in (1..).zip(["d", "b", "E", "a", "B", "b", "c"]) {
        let mut app = application(ONE, number * 100);
        app.display_name = name.into();
        store.insert_application(&app, &[]).await.unwrap();
    }
    for (order, expected) in
        [(Order::Creation, "dbEaBbc"), (Order::Name, "abBbcdE"), (Order::NameBackwards, "EdcbBba")]
    {
        let mut query = DirectoryQuery { order, top: 2, count: true, ..DirectoryQuery::default() };
        let mut seen = String::new();
        loop {
            let page = store.list_applications(ONE, &query).await.unwrap();
            assert_eq!(page.count, Some(7), "the count is of all pages");
            seen.extend(page.items.iter().map(|app| app.display_name.as_str()));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected, "{order:?}");
    }
}
