//! Whose keys a token's signature is checked against: our own, or those of an issuer that the
//! person names, where the operator lets this server ask it.

use std::sync::Arc;

use url::Url;
use vakt_identity::{IssuerFault, SigningKeys};
use vakt_token::explain::Verification;
use vakt_token::{TokenError, UntrustedToken, verify_signature};

use crate::pages::{Stop, Visit};

/// Longest address of a configuration document.
pub(super) const DISCOVERY_LENGTH_MAX_CHARS: usize = 2048;
/// What such addresses end with, after the issuer.
const DOCUMENT: &str = "/.well-known/openid-configuration";
/// `{"`, as every token begins.
const TOKEN_BEGINS: &str = "eyJ";

/// Our keys, and what became of the signature.
pub(super) struct Keys {
    pub own: Arc<SigningKeys>,
    pub verification: Verification,
    /// The foreign issuer whose keys were taken.
    pub foreign: Option<String>,
}

impl Keys {
    /// Checks the signature: against our own keys first, for then nobody has to be asked.
    pub(super) async fn find(
        visit: &Visit,
        token: &str,
        seen: &UntrustedToken,
        discovery: &str,
    ) -> Result<Self, Stop> {
        let own = visit.app.identity.keys().await?;
        let stranger = match verify_signature(token, own.public()) {
            Err(TokenError::UnknownKey(_) | TokenError::Algorithm(_) | TokenError::Type(_)) => {
                !names_us(visit, seen)
            }
            _ => false,
        };
        if !stranger {
            let verification = Verification::of(token, seen, own.public());
            return Ok(Self { own, verification, foreign: None });
        }
        Ok(match foreign(visit, token, seen, discovery).await {
            Ok((issuer, verification)) => Self { own, verification, foreign: Some(issuer) },
            Err(reason) => {
                Self { own, verification: Verification::Unknown { reason }, foreign: None }
            }
        })
    }
}

/// Does a token say that it is from here?
fn names_us(visit: &Visit, seen: &UntrustedToken) -> bool {
    let claims = &seen.claims;
    let text = |claim: &Option<String>| claim.clone().unwrap_or_default();
    let (issuer, tenant, version) = (text(&claims.iss), text(&claims.tid), text(&claims.ver));
    visit.app.names.accepts_issuer(&issuer, &tenant, &version)
}

/// The issuer that the person names and its judgement, or why it was not asked and what to do.
async fn foreign(
    visit: &Visit,
    token: &str,
    seen: &UntrustedToken,
    discovery: &str,
) -> Result<(String, Verification), String> {
    if discovery.is_empty() {
        return Err("no key of this server made it. If it is from another issuer, give the address of that issuer's configuration below".into());
    }
    let issuer = issuer_of(discovery)?;
    let wrong = || {
        let reason = "none of this server's keys made it".into();
        Ok((issuer.to_owned(), Verification::Wrong { reason }))
    };
    let origin = Url::parse(issuer).map(|url| url.origin().ascii_serialization());
    let origin = origin.unwrap_or_default();
    if origin == visit.origin {
        return wrong();
    }
    let kid = seen.header.kid.as_deref().unwrap_or_default();
    match visit.app.identity.issuer_keys(issuer, kid).await {
        Ok(keys) => Ok((issuer.to_owned(), Verification::of(token, seen, &keys))),
        // Another port of our name may be an issuer that the operator lists; else it is ours.
        Err(IssuerFault::NotAllowed) if visit.app.names.is_own_origin(&origin) => wrong(),
        Err(IssuerFault::NotAllowed) => Err(format!(
            "this server may not ask {issuer}. The operator can allow it with `--federation-issuer`; `vakt token inspect` asks your own server and Microsoft's from your machine"
        )),
        Err(IssuerFault::Unreachable) => Err(format!(
            "{issuer} did not answer as an issuer does. Check the address and try again in a minute; the server's log has the reason"
        )),
    }
}

/// The issuer whose document it is. Only addresses go on from here, for refusals are logged.
fn issuer_of(discovery: &str) -> Result<&str, String> {
    let wrong = "that is not the address of an issuer's configuration. Give one that begins with https:// and ends with /.well-known/openid-configuration";
    let issuer = discovery.strip_suffix(DOCUMENT).unwrap_or(discovery);
    let is_short = discovery.len() <= DISCOVERY_LENGTH_MAX_CHARS;
    let is_address = issuer.starts_with("https://") || issuer.starts_with("http://");
    // Such addresses have no query and no fragment, and that is where other sites put tokens.
    let may_hold_token = issuer.contains(['?', '#', '@']) || issuer.contains(TOKEN_BEGINS);
    if is_short && is_address && !may_hold_token { Ok(issuer) } else { Err(wrong.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_issuers_are_taken() {
        for (discovery, expected) in [
            ("https://i.example/.well-known/openid-configuration", Some("https://i.example")),
            ("https://i.example/t/v2.0", Some("https://i.example/t/v2.0")),
            ("http://127.0.0.1:9000", Some("http://127.0.0.1:9000")),
            ("eyJhbGciOiJSUzI1NiJ9.e30.c2ln", None),
            ("https://i.example/#access_token=eyJhbGciOiJSUzI1NiJ9.e30.c2ln", None),
            ("https://i.example/eyJhbGciOiJSUzI1NiJ9.e30.c2ln", None),
            ("https://i.example/?code=0.AXYA", None),
            ("https://user:password@i.example", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(issuer_of(discovery).ok(), expected, "{discovery}");
        }
        let long = format!("https://{}", "a".repeat(DISCOVERY_LENGTH_MAX_CHARS));
        assert!(issuer_of(&long).is_err());
    }
}
