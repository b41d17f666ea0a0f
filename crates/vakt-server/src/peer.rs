//! Who is at the other end of a connection. Behind a proxy everybody has the proxy's address; the
//! addresses it passes on are believed only if the operator says that it is there, because anybody
//! else can send the same header.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap};

/// Where proxies write the addresses they were called from, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrustedProxies(pub Vec<IpAddr>);

impl TrustedProxies {
    /// The caller's address: the connection's, or the one that a trusted proxy was called from.
    /// IPv4 as such, also over an IPv6 socket.
    pub(crate) fn caller(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
        let ConnectInfo(connection) = extensions.get::<ConnectInfo<SocketAddr>>()?;
        let peer = connection.ip().to_canonical();
        Some(if self.trusts(peer) { self.forwarded(peer, headers) } else { peer })
    }

    /// Reads the list from its near end: each trusted proxy vouches for the address before it, and
    /// for nothing further.
    fn forwarded(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut caller = peer;
        let lines: Vec<&str> =
            headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
        for text in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            let Some(address) = read_address(text.trim()) else { return caller };
            caller = address;
            if !self.trusts(caller) {
                return caller;
            }
        }
        caller
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|proxy| proxy.to_canonical() == address)
    }
}

/// An address, with or without a port, IPv6 with or without brackets.
fn read_address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "198.51.100.1:40000";

    fn caller(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies(vec!["198.51.100.1".parse().unwrap()]);
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let line = |line: &&str| (FORWARDED_FOR.parse().unwrap(), line.parse().unwrap());
        proxies.caller(&extensions, &forwarded.iter().map(line).collect()).unwrap().to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed_and_only_about_their_own_caller() {
        for (peer, forwarded, expected) in [
            ("192.0.2.1:40000", &["203.0.113.9"][..], "192.0.2.1"),
            ("[::ffff:192.0.2.1]:40000", &[], "192.0.2.1"),
            (PROXY, &[], "198.51.100.1"),
            (PROXY, &["203.0.113.9"], "203.0.113.9"),
            (PROXY, &["10.9.9.9, 203.0.113.9"], "203.0.113.9"),
            (PROXY, &["10.9.9.9", "203.0.113.9"], "203.0.113.9"),
            (PROXY, &["203.0.113.9, 198.51.100.1"], "203.0.113.9"),
            (PROXY, &["203.0.113.9:555"], "203.0.113.9"),
            (PROXY, &["[2001:db8::1]:555"], "2001:db8::1"),
            (PROXY, &["[2001:db8::1]"], "2001:db8::1"),
            (PROXY, &["203.0.113.9, unknown"], "198.51.100.1"),
        ] {
            assert_eq!(caller(peer, forwarded), expected, "{peer} says {forwarded:?}");
        }
    }
}
