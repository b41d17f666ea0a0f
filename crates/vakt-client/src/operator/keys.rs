//! Keys that sign tokens.

use vakt_wire::operator::{Key, KeyList, NewKey, RetireKey};

use super::Operator;
use crate::error::ClientError;

impl Operator<'_> {
    /// All keys, the youngest first.
    pub async fn keys(&self) -> Result<Vec<Key>, ClientError> {
        Ok(self.get::<KeyList>(&["keys"], &[]).await?.value)
    }

    /// Makes a key, which signs later or at once.
    pub async fn rotate_keys(&self, new: &NewKey) -> Result<Key, ClientError> {
        self.post(&["keys"], new).await
    }

    /// Retires a key.
    pub async fn retire_key(&self, kid: &str, how: &RetireKey) -> Result<Key, ClientError> {
        self.post(&["keys", kid, "retire"], how).await
    }
}
