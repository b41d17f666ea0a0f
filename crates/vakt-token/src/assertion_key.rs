//! Client assertions: short JWTs by which an application proves that it holds the private key of
//! a registered certificate (RFC 7523).

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::certificate::Certificate;
use crate::error::TokenError;

/// How long an assertion is good, in seconds: what Microsoft's libraries allow their own.
pub const ASSERTION_LIFETIME_SECONDS: i64 = 600;

/// The signature of an assertion, and the thumbprint its header names the certificate by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssertionAlgorithm {
    /// RSASSA-PSS, with the SHA-256 thumbprint `x5t#S256`.
    Ps256,
    /// PKCS#1 v1.5, with the SHA-1 thumbprint `x5t`, for servers that know no other.
    Rs256,
}

/// What one assertion says.
#[derive(Debug, Clone, Copy)]
pub struct AssertionClaims<'a> {
    /// Who proves itself.
    pub client_id: &'a str,
    /// The token endpoint it is sent to.
    pub audience: &'a str,
    /// The present.
    pub now: Timestamp,
}

/// A private key and the certificate over it.
pub struct AssertionKey {
    key: RsaKeyPair,
    random: SystemRandom,
    certificate: Certificate,
}

impl fmt::Debug for AssertionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AssertionKey({})", self.certificate.subject)
    }
}

impl AssertionKey {
    /// From a private key (PKCS#8 or PKCS#1 DER) and the one of these certificates that is over
    /// it: files often hold a whole chain.
    pub fn new<'a>(
        private_key_der: &[u8],
        certificates_der: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, TokenError> {
        let key = RsaKeyPair::from_pkcs8(private_key_der)
            .or_else(|_| RsaKeyPair::from_der(private_key_der))
            .map_err(|_| TokenError::Key("it is not an RSA private key of 2,048 bits or more"))?;
        let public = key.public_key().as_ref();
        let certificate = certificates_der
            .into_iter()
            .filter_map(|der| Certificate::read(der).ok())
            .find(|certificate| certificate.public_key_der == public)
            .ok_or(TokenError::Key("none of the certificates belongs to it"))?;
        Ok(Self { key, random: SystemRandom::new(), certificate })
    }

    /// Signs an assertion.
    pub fn sign(
        &self,
        algorithm: AssertionAlgorithm,
        claims: &AssertionClaims<'_>,
    ) -> Result<String, TokenError> {
        let (encoding, header): (&'static dyn RsaEncoding, Value) = match algorithm {
            AssertionAlgorithm::Ps256 => (
                &RSA_PSS_SHA256,
                json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": text(&self.certificate.thumbprint_sha256) }),
            ),
            AssertionAlgorithm::Rs256 => (
                &RSA_PKCS1_SHA256,
                json!({ "alg": "RS256", "typ": "JWT", "x5t": text(&self.certificate.thumbprint_sha1) }),
            ),
        };
        let mut token = encode(&header);
        token.push('.');
        token.push_str(&encode(&self.payload(claims)));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(encoding, &self.random, token.as_bytes(), &mut signature)
            .map_err(|_| TokenError::Key("the signature could not be made"))?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    fn payload(&self, claims: &AssertionClaims<'_>) -> Value {
        let AssertionClaims { client_id, audience, now } = *claims;
        let issued_at = now.as_second();
        json!({
            "aud": audience,
            "iss": client_id,
            "sub": client_id,
            "jti": self.unique_id(claims),
            "iat": issued_at,
            "nbf": issued_at,
            "exp": issued_at + ASSERTION_LIFETIME_SECONDS,
        })
    }

    /// The id must differ from assertion to assertion and need not be a surprise, so it is made of
    /// what makes this one different.
    fn unique_id(&self, claims: &AssertionClaims<'_>) -> String {
        let AssertionClaims { client_id, audience, now } = claims;
        let certificate = text(&self.certificate.thumbprint_sha256);
        let unique = format!("{certificate}\n{client_id}\n{audience}\n{}", now.as_nanosecond());
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, unique.as_bytes());
        text(digest.as_ref())
    }
}

fn encode(value: &Value) -> String {
    text(value.to_string().as_bytes())
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{
        RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey,
        VerificationAlgorithm,
    };
    use rcgen::{CertificateParams, PKCS_RSA_SHA256};
    use rustls_pki_types::PrivatePkcs8KeyDer;

    /// A key and a certificate over it.
    fn pair() -> (Vec<u8>, Vec<u8>) {
        let pkcs8 = crate::generate_pkcs8().unwrap();
        let der = PrivatePkcs8KeyDer::from(pkcs8.as_slice());
        let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256).unwrap();
        let certificate = CertificateParams::default().self_signed(&pair).unwrap();
        (pkcs8, certificate.der().to_vec())
    }

    fn decode(part: &str) -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn assertions_say_who_to_whom_and_how_long() {
        let (pkcs8, certificate) = pair();
        let (_, other) = pair();
        let key = AssertionKey::new(&pkcs8, [&other[..], &certificate]).unwrap();
        let claims = AssertionClaims {
            client_id: "app",
            audience: "https://vakt.example/t/oauth2/v2.0/token",
            now: Timestamp::from_second(1000).unwrap(),
        };
        let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &certificate);
        let sha256 = URL_SAFE_NO_PAD.encode(sha256.as_ref());
        let cases: [(_, &dyn VerificationAlgorithm, _); 2] = [
            (
                AssertionAlgorithm::Ps256,
                &RSA_PSS_2048_8192_SHA256,
                json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": sha256 }),
            ),
            (
                AssertionAlgorithm::Rs256,
                &RSA_PKCS1_2048_8192_SHA256,
                json!({ "alg": "RS256", "typ": "JWT", "x5t": crate::thumbprint(&certificate) }),
            ),
        ];
        for (algorithm, verifier, header) in cases {
            let token = key.sign(algorithm, &claims).unwrap();
            let (signed, signature) = token.rsplit_once('.').unwrap();
            let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
            let public = UnparsedPublicKey::new(verifier, key.key.public_key().as_ref());
            public.verify(signed.as_bytes(), &signature).unwrap();
            let (head, payload) = signed.split_once('.').unwrap();
            assert_eq!(decode(head), header);
            let mut payload = decode(payload);
            assert_eq!(payload["jti"].take().as_str().unwrap().len(), 43);
            let expected = json!({
                "aud": claims.audience, "iss": "app", "sub": "app", "jti": null,
                "iat": 1000, "nbf": 1000, "exp": 1600,
            });
            assert_eq!(payload, expected);
        }
    }

    #[test]
    fn assertions_of_two_instants_have_two_ids() {
        let (pkcs8, certificate) = pair();
        let key = AssertionKey::new(&pkcs8, [&certificate[..]]).unwrap();
        let id = |nanosecond| {
            let now = Timestamp::from_nanosecond(nanosecond).unwrap();
            key.unique_id(&AssertionClaims { client_id: "app", audience: "a", now })
        };
        assert_ne!(id(0), id(1));
        assert_eq!(id(1), id(1));
    }

    #[test]
    fn keys_without_their_certificate_are_refused() {
        let (pkcs8, certificate) = pair();
        let (_, other) = pair();
        for (key, certificates, expected) in [
            (&pkcs8[..], vec![&other[..]], "none of the certificates belongs to it"),
            (&pkcs8, vec![], "none of the certificates belongs to it"),
            (b"key", vec![&certificate], "it is not an RSA private key of 2,048 bits or more"),
        ] {
            let error = AssertionKey::new(key, certificates).unwrap_err();
            assert_eq!(error.to_string(), format!("the key cannot be used: {expected}"));
        }
    }
}
