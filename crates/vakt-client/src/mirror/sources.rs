//! The two APIs that incidents are read from, as sources.

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::Value;
use url::Url;
use vakt_wire::graph::Page;

use super::ask::{Ask, Found, Order, Place, SourcePage};
use super::ports::{Api, Source};
use crate::client::Client;
use crate::cloud::CloudKind;
use crate::error::{ClientError, ErrorKind};
use crate::transport::Request;
use crate::web_address::{append_query, rebase, with_path};

/// Largest page of incidents that Microsoft Graph takes.
const GRAPH_PAGE_MAX: u32 = 50;
/// Largest page of incidents that the classic API takes.
const CLASSIC_PAGE_MAX: u32 = 100;
/// Most pages of one incident's alerts.
const ALERT_PAGES_MAX: u32 = 1_000;

/// Incidents in Microsoft Graph.
#[derive(Debug)]
pub struct GraphSource<'a> {
    client: &'a Client,
}

impl<'a> GraphSource<'a> {
    /// Reads as one application; the client should be [`Client::without_retries`].
    pub fn new(client: &'a Client) -> Self {
        Self { client }
    }

    async fn get(&self, url: Url) -> Result<Page<Value>, ClientError> {
        self.client.read(self.client.cloud().graph_resource(), Request::get(url)).await
    }
}

#[async_trait]
impl Source for GraphSource<'_> {
    fn api(&self) -> Api {
        Api::Graph
    }

    fn page_max(&self) -> u32 {
        GRAPH_PAGE_MAX
    }

    fn order(&self) -> Order {
        Order::Ascending
    }

    async fn page(&self, ask: &Ask) -> Result<SourcePage, ClientError> {
        let base = &self.client.cloud().graph;
        let mut list = with_path(base, &["v1.0", "security", "incidents"]);
        append_query(&mut list, "$expand", "alerts");
        if ask.order == Order::Ascending {
            append_query(&mut list, "$orderby", "lastUpdateDateTime asc");
        }
        let url = page_url(base, list, "lastUpdateDateTime", ask)?;
        to_page(self.get(url).await?, "id", "lastUpdateDateTime")
    }

    async fn alerts(&self, incident: &str) -> Result<Option<Vec<Value>>, ClientError> {
        let base = &self.client.cloud().graph;
        let mut url = with_path(base, &["v1.0", "security", "alerts_v2"]);
        let quoted = incident.replace('\'', "''");
        append_query(&mut url, "$filter", &format!("incidentId eq '{quoted}'"));
        let mut alerts = Vec::new();
        for _ in 0..ALERT_PAGES_MAX {
            let page = self.get(url).await?;
            alerts.extend(page.value);
            match page.next_link {
                Some(link) => url = rebase(base, &link)?,
                None => return Ok(Some(alerts)),
            }
        }
        let text = format!("the alerts of incident {incident} do not end");
        Err(ClientError::new(ErrorKind::UnexpectedAnswer, text))
    }

    async fn forget_token(&self) {
        self.client.forget_tokens().await;
    }
}

/// Incidents in the classic API.
#[derive(Debug)]
pub struct ClassicSource<'a> {
    client: &'a Client,
}

