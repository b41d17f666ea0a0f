//! What an indicator may name, and its one spelling: the same thing submitted twice is one
//! indicator.

use std::net::{IpAddr, Ipv6Addr};

use crate::words::IndicatorKind;

/// Longest value, in bytes and in lower case. Databases index it.
pub const VALUE_MAX_BYTES: usize = 2_048;
/// Longest domain name, as DNS has it.
const DOMAIN_MAX_BYTES: usize = 253;
/// Longest part of a domain name.
const LABEL_MAX_BYTES: usize = 63;

/// Why a value is none of its kind. Each is a code of its own on the wire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueFault {
    /// A hash or a thumbprint.
    #[error("`{value}` is not a {what} of {digits} hex digits")]
    Hash {
        /// What came, cut to 64 characters.
        value: String,
        /// Which hash.
        what: &'static str,
        /// How long it is.
        digits: usize,
    },
    /// An address.
    #[error("`{0}` is not one IPv4 or IPv6 address; ranges are not supported")]
    Address(String),
    /// A domain.
    #[error("`{0}` is not a domain name, such as evil.example")]
    Domain(String),
    /// A URL.
    #[error(
        "`{0}` is not a URL of at most {VALUE_MAX_BYTES} bytes, such as https://evil.example/x"
    )]
    Url(String),
}

/// The one spelling of a value of this kind.
pub fn check_value(kind: IndicatorKind, value: &str) -> Result<String, ValueFault> {
    let value = value.trim();
    match kind {
        IndicatorKind::FileSha1 => hash(value, "SHA-1", 40),
        IndicatorKind::FileSha256 => hash(value, "SHA-256", 64),
        IndicatorKind::FileMd5 => hash(value, "MD5", 32),
        IndicatorKind::Certificate => hash(value, "certificate's SHA-1 thumbprint", 40),
        IndicatorKind::IpAddress => {
            let address: Result<IpAddr, _> = value.parse();
            address.map(|address| address.to_string()).map_err(|_| ValueFault::Address(cut(value)))
        }
        IndicatorKind::DomainName => domain(value).ok_or_else(|| ValueFault::Domain(cut(value))),
        IndicatorKind::Url if is_url(value) => Ok(value.to_owned()),
        IndicatorKind::Url => Err(ValueFault::Url(cut(value))),
    }
}

fn hash(value: &str, what: &'static str, digits: usize) -> Result<String, ValueFault> {
    if value.len() == digits && value.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(value.to_ascii_lowercase());
    }
    Err(ValueFault::Hash { value: cut(value), what, digits })
}

fn domain(value: &str) -> Option<String> {
    let name = value.strip_suffix('.').unwrap_or(value).to_lowercase();
    let is_good = name.len() <= DOMAIN_MAX_BYTES
        && name.contains('.')
        && name.parse::<IpAddr>().is_err()
        && name.split('.').all(is_label);
    is_good.then_some(name)
}

fn is_label(label: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (1..=LABEL_MAX_BYTES).contains(&label.len())
        && label.chars().all(is_part)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// An address of the web, with or without its scheme.
fn is_url(value: &str) -> bool {
    let is_clean = !value.chars().any(|c| c.is_control() || c.is_whitespace());
    if value.to_lowercase().len() > VALUE_MAX_BYTES || !is_clean {
        return false;
    }
    let rest = match value.split_once("://") {
        Some((scheme, rest)) if ["http", "https"].contains(&&*scheme.to_ascii_lowercase()) => rest,
        Some((before, _)) if before.contains(['/', '?', '#']) => value,
        Some(_) => return false,
        None => value,
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    is_host(host)
}

fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[') {
        let Some((address, port)) = inner.split_once(']') else { return false };
        return address.parse::<Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    is_port(port) && (name.parse::<IpAddr>().is_ok() || domain(name).is_some())
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

fn cut(value: &str) -> String {
    value.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_get_one_spelling_or_are_refused() {
        use IndicatorKind::{DomainName, FileMd5, FileSha1, IpAddress, Url};
        let long = format!("https://evil.example/{}", "x".repeat(2_048));
        for (kind, value, expected) in [
            (
                FileSha1,
                "220E7D15B011D7FAC48F2BD61114DB1022197F7F",
                Some("220e7d15b011d7fac48f2bd61114db1022197f7f"),
            ),
            (FileSha1, "220e7d15", None),
            (FileMd5, "zz0e7d15b011d7fac48f2bd61114db10", None),
            (IpAddress, " 192.0.2.1 ", Some("192.0.2.1")),
            (IpAddress, "2001:DB8:0::1", Some("2001:db8::1")),
            (IpAddress, "192.0.2.0/24", None),
            (IpAddress, "192.0.2.01", None),
            (DomainName, "Evil.Example.", Some("evil.example")),
            (DomainName, "_dmarc.bücher.example", Some("_dmarc.bücher.example")),
            (DomainName, "localhost", None),
            (DomainName, "a..b", None),
            (DomainName, "-a.example", None),
            (DomainName, "192.0.2.1", None),
            (DomainName, "evil.example/x", None),
            (Url, "https://evil.example:8443/A?b=c#d", Some("https://evil.example:8443/A?b=c#d")),
            (Url, "http://u@192.0.2.1/", Some("http://u@192.0.2.1/")),
            (Url, "http://[2001:db8::1]:80/x", Some("http://[2001:db8::1]:80/x")),
            (Url, "evil.example/x?u=http://a", Some("evil.example/x?u=http://a")),
            (Url, "ftp://evil.example", None),
            (Url, "https://", None),
            (Url, "https://evil.example/a b", None),
            (Url, "https://evil.example:99999/", None),
            (Url, &long, None),
        ] {
            let checked = check_value(kind, value);
            assert_eq!(checked.ok().as_deref(), expected, "for {kind:?} {value}");
        }
    }
}
