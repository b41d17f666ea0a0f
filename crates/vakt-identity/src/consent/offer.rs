//! What an application asks of a tenant at one moment, in words for the person who decides.

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vakt_ids::{AppId, RoleId};

use crate::application::Application;
use crate::people::PersonRole;
use crate::permission::AppRole;
use crate::tenant::Tenant;

/// What is asked. Consent is to this and to nothing the application asks for later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentOffer {
    /// The tenant that may consent.
    pub tenant: Tenant,
    /// The application.
    pub application: Application,
    /// Who offers it.
    pub publisher: Publisher,
    /// App roles asked for, by resource.
    pub resources: Vec<OfferedResource>,
    /// Delegated permissions asked for. They are shown, and never granted here.
    pub scopes: Vec<OfferedScope>,
    /// The application is switched off in the tenant; consent does not switch it on.
    pub is_disabled: bool,
    /// Folded names of the resources that the registration lists.
    pub names: Vec<String>,
}

/// Who offers an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publisher {
    /// The tenant itself.
    Own,
    /// Another tenant, whose identity nobody has checked.
    Other {
        /// Its name, as it calls itself.
        name: String,
        /// Its domain.
        domain: Option<String>,
    },
}

/// App roles of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedResource {
    /// The resource.
    pub app_id: AppId,
    /// Its name.
    pub name: String,
    /// The roles.
    pub roles: Vec<OfferedRole>,
}

/// An app role that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedRole {
    /// The role.
    pub role: AppRole,
    /// It was granted before.
    pub is_granted: bool,
}

/// A delegated permission that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedScope {
    /// Its id.
    pub id: RoleId,
    /// Name of the resource, if it is known.
    pub resource: Option<String>,
    /// Value of the permission, if it is known.
    pub value: Option<String>,
}

impl ConsentOffer {
    /// A mark of what is asked. It goes into the page, and comes back with the answer: if the
    /// application asks for something else by then, the person has not seen it.
    pub fn mark(&self) -> String {
        let mut asked: Vec<(AppId, RoleId)> = self.asked().collect();
        asked.sort_unstable();
        let mut context = Context::new(&SHA256);
        context.update(self.tenant.id.as_uuid().as_bytes());
        context.update(self.application.app_id.as_uuid().as_bytes());
        for (resource, role) in asked {
            context.update(resource.as_uuid().as_bytes());
            context.update(role.as_uuid().as_bytes());
        }
        URL_SAFE_NO_PAD.encode(context.finish())
    }

    /// May somebody with this role accept?
    pub fn may_be_accepted_by(&self, role: PersonRole) -> bool {
        role.may_add_applications()
            && self.resources.iter().all(|resource| role.may_grant_roles_of(resource.app_id))
    }

    fn asked(&self) -> impl Iterator<Item = (AppId, RoleId)> {
        let of = |resource: &OfferedResource| {
            let app = resource.app_id;
            let ids: Vec<RoleId> = resource.roles.iter().map(|one| one.role.id).collect();
            ids.into_iter().map(move |id| (app, id))
        };
        self.resources.iter().flat_map(of)
    }
}
