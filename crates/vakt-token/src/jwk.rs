//! Public keys in the shape of Microsoft's key documents, and certificate thumbprints.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::error::TokenError;

/// One member of `keys` in a key document. Microsoft writes no `alg`, and `issuer` in v2 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    /// `RSA`.
    pub kty: String,
    /// `sig`.
    #[serde(rename = "use", default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Key id; equals `x5t` on Microsoft's platform.
    pub kid: String,
    /// SHA-1 thumbprint of the certificate, base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x5t: Option<String>,
    /// Modulus, base64url.
    #[serde(default)]
    pub n: String,
    /// Exponent, base64url.
    #[serde(default)]
    pub e: String,
    /// Certificates, base64 of DER.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub x5c: Vec<String>,
    /// The issuer this key may sign for; `{tenantid}` stands for any tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// An RSA public key ready to verify with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl PublicKey {
    /// From big-endian numbers without leading zeros.
    pub fn from_components(modulus: &[u8], exponent: &[u8]) -> Self {
        Self { modulus: modulus.to_vec(), exponent: exponent.to_vec() }
    }

    /// From `n` and `e` of a JWK.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, TokenError> {
        if jwk.kty != "RSA" {
            return Err(TokenError::Key("it is not an RSA key"));
        }
        let number = |text: &str| {
            URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Key("`n` or `e` is not base64url"))
        };
        Ok(Self { modulus: number(&jwk.n)?, exponent: number(&jwk.e)? })
    }

    /// The JWK of this key, with its certificate.
    pub fn to_jwk(&self, certificate_der: &[u8]) -> Jwk {
        let kid = thumbprint(certificate_der);
        Jwk {
            kty: "RSA".into(),
            usage: Some("sig".into()),
            x5t: Some(kid.clone()),
            kid,
            n: URL_SAFE_NO_PAD.encode(&self.modulus),
            e: URL_SAFE_NO_PAD.encode(&self.exponent),
            x5c: vec![STANDARD.encode(certificate_der)],
            issuer: None,
        }
    }

    /// Checks an RS256 signature; keys under 2,048 bits never verify.
    pub(crate) fn verify(&self, signed: &[u8], signature: &[u8]) -> Result<(), TokenError> {
        RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent }
            .verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            .map_err(|_| TokenError::Signature)
    }
}

/// The `kid` and `x5t` of a certificate: base64url of the SHA-1 of its DER form. SHA-1 names the
/// certificate here and protects nothing.
pub fn thumbprint(certificate_der: &[u8]) -> String {
    let digest =
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, certificate_der);
    URL_SAFE_NO_PAD.encode(digest.as_ref())
}
