//! Granting what an application asks for.

use std::time::Duration;

use vakt_wire::graph::{
    AppRoleAssignment, Application, NewAppRoleAssignment, RequiredResourceAccess, ServicePrincipal,
};

use super::permission::permission_value;
use crate::cloud::CloudKind;
use crate::error::{ClientError, ErrorKind};
use crate::graph::{Graph, RoleGrant};

/// Most granted roles of one application that are looked at.
const ASSIGNMENTS_MAX: usize = 10_000;
/// Microsoft's directory answers from copies that lag behind: a new object may be unknown for
/// some seconds.
const TRIES_MAX: u32 = 6;
const PAUSE_SECONDS: u64 = 3;

/// What a consent did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentReport {
    /// Every role asked for.
    pub roles: Vec<GrantedRole>,
}

/// A role that is granted now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedRole {
    /// Name of the API.
    pub api: String,
    /// Value of the role, or its id.
    pub role: String,
    /// Was it granted now, or before?
    pub grant: RoleGrant,
}

/// Grants every application permission that the application asks for, making missing service
/// principals. Delegated permissions are passed over: nobody signs in here.
pub async fn grant_consent(
    graph: Graph<'_>,
    application: &Application,
) -> Result<ConsentReport, ClientError> {
    let principal = ensure_principal(graph, &application.app_id).await?;
    let granted = patiently(graph, || assignments(graph, &principal.id)).await?;
    let mut report = ConsentReport::default();
    for access in &application.required_resource_access {
        if access.resource_access.iter().any(|asked| asked.kind == "Role") {
            let api = ensure_principal(graph, &access.resource_app_id).await?;
            let parties = Parties { client: &principal, api: &api };
            report.roles.extend(grant_access(graph, &parties, access, &granted).await?);
        }
    }
    Ok(report)
}

struct Parties<'a> {
    client: &'a ServicePrincipal,
    api: &'a ServicePrincipal,
}

async fn assignments(
    graph: Graph<'_>,
    principal_id: &str,
) -> Result<Vec<AppRoleAssignment>, ClientError> {
    graph.role_assignments(principal_id).collect(ASSIGNMENTS_MAX).await
}

async fn grant_access(
    graph: Graph<'_>,
    parties: &Parties<'_>,
    access: &RequiredResourceAccess,
    granted: &[AppRoleAssignment],
) -> Result<Vec<GrantedRole>, ClientError> {
    let mut roles = Vec::new();
    for asked in access.resource_access.iter().filter(|asked| asked.kind == "Role") {
        let before = granted.iter().any(|assignment| {
            assignment.resource_id == parties.api.id && assignment.app_role_id == asked.id
        });
        let grant = if before {
            RoleGrant::WasThere
        } else {
            let new = NewAppRoleAssignment {
                principal_id: parties.client.id.clone(),
                resource_id: parties.api.id.clone(),
                app_role_id: asked.id.clone(),
            };
            patiently(graph, || graph.grant_role(&new)).await?
        };
        let role = permission_value(parties.api, &asked.id).unwrap_or_else(|| asked.id.clone());
        roles.push(GrantedRole { api: parties.api.display_name.clone(), role, grant });
    }
    Ok(roles)
}

/// The service principal of an application, made if it is missing.
pub(super) async fn ensure_principal(
    graph: Graph<'_>,
    app_id: &str,
) -> Result<ServicePrincipal, ClientError> {
    match graph.principal_of(app_id).await? {
        Some(principal) => Ok(principal),
        None => patiently(graph, || graph.create_principal(app_id)).await,
    }
}

/// Repeats a step on Microsoft's cloud while it says that a new object is not there yet.
async fn patiently<T, F>(graph: Graph<'_>, step: impl Fn() -> F) -> Result<T, ClientError>
where
    F: Future<Output = Result<T, ClientError>>,
{
    let lagging = graph.client().cloud().kind != CloudKind::Vakt;
    let mut tries = 1;
    loop {
        match step().await {
            Err(error) if lagging && tries < TRIES_MAX && may_be_lag(&error) => {
                tokio::time::sleep(Duration::from_secs(PAUSE_SECONDS)).await;
                tries += 1;
            }
            outcome => return outcome,
        }
    }
}

fn may_be_lag(error: &ClientError) -> bool {
    matches!(error.kind(), ErrorKind::NotFound) || error.status() == Some(400)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::Cloud;
    use crate::script::{Step, answer, client_of};

    const API: &str = r#"{"value":[{"id":"api-sp","appId":"api","displayName":"API","appRoles":[{"id":"r1","value":"Read"},{"id":"r2","value":"Write"}]}]}"#;
    const APP: &str = r#"{"value":[{"id":"app-sp","appId":"app","displayName":"siem"}]}"#;
    const NONE: &str = r#"{"value":[]}"#;
    const MADE: &str = r#"{"id":"x","appRoleId":"r","principalId":"app-sp","resourceId":"api-sp"}"#;
    const TWICE: &str = r#"{"error":{"code":"Request_BadRequest","message":"Permission being assigned already exists on the object"}}"#;
    const LAG: &str = r#"{"error":{"code":"Request_ResourceNotFound","message":"Resource 'app-sp' does not exist"}}"#;

    fn application() -> Application {
        serde_json::from_str(
            r#"{"id":"o","appId":"app","requiredResourceAccess":[{"resourceAppId":"api","resourceAccess":[{"id":"r1","type":"Role"},{"id":"r2","type":"Role"},{"id":"s","type":"Scope"}]}]}"#,
        )
        .unwrap()
    }

    async fn check(cloud: Cloud, steps: Vec<Step>, expected: &str) {
        let (client, _) = client_of(cloud, steps);
        let shown = match grant_consent(client.graph(), &application()).await {
            Ok(report) => {
                let line = |role: &GrantedRole| format!("{} {:?}", role.role, role.grant);
                report.roles.iter().map(line).collect::<Vec<_>>().join(", ")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected);
    }

    #[tokio::test]
    async fn roles_are_granted_once() {
        let vakt = || Cloud::vakt("https://vakt.example", None).unwrap();
        let fresh = vec![
            answer(200, APP),
            answer(200, NONE),
            answer(200, API),
            answer(201, MADE),
            answer(400, TWICE),
        ];
        check(vakt(), fresh, "Read Made, Write WasThere").await;
        let before = r#"{"value":[{"id":"x","appRoleId":"r1","principalId":"app-sp","resourceId":"api-sp"}]}"#;
        let half = vec![answer(200, APP), answer(200, before), answer(200, API), answer(201, MADE)];
        check(vakt(), half, "Read WasThere, Write Made").await;
        let lag = vec![answer(200, APP), answer(404, LAG)];
        check(vakt(), lag, "Request_ResourceNotFound: Resource 'app-sp' does not exist").await;
    }

    #[tokio::test(start_paused = true)]
    async fn microsofts_lag_is_waited_out() {
        let principal = r#"{"id":"app-sp","appId":"app","displayName":"siem"}"#;
        let steps = vec![
            answer(200, NONE),
            answer(400, LAG),
            answer(201, principal),
            answer(404, LAG),
            answer(200, NONE),
            answer(200, API),
            answer(404, LAG),
            answer(201, MADE),
            answer(201, MADE),
        ];
        check(Cloud::microsoft().unwrap(), steps, "Read Made, Write Made").await;
    }
}
