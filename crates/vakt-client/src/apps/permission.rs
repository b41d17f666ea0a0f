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

/// What the removal of permissions did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemovedPermissions {
    /// So many are asked for no longer.
    pub asked: usize,
    /// So many grants were taken back.
    pub granted: usize,
}

/// Takes application permissions (an API and role ids of it) back: first what is granted, then
/// what is asked for. A permission that is asked for no longer and works on would be a trap.
pub async fn remove_permissions(
    graph: Graph<'_>,
    application: &Application,
    unwanted: &[(&ServicePrincipal, &str)],
) -> Result<RemovedPermissions, ClientError> {
    let mut removed = RemovedPermissions::default();
    if let Some(principal) = graph.principal_of(&application.app_id).await? {
        let granted = graph.role_assignments(&principal.id).collect(ASSIGNMENTS_MAX).await?;
        for assignment in granted {
            let is_unwanted = unwanted.iter().any(|(api, role)| {
                assignment.resource_id == api.id && assignment.app_role_id == *role
            });
            if is_unwanted {
                graph.revoke_role(&principal.id, &assignment.id).await?;
                removed.granted += 1;
            }
        }
    }
    let mut all = application.required_resource_access.clone();
    removed.asked =
        unwanted.iter().filter(|(api, role)| remove_role(&mut all, &api.app_id, role)).count();
    if removed.asked > 0 {
        let changes = ApplicationChanges {
            required_resource_access: Some(all),
            ..ApplicationChanges::default()
        };
        graph.update_application(&application.id, &changes).await?;
    }
    Ok(removed)
}

/// False if it was not there.
fn remove_role(all: &mut Vec<RequiredResourceAccess>, api_id: &str, role_id: &str) -> bool {
    let mut is_removed = false;
    for access in all.iter_mut().filter(|one| one.resource_app_id.eq_ignore_ascii_case(api_id)) {
        access.resource_access.retain(|asked| {
            let is_it = asked.kind == "Role" && asked.id.eq_ignore_ascii_case(role_id);
            is_removed |= is_it;
            !is_it
        });
    }
    all.retain(|access| !access.resource_access.is_empty());
    is_removed
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
    use crate::script::{answer, client};

    #[test]
    fn roles_are_added_once() {
        let mut all = Vec::new();
        assert!(add_role(&mut all, "api", "one"));
        assert!(add_role(&mut all, "API", "two"));
        assert!(!add_role(&mut all, "api", "one"));
        assert!(add_role(&mut all, "other", "one"));
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].resource_access.len(), 2);
        assert!(remove_role(&mut all, "Other", "ONE"));
        assert!(!remove_role(&mut all, "other", "one"));
        assert_eq!(all.len(), 1, "nothing is asked of an API without roles");
    }

    #[tokio::test]
    async fn what_is_granted_goes_before_what_is_asked_for() {
        let principal = r#"{"value":[{"id":"sp","appId":"app"}]}"#;
        let granted = r#"{"value":[{"id":"g1","appRoleId":"r1","principalId":"sp","resourceId":"api-sp"},{"id":"g2","appRoleId":"r2","principalId":"sp","resourceId":"api-sp"}]}"#;
        let (client, script) = client(vec![
            answer(200, principal),
            answer(200, granted),
            answer(204, ""),
            answer(204, ""),
        ]);
        let application: Application = serde_json::from_str(
            r#"{"id":"o","appId":"app","requiredResourceAccess":[{"resourceAppId":"api","resourceAccess":[{"id":"r1","type":"Role"},{"id":"r3","type":"Role"}]}]}"#,
        )
        .unwrap();
        let api: ServicePrincipal =
            serde_json::from_str(r#"{"id":"api-sp","appId":"api"}"#).unwrap();
        let removed =
            remove_permissions(client.graph(), &application, &[(&api, "r1")]).await.unwrap();
        assert_eq!(removed, RemovedPermissions { asked: 1, granted: 1 });
        assert_eq!(
            script.lines()[2..],
            [
                "DELETE /v1.0/servicePrincipals/sp/appRoleAssignments/g1".to_owned(),
                r#"PATCH /v1.0/applications/o {"requiredResourceAccess":[{"resourceAppId":"api","resourceAccess":[{"id":"r3","type":"Role"}]}]}"#.to_owned(),
            ]
        );
    }
}
