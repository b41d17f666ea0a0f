//! Foreign issuers: which of them may be asked, for what, and how seldom. Applications name
//! issuers, so whoever may register an application could otherwise send this server anywhere.

mod address;
mod cache;
mod discovery;
mod fetch;
mod options;
mod policy;

use std::sync::Arc;

use async_trait::async_trait;
use vakt_identity::{IssuerFault, Surroundings};
use vakt_token::KeySet;

use crate::clock::Clock;
use crate::names::Names;

pub use options::{FederationError, FederationOptions, IssuerKeysFile};

use cache::IssuerCache;
use discovery::Discovery;
use fetch::Fetcher;
use policy::{Policy, Verdict};

/// The world around the identity room: our own names, and foreign issuers.
pub(crate) struct Federation {
    names: Names,
    policy: Policy,
    cache: IssuerCache,
}

impl Federation {
    /// Reads the files that the options name.
    pub(crate) fn open(
        options: &FederationOptions,
        names: Names,
        clock: Clock,
    ) -> Result<Self, FederationError> {
        let fetcher = Fetcher::new(options.read_authorities()?);
        let discovery = Discovery::new(fetcher.map_err(|fault| options.unusable(fault))?);
        let policy = Policy::read(options)?;
        Ok(Self { names, policy, cache: IssuerCache::new(discovery, clock) })
    }
}

#[async_trait]
impl Surroundings for Federation {
    fn is_own_origin(&self, origin: &str) -> bool {
        self.names.is_own_origin(origin)
    }

    async fn issuer_keys(&self, issuer: &str, kid: &str) -> Result<Arc<KeySet>, IssuerFault> {
        match self.policy.of(issuer) {
            Verdict::Known(keys) => Ok(keys),
            Verdict::Ask(reach) => self.cache.keys(issuer, kid, reach).await,
            Verdict::Refuse => {
                tracing::warn!(
                    issuer,
                    "a federated token names an issuer that is not allowed; --federation-issuer allows it"
                );
                Err(IssuerFault::NotAllowed)
            }
        }
    }
}
