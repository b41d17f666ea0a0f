//! JOSE for Vakt: the same code signs on the server, validates at the API's door and explains
//! tokens in the client. Start with [`SigningKey`], then [`validate()`]; [`inspect()`] reads
//! without trust. What others sign is verified by [`ClientAssertion`], [`KeyProof`] and
//! [`FederatedToken`].
//!
//! ```
//! let token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2FwaSJ9.c2ln";
//! let seen = vakt_token::inspect(token)?;
//! assert_eq!(seen.claims.aud.as_deref(), Some("https://api"));
//! # Ok::<(), vakt_token::TokenError>(())
//! ```
#![warn(missing_docs)]

mod assertion;
mod assertion_key;
mod certificate;
mod claims;
mod error;
pub mod explain;
mod header;
mod inspect;
mod jwk;
mod jwks;
mod private_key;
mod sign;
mod validate;
mod validated;

pub use assertion::{
    ASSERTION_LENGTH_MAX_BYTES, ASSERTION_LIFETIME_MAX_SECONDS, AssertionFault, ClientAssertion,
    FederatedToken, KeyHint, KeyProof, PROOF_AUDIENCES, PROOF_LIFETIME_MAX_SECONDS, Thumbprint,
    Trusted, Validity, claimed_issuer, claimed_speaker,
};
pub use assertion_key::{
    ASSERTION_LIFETIME_SECONDS, AssertionAlgorithm, AssertionClaims, AssertionKey,
};
pub use certificate::{
    CERTIFICATE_LENGTH_MAX_BYTES, Certificate, CertificateFault, KEY_LENGTH_MAX_BITS,
    KEY_LENGTH_MIN_BITS,
};
pub use claims::{AccessClaims, SeenClaims, TokenVersion};
pub use error::TokenError;
pub use header::{Header, TOKEN_LENGTH_MAX_BYTES};
pub use inspect::{UntrustedToken, inspect};
pub use jwk::{Jwk, PublicKey, thumbprint};
pub use jwks::{Jwks, KeySet};
pub use private_key::generate_pkcs8;
pub use sign::SigningKey;
pub use validate::{Expected, SKEW_MAX_SECONDS, ValidToken, validate, verify_signature};
pub use validated::{TokenName, VALIDATED_TOKENS_MAX, ValidatedTokens};
