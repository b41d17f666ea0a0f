//! Host names this server answers for, and the addresses it gives out. Documents and issuers
//! follow the host a client called, but only a host that is ours: anybody can send any `Host`.

use std::borrow::Cow;

use http::header::HOST;
use http::{HeaderMap, Uri};
use vakt_identity::Issuers;
use vakt_ids::TenantId;

/// Microsoft's sign-in hosts; the first is preferred.
pub(crate) const LOGIN_NAMES: &[&str] =
    &["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"];

/// Every Microsoft host name a server with taken-over names answers for.
pub const MICROSOFT_NAMES: &[&str] = &[
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
    "graph.microsoft.com",
    "api.security.microsoft.com",
    "api-us.security.microsoft.com",
    "api-eu.security.microsoft.com",
    "api-uk.security.microsoft.com",
    "us.api.security.microsoft.com",
    "eu.api.security.microsoft.com",
    "uk.api.security.microsoft.com",
    "au.api.security.microsoft.com",
    "swa.api.security.microsoft.com",
    "ina.api.security.microsoft.com",
    "aea.api.security.microsoft.com",
    "api.securitycenter.microsoft.com",
    "api.securitycenter.windows.com",
    "api-us.securitycenter.microsoft.com",
    "api-eu.securitycenter.microsoft.com",
    "api-uk.securitycenter.microsoft.com",
    "api-us.securitycenter.windows.com",
    "api-eu.securitycenter.windows.com",
    "api-uk.securitycenter.windows.com",
    "management.azure.com",
    "main.iam.ad.ext.azure.com",
];

/// The names answered for.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// Own names, lower case; `*.` stands for one label.
    pub own: Vec<String>,
    /// Microsoft's names are ours too.
    pub take_over: bool,
    /// Plain HTTP: a proxy on this machine may say that it ended TLS.
    pub plain_http: bool,
    /// `host:port` given out when the caller's host is not ours.
    pub fallback: String,
}

/// Where a request was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// `https://host[:port]`, without a trailing slash.
    pub base: String,
    /// The host is one of Microsoft's.
    is_microsoft: bool,
}

impl Names {
    /// The origin of a request.
    pub(crate) fn origin(&self, uri: &Uri, headers: &HeaderMap) -> Origin {
        let (scheme, authority) = self.called(uri, headers);
        let authority = without_root(in_lower_case(authority));
        let is_microsoft = self.is_microsoft(host_of(&authority));
        let known = is_microsoft || self.is_own(host_of(&authority));
        let authority = if known { &authority } else { self.fallback.as_str() };
        Origin { base: [scheme, "://", authority].concat(), is_microsoft }
    }

    /// Scheme and `host[:port]` of a request, as the client says them.
    pub(crate) fn called<'r>(
        &self,
        uri: &'r Uri,
        headers: &'r HeaderMap,
    ) -> (&'static str, &'r str) {
        let host = headers.get(HOST).and_then(|value| value.to_str().ok());
        let authority = host.or(uri.authority().map(|authority| authority.as_str()));
        (self.scheme(headers), authority.unwrap_or_default())
    }

    /// The origin when there is no request.
    pub(crate) fn fallback_base(&self) -> String {
        format!("{}://{}", if self.plain_http { "http" } else { "https" }, self.fallback)
    }

    fn scheme(&self, headers: &HeaderMap) -> &'static str {
        let forwarded = || headers.get("x-forwarded-proto").map(http::HeaderValue::as_bytes);
        match self.plain_http && forwarded() != Some(b"https") {
            true => "http",
            false => "https",
        }
    }

    /// Is this one of our own names?
    pub(crate) fn is_own(&self, host: &str) -> bool {
        self.own.iter().any(|name| match name.strip_prefix("*.") {
            Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest == parent),
            None => name == host,
        })
    }

    /// Is this one of Microsoft's names, and ours?
    pub(crate) fn is_microsoft(&self, host: &str) -> bool {
        self.take_over && MICROSOFT_NAMES.contains(&host)
    }

    /// Is this resource our own base address?
    pub(crate) fn is_own_base(&self, resource: &str) -> bool {
        let lower = in_lower_case(resource);
        let rest = lower
            .strip_prefix("https://")
            .or_else(|| if self.plain_http { lower.strip_prefix("http://") } else { None });
        rest.map(|rest| rest.strip_suffix('/').unwrap_or(rest))
            .is_some_and(|authority| !authority.contains('/') && self.is_own(host_of(authority)))
    }

    /// Is this `scheme://host[:port]`, in lower case, an origin of our sign-in endpoints?
    pub(crate) fn is_own_origin(&self, origin: &str) -> bool {
        let Some((scheme, authority)) = origin.split_once("://") else { return false };
        let scheme_fits = scheme == "https" || (scheme == "http" && self.plain_http);
        let host = host_of(authority);
        let microsoft = self.take_over && LOGIN_NAMES.contains(&host);
        scheme_fits && (microsoft || self.is_own(host))
    }

    /// May this issuer speak for this tenant here?
    pub(crate) fn accepts_issuer(&self, issuer: &str, tenant: &str, version: &str) -> bool {
        let end = if version == "2.0" { "/v2.0" } else { "/" };
        let origin = issuer.strip_suffix(end).and_then(|rest| rest.strip_suffix(tenant));
        let origin = origin.and_then(|rest| rest.strip_suffix('/')).unwrap_or_default();
        let Some((scheme, authority)) = origin.split_once("://") else { return false };
        let scheme_fits = scheme == "https" || (scheme == "http" && self.plain_http);
        let microsoft =
            self.take_over && matches!(authority, "sts.windows.net" | "login.microsoftonline.com");
        scheme_fits && (microsoft || self.is_own(host_of(authority)))
    }

    /// The issuers accepted for a tenant, in words.
    pub(crate) fn describe_issuers(&self, tenant: &str) -> String {
        let mut issuers = vec![format!("{}/{tenant}/", self.fallback_base())];
        if self.take_over {
            issuers.push(format!("https://sts.windows.net/{tenant}/"));
        }
        issuers.join(" or ")
    }
}

