//! X.509 certificates that clients register: what of them is kept, and what makes one unusable.
//! A registered certificate is a name and a validity for a key; no chain is followed.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use x509_parser::pem::Pem;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey as ParsedKey;

use crate::jwk::PublicKey;

/// Shortest RSA key, in bits: shorter ones can be factored, and no client in use makes them.
pub const KEY_LENGTH_MIN_BITS: usize = 2_048;
/// Longest RSA key, in bits: the time to verify a signature must stay bounded.
pub const KEY_LENGTH_MAX_BITS: usize = 8_192;
/// Longest certificate that is read, in bytes; those of clients have about 1,000.
pub const CERTIFICATE_LENGTH_MAX_BYTES: usize = 16 * 1024;

/// A certificate, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// As it was made, DER.
    pub der: Vec<u8>,
    /// Whom it names, such as `CN=reporting`.
    pub subject: String,
    /// Not valid before.
    pub starts_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
    /// SHA-1 over the DER form; names the certificate and protects nothing.
    pub thumbprint_sha1: [u8; 20],
    /// SHA-256 over the DER form.
    pub thumbprint_sha256: [u8; 32],
    /// Its key: PKCS#1 `RSAPublicKey`, DER.
    pub public_key_der: Vec<u8>,
}

/// Why a certificate cannot be registered. Texts are for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    /// Something else, or a broken certificate.
    #[error(
        "it is not an X.509 certificate in DER or PEM; send the certificate alone, without its \
         private key and not as PKCS#12"
    )]
    NotACertificate,
    /// Another kind of key.
    #[error("its key is not an RSA key; client assertions are signed with RSA")]
    NotRsa,
    /// A key that protects nothing, or one that costs too much.
    #[error(
        "its RSA key has {bits} bits; make one of {KEY_LENGTH_MIN_BITS} to {KEY_LENGTH_MAX_BITS}"
    )]
    KeyLength {
        /// Its length.
        bits: usize,
    },
    /// Longer than any certificate of a client.
    #[error("it is longer than {CERTIFICATE_LENGTH_MAX_BYTES} bytes; send the certificate alone")]
    TooLong,
}

impl Certificate {
    /// Reads DER, PEM, or the base64 of either without the lines around it. Of several PEM blocks
    /// the first certificate counts.
    pub fn read(bytes: &[u8]) -> Result<Self, CertificateFault> {
        if bytes.len() > CERTIFICATE_LENGTH_MAX_BYTES {
            return Err(CertificateFault::TooLong);
        }
        let der = unwrapped(bytes).ok_or(CertificateFault::NotACertificate)?;
        let (rest, parsed) =
            X509Certificate::from_der(&der).map_err(|_| CertificateFault::NotACertificate)?;
        if !rest.is_empty() {
            return Err(CertificateFault::NotACertificate);
        }
        let Ok(ParsedKey::RSA(_)) = parsed.public_key().parsed() else {
            return Err(CertificateFault::NotRsa);
        };
        let public_key_der = parsed.public_key().subject_public_key.data.to_vec();
        let key = PublicKey::from_pkcs1(&public_key_der).map_err(|_| CertificateFault::NotRsa)?;
        let bits = key.length_bits();
        if !(KEY_LENGTH_MIN_BITS..=KEY_LENGTH_MAX_BITS).contains(&bits) {
            return Err(CertificateFault::KeyLength { bits });
        }
        let validity = parsed.validity();
        Ok(Self {
            subject: parsed.subject().to_string(),
            starts_at: time(validity.not_before.timestamp()),
            expires_at: time(validity.not_after.timestamp()),
            thumbprint_sha1: array(digest(&SHA1_FOR_LEGACY_USE_ONLY, &der).as_ref()),
            thumbprint_sha256: array(digest(&SHA256, &der).as_ref()),
            public_key_der,
            der,
        })
    }
}

