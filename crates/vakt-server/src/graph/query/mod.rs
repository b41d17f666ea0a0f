//! OData options of lists, from the wire's words to the room's.

mod filter;
mod grants;

use vakt_identity::{Condition, DirectoryQuery, Match, Order, Predicate, Property};
use vakt_wire::odata::{QueryOptions, Search};

pub(super) use crate::question::Question;
pub(super) use filter::Directory;
pub(super) use grants::{Grants, to_grant_query};

use super::errors::{bad_request, of_odata, unsupported};
use crate::problem::Problem;

/// Page size when none is asked for (Graph's own).
const PAGE_SIZE_DEFAULT: u32 = 100;
/// Largest page (Graph's own).
pub(crate) const PAGE_SIZE_MAX: u32 = 999;

/// Reads the options of a request.
pub(super) fn options(uri: &http::Uri) -> Result<QueryOptions, Problem> {
    let options = QueryOptions::parse(uri.query().unwrap_or_default());
    let options = options.map_err(|problem| of_odata(&problem))?;
    // A format is named by clients that could read others; there is one only.
    match options.unknown.iter().find(|name| *name != "$format") {
        Some(name) => Err(unsupported(format!("{name} is not supported; leave it out"))),
        None => Ok(options),
    }
}

/// The size of a page.
pub(super) fn page_size(options: &QueryOptions) -> Result<u32, Problem> {
    let size = options.top.unwrap_or(PAGE_SIZE_DEFAULT);
    match (1..=PAGE_SIZE_MAX).contains(&size) {
        true => Ok(size),
        false => Err(unsupported(format!(
            "Invalid page size specified: '{size}'. Must be between 1 and {PAGE_SIZE_MAX} inclusive."
        ))),
    }
}

/// The room's query for a list of directory objects.
pub(super) fn to_query(
    options: &QueryOptions,
    directory: Directory,
    question: &Question,
) -> Result<DirectoryQuery, Problem> {
    if options.skip.is_some() {
        return Err(unsupported("$skip is not supported; follow @odata.nextLink"));
    }
    let filter = options.filter.as_ref().map(|filter| directory.predicate(filter)).transpose()?;
    let search = options.search.as_ref().map(to_search).transpose()?;
    let predicate = match (filter, search) {
        (Some(filter), Some(search)) => Some(Predicate::All(vec![filter, search])),
        (filter, search) => filter.or(search),
    };
    Ok(DirectoryQuery {
        predicate,
        order: to_order(options, directory)?,
        top: page_size(options)?,
        after: cursor(options, question)?,
        count: options.count,
    })
}

/// Where the page starts that a token of this question names.
pub(super) fn cursor(
    options: &QueryOptions,
    question: &Question,
) -> Result<Option<String>, Problem> {
    let Some(token) = &options.skip_token else { return Ok(None) };
    let wrong = || {
        bad_request("$skiptoken: it belongs to another question; follow @odata.nextLink unchanged")
    };
    question.read(token).map(Some).ok_or_else(wrong)
}

fn to_order(options: &QueryOptions, directory: Directory) -> Result<Order, Problem> {
    let time = directory.time();
    let wrong = |found: &str| {
        unsupported(format!("$orderby: `{found}` is not supported; use displayName or {time}"))
    };
    let key = match options.order_by.as_slice() {
        [] => return Ok(Order::Creation),
        [key] => key,
        [_, second, ..] => return Err(wrong(&second.property)),
    };
    match (key.property.to_ascii_lowercase().as_str(), key.descending) {
        ("displayname", false) => Ok(Order::Name),
        ("displayname", true) => Ok(Order::NameBackwards),
        (name, false) if name.eq_ignore_ascii_case(time) => Ok(Order::Time),
        (name, true) if name.eq_ignore_ascii_case(time) => Ok(Order::TimeBackwards),
        _ => Err(wrong(&key.property)),
    }
}

fn to_search(search: &Search) -> Result<Predicate, Problem> {
    match search {
        Search::Contains { property, text } if property.eq_ignore_ascii_case("displayName") => {
            Ok(Predicate::Holds(Condition {
                property: Property::DisplayName,
                how: Match::Contains,
                value: text.clone(),
            }))
        }
        Search::And(a, b) => Ok(Predicate::All(vec![to_search(a)?, to_search(b)?])),
        Search::Or(a, b) => Ok(Predicate::Any(vec![to_search(a)?, to_search(b)?])),
        Search::Contains { .. } => Err(unsupported(
            "$search: only `\"displayName:text\"` is supported, also joined with AND and OR",
        )),
    }
}
