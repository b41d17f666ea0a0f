//! A token in what people paste, or why there is none in it.

use crate::error::TokenError;
use crate::header::TOKEN_LENGTH_MAX_BYTES;
use crate::inspect::{UntrustedToken, decode_json, inspect};

/// Why there is no token to read. Nothing of what was pasted is in the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing was pasted.
    Empty,
    /// It is longer than any token.
    TooLong,
    /// It is encrypted (JWE, RFC 7516).
    Encrypted,
    /// It has another form: only its maker can read it.
    Opaque,
    /// It is the whole answer of a token endpoint.
    Answer,
    /// It was a token before it was cut or changed.
    Damaged(&'static str),
}

/// People copy the header, too.
pub fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("Authorization:").map_or(text, str::trim);
    let text = text.strip_prefix("Bearer ").map_or(text, str::trim);
    text.trim_matches(['"', '\''])
}

/// The token in a text, joined where lines were broken, and what is in it.
pub fn read_pasted(text: &str) -> Result<(String, UntrustedToken), Unreadable> {
    let token: String = bare(text).split_whitespace().collect();
    if token.is_empty() {
        return Err(Unreadable::Empty);
    }
    if token.len() > TOKEN_LENGTH_MAX_BYTES {
        return Err(Unreadable::TooLong);
    }
    if token.starts_with('{') {
        return Err(Unreadable::Answer);
    }
    if is_encrypted(&token) {
        return Err(Unreadable::Encrypted);
    }
    match inspect(&token) {
        Ok(seen) => Ok((token, seen)),
        // Headers of tokens are JSON objects, and those begin like this.
        Err(_) if !token.starts_with("ey") => Err(Unreadable::Opaque),
        Err(error) => Err(Unreadable::Damaged(damage(&token, &error))),
    }
}

fn is_encrypted(token: &str) -> bool {
    let header = token.split('.').next().unwrap_or_default();
    let header: Result<serde_json::Value, _> = decode_json("header", header);
    header.is_ok_and(|header| header.get("enc").is_some())
}

fn damage(token: &str, error: &TokenError) -> &'static str {
    match (token.matches('.').count(), error) {
        (0 | 1, _) => "a part of it is missing: a token has three parts between two dots",
        (2, TokenError::Malformed(text)) if text.contains("header") => "its header cannot be read",
        (2, _) => "its content cannot be read",
        _ => "it has too many parts: a token has three between two dots",
    }
}

impl Unreadable {
    /// What is wrong, and the next step.
    pub fn words(self) -> String {
        match self {
            Self::Empty => "Paste a token.".into(),
            Self::TooLong => {
                format!("This is longer than a token may be ({TOKEN_LENGTH_MAX_BYTES} bytes). Paste one token alone.")
            }
            Self::Encrypted => {
                "This token is encrypted: only the API that it is for can read it. Send it there unchanged; to look inside, ask whoever runs that API.".into()
            }
            Self::Opaque => {
                "This cannot be read by anybody but its maker. Refresh tokens, authorization codes and client secrets look like this. Exchange it at the token endpoint and paste the access_token of the answer, which begins with eyJ.".into()
            }
            Self::Answer => {
                "This is the whole answer of a token endpoint. Paste the text of access_token alone; it begins with eyJ.".into()
            }
            Self::Damaged(what) => {
                format!("This token is damaged: {what}. Copy it again, whole, without a letter more or less.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[test]
    fn tokens_are_found_in_what_people_paste() {
        for text in [
            "eyJ.a.b",
            " eyJ.a.b\n",
            "Bearer eyJ.a.b",
            "Authorization: Bearer eyJ.a.b",
            "\"eyJ.a.b\"",
        ] {
            assert_eq!(bare(text), "eyJ.a.b");
        }
    }

    #[test]
    fn what_is_no_token_is_told_apart() {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let (header, payload) = (part(r#"{"alg":"RS256"}"#), part(r#"{"aud":"x"}"#));
        let encrypted = part(r#"{"alg":"dir","enc":"A256GCM"}"#);
        let header_cut = header.get(..9).unwrap();
        for (text, expected) in [
            (format!("{header}.{payload}.c2ln"), "it is a token"),
            (format!("Bearer {header}.\r\n{payload}\n.c2ln"), "it is a token"),
            (String::new(), "Paste a token"),
            (" \n".into(), "Paste a token"),
            ("e".repeat(TOKEN_LENGTH_MAX_BYTES + 1), "longer"),
            (format!("{encrypted}..iv.text.tag"), "encrypted"),
            ("0.AXYA.AgABAAEAAAD".into(), "Refresh tokens"),
            ("Bearer secret".into(), "Refresh tokens"),
            (format!(r#"{{"access_token":"{header}"}}"#), "whole answer"),
            (format!("{header}.{payload}"), "part of it is missing"),
            (format!("{header}.{payload}.a.b"), "too many parts"),
            (format!("{header_cut}.{payload}.c2ln"), "its header"),
            (format!("{header}.x{payload}.c2ln"), "its content"),
            (format!("{header}.{}.c2ln", part("[]")), "its content"),
        ] {
            let told = read_pasted(&text).err().map(Unreadable::words);
            let told = told.as_deref().unwrap_or("it is a token");
            assert!(told.contains(expected), "{text}: {told}");
        }
    }
}
