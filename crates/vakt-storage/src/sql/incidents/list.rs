//! Pages of incidents and alerts.

use sqlx::{QueryBuilder, Row};
use vakt_incidents::{
    AlertPage, AlertQuery, Cursor, CursorValue, Incident, IncidentPage, IncidentQuery,
    IncidentStoreError, Order, OrderBy, Page, PlacedAlert, Query,
};

use super::predicate::{Test, push_predicate};
use super::{Db, DbConnection, DbRow, Tenant, alert_rows, failed, incident_rows};
use crate::rows::plain;

type Sql = QueryBuilder<Db>;

/// The columns of a table that orders speak of.
#[derive(Clone, Copy)]
enum Table {
    Incidents,
    Alerts,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Alerts => "alerts",
        }
    }

    /// The column of a key; what a table does not have, it has nothing to order by.
    fn column(self, by: OrderBy) -> &'static str {
        match (self, by) {
            (_, OrderBy::Created) => "created_at",
            (_, OrderBy::Updated) => "updated_at",
            (_, OrderBy::Change) => "change",
            (_, OrderBy::Id) => "id",
            (_, OrderBy::Severity) => "severity",
            (Self::Incidents, OrderBy::Name) => "name_folded",
            (Self::Alerts, OrderBy::Name) => "title_folded",
            (Self::Alerts, OrderBy::FirstActivity) => "first_activity_at",
            (Self::Alerts, OrderBy::LastActivity) => "last_activity_at",
            (Self::Incidents, OrderBy::FirstActivity | OrderBy::LastActivity) => "created_at",
        }
    }

    fn is_text(self, by: OrderBy) -> bool {
        by == OrderBy::Name || matches!((self, by), (Self::Alerts, OrderBy::Id))
    }
}

/// A page of incidents.
pub(super) async fn incidents(
    connection: &mut DbConnection,
    tenant: Tenant,
    query: &IncidentQuery,
) -> Result<IncidentPage, IncidentStoreError> {
    let mut page: Page<Incident> =
        page(&mut *connection, (tenant, Table::Incidents), query, incident_rows::read).await?;
    if !query.without_alerts {
        incident_rows::attach_alerts(connection, tenant, &mut page.items).await?;
    }
    Ok(page)
}

/// A page of alerts.
pub(super) async fn alerts(
    connection: &mut DbConnection,
    tenant: Tenant,
    query: &AlertQuery,
) -> Result<AlertPage, IncidentStoreError> {
    let page: Page<PlacedAlert> =
        page(connection, (tenant, Table::Alerts), query, alert_rows::read).await?;
    Ok(page)
}

async fn page<T: Test, Item>(
    connection: &mut DbConnection,
    (tenant, table): (Tenant, Table),
    query: &Query<T>,
    read: impl Fn(&DbRow) -> Result<Item, IncidentStoreError>,
) -> Result<Page<Item>, IncidentStoreError> {
    let mut sql = select_page(tenant, table, query);
    let mut rows = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
    let more = rows.len() > query.top as usize;
    rows.truncate(query.top as usize);
    let end = rows.last().map(|row| place_of(row, table, &query.order)).transpose()?;
    let items = rows.iter().map(read).collect::<Result<_, _>>()?;
    let count = match query.count {
        true => Some(count(connection, tenant, table, query).await?),
        false => None,
    };
    Ok(Page { items, end, more, count })
}

/// One row more than asked for tells whether there is a next page. Incidents are found first, for
/// which an index may be enough, and only those of the page are read.
fn select_page<T: Test>(tenant: Tenant, table: Table, query: &Query<T>) -> Sql {
    let mut sql = match table {
        Table::Incidents => {
            select("SELECT incidents.* FROM (SELECT id AS found", tenant, table, query)
        }
        Table::Alerts => select("SELECT *", tenant, table, query),
    };
    if let Some(cursor) = &query.after {
        push_after(&mut sql, table, &query.order, cursor);
    }
    push_order(&mut sql, table, &query.order);
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    if query.skip > 0 {
        sql.push(" OFFSET ").push_bind(i64::from(query.skip));
    }
    if matches!(table, Table::Incidents) {
        // SQLite takes a CROSS JOIN as it is written: what was found leads to the rows.
        sql.push(") page CROSS JOIN incidents WHERE incidents.tenant = ").push_bind(tenant.number);
        sql.push(" AND incidents.id = page.found");
        push_order(&mut sql, table, &query.order);
    }
    sql
}

