//! Service principals: what is not searched. The roles of Microsoft's APIs are not stored: they
//! come from the catalogue, so that a newer version of the program knows newer roles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vakt_identity::{Audience, ServicePrincipal, catalogue};
use vakt_ids::ObjectId;

use super::BadDocument;
use super::application::{StoredRole, audience};
use super::credential::{StoredCertificate, StoredSecret};

/// What version 2 added is missing in version 1. (The migration that came with version 2 has put
/// audience and reply addresses in where there is an application to take them from.)
#[derive(Serialize, Deserialize)]
#[serde(tag = "version")]
enum Document {
    #[serde(rename = "1")]
    V1(StoredPrincipal),
    #[serde(rename = "2")]
    V2(StoredPrincipal),
}

/// Version 2.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredPrincipal {
    names: Vec<String>,
    app_roles: Vec<StoredRole>,
    #[serde(default = "yes")]
    any_tenant: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reply_urls: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logout_url: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    published: BTreeMap<String, String>,
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    extras: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    owners: Vec<ObjectId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    secrets: Vec<StoredSecret>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    certificates: Vec<StoredCertificate>,
}

fn yes() -> bool {
    true
}

/// The document of a service principal.
pub(crate) fn write_principal(principal: &ServicePrincipal) -> Result<String, BadDocument> {
    Ok(serde_json::to_string(&Document::V2(StoredPrincipal::of(principal)))?)
}

/// Reads a document.
pub(crate) fn read_principal(text: &str) -> Result<StoredPrincipal, BadDocument> {
    let (Document::V1(stored) | Document::V2(stored)) = serde_json::from_str(text)?;
    Ok(stored)
}

impl StoredPrincipal {
    pub(super) fn of(principal: &ServicePrincipal) -> Self {
        let first_party = catalogue::find(principal.app_id).is_some();
        let roles = if first_party { &[] } else { principal.app_roles.as_slice() };
        Self {
            names: principal.names.clone(),
            app_roles: roles.iter().map(StoredRole::of).collect(),
            any_tenant: principal.audience == Audience::AnyTenant,
            reply_urls: principal.reply_urls.clone(),
            home_page_url: principal.home_page_url.clone(),
            logout_url: principal.logout_url.clone(),
            published: principal.published.clone(),
            tags: principal.tags.clone(),
            notes: principal.notes.clone(),
            extras: principal.extras.clone(),
            owners: principal.owners.clone(),
            secrets: principal.secrets.iter().map(StoredSecret::of).collect(),
            certificates: principal.certificates.iter().map(StoredCertificate::of).collect(),
        }
    }

    /// Puts the document's part into a service principal.
    pub(crate) fn fill(self, principal: &mut ServicePrincipal) -> Result<(), BadDocument> {
        principal.names = self.names;
        principal.app_roles = match catalogue::find(principal.app_id) {
            Some(api) => api.app_roles(),
            None => self.app_roles.into_iter().map(StoredRole::into_role).collect(),
        };
        principal.audience = audience(self.any_tenant);
        principal.reply_urls = self.reply_urls;
        principal.home_page_url = self.home_page_url;
        principal.logout_url = self.logout_url;
        principal.published = self.published;
        principal.tags = self.tags;
        principal.notes = self.notes;
        principal.extras = self.extras;
        principal.owners = self.owners;
        let secrets = self.secrets.into_iter().map(StoredSecret::into_secret);
        principal.secrets = secrets.collect::<Result<_, _>>()?;
        let certificates = self.certificates.into_iter().map(StoredCertificate::into_certificate);
        principal.certificates = certificates.collect::<Result<_, _>>()?;
        Ok(())
    }
}
