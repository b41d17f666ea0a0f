//! Graph's part of the table of routes. Paths are those below the version.

use axum::response::Response;

use super::applications as apps;
use super::call::{Call, answered};
use super::service_principals as principals;
use super::{
    assignments, audit_logs, certificates, credentials, delegation, deleted, directory_objects,
    federated, organization, owners,
};
use crate::access::{
    Access, READ_APPLICATIONS, READ_ASSIGNMENTS, READ_AUDIT_LOGS, READ_GRANTS, READ_ORGANIZATION,
    WRITE_APPLICATIONS, WRITE_ASSIGNMENTS, WRITE_GRANTS,
};
use crate::problem::Problem;
use crate::route::{Route, filter_of, route};

/// All of them.
pub(crate) fn routes() -> Vec<Route> {
    let parts = [
        application_routes(),
        principal_routes(),
        credential_routes(),
        assignment_routes(),
        delegation_routes(),
        deleted_routes(),
        tenant_routes(),
    ];
    parts.into_iter().flatten().collect()
}

fn line<F, Answer>(method: &'static str, path: &'static str, access: Access, handler: F) -> Route
where
    F: Fn(Call) -> Answer + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<Response, Problem>> + Send + 'static,
{
    route(method, path, access, answered(filter_of(method), handler))
}

fn application_routes() -> Vec<Route> {
    let read = Access::Roles(&READ_APPLICATIONS);
    let write = Access::Roles(&WRITE_APPLICATIONS);
    vec![
        line("GET", "/applications", read, apps::list_applications),
        line("GET", "/applications/$count", read, apps::count_applications),
        line("POST", "/applications", write, apps::create_application),
        line("GET", "/applications/{key}", read, apps::get_application),
        line("PATCH", "/applications/{key}", write, apps::update_application),
        line("DELETE", "/applications/{key}", write, apps::delete_application),
        line("GET", "/applications/{key}/owners", read, owners::list_owners),
        line("POST", "/applications/{key}/owners/$ref", write, owners::add_owner),
        line("DELETE", "/applications/{key}/owners/{id}/$ref", write, owners::remove_owner),
    ]
}

fn principal_routes() -> Vec<Route> {
    let read = Access::Roles(&READ_APPLICATIONS);
    let write = Access::Roles(&WRITE_APPLICATIONS);
    vec![
        line("GET", "/servicePrincipals", read, principals::list_service_principals),
        line("GET", "/servicePrincipals/$count", read, principals::count_service_principals),
        line("POST", "/servicePrincipals", write, principals::create_service_principal),
        line("GET", "/servicePrincipals/{key}", read, principals::get_service_principal),
        line("PATCH", "/servicePrincipals/{key}", write, principals::update_service_principal),
        line("DELETE", "/servicePrincipals/{key}", write, principals::delete_service_principal),
        line("GET", "/servicePrincipals/{key}/owners", read, owners::list_owners),
        line("POST", "/servicePrincipals/{key}/owners/$ref", write, owners::add_owner),
        line("DELETE", "/servicePrincipals/{key}/owners/{id}/$ref", write, owners::remove_owner),
    ]
}

fn credential_routes() -> Vec<Route> {
    const ALL_FEDERATED: &str = "/applications/{key}/federatedIdentityCredentials";
    const ONE_FEDERATED: &str = "/applications/{key}/federatedIdentityCredentials/{id}";
    let read = Access::Roles(&READ_APPLICATIONS);
    let write = Access::Roles(&WRITE_APPLICATIONS);
    vec![
        line("POST", "/applications/{key}/addPassword", write, credentials::add_password),
        line("POST", "/applications/{key}/removePassword", write, credentials::remove_password),
        line("POST", "/applications/{key}/addKey", write, certificates::add_key),
        line("POST", "/applications/{key}/removeKey", write, certificates::remove_key),
        line("POST", "/servicePrincipals/{key}/addPassword", write, credentials::add_password),
        line(
            "POST",
            "/servicePrincipals/{key}/removePassword",
            write,
            credentials::remove_password,
        ),
        line("POST", "/servicePrincipals/{key}/addKey", write, certificates::add_key),
        line("POST", "/servicePrincipals/{key}/removeKey", write, certificates::remove_key),
        line("GET", ALL_FEDERATED, read, federated::list_federated),
        line("POST", ALL_FEDERATED, write, federated::create_federated),
        line("GET", ONE_FEDERATED, read, federated::get_federated),
        line("PATCH", ONE_FEDERATED, write, federated::update_federated),
        line("DELETE", ONE_FEDERATED, write, federated::delete_federated),
    ]
}

