//! A data folder that is older than Vakt's own API gets it at the next start, and its
//! administrator the roles, once.

use std::path::Path;

use jiff::Timestamp;
use vakt_identity::{ObjectKey, catalogue};
use vakt_ids::{AppId, TenantId};
use vakt_server::{InitOptions, ServeOptions, bootstrap, open_app};

fn options(folder: &Path) -> ServeOptions {
    ServeOptions::new(folder.to_owned())
}

/// What an application may do by Vakt's own API; `None` if the tenant has no such API.
async fn roles(folder: &Path, tenant: TenantId, app: AppId) -> Option<usize> {
    let opened = open_app(&options(folder)).await.unwrap();
    let store = opened.app.identity.store();
    let api = store.find_service_principal(tenant, ObjectKey::App(catalogue::VAKT)).await.unwrap();
    let client = store.find_service_principal(tenant, ObjectKey::App(app)).await.unwrap().unwrap();
    let held = store.assignments_of(tenant, client.object_id).await.unwrap();
    opened.close().await;
    let api = api?;
    Some(held.iter().filter(|grant| grant.resource == api.object_id).count())
}

/// Takes the API out again, as if the folder had been made before it was known.
async fn make_older(folder: &Path, tenant: TenantId) {
    let opened = open_app(&options(folder)).await.unwrap();
    let store = opened.app.identity.store();
    let api = store.find_service_principal(tenant, ObjectKey::App(catalogue::VAKT)).await.unwrap();
    let object = api.unwrap().object_id;
    let now = Timestamp::UNIX_EPOCH;
    assert!(store.delete_service_principal(tenant, object, now, &[]).await.unwrap());
    assert!(store.purge_deleted(tenant, object, &[]).await.unwrap());
    opened.close().await;
}

#[tokio::test]
async fn an_older_folder_gets_the_api_and_its_administrator_the_roles() {
    let folder = tempfile::tempdir().unwrap();
    let init = InitOptions {
        serve: options(folder.path()),
        tenant_name: "Contoso".into(),
        domain: "contoso.onmicrosoft.com".into(),
        administrator: None,
    };
    let made = bootstrap(&init).await.unwrap();
    let (tenant, app) = (made.tenant, made.app_id);
    let all = roles(folder.path(), tenant, app).await;
    assert!(all.is_some_and(|count| count >= 5), "{all:?}");
    make_older(folder.path(), tenant).await;
    assert_eq!(roles(folder.path(), tenant, app).await, all);
    // What an administrator takes back afterwards stays taken back.
    let opened = open_app(&options(folder.path())).await.unwrap();
    let store = opened.app.identity.store();
    let client = store.find_service_principal(tenant, ObjectKey::App(app)).await.unwrap().unwrap();
    for grant in store.assignments_of(tenant, client.object_id).await.unwrap() {
        store.delete_assignment(tenant, grant.id, &[]).await.unwrap();
    }
    opened.close().await;
    assert_eq!(roles(folder.path(), tenant, app).await, Some(0));
}

#[tokio::test]
async fn a_name_alone_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let init = InitOptions {
        serve: options(folder.path()),
        tenant_name: "Contoso".into(),
        domain: "contoso.onmicrosoft.com".into(),
        administrator: None,
    };
    let made = bootstrap(&init).await.unwrap();
    let (tenant, app) = (made.tenant, made.app_id);
    let opened = open_app(&options(folder.path())).await.unwrap();
    let store = opened.app.identity.store();
    let client = store.find_service_principal(tenant, ObjectKey::App(app)).await.unwrap().unwrap();
    for grant in store.assignments_of(tenant, client.object_id).await.unwrap() {
        store.delete_assignment(tenant, grant.id, &[]).await.unwrap();
    }
    opened.close().await;
    make_older(folder.path(), tenant).await;
    assert_eq!(roles(folder.path(), tenant, app).await, Some(0));
}
