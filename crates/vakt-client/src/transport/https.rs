//! The carrier of every day: HTTPS by reqwest and rustls.

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use url::Url;

use super::tls::tls_config;
use super::{Method, RESPONSE_BODY_MAX_BYTES, Request, Response, Sink, Transport};
use crate::cloud::Cloud;
use crate::error::{ClientError, ErrorKind};
use crate::web_address::is_loopback;

const CONNECT_TIMEOUT_SECONDS: u64 = 10;
/// Whole exchange; long, because an import writes to disk before it answers.
const REQUEST_TIMEOUT_SECONDS: u64 = 120;
/// Whole download: as long as pieces come, it goes on.
const DOWNLOAD_TIMEOUT_SECONDS: u64 = 24 * 3600;
/// Between two pieces of a download.
const QUIET_TIMEOUT_SECONDS: u64 = 120;
const USER_AGENT: &str = concat!("vakt/", env!("CARGO_PKG_VERSION"));

/// HTTPS without redirects, with the public certificate authorities and the cloud's own.
#[derive(Debug, Clone)]
pub struct HttpsTransport {
    client: reqwest::Client,
}

impl HttpsTransport {
    /// Reads the cloud's certificate authority and sets TLS up.
    pub fn new(cloud: &Cloud) -> Result<Self, ClientError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls_config(cloud.ca.as_deref())?)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(CONNECT_TIMEOUT_SECONDS))
            .timeout(Duration::from_secs(REQUEST_TIMEOUT_SECONDS))
            .user_agent(USER_AGENT);
        if is_loopback(&cloud.login) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| {
            ClientError::new(ErrorKind::Configuration, "the HTTP client could not be set up")
                .with_source(error)
        })?;
        Ok(Self { client })
    }

    fn build(&self, request: &Request) -> Result<reqwest::RequestBuilder, ClientError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.client.request(method, request.url.clone());
        if let Some(token) = &request.bearer {
            let text = format!("Bearer {}", token.expose_secret());
            let mut value = HeaderValue::from_str(&text).map_err(|_| {
                let text = "the token has characters that no header can carry";
                ClientError::new(ErrorKind::Configuration, text).with_hint("get a new token")
            })?;
            value.set_sensitive(true);
            builder = builder.header(AUTHORIZATION, value);
        }
        if let Some(body) = &request.body {
            builder = builder.header(CONTENT_TYPE, body.content_type).body(body.bytes.clone());
        }
        Ok(builder)
    }
}

/// The rest of an answer, if it is not longer than [`RESPONSE_BODY_MAX_BYTES`].
async fn read_whole(
    request: &Request,
    mut answer: reqwest::Response,
) -> Result<Response, ClientError> {
    let lost = |error| connection_error(&request.url, error);
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(lost)? {
        if body.len() + chunk.len() > RESPONSE_BODY_MAX_BYTES {
            let text = format!("the answer has more than {RESPONSE_BODY_MAX_BYTES} bytes");
            return Err(ClientError::new(ErrorKind::UnexpectedAnswer, text)
                .with_hint("ask for smaller pages"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response { body, ..without_body(request, &answer) })
}

fn without_body(request: &Request, answer: &reqwest::Response) -> Response {
    Response {
        url: without_query(&request.url),
        status: answer.status().as_u16(),
        headers: lower_case(answer.headers()),
        body: Vec::new(),
    }
}

#[async_trait]
impl Transport for HttpsTransport {
    async fn send(&self, request: &Request) -> Result<Response, ClientError> {
        let lost = |error| connection_error(&request.url, error);
        let answer = self.build(request)?.send().await.map_err(lost)?;
        read_whole(request, answer).await
    }

    async fn download(
        &self,
        request: &Request,
        sink: &mut Sink<'_>,
    ) -> Result<Response, ClientError> {
        let lost = |error| connection_error(&request.url, error);
        let whole = Duration::from_secs(DOWNLOAD_TIMEOUT_SECONDS);
        let answer = self.build(request)?.timeout(whole).send().await.map_err(lost)?;
        if !answer.status().is_success() {
            return read_whole(request, answer).await;
        }
        let mut answer = answer;
        while let Some(chunk) = next_piece(request, &mut answer).await? {
            sink(&chunk).map_err(|error| {
                ClientError::new(ErrorKind::Configuration, "the answer cannot be written")
                    .with_hint("check the place it is written to")
                    .with_source(error)
            })?;
        }
        Ok(without_body(request, &answer))
    }
}

async fn next_piece(
    request: &Request,
    answer: &mut reqwest::Response,
) -> Result<Option<bytes::Bytes>, ClientError> {
    let quiet = Duration::from_secs(QUIET_TIMEOUT_SECONDS);
    match tokio::time::timeout(quiet, answer.chunk()).await {
        Ok(piece) => piece.map_err(|error| connection_error(&request.url, error)),
        Err(_) => {
            let text = format!("the answer stood still for {QUIET_TIMEOUT_SECONDS} seconds");
            Err(ClientError::new(ErrorKind::Connection, text).with_hint("try again"))
        }
    }
}

fn without_query(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_query(None);
    url
}

fn lower_case(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

fn connection_error(url: &Url, error: reqwest::Error) -> ClientError {
    let hint = if names_certificate(&error) {
        "the server's certificate is not trusted: give its authority with --ca or VAKT_CA"
    } else if error.is_timeout() {
        "the server did not answer in time: check its address and load"
    } else {
        "check the address, and that the server is running"
    };
    let text = format!("{} could not be reached", url.origin().ascii_serialization());
    ClientError::new(ErrorKind::Connection, text).with_hint(hint).with_source(error.without_url())
}

/// Is a refused certificate anywhere among the causes? An `io::Error` hides what it wraps from
/// `source`, and may wrap another one.
fn names_certificate(error: &(dyn Error + 'static)) -> bool {
    if matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_))) {
        return true;
    }
    let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    match wrapped {
        Some(inner) => names_certificate(inner),
        None => error.source().is_some_and(names_certificate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_certificates_are_found_under_wrappings() {
        let refused = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let twice = io::Error::other(io::Error::other(refused));
        assert!(names_certificate(&twice));
        assert!(!names_certificate(&io::Error::other("something else")));
    }
}
