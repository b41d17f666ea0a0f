//! The well-known APIs, by the audiences under which tokens for them are issued (documentation
//! pages "Supported APIs" of each, and published service principals).

/// A well-known API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// Microsoft Threat Protection.
    ThreatProtection,
    /// WindowsDefenderATP.
    Endpoint,
    /// Microsoft Graph.
    Graph,
}

impl Api {
    /// The API that an audience names, spelled any way.
    pub fn of_audience(audience: &str) -> Option<Self> {
        let folded = audience.strip_suffix('/').unwrap_or(audience).to_ascii_lowercase();
        match folded.as_str() {
            "8ee8fdad-f234-4243-8f3b-15c294843740" | "https://security.microsoft.com/mtp" => {
                return Some(Self::ThreatProtection);
            }
            "fc780465-2017-40d4-a0c5-307022471b92"
            | "https://securitycenter.onmicrosoft.com/windowsatpservice" => {
                return Some(Self::Endpoint);
            }
            "00000003-0000-0000-c000-000000000000" => return Some(Self::Graph),
            _ => {}
        }
        Self::of_host(folded.strip_prefix("https://")?)
    }

    /// `api`, `api-eu`, `eu.api` … stand before the name of the service.
    fn of_host(host: &str) -> Option<Self> {
        let is = |service: &str| {
            let rest = host.strip_suffix(service).and_then(|rest| rest.strip_suffix('.'));
            rest.is_some_and(|region| region.starts_with("api") || region.ends_with(".api"))
        };
        if is("security.microsoft.com") || is("security.microsoft.us") {
            return Some(Self::ThreatProtection);
        }
        if is("securitycenter.microsoft.com")
            || is("securitycenter.windows.com")
            || is("securitycenter.microsoft.us")
        {
            return Some(Self::Endpoint);
        }
        let graph = ["graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us"];
        graph.contains(&host).then_some(Self::Graph)
    }

    /// Name, as people find it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ThreatProtection => "Microsoft Threat Protection",
            Self::Endpoint => "WindowsDefenderATP",
            Self::Graph => "Microsoft Graph",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audiences_name_apis() {
        for (audience, expected) in [
            ("https://api.security.microsoft.com", Some(Api::ThreatProtection)),
            ("https://API.security.microsoft.com/", Some(Api::ThreatProtection)),
            ("https://api-eu.security.microsoft.com", Some(Api::ThreatProtection)),
            ("https://uk.api.security.microsoft.com", Some(Api::ThreatProtection)),
            ("https://api-gov.security.microsoft.us", Some(Api::ThreatProtection)),
            ("8EE8FDAD-f234-4243-8f3b-15c294843740", Some(Api::ThreatProtection)),
            ("https://api.securitycenter.windows.com", Some(Api::Endpoint)),
            ("https://securitycenter.onmicrosoft.com/windowsatpservice", Some(Api::Endpoint)),
            ("https://graph.microsoft.com", Some(Api::Graph)),
            ("https://evilsecurity.microsoft.com", None),
            ("https://evil.example/api.security.microsoft.com", None),
            ("api://own", None),
        ] {
            assert_eq!(Api::of_audience(audience), expected, "for {audience}");
        }
    }
}