fn assignment_routes() -> Vec<Route> {
    const OF_CLIENT: &str = "/servicePrincipals/{key}/appRoleAssignments";
    const ON_RESOURCE: &str = "/servicePrincipals/{key}/appRoleAssignedTo";
    const ONE_OF_CLIENT: &str = "/servicePrincipals/{key}/appRoleAssignments/{id}";
    const ONE_ON_RESOURCE: &str = "/servicePrincipals/{key}/appRoleAssignedTo/{id}";
    let read = Access::Roles(&READ_ASSIGNMENTS);
    let write = Access::Roles(&WRITE_ASSIGNMENTS);
    vec![
        line("GET", OF_CLIENT, read, assignments::list_assignments),
        line("POST", OF_CLIENT, write, assignments::grant_role),
        line("GET", ONE_OF_CLIENT, read, assignments::get_assignment),
        line("DELETE", ONE_OF_CLIENT, write, assignments::delete_assignment),
        line("GET", ON_RESOURCE, read, assignments::list_assigned_to),
        line("POST", ON_RESOURCE, write, assignments::grant_role),
        line("GET", ONE_ON_RESOURCE, read, assignments::get_assignment),
        line("DELETE", ONE_ON_RESOURCE, write, assignments::delete_assignment),
    ]
}

fn delegation_routes() -> Vec<Route> {
    const OF_CLIENT: &str = "/servicePrincipals/{key}/oauth2PermissionGrants";
    const ONE: &str = "/oauth2PermissionGrants/{id}";
    let read = Access::Roles(&READ_GRANTS);
    let write = Access::Roles(&WRITE_GRANTS);
    vec![
        line("GET", "/oauth2PermissionGrants", read, delegation::list_permission_grants),
        line("POST", "/oauth2PermissionGrants", write, delegation::create_permission_grant),
        line("GET", ONE, read, delegation::get_permission_grant),
        line("PATCH", ONE, write, delegation::update_permission_grant),
        line("DELETE", ONE, write, delegation::delete_permission_grant),
        line("GET", OF_CLIENT, read, delegation::list_permission_grants_of),
    ]
}

fn deleted_routes() -> Vec<Route> {
    const APPLICATIONS: &str = "/directory/deletedItems/application";
    const PRINCIPALS: &str = "/directory/deletedItems/servicePrincipal";
    const COUNT_APPLICATIONS: &str = "/directory/deletedItems/application/$count";
    const COUNT_PRINCIPALS: &str = "/directory/deletedItems/servicePrincipal/$count";
    let read = Access::Roles(&READ_APPLICATIONS);
    let write = Access::Roles(&WRITE_APPLICATIONS);
    vec![
        line("GET", APPLICATIONS, read, deleted::list_deleted_applications),
        line("GET", COUNT_APPLICATIONS, read, deleted::count_deleted_applications),
        line("GET", PRINCIPALS, read, deleted::list_deleted_principals),
        line("GET", COUNT_PRINCIPALS, read, deleted::count_deleted_principals),
        line("GET", "/directory/deletedItems/{id}", read, deleted::get_deleted),
        line("DELETE", "/directory/deletedItems/{id}", write, deleted::purge_deleted),
        line("POST", "/directory/deletedItems/{id}/restore", write, deleted::restore_deleted),
    ]
}

fn tenant_routes() -> Vec<Route> {
    let read = Access::Roles(&READ_ORGANIZATION);
    let objects = Access::Roles(&READ_APPLICATIONS);
    let logs = Access::Roles(&READ_AUDIT_LOGS);
    vec![
        line("GET", "/organization", read, organization::list_organization),
        line("GET", "/organization/{id}", read, organization::get_organization),
        line("GET", "/auditLogs/signIns", logs, audit_logs::list_sign_ins),
        line("GET", "/auditLogs/directoryAudits", logs, audit_logs::list_directory_audits),
        line("GET", "/domains", read, organization::list_domains),
        line("GET", "/domains/{name}", read, organization::get_domain),
        line("GET", "/directoryObjects/{id}", objects, directory_objects::get_directory_object),
        line("POST", "/directoryObjects/getByIds", objects, directory_objects::get_by_ids),
        line("GET", "/me", objects, directory_objects::refuse_me),
        line("GET", "/me/ownedObjects", objects, directory_objects::refuse_me),
    ]
}
