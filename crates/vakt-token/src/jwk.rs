//! Public keys in the shape of Microsoft's key documents, and certificate thumbprints.

use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use x509_parser::prelude::FromDer;
use x509_parser::public_key::RSAPublicKey;

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

/// The signature algorithms that are accepted anywhere. Each kind of token names its own; `none`
/// and every HMAC are not even words here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// RSA with PKCS#1 v1.5 padding.
    Rs256,
    /// RSA with PSS padding and a salt of 32 bytes.
    Ps256,
}

/// An RSA public key ready to verify with.
#[derive(Debug, Clone)]
pub struct PublicKey {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    /// The numbers as the verifier of RS256 works with them, for keys that verify often.
    prepared: Option<ParsedPublicKey>,
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        (&self.modulus, &self.exponent) == (&other.modulus, &other.exponent)
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    /// From big-endian numbers without leading zeros.
    pub fn from_components(modulus: &[u8], exponent: &[u8]) -> Self {
        Self { modulus: modulus.to_vec(), exponent: exponent.to_vec(), prepared: None }
    }

    /// The same key, prepared to verify RS256 again and again. Numbers that are no key at all are
    /// left as they are, and verify nothing.
    pub(crate) fn prepared(mut self) -> Self {
        self.prepared = self.components().to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256).ok();
        self
    }

    fn components(&self) -> RsaPublicKeyComponents<&[u8]> {
        RsaPublicKeyComponents { n: &self.modulus, e: &self.exponent }
    }

    /// From big-endian numbers. DER and some key documents put a zero before a set first bit.
    pub(crate) fn from_numbers(modulus: &[u8], exponent: &[u8]) -> Self {
        Self::from_components(without_zeros(modulus), without_zeros(exponent))
    }

    /// From an `RSAPublicKey` of PKCS#1, DER.
    pub fn from_pkcs1(der: &[u8]) -> Result<Self, TokenError> {
        let (_, key) = RSAPublicKey::from_der(der)
            .map_err(|_| TokenError::Key("it is not an RSA public key in DER"))?;
        Ok(Self::from_numbers(key.modulus, key.exponent))
    }

    /// From `n` and `e` of a JWK.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, TokenError> {
        if jwk.kty != "RSA" {
            return Err(TokenError::Key("it is not an RSA key"));
        }
        let number = |text: &str| {
            URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Key("`n` or `e` is not base64url"))
        };
        Ok(Self::from_numbers(&number(&jwk.n)?, &number(&jwk.e)?))
    }

    /// Length of the modulus, in bits.
    pub fn length_bits(&self) -> usize {
        let unused = self.modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        self.modulus.len() * 8 - unused
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
        if self.signed(Algorithm::Rs256, signed, signature) {
            Ok(())
        } else {
            Err(TokenError::Signature)
        }
    }

    /// Was this signed with the private half, under this algorithm? Keys under 2,048 or over 8,192
    /// bits have signed nothing.
    pub(crate) fn signed(&self, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match (algorithm, &self.prepared) {
            (Algorithm::Rs256, Some(key)) => key.verify_sig(signed, signature),
            (Algorithm::Rs256, None) => {
                self.components().verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            }
            (Algorithm::Ps256, _) => {
                self.components().verify(&RSA_PSS_2048_8192_SHA256, signed, signature)
            }
        };
        verified.is_ok()
    }
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

/// The `kid` and `x5t` of a certificate: base64url of the SHA-1 of its DER form. SHA-1 names the
/// certificate here and protects nothing.
pub fn thumbprint(certificate_der: &[u8]) -> String {
    let digest =
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, certificate_der);
    URL_SAFE_NO_PAD.encode(digest.as_ref())
}
