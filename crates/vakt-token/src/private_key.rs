//! An issuer's RSA private key, and which library signs with it.
//!
//! A token costs little else than its signature, so the quicker library of the processor takes it:
//! Graviola (the proven arithmetic of s2n-bignum) on x86-64 processors that have what it needs but
//! not AVX-512 IFMA, aws-lc on all others. Either verifies what it signed before it gives it away,
//! and RSASSA-PKCS1-v1_5 is deterministic: the signature is the same whoever makes it.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

use crate::error::TokenError;
use crate::jwk::PublicKey;

/// Makes a new RSA key of 2,048 bits, as PKCS#8 DER. The caller seals it before it touches a disk.
pub fn generate_pkcs8() -> Result<Vec<u8>, TokenError> {
    let failed = |_| TokenError::Key("a new key could not be made");
    let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?;
    let der = AsDer::<Pkcs8V1Der>::as_der(&key).map_err(failed)?;
    Ok(der.as_ref().to_vec())
}

/// The key, read once for each library that may sign with it.
pub(crate) struct PrivateKey {
    key: RsaKeyPair,
    random: SystemRandom,
    #[cfg(target_arch = "x86_64")]
    quick: Option<graviola::signing::rsa::SigningKey>,
}

impl PrivateKey {
    pub(crate) fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, TokenError> {
        let key = RsaKeyPair::from_pkcs8(pkcs8)
            .map_err(|_| TokenError::Key("it is not an RSA private key of 2,048 bits or more"))?;
        Ok(Self {
            key,
            random: SystemRandom::new(),
            #[cfg(target_arch = "x86_64")]
            quick: x86_64::quick(pkcs8),
        })
    }

    pub(crate) fn public_key(&self) -> PublicKey {
        let key = self.key.public_key();
        PublicKey::from_components(
            key.modulus().big_endian_without_leading_zero(),
            key.exponent().big_endian_without_leading_zero(),
        )
    }

    /// RS256 (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 section 3.3) over `message`.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, TokenError> {
        let failed = || TokenError::Key("the signature could not be made");
        let mut signature = vec![0; self.key.public_modulus_len()];
        #[cfg(target_arch = "x86_64")]
        if let Some(quick) = &self.quick {
            quick.sign_pkcs1_sha256(&mut signature, message).map_err(|_| failed())?;
            return Ok(signature);
        }
        self.key
            .sign(&RSA_PKCS1_SHA256, &self.random, message, &mut signature)
            .map_err(|_| failed())?;
        Ok(signature)
    }
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use graviola::signing::rsa::SigningKey;

    /// The key for Graviola, where that is the quicker one. It panics on a processor that lacks
    /// what it asks for, so the processor is asked first. A key it cannot read is left to aws-lc.
    pub(super) fn quick(pkcs8: &[u8]) -> Option<SigningKey> {
        if !is_supported() || has_wide_multiplication() {
            return None;
        }
        SigningKey::from_pkcs8_der(pkcs8).ok()
    }

    /// Its own check, and the multiplication its RSA is written with.
    fn is_supported() -> bool {
        graviola::util::is_cpu_supported() && is_x86_feature_detected!("bmi2")
    }

    /// Where aws-lc has routines over vectors of 52-bit products.
    fn has_wide_multiplication() -> bool {
        is_x86_feature_detected!("avx512ifma") && is_x86_feature_detected!("avx512vl")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

    /// Whichever library the processor gives it to.
    #[test]
    fn a_signature_is_the_same_by_every_library() {
        let pkcs8 = generate_pkcs8().unwrap();
        let key = PrivateKey::from_pkcs8(&pkcs8).unwrap();
        let by_aws_lc = |message: &[u8]| {
            let mut signature = vec![0; key.key.public_modulus_len()];
            key.key.sign(&RSA_PKCS1_SHA256, &key.random, message, &mut signature).unwrap();
            signature
        };
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.key.public_key());
        for length in [0, 1, 64, 1_000, 100_000] {
            let message = vec![b'a'; length];
            let signature = key.sign(&message).unwrap();
            public.verify(&message, &signature).unwrap();
            assert_eq!(signature, by_aws_lc(&message), "{length} bytes");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let mut short = generate_pkcs8().unwrap();
        short.truncate(600);
        for text in [&b""[..], b"no key", &short] {
            assert!(PrivateKey::from_pkcs8(text).is_err(), "{} bytes", text.len());
        }
    }
}
