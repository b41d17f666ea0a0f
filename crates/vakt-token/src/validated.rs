//! Tokens that were validated already. Clients send one token for an hour; looking at its signature
//! once is enough, while everything that can change is looked at each time.

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256, digest};
use moka::sync::Cache;

use crate::error::TokenError;
use crate::header::TOKEN_LENGTH_MAX_BYTES;
use crate::jwks::KeySet;
use crate::validate::{Expected, ValidToken, check_again, validate};

/// Most tokens remembered; each takes under 1 KiB. Tokens themselves are not kept: somebody who can
/// read memory should not find them here.
pub const VALIDATED_TOKENS_MAX: u64 = 10_000;
/// How long a token that nobody sends any more is remembered.
const IDLE_MAX_SECONDS: u64 = 600;

/// What a token is known by where its text must not lie: the SHA-256 of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenName([u8; 32]);

impl TokenName {
    /// The name of a token.
    pub fn of(token: &str) -> Self {
        let mut name = [0; 32];
        name.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        Self(name)
    }

    /// The name of the token together with what it was sent for, part by part.
    pub fn with(&self, parts: &[&str]) -> Self {
        let mut together = Context::new(&SHA256);
        together.update(&self.0);
        for part in parts {
            together.update(&part.len().to_le_bytes());
            together.update(part.as_bytes());
        }
        let mut name = [0; 32];
        name.copy_from_slice(together.finish().as_ref());
        Self(name)
    }
}

/// Validates tokens, and remembers those that passed by the SHA-256 of their text.
pub struct ValidatedTokens {
    tokens: Cache<TokenName, Arc<ValidToken>>,
}

impl Default for ValidatedTokens {
    fn default() -> Self {
        let tokens = Cache::builder()
            .max_capacity(VALIDATED_TOKENS_MAX)
            .time_to_idle(Duration::from_secs(IDLE_MAX_SECONDS))
            .build();
        Self { tokens }
    }
}

impl ValidatedTokens {
    /// As [`validate()`] does. A token that passed before passes again only while its key is one of
    /// `keys` and its issuer, audience and times are as expected now.
    pub fn validate(
        &self,
        token: &str,
        keys: &KeySet,
        expected: &Expected<'_>,
    ) -> Result<Arc<ValidToken>, TokenError> {
        if token.len() > TOKEN_LENGTH_MAX_BYTES {
            return validate(token, keys, expected).map(Arc::new);
        }
        self.validate_named(&TokenName::of(token), token, keys, expected)
    }

    /// The same of a token whose name is known.
    pub fn validate_named(
        &self,
        name: &TokenName,
        token: &str,
        keys: &KeySet,
        expected: &Expected<'_>,
    ) -> Result<Arc<ValidToken>, TokenError> {
        if let Some(known) = self.tokens.get(name) {
            return check_again(&known, keys, expected).map(|()| known);
        }
        let valid = Arc::new(validate(token, keys, expected)?);
        self.tokens.insert(*name, valid.clone());
        Ok(valid)
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::{AccessClaims, SigningKey, TokenVersion, generate_pkcs8};

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    struct Bench {
        tokens: ValidatedTokens,
        key: SigningKey,
        token: String,
    }

    impl Bench {
        fn new() -> Self {
            let key = SigningKey::new(&generate_pkcs8().unwrap(), b"certificate".to_vec()).unwrap();
            let claims = AccessClaims {
                aud: "https://api".into(),
                iss: "https://us/t/".into(),
                exp: 3_600,
                appid: Some("client".into()),
                oid: "principal".into(),
                sub: "principal".into(),
                tid: "t".into(),
                ver: "1.0".into(),
                ..AccessClaims::default()
            };
            let token = key.sign(TokenVersion::V1, &claims).unwrap();
            Self { tokens: ValidatedTokens::default(), key, token }
        }

        fn keys(&self) -> KeySet {
            let mut keys = KeySet::new();
            keys.insert(self.key.kid().to_owned(), self.key.public_key());
            keys
        }

        fn ask(&self, keys: &KeySet, audience: &str, issuer: &str, seconds: i64) -> String {
            let expected = Expected {
                issuer: &|iss, _, _| iss == issuer,
                audience: &|aud| aud == audience,
                now: START.saturating_add(SignedDuration::from_secs(seconds)).unwrap(),
            };
            match self.tokens.validate(&self.token, keys, &expected) {
                Ok(valid) => valid.app_id.clone(),
                Err(error) => error.to_string(),
            }
        }
    }

    #[test]
    fn what_passed_once_passes_only_while_all_that_can_change_is_as_it_was() {
        let bench = Bench::new();
        let keys = bench.keys();
        // Twice: the second round finds the token remembered, and must say the same.
        for round in ["fresh", "remembered"] {
            for (keys, audience, issuer, seconds, expected) in [
                (&keys, "https://api", "https://us/t/", 0, "client"),
                (&keys, "https://api", "https://us/t/", 3_899, "client"),
                (&keys, "https://api", "https://us/t/", 3_900, "the token expired at"),
                (&keys, "https://api", "https://us/t/", -301, "the token is not valid before"),
                (&keys, "https://other", "https://us/t/", 0, "the token's audience `https://api`"),
                (&keys, "https://api", "https://them/t/", 0, "the token's issuer `https://us/t/`"),
                (&KeySet::new(), "https://api", "https://us/t/", 0, "the token's signing key"),
            ] {
                let said = bench.ask(keys, audience, issuer, seconds);
                assert!(said.starts_with(expected), "{round}: {said}, not {expected}");
            }
        }
        assert_eq!(bench.tokens.tokens.iter().count(), 1);
    }

    #[test]
    fn a_token_has_another_name_with_each_thing_it_was_sent_for() {
        let token = TokenName::of("token");
        let sent: [&[&str]; 6] = [&[], &[""], &["ab"], &["a", "b"], &["", "ab"], &["ab", ""]];
        let mut names: Vec<TokenName> = sent.iter().map(|parts| token.with(parts)).collect();
        names.extend([token, TokenName::of("other").with(&["ab"])]);
        for (index, name) in names.iter().enumerate() {
            assert_eq!(names.iter().position(|other| other == name), Some(index));
        }
    }

    #[test]
    fn refused_tokens_leave_nothing_behind() {
        let mut bench = Bench::new();
        bench.token.replace_range(..1, "f");
        assert_ne!(bench.ask(&bench.keys(), "https://api", "https://us/t/", 0), "client");
        assert_eq!(bench.tokens.tokens.iter().count(), 0);
    }
}
