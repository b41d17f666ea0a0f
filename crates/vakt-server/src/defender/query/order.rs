//! `$orderby` of incidents and alerts.

use vakt_incidents::{ORDER_KEYS_MAX, Order, OrderKey};
use vakt_wire::odata::OrderBy;

use super::bad;
use super::properties::Noun;
use crate::problem::Problem;

/// The room's order; `None` when nothing was asked for.
pub(super) fn to_order<T: Noun>(keys: &[OrderBy]) -> Result<Option<Order>, Problem> {
    if keys.is_empty() {
        return Ok(None);
    }
    if keys.len() > ORDER_KEYS_MAX {
        return Err(bad("$orderby", &format!("give at most {ORDER_KEYS_MAX} properties")));
    }
    let key = |key: &OrderBy| {
        let known = T::orders()
            .iter()
            .find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(&key.property)));
        let by = known.map(|(_, by)| *by).ok_or_else(|| unknown::<T>(&key.property))?;
        Ok(OrderKey { by, descending: key.descending })
    };
    Ok(Some(Order::of(keys.iter().map(key).collect::<Result<_, Problem>>()?)))
}

fn unknown<T: Noun>(name: &str) -> Problem {
    let known: Vec<&str> =
        T::orders().iter().flat_map(|(names, _)| names.iter().copied()).collect();
    bad("$orderby", &format!("`{name}` cannot be ordered by; use one of {}", known.join(", ")))
}
