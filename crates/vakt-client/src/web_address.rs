//! Base addresses: which are accepted, and how requests stay on them.

use url::{Host, Url};

use crate::error::{ClientError, ErrorKind};

/// Reads a base address: https (http on loopback only), without path, query or user.
pub(crate) fn parse_base(text: &str) -> Result<Url, ClientError> {
    let wrong = |problem: &str| {
        ClientError::new(ErrorKind::Configuration, format!("`{text}` is not usable: {problem}"))
            .with_hint("give the server's address alone, such as https://vakt.example:8443")
    };
    let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err(wrong("plain http would send secrets in the clear")),
        _ => return Err(wrong("only https is spoken")),
    }
    let alone = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !alone || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it has more than scheme, host and port"));
    }
    Ok(url)
}

/// Does the address name this very machine?
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// `base` with these path segments, each escaped.
pub(crate) fn with_path(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.clear().extend(segments);
    }
    url
}

/// Appends `name=value` to the query, with `%20` for a space: some servers take `+` literally.
pub(crate) fn append_query(url: &mut Url, name: &str, value: &str) {
    let escaped: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let pair = format!("{name}={}", escaped.replace('+', "%20"));
    let query = match url.query() {
        Some(before) => format!("{before}&{pair}"),
        None => pair,
    };
    url.set_query(Some(&query));
}

/// `link` on the origin of `base`. Links in answers are followed on the origin the caller chose,
/// wherever they point: a token goes nowhere else.
pub(crate) fn rebase(base: &Url, link: &str) -> Result<Url, ClientError> {
    let link = base.join(link).map_err(|error| {
        ClientError::new(ErrorKind::UnexpectedAnswer, format!("the link `{link}`: {error}"))
    })?;
    let mut url = base.clone();
    url.set_path(link.path());
    url.set_query(link.query());
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_origins_are_bases() {
        for (text, expected) in [
            ("https://vakt.example", None),
            ("https://vakt.example:8443/", None),
            ("http://localhost:8080", None),
            ("http://127.0.0.1:8080", None),
            ("http://[::1]:8080", None),
            ("http://vakt.example", Some("plain http would send secrets in the clear")),
            ("ftp://vakt.example", Some("only https is spoken")),
            ("https://vakt.example/prefix", Some("it has more than scheme, host and port")),
            ("https://user@vakt.example", Some("it has more than scheme, host and port")),
            ("vakt.example", Some("relative URL without a base")),
        ] {
            let shown = parse_base(text).err().map(|error| error.to_string());
            let expected = expected.map(|problem| format!("`{text}` is not usable: {problem}"));
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn links_never_leave_the_origin() {
        let base = Url::parse("https://vakt.example:8443").unwrap();
        let url = rebase(&base, "https://evil.example/v1.0/applications?$skiptoken=x").unwrap();
        assert_eq!(url.as_str(), "https://vakt.example:8443/v1.0/applications?$skiptoken=x");
    }

    #[test]
    fn queries_escape_plus_and_space() {
        let mut url = with_path(&Url::parse("https://vakt.example").unwrap(), &["a b", "c/d"]);
        append_query(&mut url, "$filter", "x eq 'a+b'");
        append_query(&mut url, "$top", "5");
        let expected = "https://vakt.example/a%20b/c%2Fd?$filter=x%20eq%20%27a%2Bb%27&$top=5";
        assert_eq!(url.as_str(), expected);
    }
}
