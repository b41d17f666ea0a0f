//! Secrets of applications.

use jiff::Timestamp;
use serde_json::json;
use vakt_wire::graph::{PasswordCredential, RemovePassword};

use super::Graph;
use crate::error::ClientError;
use crate::transport::Method;

/// What a new secret should be like.
#[derive(Debug, Clone, Default)]
pub struct NewPassword {
    /// Description.
    pub description: Option<String>,
    /// End; the server's default is two years ahead.
    pub expires: Option<Timestamp>,
}

impl Graph<'_> {
    /// Makes a secret. The answer's `secret_text` is shown this once.
    pub async fn add_password(
        &self,
        object_id: &str,
        new: NewPassword,
    ) -> Result<PasswordCredential, ClientError> {
        // Members that are not set stay out of the body: null is not the same to everyone.
        let mut wish = serde_json::Map::new();
        if let Some(description) = new.description {
            wish.insert("displayName".into(), description.into());
        }
        if let Some(expires) = new.expires {
            wish.insert("endDateTime".into(), expires.to_string().into());
        }
        let body = json!({ "passwordCredential": wish });
        self.post(&["applications", object_id, "addPassword"], &body).await
    }

    /// Removes a secret.
    pub async fn remove_password(&self, object_id: &str, key_id: &str) -> Result<(), ClientError> {
        let body = RemovePassword { key_id: key_id.to_owned() };
        self.change(Method::Post, &["applications", object_id, "removePassword"], &body).await
    }
}
