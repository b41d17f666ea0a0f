//! The incident list query as SQL. Comparisons with NULL follow OData: `null ne 'x'` is true,
//! `null lt 'x'` is false, and `not` turns either round.

use sqlx::QueryBuilder;
use vakt_ids::TenantId;
use vakt_incidents::{
    Comparison, Condition, Cursor, Field, IncidentQuery, Order, OrderBy, Predicate, Value,
};

use super::Db;
use super::text::{escape_like, push_beginning, push_like};
use crate::rows::{fold, ticks};

/// One row more than asked for tells whether there is a next page.
pub(super) fn select_page(tenant: TenantId, query: &IncidentQuery) -> QueryBuilder<Db> {
    let mut sql = select("SELECT * FROM incidents WHERE tenant_id = ", tenant, query);
    if let Some(cursor) = query.after {
        push_cursor(&mut sql, query.order, cursor);
    }
    let direction = if query.order.descending { " DESC" } else { "" };
    sql.push(" ORDER BY ");
    if query.order.by != OrderBy::Id {
        sql.push(order_column(query.order.by)).push(direction).push(", ");
    }
    sql.push("id").push(direction);
    sql.push(" LIMIT ").push_bind(i64::from(query.top) + 1);
    sql.push(" OFFSET ").push_bind(i64::from(query.skip));
    sql
}

/// How many fit, whichever page is read.
pub(super) fn select_count(tenant: TenantId, query: &IncidentQuery) -> QueryBuilder<Db> {
    select("SELECT COUNT(*) FROM incidents WHERE tenant_id = ", tenant, query)
}

fn select(head: &'static str, tenant: TenantId, query: &IncidentQuery) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new(head);
    sql.push_bind(tenant.to_string());
    if let Some(predicate) = &query.predicate {
        sql.push(" AND ");
        push_predicate(&mut sql, predicate);
    }
    sql
}

fn order_column(by: OrderBy) -> &'static str {
    match by {
        OrderBy::Created => "created_at",
        OrderBy::Updated => "updated_at",
        OrderBy::Id => "id",
    }
}

fn push_cursor(sql: &mut QueryBuilder<Db>, order: Order, cursor: Cursor) {
    let beyond = if order.descending { " < " } else { " > " };
    match order.by {
        OrderBy::Id => {
            sql.push(" AND id").push(beyond).push_bind(cursor.id.number());
        }
        by => {
            sql.push(" AND (").push(order_column(by)).push(", id)").push(beyond).push("(");
            sql.push_bind(ticks(cursor.at)).push(", ").push_bind(cursor.id.number()).push(")");
        }
    }
}

fn push_predicate(sql: &mut QueryBuilder<Db>, predicate: &Predicate) {
    match predicate {
        Predicate::Holds(condition) => push_condition(sql, condition),
        Predicate::All(parts) => push_joined(sql, parts, " AND ", "TRUE"),
        Predicate::Any(parts) => push_joined(sql, parts, " OR ", "FALSE"),
        Predicate::Not(inner) => {
            sql.push("NOT ");
            push_predicate(sql, inner);
        }
    }
}

fn push_joined(
    sql: &mut QueryBuilder<Db>,
    parts: &[Predicate],
    word: &'static str,
    of_none: &'static str,
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

fn push_condition(sql: &mut QueryBuilder<Db>, condition: &Condition) {
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
    let column = column(condition.field);
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
                Value::Text(text) if is_folded(condition.field) => sql.push_bind(fold(text)),
                Value::Text(text) => sql.push_bind(text.clone()),
            };
            sql.push(")");
        }
    }
}

/// A part of a text; what is no text has no parts.
fn push_part(sql: &mut QueryBuilder<Db>, condition: &Condition) {
    let (Value::Text(text), true) = (&condition.value, is_folded(condition.field)) else {
        sql.push("FALSE");
        return;
    };
    let text = fold(text);
    let column = column(condition.field);
    push_not_null(sql, condition.field);
    match condition.comparison {
        Comparison::StartsWith => push_beginning(sql, column, &text),
        Comparison::EndsWith => push_like(sql, column, format!("%{}", escape_like(&text))),
        _ => push_like(sql, column, format!("%{}%", escape_like(&text))),
    }
    sql.push(")");
}

/// Opens a condition that is false, not NULL, where the column is NULL: said before the comparison
/// and not around the column, where it would hide the index.
fn push_not_null(sql: &mut QueryBuilder<Db>, field: Field) {
    sql.push("(");
    if field == Field::AssignedTo {
        sql.push(column(field)).push(" IS NOT NULL AND ");
    }
}

/// Is its column folded when it is stored?
fn is_folded(field: Field) -> bool {
    matches!(field, Field::Name | Field::AssignedTo)
}

fn column(field: Field) -> &'static str {
    match field {
        Field::Id => "id",
        Field::Name => "name_folded",
        Field::Created => "created_at",
        Field::Updated => "updated_at",
        Field::AssignedTo => "owner_folded",
        Field::Status => "status",
        Field::Severity => "severity",
        Field::Classification => "classification",
        Field::Determination => "determination",
    }
}
