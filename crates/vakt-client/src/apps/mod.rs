//! The steps people think in when they give a program access: register it, add permissions, grant
//! consent. Each step is a few Graph calls, the same against Vakt and Microsoft's cloud.

mod api;
mod consent;
mod find;
mod permission;
mod register;
mod similar;

pub use api::{find_api, find_role};
pub use consent::{ConsentReport, GrantedRole, grant_consent};
pub use find::find_application;
pub use permission::{AskedPermission, add_permissions, list_permissions};
pub use register::{NewRegistration, Registered, SignInAudience, register_application};
