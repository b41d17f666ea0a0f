//! Certificates whose private half signs client assertions.

use jiff::Timestamp;
use vakt_ids::KeyId;
use vakt_token::{Certificate, KeyHint, PublicKey};

/// Most certificates of one application or service principal that live in parallel.
pub const CERTIFICATES_MAX: usize = 50;

/// Longest mark of an owner, in bytes.
const CUSTOM_IDENTIFIER_LENGTH_MAX_BYTES: usize = 32;

/// A certificate to register, and what its owner says of it. Key ids are brought by the caller.
#[derive(Debug, Clone)]
pub struct NewCertificate {
    /// Key id.
    pub key_id: KeyId,
    /// The certificate.
    pub certificate: Certificate,
    /// Description; the certificate's subject if absent.
    pub display_name: Option<String>,
    /// The owner's mark; the SHA-1 thumbprint if absent.
    pub custom_key_identifier: Option<Vec<u8>>,
    /// Start; the certificate's if absent.
    pub starts_at: Option<Timestamp>,
    /// End; the certificate's if absent.
    pub expires_at: Option<Timestamp>,
}

/// What an owner can get wrong about a certificate. Texts are for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateTermsFault {
    /// A longer validity than the certificate's.
    #[error(
        "startDateTime and endDateTime are not within the certificate's validity, {from} to \
         {until}; leave them out to take that"
    )]
    Outside {
        /// Its beginning.
        from: Timestamp,
        /// Its end.
        until: Timestamp,
    },
    /// No time at all.
    #[error("endDateTime is not after startDateTime")]
    Backwards,
    /// A mark that is too long.
    #[error("customKeyIdentifier is longer than {CUSTOM_IDENTIFIER_LENGTH_MAX_BYTES} bytes")]
    LongMark,
}

impl NewCertificate {
    /// The form to keep.
    pub fn into_credential(self) -> Result<CertificateCredential, CertificateTermsFault> {
        let of_certificate = self.certificate;
        let starts_at = self.starts_at.unwrap_or(of_certificate.starts_at);
        let expires_at = self.expires_at.unwrap_or(of_certificate.expires_at);
        if starts_at < of_certificate.starts_at || expires_at > of_certificate.expires_at {
            let (from, until) = (of_certificate.starts_at, of_certificate.expires_at);
            return Err(CertificateTermsFault::Outside { from, until });
        }
        if expires_at <= starts_at {
            return Err(CertificateTermsFault::Backwards);
        }
        let thumbprint = || of_certificate.thumbprint_sha1.to_vec();
        let custom_key_identifier = self.custom_key_identifier.unwrap_or_else(thumbprint);
        if custom_key_identifier.len() > CUSTOM_IDENTIFIER_LENGTH_MAX_BYTES {
            return Err(CertificateTermsFault::LongMark);
        }
        Ok(CertificateCredential {
            key_id: self.key_id,
            display_name: self.display_name.or(Some(of_certificate.subject)),
            custom_key_identifier,
            starts_at,
            expires_at,
            thumbprint_sha1: of_certificate.thumbprint_sha1,
            thumbprint_sha256: of_certificate.thumbprint_sha256,
            certificate_der: of_certificate.der,
            public_key_der: of_certificate.public_key_der,
        })
    }
}

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

    /// Its key, to verify with; `None` if what was kept cannot be read.
    pub fn public_key(&self) -> Option<PublicKey> {
        PublicKey::from_pkcs1(&self.public_key_der).ok()
    }
    fn is_named(&self, hint: &KeyHint) -> bool {
        hint.names(&self.thumbprint_sha1, &self.thumbprint_sha256)
    }

    fn signed(&self, is_signed_by: &dyn Fn(&PublicKey) -> bool) -> bool {
        self.public_key().is_some_and(|key| is_signed_by(&key))
    }
}

/// Why no certificate vouches for a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unproven<'a> {
    /// None is named, and none that is live fits.
    NotFound,
    /// The named one did not sign this.
    WrongSignature(&'a CertificateCredential),
    /// The one that signed this has not begun or has ended.
    NotLive(&'a CertificateCredential),
}

/// The certificate whose key made a signature. A name picks the candidate; where it picks none,
/// every live certificate is tried, since names come in spellings nobody has listed yet.
pub(crate) fn signer<'a>(
    certificates: &[&'a CertificateCredential],
    hint: &KeyHint,
    is_signed_by: &dyn Fn(&PublicKey) -> bool,
    now: Timestamp,
) -> Result<&'a CertificateCredential, Unproven<'a>> {
    let named = || certificates.iter().copied().filter(|one| one.is_named(hint));
    let live = || certificates.iter().copied().filter(|one| one.is_live(now));
    match named().find(|one| one.is_live(now)).or_else(|| named().next()) {
        Some(one) if !one.signed(is_signed_by) => Err(Unproven::WrongSignature(one)),
        Some(one) if !one.is_live(now) => Err(Unproven::NotLive(one)),
        Some(one) => Ok(one),
        None => live().find(|one| one.signed(is_signed_by)).ok_or(Unproven::NotFound),
    }
}
