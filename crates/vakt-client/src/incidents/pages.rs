//! Incidents page by page.

use std::collections::HashSet;

use url::Url;
use vakt_wire::defender::{Incident, IncidentList};

use crate::client::Client;
use crate::error::ClientError;
use crate::transport::Request;
use crate::web_address::{append_query, rebase, with_path};

/// Largest page of the documented API.
const PAGE_MAX: u32 = 100;

/// Which incidents are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentQuery {
    /// OData filter, such as `status eq 'Active'`.
    pub filter: Option<String>,
    /// Most incidents on a page, 1 to 100.
    pub top: Option<u32>,
    /// How many are passed over first.
    pub skip: Option<u32>,
}

/// Incidents in pages. The documented API names no link to the next page, so a full page without
/// one is followed by a request for what comes after it.
#[derive(Debug)]
pub struct IncidentPages<'a> {
    client: &'a Client,
    query: IncidentQuery,
    next: Option<Url>,
    seen: HashSet<i64>,
}

impl<'a> IncidentPages<'a> {
    pub(super) fn new(client: &'a Client, query: &IncidentQuery) -> Self {
        let next = Some(page_url(&client.cloud().api, query));
        Self { client, query: query.clone(), next, seen: HashSet::new() }
    }

    /// The next page, `None` after the last. Incidents that moved onto a later page while it was
    /// fetched are given once.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Incident>>, ClientError> {
        let Some(url) = self.next.take() else { return Ok(None) };
        let cloud = self.client.cloud();
        let page: IncidentList = self.client.read(cloud.api_resource(), Request::get(url)).await?;
        let length = u32::try_from(page.value.len()).unwrap_or(u32::MAX);
        let mut incidents = page.value;
        incidents.retain(|incident| self.seen.insert(incident.incident_id));
        self.next = match page.next_link {
            Some(link) => Some(rebase(&cloud.api, &link)?),
            // A page of old acquaintances means that `$skip` is not honoured: stop.
            None if length >= self.query.top.unwrap_or(PAGE_MAX) && !incidents.is_empty() => {
                self.query.skip = Some(self.query.skip.unwrap_or(0).saturating_add(length));
                Some(page_url(&cloud.api, &self.query))
            }
            None => None,
        };
        Ok(Some(incidents))
    }
}

fn page_url(api: &Url, query: &IncidentQuery) -> Url {
    let mut url = with_path(api, &["api", "incidents"]);
    if let Some(filter) = &query.filter {
        append_query(&mut url, "$filter", filter);
    }
    if let Some(top) = query.top {
        append_query(&mut url, "$top", &top.to_string());
    }
    if let Some(skip) = query.skip {
        append_query(&mut url, "$skip", &skip.to_string());
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Step, answer, client};

    fn page(ids: &[i64], next: &str) -> Step {
        let items: Vec<String> = ids.iter().map(|id| format!(r#"{{"incidentId":{id}}}"#)).collect();
        answer(200, &format!(r#"{{"value":[{}]{next}}}"#, items.join(",")))
    }

    #[tokio::test]
    async fn pages_are_followed_by_link_or_by_count() {
        let link = r#","@odata.nextLink":"https://vakt.example/api/incidents?$skip=2""#;
        for (steps, limit, ids, last) in [
            (vec![page(&[1, 2], link), page(&[3], "")], 9, vec![1, 2, 3], "$skip=2"),
            (
                vec![page(&[1, 2], ""), page(&[2, 3], ""), page(&[], "")],
                9,
                vec![1, 2, 3],
                "$top=2&$skip=4",
            ),
            (vec![page(&[1, 2], ""), page(&[1, 2], "")], 9, vec![1, 2], "$top=2&$skip=2"),
            (vec![page(&[1, 2], link)], 1, vec![1], "$top=2"),
            (vec![page(&[1], "")], 9, vec![1], "$top=2"),
        ] {
            let (client, script) = client(steps);
            let query = IncidentQuery { top: Some(2), ..IncidentQuery::default() };
            let got = client.incidents().list(&query, limit).await.unwrap();
            assert_eq!(got.iter().map(|incident| incident.incident_id).collect::<Vec<_>>(), ids);
            let expected = format!("GET /api/incidents?{last}");
            assert_eq!(script.lines().last(), Some(&expected));
        }
    }
}
