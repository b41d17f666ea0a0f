//! The log of changes.

use std::collections::BTreeSet;

use sqlx::{QueryBuilder, Row};
use vakt_identity::StoreError;
use vakt_identity::audit::{Actor, AuditPage, AuditQuery, AuditScope, DirectoryEvent};

use super::super::take_turn;
use super::log_query::{Log, page};
use super::{Db, DbConnection, DbRow, Store, corrupt, failed, optional_id};
use crate::rows::{EventColumns, plain, read_event, ticks, write_event};
use crate::turn::Turn;

impl Store {
    pub(super) async fn event_page(
        &self,
        scope: AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage<DirectoryEvent>, StoreError> {
        page(&self.readers, Log::Events, scope, query, read_row).await
    }
}

/// Records events in the transaction of the change they tell of, last of all: the log's turn is
/// held until the commit.
pub(super) async fn record(
    connection: &mut DbConnection,
    events: &[DirectoryEvent],
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    take_turn(connection, Turn::Events).await.map_err(failed)?;
    for event in events {
        let sql = "INSERT INTO directory_events
            (tenant_id, at, activity, succeeded, correlation, document)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING number";
        let number: i64 = sqlx::query_scalar(sql)
            .bind(event.tenant.map(|tenant| tenant.to_string()))
            .bind(ticks(event.act.at))
            .bind(event.activity.as_str())
            .bind(event.succeeded)
            .bind(plain(&event.act.correlation))
            .bind(write_event(event).map_err(corrupt("event"))?)
            .fetch_one(&mut *connection)
            .await
            .map_err(failed)?;
        let apps = apps_of(connection, event).await?;
        if !apps.is_empty() {
            let mut sql = QueryBuilder::<Db>::new("INSERT INTO event_apps (app_id, number) ");
            sql.push_values(apps, |mut row, app| {
                row.push_bind(app).push_bind(number);
            });
            sql.build().execute(&mut *connection).await.map_err(failed)?;
        }
    }
    Ok(())
}

/// The client ids of those who made a change or that it is about.
async fn apps_of(
    connection: &mut DbConnection,
    event: &DirectoryEvent,
) -> Result<BTreeSet<String>, StoreError> {
    let mut apps = BTreeSet::new();
    if let Actor::Application { app, .. } = event.act.actor {
        apps.insert(app.to_string());
    }
    let sql = "SELECT app_id FROM applications WHERE object_id = $1
        UNION SELECT app_id FROM service_principals WHERE object_id = $1
        UNION SELECT app_id FROM deleted_objects WHERE object_id = $1";
    for target in &event.targets {
        let query = sqlx::query_scalar(sql).bind(plain(&target.id));
        let found: Vec<String> = query.fetch_all(&mut *connection).await.map_err(failed)?;
        apps.extend(found);
    }
    Ok(apps)
}

fn read_row(row: &DbRow) -> Result<DirectoryEvent, StoreError> {
    read_event(EventColumns {
        tenant: optional_id(row, "tenant_id")?,
        at: row.try_get("at").map_err(failed)?,
        activity: row.try_get("activity").map_err(failed)?,
        succeeded: row.try_get("succeeded").map_err(failed)?,
        correlation: row.try_get("correlation").map_err(failed)?,
        document: row.try_get("document").map_err(failed)?,
    })
    .map_err(corrupt("event"))
}
