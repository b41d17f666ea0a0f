//! The list questions of the endpoint room as SQL, one text for machines, actions and indicators.
//! Comparisons with NULL follow OData: `null ne 'x'` is true, `null lt 'x'` is false, and `not`
//! turns either round.

use sqlx::{QueryBuilder, Row};
use vakt_endpoint::{
    Comparison, Condition, Cursor, EndpointStoreError, Key, Kind, Page, Predicate, Property, Query,
    Value,
};
use vakt_ids::TenantId;

use super::text::{escape_like, push_beginning, push_like};
use super::{Db, DbPool, DbRow};
use crate::rows::{BadDocument, fold, ticks};

/// A property that a table has a column for. Texts and lists are folded when they are stored.
pub(super) trait Column: Property {
    /// The table.
    const TABLE: &'static str;
    /// What a row is, for the log.
    const WHAT: &'static str;
    /// How a row's document is selected.
    const DOCUMENT: &'static str = "SELECT document";
    /// The column; for [`Kind::Texts`] that of the list's own table.
    fn column(self) -> &'static str;
    /// How the list of a row begins to be looked at, up to the condition on [`Self::column`].
    fn element() -> &'static str {
        "EXISTS (SELECT 1 WHERE "
    }
}

/// Reads a page; `read` makes a thing of its document.
pub(super) async fn page<F: Column, T>(
    readers: &DbPool,
    tenant: TenantId,
    query: &Query<F>,
    read: fn(&str) -> Result<T, BadDocument>,
) -> Result<Page<T>, EndpointStoreError> {
    let mut rows = select_page(tenant, query).build().fetch_all(readers).await.map_err(failed)?;
    let more = rows.len() > query.top as usize;
    rows.truncate(query.top as usize);
    let next = match rows.last() {
        Some(last) if more => Some(Cursor {
            at: key(last, query.order.by, "ordered_by")?,
            id: key(last, F::identity(), "identity")?,
        }),
        _ => None,
    };
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let document: String = row.try_get("document").map_err(failed)?;
        items.push(read(&document).map_err(corrupt(F::WHAT))?);
    }
    let count = match query.count {
        false => None,
        true => {
            let mut sql = select("SELECT COUNT(*)", "", tenant, query);
            let counted = sql.build_query_scalar().fetch_one(readers).await;
            let counted: i64 = counted.map_err(failed)?;
            Some(u64::try_from(counted).unwrap_or_default())
        }
    };
    Ok(Page { items, next, count })
}

/// One row more than asked for tells whether there is a next page.
fn select_page<F: Column>(tenant: TenantId, query: &Query<F>) -> QueryBuilder<Db> {
    let (by, identity) = (query.order.by.column(), F::identity().column());
    let columns = format!(", {by} AS ordered_by, {identity} AS identity");
    let mut sql = select(F::DOCUMENT, &columns, tenant, query);
    if let Some(cursor) = &query.after {
        let beyond = if query.order.descending { " < " } else { " > " };
        sql.push(" AND (").push(by).push(beyond);
        push_key(&mut sql, &cursor.at);
        sql.push(" OR (").push(by).push(" = ");
        push_key(&mut sql, &cursor.at);
        sql.push(" AND ").push(identity).push(beyond);
        push_key(&mut sql, &cursor.id);
        sql.push("))");
    }
    let direction = if query.order.descending { " DESC" } else { "" };
    sql.push(" ORDER BY ").push(by).push(direction);
    if query.order.by != F::identity() {
        sql.push(", ").push(identity).push(direction);
    }
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    sql.push(" OFFSET ").push_bind(i64::from(query.skip));
    sql
}

fn select<F: Column>(
    head: &'static str,
    columns: &str,
    tenant: TenantId,
    query: &Query<F>,
) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::<Db>::new(head);
    sql.push(columns).push(" FROM ").push(F::TABLE);
    sql.push(" WHERE ").push(F::TABLE).push(".tenant_id = ").push_bind(tenant.to_string());
    if let Some(predicate) = &query.predicate {
        sql.push(" AND ");
        push_predicate(&mut sql, predicate);
    }
    sql
}

