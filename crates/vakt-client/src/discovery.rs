//! Discovery documents and keys of an issuer.

use url::Url;
use vakt_token::Jwks;
use vakt_wire::entra::OpenIdConfiguration;

use crate::answer::read;
use crate::error::ClientError;
use crate::retry::send_patiently;
use crate::transport::{Request, Transport};

/// Fetches `{authority}/.well-known/openid-configuration`.
pub async fn fetch_configuration(
    transport: &dyn Transport,
    authority: &Url,
) -> Result<OpenIdConfiguration, ClientError> {
    let mut url = authority.clone();
    let path = format!("{}/.well-known/openid-configuration", url.path().trim_end_matches('/'));
    url.set_path(&path);
    url.set_query(None);
    read(&send_patiently(transport, &Request::get(url)).await?)
}

/// Fetches a key document.
pub async fn fetch_keys(transport: &dyn Transport, keys: Url) -> Result<Jwks, ClientError> {
    read(&send_patiently(transport, &Request::get(keys)).await?)
}
