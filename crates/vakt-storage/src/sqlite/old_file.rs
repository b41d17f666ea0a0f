//! A file as the first release left it opens with this one, and nothing in it is lost.

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, SqlSafeStr};
use tempfile::TempDir;
use vakt_identity::{
    Application, Audience, Condition, DirectoryQuery, Match, ObjectKey, Order, Predicate, Property,
};
use vakt_ids::{AppId, IncidentId, ObjectId, TenantId};
use vakt_incidents::{
    Comparison, Condition as IncidentCondition, IncidentField as Field, IncidentQuery,
    IncidentTest, Order as IncidentOrder, OrderBy, Predicate as IncidentPredicate, Severity,
    StrongEntity, StrongKind, Value,
};

use crate::seal::SealingKey;
use crate::{Database, Store, migrate};

/// Migrations of the first release.
const FIRST_RELEASE: usize = 2;
const TENANT: TenantId = TenantId::from_u128(1);
const APP: AppId = AppId::from_u128(3);
const GUEST_APP: AppId = AppId::from_u128(6);

/// Rows as the first release wrote them.
const ROWS: &str = r#"
INSERT INTO tenants VALUES (1, '00000000-0000-0000-0000-000000000001', 'one', 10);
INSERT INTO tenant_domains VALUES ('one.example', '00000000-0000-0000-0000-000000000001', 0, 1);
INSERT INTO applications VALUES (1, '00000000-0000-0000-0000-000000000002',
    '00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000001', 'ÜBER App',
    '{"version":"1","any_tenant":true,"identifier_uris":["api://x"],"wants_v2_tokens":true,
      "app_roles":[{"id":"00000000-0000-0000-0000-000000000009","value":"Read","display_name":"r",
        "description":"d","is_enabled":true}],
      "required_access":[{"resource":"00000000-0000-0000-0000-000000000008",
        "roles":[["00000000-0000-0000-0000-000000000007",true]]}],
      "redirect_uris":["https://x/back"],"tags":["t"],"notes":"n"}', 20);
INSERT INTO application_names VALUES ('00000000-0000-0000-0000-000000000001', 'api://x',
    '00000000-0000-0000-0000-000000000002');
INSERT INTO application_secrets VALUES (1, '00000000-0000-0000-0000-00000000000a',
    '00000000-0000-0000-0000-000000000002', 'first', 'abc', 20, 30, zeroblob(16), zeroblob(32));
INSERT INTO service_principals VALUES (1, '00000000-0000-0000-0000-000000000004',
    '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003',
    '00000000-0000-0000-0000-000000000001', 'Über app', 1, 0,
    '{"version":"1","names":["api://x"],"app_roles":[],"tags":["p"]}', 30);
INSERT INTO service_principals VALUES (2, '00000000-0000-0000-0000-000000000005',
    '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000006',
    '00000000-0000-0000-0000-00000000000b', 'Guest', 1, 0,
    '{"version":"1","names":[],"app_roles":[],"tags":[]}', 40);
INSERT INTO incidents VALUES ('00000000-0000-0000-0000-000000000001', 7, 'ÉTÉ', 50, 60, 'Ève',
    'active', 'high', 'unknown', 'not_available', '{"version":"1","redirect":9,"tags":["a"]}');
INSERT INTO alerts VALUES ('00000000-0000-0000-0000-000000000001', 'da1', 7, 50, 60,
    '{"version":"1","id":"da1","title":"T","status":"new","severity":"low","created_at":50,
      "updated_at":60,"first_activity_at":40,"last_activity_at":45,
      "devices":[{"endpoint_id":"D1"}],"entities":[{"kind":"ip","ip_address":"10.0.0.1"}]}');
"#;

