//! Which issuers may be asked. Nothing is, unless it is on the list: the list of a fresh server
//! holds a few public issuers that everybody's build jobs use and that nobody can put a server of
//! their own behind.

use std::collections::HashMap;
use std::sync::Arc;

use url::{Host, Url};
use vakt_token::KeySet;

use super::address::Reach;
use super::options::{FederationError, FederationOptions, IssuerKeysFile, read};

/// Issuers of public build services. Being listed lets nobody in: an application must still trust
/// the very subject.
const WELL_KNOWN: [&str; 4] = [
    "https://token.actions.githubusercontent.com",
    "https://gitlab.com",
    "https://accounts.google.com",
    "https://app.terraform.io",
];

/// The list.
pub(super) struct Policy {
    exact: HashMap<String, Reach>,
    below: Vec<String>,
    any_public: bool,
    known: HashMap<String, Arc<KeySet>>,
}

/// What may be done about an issuer.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Its keys came with the options.
    Known(Arc<KeySet>),
    /// It may be asked, at addresses within this reach.
    Ask(Reach),
    /// It is not on the list.
    Refuse,
}

impl Policy {
    pub(super) fn read(options: &FederationOptions) -> Result<Self, FederationError> {
        let well_known = WELL_KNOWN.iter().map(|issuer| ((*issuer).to_owned(), Reach::Public));
        let mut policy = Self {
            exact: well_known.collect(),
            below: Vec::new(),
            any_public: false,
            known: HashMap::new(),
        };
        for issuer in &options.issuers {
            policy.allow(issuer)?;
        }
        for IssuerKeysFile { issuer, file } in &options.keys {
            let keys = KeySet::read_foreign(&read(file, "--federation-keys")?);
            let keys = keys.map_err(|fault| FederationError::Keys {
                file: file.clone(),
                reason: fault.to_string(),
            })?;
            policy.known.insert(issuer.clone(), Arc::new(keys));
        }
        Ok(policy)
    }

    fn allow(&mut self, issuer: &str) -> Result<(), FederationError> {
        if issuer == "*" {
            self.any_public = true;
            return Ok(());
        }
        let wrong = |reason| FederationError::Issuer { issuer: issuer.to_owned(), reason };
        match issuer.strip_suffix("/*") {
            Some(parent) => {
                issuer_url(parent).map_err(wrong)?;
                self.below.push(format!("{parent}/"));
            }
            None => {
                issuer_url(issuer).map_err(wrong)?;
                self.exact.insert(issuer.to_owned(), Reach::Anywhere);
            }
        }
        Ok(())
    }

    /// What may be done about this issuer? What an operator names may be in a private network;
    /// that is what it is named for.
    pub(super) fn of(&self, issuer: &str) -> Verdict {
        if let Some(keys) = self.known.get(issuer) {
            return Verdict::Known(keys.clone());
        }
        if issuer_url(issuer).is_err() {
            return Verdict::Refuse;
        }
        if let Some(reach) = self.exact.get(issuer) {
            return Verdict::Ask(*reach);
        }
        if self.below.iter().any(|parent| is_below(issuer, parent)) {
            return Verdict::Ask(Reach::Anywhere);
        }
        if self.any_public { Verdict::Ask(Reach::Public) } else { Verdict::Refuse }
    }
}

/// `..` in a path would lead out of it again.
fn is_below(issuer: &str, parent: &str) -> bool {
    let rest = issuer.strip_prefix(parent);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains("..") && !rest.contains('%'))
}

/// An issuer's address: https, or http to this very machine; no user, query or fragment.
pub(super) fn issuer_url(text: &str) -> Result<Url, &'static str> {
    // The parser forgives what would make two texts of one address.
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err("it holds a space or another odd character");
    }
    let url = Url::parse(text).map_err(|_| "it is not a URL")?;
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return Err("it names no host"),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_local => {}
        _ => return Err("it is neither https nor http on this machine"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user name");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it has a query or a fragment");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(issuers: &[&str]) -> Policy {
        let issuers = issuers.iter().map(|issuer| (*issuer).to_owned()).collect();
        Policy::read(&FederationOptions { issuers, ..FederationOptions::default() }).unwrap()
    }

    fn verdict(policy: &Policy, issuer: &str) -> Option<Reach> {
        match policy.of(issuer) {
            Verdict::Ask(reach) => Some(reach),
            Verdict::Known(_) | Verdict::Refuse => None,
        }
    }

    #[test]
    fn only_listed_issuers_may_be_asked() {
        let fresh = policy(&[]);
        let listed = policy(&["https://kubernetes.default.svc", "https://ci.corp.example/oidc/*"]);
        let any = policy(&["*", "http://127.0.0.1:9000"]);
        let (public, anywhere) = (Some(Reach::Public), Some(Reach::Anywhere));
        for (policy, issuer, expected) in [
            (&fresh, "https://token.actions.githubusercontent.com", public),
            (&fresh, "https://token.actions.githubusercontent.com/", None),
            (&fresh, "https://token.actions.githubusercontent.com.evil.example", None),
            (&fresh, "https://token.example", None),
            (&listed, "https://gitlab.com", public),
            (&listed, "https://kubernetes.default.svc", anywhere),
            (&listed, "https://kubernetes.default.svc/other", None),
            (&listed, "http://kubernetes.default.svc", None),
            (&listed, "https://ci.corp.example/oidc/team", anywhere),
            (&listed, "https://ci.corp.example/oidc/", None),
            (&listed, "https://ci.corp.example/oidc", None),
            (&listed, "https://ci.corp.example/oidc/../admin", None),
            (&listed, "https://ci.corp.example/oidc/%2e%2e/admin", None),
            (&listed, "https://ci.corp.example/oidc/x?y", None),
            (&any, "https://token.example/deep/er", public),
            (&any, "https://user@token.example", None),
            (&any, "http://token.example", None),
            (&any, "http://127.0.0.1:9001", public),
            (&any, "http://127.0.0.1:9000", anywhere),
            (&any, "file:///etc/passwd", None),
            (&any, "https://token.example\\@evil.example", None),
            (&any, "https://token\t.example", None),
            (&any, "not a url", None),
        ] {
            assert_eq!(verdict(policy, issuer), expected, "{issuer}");
        }
    }

    #[test]
    fn a_list_that_could_not_work_is_refused_at_the_start() {
        for issuer in ["", "token.example", "http://token.example", "https://a/?b", "**", "/*"] {
            let issuers = vec![issuer.to_owned()];
            let read = Policy::read(&FederationOptions { issuers, ..FederationOptions::default() });
            assert!(matches!(read, Err(FederationError::Issuer { .. })), "{issuer}");
        }
    }
}
