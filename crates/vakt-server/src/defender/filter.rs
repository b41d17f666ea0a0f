//! `$filter` and `$orderby` of the incident list, from the wire's words to the room's.

use vakt_incidents::{
    Classification, Comparison, Condition, Determination, Field, Order, OrderBy, Predicate,
    Severity, Status, Value,
};
use vakt_wire::odata::{self, Filter, Function, Literal};

use super::words::WireWord;
use crate::problem::Problem;

/// Fields by their names in either dialect.
const FIELDS: &[(&str, Field)] = &[
    ("incidentId", Field::Id),
    ("id", Field::Id),
    ("incidentName", Field::Name),
    ("displayName", Field::Name),
    ("createdTime", Field::Created),
    ("createdDateTime", Field::Created),
    ("lastUpdateTime", Field::Updated),
    ("lastUpdateDateTime", Field::Updated),
    ("assignedTo", Field::AssignedTo),
    ("status", Field::Status),
    ("severity", Field::Severity),
    ("classification", Field::Classification),
    ("determination", Field::Determination),
];

/// The room's predicate of a filter.
pub(super) fn to_predicate(filter: &Filter) -> Result<Predicate, Problem> {
    Ok(match filter {
        Filter::And(a, b) => Predicate::All(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Or(a, b) => Predicate::Any(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Not(inner) => Predicate::Not(Box::new(to_predicate(inner)?)),
        Filter::Compare(name, comparison, literal) => compare(name, *comparison, literal)?,
        Filter::In(name, literals) => {
            let one = |literal| compare(name, odata::Comparison::Equal, literal);
            Predicate::Any(literals.iter().map(one).collect::<Result<_, _>>()?)
        }
        Filter::Call(function, name, text) => call(*function, name, text)?,
        Filter::Any(name, _) => return Err(unknown_field(name)),
    })
}

fn compare(
    name: &str,
    comparison: odata::Comparison,
    literal: &Literal,
) -> Result<Predicate, Problem> {
    let field = field(name)?;
    let value = value(field, name, literal)?;
    let ordered = matches!(field, Field::Id | Field::Created | Field::Updated);
    let comparison = match comparison {
        odata::Comparison::Equal => Comparison::Is,
        odata::Comparison::NotEqual => {
            let is = Condition { field, comparison: Comparison::Is, value };
            return Ok(Predicate::Not(Box::new(Predicate::Holds(is))));
        }
        other if !ordered => {
            let word = other.as_str();
            return Err(bad(format!(
                "`{name}` can be compared with `eq`, `ne` and `in`, not `{word}`"
            )));
        }
        odata::Comparison::Greater => Comparison::Greater,
        odata::Comparison::GreaterOrEqual => Comparison::AtLeast,
        odata::Comparison::Less => Comparison::Less,
        odata::Comparison::LessOrEqual => Comparison::AtMost,
    };
    Ok(Predicate::Holds(Condition { field, comparison, value }))
}

fn call(function: Function, name: &str, text: &str) -> Result<Predicate, Problem> {
    let field = field(name)?;
    if !matches!(field, Field::Name | Field::AssignedTo) {
        return Err(bad(format!("`{}` works on texts, and `{name}` is none", function.as_str())));
    }
    let comparison = match function {
        Function::StartsWith => Comparison::StartsWith,
        Function::EndsWith => Comparison::EndsWith,
        Function::Contains => Comparison::Contains,
    };
    let value = Value::Text(text.to_owned());
    Ok(Predicate::Holds(Condition { field, comparison, value }))
}

fn field(name: &str) -> Result<Field, Problem> {
    let found = FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, field)| *field).ok_or_else(|| unknown_field(name))
}

fn unknown_field(name: &str) -> Problem {
    let known: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
    bad(format!("`{name}` is not a property to filter by; use one of {}", known.join(", ")))
}

fn value(field: Field, name: &str, literal: &Literal) -> Result<Value, Problem> {
    let wrong = |wanted: &str| bad(format!("`{name}` is compared with {wanted}, not {literal}"));
    match (field, literal) {
        (Field::AssignedTo, Literal::Null) => Ok(Value::Null),
        (Field::Id, Literal::Number(number)) => Ok(Value::Number(*number)),
        (Field::Id, Literal::Text(text)) => {
            text.parse().map(Value::Number).map_err(|_| wrong("a number"))
        }
        (Field::Id, _) => Err(wrong("a number")),
        (Field::Created | Field::Updated, Literal::Time(time)) => Ok(Value::Time(*time)),
        (Field::Created | Field::Updated, Literal::Text(text)) => {
            text.parse().map(Value::Time).map_err(|_| wrong("a time such as 2026-01-31T00:00:00Z"))
        }
        (Field::Created | Field::Updated, _) => Err(wrong("a time such as 2026-01-31T00:00:00Z")),
        (Field::Name | Field::AssignedTo, Literal::Text(text)) => Ok(Value::Text(text.clone())),
        (Field::Name | Field::AssignedTo, _) => Err(wrong("a text in single quotes")),
        (_, Literal::Text(text) | Literal::Word(text)) => word(field, text),
        _ => Err(wrong("one of its words in single quotes")),
    }
}

fn word(field: Field, text: &str) -> Result<Value, Problem> {
    match field {
        Field::Status => read::<Status>(text, Status::as_str),
        Field::Severity => read::<Severity>(text, Severity::as_str),
        Field::Classification => read::<Classification>(text, Classification::as_str),
        _ => read::<Determination>(text, Determination::as_str),
    }
}

fn read<T: WireWord>(text: &str, code: fn(T) -> &'static str) -> Result<Value, Problem> {
    let word = T::read(text)
        .ok_or_else(|| bad(format!("`{text}` is not a {}; use one of {}", T::WHAT, T::list())))?;
    Ok(Value::Text(code(word).to_owned()))
}

fn bad(message: String) -> Problem {
    let message = format!("Invalid OData URI query. $filter: {message}");
    Problem::new(http::StatusCode::BAD_REQUEST, "ODataError", message)
}

/// The room's order; `None` when nothing was asked for.
pub(super) fn to_order(keys: &[odata::OrderBy]) -> Result<Option<Order>, Problem> {
    let Some(key) = keys.first() else { return Ok(None) };
    let by = match field(&key.property) {
        Ok(Field::Created) => OrderBy::Created,
        Ok(Field::Updated) => OrderBy::Updated,
        Ok(Field::Id) => OrderBy::Id,
        _ => {
            let message = format!(
                "Invalid OData URI query. $orderby: `{}` is not createdTime, lastUpdateTime or incidentId",
                key.property
            );
            return Err(Problem::new(http::StatusCode::BAD_REQUEST, "ODataError", message));
        }
    };
    Ok(Some(Order { by, descending: key.descending }))
}
