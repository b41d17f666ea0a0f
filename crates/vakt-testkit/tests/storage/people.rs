//! People and their sessions.

use jiff::ToSpan;
use vakt_identity::IdentityError;
use vakt_identity::people::{Person, PersonRole, Session, StoredPassword, TotpSecret};
use vakt_ids::{ObjectId, TenantId};

use crate::backend::Backend;
use crate::samples::{ONE, OTHER, at, event, holds, is_conflict, join_all, later, with_tenants};

const NOBODY: ObjectId = ObjectId::from_u128(77);

/// A person who uses every member, numbered.
pub fn person(tenant: TenantId, number: u128) -> Person {
    Person {
        tenant,
        object_id: ObjectId::from_u128(number),
        user_name: format!("ada{number}@one.example"),
        display_name: "Ada Lovelace, née Byron".into(),
        role: PersonRole::CloudApplicationAdministrator,
        is_enabled: true,
        password: StoredPassword("$argon2id$v=19$m=19456,t=2,p=1$salt$hash".into()),
        must_change_password: true,
        totp: Some(TotpSecret(b"the shared secret".to_vec().into())),
        totp_last_step: Some(55_000_000),
        failures: 3,
        last_failure_at: Some(at("2026-02-03T04:05:06.7654321Z")),
        created_at: at("2026-02-01T00:00:00Z"),
        password_set_at: at("2026-02-02T00:00:00Z"),
    }
}

fn session(number: u8, of: &Person) -> Session {
    Session {
        hash: [number; 32],
        tenant: of.tenant,
        person: of.object_id,
        signed_in_at: at("2026-02-03T00:00:00Z"),
        seen_at: at("2026-02-03T00:01:00Z"),
        expires_at: at("2026-02-03T12:00:00Z"),
    }
}

pub async fn people_come_back_as_they_went_in(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let ada = person(ONE, 2);
    let bob = Person {
        totp: None,
        totp_last_step: None,
        last_failure_at: None,
        role: PersonRole::Reader,
        user_name: "Abel@one.example".to_lowercase(),
        ..person(ONE, 1)
    };
    store.insert_person(&ada, &[]).await.unwrap();
    store.insert_person(&bob, &[]).await.unwrap();
    for one in [&ada, &bob] {
        let anywhere = store.find_person_anywhere(&one.user_name).await.unwrap();
        assert_eq!(anywhere.as_ref(), Some(one));
        let found = store.find_person(ONE, one.object_id).await.unwrap();
        assert_eq!(found.as_ref(), Some(one));
        assert_eq!(store.find_person(OTHER, one.object_id).await.unwrap(), None);
    }
    assert_eq!(store.people(ONE).await.unwrap(), [bob, ada.clone()], "by user name");
    assert_eq!(store.people(OTHER).await.unwrap(), []);
    assert_eq!(store.find_person_anywhere("no\0body").await.unwrap(), None);
    let namesake = Person { user_name: ada.user_name.clone(), ..person(OTHER, 9) };
    assert!(is_conflict(store.insert_person(&namesake, &[event(OTHER, "add")]).await));
    store.close().await;
    let secret = ada.totp.unwrap();
    assert!(!holds(&backend.bytes(), &secret.0), "the second factor's secret is there in clear");
}

