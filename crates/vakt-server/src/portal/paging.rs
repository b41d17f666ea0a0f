//! Pages of a list: where the next one begins, and how addresses name it.

use form_urlencoded::Serializer;
use vakt_incidents::SEARCH_LENGTH_MAX_CHARS;

use crate::pages::Visit;

/// Lines of one page of a list.
pub(crate) const LINES_MAX: u32 = 25;

/// The paging below a list.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    /// The address of the first page, when this is a later one.
    pub first: Option<String>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
}

impl Paging {
    /// The paging of a list at the visit's address, whose next page begins at `next`.
    pub(crate) fn of(visit: &Visit, next: Option<&str>) -> Self {
        Self::at(visit.uri.path(), visit, next)
    }

    /// The same of a list that is at another path than the visit's.
    pub(crate) fn at(path: &str, visit: &Visit, next: Option<&str>) -> Self {
        let is_later = visit.query("after").is_some();
        Self {
            first: is_later.then(|| address(path, visit, None)),
            next: next.map(|after| address(path, visit, Some(after))),
        }
    }
}

/// The visit's parameters with another place to begin at; notices are not repeated.
fn address(path: &str, visit: &Visit, after: Option<&str>) -> String {
    let query = visit.uri.query().unwrap_or_default();
    let mut pairs = Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name != "after" && name != "done" {
            pairs.append_pair(&name, &value);
        }
    }
    if let Some(after) = after {
        pairs.append_pair("after", after);
    }
    match pairs.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// What is searched for: the address's `search`, trimmed and cut to a sensible length.
pub(crate) fn search(visit: &Visit) -> String {
    let text = visit.query("search").unwrap_or_default();
    text.trim().chars().take(SEARCH_LENGTH_MAX_CHARS).collect()
}
