//! Tokens in memory, by resource, until shortly before they expire.

use std::collections::HashMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::error::ClientError;

/// A token with less time left counts as expired: it must outlive the request it is sent with,
/// and clocks differ.
const TIME_LEFT_MIN_SECONDS: i64 = 300;

/// The tokens of one application in one tenant.
#[derive(Default)]
pub struct TokenCache {
    tokens: Mutex<HashMap<String, CachedToken>>,
}

struct CachedToken {
    token: SecretString,
    expires_at: Timestamp,
}

impl TokenCache {
    /// The cached token, or what `request` brings (token and expiry). Callers that ask at the same
    /// time wait for one request.
    pub async fn get_or_request<F>(
        &self,
        resource: &str,
        now: Timestamp,
        request: F,
    ) -> Result<SecretString, ClientError>
    where
        F: Future<Output = Result<(SecretString, Timestamp), ClientError>>,
    {
        let mut tokens = self.tokens.lock().await;
        if let Some(cached) = tokens.get(resource).filter(|cached| cached.is_fresh(now)) {
            return Ok(cached.token.clone());
        }
        let (token, expires_at) = request.await?;
        tokens.insert(resource.to_owned(), CachedToken { token: token.clone(), expires_at });
        Ok(token)
    }

    /// Forgets all tokens: the next call asks for a new one.
    pub async fn clear(&self) {
        self.tokens.lock().await.clear();
    }
}

impl CachedToken {
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.expires_at.duration_since(now) > SignedDuration::from_secs(TIME_LEFT_MIN_SECONDS)
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[tokio::test]
    async fn tokens_are_kept_until_five_minutes_before_expiry() {
        let cache = TokenCache::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        for (now, fresh, expected) in
            [(0, "first", "first"), (3299, "second", "first"), (3300, "third", "third")]
        {
            let request = async { Ok((fresh.into(), at(now + 3600))) };
            let token = cache.get_or_request("r", at(now), request).await.unwrap();
            assert_eq!(token.expose_secret(), expected);
        }
    }
}
