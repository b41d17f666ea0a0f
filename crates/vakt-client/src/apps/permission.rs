//! Permissions an application asks for, and whether they are granted.

use vakt_wire::graph::{
    Application, ApplicationChanges, RequiredResourceAccess, ResourceAccess, ServicePrincipal,
};

use crate::error::ClientError;
use crate::graph::Graph;

/// Most granted roles of one application that are looked at.
const ASSIGNMENTS_MAX: usize = 10_000;

/// A permission an application asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedPermission {
    /// Client id of the API.
    pub api_id: String,
    /// Name of the API, if the tenant knows it.
    pub api_name: Option<String>,
    /// Role id.
    pub role_id: String,
    /// Value of the role, if the API still offers it.
    pub role: Option<String>,
    /// `Role` (for the application) or `Scope` (on behalf of people).
    pub kind: String,
    /// Is it granted?
    pub granted: bool,
}

/// Adds application permissions (an API and role ids of it) to those the application asks for.
/// Returns how many are new.
pub async fn add_permissions(
    graph: Graph<'_>,
    application: &Application,
    wanted: &[(&ServicePrincipal, &str)],
) -> Result<usize, ClientError> {
    let mut all = application.required_resource_access.clone();
    let added = wanted.iter().filter(|(api, role)| add_role(&mut all, &api.app_id, role)).count();
    if added > 0 {
        let changes = ApplicationChanges {
            required_resource_access: Some(all),
            ..ApplicationChanges::default()
        };
        graph.update_application(&application.id, &changes).await?;
    }
    Ok(added)
}

/// False if it was there.
fn add_role(all: &mut Vec<RequiredResourceAccess>, api_id: &str, role_id: &str) -> bool {
    let role = ResourceAccess { id: role_id.to_owned(), kind: "Role".into() };
    let same_api =
        |access: &&mut RequiredResourceAccess| access.resource_app_id.eq_ignore_ascii_case(api_id);
    match all.iter_mut().find(same_api) {
        Some(access) if access.resource_access.contains(&role) => false,
        Some(access) => {
            access.resource_access.push(role);
            true
        }
        None => {
            let resource_app_id = api_id.to_owned();
            all.push(RequiredResourceAccess { resource_app_id, resource_access: vec![role] });
            true
        }
    }
}

/// What the application asks for, and which of it is granted.
pub async fn list_permissions(
    graph: Graph<'_>,
    application: &Application,
) -> Result<Vec<AskedPermission>, ClientError> {
    let granted = match graph.principal_of(&application.app_id).await? {
        Some(principal) => graph.role_assignments(&principal.id).collect(ASSIGNMENTS_MAX).await?,
        None => Vec::new(),
    };
    let mut list = Vec::new();
    for access in &application.required_resource_access {
        let api = graph.principal_of(&access.resource_app_id).await?;
        for asked in &access.resource_access {
            let is_granted = granted.iter().any(|assignment| {
                assignment.app_role_id == asked.id
                    && api.as_ref().is_some_and(|api| api.id == assignment.resource_id)
            });
            list.push(AskedPermission {
                api_id: access.resource_app_id.clone(),
                api_name: api.as_ref().map(|api| api.display_name.clone()),
                role_id: asked.id.clone(),
                role: api.as_ref().and_then(|api| permission_value(api, &asked.id)),
                kind: asked.kind.clone(),
                granted: is_granted,
            });
        }
    }
    Ok(list)
}

/// The value of a role or scope.
pub(super) fn permission_value(api: &ServicePrincipal, id: &str) -> Option<String> {
    let role = api.app_roles.iter().find(|role| role.id == id).and_then(|role| role.value.clone());
    role.or_else(|| {
        let scope = api.oauth2_permission_scopes.iter().find(|scope| scope.id == id)?;
        scope.value.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_added_once() {
        let mut all = Vec::new();
        assert!(add_role(&mut all, "api", "one"));
        assert!(add_role(&mut all, "API", "two"));
        assert!(!add_role(&mut all, "api", "one"));
        assert!(add_role(&mut all, "other", "one"));
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].resource_access.len(), 2);
    }
}
