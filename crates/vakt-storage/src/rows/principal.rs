//! Service principals: what is not searched. The roles of Microsoft's APIs are not stored: they
//! come from the catalogue, so that a newer version of the program knows newer roles.

use serde::{Deserialize, Serialize};
use vakt_identity::{AppRole, ServicePrincipal, catalogue};
use vakt_ids::AppId;

use super::BadDocument;
use super::application::StoredRole;

#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredPrincipal),
}

#[derive(Serialize, Deserialize)]
struct StoredPrincipal {
    names: Vec<String>,
    app_roles: Vec<StoredRole>,
    tags: Vec<String>,
}

/// What a document holds.
pub(crate) struct PrincipalDocument {
    pub names: Vec<String>,
    pub app_roles: Vec<AppRole>,
    pub tags: Vec<String>,
}

/// The document of a service principal.
pub(crate) fn write_principal(principal: &ServicePrincipal) -> Result<String, BadDocument> {
    let first_party = catalogue::find(principal.app_id).is_some();
    let roles = if first_party { &[] } else { principal.app_roles.as_slice() };
    Ok(serde_json::to_string(&Document::V1(StoredPrincipal {
        names: principal.names.clone(),
        app_roles: roles.iter().map(StoredRole::of).collect(),
        tags: principal.tags.clone(),
    }))?)
}

/// Reads a document.
pub(crate) fn read_principal(app: AppId, text: &str) -> Result<PrincipalDocument, BadDocument> {
    let Document::V1(stored) = serde_json::from_str(text)?;
    let own = || stored.app_roles.into_iter().map(StoredRole::into_role).collect();
    Ok(PrincipalDocument {
        names: stored.names,
        app_roles: catalogue::find(app).map_or_else(own, |api| api.app_roles()),
        tags: stored.tags,
    })
}
