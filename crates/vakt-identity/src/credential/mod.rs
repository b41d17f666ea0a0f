//! What a client proves itself with: secrets, certificates, and tokens of a trusted issuer.

mod certificate;
mod federated;
mod secret;

pub use certificate::{
    CERTIFICATES_MAX, CertificateCredential, CertificateTermsFault, NewCertificate,
};
pub use federated::{FEDERATED_CREDENTIALS_MAX, FederatedCredential, FederatedFault};
pub use secret::{NewSecret, SECRET_LENGTH_CHARS, SecretCredential};
