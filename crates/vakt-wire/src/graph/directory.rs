//! Pages, organizations and domains.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A page of any collection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    /// `<base>/v1.0/$metadata#<collection>`.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// How many there are in all, when `$count=true` asked.
    #[serde(rename = "@odata.count", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Absolute address of the next page.
    #[serde(rename = "@odata.nextLink", default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
    /// The items.
    pub value: Vec<T>,
}

/// An object of any kind, in lists that mix them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DirectoryObject {
    /// `#microsoft.graph.servicePrincipal` and others.
    #[serde(rename = "@odata.type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Object id.
    pub id: String,
    /// Deletion.
    pub deleted_date_time: Option<Timestamp>,
    /// Name.
    pub display_name: Option<String>,
    /// Client id, of applications and service principals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
    /// User name, of people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_principal_name: Option<String>,
}

/// `GET /organization`: the tenant.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Tenant id.
    pub id: String,
    /// Name.
    pub display_name: String,
    /// Creation.
    #[serde(default)]
    pub created_date_time: Option<Timestamp>,
    /// `AAD`.
    #[serde(default)]
    pub tenant_type: String,
    /// Domains.
    #[serde(default)]
    pub verified_domains: Vec<VerifiedDomain>,
}

/// A domain in the organization's own shape.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedDomain {
    /// Domain name.
    pub name: String,
    /// `Managed`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// New users get it.
    #[serde(default)]
    pub is_default: bool,
    /// The one the tenant was made with.
    #[serde(default)]
    pub is_initial: bool,
    /// Services.
    #[serde(default)]
    pub capabilities: String,
}

/// `GET /domains`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    /// Domain name.
    pub id: String,
    /// `Managed`.
    #[serde(default)]
    pub authentication_type: String,
    /// New users get it.
    #[serde(default)]
    pub is_default: bool,
    /// The one the tenant was made with.
    #[serde(default)]
    pub is_initial: bool,
    /// Always true here.
    #[serde(default)]
    pub is_verified: bool,
    /// Services.
    #[serde(default)]
    pub supported_services: Vec<String>,
}
