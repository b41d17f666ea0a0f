//! Registrations and their secrets.

use jiff::Timestamp;
use vakt_ids::{KeyId, TenantId};

use super::{Identity, IdentityError};
use crate::application::{Application, ApplicationFault, SECRETS_MAX};
use crate::credential::{NewSecret, SecretCredential};
use crate::directory::ObjectKey;
use crate::resource_name::fold_resource_name;

impl Identity {
    /// The registration, or [`IdentityError::NotFound`].
    pub async fn application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<Application, IdentityError> {
        let found = self.store.find_application(tenant, key).await?;
        found.ok_or_else(|| IdentityError::not_found("application", key.text()))
    }

    /// Adds a registration. It has no service principal yet.
    pub async fn register(&self, application: &Application) -> Result<(), IdentityError> {
        application.check(None)?;
        self.check_identifiers(application).await?;
        Ok(self.store.insert_application(application).await?)
    }

    /// Changes a registration by a function over its present state.
    pub async fn change_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        change: impl FnOnce(&mut Application) -> Result<(), IdentityError> + Send,
    ) -> Result<Application, IdentityError> {
        let before = self.application(tenant, key).await?;
        let mut after = before.clone();
        change(&mut after)?;
        after.check(Some(&before))?;
        self.check_identifiers(&after).await?;
        if self.store.update_application(&after).await? {
            return Ok(after);
        }
        Err(IdentityError::not_found("application", key.text()))
    }

    /// Removes a registration and its home service principal.
    pub async fn delete_application(
        &self,
        tenant: TenantId,
        key: ObjectKey,
    ) -> Result<(), IdentityError> {
        let application = self.application(tenant, key).await?;
        if self.store.delete_application(tenant, application.object_id).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("application", key.text()))
    }

    /// Adds a secret. Its value is in `new`, and nowhere afterwards.
    pub async fn add_secret(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        new: &NewSecret,
        now: Timestamp,
    ) -> Result<SecretCredential, IdentityError> {
        let application = self.application(tenant, key).await?;
        if application.secrets.len() >= SECRETS_MAX {
            return Err(ApplicationFault::TooManySecrets.into());
        }
        let secret = new.seal(now);
        if secret.expires_at <= secret.starts_at {
            return Err(IdentityError::Invalid("endDateTime is not after startDateTime".into()));
        }
        if self.store.add_secret(tenant, application.object_id, &secret).await? {
            return Ok(secret);
        }
        Err(IdentityError::not_found("application", key.text()))
    }

    /// Removes a secret.
    pub async fn remove_secret(
        &self,
        tenant: TenantId,
        key: ObjectKey,
        secret: KeyId,
    ) -> Result<(), IdentityError> {
        let application = self.application(tenant, key).await?;
        if self.store.remove_secret(tenant, application.object_id, secret).await? {
            return Ok(());
        }
        Err(IdentityError::Invalid(format!("no password credential found with keyId `{secret}`")))
    }

    /// Identifier URIs name one resource of a tenant each.
    async fn check_identifiers(&self, application: &Application) -> Result<(), IdentityError> {
        for uri in &application.identifier_uris {
            let folded = fold_resource_name(uri);
            let holder = self.store.find_resource(application.tenant, &folded).await?;
            if holder.is_some_and(|holder| holder.app_id != application.app_id) {
                let text = format!("identifierUris: another application answers to `{uri}`");
                return Err(IdentityError::Invalid(text));
            }
        }
        Ok(())
    }
}

impl ObjectKey {
    /// The id, as text.
    pub fn text(self) -> String {
        match self {
            Self::Object(id) => id.to_string(),
            Self::App(id) => id.to_string(),
        }
    }
}
