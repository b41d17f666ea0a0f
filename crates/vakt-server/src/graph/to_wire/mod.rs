//! Directory objects to Graph's shapes, field by field.

mod application;
mod credential;
mod grant;
mod principal;
mod tenant;

pub(crate) use application::application;
pub(crate) use credential::{certificate, federated, secret};
pub(crate) use grant::{assignment, permission_grant};
pub(crate) use principal::service_principal;
pub(crate) use tenant::{domains, organization};

use vakt_identity::{AppRole, Audience};
use vakt_wire::graph as wire;

/// Are the bytes of certificates shown?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyBytes {
    /// Yes, since one object's `keyCredentials` were selected.
    Shown,
    /// No.
    Hidden,
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::HomeTenant => "AzureADMyOrg",
        Audience::AnyTenant => "AzureADMultipleOrgs",
    }
}

fn app_role(role: &AppRole) -> wire::AppRole {
    wire::AppRole {
        id: role.id.to_string(),
        value: Some(role.value.clone()),
        display_name: role.display_name.clone(),
        description: role.description.clone(),
        is_enabled: role.is_enabled,
        allowed_member_types: vec!["Application".into()],
        origin: Some("Application".into()),
    }
}
