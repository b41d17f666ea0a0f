//! Links to the next page, and the opaque token in them. A token carries the question it belongs
//! to: followed with another filter or order it would skip rows without anybody noticing.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::percent_decode_str;

/// Bytes of the question's fingerprint in a token: enough to notice a mix-up.
const FINGERPRINT_LENGTH_BYTES: usize = 8;
/// The options that make a question; the others may change from page to page.
const OPTIONS: &[&str] = &["$filter", "$search", "$orderby"];

/// Holds the place where a page starts.
const SKIP_TOKEN: &str = "$skiptoken";
/// Holds the place up to which all changes are known.
pub(crate) const DELTA_TOKEN: &str = "$deltatoken";

/// What is asked: which list, which of it, in which order.
pub(crate) struct Question {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Question {
    /// The question of a request.
    pub fn of(uri: &http::Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        let pair = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key).to_ascii_lowercase(), value.to_owned())
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
        Self { path: uri.path().to_owned(), pairs }
    }

    fn fingerprint(&self) -> [u8; FINGERPRINT_LENGTH_BYTES] {
        // Lists are the same under both versions of the API.
        let path = self.path.trim_start_matches('/').split_once('/').map_or("", |(_, path)| path);
        let mut text = path.to_ascii_lowercase();
        for option in OPTIONS {
            let given = self.pairs.iter().find(|(key, _)| key == option);
            let value = given.map(|(_, value)| decoded(value)).unwrap_or_default();
            text.push('\n');
            text.push_str(value.trim());
        }
        let mut fingerprint = [0; FINGERPRINT_LENGTH_BYTES];
        let full = digest(&SHA256, text.as_bytes());
        fingerprint.iter_mut().zip(full.as_ref()).for_each(|(to, from)| *to = *from);
        fingerprint
    }

    /// The cursor of a token that belongs to this question.
    pub fn read(&self, token: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (fingerprint, cursor) = bytes.split_at_checked(FINGERPRINT_LENGTH_BYTES)?;
        let cursor = String::from_utf8(cursor.to_vec()).ok()?;
        (fingerprint == self.fingerprint()).then_some(cursor)
    }

    /// The address of the next page: the same question, from a place on.
    pub fn next_link(&self, base: &str, cursor: &str) -> String {
        self.link(base, SKIP_TOKEN, cursor)
    }

    /// The address to ask later: the same question, for what comes after a place by then.
    pub fn delta_link(&self, base: &str, cursor: &str) -> String {
        self.link(base, DELTA_TOKEN, cursor)
    }

    fn link(&self, base: &str, option: &str, cursor: &str) -> String {
        let mut token = self.fingerprint().to_vec();
        token.extend(cursor.as_bytes());
        let kept = self.pairs.iter().filter(|(key, _)| key != SKIP_TOKEN && key != DELTA_TOKEN);
        let mut pairs: Vec<String> = kept.map(|(key, value)| format!("{key}={value}")).collect();
        pairs.push(format!("{option}={}", URL_SAFE_NO_PAD.encode(token)));
        format!("{base}{}?{}", self.path, pairs.join("&"))
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(target: &str) -> Question {
        Question::of(&target.parse().unwrap())
    }

    #[test]
    fn a_token_fits_the_question_it_came_with_and_no_other() {
        let asked = question("/v1.0/applications?$top=2&$orderby=displayName&$filter=a%20eq%20'b'");
        let link = asked.next_link("https://localhost", "7.name");
        let next: http::Uri = link.parse().unwrap();
        let token = link.rsplit_once("$skiptoken=").unwrap().1;
        assert_eq!(Question::of(&next).read(token).as_deref(), Some("7.name"));
        for (other, fits) in [
            ("/beta/applications?$top=9&%24filter=a+eq+'b'&$orderby=displayName", true),
            ("/v1.0/applications?$filter=a%20eq%20'b'", false),
            ("/v1.0/applications?$orderby=displayName%20desc&$filter=a%20eq%20'b'", false),
            ("/v1.0/applications?$orderby=displayName&$filter=a%20eq%20'c'", false),
            ("/v1.0/servicePrincipals?$orderby=displayName&$filter=a%20eq%20'b'", false),
        ] {
            assert_eq!(question(other).read(token).is_some(), fits, "for {other}");
        }
        assert_eq!(asked.read("AAAA"), None);
        assert_eq!(asked.read("!"), None);
    }

    #[test]
    fn a_link_keeps_what_was_asked_and_replaces_the_token() {
        let asked = question("/v1.0/applications?$top=2&$skiptoken=old&$select=id");
        let link = asked.next_link("https://localhost", "1.");
        assert!(link.starts_with("https://localhost/v1.0/applications?$top=2&$select=id&$skip"));
        assert_eq!(link.matches("$skiptoken").count(), 1);
    }
}
