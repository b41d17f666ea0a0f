//! OData options of directory lists, from the wire's words to the room's.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use vakt_identity::{
    Condition, DirectoryQuery, Match, Order, Predicate, Property, fold_resource_name,
};
use vakt_wire::odata::{Comparison, Filter, Function, Literal, QueryOptions, Search};

use super::answers::Place;
use super::errors::{bad_request, of_odata, unsupported};
use crate::problem::Problem;

/// Page size when none is asked for (Graph's own).
const PAGE_SIZE_DEFAULT: u32 = 100;
/// Largest page (Graph's own); larger wishes are cut to it.
const PAGE_SIZE_MAX: u32 = 999;

/// Reads the options of a request.
pub(super) fn options(uri: &http::Uri) -> Result<QueryOptions, Problem> {
    QueryOptions::parse(uri.query().unwrap_or_default()).map_err(|problem| of_odata(&problem))
}

/// The room's query.
pub(super) fn to_query(options: &QueryOptions) -> Result<DirectoryQuery, Problem> {
    if options.skip.is_some() {
        return Err(unsupported("$skip is not supported; follow @odata.nextLink"));
    }
    let filter = options.filter.as_ref().map(to_predicate).transpose()?;
    let search = options.search.as_ref().map(to_search).transpose()?;
    let predicate = match (filter, search) {
        (Some(filter), Some(search)) => Some(Predicate::All(vec![filter, search])),
        (filter, search) => filter.or(search),
    };
    let after = match &options.skip_token {
        None => None,
        Some(token) => Some(read_token(token)?),
    };
    Ok(DirectoryQuery {
        predicate,
        order: to_order(options)?,
        top: options.top.unwrap_or(PAGE_SIZE_DEFAULT).clamp(1, PAGE_SIZE_MAX),
        after,
        count: options.count,
    })
}

fn to_order(options: &QueryOptions) -> Result<Order, Problem> {
    if options.order_by.len() > 1 {
        return Err(unsupported("$orderby: one property at most, displayName"));
    }
    match options.order_by.first() {
        None => Ok(Order::Creation),
        Some(key) if key.property.eq_ignore_ascii_case("displayName") => {
            Ok(if key.descending { Order::NameBackwards } else { Order::Name })
        }
        Some(key) => Err(unsupported(format!("$orderby: `{}` is not displayName", key.property))),
    }
}

fn to_predicate(filter: &Filter) -> Result<Predicate, Problem> {
    Ok(match filter {
        Filter::And(a, b) => Predicate::All(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Or(a, b) => Predicate::Any(vec![to_predicate(a)?, to_predicate(b)?]),
        Filter::Not(inner) => Predicate::Not(Box::new(to_predicate(inner)?)),
        Filter::Compare(name, Comparison::Equal, value) => holds(name, Match::Is, value)?,
        Filter::Compare(name, Comparison::NotEqual, value) => {
            Predicate::Not(Box::new(holds(name, Match::Is, value)?))
        }
        Filter::Compare(name, other, _) => {
            return Err(unsupported(format!(
                "$filter: `{name} {}` is not supported",
                other.as_str()
            )));
        }
        Filter::In(name, values) => {
            let one = |value| holds(name, Match::Is, value);
            Predicate::Any(values.iter().map(one).collect::<Result<_, _>>()?)
        }
        Filter::Call(Function::StartsWith, name, text) => {
            holds(name, Match::StartsWith, &Literal::Text(text.clone()))?
        }
        Filter::Call(function, name, _) => {
            let text = format!("$filter: `{}({name},…)` is not supported", function.as_str());
            return Err(unsupported(text));
        }
        Filter::Any(name, Some(inner)) => match inner.as_ref() {
            Filter::Compare(_, Comparison::Equal, value) => names_any(name, value)?,
            _ => return Err(unsupported(format!("$filter: `{filter}` is not supported"))),
        },
        Filter::Any(..) => {
            return Err(unsupported(format!("$filter: `{filter}` is not supported")));
        }
    })
}

fn holds(name: &str, how: Match, value: &Literal) -> Result<Predicate, Problem> {
    const SUPPORTED: &str = "displayName, appId, id, accountEnabled, identifierUris/any(…) and \
                             servicePrincipalNames/any(…)";
    let property = match name.to_ascii_lowercase().as_str() {
        "displayname" | "appdisplayname" => Property::DisplayName,
        "appid" => Property::AppId,
        "id" => Property::ObjectId,
        "accountenabled" => Property::Enabled,
        _ => {
            let text = format!("$filter: `{name}` is not supported; supported are {SUPPORTED}");
            return Err(unsupported(text));
        }
    };
    Ok(Predicate::Holds(Condition { property, how, value: plain(name, value)? }))
}

fn names_any(name: &str, value: &Literal) -> Result<Predicate, Problem> {
    let known = ["identifierUris", "servicePrincipalNames"];
    if !known.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Err(unsupported(format!("$filter: `{name}/any` is not supported")));
    }
    let value = fold_resource_name(&plain(name, value)?);
    Ok(Predicate::Holds(Condition { property: Property::Name, how: Match::Is, value }))
}

fn plain(name: &str, value: &Literal) -> Result<String, Problem> {
    match value {
        Literal::Text(text) | Literal::Word(text) => Ok(text.clone()),
        Literal::Bool(value) => Ok(value.to_string()),
        other => Err(bad_request(format!("$filter: `{name}` cannot be compared with {other}"))),
    }
}

/// `displayName:text`, with or without quotes.
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
        Search::Contains { .. } => {
            Err(unsupported("$search: only `\"displayName:text\"` is supported"))
        }
    }
}

fn read_token(token: &str) -> Result<String, Problem> {
    let decoded =
        URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.ok_or_else(|| bad_request("$skiptoken: follow @odata.nextLink unchanged"))
}

/// The address of the next page: the same question, from a place on.
pub(super) fn next_link(place: &Place, uri: &http::Uri, cursor: &str) -> String {
    let base = place.root.rsplit_once('/').map_or("", |(base, _)| base);
    let is_token = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or_default();
        matches!(key.to_ascii_lowercase().as_str(), "$skiptoken" | "%24skiptoken")
    };
    let query = uri.query().unwrap_or_default();
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_token(pair))
        .map(str::to_owned)
        .collect();
    let token = URL_SAFE_NO_PAD.encode(cursor);
    pairs.push(format!("$skiptoken={}", utf8_percent_encode(&token, NON_ALPHANUMERIC)));
    format!("{base}{}?{}", place.path, pairs.join("&"))
}
