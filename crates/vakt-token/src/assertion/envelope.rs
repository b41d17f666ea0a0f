//! Taking a JWT apart, and nothing else: which algorithms, types and lengths a kind may have is
//! told by its verifier.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::dates::Validity;
use super::fault::AssertionFault;
use super::hint::KeyHint;
use crate::jwk::{Algorithm, PublicKey};

/// Longest piece of the caller's text that goes into a fault, in characters.
const ECHO_LENGTH_MAX_CHARS: usize = 200;

/// azure-identity for Python pads each part, which RFC 7515 forbids. The signature covers header and
/// payload as they came, padding included; only the signature itself can be had in two spellings.
const PADDED_OR_NOT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a kind of token may look like from outside.
pub(super) struct Form {
    /// Longest token, in bytes.
    pub length_max_bytes: usize,
    /// `alg`, as written and as meant.
    pub algorithms: &'static [(&'static str, Algorithm)],
    /// The same for people.
    pub algorithm_names: &'static str,
    /// `typ`, lower case; absent is always lawful.
    pub types: &'static [&'static str],
}

/// A JWT taken apart. Nothing in it may be believed before [`Envelope::is_signed_by`].
pub(super) struct Envelope {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    /// The bytes that were signed, exactly as they came: never decoded and encoded again.
    signed: String,
    signature: Vec<u8>,
}

impl Envelope {
    /// Takes a token apart and checks its form. Files that hold tokens often end with a line end,
    /// which is not part of the token.
    pub(super) fn open(token: &str, form: &Form) -> Result<Self, AssertionFault> {
        let token = token.trim_ascii();
        if token.len() > form.length_max_bytes {
            let reason = format!("it has more than {} bytes", form.length_max_bytes);
            return Err(AssertionFault::Malformed(reason));
        }
        let [header, payload, signature] = parts(token)?;
        let signed = token.get(..header.len() + 1 + payload.len()).unwrap_or_default();
        let header = decode_object("header", header)?;
        let algorithm = algorithm(&header, form)?;
        check_type(&header, form)?;
        // RFC 7515: what must be understood and is not refuses the token. `jku`, `x5u`, `jwk` and
        // `x5c` are never looked at: a token does not bring its own key.
        if header.contains_key("crit") {
            return Err(malformed("it has critical header parameters"));
        }
        Ok(Self {
            claims: decode_object("payload", payload)?,
            signature: decode("signature", signature)?,
            signed: signed.to_owned(),
            algorithm,
            header,
        })
    }

    /// Did this key sign it?
    pub(super) fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.signed(self.algorithm, self.signed.as_bytes(), &self.signature)
    }

    pub(super) fn hint(&self) -> KeyHint {
        KeyHint::of(&self.header)
    }

    /// `kid`, if it is a text.
    pub(super) fn kid(&self) -> Option<&str> {
        self.header.get("kid")?.as_str()
    }

    pub(super) fn has(&self, claim: &str) -> bool {
        self.claims.contains_key(claim)
    }

    /// A claim that must be a text.
    pub(super) fn text(&self, claim: &'static str) -> Result<&str, AssertionFault> {
        text(&self.claims, claim)
    }

    /// `aud`: a text, or an array of one text. A token for several readers would let each of them
    /// use it at the others.
    pub(super) fn audience(&self) -> Result<&str, AssertionFault> {
        match self.claims.get("aud") {
            None => Err(AssertionFault::Missing("aud")),
            Some(Value::String(one)) => Ok(one),
            Some(Value::Array(all)) => match all.as_slice() {
                [Value::String(one)] => Ok(one),
                _ => Err(malformed("its `aud` does not name exactly one audience")),
            },
            Some(_) => Err(malformed("its `aud` is not a text")),
        }
    }

    pub(super) fn validity(&self) -> Result<Validity, AssertionFault> {
        Validity::of(&self.claims)
    }
}

/// Who issued a token as it says itself, before anything is verified: it decides which verifier is
/// asked. `None` for what is no JWT or does not say.
pub fn claimed_issuer(token: &str) -> Option<String> {
    text(&unverified(token)?, "iss").ok().map(str::to_owned)
}

/// For whom a token speaks that names its issuer as its subject, before anything is verified:
/// clients may leave their id out beside such an assertion (RFC 7521, 4.2).
pub fn claimed_speaker(token: &str) -> Option<String> {
    let claims = unverified(token)?;
    let (issuer, subject) = (text(&claims, "iss").ok()?, text(&claims, "sub").ok()?);
    (issuer == subject).then(|| subject.to_owned())
}

fn unverified(token: &str) -> Option<Map<String, Value>> {
    let [_, payload, _] = parts(token.trim_ascii()).ok()?;
    decode_object("payload", payload).ok()
}

pub(super) fn malformed(reason: &str) -> AssertionFault {
    AssertionFault::Malformed(reason.to_owned())
}

/// The start of a foreign text, for a fault.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(ECHO_LENGTH_MAX_CHARS).collect()
}

fn parts(token: &str) -> Result<[&str; 3], AssertionFault> {
    let mut parts = token.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(header), Some(payload), Some(signature), None) => Ok([header, payload, signature]),
        _ => Err(malformed("it does not have three parts between dots")),
    }
}

fn decode(part: &str, text: &str) -> Result<Vec<u8>, AssertionFault> {
    let wrong = |_| AssertionFault::Malformed(format!("its {part} is not base64url"));
    PADDED_OR_NOT.decode(text).map_err(wrong)
}

fn decode_object(part: &str, text: &str) -> Result<Map<String, Value>, AssertionFault> {
    let wrong = |_| AssertionFault::Malformed(format!("its {part} is not a JSON object"));
    serde_json::from_slice(&decode(part, text)?).map_err(wrong)
}

fn text<'a>(
    claims: &'a Map<String, Value>,
    claim: &'static str,
) -> Result<&'a str, AssertionFault> {
    let value = claims.get(claim).ok_or(AssertionFault::Missing(claim))?;
    let wrong = || AssertionFault::Malformed(format!("its `{claim}` is not a text"));
    value.as_str().ok_or_else(wrong)
}

fn algorithm(header: &Map<String, Value>, form: &Form) -> Result<Algorithm, AssertionFault> {
    let named = header.get("alg").and_then(Value::as_str);
    let named = named.ok_or_else(|| malformed("its header has no `alg`"))?;
    let lawful = form.algorithms.iter().find(|(name, _)| *name == named);
    lawful.map(|(_, meant)| *meant).ok_or_else(|| AssertionFault::Algorithm {
        found: shown(named),
        accepted: form.algorithm_names,
    })
}

/// RFC 8725 wants kinds told apart by `typ` where it is there.
fn check_type(header: &Map<String, Value>, form: &Form) -> Result<(), AssertionFault> {
    let Some(typ) = header.get("typ") else { return Ok(()) };
    let typ = typ.as_str().unwrap_or_default().to_ascii_lowercase();
    let typ = typ.strip_prefix("application/").unwrap_or(&typ);
    if form.types.contains(&typ) { Ok(()) } else { Err(malformed("its `typ` is of another kind")) }
}
