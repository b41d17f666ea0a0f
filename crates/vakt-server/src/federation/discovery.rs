//! From an issuer to its keys: its configuration document, then the key document that one names.

use std::sync::Arc;

use serde_json::Value;
use url::Url;
use vakt_token::KeySet;

use super::address::Reach;
use super::fetch::{FetchFault, Fetcher};
use super::policy::issuer_url;

/// Why an issuer's keys were not had. Texts are for the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum DiscoveryFault {
    /// Its address.
    #[error("{0}")]
    Issuer(&'static str),
    /// The configuration document.
    #[error("its configuration was not had: {0}")]
    Configuration(FetchFault),
    /// The configuration document's content.
    #[error("its configuration {0}")]
    Content(String),
    /// The key document.
    #[error("its keys were not had: {0}")]
    Keys(FetchFault),
    /// The key document's content.
    #[error("{0}")]
    KeyDocument(String),
}

/// Asks issuers for their keys.
pub(super) struct Discovery {
    fetcher: Fetcher,
}

impl Discovery {
    pub(super) fn new(fetcher: Fetcher) -> Self {
        Self { fetcher }
    }

    /// The keys of an issuer.
    pub(super) async fn keys(
        &self,
        issuer: &str,
        reach: Reach,
    ) -> Result<Arc<KeySet>, DiscoveryFault> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let address = issuer_url(&address).map_err(DiscoveryFault::Issuer)?;
        let configuration = self.fetcher.get(&address, reach).await;
        let configuration = configuration.map_err(DiscoveryFault::Configuration)?;
        let jwks_uri = jwks_uri(&configuration, issuer, &address)?;
        let keys = self.fetcher.get(&jwks_uri, reach).await.map_err(DiscoveryFault::Keys)?;
        let keys = KeySet::read_foreign(&keys);
        keys.map(Arc::new).map_err(|fault| DiscoveryFault::KeyDocument(fault.to_string()))
    }
}

/// Where the keys are. An issuer that calls itself otherwise is another one; keys that come over
/// a weaker line than the configuration would be the weakest part of the chain.
fn jwks_uri(configuration: &[u8], issuer: &str, address: &Url) -> Result<Url, DiscoveryFault> {
    let content = |text: &str| DiscoveryFault::Content(text.to_owned());
    let configuration: Value =
        serde_json::from_slice(configuration).map_err(|_| content("is not JSON"))?;
    let text = |name: &str| configuration.get(name).and_then(Value::as_str);
    if text("issuer") != Some(issuer) {
        let named: String = text("issuer").unwrap_or("nobody").chars().take(200).collect();
        return Err(DiscoveryFault::Content(format!("is that of `{named}`")));
    }
    let uri = text("jwks_uri").ok_or_else(|| content("has no `jwks_uri`"))?;
    let uri = Url::parse(uri).map_err(|_| content("has a `jwks_uri` that is no URL"))?;
    let same_line = uri.scheme() == address.scheme();
    let local_http = uri.scheme() != "http" || uri.host() == address.host();
    if same_line && local_http && uri.username().is_empty() && uri.password().is_none() {
        Ok(uri)
    } else {
        Err(content("has a `jwks_uri` that is not as safe as its own address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_where_the_issuer_itself_says() {
        let issuer = "https://token.example";
        let address = Url::parse("https://token.example/.well-known/openid-configuration").unwrap();
        let with = |named: &str, uri: &str| {
            format!(r#"{{"issuer":"{named}","jwks_uri":"{uri}","more":[1]}}"#)
        };
        for (document, good) in [
            (with(issuer, "https://token.example/keys"), true),
            (with(issuer, "https://keys.example:8443/a?b=c"), true),
            (with(issuer, "http://token.example/keys"), false),
            (with(issuer, "https://user@token.example/keys"), false),
            (with(issuer, "file:///keys"), false),
            (with(issuer, "/keys"), false),
            (with("https://token.example/", "https://token.example/keys"), false),
            (with("https://evil.example", "https://token.example/keys"), false),
            (r#"{"issuer":"https://token.example"}"#.into(), false),
            (r#"{"jwks_uri":"https://token.example/keys"}"#.into(), false),
            ("[]".into(), false),
            ("<html>".into(), false),
        ] {
            let read = jwks_uri(document.as_bytes(), issuer, &address);
            assert_eq!(read.is_ok(), good, "{document}: {read:?}");
        }
    }

    #[test]
    fn plain_http_stays_on_its_own_host() {
        let issuer = "http://127.0.0.1:9000";
        let address = Url::parse("http://127.0.0.1:9000/.well-known/openid-configuration").unwrap();
        for (uri, good) in [
            ("http://127.0.0.1:9000/keys", true),
            ("http://127.0.0.1:9001/keys", true),
            ("http://169.254.169.254/latest", false),
        ] {
            let document = format!(r#"{{"issuer":"{issuer}","jwks_uri":"{uri}"}}"#);
            assert_eq!(jwks_uri(document.as_bytes(), issuer, &address).is_ok(), good, "{uri}");
        }
    }
}
