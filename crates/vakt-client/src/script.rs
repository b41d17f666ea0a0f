//! A carrier for tests: answers from a script, keeps what was sent.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Timestamp;
use url::Url;

use crate::client::Client;
use crate::cloud::Cloud;
use crate::credential::ClientSecret;
use crate::error::{ClientError, ErrorKind};
use crate::transport::{Method, Request, Response, Sink, Transport};

/// What happens to one request.
pub(crate) enum Step {
    Answer(Response),
    Broken,
}

/// Answers in order; more requests than steps are a fault of the test.
pub(crate) struct Script {
    steps: Mutex<VecDeque<Step>>,
    sent: Mutex<Vec<Request>>,
}

impl Script {
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self { steps: Mutex::new(steps.into()), sent: Mutex::default() }
    }

    pub(crate) fn sent(&self) -> Vec<Request> {
        self.sent.lock().unwrap().clone()
    }

    /// `METHOD /path?query body`, one line per request after the token requests.
    pub(crate) fn lines(&self) -> Vec<String> {
        let of_api = |request: &&Request| request.bearer.is_some();
        self.sent().iter().filter(of_api).map(line).collect()
    }
}

fn line(request: &Request) -> String {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    };
    let target = &request.url[url::Position::BeforePath..];
    let target = percent_decode(target);
    match &request.body {
        Some(body) => format!("{method} {target} {}", String::from_utf8_lossy(&body.bytes)),
        None => format!("{method} {target}"),
    }
}

fn percent_decode(text: &str) -> String {
    text.replace("%20", " ")
        .replace("%27", "'")
        .replace("%2C", ",")
        .replace("%28", "(")
        .replace("%29", ")")
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: &Request) -> Result<Response, ClientError> {
        self.sent.lock().unwrap().push(request.clone());
        let step = self.steps.lock().unwrap().pop_front();
        match step.unwrap_or_else(|| panic!("no answer left for {request:?}")) {
            Step::Answer(response) => Ok(response),
            Step::Broken => Err(ClientError::new(ErrorKind::Connection, "broken")),
        }
    }

    async fn download(
        &self,
        request: &Request,
        sink: &mut Sink<'_>,
    ) -> Result<Response, ClientError> {
        let answer = self.send(request).await?;
        sink(&answer.body).unwrap();
        Ok(answer)
    }
}

pub(crate) fn response(status: u16, body: &str) -> Response {
    let url = Url::parse("https://vakt.example/").unwrap();
    Response { url, status, headers: BTreeMap::new(), body: body.as_bytes().to_vec() }
}

pub(crate) fn answer(status: u16, body: &str) -> Step {
    Step::Answer(response(status, body))
}

pub(crate) fn get(path: &str) -> Request {
    Request::get(Url::parse("https://vakt.example").unwrap().join(path).unwrap())
}

pub(crate) fn post(path: &str) -> Request {
    Request::json(Method::Post, get(path).url, b"{}".to_vec())
}

/// A client of `cloud` whose first request, for a token, is answered, and then the script runs.
pub(crate) fn client_of(cloud: Cloud, steps: Vec<Step>) -> (Client, Arc<Script>) {
    let token =
        r#"{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"tok"}"#;
    let mut all = vec![answer(200, token)];
    all.extend(steps);
    let script = Arc::new(Script::new(all));
    let credential = ClientSecret::new("app", "secret".into());
    let clock = Arc::new(|| Timestamp::UNIX_EPOCH);
    (Client::new(cloud, "contoso", credential, script.clone(), clock), script)
}

/// As [`client_of`], for a Vakt server.
pub(crate) fn client(steps: Vec<Step>) -> (Client, Arc<Script>) {
    client_of(Cloud::vakt("https://vakt.example", None).unwrap(), steps)
}
