//! Credentials, without what is secret in them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vakt_identity::{CertificateCredential, FederatedCredential, SecretCredential};
use vakt_wire::graph as wire;

use super::KeyBytes;

/// A secret without its value.
pub(crate) fn secret(secret: &SecretCredential) -> wire::PasswordCredential {
    wire::PasswordCredential {
        key_id: Some(secret.key_id.to_string()),
        display_name: secret.description.clone(),
        hint: Some(secret.hint.clone()),
        start_date_time: Some(secret.starts_at),
        end_date_time: Some(secret.expires_at),
        secret_text: None,
        custom_key_identifier: None,
    }
}

/// A certificate.
pub(crate) fn certificate(
    certificate: &CertificateCredential,
    keys: KeyBytes,
) -> wire::KeyCredential {
    wire::KeyCredential {
        key_id: Some(certificate.key_id.to_string()),
        custom_key_identifier: Some(STANDARD.encode(&certificate.custom_key_identifier)),
        kind: Some("AsymmetricX509Cert".into()),
        usage: Some("Verify".into()),
        display_name: certificate.display_name.clone(),
        start_date_time: Some(certificate.starts_at),
        end_date_time: Some(certificate.expires_at),
        key: (keys == KeyBytes::Shown).then(|| STANDARD.encode(&certificate.certificate_der)),
    }
}

/// A trusted subject.
pub(crate) fn federated(credential: &FederatedCredential) -> wire::FederatedIdentityCredential {
    wire::FederatedIdentityCredential {
        id: credential.id.to_string(),
        name: credential.name.clone(),
        issuer: credential.issuer.clone(),
        subject: credential.subject.clone(),
        audiences: vec![credential.audience.clone()],
        description: credential.description.clone(),
    }
}
