//! Signing keys at rest, and everything else after a restart.

use vakt_identity::{IdentityStore, ObjectKey, StoreError, StoredSigningKey};
use vakt_ids::IncidentId;
use vakt_incidents::IncidentStore;

use crate::backend::Backend;
use crate::incidents::incident;
use crate::samples::{ONE, application, at, grant, principal, tenant};

/// A key whose private half would be recognised anywhere.
fn key(kid: &str, created: &str) -> StoredSigningKey {
    let private: Vec<u8> = (0..=255).cycle().take(1200).collect();
    StoredSigningKey {
        kid: kid.into(),
        pkcs8: private.into(),
        certificate_der: b"the certificate is public".to_vec(),
        created_at: at(created),
    }
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

pub async fn signing_keys_are_sealed_on_disk(backend: impl Backend) {
    let store = backend.open().await;
    let key = key("kid", "2026-01-01T00:00:00.0000001Z");
    store.insert_signing_key(&key).await.unwrap();
    assert!(matches!(store.insert_signing_key(&key).await, Err(StoreError::Conflict(_))));
    let [found] = &store.signing_keys().await.unwrap()[..] else { panic!("one key") };
    assert_eq!((&found.kid, &found.pkcs8), (&key.kid, &key.pkcs8));
    assert_eq!((&found.certificate_der, found.created_at), (&key.certificate_der, key.created_at));
    backend.close(store).await;
    let bytes = backend.bytes();
    assert!(holds(&bytes, &key.certificate_der), "the key was not stored where it was looked for");
    assert!(!holds(&bytes, &key.pkcs8[..32]), "the private half is on disk in clear");
    assert!(!holds(&bytes, &[7; 32]), "the sealing key is in the database");
}

pub async fn another_sealing_key_opens_nothing(backend: impl Backend) {
    let store = backend.open().await;
    store.insert_signing_key(&key("kid", "2026-01-01T00:00:00Z")).await.unwrap();
    backend.close(store).await;
    let store = backend.open_with([8; 32]).await;
    let error = store.signing_keys().await.unwrap_err().to_string();
    assert!(error.contains("the sealing key does not fit"), "{error}");
    backend.close(store).await;
    let store = backend.open().await;
    assert_eq!(store.signing_keys().await.unwrap().len(), 1, "the right key still does");
}

pub async fn everything_is_there_after_it_was_opened_again(backend: impl Backend) {
    let store = backend.open().await;
    let app = application(ONE, 10);
    let client = principal(ONE, &app, 11);
    let granted = grant(&client, &client, 1);
    store.insert_tenant(&tenant(ONE, "one"), &[]).await.unwrap();
    store.insert_application(&app).await.unwrap();
    store.insert_service_principal(&client).await.unwrap();
    store.insert_assignments(std::slice::from_ref(&granted)).await.unwrap();
    store.import_incidents(ONE, &[incident(1)]).await.unwrap();
    store.insert_signing_key(&key("old", "2026-01-01T00:00:00Z")).await.unwrap();
    store.insert_signing_key(&key("new", "2026-01-02T00:00:00Z")).await.unwrap();
    backend.close(store).await;

    let store = backend.open().await;
    assert_eq!(store.tenants().await.unwrap(), [tenant(ONE, "one")]);
    assert_eq!(store.find_application_anywhere(app.app_id).await.unwrap().as_ref(), Some(&app));
    let found = store.find_service_principal(ONE, ObjectKey::App(app.app_id)).await.unwrap();
    assert_eq!(found.as_ref(), Some(&client));
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap(), [granted]);
    let number = IncidentId::new(1).unwrap();
    assert_eq!(store.find_incident(ONE, number).await.unwrap(), Some(incident(1)));
    let kids: Vec<String> =
        store.signing_keys().await.unwrap().into_iter().map(|key| key.kid).collect();
    assert_eq!(kids, ["old", "new"]);
}
