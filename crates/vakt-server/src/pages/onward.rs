//! Where somebody goes on to after signing in. It comes back from the browser, so it counts only if
//! it is one of our own pages: nobody is sent elsewhere by a link to the sign-in page.

use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Longest address that is gone on to.
const ONWARD_LENGTH_MAX_BYTES: usize = 8 * 1024;
/// Where one goes with no other aim.
const HOME: &str = "/portal";
/// What stays as it is inside a query's value.
const IN_QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Path and query of one of our own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Onward(String);

impl Onward {
    /// The page that was asked for.
    pub(crate) fn of(uri: &Uri) -> Self {
        Self::read(uri.path_and_query().map_or(HOME, |target| target.as_str()))
    }

    /// Takes an address if it is one of a page of ours, else the portal's.
    pub(crate) fn read(text: &str) -> Self {
        let known = is_local(text) && text.parse::<Uri>().is_ok_and(|uri| is_page(uri.path()));
        Self(if known { text.to_owned() } else { HOME.to_owned() })
    }

    /// The address.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// One of our pages, with this place as the one to go on to from there.
    pub(crate) fn after(&self, page: &str) -> String {
        format!("{page}?return={}", utf8_percent_encode(&self.0, IN_QUERY))
    }

    /// The user name that the link proposes.
    pub(crate) fn login_hint(&self) -> Option<String> {
        let (_, query) = self.0.split_once('?')?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == "login_hint").map(|(_, value)| value.into_owned())
    }
}

/// Browsers take `//host`, `/\host` and addresses with control characters for other places.
fn is_local(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    text.len() <= ONWARD_LENGTH_MAX_BYTES
        && text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(plain)
}

fn is_page(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    if segments.iter().any(|segment| leads_up(segment)) {
        return false;
    }
    match segments.as_slice() {
        ["portal", "assets", ..] => false,
        ["portal", ..] => true,
        ["vakt", "account"] | ["vakt", "account", "password" | "authenticator"] => true,
        [tenant, rest @ ..] => {
            !tenant.is_empty()
                && matches!(
                    rest,
                    ["adminconsent"]
                        | ["v2.0", "adminconsent"]
                        | ["oauth2", "authorize"]
                        | ["oauth2", "v2.0", "authorize"]
                )
        }
        [] => false,
    }
}

/// Browsers take `.` and `..` out of a path, escaped or not, and go to what is left.
fn leads_up(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_anywhere_but_to_a_page_of_ours() {
        for (text, kept) in [
            ("/vakt/account", true),
            ("/vakt/account/authenticator", true),
            ("/portal", true),
            ("/portal/applications?search=a", true),
            ("/portal/assets/x.css", false),
            ("/portal/../common/oauth2/v2.0/logout", false),
            ("/portal/%2E%2e/common/oauth2/v2.0/logout", false),
            ("/portal/.%2e/vakt/v1/health", false),
            ("/portal/applications?search=../..", true),
            ("//portal", false),
            ("/portal@evil.example", false),
            ("/common/oauth2/authorize?client_id=x&prompt=consent", true),
            ("/contoso.com/v2.0/adminconsent?redirect_uri=https://evil.example", true),
            ("https://evil.example/vakt/account", false),
            ("//evil.example/oauth2/authorize", false),
            ("/\\evil.example/adminconsent", false),
            ("/\t/evil.example/adminconsent", false),
            ("/vakt/account\r\nSet-Cookie: a=b", false),
            ("//adminconsent", false),
            ("/common/oauth2/v2.0/logout", false),
            ("/v1.0/applications", false),
            ("/vakt/v1/health", false),
            ("vakt/account", false),
            ("", false),
        ] {
            let expected = if kept { text } else { HOME };
            assert_eq!(Onward::read(text).as_str(), expected, "for {text}");
        }
        let long = format!("/vakt/account?{}", "a".repeat(ONWARD_LENGTH_MAX_BYTES));
        assert_eq!(Onward::read(&long).as_str(), HOME);
    }

    #[test]
    fn a_place_survives_the_way_through_the_sign_in_page() {
        let text = "/common/oauth2/authorize?state=a%26b&login_hint=ada%2Bx@contoso.com";
        let place = Onward::read(text);
        let address = place.after("/vakt/sign-in");
        let (_, query) = address.split_once('?').unwrap();
        let (_, value) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
        assert_eq!(Onward::read(&value), place);
        assert_eq!(place.login_hint().as_deref(), Some("ada+x@contoso.com"));
    }
}
