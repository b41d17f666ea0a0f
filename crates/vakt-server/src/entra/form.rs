//! The token request's form, and the client's credentials in it or in HTTP Basic.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use vakt_identity::{Assertion, Credential, Endpoint, ParameterFault, Refusal, TokenRequest};
use vakt_token::claimed_speaker;

/// Largest token request body: a secret, a scope and a client assertion have under 8 KiB.
pub(crate) const TOKEN_BODY_MAX_BYTES: usize = 64 * 1024;

/// The parameters that are read; others are passed over, as libraries send many.
#[derive(Default)]
pub(crate) struct TokenForm {
    grant_type: Option<String>,
    /// `client_id`, or that of HTTP Basic
    pub client_id: Option<String>,
    client_secret: Option<SecretString>,
    other_readings: Vec<SecretString>,
    client_assertion: Option<String>,
    client_assertion_type: Option<String>,
    scope: Option<String>,
    resource: Option<String>,
    /// `client-request-id`
    pub correlation: Option<String>,
}

impl TokenForm {
    /// Reads a body. Each parameter that is read may occur once.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(body).map_err(|_| bad(ParameterFault::NotAForm))?;
        let mut form = Self::default();
        let mut secret = None;
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            let (name, slot) = match &*key {
                "grant_type" => ("grant_type", &mut form.grant_type),
                "client_id" => ("client_id", &mut form.client_id),
                "client_secret" => ("client_secret", &mut secret),
                "client_assertion" => ("client_assertion", &mut form.client_assertion),
                "client_assertion_type" => {
                    ("client_assertion_type", &mut form.client_assertion_type)
                }
                "scope" => ("scope", &mut form.scope),
                "resource" => ("resource", &mut form.resource),
                "client-request-id" => ("client-request-id", &mut form.correlation),
                _ => continue,
            };
            if value.contains('\u{fffd}') {
                return Err(bad(ParameterFault::NotAForm));
            }
            if slot.replace(value.into_owned()).is_some() {
                return Err(bad(ParameterFault::Repeated(name)));
            }
        }
        form.client_secret = secret.filter(|secret| !secret.is_empty()).map(SecretString::from);
        Ok(form)
    }

    /// Takes over credentials of an `Authorization: Basic` header. Two different secrets are a
    /// mistake that should not be guessed about.
    pub(crate) fn add_basic(&mut self, headers: &HeaderMap) -> Result<bool, Refusal> {
        let Some((id, readings)) = basic(headers)? else { return Ok(false) };
        let same_id = self.client_id.as_ref().is_none_or(|sent| sent.eq_ignore_ascii_case(&id));
        let same_secret = self.client_secret.as_ref().is_none_or(|sent| {
            readings.iter().any(|one| one.expose_secret() == sent.expose_secret())
        });
        if !same_id || !same_secret {
            return Err(bad(ParameterFault::TwoCredentials));
        }
        self.client_id = Some(id);
        let mut readings = readings.into_iter();
        self.client_secret = readings.next();
        self.other_readings = readings.collect();
        Ok(true)
    }

    /// The request, as the identity room takes it.
    pub(crate) fn into_request(self, endpoint: Endpoint, tenant: String) -> TokenRequest {
        // A client may leave its id out where its assertion says it; the assertion is verified
        // against that id later, like any other.
        let assertion = self.client_assertion.as_deref();
        let client_id = self.client_id.or_else(|| claimed_speaker(assertion?));
        let has_assertion = self.client_assertion.is_some() || self.client_assertion_type.is_some();
        let assertion = has_assertion.then_some(Assertion {
            token: self.client_assertion,
            kind: self.client_assertion_type,
        });
        TokenRequest {
            endpoint,
            tenant,
            grant_type: self.grant_type,
            client_id,
            credential: Credential {
                secret: self.client_secret,
                other_readings: self.other_readings,
                assertion,
            },
            scope: self.scope,
            resource: self.resource,
        }
    }

    /// An `adfs` client may send either; a scope without a resource asks in the v2 manner.
    pub(crate) fn asks_by_scope(&self) -> bool {
        self.resource.is_none() && self.scope.is_some()
    }
}

fn bad(fault: ParameterFault) -> Refusal {
    Refusal::BadForm(fault)
}

/// `base64(id:secret)`. RFC 6749 wants both parts encoded like a form, some senders only escape,
/// some do neither: the secret comes in all three readings, the most likely first.
fn basic(headers: &HeaderMap) -> Result<Option<(String, Vec<SecretString>)>, Refusal> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let encoded = value.and_then(|value| match value.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("basic") => Some(rest.trim()),
        _ => None,
    });
    let Some(encoded) = encoded else { return Ok(None) };
    let decoded = STANDARD.decode(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = decoded.as_deref().and_then(|text| text.split_once(':'));
    let (id, secret) = pair.ok_or_else(|| bad(ParameterFault::NotAForm))?;
    let unescaped = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut readings = vec![unescaped(secret)];
    for other in [unescaped(&secret.replace('+', " ")), secret.to_owned()] {
        if !readings.contains(&other) {
            readings.push(other);
        }
    }
    let readings = readings.into_iter().map(SecretString::from).collect();
    Ok(Some((unescaped(id), readings)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret_of(body: &str) -> Option<String> {
        let form = TokenForm::parse(body.as_bytes()).unwrap();
        form.client_secret.map(|secret| secret.expose_secret().to_owned())
    }

    #[test]
    fn secrets_are_decoded_once_and_never_trimmed() {
        for (body, expected) in [
            ("client_secret=a%2Bb%26c%25d~e%3D", Some("a+b&c%d~e=")),
            ("client_secret=a+b", Some("a b")),
            ("client_secret=%20x%20", Some(" x ")),
            ("client_secret=a%252Bb", Some("a%2Bb")),
            ("client_secret=", None),
        ] {
            assert_eq!(secret_of(body).as_deref(), expected, "for {body}");
        }
    }

    #[test]
    fn bad_forms_are_refused() {
        for body in [&b"scope=a&scope=b"[..], b"grant_type=\xff\xfe", b"client_id=%ff"] {
            assert!(TokenForm::parse(body).is_err());
        }
    }
}