fn push_order(sql: &mut Sql, table: Table, order: &Order) {
    sql.push(" ORDER BY ");
    for (index, key) in order.keys().iter().enumerate() {
        sql.push(if index > 0 { ", " } else { "" }).push(table.column(key.by));
        sql.push(if key.descending { " DESC" } else { "" });
    }
}

fn select<T: Test>(what: &str, tenant: Tenant, table: Table, query: &Query<T>) -> Sql {
    let mut sql = QueryBuilder::new(what);
    sql.push(" FROM ").push(table.name()).push(" WHERE ").push(table.name());
    sql.push(".tenant = ").push_bind(tenant.number);
    if let Some(predicate) = &query.predicate {
        sql.push(" AND ");
        push_predicate(&mut sql, tenant, predicate);
    }
    sql
}

/// How many fit, whichever page is read.
async fn count<T: Test>(
    connection: &mut DbConnection,
    tenant: Tenant,
    table: Table,
    query: &Query<T>,
) -> Result<u64, IncidentStoreError> {
    let mut sql = select("SELECT COUNT(*)", tenant, table, query);
    let count: i64 = sql.build_query_scalar().fetch_one(connection).await.map_err(failed)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Rows beyond a place: all keys in one direction compare as a row, which an index serves; mixed
/// ones key by key.
fn push_after(sql: &mut Sql, table: Table, order: &Order, cursor: &Cursor) {
    let keys = order.keys();
    let values = &cursor.0;
    let first = keys.first().is_some_and(|key| key.descending);
    if keys.iter().all(|key| key.descending == first) {
        sql.push(" AND (");
        for (index, key) in keys.iter().enumerate() {
            sql.push(if index > 0 { ", " } else { "" }).push(table.column(key.by));
        }
        sql.push(if first { ") < (" } else { ") > (" });
        for (index, (key, value)) in keys.iter().zip(values).enumerate() {
            sql.push(if index > 0 { ", " } else { "" });
            push_value(sql, table.is_text(key.by), value);
        }
        sql.push(")");
        return;
    }
    sql.push(" AND (");
    for (index, (key, value)) in keys.iter().zip(values).enumerate() {
        sql.push(if index > 0 { " OR (" } else { "(" });
        for (earlier, same) in keys.iter().zip(values).take(index) {
            sql.push(table.column(earlier.by)).push(" = ");
            push_value(sql, table.is_text(earlier.by), same);
            sql.push(" AND ");
        }
        sql.push(table.column(key.by)).push(if key.descending { " < " } else { " > " });
        push_value(sql, table.is_text(key.by), value);
        sql.push(")");
    }
    sql.push(")");
}

/// A place that nobody gave out may hold anything: it is some place then, and no failure.
fn push_value(sql: &mut Sql, is_text: bool, value: &CursorValue) {
    match (value, is_text) {
        (CursorValue::Number(number), false) => sql.push_bind(*number),
        (CursorValue::Number(number), true) => sql.push_bind(number.to_string()),
        (CursorValue::Text(text), true) => sql.push_bind(plain(text).into_owned()),
        (CursorValue::Text(_), false) => sql.push_bind(0_i64),
    };
}

/// Where a row stands in an order.
fn place_of(row: &DbRow, table: Table, order: &Order) -> Result<Cursor, IncidentStoreError> {
    let value = |by| {
        let column = table.column(by);
        Ok(match table.is_text(by) {
            true => CursorValue::Text(row.try_get(column).map_err(failed)?),
            false => CursorValue::Number(row.try_get(column).map_err(failed)?),
        })
    };
    Ok(Cursor(order.keys().iter().map(|key| value(key.by)).collect::<Result<_, _>>()?))
}
