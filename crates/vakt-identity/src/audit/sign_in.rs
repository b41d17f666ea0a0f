//! Token requests, as they are recorded: one event for each, whatever came of it.

use std::net::IpAddr;

use jiff::Timestamp;
use vakt_ids::{AppId, KeyId, ObjectId, TenantId};
use vakt_token::claimed_speaker;

use crate::application::Application;
use crate::error::IdentityError;
use crate::registration::Registration;
use crate::service::Attempt;
use crate::target::{Credential, TokenRequest, requested_resource};

/// Longest text of a caller's that is recorded, in characters.
const TEXT_LENGTH_MAX_CHARS: usize = 256;

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

/// What of a sign-in the caller of this room knows.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// When.
    pub at: Timestamp,
    /// From where.
    pub address: Option<IpAddr>,
    /// The caller's `User-Agent`.
    pub user_agent: String,
    /// The caller's id of the request.
    pub correlation: String,
    /// Our id of the request.
    pub request_id: String,
}

impl SignIn {
    /// A request that could not even be read.
    pub fn unread(circumstances: Circumstances, error_code: u32) -> Self {
        Self {
            at: circumstances.at,
            tenant: None,
            app: None,
            app_name: String::new(),
            principal: None,
            resource_app: None,
            resource_principal: None,
            resource_name: String::new(),
            address: circumstances.address,
            user_agent: cut(&circumstances.user_agent),
            error_code,
            correlation: circumstances.correlation,
            request_id: circumstances.request_id,
            token_id: String::new(),
            credential: CredentialKind::None,
            key_id: None,
            count: 1,
        }
    }

    /// A request, what was known of it, and the number it was refused with, 0 if it was not.
    pub fn of(
        request: &TokenRequest,
        attempt: &Attempt,
        circumstances: Circumstances,
        error_code: u32,
    ) -> Self {
        let Registration { tenant, application, client, resource } = &*attempt.registration;
        let resource = resource.as_ref().map(|resource| &resource.principal);
        // The name of another tenant's application is none of this one's business.
        let is_at_home = |app: &&Application| Some(app.tenant) == tenant.as_ref().map(|it| it.id);
        let at_home = application.as_ref().filter(is_at_home);
        let app_name = match (client, at_home) {
            (Some(client), _) => client.display_name.clone(),
            (None, Some(application)) => application.display_name.clone(),
            (None, None) => String::new(),
        };
        let asked_for = || cut(requested_resource(request).unwrap_or_default());
        let issued = attempt.outcome.as_ref().ok();
        Self {
            tenant: tenant.as_ref().map(|tenant| tenant.id),
            app: request.client_id.as_deref().and_then(|id| id.parse().ok()),
            app_name,
            principal: client.as_ref().map(|client| client.object_id),
            resource_app: resource.map(|resource| resource.app_id),
            resource_principal: resource.map(|resource| resource.object_id),
            resource_name: resource.map_or_else(asked_for, |found| found.display_name.clone()),
            token_id: issued.map(|issued| issued.token_id.clone()).unwrap_or_default(),
            credential: issued
                .map_or_else(|| shown(&request.credential), |issued| issued.grant.proven.kind),
            key_id: match &attempt.outcome {
                Ok(issued) => Some(issued.grant.proven.key_id),
                Err(IdentityError::Refused(refusal)) => refusal.key_id(),
                Err(_) => None,
            },
            ..Self::unread(circumstances, error_code)
        }
    }
}

/// What was shown, as far as that can be told without believing it: a client speaks for itself with
/// a certificate, others speak for it with a token of theirs.
fn shown(credential: &Credential) -> CredentialKind {
    match credential {
        Credential { secret: Some(_), .. } => CredentialKind::Secret,
        Credential { assertion: Some(assertion), .. } => {
            match assertion.token.as_deref().and_then(claimed_speaker) {
                Some(_) => CredentialKind::Certificate,
                None => CredentialKind::Federated,
            }
        }
        Credential { secret: None, assertion: None, .. } => CredentialKind::None,
    }
}

/// Others' texts are kept to a length that fills no disk.
fn cut(text: &str) -> String {
    text.chars().take(TEXT_LENGTH_MAX_CHARS).collect()
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