/// DER out of what was sent. Scripts encode a second time what they read from a PEM file.
fn unwrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    const DER_SEQUENCE: u8 = 0x30;
    const DER_LONG_LENGTH: u8 = 0x80;
    if let [DER_SEQUENCE, length, ..] = bytes
        && *length >= DER_LONG_LENGTH
    {
        return Some(bytes.to_vec());
    }
    let text = std::str::from_utf8(bytes).ok()?;
    if text.contains("-----BEGIN") {
        let blocks = Pem::iter_from_buffer(bytes).filter_map(Result::ok);
        return blocks.into_iter().find(|block| block.label == "CERTIFICATE").map(|b| b.contents);
    }
    let text: String = text.split_ascii_whitespace().collect();
    let decoded = STANDARD.decode(text).ok()?;
    match std::str::from_utf8(&decoded) {
        Ok(text) if text.contains("-----BEGIN") => unwrapped(&decoded),
        _ => Some(decoded),
    }
}

/// "Never expires" is written as the year 9999, whose last second no timestamp here can hold.
fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(
        seconds.clamp(Timestamp::MIN.as_second() + 1, Timestamp::MAX.as_second()),
    )
    .unwrap_or(Timestamp::MAX)
}

fn array<const N: usize>(digest: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(digest);
    array
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../tests/certificates/rsa-2048-without-end.pem");
    const SHORT: &str = include_str!("../tests/certificates/rsa-1024.pem");
    const CURVE: &str = include_str!("../tests/certificates/p-256.pem");

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn a_certificate_is_read_in_every_wrapping() {
        let read = Certificate::read(GOOD.as_bytes()).unwrap();
        assert_eq!(read.subject, "O=Contoso, CN=reporting");
        assert_eq!(hex(&read.thumbprint_sha1), "1d4d7ae0e310ff23126871ec960b744983f9f927");
        let sha256 = "63817a31e9586e6e17131fdd349974835f10320135e8ccde3db1a2be740db5f7";
        assert_eq!(hex(&read.thumbprint_sha256), sha256);
        assert_eq!(read.starts_at, "2026-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(read.expires_at.as_second(), Timestamp::MAX.as_second(), "never ends");
        assert_eq!(PublicKey::from_pkcs1(&read.public_key_der).unwrap().length_bits(), 2048);
        let base64 = STANDARD.encode(&read.der);
        let wrapped: Vec<&str> = GOOD.lines().filter(|line| !line.starts_with('-')).collect();
        for wrapping in [
            read.der.clone(),
            base64.into_bytes(),
            wrapped.join("\r\n").into_bytes(),
            STANDARD.encode(GOOD).into_bytes(),
            format!("Bag Attributes\n{GOOD}\n{CURVE}").into_bytes(),
        ] {
            assert_eq!(Certificate::read(&wrapping).as_ref(), Ok(&read));
        }
    }

    #[test]
    fn what_cannot_verify_an_assertion_is_refused_with_the_reason() {
        let der = Certificate::read(GOOD.as_bytes()).unwrap().der;
        let mut longer = der.clone();
        longer.push(0);
        for (bytes, expected) in [
            (SHORT.as_bytes().to_vec(), CertificateFault::KeyLength { bits: 1024 }),
            (CURVE.as_bytes().to_vec(), CertificateFault::NotRsa),
            (b"".to_vec(), CertificateFault::NotACertificate),
            (b"hello".to_vec(), CertificateFault::NotACertificate),
            (
                b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----".to_vec(),
                CertificateFault::NotACertificate,
            ),
            (longer, CertificateFault::NotACertificate),
            (der[..der.len() - 1].to_vec(), CertificateFault::NotACertificate),
            (vec![0x30; CERTIFICATE_LENGTH_MAX_BYTES + 1], CertificateFault::TooLong),
        ] {
            assert_eq!(Certificate::read(&bytes), Err(expected));
        }
    }
}
