//! Where the services are: one origin for a Vakt server, three for Microsoft's clouds.

use std::path::PathBuf;

use url::Url;

use crate::error::ClientError;
use crate::web_address::parse_base;

/// The addresses of one cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloud {
    /// Which cloud it is.
    pub kind: CloudKind,
    /// Token endpoints and discovery.
    pub login: Url,
    /// Microsoft Graph.
    pub graph: Url,
    /// The threat-protection API.
    pub api: Url,
    /// PEM file of a further certificate authority to trust.
    pub ca: Option<PathBuf>,
}

/// Which cloud answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloudKind {
    /// A Vakt server.
    Vakt,
    /// Microsoft's public cloud.
    Microsoft,
    /// Microsoft's cloud for the US government.
    MicrosoftUsGovernment,
}

impl Cloud {
    /// A Vakt server: everything is at `base`. Plain http is accepted on loopback only.
    pub fn vakt(base: &str, ca: Option<PathBuf>) -> Result<Self, ClientError> {
        let base = parse_base(base)?;
        let (login, graph) = (base.clone(), base.clone());
        Ok(Self { kind: CloudKind::Vakt, login, graph, api: base, ca })
    }

    /// Microsoft's public cloud.
    pub fn microsoft() -> Result<Self, ClientError> {
        Ok(Self {
            kind: CloudKind::Microsoft,
            login: parse_base("https://login.microsoftonline.com")?,
            graph: parse_base("https://graph.microsoft.com")?,
            api: parse_base("https://api.security.microsoft.com")?,
            ca: None,
        })
    }

    /// Microsoft's cloud for the US government.
    pub fn microsoft_us_government() -> Result<Self, ClientError> {
        Ok(Self {
            kind: CloudKind::MicrosoftUsGovernment,
            login: parse_base("https://login.microsoftonline.us")?,
            graph: parse_base("https://graph.microsoft.us")?,
            api: parse_base("https://api-gov.security.microsoft.us")?,
            ca: None,
        })
    }

    /// The name under which tokens for Graph are asked.
    pub fn graph_resource(&self) -> &'static str {
        match self.kind {
            CloudKind::Vakt | CloudKind::Microsoft => "https://graph.microsoft.com",
            CloudKind::MicrosoftUsGovernment => "https://graph.microsoft.us",
        }
    }

    /// The name under which tokens for the API of Defender for Endpoint are asked; it is served
    /// where the threat-protection API is.
    pub fn endpoint_resource(&self) -> &'static str {
        match self.kind {
            CloudKind::Vakt | CloudKind::Microsoft => "https://api.securitycenter.microsoft.com",
            CloudKind::MicrosoftUsGovernment => "https://api-gov.securitycenter.microsoft.us",
        }
    }

    /// The name under which tokens for the threat-protection API are asked.
    pub fn api_resource(&self) -> &'static str {
        match self.kind {
            CloudKind::Vakt | CloudKind::Microsoft => "https://api.security.microsoft.com",
            CloudKind::MicrosoftUsGovernment => "https://api-gov.security.microsoft.us",
        }
    }
}
