//! What a form sends. Fields are readable only once it is sure that the form is one of ours, shown
//! to this browser: it carries a token that is made of the browser's cookie.

use std::collections::HashMap;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::ORIGIN;
use secrecy::SecretString;
use subtle::ConstantTimeEq;
use vakt_identity::Cookie;

use super::fault::Fault;

/// Largest form: the address to go on to is in it, and may be long.
pub(super) const FORM_MAX_BYTES: usize = 64 * 1024;
/// The token's field.
const TOKEN: &str = "csrf";

/// The fields of a form that was checked.
#[derive(Default)]
pub(crate) struct Fields(HashMap<String, String>);

impl Fields {
    /// Reads a body that was sent with a cookie. Repeated fields are a mistake or an attack.
    pub(super) fn read(body: &[u8], cookie: Option<&Cookie>) -> Result<Self, Fault> {
        let cookie = cookie.ok_or_else(Fault::no_cookie)?;
        let mut fields = HashMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            if fields.insert(name.into_owned(), value.into_owned()).is_some() {
                return Err(Fault::foreign_form());
            }
        }
        let sent = fields.remove(TOKEN).unwrap_or_default();
        if bool::from(sent.as_bytes().ct_eq(token(cookie).as_bytes())) {
            return Ok(Self(fields));
        }
        Err(Fault::foreign_form())
    }

    /// A field's text; empty if it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// What follows `prefix` in the names of the fields that begin with it: of many boxes with
    /// names of their own, those that were ticked.
    pub(crate) fn chosen<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().filter_map(move |name| name.strip_prefix(prefix))
    }

    /// A field that must not be seen.
    pub(crate) fn secret(&mut self, name: &str) -> SecretString {
        self.0.remove(name).unwrap_or_default().into()
    }
}

/// The token of forms shown to the holder of a cookie.
pub(super) fn token(cookie: &Cookie) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, cookie);
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, b"vakt form"))
}

/// A second wall: browsers say where a form was shown. Those that say nothing are old, and are held
/// by the first.
pub(super) fn check_source(headers: &HeaderMap, own: &str) -> Result<(), Fault> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let same_origin = text(ORIGIN.as_str()).is_none_or(|origin| origin == own);
    let same_site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
    if same_origin && same_site { Ok(()) } else { Err(Fault::foreign_form()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_only_with_the_token_of_their_cookie() {
        let (ours, other) = (token(&[1; 32]), token(&[2; 32]));
        for (body, cookie, read) in [
            (format!("a=1&csrf={ours}"), Some([1; 32]), true),
            (format!("a=1&csrf={other}"), Some([1; 32]), false),
            (format!("a=1&csrf={ours}"), None, false),
            (format!("a=1&csrf={ours}&csrf={ours}"), Some([1; 32]), false),
            (format!("a=1&a=2&csrf={ours}"), Some([1; 32]), false),
            ("a=1&csrf=".into(), Some([1; 32]), false),
            ("a=1".into(), Some([1; 32]), false),
            (String::new(), Some([1; 32]), false),
        ] {
            assert_eq!(Fields::read(body.as_bytes(), cookie.as_ref()).is_ok(), read, "{body}");
        }
    }

    #[test]
    fn forms_of_other_places_are_turned_away() {
        for (origin, site, lawful) in [
            (None, None, true),
            (Some("https://vakt.example"), Some("same-origin"), true),
            (Some("https://vakt.example"), None, true),
            (Some("https://evil.example"), None, false),
            (Some("null"), None, false),
            (Some("http://vakt.example"), None, false),
            (None, Some("same-site"), false),
            (None, Some("cross-site"), false),
            (Some("https://vakt.example"), Some("cross-site"), false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            let found = check_source(&headers, "https://vakt.example").is_ok();
            assert_eq!(found, lawful, "{origin:?} {site:?}");
        }
    }
}
