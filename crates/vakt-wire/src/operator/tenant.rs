//! Tenants.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{MadePerson, NewPerson};

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// Id.
    pub id: String,
    /// Name.
    pub display_name: String,
    /// Domains, the default one first.
    pub domains: Vec<String>,
    /// Creation.
    pub created_date_time: Timestamp,
    /// Its administrators operate the server.
    pub is_operator: bool,
}

/// All tenants, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantList {
    /// The tenants.
    pub value: Vec<Tenant>,
}

/// A tenant to make, with who is to administer it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTenant {
    /// Id, if it must be this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name.
    pub display_name: String,
    /// Domains, the default one first.
    pub domains: Vec<String>,
    /// Register an application that administers the tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrator: Option<NewAdministrator>,
    /// Add a person who may sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<NewPerson>,
}

/// An application that administers a new tenant.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewAdministrator {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// A tenant that was made. What is secret in it is shown this once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeTenant {
    /// The tenant.
    #[serde(flatten)]
    pub tenant: Tenant,
    /// Its administrator's application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrator: Option<MadeAdministrator>,
    /// Its first person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<MadePerson>,
}

/// The application of a new tenant's administrator.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeAdministrator {
    /// Client id.
    pub app_id: String,
    /// Name.
    pub display_name: String,
    /// Its secret.
    pub secret_text: String,
    /// End of the secret.
    pub end_date_time: Timestamp,
}

impl fmt::Debug for MadeAdministrator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadeAdministrator").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}
