//! Who makes a change, as clients see it.

use vakt_identity::ObjectKey;
use vakt_ids::{AppId, ObjectId, TenantId};
use vakt_incidents::Stamp;

use crate::access::Caller;
use crate::app::App;

/// The calling application by its display name, or by its id if it has none; and the present.
pub(crate) async fn stamp(app: &App, caller: &Caller) -> Stamp {
    let by = author(app, caller.tenant, (caller.principal, caller.app)).await;
    Stamp { by, at: app.clock.now() }
}

/// An application by its display name, or by its id if it has none.
pub(crate) async fn author(
    app: &App,
    tenant: TenantId,
    (principal, client): (ObjectId, AppId),
) -> String {
    let found = app.identity.service_principal(tenant, ObjectKey::Object(principal)).await;
    match found {
        Ok(principal) if !principal.display_name.trim().is_empty() => principal.display_name,
        Ok(_) => client.to_string(),
        Err(error) => {
            tracing::warn!(%error, "the author of a change is named by its id");
            client.to_string()
        }
    }
}
