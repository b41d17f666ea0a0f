//! What Microsoft takes in the query of each list: how large a page may be, which options there
//! are, what can be filtered. A list that has no row here is checked by its handler alone.

use form_urlencoded::parse;
use http::StatusCode;
use vakt_wire::odata::{Filter, QueryOptions};

use crate::problem::Problem;
use crate::quota::unversioned;

/// What may stand in the query of one list.
#[derive(Debug)]
pub(crate) struct QueryRule {
    /// Its path in the table of routes, without a version.
    pub(crate) path: &'static str,
    words: Words,
    /// Largest `$top`, where Microsoft names one.
    pub(crate) top_max: Option<u32>,
    /// Options, with their `$`.
    options: &'static [&'static str],
    /// Properties for `$filter`; empty where Microsoft does not say which.
    filterable: &'static [&'static str],
}

/// In whose words too large a page is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Classic,
    Graph,
}

/// Options of Graph's lists. `$orderby`, `$select` and the tokens of links are not all documented
/// for these lists, and work there.
const GRAPH_OPTIONS: &[&str] = &[
    "$filter",
    "$top",
    "$skip",
    "$count",
    "$expand",
    "$orderby",
    "$select",
    "$skiptoken",
    "$deltatoken",
];
/// Options of Defender for Endpoint's lists.
const ENDPOINT_OPTIONS: &[&str] =
    &["$filter", "$top", "$skip", "$count", "$expand", "$orderby", "$select", "$skiptoken"];
/// Largest page of Defender for Endpoint.
const ENDPOINT_TOP_MAX: u32 = 10_000;

/// The lists, from Microsoft's pages on each of them and from what its service was seen to answer.
pub(crate) static LISTS: &[QueryRule] = &[
    QueryRule {
        path: "/api/incidents",
        words: Words::Classic,
        top_max: Some(100),
        options: &["$filter", "$top", "$skip", "$skiptoken"],
        filterable: &["lastUpdateTime", "createdTime", "status", "assignedTo"],
    },
    QueryRule {
        path: "/security/incidents",
        words: Words::Graph,
        top_max: Some(50),
        options: GRAPH_OPTIONS,
        filterable: &[
            "assignedTo",
            "classification",
            "createdDateTime",
            "determination",
            "lastUpdateDateTime",
            "severity",
            "status",
        ],
    },
    QueryRule {
        path: "/security/alerts_v2",
        words: Words::Graph,
        top_max: None,
        options: GRAPH_OPTIONS,
        filterable: &[
            "assignedTo",
            "classification",
            "determination",
            "createdDateTime",
            "lastUpdateDateTime",
            "severity",
            "serviceSource",
            "status",
        ],
    },
    of_endpoint("/api/alerts"),
    of_endpoint("/api/machines"),
    of_endpoint("/api/machines/findbytag"),
    of_endpoint("/api/machineactions"),
    of_endpoint("/api/indicators"),
];

const fn of_endpoint(path: &'static str) -> QueryRule {
    QueryRule {
        path,
        words: Words::Classic,
        top_max: Some(ENDPOINT_TOP_MAX),
        options: ENDPOINT_OPTIONS,
        filterable: &[],
    }
}

impl QueryRule {
    /// The row of a route, if it is a list that has one.
    pub(crate) fn of(method: &str, path: &str) -> Option<&'static Self> {
        let path = unversioned(path);
        LISTS.iter().find(|rule| method == "GET" && rule.path == path)
    }

    /// Refuses a query that Microsoft would refuse. What cannot be read at all is left to the
    /// handler, which says why.
    pub(crate) fn check(&self, query: &str) -> Result<(), Problem> {
        for (key, _) in parse(query.as_bytes()) {
            let key = key.to_ascii_lowercase();
            if key.starts_with('$') && !self.options.contains(&key.as_str()) {
                return Err(self.unknown_option(&key));
            }
        }
        let Ok(options) = QueryOptions::parse(query) else { return Ok(()) };
        if let (Some(top), Some(max)) = (options.top, self.top_max)
            && top > max
        {
            return Err(bad(self.too_large(max)));
        }
        match options.filter.as_ref().and_then(|filter| self.unfilterable(filter)) {
            None => Ok(()),
            Some(property) => Err(bad(format!(
                "Invalid OData URI query. $filter: `{property}` cannot be filtered by; use one of {}",
                self.filterable.join(", ")
            ))),
        }
    }

    fn unknown_option(&self, key: &str) -> Problem {
        let key: String = key.chars().take(64).collect();
        bad(format!(
            "The query parameter '{key}' is not supported. Use one of {}.",
            self.options.join(", ")
        ))
    }

    fn too_large(&self, max: u32) -> String {
        match self.words {
            Words::Graph => format!("The limit of '{max}' for Top query has been exceeded"),
            Words::Classic => format!(
                "The limit of '{max}' for Top query has been exceeded. Ask for pages of {max} at most."
            ),
        }
    }

    /// The first property that is not to be filtered by.
    fn unfilterable<'a>(&self, filter: &'a Filter) -> Option<&'a str> {
        if self.filterable.is_empty() {
            return None;
        }
        match filter {
            Filter::And(a, b) | Filter::Or(a, b) => {
                self.unfilterable(a).or_else(|| self.unfilterable(b))
            }
            Filter::Not(inner) => self.unfilterable(inner),
            Filter::Compare(name, ..)
            | Filter::In(name, _)
            | Filter::Call(_, name, _)
            | Filter::Any(name, _) => {
                let known = self.filterable.iter().any(|known| known.eq_ignore_ascii_case(name));
                (!known).then_some(name.as_str())
            }
        }
    }
}

fn bad(message: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "BadRequest", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_taken_as_microsoft_takes_them() {
        let classic = QueryRule::of("GET", "/api/v1.0/incidents").unwrap();
        let graph = QueryRule::of("GET", "/security/incidents").unwrap();
        for (rule, query, refused) in [
            (classic, "", None),
            (classic, "$top=100&$skip=5&?=x&api-version=1", None),
            (classic, "$top=101", Some("The limit of '100' for Top query has been exceeded.")),
            (classic, "$filter=status+eq+'Active'+and+lastupdatetime+ge+2026-01-01", None),
            (classic, "$filter=not+(severity+eq+'High')", Some("`severity` cannot be filtered by")),
            (classic, "%24orderby=createdTime", Some("'$orderby' is not supported")),
            (classic, "$filter=status eq", None),
            (graph, "$top=50&$expand=alerts&$orderby=lastUpdateDateTime", None),
            (graph, "$top=51", Some("The limit of '50' for Top query has been exceeded")),
            (graph, "$apply=x", Some("'$apply' is not supported")),
            (graph, "$filter=severity in ('high')", None),
            (graph, "$filter=contains(displayName,'x')", Some("`displayName` cannot be filtered")),
        ] {
            let told = rule.check(query).err().map(|problem| problem.message);
            let expected = refused.is_none_or(|text| told.as_ref().unwrap().contains(text));
            assert!(expected && told.is_some() == refused.is_some(), "{query}: {told:?}");
        }
    }
}
