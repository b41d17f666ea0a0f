//! Pages of directory objects: predicates to SQL, keyset cursors.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqlitePool};
use vakt_identity::{
    Condition, DirectoryPage, DirectoryQuery, Match, Order, Predicate, Property, StoreError,
};
use vakt_ids::TenantId;

use super::failed;

/// Which table a page is read from.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Applications,
    ServicePrincipals,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Applications => "applications",
            Self::ServicePrincipals => "service_principals",
        }
    }

    /// The table of folded names that belong to an object.
    fn names(self) -> &'static str {
        match self {
            Self::Applications => "application_names",
            Self::ServicePrincipals => "service_principal_names",
        }
    }
}

/// Reads one page of rows.
pub(super) async fn page(
    readers: &SqlitePool,
    table: Table,
    tenant: TenantId,
    query: &DirectoryQuery,
) -> Result<DirectoryPage<SqliteRow>, StoreError> {
    let mut sql = select("SELECT * FROM ", table, tenant, query.predicate.as_ref());
    push_cursor(&mut sql, query);
    sql.push(match query.order {
        Order::Creation => " ORDER BY seq",
        Order::Name => " ORDER BY display_name, seq",
        Order::NameBackwards => " ORDER BY display_name DESC, seq DESC",
    });
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    let mut items = sql.build().fetch_all(readers).await.map_err(failed)?;
    let more = items.len() > query.top as usize;
    items.truncate(query.top as usize);
    let next = match items.last() {
        Some(last) if more => Some(cursor(last)?),
        _ => None,
    };
    let count = match query.count {
        true => Some(count(readers, table, tenant, query).await?),
        false => None,
    };
    Ok(DirectoryPage { items, next, count })
}

async fn count(
    readers: &SqlitePool,
    table: Table,
    tenant: TenantId,
    query: &DirectoryQuery,
) -> Result<u64, StoreError> {
    let mut sql = select("SELECT COUNT(*) FROM ", table, tenant, query.predicate.as_ref());
    let count: i64 = sql.build_query_scalar().fetch_one(readers).await.map_err(failed)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

fn select(
    head: &'static str,
    table: Table,
    tenant: TenantId,
    predicate: Option<&Predicate>,
) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new(head);
    sql.push(table.name()).push(" WHERE tenant_id = ").push_bind(tenant.to_string());
    if let Some(predicate) = predicate {
        sql.push(" AND ");
        push_predicate(&mut sql, table, predicate);
    }
    sql
}

/// The cursor is the last row's number and name; the number is enough when order is creation.
fn cursor(row: &SqliteRow) -> Result<String, StoreError> {
    let seq: i64 = row.try_get("seq").map_err(failed)?;
    let name: String = row.try_get("display_name").map_err(failed)?;
    Ok(format!("{seq}.{name}"))
}

/// A cursor that cannot be read starts from the beginning of nothing: it matches no row.
fn push_cursor(sql: &mut QueryBuilder<Sqlite>, query: &DirectoryQuery) {
    let Some(cursor) = &query.after else { return };
    let (seq, name) = cursor.split_once('.').unwrap_or((cursor, ""));
    let seq: i64 = seq.parse().unwrap_or(i64::MAX);
    match query.order {
        Order::Creation => sql.push(" AND seq > ").push_bind(seq),
        Order::Name => {
            sql.push(" AND (display_name, seq) > (").push_bind(name.to_owned());
            sql.push(", ").push_bind(seq).push(")")
        }
        Order::NameBackwards => {
            sql.push(" AND (display_name, seq) < (").push_bind(name.to_owned());
            sql.push(", ").push_bind(seq).push(")")
        }
    };
}

fn push_predicate(sql: &mut QueryBuilder<Sqlite>, table: Table, predicate: &Predicate) {
    match predicate {
        Predicate::Holds(condition) => push_condition(sql, table, condition),
        Predicate::All(parts) => push_joined(sql, table, parts, " AND ", "1"),
        Predicate::Any(parts) => push_joined(sql, table, parts, " OR ", "0"),
        Predicate::Not(inner) => {
            sql.push("NOT ");
            push_predicate(sql, table, inner);
        }
    }
}

fn push_joined(
    sql: &mut QueryBuilder<Sqlite>,
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

fn push_condition(sql: &mut QueryBuilder<Sqlite>, table: Table, condition: &Condition) {
    let lower = condition.value.to_ascii_lowercase();
    match condition.property {
        Property::ObjectId => push_match(sql, "object_id", condition.how, lower),
        Property::AppId => push_match(sql, "app_id", condition.how, lower),
        Property::DisplayName => {
            push_match(sql, "display_name", condition.how, condition.value.clone());
        }
        Property::Enabled => match table {
            Table::Applications => {
                sql.push("1");
            }
            Table::ServicePrincipals => {
                sql.push("(is_enabled = ").push_bind(lower == "true").push(")");
            }
        },
        Property::Name => {
            sql.push("(EXISTS (SELECT 1 FROM ").push(table.names()).push(" n WHERE n.object_id = ");
            sql.push(table.name()).push(".object_id AND ");
            push_match(sql, "n.folded", condition.how, lower);
            sql.push("))");
        }
    }
}

fn push_match(sql: &mut QueryBuilder<Sqlite>, column: &'static str, how: Match, value: String) {
    match how {
        Match::Is => sql.push("(").push(column).push(" = ").push_bind(value).push(")"),
        Match::StartsWith => push_like(sql, column, format!("{}%", escape_like(&value))),
        Match::Contains => push_like(sql, column, format!("%{}%", escape_like(&value))),
    };
}

fn push_like<'a>(
    sql: &'a mut QueryBuilder<Sqlite>,
    column: &'static str,
    pattern: String,
) -> &'a mut QueryBuilder<Sqlite> {
    sql.push("(").push(column).push(" LIKE ").push_bind(pattern).push(r" ESCAPE '\')")
}

/// Makes `%`, `_` and `\` mean themselves in a LIKE pattern.
pub(super) fn escape_like(text: &str) -> String {
    text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_")
}
