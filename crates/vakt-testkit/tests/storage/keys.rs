//! Signing keys at rest, and everything else after a restart.

use vakt_identity::{ObjectKey, StoreError, StoredSigningKey};
use vakt_ids::IncidentId;

use crate::backend::Backend;
use crate::incidents::{incident, unnumbered};
use crate::samples::{ONE, application, at, grant, holds, later, principal, tenant};

/// A key whose private half would be recognised anywhere.
pub fn key(kid: &str, created: &str) -> StoredSigningKey {
    let private: Vec<u8> = (0..=255).cycle().take(1200).collect();
    StoredSigningKey {
        kid: kid.into(),
        pkcs8: Some(private.into()),
        certificate_der: b"the certificate is public".to_vec(),
        created_at: at(created),
        signs_from: at("2026-01-01T00:05:00Z"),
        retired_at: None,
    }
}

pub async fn signing_keys_are_sealed_on_disk(backend: impl Backend) {
    let store = backend.open().await;
    let key = key("kid", "2026-01-01T00:00:00.0000001Z");
    store.insert_signing_key(&key, &[]).await.unwrap();
    assert!(matches!(store.insert_signing_key(&key, &[]).await, Err(StoreError::Conflict(_))));
    let [found] = &store.signing_keys().await.unwrap()[..] else { panic!("one key") };
    assert_eq!((&found.kid, &found.pkcs8), (&key.kid, &key.pkcs8));
    assert_eq!((&found.certificate_der, found.created_at), (&key.certificate_der, key.created_at));
    store.close().await;
    let bytes = backend.bytes();
    assert!(holds(&bytes, &key.certificate_der), "the key was not stored where it was looked for");
    let private = key.pkcs8.unwrap();
    assert!(!holds(&bytes, &private[..32]), "the private half is on disk in clear");
    assert!(!holds(&bytes, &[7; 32]), "the sealing key is in the database");
}

pub async fn a_database_opens_with_the_sealing_key_of_its_first_day_only(backend: impl Backend) {
    let opening = vakt_storage::connect(&backend.database()).await.unwrap();
    assert!(!opening.is_sealed().await.unwrap(), "a new database takes any key");
    drop(opening);
    backend.open().await.close().await;
    // Before there is anything else that is sealed, and after.
    for _ in 0..2 {
        let refused = backend.try_open([8; 32]).await.err().unwrap().to_string();
        assert!(refused.contains("the sealing key does not fit this database"), "{refused}");
        let opening = vakt_storage::connect(&backend.database()).await.unwrap();
        assert!(opening.is_sealed().await.unwrap());
        let store = backend.open().await;
        let key = key(&later().to_string(), "2026-01-01T00:00:00Z");
        store.insert_signing_key(&key, &[]).await.ok();
        assert_eq!(store.signing_keys().await.unwrap().len(), 1, "the right key still opens it");
        store.close().await;
    }
}

pub async fn a_retired_key_is_known_but_signs_no_more(backend: impl Backend) {
    let store = backend.open().await;
    let (old, new) = (key("old", "2026-01-01T00:00:00Z"), key("new", "2026-01-02T00:00:00Z"));
    store.insert_signing_key(&old, &[]).await.unwrap();
    store.insert_signing_key(&new, &[]).await.unwrap();
    assert!(store.retire_signing_key("old", later(), &[]).await.unwrap());
    let before = store.generation().await.unwrap();
    assert!(!store.retire_signing_key("old", later(), &[]).await.unwrap(), "only once");
    assert!(!store.retire_signing_key("unknown\0", later(), &[]).await.unwrap());
    assert_eq!(store.generation().await.unwrap(), before);
    let [first, second] = &store.signing_keys().await.unwrap()[..] else { panic!("two keys") };
    assert_eq!((first.retired_at, &first.pkcs8), (Some(later()), &None));
    assert_eq!((second.retired_at, &second.pkcs8), (None, &new.pkcs8));
    assert_eq!((second.created_at, second.signs_from), (new.created_at, new.signs_from));
}

pub async fn everything_is_there_after_it_was_opened_again(backend: impl Backend) {
    let store = backend.open().await;
    let app = application(ONE, 10);
    let client = principal(ONE, &app, 11);
    let granted = grant(&client, &client, 1);
    store.insert_tenant(&tenant(ONE, "one"), &[], &[]).await.unwrap();
    store.insert_application(&app, &[]).await.unwrap();
    store.insert_service_principal(&client, &[]).await.unwrap();
    store.insert_assignments(std::slice::from_ref(&granted), &[]).await.unwrap();
    store.import_incidents(ONE, &[incident(1)], None).await.unwrap();
    store.insert_signing_key(&key("old", "2026-01-01T00:00:00Z"), &[]).await.unwrap();
    store.insert_signing_key(&key("new", "2026-01-02T00:00:00Z"), &[]).await.unwrap();
    store.close().await;

    let store = backend.open().await;
    assert_eq!(store.tenants().await.unwrap(), [tenant(ONE, "one")]);
    assert_eq!(store.find_application_anywhere(app.app_id).await.unwrap().as_ref(), Some(&app));
    let found = store.find_service_principal(ONE, ObjectKey::App(app.app_id)).await.unwrap();
    assert_eq!(found.as_ref(), Some(&client));
    assert_eq!(store.assignments_of(ONE, client.object_id).await.unwrap(), [granted]);
    let number = IncidentId::new(1).unwrap();
    let found = store.find_incident(ONE, number).await.unwrap();
    assert_eq!(found.map(unnumbered), Some(incident(1)));
    let kids: Vec<String> =
        store.signing_keys().await.unwrap().into_iter().map(|key| key.kid).collect();
    assert_eq!(kids, ["old", "new"]);
}
