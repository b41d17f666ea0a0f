//! How an application proves itself: by a secret, by a certificate, or by a token of the platform
//! it runs on.

mod certificate;
mod federated;
mod secret;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::error::ClientError;

pub use certificate::ClientCertificate;
pub use federated::FederatedToken;
pub use secret::ClientSecret;

/// Any of the ways.
#[derive(Debug, Clone)]
pub enum Credential {
    /// A secret that both sides know.
    Secret(ClientSecret),
    /// The private key of a registered certificate.
    Certificate(ClientCertificate),
    /// A token of an issuer that the application trusts, such as a cluster's.
    Federated(FederatedToken),
}

/// What goes into the form of a token request.
pub(crate) enum Proof {
    /// `client_secret`
    Secret(SecretString),
    /// `client_assertion`
    Assertion(SecretString),
}

impl Credential {
    /// The application.
    pub fn client_id(&self) -> &str {
        match self {
            Self::Secret(secret) => &secret.client_id,
            Self::Certificate(certificate) => certificate.client_id(),
            Self::Federated(token) => &token.client_id,
        }
    }

    /// The proof for one request to this token endpoint.
    pub(crate) async fn prove(&self, endpoint: &str, now: Timestamp) -> Result<Proof, ClientError> {
        match self {
            Self::Secret(secret) => Ok(Proof::Secret(secret.secret.clone())),
            Self::Certificate(certificate) => {
                certificate.assertion(endpoint, now).map(Proof::Assertion)
            }
            Self::Federated(token) => token.read().await.map(Proof::Assertion),
        }
    }
}

impl From<ClientSecret> for Credential {
    fn from(secret: ClientSecret) -> Self {
        Self::Secret(secret)
    }
}

impl From<ClientCertificate> for Credential {
    fn from(certificate: ClientCertificate) -> Self {
        Self::Certificate(certificate)
    }
}

impl From<FederatedToken> for Credential {
    fn from(token: FederatedToken) -> Self {
        Self::Federated(token)
    }
}

/// A private key and a certificate over it, as PEM.
#[cfg(test)]
pub(crate) fn pair() -> (String, String) {
    let pkcs8 = vakt_token::generate_pkcs8().unwrap();
    let der = rustls_pki_types::PrivatePkcs8KeyDer::from(pkcs8.as_slice());
    let algorithm = &rcgen::PKCS_RSA_SHA256;
    let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&der, algorithm).unwrap();
    let certificate = rcgen::CertificateParams::default().self_signed(&pair).unwrap();
    (pair.serialize_pem(), certificate.pem())
}