pub async fn a_person_is_changed_by_one_at_a_time(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let ada = person(ONE, 1);
    store.insert_person(&ada, &[]).await.unwrap();
    let failures = (0..20).map(|_| {
        let store = store.clone();
        async move {
            let fail = |person: &mut Person| {
                person.failures += 1;
                Ok(Vec::new())
            };
            let changed =
                store.change_person(ONE, ObjectId::from_u128(1), Box::new(fail)).await.unwrap();
            assert!(changed.unwrap().failures > 3);
        }
    });
    join_all(failures).await;
    let found = store.find_person(ONE, ada.object_id).await.unwrap().unwrap();
    assert_eq!(found, Person { failures: 23, ..ada.clone() });
    let everything = Person {
        object_id: ada.object_id,
        created_at: ada.created_at,
        totp: None,
        is_enabled: false,
        must_change_password: false,
        role: PersonRole::GlobalAdministrator,
        display_name: "other".into(),
        password: StoredPassword("other".into()),
        password_set_at: later(),
        ..person(ONE, 5)
    };
    let wanted = everything.clone();
    let replace = move |person: &mut Person| {
        *person = wanted;
        Ok(Vec::new())
    };
    store.change_person(ONE, ada.object_id, Box::new(replace)).await.unwrap();
    let found = store.find_person(ONE, ada.object_id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&everything));
    let refuse = |person: &mut Person| {
        person.failures = 0;
        Err(IdentityError::Invalid("no".into()))
    };
    assert!(store.change_person(ONE, ada.object_id, Box::new(refuse)).await.is_err());
    assert_eq!(store.find_person(ONE, ada.object_id).await.unwrap(), Some(everything));
    for (tenant, id) in [(OTHER, ada.object_id), (ONE, NOBODY)] {
        let nobody = store.change_person(tenant, id, Box::new(|_| panic!("asked"))).await;
        assert!(nobody.unwrap().is_none());
    }
}

pub async fn sessions_end_one_by_one_and_all_together(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let (ada, bob) = (person(ONE, 1), person(ONE, 2));
    store.insert_person(&ada, &[]).await.unwrap();
    store.insert_person(&bob, &[]).await.unwrap();
    for (number, of) in [(1, &ada), (2, &ada), (3, &ada), (4, &bob)] {
        store.put_session(&session(number, of)).await.unwrap();
    }
    let is_there = async |number: u8| store.find_session(&[number; 32]).await.unwrap().is_some();
    assert_eq!(store.find_session(&[1; 32]).await.unwrap(), Some(session(1, &ada)));
    let seen = Session { seen_at: later(), ..session(1, &ada) };
    store.put_session(&seen).await.unwrap();
    assert_eq!(store.find_session(&[1; 32]).await.unwrap(), Some(seen), "replaced");
    assert!(store.delete_session(&[2; 32]).await.unwrap());
    assert!(!store.delete_session(&[2; 32]).await.unwrap());
    store.delete_sessions_of(OTHER, ada.object_id, None).await.unwrap();
    store.delete_sessions_of(ONE, ada.object_id, Some(&[3; 32])).await.unwrap();
    assert_eq!((is_there(1).await, is_there(3).await, is_there(4).await), (false, true, true));
    store.delete_sessions_of(ONE, ada.object_id, None).await.unwrap();
    assert!(!is_there(3).await);
    let end = session(4, &bob).expires_at;
    assert_eq!(store.purge_sessions(end - 1.microsecond()).await.unwrap(), 0);
    assert_eq!(store.purge_sessions(end).await.unwrap(), 1, "it ends at its last instant");
    store.put_session(&session(5, &bob)).await.unwrap();
    assert!(!store.delete_person(OTHER, bob.object_id, &[]).await.unwrap());
    assert!(store.delete_person(ONE, bob.object_id, &[]).await.unwrap());
    assert!(!store.delete_person(ONE, bob.object_id, &[]).await.unwrap());
    assert!(!is_there(5).await, "sessions go with their person");
}

pub async fn people_do_not_move_the_generation(backend: impl Backend) {
    let store = with_tenants(&backend).await;
    let before = store.generation().await.unwrap();
    let ada = person(ONE, 1);
    store.insert_person(&ada, &[event(ONE, "add")]).await.unwrap();
    store.put_session(&session(1, &ada)).await.unwrap();
    let rename = |person: &mut Person| {
        person.display_name = "Ada".into();
        Ok(vec![event(ONE, "change")])
    };
    store.change_person(ONE, ada.object_id, Box::new(rename)).await.unwrap();
    store.delete_person(ONE, ada.object_id, &[event(ONE, "delete")]).await.unwrap();
    store.append_events(&[event(ONE, "tried")]).await.unwrap();
    store.append_sign_ins(&[]).await.unwrap();
    assert_eq!(store.generation().await.unwrap(), before);
}