impl<'a> ClassicSource<'a> {
    /// Reads as one application; the client should be [`Client::without_retries`].
    pub fn new(client: &'a Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl Source for ClassicSource<'_> {
    fn api(&self) -> Api {
        Api::Classic
    }

    fn page_max(&self) -> u32 {
        CLASSIC_PAGE_MAX
    }

    /// The classic API has no option for an order, and Microsoft names none. Vakt keeps that of
    /// changes when they are filtered from below.
    fn order(&self) -> Order {
        match self.client.cloud().kind {
            CloudKind::Vakt => Order::Ascending,
            CloudKind::Microsoft | CloudKind::MicrosoftUsGovernment => Order::Any,
        }
    }

    async fn page(&self, ask: &Ask) -> Result<SourcePage, ClientError> {
        let cloud = self.client.cloud();
        let list = with_path(&cloud.api, &["api", "incidents"]);
        let url = page_url(&cloud.api, list, "lastUpdateTime", ask)?;
        let page = self.client.read(cloud.api_resource(), Request::get(url)).await?;
        to_page(page, "incidentId", "lastUpdateTime")
    }

    async fn alerts(&self, _: &str) -> Result<Option<Vec<Value>>, ClientError> {
        Ok(None)
    }

    async fn forget_token(&self) {
        self.client.forget_tokens().await;
    }
}

fn page_url(base: &Url, list: Url, time: &str, ask: &Ask) -> Result<Url, ClientError> {
    let mut url = list;
    let mut filter = format!("{time} ge {}", ask.from);
    if let Some(before) = ask.before {
        filter.push_str(&format!(" and {time} lt {before}"));
    }
    append_query(&mut url, "$filter", &filter);
    append_query(&mut url, "$top", &ask.top.to_string());
    match &ask.place {
        Place::Start => {}
        Place::Link(link) => return rebase(base, link),
        Place::Skip(count) => append_query(&mut url, "$skip", &count.to_string()),
    }
    Ok(url)
}

fn to_page(page: Page<Value>, id: &str, time: &str) -> Result<SourcePage, ClientError> {
    let found = |json: Value| {
        let id = match json.get(id) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return Err(unexpected(format!("an incident without `{id}`"))),
        };
        let changed_at = match json.get(time) {
            None | Some(Value::Null) => None,
            Some(value) => Some(read_time(value).ok_or_else(|| {
                unexpected(format!("the incident {id}, whose `{time}` is {value}"))
            })?),
        };
        Ok(Found { id, changed_at, json })
    };
    let incidents = page.value.into_iter().map(found).collect::<Result<_, _>>()?;
    Ok(SourcePage { incidents, next_link: page.next_link })
}

fn read_time(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

fn unexpected(what: String) -> ClientError {
    ClientError::new(ErrorKind::UnexpectedAnswer, format!("the source sent {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{answer, client};

    fn ask(order: Order, before: Option<&str>, place: Place) -> Ask {
        let from = "2026-01-01T00:00:00.1234567Z".parse().unwrap();
        Ask { from, before: before.map(|time| time.parse().unwrap()), order, place, top: 7 }
    }

    #[tokio::test]
    async fn both_apis_are_asked_in_their_own_words() {
        let window = || ask(Order::Any, Some("2026-01-02T00:00:00Z"), Place::Start);
        let ordered = |place| ask(Order::Ascending, None, place);
        let link = || Place::Link("https://else.example/v1.0/security/incidents?$skip=7".into());
        for (api, ask, expected) in [
            (
                Api::Graph,
                ordered(Place::Start),
                "GET /v1.0/security/incidents?$expand=alerts&$orderby=lastUpdateDateTime asc&$filter=lastUpdateDateTime ge 2026-01-01T00%3A00%3A00.1234567Z&$top=7",
            ),
            (
                Api::Graph,
                window(),
                "GET /v1.0/security/incidents?$expand=alerts&$filter=lastUpdateDateTime ge 2026-01-01T00%3A00%3A00.1234567Z and lastUpdateDateTime lt 2026-01-02T00%3A00%3A00Z&$top=7",
            ),
            (Api::Graph, ordered(link()), "GET /v1.0/security/incidents?$skip=7"),
            (
                Api::Classic,
                ordered(Place::Skip(14)),
                "GET /api/incidents?$filter=lastUpdateTime ge 2026-01-01T00%3A00%3A00.1234567Z&$top=7&$skip=14",
            ),
        ] {
            let (client, script) = client(vec![answer(200, r#"{"value":[]}"#)]);
            let page = match api {
                Api::Graph => GraphSource::new(&client).page(&ask).await,
                Api::Classic => ClassicSource::new(&client).page(&ask).await,
            };
            assert!(page.unwrap().incidents.is_empty());
            assert_eq!(script.lines(), [expected]);
        }
    }

    #[tokio::test]
    async fn incidents_are_known_by_id_and_time() {
        let page = r#"{"value":[{"id":"5","lastUpdateDateTime":"2026-01-01T00:00:00.5Z"},{"id":"6","lastUpdateDateTime":null}],"@odata.nextLink":"next"}"#;
        let (client, _) = client(vec![answer(200, page), answer(200, r#"{"value":[{}]}"#)]);
        let source = GraphSource::new(&client);
        let ask = ask(Order::Ascending, None, Place::Start);
        let page = source.page(&ask).await.unwrap();
        let seen = page.incidents.iter().map(|found| (found.id.as_str(), found.changed_at));
        let time = "2026-01-01T00:00:00.5Z".parse().unwrap();
        assert_eq!(seen.collect::<Vec<_>>(), [("5", Some(time)), ("6", None)]);
        assert_eq!(page.next_link.as_deref(), Some("next"));
        let error = source.page(&ask).await.unwrap_err();
        assert_eq!(error.to_string(), "the source sent an incident without `id`");
    }

    #[tokio::test]
    async fn alerts_are_asked_for_by_incident_to_the_last_page() {
        let link = "https://vakt.example/v1.0/security/alerts_v2?$skiptoken=x";
        let first = format!(r#"{{"value":[{{"id":"a"}}],"@odata.nextLink":"{link}"}}"#);
        let (client, script) =
            client(vec![answer(200, &first), answer(200, r#"{"value":[{"id":"b"}]}"#)]);
        let alerts = GraphSource::new(&client).alerts("7").await.unwrap();
        assert_eq!(alerts.unwrap().len(), 2);
        let lines = [
            "GET /v1.0/security/alerts_v2?$filter=incidentId eq '7'",
            "GET /v1.0/security/alerts_v2?$skiptoken=x",
        ];
        assert_eq!(script.lines(), lines);
    }
}
