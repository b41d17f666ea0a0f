//! Service principals: an application's presence in one tenant.

use std::collections::BTreeMap;

use jiff::Timestamp;
use vakt_ids::{AppId, ObjectId, TenantId};

use crate::application::{Application, Audience};
use crate::credential::{CertificateCredential, SecretCredential};
use crate::permission::AppRole;

/// The extras of an application that its service principals show, in whichever tenant.
const PUBLISHED_EXTRAS: &[&str] = &["api.oauth2PermissionScopes", "description", "info"];

/// A service principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePrincipal {
    /// The tenant it lives in.
    pub tenant: TenantId,
    /// Object id; becomes `oid` and `sub` of its tokens.
    pub object_id: ObjectId,
    /// Client id of its application.
    pub app_id: AppId,
    /// Home tenant of its application.
    pub owner: TenantId,
    /// Name.
    pub display_name: String,
    /// Disabled principals get no tokens.
    pub is_enabled: bool,
    /// Tokens for it are refused to clients without an assigned role.
    pub assignment_required: bool,
    /// Client id and identifier URIs.
    pub names: Vec<String>,
    /// Roles it offers.
    pub app_roles: Vec<AppRole>,
    /// Who may use its application.
    pub audience: Audience,
    /// Redirect URIs of its application, of all kinds.
    pub reply_urls: Vec<String>,
    /// Home page of its application.
    pub home_page_url: Option<String>,
    /// Where its application wants people to go after signing out.
    pub logout_url: Option<String>,
    /// Those of its application's extras that are for all to see.
    pub published: BTreeMap<String, String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Properties of Graph that are kept for their owners and mean nothing here: name to JSON text.
    pub extras: BTreeMap<String, String>,
    /// Service principals and people of this tenant that look after it.
    pub owners: Vec<ObjectId>,
    /// Secrets of its own, good in this tenant only.
    pub secrets: Vec<SecretCredential>,
    /// Certificates of its own, good in this tenant only.
    pub certificates: Vec<CertificateCredential>,
    /// Creation.
    pub created_at: Timestamp,
}

impl ServicePrincipal {
    /// A bare, enabled principal in `tenant` of the application `app` whose home is `owner`.
    pub fn new(
        tenant: TenantId,
        object_id: ObjectId,
        (app_id, owner): (AppId, TenantId),
        display_name: &str,
        now: Timestamp,
    ) -> Self {
        Self {
            tenant,
            object_id,
            app_id,
            owner,
            display_name: display_name.to_owned(),
            is_enabled: true,
            assignment_required: false,
            names: Vec::new(),
            app_roles: Vec::new(),
            audience: Audience::AnyTenant,
            reply_urls: Vec::new(),
            home_page_url: None,
            logout_url: None,
            published: BTreeMap::new(),
            tags: Vec::new(),
            notes: None,
            extras: BTreeMap::new(),
            owners: Vec::new(),
            secrets: Vec::new(),
            certificates: Vec::new(),
            created_at: now,
        }
    }

    /// The presence of an application in a tenant.
    pub fn of_application(
        tenant: TenantId,
        object_id: ObjectId,
        application: &Application,
        now: Timestamp,
    ) -> Self {
        let app = (application.app_id, application.tenant);
        let mut principal = Self::new(tenant, object_id, app, "", now);
        principal.tags.clone_from(&application.tags);
        principal.follow(application);
        principal
    }

    /// Copies what a principal has of its application.
    pub fn follow(&mut self, application: &Application) {
        self.display_name.clone_from(&application.display_name);
        self.names = application.names();
        self.app_roles.clone_from(&application.app_roles);
        self.audience = application.audience;
        self.reply_urls = application.all_redirect_uris();
        self.home_page_url.clone_from(&application.home_page_url);
        self.logout_url.clone_from(&application.logout_url);
        let shown = |(name, _): &(&String, &String)| PUBLISHED_EXTRAS.contains(&name.as_str());
        let published = application.extras.iter().filter(shown);
        self.published = published.map(|(name, text)| (name.clone(), text.clone())).collect();
    }

    /// The role with this id, if the resource offers it.
    pub fn role(&self, id: vakt_ids::RoleId) -> Option<&AppRole> {
        self.app_roles.iter().find(|role| role.id == id)
    }
}
