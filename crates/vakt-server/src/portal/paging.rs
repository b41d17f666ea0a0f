//! Pages of a list: where the next one begins, and how addresses name it.

use form_urlencoded::Serializer;

use crate::pages::Visit;

/// Lines of one page of a list.
pub(crate) const LINES_MAX: u32 = 25;
/// Longest text that is searched for.
const SEARCH_LENGTH_MAX_CHARS: usize = 120;

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
        let is_later = visit.query("after").is_some();
        Self {
            first: is_later.then(|| address(visit, None)),
            next: next.map(|after| address(visit, Some(after))),
        }
    }
}

/// The visit's address with another place to begin at; notices are not repeated.
fn address(visit: &Visit, after: Option<&str>) -> String {
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
        query if query.is_empty() => visit.uri.path().to_owned(),
        query => format!("{}?{query}", visit.uri.path()),
    }
}

/// What is searched for: the address's `search`, trimmed and cut to a sensible length.
pub(crate) fn search(visit: &Visit) -> String {
    let text = visit.query("search").unwrap_or_default();
    text.trim().chars().take(SEARCH_LENGTH_MAX_CHARS).collect()
}
