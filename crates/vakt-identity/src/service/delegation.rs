//! Consent to delegated permissions.

use vakt_ids::{GrantId, ObjectId, TenantId};

use super::Identity;
use crate::audit::{Act, Activity, ChangedProperty, DirectoryEvent, Target};
use crate::delegation::{PermissionGrant, SCOPE_LENGTH_MAX_BYTES};
use crate::directory::ObjectKey;
use crate::error::IdentityError;
use crate::service_principal::ServicePrincipal;

impl Identity {
    /// One grant, or [`IdentityError::NotFound`].
    pub async fn permission_grant(
        &self,
        tenant: TenantId,
        id: GrantId,
    ) -> Result<PermissionGrant, IdentityError> {
        let found = self.store.find_permission_grant(tenant, id).await?;
        found.ok_or_else(|| IdentityError::not_found("permission grant", id))
    }

    /// Grants delegated permissions on behalf of everybody.
    pub async fn grant_delegated(
        &self,
        tenant: TenantId,
        (client, resource): (ObjectId, ObjectId),
        scope: &str,
        (id, act): (GrantId, &Act),
    ) -> Result<PermissionGrant, IdentityError> {
        let scope = one_spaced(scope)?;
        let client = self.service_principal(tenant, ObjectKey::Object(client)).await?;
        let resource = self.service_principal(tenant, ObjectKey::Object(resource)).await?;
        let grant = PermissionGrant {
            tenant,
            id,
            client: client.object_id,
            resource: resource.object_id,
            scope,
            created_at: act.at,
        };
        let added = ChangedProperty::added("DelegatedPermissionGrant.Scope", &grant.scope);
        let event = about(&client, act, Activity::GrantDelegated)
            .and(Target::principal(&resource))
            .changing(vec![added]);
        self.store.insert_permission_grant(&grant, &[event]).await?;
        Ok(grant)
    }

    /// Puts other permissions in the place of those that were granted.
    pub async fn change_delegated(
        &self,
        tenant: TenantId,
        id: GrantId,
        scope: &str,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let scope = one_spaced(scope)?;
        let (grant, client) = self.grant_and_client(tenant, id).await?;
        let changed = ChangedProperty {
            name: "DelegatedPermissionGrant.Scope".into(),
            old: Some(grant.scope),
            new: Some(scope.clone()),
        };
        let event = about(&client, act, Activity::GrantDelegated).changing(vec![changed]);
        if self.store.change_permission_grant(tenant, id, &scope, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("permission grant", id))
    }

    /// Takes delegated permissions back.
    pub async fn revoke_delegated(
        &self,
        tenant: TenantId,
        id: GrantId,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let (grant, client) = self.grant_and_client(tenant, id).await?;
        let removed = ChangedProperty::removed("DelegatedPermissionGrant.Scope", &grant.scope);
        let event = about(&client, act, Activity::RevokeDelegated).changing(vec![removed]);
        if self.store.delete_permission_grant(tenant, id, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("permission grant", id))
    }

    async fn grant_and_client(
        &self,
        tenant: TenantId,
        id: GrantId,
    ) -> Result<(PermissionGrant, ServicePrincipal), IdentityError> {
        let grant = self.permission_grant(tenant, id).await?;
        let client = self.service_principal(tenant, ObjectKey::Object(grant.client)).await?;
        Ok((grant, client))
    }
}

/// The permissions with one space between them, each once.
fn one_spaced(scope: &str) -> Result<String, IdentityError> {
    let mut words: Vec<&str> = Vec::new();
    for word in scope.split_whitespace() {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let joined = words.join(" ");
    if joined.len() > SCOPE_LENGTH_MAX_BYTES {
        let text = format!("scope is longer than {SCOPE_LENGTH_MAX_BYTES} bytes");
        return Err(IdentityError::Invalid(text));
    }
    Ok(joined)
}

fn about(client: &ServicePrincipal, act: &Act, activity: Activity) -> DirectoryEvent {
    DirectoryEvent::done(Some(client.tenant), act, activity, Target::principal(client))
}
