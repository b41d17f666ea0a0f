//! A client's private key and its certificate, as an administrator makes them.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use vakt_token::Certificate;

/// A key and its certificate.
pub struct ClientKey {
    key: KeyPair,
    /// The certificate, taken apart.
    pub certificate: Certificate,
    /// The certificate, PEM.
    pub pem: String,
}

impl ClientKey {
    /// A new key with a certificate that is good for so many days from an instant.
    pub fn new(name: &str, from: Timestamp, days: i64) -> Self {
        let made = vakt_server::new_client_certificate(name, from, days).unwrap();
        let pem = made.key_and_certificate.expose_secret().as_bytes();
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).unwrap();
        let key = KeyPair::from_pkcs8(der.secret_pkcs8_der()).unwrap();
        let certificate = Certificate::read(made.certificate.as_bytes()).unwrap();
        Self { key, certificate, pem: made.certificate }
    }

    /// The certificate as most clients send it: base64 of DER.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.certificate.der)
    }

    /// A header that names the certificate by SHA-1.
    pub fn header(&self) -> Value {
        let thumbprint = URL_SAFE_NO_PAD.encode(self.certificate.thumbprint_sha1);
        json!({ "typ": "JWT", "alg": "RS256", "x5t": thumbprint })
    }

    /// Signs a JWT, with PSS if the header says PS256.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let padding: &'static dyn RsaEncoding =
            if header["alg"] == "PS256" { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key.sign(padding, &random, signed.as_bytes(), &mut signature).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// A proof of possession for `addKey` and `removeKey`.
    pub fn proof(&self, object: &str, now: Timestamp) -> String {
        let claims = json!({
            "iss": object,
            "aud": "00000002-0000-0000-c000-000000000000",
            "nbf": now.as_second(),
            "exp": now.as_second() + 600,
        });
        self.sign(&self.header(), &claims)
    }
}
