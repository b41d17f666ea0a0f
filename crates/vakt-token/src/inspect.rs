//! Decoding without trust: for error texts, logs of refusals and the token inspector.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::claims::SeenClaims;
use crate::error::TokenError;
use crate::header::{Header, TOKEN_LENGTH_MAX_BYTES};

/// A token that was taken apart but not verified: nothing in it may be believed.
#[derive(Debug, Clone)]
pub struct UntrustedToken {
    /// The decoded header.
    pub header: Header,
    /// The header, whole.
    pub header_json: serde_json::Value,
    /// The payload, whole.
    pub payload: serde_json::Value,
    /// The members people ask about.
    pub claims: SeenClaims,
}

/// Takes a token apart. Fails with [`TokenError::TooLong`] or [`TokenError::Malformed`].
pub fn inspect(token: &str) -> Result<UntrustedToken, TokenError> {
    let parts = split(token)?;
    let header_json: serde_json::Value = decode_json("header", parts.header)?;
    let header = serde_json::from_value(header_json.clone())
        .map_err(|error| TokenError::Malformed(format!("its header is unusual: {error}")))?;
    let payload: serde_json::Value = decode_json("payload", parts.payload)?;
    if !payload.is_object() {
        return Err(TokenError::Malformed("its payload is not an object".into()));
    }
    let claims = SeenClaims::from_json(&payload);
    Ok(UntrustedToken { header, header_json, payload, claims })
}

/// The three texts between the dots, and the signed text they start with.
pub(crate) struct Parts<'a> {
    pub header: &'a str,
    pub payload: &'a str,
    pub signature: &'a str,
    pub signed: &'a str,
}

pub(crate) fn split(token: &str) -> Result<Parts<'_>, TokenError> {
    if token.len() > TOKEN_LENGTH_MAX_BYTES {
        return Err(TokenError::TooLong {
            length_bytes: token.len(),
            max_bytes: TOKEN_LENGTH_MAX_BYTES,
        });
    }
    let shape = || TokenError::Malformed("it does not have three parts between dots".into());
    let (signed, signature) = token.rsplit_once('.').ok_or_else(shape)?;
    let (header, payload) = signed.split_once('.').ok_or_else(shape)?;
    if payload.contains('.') {
        return Err(shape());
    }
    Ok(Parts { header, payload, signature, signed })
}

pub(crate) fn decode(part: &str, text: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| TokenError::Malformed(format!("its {part} is not base64url")))
}

pub(crate) fn decode_json<T: serde::de::DeserializeOwned>(
    part: &str,
    text: &str,
) -> Result<T, TokenError> {
    serde_json::from_slice(&decode(part, text)?).map_err(|error| {
        TokenError::Malformed(format!("its {part} is not the expected JSON: {error}"))
    })
}
