//! JWTs that others sign and we verify in place of a secret. Three kinds, each with a verifier and
//! a type of its own, so that none passes for another:
//!
//! | kind | signed by | `iss` | `aud` |
//! |---|---|---|---|
//! | [`ClientAssertion`] | a registered certificate | the client id, as `sub` | our token endpoint |
//! | [`KeyProof`] | a registered certificate | the object id | the old directory graph |
//! | [`FederatedToken`] | a foreign issuer's key | a trusted issuer | as agreed with it |
//!
//! Only mechanics are shared: taking a JWT apart, reading dates, checking signatures. Libraries
//! write these JWTs in six ways that a strict reader refuses; what is read leniently here either
//! is covered by the signature or only picks the key.

mod client;
mod dates;
mod envelope;
mod fault;
mod federated;
mod hint;
mod issuer_keys;
mod proof;
#[cfg(test)]
mod tests;

pub use client::{ASSERTION_LENGTH_MAX_BYTES, ASSERTION_LIFETIME_MAX_SECONDS, ClientAssertion};
pub use dates::Validity;
pub use envelope::{claimed_issuer, claimed_speaker};
pub use fault::AssertionFault;
pub use federated::{FederatedToken, Trusted};
pub use hint::{KeyHint, Thumbprint};
pub use proof::{KeyProof, PROOF_AUDIENCES, PROOF_LIFETIME_MAX_SECONDS};
