//! Which key a header names. The name picks a key and proves nothing, so it is read as leniently
//! as libraries write it: either base64 alphabet, padded or not, or hexadecimal digits.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const WITH_DASHES: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);
const WITH_SLASHES: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
/// Longest name that can be a thumbprint: SHA-256 in hexadecimal with colons.
const NAME_LENGTH_MAX_CHARS: usize = 95;

/// The name of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thumbprint {
    /// SHA-1 over it.
    Sha1([u8; 20]),
    /// SHA-256 over it.
    Sha256([u8; 32]),
}

impl Thumbprint {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Sha1(bytes) => bytes,
            Self::Sha256(bytes) => bytes,
        }
    }
}

/// The certificates a header names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyHint {
    thumbprints: Vec<Thumbprint>,
}

impl KeyHint {
    pub(super) fn of(header: &Map<String, Value>) -> Self {
        let names =
            ["x5t#S256", "x5t", "kid"].iter().filter_map(|name| header.get(*name)?.as_str());
        Self { thumbprints: names.filter_map(thumbprint).collect() }
    }

    /// Is the certificate with these thumbprints named?
    pub fn names(&self, sha1: &[u8; 20], sha256: &[u8; 32]) -> bool {
        self.thumbprints.iter().any(|thumbprint| match thumbprint {
            Thumbprint::Sha1(bytes) => bytes == sha1,
            Thumbprint::Sha256(bytes) => bytes == sha256,
        })
    }

    /// The first name as hexadecimal digits, as Microsoft's texts show it.
    pub fn shown(&self) -> Option<String> {
        let first = self.thumbprints.first()?;
        Some(first.bytes().iter().map(|byte| format!("{byte:02X}")).collect())
    }
}

fn thumbprint(name: &str) -> Option<Thumbprint> {
    if name.len() > NAME_LENGTH_MAX_CHARS {
        return None;
    }
    let encoded = || WITH_DASHES.decode(name).or_else(|_| WITH_SLASHES.decode(name)).ok();
    of_bytes(&hexadecimal(name).unwrap_or_default()).or_else(|| of_bytes(&encoded()?))
}

fn of_bytes(bytes: &[u8]) -> Option<Thumbprint> {
    let sha1 = bytes.try_into().ok().map(Thumbprint::Sha1);
    sha1.or_else(|| bytes.try_into().ok().map(Thumbprint::Sha256))
}

fn hexadecimal(name: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = name
        .chars()
        .filter(|c| *c != ':')
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some(high * 16 + low),
        _ => None,
    };
    digits.chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SHA1: [u8; 20] = [0xfb; 20];
    const SHA256: [u8; 32] = [0xfb; 32];

    fn named(header: Value) -> bool {
        KeyHint::of(header.as_object().unwrap()).names(&SHA1, &SHA256)
    }

    #[test]
    fn thumbprints_are_read_in_every_spelling() {
        for header in [
            json!({ "x5t": "-_v7-_v7-_v7-_v7-_v7-_v7-_s" }),
            json!({ "x5t": "-_v7-_v7-_v7-_v7-_v7-_v7-_s=" }),
            json!({ "x5t": "+/v7+/v7+/v7+/v7+/v7+/v7+/s=" }),
            json!({ "x5t": "+/v7+/v7+/v7+/v7+/v7+/v7+/s" }),
            json!({ "x5t#S256": "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s=" }),
            json!({ "x5t#S256": "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=" }),
            json!({ "kid": "fb".repeat(20) }),
            json!({ "kid": "FB".repeat(32) }),
            json!({ "kid": (["FB"; 20].join(":")) }),
            json!({ "kid": "my key", "x5t": "-_v7-_v7-_v7-_v7-_v7-_v7-_s" }),
        ] {
            assert!(named(header.clone()), "{header}");
        }
    }

    #[test]
    fn what_is_no_thumbprint_names_nothing() {
        for header in [
            json!({}),
            json!({ "x5t": "" }),
            json!({ "x5t": 7 }),
            json!({ "x5t": "AAAA" }),
            json!({ "x5t": "fb".repeat(19) }),
            json!({ "kid": "fb".repeat(4000) }),
            json!({ "kid": "ä".repeat(20) }),
        ] {
            let hint = KeyHint::of(header.as_object().unwrap());
            assert_eq!(hint, KeyHint::default(), "{header}");
            assert_eq!(hint.shown(), None);
        }
    }

    #[test]
    fn a_name_is_shown_as_hexadecimal() {
        let header = json!({ "x5t": "-_v7-_v7-_v7-_v7-_v7-_v7-_s" });
        let hint = KeyHint::of(header.as_object().unwrap());
        assert_eq!(hint.shown(), Some("FB".repeat(20)));
    }
}
