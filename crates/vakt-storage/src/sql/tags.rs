//! Tags of directory objects, as rows beside their document: only so can they be asked for.

use vakt_ids::{ObjectId, TenantId};

use super::{DbConnection, StoreError, failed};
use crate::rows::plain;

/// Where the tags of one kind of object are.
pub(super) struct Tags {
    forget: &'static str,
    note: &'static str,
}

pub(super) const OF_APPLICATION: Tags = Tags {
    forget: "DELETE FROM application_tags WHERE object_id = $1",
    note: "INSERT INTO application_tags (tenant_id, tag, object_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
};

pub(super) const OF_PRINCIPAL: Tags = Tags {
    forget: "DELETE FROM service_principal_tags WHERE object_id = $1",
    note: "INSERT INTO service_principal_tags (tenant_id, tag, object_id) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
};

impl Tags {
    /// Makes these the tags of an object.
    pub(super) async fn put(
        &self,
        connection: &mut DbConnection,
        (tenant, object): (TenantId, ObjectId),
        tags: &[String],
    ) -> Result<(), StoreError> {
        let forget = sqlx::query(self.forget).bind(object.to_string());
        forget.execute(&mut *connection).await.map_err(failed)?;
        for tag in tags {
            let note = sqlx::query(self.note)
                .bind(tenant.to_string())
                .bind(plain(tag))
                .bind(object.to_string());
            note.execute(&mut *connection).await.map_err(failed)?;
        }
        Ok(())
    }
}
