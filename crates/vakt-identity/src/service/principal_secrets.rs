//! Secrets of service principals: good in one tenant, and unknown to the application's owner.

use vakt_ids::{KeyId, TenantId};

use super::Identity;
use super::applications::{no_such_secret, sealed};
use crate::application::{ApplicationFault, SECRETS_MAX};
use crate::audit::Act;
use crate::credential::{NewSecret, SecretCredential};
use crate::directory::ObjectKey;
use crate::error::IdentityError;

impl Identity {
    /// Adds a secret to a service principal. Its value is in `new`, and nowhere afterwards.
    pub async fn add_principal_secret(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        new: &NewSecret,
        act: &Act,
    ) -> Result<SecretCredential, IdentityError> {
        let secret = sealed(new, act)?;
        let kept = secret.clone();
        self.change_service_principal(tenant, key, act, move |principal| {
            if principal.secrets.len() >= SECRETS_MAX {
                return Err(ApplicationFault::TooManySecrets.into());
            }
            principal.secrets.push(kept);
            Ok(())
        })
        .await?;
        Ok(secret)
    }

    /// Removes a secret of a service principal.
    pub async fn remove_principal_secret(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        secret: KeyId,
        act: &Act,
    ) -> Result<(), IdentityError> {
        self.change_service_principal(tenant, key, act, move |principal| {
            let before = principal.secrets.len();
            principal.secrets.retain(|one| one.key_id != secret);
            match principal.secrets.len() < before {
                true => Ok(()),
                false => Err(no_such_secret(secret)),
            }
        })
        .await
        .map(|_| ())
    }
}
