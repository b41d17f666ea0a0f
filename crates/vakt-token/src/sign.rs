//! Claims to compact JWS, with RSA keys of 2,048 bits.

use std::fmt;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::claims::{AccessClaims, TokenVersion};
use crate::error::TokenError;
use crate::header::Header;
use crate::jwk::{Jwk, PublicKey, thumbprint};

/// Makes a new RSA key of 2,048 bits, as PKCS#8 DER. The caller seals it before it touches a disk.
pub fn generate_pkcs8() -> Result<Vec<u8>, TokenError> {
    let failed = |_| TokenError::Key("a new key could not be made");
    let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
    let der = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der>::as_der(&key).map_err(failed)?;
    Ok(der.as_ref().to_vec())
}

/// A private key with its certificate, and the two header texts it signs under.
pub struct SigningKey {
    key: RsaKeyPair,
    random: SystemRandom,
    kid: String,
    certificate_der: Vec<u8>,
    header_v1: String,
    header_v2: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.kid)
    }
}

impl SigningKey {
    /// From a PKCS#8 private key and the DER of a certificate over the same key.
    pub fn new(pkcs8: &[u8], certificate_der: Vec<u8>) -> Result<Self, TokenError> {
        let key = RsaKeyPair::from_pkcs8(pkcs8)
            .map_err(|_| TokenError::Key("it is not an RSA private key of 2,048 bits or more"))?;
        let kid = thumbprint(&certificate_der);
        let header = |x5t: Option<String>| {
            encode_header(&Header {
                alg: "RS256".into(),
                typ: Some("JWT".into()),
                kid: Some(kid.clone()),
                x5t,
                crit: None,
            })
        };
        Ok(Self {
            header_v1: header(Some(kid.clone()))?,
            header_v2: header(None)?,
            key,
            random: SystemRandom::new(),
            kid,
            certificate_der,
        })
    }

    /// The key id: the certificate's thumbprint.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half.
    pub fn public_key(&self) -> PublicKey {
        let key = self.key.public_key();
        PublicKey::from_components(
            key.modulus().big_endian_without_leading_zero(),
            key.exponent().big_endian_without_leading_zero(),
        )
    }

    /// The public half in the shape of a key document.
    pub fn jwk(&self) -> Jwk {
        self.public_key().to_jwk(&self.certificate_der)
    }

    /// Signs an access token. v1.0 headers carry `x5t`, v2.0 headers do not.
    pub fn sign(&self, version: TokenVersion, claims: &AccessClaims) -> Result<String, TokenError> {
        let header = match version {
            TokenVersion::V1 => &self.header_v1,
            TokenVersion::V2 => &self.header_v2,
        };
        self.sign_json(header, claims)
    }

    fn sign_json(
        &self,
        header: &str,
        claims: &impl serde::Serialize,
    ) -> Result<String, TokenError> {
        let payload =
            serde_json::to_vec(claims).map_err(|error| TokenError::Malformed(error.to_string()))?;
        let mut token = String::with_capacity(header.len() + payload.len() * 4 / 3 + 360);
        token.push_str(header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(payload, &mut token);
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &self.random, token.as_bytes(), &mut signature)
            .map_err(|_| TokenError::Key("the signature could not be made"))?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

fn encode_header(header: &Header) -> Result<String, TokenError> {
    let json = serde_json::to_vec(header).map_err(|e| TokenError::Malformed(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}