/// A file of the first release; the folder must outlive its use.
async fn old_file(key: &SealingKey) -> (TempDir, Database) {
    let folder = TempDir::with_prefix("vakt-test-old-").unwrap();
    let path = folder.path().join("vakt.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let all = migrate::sqlite();
    let first = all.iter().take(FIRST_RELEASE).cloned().collect();
    Migrator::with_migrations(first).run(&mut connection).await.unwrap();
    sqlx::raw_sql(ROWS.into_sql_str()).execute(&mut connection).await.unwrap();
    sqlx::query("INSERT INTO signing_keys VALUES ('kid', $1, $2, 70)")
        .bind(key.seal("vakt signing key kid", b"private").unwrap())
        .bind(b"certificate".as_slice())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    (folder, Database::Sqlite(path))
}

async fn named(store: &dyn Store, name: &str) -> Vec<Application> {
    let holds = Condition {
        property: Property::DisplayName,
        how: Match::StartsWith,
        value: name.to_owned(),
    };
    let query = DirectoryQuery {
        predicate: Some(Predicate::Holds(holds)),
        order: Order::Name,
        top: 10,
        count: false,
        after: None,
    };
    store.list_applications(TENANT, &query).await.unwrap().items
}

#[tokio::test]
async fn everything_of_the_first_release_is_there() {
    let key = || SealingKey::from_bytes([1; 32]);
    let (_folder, database) = old_file(&key()).await;
    let wrong = crate::open(&database, SealingKey::from_bytes([2; 32])).await.err().unwrap();
    assert!(wrong.to_string().contains("does not fit"), "{wrong}");
    // Twice: what is left to do after migrating is done once.
    crate::open(&database, key()).await.unwrap().close().await;
    let store = crate::open(&database, key()).await.unwrap();

    let app = store.find_application(TENANT, ObjectKey::App(APP)).await.unwrap().unwrap();
    assert_eq!((app.audience, app.wants_v2_tokens), (Audience::AnyTenant, true));
    assert_eq!(
        (&*app.redirect_uris, &*app.tags),
        (&["https://x/back".into()][..], &["t".into()][..])
    );
    assert_eq!((app.secrets.len(), app.certificates.len(), app.federated.len()), (1, 0, 0));
    for name in ["üBER", "Über APP"] {
        assert_eq!(named(&*store, name).await, std::slice::from_ref(&app), "{name}");
    }
    let principal = store.find_service_principal(TENANT, ObjectKey::App(APP)).await.unwrap();
    let principal = principal.unwrap();
    assert_eq!(principal.object_id, ObjectId::from_u128(4));
    assert_eq!((principal.audience, principal.reply_urls), (app.audience, app.all_redirect_uris()));
    let guest = store.find_service_principal(TENANT, ObjectKey::App(GUEST_APP)).await.unwrap();
    assert_eq!(guest.unwrap().reply_urls, [""; 0], "there was nobody to copy from");

    let [signing] = &store.signing_keys().await.unwrap()[..] else { panic!("one key") };
    assert_eq!(signing.pkcs8.as_deref().map(Vec::as_slice), Some(&b"private"[..]));
    assert_eq!((signing.signs_from, signing.retired_at), (signing.created_at, None));
    for (field, text) in [(Field::Name, "été"), (Field::AssignedTo, "ÈVE")] {
        let comparison = Comparison::Is;
        let condition = IncidentCondition { field, comparison, value: Value::Text(text.into()) };
        let query = IncidentQuery {
            predicate: Some(IncidentPredicate::Holds(IncidentTest::Is(condition))),
            order: IncidentOrder::by(OrderBy::Id, false),
            top: 10,
            skip: 0,
            after: None,
            count: false,
            without_alerts: false,
        };
        let found = store.list_incidents(TENANT, &query).await.unwrap().items;
        assert_eq!(
            found.iter().map(|one| one.id).collect::<Vec<_>>(),
            [IncidentId::new(7).unwrap()]
        );
    }
    let incident = store.find_incident(TENANT, IncidentId::new(7).unwrap()).await.unwrap().unwrap();
    assert_eq!((incident.redirect, incident.severity), (IncidentId::new(9), Severity::High));
    assert_eq!((&*incident.tags, incident.alerts.len()), (&["a".to_owned()][..], 1));
    let device = StrongEntity { kind: StrongKind::Device, key: "d1".into() };
    let found = store.incidents_of_entity(TENANT, &device, 10).await.unwrap();
    assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [incident.id]);
    store.close().await;
}
