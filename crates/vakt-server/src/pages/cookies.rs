//! The three cookies: random bytes, good for nothing but this host over TLS, and out of reach of
//! scripts. What they stand for is found under their hashes. A fourth keeps the theme that a person
//! chose; it stands for nobody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use vakt_identity::Cookie;

use super::theme::Theme;

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A browser that shows the sign-in form. It stands for nobody.
    Visit,
    /// A sign-in half done.
    Step,
    /// A person who has signed in.
    Session,
}

impl Kind {
    /// The prefix makes browsers refuse the cookie unless it is for this host alone, over TLS.
    const fn name(self) -> &'static str {
        match self {
            Self::Visit => "__Host-vakt-visit",
            Self::Step => "__Host-vakt-step",
            Self::Session => "__Host-vakt-session",
        }
    }
}

/// The theme's cookie.
const THEME: &str = "__Host-vakt-theme";
/// How long a theme is remembered: a year.
const THEME_KEPT_SECONDS: u32 = 365 * 24 * 60 * 60;

/// The value that a browser sent.
pub(super) fn find(headers: &HeaderMap, kind: Kind) -> Option<Cookie> {
    URL_SAFE_NO_PAD.decode(text(headers, kind.name())?).ok()?.try_into().ok()
}

/// The theme that a browser sent.
pub(super) fn theme(headers: &HeaderMap) -> Theme {
    text(headers, THEME).map(Theme::read).unwrap_or_default()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|one| one.split_once('='));
    let (_, value) = pairs.find(|(key, _)| key.trim() == name)?;
    Some(value.trim())
}

/// The header that sets a cookie, until the browser is closed, or that takes it away.
pub(super) fn header(kind: Kind, value: Option<&Cookie>) -> Option<HeaderValue> {
    let (text, age) = match value {
        Some(value) => (URL_SAFE_NO_PAD.encode(value), ""),
        None => (String::new(), "; Max-Age=0"),
    };
    let mut header = line(kind.name(), &text, age)?;
    header.set_sensitive(true);
    Some(header)
}

/// The header that keeps a theme.
pub(super) fn theme_header(theme: Theme) -> Option<HeaderValue> {
    line(THEME, theme.name(), &format!("; Max-Age={THEME_KEPT_SECONDS}"))
}

fn line(name: &str, text: &str, age: &str) -> Option<HeaderValue> {
    let line = format!("{name}={text}; Path=/; Secure; HttpOnly; SameSite=Lax{age}");
    HeaderValue::try_from(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<Cookie> {
        let lines = lines.iter().map(|line| (COOKIE, line.parse().unwrap()));
        find(&lines.collect(), Kind::Session)
    }

    #[test]
    fn cookies_are_found_among_others_and_only_whole() {
        let value = URL_SAFE_NO_PAD.encode([7; 32]);
        let ours = format!("__Host-vakt-session={value}");
        for (lines, there) in [
            (vec![ours.clone()], true),
            (vec![format!("a=b; {ours}; c=d")], true),
            (vec!["a=b".into(), ours.clone()], true),
            (vec![format!("__Host-vakt-step={value}")], false),
            (vec![format!("vakt-session={value}")], false),
            (vec![ours[..ours.len() - 2].into()], false),
            (vec![format!("{ours}AAAA")], false),
            (vec!["__Host-vakt-session=".into()], false),
            (vec![], false),
        ] {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert_eq!(found(&lines), there.then_some([7; 32]), "for {lines:?}");
        }
    }
}
