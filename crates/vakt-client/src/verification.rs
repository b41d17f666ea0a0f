//! Was a token signed by the issuer it names? Keys are fetched from the caller's own server and
//! from Microsoft's login hosts, and from nobody else: a token may name any address.

use url::Url;
use vakt_token::explain::Verification;
use vakt_token::{KeySet, UntrustedToken};

use crate::cloud::{Cloud, CloudKind};
use crate::discovery::{fetch_configuration, fetch_keys};
use crate::error::{ClientError, ErrorKind};
use crate::transport::Transport;
use crate::web_address::{rebase, with_path};

/// Hosts of Microsoft that speak for issuers.
const MICROSOFT_LOGIN_HOSTS: &[&str] = &[
    "login.microsoftonline.com",
    "sts.windows.net",
    "login.windows.net",
    "login.microsoft.com",
    "login.microsoftonline.us",
];

/// Checks the signature of `token` (taken apart as `seen`) against its issuer's keys. `server` is
/// the caller's own server, if there is one.
pub async fn verify_token(
    transport: &dyn Transport,
    server: Option<&Cloud>,
    token: &str,
    seen: &UntrustedToken,
) -> Verification {
    match issuer_keys(transport, server, seen).await {
        Ok(keys) => Verification::of(token, seen, &keys),
        Err(error) => Verification::Unknown { reason: error.to_string() },
    }
}

async fn issuer_keys(
    transport: &dyn Transport,
    server: Option<&Cloud>,
    seen: &UntrustedToken,
) -> Result<KeySet, ClientError> {
    let unknown = |text: String| ClientError::new(ErrorKind::Configuration, text);
    let named = seen.claims.iss.as_deref();
    let issuer = named.ok_or_else(|| unknown("it names no issuer".into()))?;
    let authority = Url::parse(issuer)
        .map_err(|_| unknown(format!("its issuer `{issuer}` is not an address")))?;
    let of_microsoft = is_microsoft(&authority);
    if let Some(cloud) = server {
        if authority.origin() == cloud.login.origin() {
            return keys_at(transport, &authority, issuer).await;
        }
        // A server that took over Microsoft's names issues under Microsoft's issuer.
        if of_microsoft && cloud.kind == CloudKind::Vakt {
            let tenant = seen.claims.tid.as_deref().unwrap_or("common");
            let own = own_authority(cloud, tenant, seen.claims.ver.as_deref());
            if let Ok(keys) = keys_at(transport, &own, issuer).await {
                return Ok(keys);
            }
        }
    }
    if of_microsoft && authority.scheme() == "https" {
        return keys_at(transport, &authority, issuer).await;
    }
    Err(unknown(format!(
        "its issuer `{issuer}` is neither your server nor Microsoft: name your server with --profile or VAKT_URL"
    )))
}

fn own_authority(cloud: &Cloud, tenant: &str, version: Option<&str>) -> Url {
    match version {
        Some("2.0") => with_path(&cloud.login, &[tenant, "v2.0"]),
        _ => with_path(&cloud.login, &[tenant]),
    }
}

fn is_microsoft(authority: &Url) -> bool {
    authority.host_str().is_some_and(|host| MICROSOFT_LOGIN_HOSTS.contains(&host))
}

/// The keys that the document at `authority` names, if it speaks for `issuer`.
async fn keys_at(
    transport: &dyn Transport,
    authority: &Url,
    issuer: &str,
) -> Result<KeySet, ClientError> {
    let configuration = fetch_configuration(transport, authority).await?;
    if configuration.issuer != issuer {
        let text = format!("{authority} speaks for another issuer: {}", configuration.issuer);
        return Err(ClientError::new(ErrorKind::UnexpectedAnswer, text));
    }
    // Microsoft's key documents may live on another of its own hosts; all others stay at home.
    let elsewhere = Url::parse(&configuration.jwks_uri)
        .ok()
        .filter(|keys| is_microsoft(authority) && is_microsoft(keys) && keys.scheme() == "https");
    let keys = match elsewhere {
        Some(keys) => keys,
        None => rebase(authority, &configuration.jwks_uri)?,
    };
    Ok(KeySet::from_jwks(&fetch_keys(transport, keys).await?))
}

#[cfg(test)]
mod tests;
