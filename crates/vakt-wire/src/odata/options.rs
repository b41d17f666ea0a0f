//! The `$` options of a query string.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::filter::Filter;
use super::parse::parse_filter;
use super::problem::ODataProblem;
use super::search::Search;

/// The options that were given. Unknown keys without a `$` are passed over, as real clients send
/// some; those with one are named, for those who refuse them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QueryOptions {
    /// `$filter`
    pub filter: Option<Filter>,
    /// `$filter`, as it was written.
    pub filter_text: Option<String>,
    /// `$top`
    pub top: Option<u32>,
    /// `$skip`
    pub skip: Option<u32>,
    /// `$skiptoken`
    pub skip_token: Option<String>,
    /// `$select`: property names.
    pub select: Vec<String>,
    /// `$expand`
    pub expand: Vec<Expand>,
    /// `$orderby`
    pub order_by: Vec<OrderBy>,
    /// `$count`
    pub count: bool,
    /// `$search`
    pub search: Option<Search>,
    /// Names that start with `$` and mean nothing here.
    pub unknown: Vec<String>,
}

/// One navigation of `$expand`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expand {
    /// Its name.
    pub name: String,
    /// `$select` of what is found there: property names.
    pub select: Vec<String>,
}

/// One key of `$orderby`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// Property name.
    pub property: String,
    /// `desc`.
    pub descending: bool,
}

impl QueryOptions {
    /// Reads a raw query string. Option names may lack the `$` only where nothing else can be
    /// meant; they are read in any case.
    pub fn parse(query: &str) -> Result<Self, ODataProblem> {
        let mut options = Self::default();
        let mut seen: Vec<&'static str> = Vec::new();
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = decode(key).to_ascii_lowercase();
            let Some(option) = OPTIONS.iter().find(|name| **name == key) else {
                options.unknown.extend(key.starts_with('$').then_some(key));
                continue;
            };
            if seen.contains(option) {
                return Err(ODataProblem::Repeated { option });
            }
            seen.push(option);
            options.set(option, &decode(value))?;
        }
        Ok(options)
    }

    fn set(&mut self, option: &'static str, value: &str) -> Result<(), ODataProblem> {
        match option {
            "$filter" if value.trim().is_empty() => {}
            "$filter" => {
                self.filter = Some(parse_filter(value)?);
                self.filter_text = Some(value.to_owned());
            }
            "$top" => self.top = Some(whole_number(option, value)?),
            "$skip" => self.skip = Some(whole_number(option, value)?),
            "$skiptoken" => self.skip_token = Some(value.to_owned()),
            "$select" => self.select = names(value),
            "$expand" => self.expand = expand(value)?,
            "$orderby" => self.order_by = order_by(value)?,
            "$count" => self.count = value.eq_ignore_ascii_case("true"),
            "$search" => self.search = Some(Search::parse(value)?),
            _ => {}
        }
        Ok(())
    }
}

const OPTIONS: &[&str] = &[
    "$filter",
    "$top",
    "$skip",
    "$skiptoken",
    "$select",
    "$expand",
    "$orderby",
    "$count",
    "$search",
];

fn decode(text: &str) -> Cow<'_, str> {
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

fn whole_number(option: &'static str, value: &str) -> Result<u32, ODataProblem> {
    let wrong = |_| ODataProblem::option(option, value, "a whole number of 0 or more");
    value.trim().parse().map_err(wrong)
}

fn names(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// `name` and `name($select=a,b)`, with commas between them.
fn expand(value: &str) -> Result<Vec<Expand>, ODataProblem> {
    let wrong =
        |part: &str| ODataProblem::option("$expand", part, "`name` or `name($select=property,…)`");
    let mut all = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let end = rest.find([',', '(']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let mut one = Expand { name: name.trim().to_owned(), select: Vec::new() };
        rest = after;
        if let Some(inner) = after.strip_prefix('(') {
            let (inner, after) = inner.split_once(')').ok_or_else(|| wrong(after))?;
            let select = inner.trim().strip_prefix("$select=").ok_or_else(|| wrong(inner))?;
            one.select = names(select);
            rest = after.trim_start();
        }
        if one.name.is_empty() || !(rest.is_empty() || rest.starts_with(',')) {
            return Err(wrong(value));
        }
        all.push(one);
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Ok(all)
}

fn order_by(value: &str) -> Result<Vec<OrderBy>, ODataProblem> {
    names(value)
        .into_iter()
        .map(|key| {
            let mut words = key.split_ascii_whitespace();
            let wrong = || {
                ODataProblem::option(
                    "$orderby",
                    &key,
                    "`property`, `property asc` or `property desc`",
                )
            };
            let property = words.next().ok_or_else(wrong)?.to_owned();
            let descending = match words.next().map(str::to_ascii_lowercase).as_deref() {
                None | Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err(wrong()),
            };
            Ok(OrderBy { property, descending })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_percent_and_unknown_keys_are_read_as_clients_mean_them() {
        let options = QueryOptions::parse(
            "$top=5&%24skip=10&?=x&$Filter=status+eq+%27Active%27&$orderby=a desc,b",
        )
        .unwrap();
        assert_eq!((options.top, options.skip), (Some(5), Some(10)));
        assert_eq!(options.filter.unwrap().to_string(), "status eq 'Active'");
        assert_eq!(options.order_by.len(), 2);
    }

    #[test]
    fn navigations_are_expanded_with_and_without_a_selection() {
        let expanded = |query: &str| {
            let options = QueryOptions::parse(query).unwrap();
            let one = |one: &Expand| format!("{}[{}]", one.name, one.select.join(" "));
            options.expand.iter().map(one).collect::<Vec<_>>().join(" ")
        };
        for (query, expected) in [
            ("$expand=owners", "owners[]"),
            ("$expand=owners,appRoleAssignedTo", "owners[] appRoleAssignedTo[]"),
            ("$expand=owners($select=id, displayName) , b", "owners[id displayName] b[]"),
            ("$expand=", ""),
        ] {
            assert_eq!(expanded(query), expected, "for {query}");
        }
    }

    #[test]
    fn unknown_options_are_named_and_other_keys_passed_over() {
        let options = QueryOptions::parse("$apply=x&api-version=1.0&$Delta").unwrap();
        assert_eq!(options.unknown, ["$apply", "$delta"]);
    }

    #[test]
    fn wrong_values_are_named() {
        for (query, expected) in [
            ("$top=-1", "$top: `-1` is not a whole number of 0 or more"),
            ("$top=ten", "$top: `ten` is not a whole number of 0 or more"),
            ("$top=1&$top=2", "$top is given more than once"),
            (
                "$expand=owners($top=1)",
                "$expand: `$top=1` is not `name` or `name($select=property,…)`",
            ),
            (
                "$expand=owners($select=id",
                "$expand: `($select=id` is not `name` or `name($select=property,…)`",
            ),
            (
                "$orderby=a sideways",
                "$orderby: `a sideways` is not `property`, `property asc` or `property desc`",
            ),
        ] {
            assert_eq!(QueryOptions::parse(query).unwrap_err().to_string(), expected);
        }
    }
}