fn push_key(sql: &mut QueryBuilder<Db>, key: &Key) {
    match key {
        Key::Number(number) => sql.push_bind(*number),
        Key::Text(text) => sql.push_bind(text.clone()),
    };
}

fn key<F: Column>(row: &DbRow, field: F, column: &str) -> Result<Key, EndpointStoreError> {
    Ok(match field.kind() {
        Kind::Number | Kind::Time => Key::Number(row.try_get(column).map_err(failed)?),
        Kind::Text | Kind::Word | Kind::Texts => Key::Text(row.try_get(column).map_err(failed)?),
    })
}

fn push_predicate<F: Column>(sql: &mut QueryBuilder<Db>, predicate: &Predicate<F>) {
    match predicate {
        Predicate::Holds(condition) if condition.field.kind() == Kind::Texts => {
            sql.push(F::element());
            push_condition(sql, condition);
            sql.push(")");
        }
        Predicate::Holds(condition) => push_condition(sql, condition),
        Predicate::All(parts) => push_joined(sql, parts, (" AND ", "TRUE")),
        Predicate::Any(parts) => push_joined(sql, parts, (" OR ", "FALSE")),
        Predicate::Not(inner) => {
            sql.push("NOT ");
            push_predicate(sql, inner);
        }
    }
}

fn push_joined<F: Column>(
    sql: &mut QueryBuilder<Db>,
    parts: &[Predicate<F>],
    (word, of_none): (&'static str, &'static str),
) {
    sql.push("(");
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sql.push(word);
        }
        push_predicate(sql, part);
    }
    if parts.is_empty() {
        sql.push(of_none);
    }
    sql.push(")");
}

fn push_condition<F: Column>(sql: &mut QueryBuilder<Db>, condition: &Condition<F>) {
    let operator = match condition.comparison {
        Comparison::Is => " = ",
        Comparison::Less => " < ",
        Comparison::AtMost => " <= ",
        Comparison::Greater => " > ",
        Comparison::AtLeast => " >= ",
        Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains => {
            return push_part(sql, condition);
        }
    };
    let column = condition.field.column();
    match (&condition.value, condition.comparison) {
        (Value::Null, Comparison::Is) => {
            sql.push("(").push(column).push(" IS NULL)");
        }
        (Value::Null, _) => {
            sql.push("FALSE");
        }
        (value, _) => {
            push_not_null(sql, condition.field);
            sql.push(column).push(operator);
            match value {
                Value::Null => sql.push("NULL"),
                Value::Number(number) => sql.push_bind(*number),
                Value::Time(time) => sql.push_bind(ticks(*time)),
                Value::Text(text) => sql.push_bind(stored(condition.field, text)),
            };
            sql.push(")");
        }
    }
}

/// A part of a text; what is no text has no parts.
fn push_part<F: Column>(sql: &mut QueryBuilder<Db>, condition: &Condition<F>) {
    let is_text = matches!(condition.field.kind(), Kind::Text | Kind::Texts);
    let (Value::Text(text), true) = (&condition.value, is_text) else {
        sql.push("FALSE");
        return;
    };
    let text = fold(text);
    let column = condition.field.column();
    push_not_null(sql, condition.field);
    match condition.comparison {
        Comparison::StartsWith => push_beginning(sql, column, &text),
        Comparison::EndsWith => push_like(sql, column, format!("%{}", escape_like(&text))),
        _ => push_like(sql, column, format!("%{}%", escape_like(&text))),
    }
    sql.push(")");
}

/// Opens a condition that is false, not NULL, where the column is NULL.
fn push_not_null<F: Column>(sql: &mut QueryBuilder<Db>, field: F) {
    sql.push("(");
    if field.may_be_null() {
        sql.push(field.column()).push(" IS NOT NULL AND ");
    }
}

/// A value as it is in its column.
fn stored<F: Column>(field: F, text: &str) -> String {
    if field.kind() == Kind::Word { text.to_owned() } else { fold(text) }
}

pub(super) fn failed(error: sqlx::Error) -> EndpointStoreError {
    EndpointStoreError::Failed(error.to_string())
}

pub(super) fn corrupt(what: &'static str) -> impl Fn(BadDocument) -> EndpointStoreError {
    move |bad| EndpointStoreError::Corrupt { what, why: bad.to_string() }
}
