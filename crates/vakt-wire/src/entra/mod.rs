//! The identity platform: token answers, AADSTS bodies, discovery documents.

mod discovery;
mod error;
mod token;

pub use discovery::{
    InstanceDiscovery, InstanceMetadata, OAuthServerMetadata, OpenIdConfiguration, UserRealm,
};
pub use error::EntraError;
pub use token::{TokenAnswerV1, TokenAnswerV2};
