//! Pages of directory objects: predicates to SQL, keyset cursors.

use sqlx::{QueryBuilder, Row};
use vakt_identity::{
    Condition, DeletedKind, DirectoryPage, DirectoryQuery, Order, Predicate, Property, StoreError,
};
use vakt_ids::TenantId;

use super::deleted::word;
use super::text::push_match;
use super::{Db, DbConnection, DbRow, failed};
use crate::rows::fold;

/// Which table a page is read from.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Applications,
    ServicePrincipals,
    Deleted(DeletedKind),
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::ServicePrincipals => "service_principals",
            Self::Deleted(_) => "deleted_objects",
        }
    }

    /// The table of folded names that belong to an object. What is deleted has given them up.
    fn names(self) -> Option<&'static str> {
        match self {
            Self::Applications => Some("application_names"),
            Self::ServicePrincipals => Some("service_principal_names"),
            Self::Deleted(_) => None,
        }
    }
}

/// Reads one page of rows.
pub(super) async fn page(
    connection: &mut DbConnection,
    table: Table,
    tenant: TenantId,
    query: &DirectoryQuery,
) -> Result<DirectoryPage<DbRow>, StoreError> {
    let mut sql = select("SELECT * FROM ", table, tenant, query.predicate.as_ref());
    push_cursor(&mut sql, query);
    sql.push(match query.order {
        Order::Creation => " ORDER BY seq",
        Order::Name => " ORDER BY name_folded, seq",
        Order::NameBackwards => " ORDER BY name_folded DESC, seq DESC",
    });
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    let mut items = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
    let more = items.len() > query.top as usize;
    items.truncate(query.top as usize);
    let next = match items.last() {
        Some(last) if more => Some(cursor(last)?),
        _ => None,
    };
    let count = match query.count {
        true => Some(count(connection, table, tenant, query).await?),
        false => None,
    };
    Ok(DirectoryPage { items, next, count })
}

async fn count(
    connection: &mut DbConnection,
    table: Table,
    tenant: TenantId,
    query: &DirectoryQuery,
) -> Result<u64, StoreError> {
    let mut sql = select("SELECT COUNT(*) FROM ", table, tenant, query.predicate.as_ref());
    let count: i64 = sql.build_query_scalar().fetch_one(connection).await.map_err(failed)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

fn select(
    head: &'static str,
    table: Table,
    tenant: TenantId,
    predicate: Option<&Predicate>,
) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(head);
    sql.push(table.name()).push(" WHERE tenant_id = ").push_bind(tenant.to_string());
    if let Table::Deleted(kind) = table {
        sql.push(" AND kind = ").push_bind(word(kind));
    }
    if let Some(predicate) = predicate {
        sql.push(" AND ");
        push_predicate(&mut sql, table, predicate);
    }
    sql
}

/// The cursor is the last row's number and name; the number is enough when order is creation.
fn cursor(row: &DbRow) -> Result<String, StoreError> {
    let seq: i64 = row.try_get("seq").map_err(failed)?;
    let name: String = row.try_get("name_folded").map_err(failed)?;
    Ok(format!("{seq}.{name}"))
}

/// A cursor that cannot be read starts from the beginning of nothing: it matches no row.
fn push_cursor(sql: &mut QueryBuilder<Db>, query: &DirectoryQuery) {
    let Some(cursor) = &query.after else { return };
    let (seq, name) = cursor.split_once('.').unwrap_or((cursor, ""));
    let seq: i64 = seq.parse().unwrap_or(i64::MAX);
    match query.order {
        Order::Creation => sql.push(" AND seq > ").push_bind(seq),
        Order::Name => {
            sql.push(" AND (name_folded, seq) > (").push_bind(name.to_owned());
            sql.push(", ").push_bind(seq).push(")")
        }
        Order::NameBackwards => {
            sql.push(" AND (name_folded, seq) < (").push_bind(name.to_owned());
            sql.push(", ").push_bind(seq).push(")")
        }
    };
}

fn push_predicate(sql: &mut QueryBuilder<Db>, table: Table, predicate: &Predicate) {
    match predicate {
        Predicate::Holds(condition) => push_condition(sql, table, condition),
        Predicate::All(parts) => push_joined(sql, table, parts, " AND ", "TRUE"),
        Predicate::Any(parts) => push_joined(sql, table, parts, " OR ", "FALSE"),
        Predicate::Not(inner) => {
            sql.push("NOT ");
            push_predicate(sql, table, inner);
        }
    }
}

fn push_joined(
    sql: &mut QueryBuilder<Db>,
    table: Table,
    parts: &[Predicate],
    word: &'static str,
    of_none: &'static str,
) {
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(word);
        }
        push_predicate(sql, table, part);
    }
    if parts.is_empty() {
        sql.push(of_none);
    }
    sql.push(")");
}

fn push_condition(sql: &mut QueryBuilder<Db>, table: Table, condition: &Condition) {
    let value = fold(&condition.value);
    match condition.property {
        Property::ObjectId => push_match(sql, "object_id", condition.how, &value),
        Property::AppId => push_match(sql, "app_id", condition.how, &value),
        Property::DisplayName => push_match(sql, "name_folded", condition.how, &value),
        Property::Enabled => match table {
            Table::Applications => {
                sql.push("TRUE");
            }
            Table::Deleted(_) => {
                sql.push("FALSE");
            }
            Table::ServicePrincipals => {
                sql.push("(is_enabled = ").push_bind(value == "true").push(")");
            }
        },
        Property::Name => {
            let Some(names) = table.names() else {
                sql.push("FALSE");
                return;
            };
            sql.push("(EXISTS (SELECT 1 FROM ").push(names).push(" n WHERE n.object_id = ");
            sql.push(table.name()).push(".object_id AND ");
            push_match(sql, "n.folded", condition.how, &value);
            sql.push("))");
        }
    }
}
