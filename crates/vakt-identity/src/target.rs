//! A token request as it arrived, and the one resource it asks for.

use std::fmt;

use secrecy::SecretString;

use crate::refusal::Refusal;

/// Which endpoint was called; it shapes the answer, never the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `/oauth2/token`, with `resource`.
    V1,
    /// `/oauth2/v2.0/token`, with `scope`.
    V2,
}

/// A signed assertion in place of a secret.
#[derive(Clone, Default)]
pub struct Assertion {
    /// The JWT.
    pub token: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    pub kind: Option<String>,
}

impl fmt::Debug for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Assertion(hidden)")
    }
}

/// How the client proves itself.
#[derive(Debug, Clone, Default)]
pub struct Credential {
    /// A secret, from the form or from HTTP Basic.
    pub secret: Option<SecretString>,
    /// The same, read in other ways: senders of HTTP Basic encode it in three.
    pub other_readings: Vec<SecretString>,
    /// An assertion.
    pub assertion: Option<Assertion>,
}

/// A token request: what was sent, nothing judged yet.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// Endpoint.
    pub endpoint: Endpoint,
    /// The tenant's path segment.
    pub tenant: String,
    /// `grant_type`.
    pub grant_type: Option<String>,
    /// `client_id`.
    pub client_id: Option<String>,
    /// Proof.
    pub credential: Credential,
    /// `scope`.
    pub scope: Option<String>,
    /// `resource`.
    pub resource: Option<String>,
}

/// Scopes that sign-in libraries add whatever the grant.
const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "offline_access", "email"];
const DEFAULT_SUFFIX: &str = "/.default";

/// The resource asked for, as spelled: v1's `resource`, or v2's `scope` without one `/.default`.
pub fn requested_resource(request: &TokenRequest) -> Result<&str, Refusal> {
    match request.endpoint {
        Endpoint::V1 => given(&request.resource).ok_or(Refusal::MissingParameter("resource")),
        Endpoint::V2 if given(&request.resource).is_some() => Err(Refusal::ResourceNotSupported),
        Endpoint::V2 => of_scope(given(&request.scope).ok_or(Refusal::MissingParameter("scope"))?),
    }
}

fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|value| !value.is_empty())
}

fn of_scope(scope: &str) -> Result<&str, Refusal> {
    let wanted = |word: &&str| !SIGN_IN_SCOPES.iter().any(|known| known.eq_ignore_ascii_case(word));
    let mut words = scope.split_ascii_whitespace().filter(wanted);
    let Some(word) = words.next() else { return Err(Refusal::MissingParameter("scope")) };
    if words.any(|other| other != word) {
        return Err(Refusal::SeveralResources { scope: scope.to_owned() });
    }
    match word.strip_suffix(DEFAULT_SUFFIX) {
        Some(resource) if looks_like_resource(resource) => Ok(resource),
        Some(_) => Err(Refusal::InvalidScope { scope: word.to_owned() }),
        None => Err(Refusal::ScopeWithoutDefault { scope: word.to_owned() }),
    }
}

/// An absolute URI or a GUID; `user.read` is neither.
fn looks_like_resource(text: &str) -> bool {
    text.contains(':') || text.parse::<vakt_ids::AppId>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_libraries_write_them() {
        for (scope, expected) in [
            ("https://x/.default", Ok("https://x")),
            ("https://x//.default", Ok("https://x/")),
            ("openid https://x/.default profile", Ok("https://x")),
            ("offline_access  api://a/.default", Ok("api://a")),
            (
                "8ee8fdad-f234-4243-8f3b-15c294843740/.default",
                Ok("8ee8fdad-f234-4243-8f3b-15c294843740"),
            ),
            ("https://x/.default https://x/.default", Ok("https://x")),
            ("openid profile", Err(900_144)),
            ("user.read/.default", Err(70_011)),
            ("/.default", Err(70_011)),
            ("https://x/Incident.Read.All", Err(1_002_012)),
            ("https://x/.default https://y/.default", Err(700_022)),
        ] {
            let read = of_scope(scope).map_err(|refusal| refusal.code());
            assert_eq!(read, expected, "for {scope}");
        }
    }
}
