//! Certificates whose private half signs client assertions.

use jiff::Timestamp;
use vakt_ids::KeyId;

/// Most certificates of one application or service principal that live in parallel.
pub const CERTIFICATES_MAX: usize = 50;

/// A registered certificate. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateCredential {
    /// Key id.
    pub key_id: KeyId,
    /// Description; the certificate's subject if none was given.
    pub display_name: Option<String>,
    /// What the owner marked it with; the SHA-1 thumbprint if nothing was given.
    pub custom_key_identifier: Vec<u8>,
    /// Not valid before.
    pub starts_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
    /// SHA-1 over the certificate: the `x5t` of assertions.
    pub thumbprint_sha1: [u8; 20],
    /// SHA-256 over the certificate: the `x5t#S256` of assertions.
    pub thumbprint_sha256: [u8; 32],
    /// The certificate, DER.
    pub certificate_der: Vec<u8>,
    /// Its RSA public key: PKCS#1 `RSAPublicKey`, DER.
    pub public_key_der: Vec<u8>,
}

impl CertificateCredential {
    /// Is it within its validity?
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.starts_at <= now && now < self.expires_at
    }
}