impl Origin {
    /// Under which names tokens asked for here are issued.
    pub(crate) fn issuers(&self, resource_is_own_base: bool) -> Issuers {
        if self.is_microsoft {
            return Issuers {
                v1_origin: "https://sts.windows.net".into(),
                v2_origin: "https://login.microsoftonline.com".into(),
                resource_is_own_base,
            };
        }
        Issuers { v1_origin: self.base.clone(), v2_origin: self.base.clone(), resource_is_own_base }
    }

    /// Issuer of v1.0 tokens; without a tenant the placeholder stands in.
    pub(crate) fn v1_issuer(&self, tenant: Option<TenantId>) -> String {
        let origin = self.issuers(false).v1_origin;
        format!("{origin}/{}/", tenant_text(tenant))
    }

    /// Issuer of v2.0 tokens; without a tenant the placeholder stands in.
    pub(crate) fn v2_issuer(&self, tenant: Option<TenantId>) -> String {
        let origin = self.issuers(false).v2_origin;
        format!("{origin}/{}/v2.0", tenant_text(tenant))
    }

    /// Host of Graph for documents: Microsoft's when its names are used, else our own.
    pub(crate) fn graph_host(&self) -> String {
        if self.is_microsoft {
            return "graph.microsoft.com".into();
        }
        self.base.split_once("://").map_or("", |(_, authority)| authority).to_owned()
    }
}

/// `host.` and `host.:443` are `host` and `host:443`.
fn without_root(authority: Cow<'_, str>) -> Cow<'_, str> {
    let host = host_of(&authority);
    match host.strip_suffix('.') {
        Some(rootless) => {
            let port = authority.strip_prefix(host).unwrap_or_default();
            Cow::Owned([rootless, port].concat())
        }
        None => authority,
    }
}

/// Most text that comes here is in lower case already.
fn in_lower_case(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    }
}

fn tenant_text(tenant: Option<TenantId>) -> String {
    tenant.map_or_else(|| "{tenantid}".into(), |tenant| tenant.to_string())
}

/// The host of `host[:port]`; IPv6 addresses keep their brackets.
pub(crate) fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port))
            if (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit()) =>
        {
            host
        }
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(take_over: bool) -> Names {
        Names {
            own: vec!["localhost".into(), "*.corp.example".into()],
            take_over,
            plain_http: false,
            fallback: "localhost:8443".into(),
        }
    }

    fn base(names: &Names, host: &str) -> String {
        let headers = HeaderMap::from_iter([(HOST, host.parse().unwrap())]);
        names.origin(&Uri::from_static("/"), &headers).base
    }

    #[test]
    fn addresses_follow_the_host_only_if_it_is_ours() {
        for (host, take_over, expected) in [
            ("localhost:9443", false, "https://localhost:9443"),
            ("ID.Corp.Example", false, "https://id.corp.example"),
            ("a.b.corp.example", false, "https://localhost:8443"),
            ("evil.example", false, "https://localhost:8443"),
            ("login.windows.net", false, "https://localhost:8443"),
            ("login.windows.net", true, "https://login.windows.net"),
            ("localhost.:9443", false, "https://localhost:9443"),
        ] {
            assert_eq!(base(&names(take_over), host), expected, "for {host}");
        }
    }

    #[test]
    fn our_origins_are_those_that_can_be_called() {
        for (origin, take_over, expected) in [
            ("https://localhost", false, true),
            ("https://localhost:9443", false, true),
            ("https://id.corp.example", false, true),
            ("http://localhost", false, false),
            ("https://localhost.evil.example", false, false),
            ("https://localhost@evil.example", false, false),
            ("https://login.microsoftonline.com", false, false),
            ("https://login.microsoftonline.com", true, true),
            ("https://sts.windows.net", true, true),
            ("https://graph.microsoft.com", true, false),
            ("localhost", false, false),
        ] {
            assert_eq!(names(take_over).is_own_origin(origin), expected, "for {origin}");
        }
    }

    #[test]
    fn issuers_must_name_our_host_and_the_tenant_exactly() {
        for (issuer, version, accepted) in [
            ("https://localhost:1/t/", "1.0", true),
            ("https://localhost:1/t/v2.0", "2.0", true),
            ("https://localhost:1/t/", "2.0", false),
            ("https://localhost:1/x/t/", "1.0", false),
            ("https://localhost.evil.example/t/", "1.0", false),
            ("http://localhost:1/t/", "1.0", false),
            ("https://sts.windows.net/t/", "1.0", false),
        ] {
            assert_eq!(names(false).accepts_issuer(issuer, "t", version), accepted, "{issuer}");
        }
        assert!(names(true).accepts_issuer("https://sts.windows.net/t/", "t", "1.0"));
    }
}
