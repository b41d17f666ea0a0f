//! Deleted objects: looked at, brought back, removed for good.

use jiff::{SignedDuration, Timestamp};
use vakt_ids::{ObjectId, TenantId};

use super::Identity;
use crate::audit::{Act, Activity, DirectoryEvent, Target};
use crate::deleted::{DeletedObject, FormerObject, RESTORABLE_MAX_HOURS};
use crate::error::IdentityError;

impl Identity {
    /// A deleted object that can still be restored, or [`IdentityError::NotFound`].
    pub async fn deleted(
        &self,
        tenant: TenantId,
        object: ObjectId,
        now: Timestamp,
    ) -> Result<DeletedObject, IdentityError> {
        let found = self.store.find_deleted(tenant, object).await?;
        let kept = found.filter(|one| one.deleted_at >= oldest_restorable(now));
        kept.ok_or_else(|| IdentityError::not_found("deleted object", object))
    }

    /// Brings a deleted object back, and gives what it is now.
    pub async fn restore(
        &self,
        tenant: TenantId,
        object: ObjectId,
        act: &Act,
    ) -> Result<FormerObject, IdentityError> {
        let deleted = self.deleted(tenant, object, act.at).await?;
        if let FormerObject::ServicePrincipal(principal) = &deleted.object
            && self.store.find_application_anywhere(principal.app_id).await?.is_none()
        {
            return Err(IdentityError::Invalid(format!(
                "the application `{}` of this service principal is deleted; restore that first",
                principal.app_id
            )));
        }
        let event = about(tenant, &deleted.object, act, End::Restored);
        if self.store.restore_deleted(tenant, object, &[event]).await? {
            return Ok(deleted.object);
        }
        Err(IdentityError::not_found("deleted object", object))
    }

    /// Removes a deleted object for good.
    pub async fn purge(
        &self,
        tenant: TenantId,
        object: ObjectId,
        act: &Act,
    ) -> Result<(), IdentityError> {
        let deleted = self.deleted(tenant, object, act.at).await?;
        let event = about(tenant, &deleted.object, act, End::Purged);
        if self.store.purge_deleted(tenant, object, &[event]).await? {
            return Ok(());
        }
        Err(IdentityError::not_found("deleted object", object))
    }
}

/// What was deleted before this instant is gone for good.
fn oldest_restorable(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(RESTORABLE_MAX_HOURS)).unwrap_or(Timestamp::MIN)
}

/// How a deletion ends.
#[derive(Clone, Copy)]
enum End {
    Restored,
    Purged,
}

fn about(tenant: TenantId, object: &FormerObject, act: &Act, end: End) -> DirectoryEvent {
    let (target, activity) = match (object, end) {
        (FormerObject::Application(it), End::Restored) => {
            (Target::application(it), Activity::RestoreApplication)
        }
        (FormerObject::Application(it), End::Purged) => {
            (Target::application(it), Activity::PurgeApplication)
        }
        (FormerObject::ServicePrincipal(it), End::Restored) => {
            (Target::principal(it), Activity::RestoreServicePrincipal)
        }
        (FormerObject::ServicePrincipal(it), End::Purged) => {
            (Target::principal(it), Activity::PurgeServicePrincipal)
        }
    };
    DirectoryEvent::done(Some(tenant), act, activity, target)
}
