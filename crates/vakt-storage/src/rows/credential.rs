//! Secrets, certificates and federated credentials inside documents. Bytes are base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use vakt_identity::{CertificateCredential, FederatedCredential, SecretCredential};
use vakt_ids::KeyId;

use super::{BadDocument, from_ticks, ticks};

/// A secret's salted hash.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredSecret {
    key_id: KeyId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    hint: String,
    starts_at: i64,
    expires_at: i64,
    salt: String,
    hash: String,
}

impl StoredSecret {
    pub(super) fn of(secret: &SecretCredential) -> Self {
        Self {
            key_id: secret.key_id,
            description: secret.description.clone(),
            hint: secret.hint.clone(),
            starts_at: ticks(secret.starts_at),
            expires_at: ticks(secret.expires_at),
            salt: STANDARD.encode(secret.salt),
            hash: STANDARD.encode(secret.hash),
        }
    }

    pub(super) fn into_secret(self) -> Result<SecretCredential, BadDocument> {
        Ok(SecretCredential {
            key_id: self.key_id,
            description: self.description,
            hint: self.hint,
            starts_at: from_ticks(self.starts_at),
            expires_at: from_ticks(self.expires_at),
            salt: exact("salt", &self.salt)?,
            hash: exact("hash", &self.hash)?,
        })
    }
}

/// A certificate.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredCertificate {
    key_id: KeyId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    custom_key_identifier: String,
    starts_at: i64,
    expires_at: i64,
    thumbprint_sha1: String,
    thumbprint_sha256: String,
    certificate: String,
    public_key: String,
}

impl StoredCertificate {
    pub(super) fn of(certificate: &CertificateCredential) -> Self {
        Self {
            key_id: certificate.key_id,
            display_name: certificate.display_name.clone(),
            custom_key_identifier: STANDARD.encode(&certificate.custom_key_identifier),
            starts_at: ticks(certificate.starts_at),
            expires_at: ticks(certificate.expires_at),
            thumbprint_sha1: STANDARD.encode(certificate.thumbprint_sha1),
            thumbprint_sha256: STANDARD.encode(certificate.thumbprint_sha256),
            certificate: STANDARD.encode(&certificate.certificate_der),
            public_key: STANDARD.encode(&certificate.public_key_der),
        }
    }

    pub(super) fn into_certificate(self) -> Result<CertificateCredential, BadDocument> {
        Ok(CertificateCredential {
            key_id: self.key_id,
            display_name: self.display_name,
            custom_key_identifier: bytes("custom key identifier", &self.custom_key_identifier)?,
            starts_at: from_ticks(self.starts_at),
            expires_at: from_ticks(self.expires_at),
            thumbprint_sha1: exact("thumbprint", &self.thumbprint_sha1)?,
            thumbprint_sha256: exact("thumbprint", &self.thumbprint_sha256)?,
            certificate_der: bytes("certificate", &self.certificate)?,
            public_key_der: bytes("public key", &self.public_key)?,
        })
    }
}

/// A federated credential.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredFederated {
    id: KeyId,
    name: String,
    issuer: String,
    subject: String,
    audience: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl StoredFederated {
    pub(super) fn of(credential: &FederatedCredential) -> Self {
        Self {
            id: credential.id,
            name: credential.name.clone(),
            issuer: credential.issuer.clone(),
            subject: credential.subject.clone(),
            audience: credential.audience.clone(),
            description: credential.description.clone(),
        }
    }

    pub(super) fn into_federated(self) -> FederatedCredential {
        FederatedCredential {
            id: self.id,
            name: self.name,
            issuer: self.issuer,
            subject: self.subject,
            audience: self.audience,
            description: self.description,
        }
    }
}

fn bytes(what: &str, text: &str) -> Result<Vec<u8>, BadDocument> {
    STANDARD.decode(text).map_err(|error| BadDocument(format!("{what}: {error}")))
}

fn exact<const N: usize>(what: &str, text: &str) -> Result<[u8; N], BadDocument> {
    let wrong = |found: Vec<u8>| BadDocument(format!("{what} has {} bytes, not {N}", found.len()));
    bytes(what, text)?.try_into().map_err(wrong)
}
