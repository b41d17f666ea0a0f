//! What a failed import leaves: nothing, though its statements are not undone by themselves.

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use tempfile::TempDir;
use vakt_ids::{IncidentId, TenantId};
use vakt_incidents::{
    ChangeNumber, Classification, Determination, Incident, Outcome, Severity, Status,
};

use crate::Database;
use crate::seal::SealingKey;

const TENANT: TenantId = TenantId::from_u128(1);
/// In the middle of a statement of many rows, of the second group.
const REFUSED: i64 = 300;

fn incident(number: i64) -> Incident {
    Incident {
        id: IncidentId::new(number).unwrap(),
        redirect: None,
        name: "one of many".into(),
        description: None,
        summary: None,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        updated_by: None,
        change: ChangeNumber::default(),
        assigned_to: None,
        classification: Classification::Unknown,
        determination: Determination::NotAvailable,
        status: Status::Active,
        severity: Severity::Low,
        priority: None,
        resolving_comment: None,
        tags: vec!["a".into()],
        system_tags: Vec::new(),
        comments: Vec::new(),
        alerts: Vec::new(),
    }
}

#[tokio::test]
async fn an_import_that_fails_within_a_statement_leaves_nothing() {
    let folder = TempDir::with_prefix("vakt-test-undone-").unwrap();
    let path = folder.path().join("vakt.db");
    let database = Database::Sqlite(path.clone());
    let store = crate::open(&database, SealingKey::from_bytes([1; 32])).await.unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let refuse = sqlx::AssertSqlSafe(format!(
        "CREATE TRIGGER refuse BEFORE INSERT ON incidents WHEN new.id = {REFUSED}
        BEGIN SELECT RAISE(FAIL, 'refused'); END"
    ));
    connection.execute(refuse).await.unwrap();

    let incidents: Vec<Incident> = (1..=2 * REFUSED).map(incident).collect();
    let error = store.import_incidents(TENANT, &incidents, None).await.unwrap_err();
    assert!(error.to_string().contains("refused"), "{error}");
    for number in [1, REFUSED - 1, REFUSED, REFUSED + 1] {
        let id = IncidentId::new(number).unwrap();
        assert_eq!(store.find_incident(TENANT, id).await.unwrap(), None, "incident {number}");
    }

    connection.execute("DROP TRIGGER refuse").await.unwrap();
    let outcomes = store.import_incidents(TENANT, &incidents, None).await.unwrap();
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Created));
    connection.close().await.unwrap();
    store.close().await;
}
