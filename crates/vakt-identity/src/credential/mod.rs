//! What a client proves itself with: secrets, certificates, and tokens of a trusted issuer.

mod certificate;
mod check;
mod federated;
mod own_endpoint;
mod secret;

pub(crate) use certificate::signer;
pub use certificate::{
    CERTIFICATES_MAX, CertificateCredential, CertificateTermsFault, NewCertificate,
};
pub(crate) use check::{Client, check_credential, needed_issuer};
pub use check::{NeededIssuer, Proven};
pub use federated::{FEDERATED_CREDENTIALS_MAX, FederatedCredential, FederatedFault};
pub use secret::{NewSecret, SECRET_LENGTH_CHARS, SecretCredential};
