//! Routes of Microsoft Graph, as far as registering an app needs them.

mod answers;
mod applications;
mod assignments;
mod call;
mod credentials;
pub(crate) mod errors;
mod from_wire;
mod keys;
mod organization;
mod query;
mod service_principals;
pub(crate) mod to_wire;

pub(crate) use answers::no_content;
pub(crate) use applications::{
    create_application, delete_application, get_application, list_applications, update_application,
};
pub(crate) use assignments::{
    delete_assignment, get_assignment, grant_role, list_assigned_to, list_assignments,
};
pub(crate) use call::{Call, answered};
pub(crate) use credentials::{add_password, remove_password};
pub(crate) use organization::{get_organization, list_domains, list_organization};
pub(crate) use service_principals::{
    create_service_principal, delete_service_principal, get_service_principal,
    list_service_principals, update_service_principal,
};
