//! Claims to compact JWS, with RSA keys of 2,048 bits.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::claims::{AccessClaims, TokenVersion};
use crate::error::TokenError;
use crate::header::Header;
use crate::jwk::{Jwk, PublicKey, thumbprint};
use crate::private_key::PrivateKey;

/// A private key with its certificate, and the two header texts it signs under.
pub struct SigningKey {
    key: PrivateKey,
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
        let key = PrivateKey::from_pkcs8(pkcs8)?;
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
        self.key.public_key()
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
        let signature = self.key.sign(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

fn encode_header(header: &Header) -> Result<String, TokenError> {
    let json = serde_json::to_vec(header).map_err(|e| TokenError::Malformed(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}
