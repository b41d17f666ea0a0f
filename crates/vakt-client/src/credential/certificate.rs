//! A certificate that the application registered, and its private key.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rustls_pki_types::pem::{self, PemObject};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use vakt_token::{AssertionAlgorithm, AssertionClaims, AssertionKey};

use crate::error::{ClientError, ErrorKind};

/// Largest file that is read, in bytes: a key of 4,096 bits with a chain of certificates has 20 KB.
const FILE_SIZE_MAX_BYTES: u64 = 256 * 1024;

/// An application and its key; `Debug` shows the certificate's thumbprint only.
#[derive(Debug, Clone)]
pub struct ClientCertificate {
    client_id: String,
    key: Arc<AssertionKey>,
    algorithm: AssertionAlgorithm,
}

impl ClientCertificate {
    /// From PEM text with an unencrypted RSA private key and its certificate, in any order;
    /// further certificates do not matter.
    pub fn from_pem(client_id: impl Into<String>, pem: &[u8]) -> Result<Self, ClientError> {
        let key = read_key(pem).map_err(|problem| {
            ClientError::new(
                ErrorKind::Configuration,
                format!("the client certificate cannot be used: {problem}"),
            )
            .with_hint(
                "give one PEM file with the RSA private key, not encrypted, and its certificate; \
                 `openssl pkcs12 -in FILE.pfx -out FILE.pem -nodes` makes one of a PFX",
            )
        })?;
        let (client_id, key) = (client_id.into(), Arc::new(key));
        Ok(Self { client_id, key, algorithm: AssertionAlgorithm::Ps256 })
    }

    /// Reads a PEM file.
    pub fn from_pem_file(client_id: impl Into<String>, path: &Path) -> Result<Self, ClientError> {
        let wrong = |problem: &str| {
            let text = format!("the client certificate {}: {problem}", path.display());
            ClientError::new(ErrorKind::Configuration, text)
                .with_hint("give the path of a PEM file with private key and certificate")
        };
        let unreadable = |error| wrong("it cannot be read").with_source(error);
        if fs::metadata(path).map_err(unreadable)?.len() > FILE_SIZE_MAX_BYTES {
            return Err(wrong("it is too large to be one"));
        }
        let pem = Zeroizing::new(fs::read(path).map_err(unreadable)?);
        Self::from_pem(client_id, &pem)
    }

    /// The same, signing with another algorithm. PS256 is what Microsoft recommends and what is
    /// used without this call; RS256 is for servers that are older.
    #[must_use]
    pub fn with_algorithm(mut self, algorithm: AssertionAlgorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// The application.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// A signed statement for one token endpoint.
    pub(super) fn assertion(
        &self,
        audience: &str,
        now: Timestamp,
    ) -> Result<SecretString, ClientError> {
        let claims = AssertionClaims { client_id: &self.client_id, audience, now };
        let signed = self.key.sign(self.algorithm, &claims).map_err(|error| {
            ClientError::new(ErrorKind::Configuration, "the client assertion cannot be signed")
                .with_source(error)
        })?;
        Ok(signed.into())
    }
}

fn read_key(pem: &[u8]) -> Result<AssertionKey, String> {
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|error| match error {
        pem::Error::NoItemsFound if holds_encrypted_key(pem) => {
            "its private key is encrypted".to_owned()
        }
        pem::Error::NoItemsFound => "it holds no private key".to_owned(),
        other => other.to_string(),
    })?;
    let certificates: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    if certificates.is_empty() {
        return Err("it holds no certificate".to_owned());
    }
    let certificates = certificates.iter().map(|certificate| certificate.as_ref());
    AssertionKey::new(key.secret_der(), certificates).map_err(|error| error.to_string())
}

fn holds_encrypted_key(pem: &[u8]) -> bool {
    let label = b"-----BEGIN ENCRYPTED PRIVATE KEY-----";
    pem.windows(label.len()).any(|window| window == label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::pair;
    use secrecy::ExposeSecret;

    #[test]
    fn key_and_certificate_are_found_in_any_order() {
        let (key, certificate) = pair();
        let (_, other) = pair();
        for pem in [
            format!("{key}{certificate}"),
            format!("Bag Attributes\n{certificate}{key}"),
            format!("{other}{certificate}{key}"),
        ] {
            let client = ClientCertificate::from_pem("app", pem.as_bytes()).unwrap();
            let client = client.with_algorithm(AssertionAlgorithm::Rs256);
            let assertion = client.assertion("https://vakt.example", Timestamp::UNIX_EPOCH);
            assert_eq!(assertion.unwrap().expose_secret().split('.').count(), 3);
            assert!(format!("{client:?}").starts_with("ClientCertificate { client_id: \"app\""));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let (key, certificate) = pair();
        let (other_key, _) = pair();
        let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        let elliptic = rcgen::KeyPair::generate().unwrap().serialize_pem();
        for (pem, expected) in [
            (String::new(), "it holds no private key"),
            (certificate.clone(), "it holds no private key"),
            (encrypted + &certificate, "its private key is encrypted"),
            (key, "it holds no certificate"),
            (
                other_key + &certificate,
                "the key cannot be used: none of the certificates belongs to it",
            ),
            (
                elliptic + &certificate,
                "the key cannot be used: it is not an RSA private key of 2,048 bits or more",
            ),
        ] {
            let error = ClientCertificate::from_pem("app", pem.as_bytes()).unwrap_err();
            let expected = format!("the client certificate cannot be used: {expected}");
            assert_eq!(error.to_string(), expected);
            assert!(error.hint().unwrap().contains("openssl pkcs12"));
        }
    }
}
