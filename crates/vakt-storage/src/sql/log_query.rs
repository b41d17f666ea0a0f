//! Pages of the logs: conditions to SQL, with the number of the last line as the cursor.

use std::ops::RangeInclusive;

use sqlx::{QueryBuilder, Row};
use vakt_identity::StoreError;
use vakt_identity::audit::{AuditOrder, AuditPage, AuditQuery, AuditScope, Recorded};

use super::segments::{Segments, push_group, push_indexed};
use super::{Db, DbPool, DbRow, failed};
use crate::rows::{plain, ticks};

/// Which log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Log {
    Events,
    SignIns,
}

/// Reads one page, each line with `read`.
pub(super) async fn page<T>(
    readers: &DbPool,
    log: Log,
    scope: AuditScope,
    query: &AuditQuery,
    read: fn(&DbRow) -> Result<T, StoreError>,
) -> Result<AuditPage<T>, StoreError> {
    let wanted = query.top as usize + 1;
    let mut segments = match log {
        Log::Events => None,
        Log::SignIns => Segments::of(readers, query).await?,
    };
    let mut rows: Vec<DbRow> = Vec::new();
    loop {
        let group = segments.as_mut().map(Segments::next_group);
        if group == Some(None) {
            break;
        }
        let mut sql = select(log, scope, query, group.flatten());
        rows.extend(sql.build().fetch_all(readers).await.map_err(failed)?);
        if segments.is_none() || rows.len() >= wanted {
            break;
        }
    }
    let more = rows.len() > query.top as usize;
    rows.truncate(query.top as usize);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let number = row.try_get("number").map_err(failed)?;
        items.push(Recorded { number, event: read(row)? });
    }
    let next = items.last().filter(|_| more).map(|last| last.number);
    Ok(AuditPage { items, next })
}

/// One line more than asked for tells whether there is a next page.
fn select(
    log: Log,
    scope: AuditScope,
    query: &AuditQuery,
    group: Option<RangeInclusive<i64>>,
) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(match log {
        Log::Events => "SELECT * FROM directory_events l WHERE TRUE",
        Log::SignIns => "SELECT * FROM sign_ins l WHERE TRUE",
    });
    if let AuditScope::Tenant(tenant) = scope {
        // within segments, no index of tenants is wanted
        let column = if group.is_some() { "COALESCE(tenant_id, '')" } else { "tenant_id" };
        sql.push(" AND ").push(column).push(" = ").push_bind(tenant.to_string());
    }
    if let Some(from) = query.from {
        sql.push(" AND at >= ").push_bind(ticks(from));
    }
    if let Some(until) = query.until {
        sql.push(" AND at < ").push_bind(ticks(until));
    }
    if let Some(group) = group {
        push_group(&mut sql, group);
    }
    match log {
        Log::Events => push_of_events(&mut sql, query),
        Log::SignIns => push_of_sign_ins(&mut sql, query),
    }
    let (beyond, direction) = match query.order {
        AuditOrder::NewestFirst => (" < ", " DESC"),
        AuditOrder::OldestFirst => (" > ", ""),
    };
    if let Some(after) = query.after {
        sql.push(" AND number").push(beyond).push_bind(after);
    }
    sql.push(" ORDER BY number").push(direction);
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    sql
}

fn push_of_events(sql: &mut QueryBuilder<Db>, query: &AuditQuery) {
    if let Some(correlation) = &query.correlation {
        sql.push(" AND correlation = ").push_bind(plain(correlation).into_owned());
    }
    if let Some(app) = query.app {
        sql.push(" AND EXISTS (SELECT 1 FROM event_apps a WHERE a.number = l.number");
        sql.push(" AND a.app_id = ").push_bind(app.to_string()).push(")");
    }
    if let Some(succeeded) = query.succeeded {
        sql.push(" AND succeeded = ").push_bind(succeeded);
    }
    if let Some(activity) = &query.activity {
        sql.push(" AND activity = ").push_bind(plain(activity).into_owned());
    }
    if query.error_code.is_some() {
        sql.push(" AND FALSE");
    }
}

fn push_of_sign_ins(sql: &mut QueryBuilder<Db>, query: &AuditQuery) {
    if let Some(app) = query.app {
        push_indexed(sql, "app_id", app.to_string());
    }
    if let Some(correlation) = &query.correlation {
        push_indexed(sql, "correlation", plain(correlation).into_owned());
    }
    match query.succeeded {
        Some(true) => sql.push(" AND error_code = 0"),
        Some(false) => sql.push(" AND error_code <> 0"),
        None => sql,
    };
    if let Some(code) = query.error_code {
        sql.push(" AND error_code = ").push_bind(i64::from(code));
    }
    if query.activity.is_some() {
        sql.push(" AND FALSE");
    }
}
