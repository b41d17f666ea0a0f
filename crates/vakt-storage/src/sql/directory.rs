//! Pages of directory objects: predicates to SQL, keyset cursors.

use sqlx::{QueryBuilder, Row};
use vakt_identity::{
    Condition, DeletedKind, DirectoryPage, DirectoryQuery, Match, Order, Predicate, Property,
    StoreError,
};
use vakt_ids::TenantId;

use super::deleted::word;
use super::text::push_match;
use super::{Db, DbConnection, DbRow, failed};
use crate::rows::{fold, plain, ticks};

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

    /// When an object came into the table.
    fn time(self) -> &'static str {
        match self {
            Self::Applications | Self::ServicePrincipals => "created_at",
            Self::Deleted(_) => "deleted_at",
        }
    }

    /// The table of tags that belong to an object.
    fn tags(self) -> Option<&'static str> {
        match self {
            Self::Applications => Some("application_tags"),
            Self::ServicePrincipals => Some("service_principal_tags"),
            Self::Deleted(_) => None,
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
    push_cursor(&mut sql, table, query);
    push_order(&mut sql, table, query.order);
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    let mut items = sql.build().fetch_all(&mut *connection).await.map_err(failed)?;
    let more = items.len() > query.top as usize;
    items.truncate(query.top as usize);
    let next = match items.last() {
        Some(last) if more => Some(cursor(last, table, query.order)?),
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

fn push_order(sql: &mut QueryBuilder<Db>, table: Table, order: Order) {
    match order {
        Order::Creation => sql.push(" ORDER BY seq"),
        Order::Name => sql.push(" ORDER BY name_folded, seq"),
        Order::NameBackwards => sql.push(" ORDER BY name_folded DESC, seq DESC"),
        Order::Time => sql.push(" ORDER BY ").push(table.time()).push(", seq"),
        Order::TimeBackwards => sql.push(" ORDER BY ").push(table.time()).push(" DESC, seq DESC"),
    };
}

/// The cursor is the last row's number and what the order goes by.
fn cursor(row: &DbRow, table: Table, order: Order) -> Result<String, StoreError> {
    let seq: i64 = row.try_get("seq").map_err(failed)?;
    let key = match order {
        Order::Creation => String::new(),
        Order::Name | Order::NameBackwards => row.try_get("name_folded").map_err(failed)?,
        Order::Time | Order::TimeBackwards => {
            row.try_get::<i64, _>(table.time()).map_err(failed)?.to_string()
        }
    };
    Ok(format!("{seq}.{key}"))
}

/// A cursor that cannot be read starts from the beginning of nothing: it matches no row.
fn push_cursor(sql: &mut QueryBuilder<Db>, table: Table, query: &DirectoryQuery) {
    let Some(cursor) = &query.after else { return };
    let (Some((seq, key)), order) = (cursor.split_once('.'), query.order) else {
        sql.push(" AND FALSE");
        return;
    };
    let seq: i64 = seq.parse().unwrap_or(i64::MAX);
    if order == Order::Creation {
        sql.push(" AND seq > ").push_bind(seq);
        return;
    }
    let beyond = match order {
        Order::NameBackwards | Order::TimeBackwards => ", seq) < (",
        Order::Creation | Order::Name | Order::Time => ", seq) > (",
    };
    if matches!(order, Order::Time | Order::TimeBackwards) {
        sql.push(" AND (").push(table.time()).push(beyond);
        sql.push_bind(key.parse::<i64>().unwrap_or(i64::MAX));
    } else {
        // A caller's cursor may hold what no name can.
        sql.push(" AND (name_folded").push(beyond).push_bind(plain(key).into_owned());
    }
    sql.push(", ").push_bind(seq).push(")");
}

fn push_predicate(sql: &mut QueryBuilder<Db>, table: Table, predicate: &Predicate) {
    match predicate {
        Predicate::Holds(condition) => push_condition(sql, table, condition),
        Predicate::When { from, until } => {
            sql.push("(TRUE");
            for (word, time) in [(" >= ", from), (" < ", until)] {
                let Some(time) = time else { continue };
                sql.push(" AND ").push(table.time()).push(word).push_bind(ticks(*time));
            }
            sql.push(")");
        }
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
    let of_principals = |sql: &mut QueryBuilder<Db>, column: &'static str| match table {
        Table::ServicePrincipals => {
            sql.push("(").push(column).push(" = ").push_bind(value == "true").push(")");
        }
        Table::Applications | Table::Deleted(_) => {
            sql.push("FALSE");
        }
    };
    match condition.property {
        Property::ObjectId => push_match(sql, "object_id", condition.how, &value),
        Property::AppId => push_match(sql, "app_id", condition.how, &value),
        Property::DisplayName => push_match(sql, "name_folded", condition.how, &value),
        Property::Enabled => of_principals(sql, "is_enabled"),
        Property::AssignmentRequired => of_principals(sql, "assignment_required"),
        Property::Home => match table {
            Table::ServicePrincipals => push_match(sql, "owner_id", condition.how, &value),
            Table::Applications | Table::Deleted(_) => {
                sql.push("FALSE");
            }
        },
        Property::Name => {
            let column = table.names().map(|names| (names, "n.folded"));
            push_element(sql, table, column, (condition.how, &value));
        }
        Property::Tag => {
            let column = table.tags().map(|tags| (tags, "n.tag"));
            push_element(sql, table, column, (condition.how, &plain(&condition.value)));
        }
    }
}

/// One of the rows that belong to an object is such.
fn push_element(
    sql: &mut QueryBuilder<Db>,
    table: Table,
    column: Option<(&'static str, &'static str)>,
    (how, value): (Match, &str),
) {
    let Some((rows, column)) = column else {
        sql.push("FALSE");
        return;
    };
    sql.push("(EXISTS (SELECT 1 FROM ").push(rows).push(" n WHERE n.object_id = ");
    sql.push(table.name()).push(".object_id AND ");
    push_match(sql, column, how, value);
    sql.push("))");
}
