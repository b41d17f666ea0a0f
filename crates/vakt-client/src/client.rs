//! One application in one tenant of one cloud.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answer;
use crate::clock::Clock;
use crate::cloud::Cloud;
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{ClientError, ErrorKind};
use crate::graph::Graph;
use crate::incidents::Incidents;
use crate::operator::Operator;
use crate::retry::{Waiting, send_patiently};
use crate::token_cache::TokenCache;
use crate::tokens::{TokenEndpoint, TokenRequest, request_token};
use crate::transport::{Request, Response, Sink, Transport};

/// Speaks for one application: gets tokens when they are needed and sends them along.
pub struct Client {
    cloud: Cloud,
    tenant: String,
    credential: Credential,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    tokens: TokenCache,
    waiting: Waiting,
}

impl Client {
    /// A client for `tenant` (id or domain). Nothing is sent yet.
    pub fn new(
        cloud: Cloud,
        tenant: impl Into<String>,
        credential: impl Into<Credential>,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (tenant, credential) = (tenant.into(), credential.into());
        let tokens = TokenCache::default();
        let waiting = Waiting::Here;
        Self { cloud, tenant, credential, transport, clock, tokens, waiting }
    }

    /// The same client without patience: a call that is throttled or broken off fails at once, for
    /// callers that wait by rules of their own. Tokens are still asked for patiently.
    #[must_use]
    pub fn without_retries(self) -> Self {
        Self { waiting: Waiting::ByCaller, ..self }
    }

    /// Forgets all tokens, when one of them is no longer taken.
    pub async fn forget_tokens(&self) {
        self.tokens.clear().await;
    }

    /// The cloud it speaks to.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// The tenant, as it was given.
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// Applications, service principals, permissions.
    pub fn graph(&self) -> Graph<'_> {
        Graph::new(self)
    }

    /// Incidents of the threat-protection API.
    pub fn incidents(&self) -> Incidents<'_> {
        Incidents::new(self)
    }

    /// Machines, machine actions and indicators of Defender for Endpoint.
    pub fn endpoint(&self) -> Endpoint<'_> {
        Endpoint::new(self)
    }

    /// A Vakt server's own API: tenants, keys, people, logs.
    pub fn operator(&self) -> Operator<'_> {
        Operator::new(self)
    }

    /// A token for `resource`, from the cache if one there is good for five more minutes.
    pub async fn token(&self, resource: &str) -> Result<SecretString, ClientError> {
        let now = self.clock.now();
        let request = TokenRequest {
            endpoint: TokenEndpoint::V2,
            tenant: &self.tenant,
            credential: &self.credential,
            resource,
        };
        let fresh = async {
            let answer =
                request_token(self.transport.as_ref(), &self.cloud.login, &request, now).await?;
            Ok((answer.access_token(), answer.expires_at(now)))
        };
        self.tokens.get_or_request(resource, now, fresh).await
    }

    /// Sends with a token for `resource`; the answer may have any status.
    pub(crate) async fn send(
        &self,
        resource: &str,
        request: Request,
    ) -> Result<Response, ClientError> {
        let request = request.with_bearer(self.token(resource).await?);
        match self.waiting {
            Waiting::Here => send_patiently(self.transport.as_ref(), &request).await,
            Waiting::ByCaller => self.transport.send(&request).await,
        }
    }

    /// Sends with a token for `resource` and reads the answer's body.
    pub(crate) async fn read<T: DeserializeOwned>(
        &self,
        resource: &str,
        request: Request,
    ) -> Result<T, ClientError> {
        answer::read(&self.send(resource, request).await?)
    }

    /// Sends with a token for `resource`, and hands a long answer on in pieces.
    pub(crate) async fn download(
        &self,
        resource: &str,
        request: Request,
        sink: &mut Sink<'_>,
    ) -> Result<(), ClientError> {
        let request = request.with_bearer(self.token(resource).await?);
        answer::check(&self.transport.download(&request, sink).await?)
    }

    /// Sends with a token for `resource`; only success matters.
    pub(crate) async fn execute(
        &self,
        resource: &str,
        request: Request,
    ) -> Result<(), ClientError> {
        answer::check(&self.send(resource, request).await?)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("cloud", &self.cloud.login.as_str())
            .field("tenant", &self.tenant)
            .field("client_id", &self.credential.client_id())
            .finish_non_exhaustive()
    }
}

/// A value as the JSON body of a request.
pub(crate) fn to_json(value: &impl Serialize) -> Result<Vec<u8>, ClientError> {
    serde_json::to_vec(value).map_err(unwritable)
}

/// A value as JSON, for a body that leaves something out of it.
pub(crate) fn to_json_value(value: &impl Serialize) -> Result<serde_json::Value, ClientError> {
    serde_json::to_value(value).map_err(unwritable)
}

fn unwritable(error: serde_json::Error) -> ClientError {
    ClientError::new(ErrorKind::Configuration, "the request cannot be written as JSON")
        .with_source(error)
}
