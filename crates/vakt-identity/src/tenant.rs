//! Tenants and the names they answer to.

use jiff::Timestamp;
use vakt_ids::TenantId;

/// A directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Id.
    pub id: TenantId,
    /// Display name.
    pub name: String,
    /// Verified domains; the first is the initial one.
    pub domains: Vec<Domain>,
    /// Creation.
    pub created_at: Timestamp,
}

impl Tenant {
    /// The domain new things are named after.
    pub fn default_domain(&self) -> Option<&str> {
        let default = self.domains.iter().find(|domain| domain.is_default);
        default.or(self.domains.first()).map(|domain| domain.name.as_str())
    }
}

/// A domain whose ownership is settled; lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Domain name, lower case.
    pub name: String,
    /// New things are named after it.
    pub is_default: bool,
}

impl Domain {
    /// The domains of a new tenant out of plain names; the first becomes the default.
    pub fn list(names: &[String]) -> Vec<Self> {
        let one = |(index, name): (usize, &String)| Self {
            name: name.to_ascii_lowercase(),
            is_default: index == 0,
        };
        names.iter().enumerate().map(one).collect()
    }
}

/// What stands in a path where the tenant is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TenantName {
    /// A GUID.
    Id(TenantId),
    /// A domain, lower case.
    Domain(String),
    /// `common` or `organizations`: the home tenant of the client.
    Any,
    /// `consumers`: personal accounts, which have no applications here.
    Consumers,
    /// `adfs`: the server's one tenant, or its first.
    Adfs,
}

impl TenantName {
    /// Reads a path segment, in any case.
    pub fn read(segment: &str) -> Self {
        let lower = segment.to_ascii_lowercase();
        match lower.as_str() {
            "common" | "organizations" => Self::Any,
            "consumers" => Self::Consumers,
            "adfs" => Self::Adfs,
            _ => lower.parse().map_or(Self::Domain(lower), Self::Id),
        }
    }

    /// The name, as text.
    pub fn text(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Domain(domain) => domain.clone(),
            Self::Any => "organizations".into(),
            Self::Consumers => "consumers".into(),
            Self::Adfs => "adfs".into(),
        }
    }
}
