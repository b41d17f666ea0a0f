//! Lists that are small enough to be read whole: filtered and cut into pages here.

use serde_json::Value;
use vakt_wire::graph::Page;
use vakt_wire::odata::{Comparison, ELEMENT, Filter, Function, Literal, QueryOptions};

use super::call::Call;
use super::entity::Entity;
use super::errors::{unknown_property, unsupported};
use super::query::{cursor, page_size};
use crate::problem::Problem;

/// One page of a list.
pub(super) fn page<T: Entity>(
    call: &Call,
    options: &QueryOptions,
    all: Vec<T>,
) -> Result<Page<T>, Problem> {
    if !options.order_by.is_empty() || options.search.is_some() || options.skip.is_some() {
        return Err(unsupported("this list has one order; leave out $orderby, $search and $skip"));
    }
    let mut kept = Vec::with_capacity(all.len());
    for one in all {
        let value = serde_json::to_value(&one).map_err(|_| Problem::internal())?;
        let fits = match &options.filter {
            Some(filter) => holds::<T>(filter, &value)?,
            None => true,
        };
        kept.extend(fits.then_some(one));
    }
    let count = options.count.then_some(kept.len() as u64);
    let start = cursor(options, &call.question())?.and_then(|start| start.parse().ok());
    let start: usize = start.unwrap_or_default();
    let end = start.saturating_add(page_size(options)? as usize);
    let next = (end < kept.len()).then(|| end.to_string());
    let value = kept.into_iter().take(end).skip(start).collect();
    Ok(Page { context: None, count, next_link: call.next_link(next), value })
}

fn holds<T: Entity>(filter: &Filter, object: &Value) -> Result<bool, Problem> {
    Ok(match filter {
        Filter::And(a, b) => holds::<T>(a, object)? && holds::<T>(b, object)?,
        Filter::Or(a, b) => holds::<T>(a, object)? || holds::<T>(b, object)?,
        Filter::Not(inner) => !holds::<T>(inner, object)?,
        Filter::Compare(name, Comparison::Equal, value) => is(property::<T>(object, name)?, value),
        Filter::Compare(name, Comparison::NotEqual, value) => {
            !is(property::<T>(object, name)?, value)
        }
        Filter::In(name, values) => {
            let found = property::<T>(object, name)?;
            values.iter().any(|value| is(found, value))
        }
        Filter::Call(Function::StartsWith, name, text) => {
            let found = property::<T>(object, name)?.as_str().unwrap_or_default();
            found.to_lowercase().starts_with(&text.to_lowercase())
        }
        Filter::Any(name, None) => {
            property::<T>(object, name)?.as_array().is_some_and(|all| !all.is_empty())
        }
        Filter::Any(name, Some(condition)) => {
            let mut fits = false;
            for element in property::<T>(object, name)?.as_array().into_iter().flatten() {
                fits = fits || holds::<T>(condition, element)?;
            }
            fits
        }
        Filter::Compare(..) | Filter::Call(..) => {
            return Err(unsupported(format!(
                "$filter: `{filter}` is not supported; use eq, ne, in, startswith and any"
            )));
        }
    })
}

fn property<'a, T: Entity>(object: &'a Value, name: &str) -> Result<&'a Value, Problem> {
    if name == ELEMENT {
        return Ok(object);
    }
    let unknown = || unknown_property("Invalid filter clause", name, T::TYPE);
    name.split('/').try_fold(object, |object, step| {
        let members = object.as_object().ok_or_else(unknown)?;
        let found = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(step));
        found.map(|(_, value)| value).ok_or_else(unknown)
    })
}

fn is(found: &Value, wanted: &Literal) -> bool {
    match wanted {
        Literal::Null => found.is_null(),
        Literal::Bool(wanted) => found.as_bool() == Some(*wanted),
        Literal::Number(wanted) => found.as_i64() == Some(*wanted),
        Literal::Time(wanted) => found.as_str().and_then(|text| text.parse().ok()) == Some(*wanted),
        Literal::Text(wanted) | Literal::Word(wanted) => {
            found.as_str().is_some_and(|found| found.to_lowercase() == wanted.to_lowercase())
        }
    }
}
