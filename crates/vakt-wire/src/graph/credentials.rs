//! Credentials of applications and service principals, and the actions that change them.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::null::null_is_default;

/// A certificate that an application proves itself with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct KeyCredential {
    /// Key id.
    pub key_id: Option<String>,
    /// What the owner marked it with, base64; the SHA-1 thumbprint otherwise.
    pub custom_key_identifier: Option<String>,
    /// `AsymmetricX509Cert`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// `Verify`.
    pub usage: Option<String>,
    /// Description.
    pub display_name: Option<String>,
    /// Start.
    pub start_date_time: Option<Timestamp>,
    /// End.
    pub end_date_time: Option<Timestamp>,
    /// The certificate, base64. In answers only where one object's `keyCredentials` were selected.
    pub key: Option<String>,
}

/// A secret; its text is there once, in the answer that made it.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PasswordCredential {
    /// Key id.
    pub key_id: Option<String>,
    /// Description.
    pub display_name: Option<String>,
    /// First three characters of the text.
    pub hint: Option<String>,
    /// Start.
    pub start_date_time: Option<Timestamp>,
    /// End.
    pub end_date_time: Option<Timestamp>,
    /// The value, shown once.
    pub secret_text: Option<String>,
    /// Always null for secrets made here.
    pub custom_key_identifier: Option<String>,
}

impl fmt::Debug for PasswordCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordCredential")
            .field("key_id", &self.key_id)
            .field("display_name", &self.display_name)
            .field("end_date_time", &self.end_date_time)
            .finish_non_exhaustive()
    }
}

/// Body of `addPassword`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AddPassword {
    /// What the new secret should be like.
    pub password_credential: Option<PasswordCredential>,
}

/// Body of `removePassword`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemovePassword {
    /// The secret.
    pub key_id: String,
}

/// Body of `addKey`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddKey {
    /// The certificate.
    pub key_credential: KeyCredential,
    /// Only for keys that encrypt, which are not kept here.
    #[serde(default)]
    pub password_credential: Option<PasswordCredential>,
    /// A token signed with a certificate that is there already.
    pub proof: String,
}

impl fmt::Debug for AddKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddKey")
            .field("key_credential", &self.key_credential)
            .finish_non_exhaustive()
    }
}

/// Body of `removeKey`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoveKey {
    /// The certificate.
    pub key_id: String,
    /// A token signed with a certificate that is there already.
    pub proof: String,
}

impl fmt::Debug for RemoveKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoveKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// A subject of a foreign issuer that may act as the application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FederatedIdentityCredential {
    /// Id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Name, unique within the application and never changed.
    pub name: String,
    /// `iss` of its tokens.
    pub issuer: String,
    /// `sub` of its tokens.
    pub subject: String,
    /// `aud` of its tokens; exactly one.
    #[serde(deserialize_with = "null_is_default")]
    pub audiences: Vec<String>,
    /// Description.
    pub description: Option<String>,
}
