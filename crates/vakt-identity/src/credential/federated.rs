//! Federated identity credentials: a subject of a foreign issuer that may act as the application.

use vakt_ids::KeyId;

/// Most federated credentials of one application (Graph's own limit).
pub const FEDERATED_CREDENTIALS_MAX: usize = 20;

/// A trusted subject. Issuer, subject and audience are compared exactly, in their case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FederatedCredential {
    /// Id.
    pub id: KeyId,
    /// Name, unique within the application and never changed.
    pub name: String,
    /// `iss` of its tokens.
    pub issuer: String,
    /// `sub` of its tokens.
    pub subject: String,
    /// `aud` of its tokens, usually `api://AzureADTokenExchange`.
    pub audience: String,
    /// Description.
    pub description: Option<String>,
}
