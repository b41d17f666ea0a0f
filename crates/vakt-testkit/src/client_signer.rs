//! A client's key and its certificate, and the assertions it signs, byte for byte as a library
//! would write them.

use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding};
use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use rustls_pki_types::PrivatePkcs8KeyDer;
use serde_json::Value;
use vakt_token::{Jwk, PublicKey};

/// Making keys takes long, and the n-th key of one test is as good as that of another.
static KEYS: LazyLock<Mutex<Vec<Arc<RsaKeyPair>>>> = LazyLock::new(Mutex::default);

/// A key with a certificate over it.
#[derive(Clone)]
pub struct ClientSigner {
    key: Arc<RsaKeyPair>,
    certificate: Vec<u8>,
}

impl ClientSigner {
    /// The n-th key, with a certificate of the year 2026.
    pub fn new(n: usize) -> Self {
        Self::between(n, (2026, 1, 1), (2027, 1, 1))
    }

    /// The n-th key, with a certificate that is good between two days.
    pub fn between(n: usize, from: (i32, u8, u8), until: (i32, u8, u8)) -> Self {
        let mut keys = KEYS.lock().unwrap();
        while keys.len() <= n {
            keys.push(Arc::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap()));
        }
        let key = keys[n].clone();
        let mut parameters = rcgen::CertificateParams::new(Vec::new()).unwrap();
        parameters.distinguished_name = rcgen::DistinguishedName::new();
        parameters.distinguished_name.push(rcgen::DnType::CommonName, format!("key {n}"));
        parameters.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
        parameters.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
        let pair = PrivatePkcs8KeyDer::from(pkcs8(&key));
        let pair = rcgen::KeyPair::try_from(&pair).unwrap();
        let certificate = parameters.self_signed(&pair).unwrap().der().to_vec();
        Self { key, certificate }
    }

    /// The certificate, PEM.
    pub fn certificate_pem(&self) -> String {
        pem("CERTIFICATE", &self.certificate)
    }

    /// The certificate, DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// SHA-1 over the certificate.
    pub fn sha1(&self) -> Vec<u8> {
        digest(&SHA1_FOR_LEGACY_USE_ONLY, &self.certificate).as_ref().to_vec()
    }

    /// SHA-256 over the certificate.
    pub fn sha256(&self) -> Vec<u8> {
        digest(&SHA256, &self.certificate).as_ref().to_vec()
    }

    /// The public half as an issuer publishes it.
    pub fn jwk(&self) -> Jwk {
        let certificate = vakt_token::Certificate::read(&self.certificate).unwrap();
        PublicKey::from_pkcs1(&certificate.public_key_der).unwrap().to_jwk(&self.certificate)
    }

    /// Signs header and claims as they are, with the padding that `alg` names: PSS for `PS256`,
    /// PKCS#1 for everything else.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_in(&URL_SAFE_NO_PAD, header, claims)
    }

    /// The same with padded parts.
    pub fn sign_padded(&self, header: &Value, claims: &Value) -> String {
        self.sign_in(&URL_SAFE, header, claims)
    }

    fn sign_in(&self, base64: &GeneralPurpose, header: &Value, claims: &Value) -> String {
        let padding: &'static dyn RsaEncoding =
            if header["alg"] == "PS256" { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
        let part = |value: &Value| base64.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(padding, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        format!("{signed}.{}", base64.encode(signature))
    }
}

fn pkcs8(key: &RsaKeyPair) -> Vec<u8> {
    AsDer::<Pkcs8V1Der<'_>>::as_der(key).unwrap().as_ref().to_vec()
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
