//! The incident list query as SQL. Comparisons with NULL follow OData: `null ne 'x'` is true,
//! `null lt 'x'` is false, and `not` turns either round.

use sqlx::{QueryBuilder, Sqlite};
use vakt_ids::TenantId;
use vakt_incidents::{
    Comparison, Condition, Cursor, Field, IncidentQuery, Order, OrderBy, Predicate, Value,
};

use super::directory::escape_like;
use crate::rows::ticks;

/// One row more than asked for tells whether there is a next page.
pub(super) fn select_page(tenant: TenantId, query: &IncidentQuery) -> QueryBuilder<Sqlite> {
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
pub(super) fn select_count(tenant: TenantId, query: &IncidentQuery) -> QueryBuilder<Sqlite> {
    select("SELECT COUNT(*) FROM incidents WHERE tenant_id = ", tenant, query)
}

fn select(head: &'static str, tenant: TenantId, query: &IncidentQuery) -> QueryBuilder<Sqlite> {
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

fn push_cursor(sql: &mut QueryBuilder<Sqlite>, order: Order, cursor: Cursor) {
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

fn push_predicate(sql: &mut QueryBuilder<Sqlite>, predicate: &Predicate) {
    match predicate {
        Predicate::Holds(condition) => push_condition(sql, condition),
        Predicate::All(parts) => push_joined(sql, parts, " AND ", "1"),
        Predicate::Any(parts) => push_joined(sql, parts, " OR ", "0"),
        Predicate::Not(inner) => {
            sql.push("NOT ");
            push_predicate(sql, inner);
        }
    }
}

fn push_joined(
    sql: &mut QueryBuilder<Sqlite>,
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

fn push_condition(sql: &mut QueryBuilder<Sqlite>, condition: &Condition) {
    let column = column(condition.field);
    let operator = match condition.comparison {
        Comparison::Is => " IS ",
        Comparison::Less => " < ",
        Comparison::AtMost => " <= ",
        Comparison::Greater => " > ",
        Comparison::AtLeast => " >= ",
        Comparison::StartsWith | Comparison::EndsWith | Comparison::Contains => {
            return push_like(sql, column, condition);
        }
    };
    // IFNULL only where there can be a NULL: around a column it would hide the index.
    let nullable = condition.field == Field::AssignedTo && condition.comparison != Comparison::Is;
    sql.push(if nullable { "(IFNULL(" } else { "(" }).push(column).push(operator);
    match &condition.value {
        Value::Null => sql.push("NULL"),
        Value::Number(number) => sql.push_bind(*number),
        Value::Time(time) => sql.push_bind(ticks(*time)),
        Value::Text(text) => sql.push_bind(text.clone()),
    };
    sql.push(if nullable { ", 0))" } else { ")" });
}

fn push_like(sql: &mut QueryBuilder<Sqlite>, column: &'static str, condition: &Condition) {
    let Value::Text(text) = &condition.value else {
        sql.push("0");
        return;
    };
    let escaped = escape_like(text);
    let pattern = match condition.comparison {
        Comparison::StartsWith => format!("{escaped}%"),
        Comparison::EndsWith => format!("%{escaped}"),
        _ => format!("%{escaped}%"),
    };
    sql.push("IFNULL(").push(column).push(" LIKE ").push_bind(pattern).push(r" ESCAPE '\', 0)");
}

fn column(field: Field) -> &'static str {
    match field {
        Field::Id => "id",
        Field::Name => "name",
        Field::Created => "created_at",
        Field::Updated => "updated_at",
        Field::AssignedTo => "assigned_to",
        Field::Status => "status",
        Field::Severity => "severity",
        Field::Classification => "classification",
        Field::Determination => "determination",
    }
}
