//! Granted app roles.

use vakt_wire::graph::{AppRoleAssignment, NewAppRoleAssignment};

use super::Graph;
use crate::error::ClientError;
use crate::pager::Pager;

/// The sentence by which the platform says that a role was granted before.
const GRANTED_BEFORE: &str = "Permission being assigned already exists";

/// What became of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleGrant {
    /// It is new.
    Made,
    /// It was there already.
    WasThere,
}

impl<'a> Graph<'a> {
    /// The roles granted to a service principal.
    pub fn role_assignments(&self, principal_id: &str) -> Pager<'a, AppRoleAssignment> {
        self.pages(&["servicePrincipals", principal_id, "appRoleAssignments"], &[])
    }

    /// Grants a role.
    pub async fn grant_role(&self, new: &NewAppRoleAssignment) -> Result<RoleGrant, ClientError> {
        let path = ["servicePrincipals", &new.principal_id, "appRoleAssignments"];
        match self.post::<AppRoleAssignment>(&path, new).await {
            Ok(_) => Ok(RoleGrant::Made),
            Err(error) if error.to_string().contains(GRANTED_BEFORE) => Ok(RoleGrant::WasThere),
            Err(error) => Err(error),
        }
    }

    /// Takes a grant back.
    pub async fn revoke_role(
        &self,
        principal_id: &str,
        assignment_id: &str,
    ) -> Result<(), ClientError> {
        let path = ["servicePrincipals", principal_id, "appRoleAssignments", assignment_id];
        self.delete(&path).await
    }
}
