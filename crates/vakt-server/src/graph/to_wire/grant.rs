//! Grants.

use vakt_identity::{PermissionGrant, RoleAssignment};
use vakt_wire::graph as wire;

/// A granted role.
pub(crate) fn assignment(assignment: &RoleAssignment) -> wire::AppRoleAssignment {
    wire::AppRoleAssignment {
        id: assignment.id.to_string(),
        created_date_time: Some(assignment.created_at),
        deleted_date_time: None,
        app_role_id: assignment.role.to_string(),
        principal_id: assignment.principal.to_string(),
        principal_type: "ServicePrincipal".into(),
        principal_display_name: assignment.principal_name.clone(),
        resource_id: assignment.resource.to_string(),
        resource_display_name: assignment.resource_name.clone(),
    }
}

/// Granted delegated permissions.
pub(crate) fn permission_grant(grant: &PermissionGrant) -> wire::OAuth2PermissionGrant {
    wire::OAuth2PermissionGrant {
        id: grant.id.to_string(),
        client_id: grant.client.to_string(),
        consent_type: "AllPrincipals".into(),
        principal_id: None,
        resource_id: grant.resource.to_string(),
        scope: Some(grant.scope.clone()),
    }
}
