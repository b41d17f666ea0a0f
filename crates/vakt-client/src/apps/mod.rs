//! The steps people think in when they give a program access: register it, add permissions, grant
//! consent. Each step is a few Graph calls, the same against Vakt and Microsoft's cloud.

mod api;
mod certificate;
mod consent;
mod deleted;
mod find;
mod permission;
mod principal;
mod register;
mod similar;

pub use api::{find_api, find_role};
pub use certificate::{add_certificate, remove_certificate, thumbprint};
pub use consent::{ConsentReport, GrantedRole, grant_consent};
pub use deleted::restore_application;
pub use find::find_application;
pub use permission::{
    AskedPermission, RemovedPermissions, add_permissions, list_permissions, remove_permissions,
};
pub use principal::{AccountState, find_principal, set_account_state};
pub use register::{NewRegistration, Registered, SignInAudience, register_application};
