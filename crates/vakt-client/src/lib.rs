//! Rust SDK for Vakt and for Microsoft's cloud: the same calls against either. Start with
//! [`Cloud`] and [`Client`]; [`Client::graph`] registers applications, [`apps`] holds the steps
//! people think in (register, permit, consent), [`Client::incidents`] reads and imports,
//! [`mirror`] keeps a copy of another server's incidents up to date.
//!
//! ```no_run
//! use std::sync::Arc;
//! use vakt_client::{Client, ClientSecret, Cloud, HttpsTransport, IncidentQuery};
//!
//! # async fn run(now: fn() -> jiff::Timestamp) -> Result<(), vakt_client::ClientError> {
//! let cloud = Cloud::vakt("https://localhost:8443", Some("ca.pem".into()))?;
//! let transport = Arc::new(HttpsTransport::new(&cloud)?);
//! let secret = ClientSecret::new("11111111-1111-1111-1111-111111111111", "the value".into());
//! let client = Client::new(cloud, "contoso.onmicrosoft.com", secret, transport, Arc::new(now));
//! let incidents = client.incidents().list(&IncidentQuery::default(), 100).await?;
//! println!("{} incidents", incidents.len());
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod answer;
pub mod apps;
mod client;
mod clock;
mod cloud;
mod credential;
mod discovery;
mod endpoint;
mod error;
mod graph;
mod hint;
mod incidents;
pub mod mirror;
mod operator;
mod pager;
mod retry;
mod token_cache;
mod tokens;
mod transport;
mod verification;
mod web_address;

#[cfg(test)]
mod script;

pub use client::Client;
pub use clock::Clock;
pub use cloud::{Cloud, CloudKind};
pub use credential::{ClientCertificate, ClientSecret, Credential, FederatedToken};
pub use discovery::{fetch_configuration, fetch_keys};
pub use endpoint::{ActionVerb, Endpoint, EndpointQuery};
pub use error::{ClientError, ErrorKind};
pub use graph::{ApplicationQuery, Graph, NewPassword, RoleGrant};
pub use incidents::{
    ArrivalSummary, ImportSummary, IncidentPages, IncidentQuery, Incidents, RefusedIncident,
};
pub use operator::{AuditQuery, AuditReach, LogOrder, Operator, Outcome};
pub use pager::Pager;
pub use token_cache::TokenCache;
pub use tokens::{TokenAnswer, TokenEndpoint, TokenRequest, request_token};
pub use transport::{
    Body, HttpsTransport, Method, RESPONSE_BODY_MAX_BYTES, Repeat, Request, Response, Sink,
    Transport,
};
pub use vakt_token::AssertionAlgorithm;
pub use vakt_token::explain::Verification;
pub use verification::verify_token;
