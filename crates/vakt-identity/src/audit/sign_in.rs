//! Token requests, as they are recorded: one event for each, whatever came of it.

use std::net::IpAddr;

use jiff::Timestamp;
use vakt_ids::{AppId, KeyId, ObjectId, TenantId};

/// One token request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// When.
    pub at: Timestamp,
    /// The tenant; `None` if the request named none that exists.
    pub tenant: Option<TenantId>,
    /// The client, if it was readable.
    pub app: Option<AppId>,
    /// The client's name, if it is known.
    pub app_name: String,
    /// Its service principal, if there is one.
    pub principal: Option<ObjectId>,
    /// The resource's application, if it was found.
    pub resource_app: Option<AppId>,
    /// The resource's service principal, if it was found.
    pub resource_principal: Option<ObjectId>,
    /// The resource's name; as it was asked for if it was not found.
    pub resource_name: String,
    /// From where.
    pub address: Option<IpAddr>,
    /// The caller's `User-Agent`, cut.
    pub user_agent: String,
    /// 0 if a token was issued, else the AADSTS number.
    pub error_code: u32,
    /// The caller's id of the request.
    pub correlation: String,
    /// Our id of the request: `x-ms-request-id` and `trace_id`.
    pub request_id: String,
    /// `uti` of the issued token; empty if there is none.
    pub token_id: String,
    /// What the client proved itself with.
    pub credential: CredentialKind,
    /// Which one of them, if it was found.
    pub key_id: Option<KeyId>,
    /// How many like it this line stands for: beyond the limits on failures they are counted, not
    /// written one by one.
    pub count: u32,
}

/// Kinds of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// None was sent, or none that could be told.
    None,
    /// A secret.
    Secret,
    /// An assertion signed with a registered certificate.
    Certificate,
    /// A token of a trusted issuer.
    Federated,
}

impl CredentialKind {
    /// All of them.
    pub const ALL: &[Self] = &[Self::None, Self::Secret, Self::Certificate, Self::Federated];

    /// The word it is stored as; Graph's `clientCredentialType` has the same ones.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Secret => "clientSecret",
            Self::Certificate => "certificate",
            Self::Federated => "federatedIdentityCredential",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == word)
    }
}
