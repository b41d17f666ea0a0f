//! Which kind of token it is: people paste all of them.

use crate::inspect::UntrustedToken;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An access token of an application.
    Application,
    /// An access token of a person who uses an application.
    Person,
    /// An ID token: who signed in.
    Identity,
    /// A client's own proof, sent in place of a secret.
    Assertion,
    /// None of these.
    Other,
}

impl Kind {
    /// The kind, by the claims that only tokens of that kind have.
    pub fn of(token: &UntrustedToken) -> Self {
        let text = |name: &str| token.payload.get(name).and_then(serde_json::Value::as_str);
        let claims = &token.claims;
        let signs_of_identity = ["nonce", "at_hash", "c_hash", "preferred_username"];
        if claims.scp.is_some() {
            Self::Person
        } else if claims.app_id.is_some() {
            Self::Application
        } else if signs_of_identity.iter().any(|name| text(name).is_some()) {
            Self::Identity
        } else if claims.iss.is_some() && claims.iss.as_deref() == text("sub") {
            Self::Assertion
        } else {
            Self::Other
        }
    }

    /// In a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Application => "It is an access token of an application, without a person.",
            Self::Person => "It is an access token of a person who uses an application.",
            Self::Identity => {
                "It is an ID token: it tells an application who signed in, and opens no API. Send the access token that came with it."
            }
            Self::Assertion => {
                "It is a client assertion: an application proves by it who it is. Send it to the token endpoint as client_assertion; the access token is in the answer."
            }
            Self::Other => "It is no access token of a kind that is known here.",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::claims::SeenClaims;

    #[test]
    fn kinds_are_told_by_their_claims() {
        for (payload, expected) in [
            (json!({ "appid": "a", "roles": ["R"] }), Kind::Application),
            (json!({ "azp": "a", "scp": "Files.Read" }), Kind::Person),
            (json!({ "aud": "a", "nonce": "n" }), Kind::Identity),
            (json!({ "aud": "a", "preferred_username": "ada@contoso.com" }), Kind::Identity),
            (json!({ "iss": "a", "sub": "a" }), Kind::Assertion),
            (json!({ "iss": "https://ci", "sub": "job" }), Kind::Other),
            (json!({}), Kind::Other),
        ] {
            let header_json = json!({ "alg": "RS256" });
            let token = UntrustedToken {
                header: serde_json::from_value(header_json.clone()).unwrap(),
                header_json,
                claims: SeenClaims::from_json(&payload),
                payload,
            };
            assert_eq!(Kind::of(&token), expected, "{}", token.payload);
        }
    }
}
